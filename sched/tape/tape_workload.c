/*
 * tape_workload.c -- what a tape is of: its text is parsed again, or it is a
 * program that concviz brings along, or there are only names.
 *
 * All that is needed for it stands before the first event, and only then is
 * there a trace.
 */
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/programs/program_source.h"
#include "sched/programs/programs.h"
#include "sched/tape/tape_file_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

bool tape_refuse(struct tape_file *tape, const char *why)
{
    diag_set(tape->refused, tape->path, 0, 0, "%s", why);
    tape->refused = NULL;
    return false;
}

static struct workload *parse_text(const struct tape_file *tape)
{
    const struct tape_head *head = &tape->head;
    int line = head->first_line > 0 ? (int)head->first_line : 1;
    int column = head->first_column > 0 ? (int)head->first_column : 1;
    struct diag diag;

    if (tape->text.length != head->text_bytes)
        return NULL;
    return workload_parse_at(head->file, head->name, tape->text.text,
                             tape->text.length, line, column, &diag);
}

static struct workload *find_program(const struct tape_file *tape)
{
    const struct program_entry *entry = programs_find(tape->head.name);

    return entry && entry->source && tape->head.size > 0
               ? program_source_make(entry->source, (int)tape->head.size)
               : NULL;
}

/* A program, or a text read by another version, may have other tasks than the
 * run had. */
static bool has_its_tasks(const struct tape_file *tape)
{
    return tape->workload && tape->workload->task_count == tape->head.tasks;
}

bool tape_workload_make(struct tape_file *tape)
{
    const struct workload *workload;

    if (tape->trace || !tape->refused)
        return tape->trace != NULL;
    if (tape->definitions && tape->text.length > 0)
        definitions_set_listing(tape->definitions, tape->head.file,
                                tape->text.text);
    if (tape->definitions)
        workload = definitions_workload(tape->definitions);
    else
        workload = tape->workload = tape->head.source == TAPE_SOURCE_TEXT
                                        ? parse_text(tape)
                                        : find_program(tape);
    if (!tape->definitions && !has_its_tasks(tape))
        return tape_refuse(
            tape, tape->head.source == TAPE_SOURCE_TEXT
                      ? _("the workload in this recording is damaged, or of "
                          "another version of concviz")
                      : _("this recording is of a program that this concviz "
                          "does not bring along"));
    tape->trace = trace_new_packed(workload, &tape->head.info);
    tape->names_grew = false;
    return true;
}
