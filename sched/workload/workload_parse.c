/*
 * workload_parse.c -- from text to workload.
 *
 * A line is read from left to right and never twice. Names may be used before
 * they are declared, so a name is only a number (names.h) until the last line
 * has been read; then resolve.c gives the numbers their meaning and check.c
 * follows the steps. The first mistake ends the parse.
 */
#include "sched/workload/workload_parse.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/workload/parse_internal.h"

/* A statement may take several lines. */
static bool parse_lines_of_text(struct parser *parser, const char *text,
                                int line)
{
    struct scan *scan = &parser->scan;

    scan_line(scan, text, line);
    do
        if (!parse_statement(parser))
            return false;
    while (scan_next_line(scan));
    return true;
}

/* Characters that control a terminal have no business in a workload. */
static bool is_control(const char *text, const char *end, uint32_t rune)
{
    if (rune == '\t' || rune == '\n')
        return false;
    if (rune == '\r')
        return text + 1 < end && text[1] != '\n';
    return rune < 0x20 || rune == 0x7F;
}

/* Is the character at text one that a workload may hold? */
static bool check_character(struct scan *scan, const char *text, size_t step,
                            uint32_t rune)
{
    if (step == 0)
        return scan_fail(scan, text,
                         _("a zero byte: this is not a text file; save it "
                           "as UTF-8 text"));
    if (step == 1 && rune == TEXT_BAD)
        return scan_fail(scan, text,
                         _("byte 0x%02x is not valid UTF-8; save the file as "
                           "UTF-8 text"),
                         (unsigned char)*text);
    if (is_control(text, scan->end, rune))
        return scan_fail(scan, text,
                         _("control character 0x%02x: remove it from the "
                           "text"),
                         (unsigned)rune);
    return true;
}

/* What a line may hold, whatever it says. */
static bool check_characters(struct parser *parser, const char *text, int line)
{
    struct scan *scan = &parser->scan;
    uint32_t rune;

    scan_line(scan, text, line);
    do {
        if (scan->end - scan->start > WORKLOAD_LINE_BYTES_MAX)
            return scan_fail(scan, scan->start,
                             _("this line is too long; at most %d bytes"),
                             WORKLOAD_LINE_BYTES_MAX);
        for (size_t step; scan->pos < scan->end; scan->pos += step) {
            step = text_decode(scan->pos, &rune);
            if (!check_character(scan, scan->pos, step, rune))
                return false;
        }
    } while (scan_next_line(scan));
    return true;
}

/* Is there a task for whose sake the run lasts? */
static bool has_purpose(const struct workload *workload)
{
    for (size_t i = 0; i < workload->task_count; i++)
        if (!workload->task[i].generator && !workload->task[i].daemon)
            return true;
    return false;
}

/* The characters are checked first, so no line is read that holds a wrong
 * one. */
static bool parse_text(struct parser *parser, size_t length, int line)
{
    const char *text = parser->workload->source;
    int column = parser->scan.first_column;

    if (length > WORKLOAD_TEXT_BYTES_MAX)
        return scan_fail_at(&parser->scan, line, column,
                            _("this workload is too large; at most %d bytes"),
                            WORKLOAD_TEXT_BYTES_MAX);
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3; /* a byte order mark, as some editors write it */
    parser->scan.text = text;
    parser->scan.text_end = parser->workload->source + length;
    if (!check_characters(parser, text, line) ||
        !parse_lines_of_text(parser, text, line))
        return false;
    if (parser->standing == 0)
        return scan_fail_at(&parser->scan, line, column,
                            _("this workload has no tasks; write one as in "
                              "\"%s\""),
                            "task A: cpu 30");
    if (!has_purpose(parser->workload))
        return scan_fail_at(&parser->scan, parser->workload->task->source_line,
                            parser->workload->task->source_column,
                            _("all tasks are daemons, so the run would be "
                              "over before it begins; remove \"daemon\" from "
                              "one of them"));
    return resolve_names(parser) && resolve_claims(parser) &&
           lookalike_check(parser) && check_steps(parser);
}

/* What the parser alone needed. */
static void finish(struct parser *parser)
{
    names_fini(&parser->names);
    names_fini(&parser->locks);
    free(parser->group);
    free(parser->pending);
    free(parser->term);
}

/* The copy ends with NUL, which the decoder relies on. */
static struct workload *workload_new(const char *file, const char *name,
                                     const char *text, size_t length)
{
    struct arena *arena = arena_new();
    struct workload *workload = arena_alloc(arena, sizeof *workload);
    char clean[256];

    text_clean(clean, sizeof clean, name);
    *workload = (struct workload){
        .arena = arena,
        .name = arena_copy(arena, clean, strlen(clean)),
        .file = arena_copy(arena, file, strlen(file)),
        .source = arena_copy(arena, text, length),
        .line_count = 1,
        .slice_ns = WORKLOAD_NO_SLICE,
    };
    return workload;
}

struct workload *workload_parse_at(const char *file, const char *name,
                                   const char *text, size_t length,
                                   int first_line, int first_column,
                                   struct diag *diag)
{
    struct parser parser = {
        .workload = workload_new(file, name, text, length),
        .scan = { .file = file,
                  .diag = diag,
                  .first_column = first_column,
                  .is_statement = parse_is_statement },
    };
    bool parsed;

    parser.workload->listing = parser.workload->source;
    parser.workload->listing_line = first_line;
    parser.workload->listing_column = first_column;
    names_init(&parser.names);
    names_init(&parser.locks);
    parsed = parse_text(&parser, length, first_line);
    finish(&parser);
    if (parsed)
        return parser.workload;
    workload_free(parser.workload);
    return NULL;
}

struct workload *workload_parse(const char *file, const char *name,
                                const char *text, size_t length,
                                struct diag *diag)
{
    return workload_parse_at(file, name, text, length, 1, 1, diag);
}
