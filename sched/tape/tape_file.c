/*
 * tape_file.c -- tapes are opened and followed, and runs are kept as tapes.
 *
 * Whoever opens one is told in a sentence why not; once it is open, what is
 * wrong with it is only remarked.
 */
#include "sched/tape/tape_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/tape/tape_file_internal.h"
#include "sched/tape/tape_writer.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"

/* --- opening -------------------------------------------------------------- */

static bool refuse_head(struct tape_file *tape, enum tape_head_fault fault)
{
    char why[200];

    if (fault == TAPE_HEAD_NONE)
        return tape_refuse(tape,
                           _("this is no recording; --record FILE makes one"));
    if (fault == TAPE_HEAD_DAMAGED)
        return tape_refuse(tape,
                           _("the beginning of this recording is damaged, so "
                             "nothing in it can be read"));
    snprintf(why, sizeof why,
             _("this recording has format %u, and this concviz reads format "
               "%u; use the version that made it"),
             tape->head.major, (unsigned)TAPE_HEAD_MAJOR);
    return tape_refuse(tape, why);
}

static bool open_fd(struct tape_file *tape)
{
    struct stat status;

    tape->fd = open(tape->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (tape->fd < 0 && errno == ENOENT)
        return tape_refuse(tape, _("there is no such file; check its name"));
    if (tape->fd < 0 || fstat(tape->fd, &status) != 0)
        return tape_refuse(tape, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return refuse_head(tape, TAPE_HEAD_NONE);
    return true;
}

static bool read_head(struct tape_file *tape)
{
    enum tape_head_fault fault;
    uint8_t bytes[TAPE_HEAD_BYTES] = { 0 };

    tape_read_at(tape, 0, bytes, sizeof bytes);
    fault = tape_head_get(&tape->head, bytes);
    if (fault != TAPE_HEAD_WELL)
        return refuse_head(tape, fault);
    if (tape->head.source == TAPE_SOURCE_NAMES)
        tape->definitions = definitions_new(tape->head.name);
    return true;
}

struct tape_file *tape_file_open(const char *path, struct diag *diag)
{
    struct tape_file *tape = xcalloc(1, sizeof *tape);

    tape->path = xstrdup(path);
    tape->refused = diag;
    strbuf_init(&tape->text);
    if (open_fd(tape) && read_head(tape)) {
        tape_read_all(tape);
        tape_workload_make(tape);
    }
    if (tape->trace) {
        tape->refused = NULL;
        return tape;
    }
    tape_file_close(tape);
    return NULL;
}

void tape_file_close(struct tape_file *tape)
{
    if (!tape)
        return;
    if (tape->fd >= 0)
        close(tape->fd);
    trace_free(tape->trace);
    workload_free(tape->workload);
    definitions_free(tape->definitions);
    strbuf_fini(&tape->text);
    free(tape->path);
    free(tape);
}

const struct trace *tape_file_trace(const struct tape_file *tape)
{
    return tape->trace;
}

bool tape_file_follow(struct tape_file *tape)
{
    size_t before = trace_count(tape->trace);

    tape_read_all(tape);
    return trace_count(tape->trace) > before;
}

bool tape_file_written(const struct tape_file *tape)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl(tape->fd, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

void tape_file_remarks(const struct tape_file *tape, struct strbuf *lines)
{
    int damaged = tape->damaged + (tape->rest == REST_DAMAGED);

    if (damaged > 0)
        strbuf_line(lines,
                    _("damaged parts of the recording that were left out: %d"),
                    damaged);
    if (tape->unknown > 0)
        strbuf_line(lines,
                    _("events of a later version of concviz that were left "
                      "out: %d"),
                    tape->unknown);
    if (tape->cut || tape->rest == REST_CUT)
        strbuf_line(lines,
                    _("the recording ends in the middle: it was cut off"));
}

/* --- keeping -------------------------------------------------------------- */

int tape_file_save(const struct trace *trace, const char *path,
                   struct diag *diag)
{
    size_t count = trace_count(trace);
    int error;
    struct tape_writer *writer = tape_writer_open(path, false, &error, diag);

    if (!writer)
        return error;
    tape_writer_begin(writer, trace);
    for (size_t i = 0; i < count; i++)
        tape_writer_add(writer, trace_at(trace, i));
    error = tape_writer_close(writer);
    if (error == 0)
        return 0;
    unlink(path);
    diag_set(diag, path, 0, 0, _("the recording cannot be written: %s"),
             tape_writer_why(error));
    return error;
}
