/*
 * tape_file.c -- a tape is read block by block, and the last one again and again
 * as long as it grows.
 *
 * Nothing is mapped: somebody may cut the file while we read it, and a short
 * read is no signal. `used` is read before the bytes it speaks of. A sealed
 * block whose check sum is wrong is passed over; an open one is read as far as
 * its records make sense, since its writer may have ended in the middle.
 *
 * The workload is what comes first: it is made before the first event.
 */
#include "sched/tape/tape_file.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/programs/program_source.h"
#include "sched/programs/programs.h"
#include "sched/tape/crc32c.h"
#include "sched/tape/tape_block.h"
#include "sched/tape/tape_writer.h"
#include "sched/trace/event_code.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

enum {
    BROKEN = TAPE_BLOCK_BYTES + 1 /* more than there can be */
};

struct tape_file {
    int fd;
    char *path;
    struct diag *refused; /* while it is opened: why not goes here */
    struct tape_head head;
    struct strbuf text;              /* of the workload, as it is read */
    struct definitions *definitions; /* NULL unless there are only names */
    bool names_grew;
    struct workload *workload; /* owned; NULL where there are only names */
    struct trace *trace;       /* NULL before the workload is there */
    uint64_t number;           /* of the block that is read */
    size_t done; /* bytes of it, with its head; 0: none yet, or BROKEN */
    struct event_code code;
    uint8_t bytes[TAPE_BLOCK_BYTES]; /* of that block */
    int damaged, unknown; /* blocks left out; events of later versions */
    enum {
        REST_NOTHING,
        REST_CUT,     /* the file ends in a block */
        REST_DAMAGED, /* the last block makes no sense */
    } rest;
};

/* --- the workload --------------------------------------------------------- */

static bool refuse(struct tape_file *tape, const char *why)
{
    if (tape->refused)
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

/* What the tape is of; once only. False: it is not known. */
static bool make_workload(struct tape_file *tape)
{
    const struct workload *workload;

    if (tape->trace || !tape->refused)
        return tape->trace != NULL;
    if (tape->definitions)
        workload = definitions_workload(tape->definitions);
    else
        workload = tape->workload = tape->head.source == TAPE_SOURCE_TEXT
                                        ? parse_text(tape)
                                        : find_program(tape);
    if (!tape->definitions && !has_its_tasks(tape))
        return refuse(
            tape, tape->head.source == TAPE_SOURCE_TEXT
                      ? _("the workload in this recording is damaged, or of "
                          "another version of concviz")
                      : _("this recording is of a program that this concviz "
                          "does not bring along"));
    tape->trace = trace_new_packed(workload, &tape->head.info);
    tape->names_grew = false;
    return true;
}

/* --- records -------------------------------------------------------------- */

static void add_name(struct tape_file *tape, const uint8_t *at, size_t length)
{
    char name[256] = "";

    if (!tape->definitions || length == 0 || at[0] > ARRAY_RWLOCK)
        return;
    length--;
    if (length >= sizeof name)
        length = sizeof name - 1;
    memcpy(name, at + 1, length);
    definitions_add(tape->definitions, (enum array_kind)at[0], name);
    tape->names_grew = true;
}

static void add_said(struct tape_file *tape, const uint8_t *at, size_t length)
{
    struct strbuf raw;
    char clean[4 * WORKLOAD_SAY_BYTES_MAX];

    strbuf_init(&raw);
    strbuf_add(&raw, (const char *)at, length);
    trace_add_text(tape->trace, text_clean(clean, sizeof clean, raw.text));
    strbuf_fini(&raw);
}

/* Anything but an event. Unknown records are passed over. */
static const uint8_t *read_other(struct tape_file *tape, const uint8_t *at,
                                 const uint8_t *end)
{
    unsigned record = *at;
    uint64_t length;

    at = event_code_get_number(at + 1, end, &length);
    if (!at || length > (uint64_t)(end - at))
        return NULL;
    if (record == TAPE_TEXT && !tape->trace)
        strbuf_add(&tape->text, (const char *)at, length);
    else if (record == TAPE_NAME)
        add_name(tape, at, length);
    else if (record == TAPE_SAID && make_workload(tape))
        add_said(tape, at, length);
    return at + length;
}

static const uint8_t *read_event(struct tape_file *tape, const uint8_t *at,
                                 const uint8_t *end)
{
    struct event event;

    at = event_code_get(&tape->code, at, end, &event);
    if (!at || !make_workload(tape))
        return NULL;
    if (event.kind < EVENT_KINDS)
        trace_add(tape->trace, event);
    else
        tape->unknown += tape->unknown < INT_MAX;
    return at;
}

/* Read what is behind `done` up to `used`. False: it made no sense. */
static bool read_records(struct tape_file *tape, size_t used)
{
    const uint8_t *at = tape->bytes + tape->done, *end = tape->bytes + used;

    while (at && at < end)
        at = *at & TAPE_ENTRY ? read_other(tape, at, end)
                              : read_event(tape, at, end);
    tape->done = used;
    return at != NULL;
}

/* --- blocks --------------------------------------------------------------- */

/* How many bytes there were, up to count. */
static size_t read_at(const struct tape_file *tape, uint64_t from,
                      uint8_t *bytes, size_t count)
{
    size_t done = 0;

    while (done < count) {
        ssize_t got = pread(tape->fd, bytes + done, count - done,
                            (off_t)(from + done));

        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        done += got > 0 ? (size_t)got : 0;
    }
    return done;
}

/* Go on with the block behind this one. */
static bool next_block(struct tape_file *tape)
{
    tape->number++;
    tape->done = 0;
    tape->rest = REST_NOTHING;
    return true;
}

/* The block makes no sense. Where another one follows, it is left out; where
 * none does it may be that it is only beginning. */
static bool skip_block(struct tape_file *tape, bool closed)
{
    tape->rest = REST_DAMAGED;
    tape->damaged += closed;
    return closed && next_block(tape);
}

/* Is the head that was read one of the block that is next? */
static bool is_block(const struct tape_file *tape,
                     const struct tape_block *head)
{
    size_t used = le32toh(head->used);

    return memcmp(head->magic, TAPE_BLOCK_MAGIC, sizeof head->magic) == 0 &&
           head->stream == 0 && le32toh(head->number) == tape->number &&
           used >= sizeof *head && used <= tape_block_room(tape->number) &&
           (tape->done == BROKEN || used >= tape->done);
}

static bool is_nothing(const struct tape_block *head)
{
    static const struct tape_block nothing;

    return memcmp(head, &nothing, sizeof nothing) == 0;
}

/* Has a block behind this one been begun? Then this one does not grow. The next
 * ones may have been lost: then there is nothing where they were, as far as a
 * writer makes ready what it has not begun. */
static bool is_closed(const struct tape_file *tape)
{
    for (unsigned i = 1; i <= TAPE_BLOCK_WINDOW; i++) {
        struct tape_block head;

        if (read_at(tape, tape_block_at(tape->number + i), (uint8_t *)&head,
                    sizeof head) < sizeof head)
            return false;
        if (!is_nothing(&head))
            return true;
    }
    return false;
}

/* Is a sealed block what was written? */
static bool is_sound(const uint8_t *bytes, size_t used)
{
    const struct tape_block *head = (const struct tape_block *)bytes;
    uint32_t sum = crc32c(&head->stream,
                          used - offsetof(struct tape_block, stream));

    return le32toh(head->crc) == (sum ? sum : 1);
}

/* The rest of the block up to `used`; what is missing was cut off. A block that
 * was sealed while its head was read is read once more. */
static bool read_bytes(struct tape_file *tape, const struct tape_block *head,
                       size_t used, size_t *got)
{
    uint64_t from = tape_block_at(tape->number);
    bool fresh = tape->done == 0;

    if (fresh) {
        event_code_init(&tape->code);
        memcpy(tape->bytes, head, sizeof *head);
        tape->done = sizeof *head;
    }
    *got = read_at(tape, from + tape->done, tape->bytes + tape->done,
                   used - tape->done);
    tape->rest = *got < used - tape->done ? REST_CUT : REST_NOTHING;
    return !fresh || tape->rest == REST_CUT || head->crc == 0 ||
           is_sound(tape->bytes, used) ||
           (read_at(tape, from, tape->bytes, used) == used &&
            is_sound(tape->bytes, used));
}

/* Read on in a block. Returns whether to go on with the next one. Whether the
 * block is closed is asked first: if it is, what is read then is all of it. */
static bool read_block(struct tape_file *tape)
{
    bool closed = is_closed(tape);
    struct tape_block head;
    size_t got = read_at(tape, tape_block_at(tape->number), (uint8_t *)&head,
                         sizeof head);

    if (got < sizeof head) {
        tape->rest = got > 0 ? REST_CUT : REST_NOTHING;
        return false;
    }
    if (is_nothing(&head) && !closed)
        return false;
    if (!is_block(tape, &head))
        return skip_block(tape, closed);
    if (tape->done == BROKEN)
        return skip_block(tape, closed);
    if (!read_bytes(tape, &head, le32toh(head.used), &got)) {
        tape->done = 0;
        return skip_block(tape, closed);
    }
    if (!read_records(tape, tape->done + got)) {
        tape->done = BROKEN;
        return tape->trace && skip_block(tape, closed);
    }
    return closed && next_block(tape);
}

/* --- tapes ---------------------------------------------------------------- */

static uint64_t size_of(const struct tape_file *tape)
{
    struct stat status;

    return fstat(tape->fd, &status) == 0 ? (uint64_t)status.st_size : 0;
}

/* Everything there is by now, since who writes may be faster than who reads; no
 * more events than a history can count. */
static void read_all(struct tape_file *tape)
{
    uint64_t end = size_of(tape);

    while (tape_block_at(tape->number) < end &&
           trace_count(tape->trace) < UINT32_MAX - TAPE_BLOCK_BYTES)
        if (!read_block(tape))
            break;
    if (tape->trace && tape->names_grew)
        trace_set_workload(tape->trace,
                           definitions_workload(tape->definitions));
    tape->names_grew = false;
}

static bool refuse_head(struct tape_file *tape, enum tape_head_fault fault)
{
    char why[200];

    if (fault == TAPE_HEAD_NONE)
        return refuse(tape, _("this is no recording; --record FILE makes one"));
    if (fault == TAPE_HEAD_DAMAGED)
        return refuse(tape, _("the beginning of this recording is damaged, so "
                              "nothing in it can be read"));
    snprintf(why, sizeof why,
             _("this recording has format %u, and this concviz reads format "
               "%u; use the version that made it"),
             tape->head.major, (unsigned)TAPE_HEAD_MAJOR);
    return refuse(tape, why);
}

static bool open_fd(struct tape_file *tape)
{
    struct stat status;

    tape->fd = open(tape->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (tape->fd < 0 && errno == ENOENT)
        return refuse(tape, _("there is no such file; check its name"));
    if (tape->fd < 0 || fstat(tape->fd, &status) != 0)
        return refuse(tape, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return refuse_head(tape, TAPE_HEAD_NONE);
    return true;
}

static bool read_head(struct tape_file *tape)
{
    enum tape_head_fault fault;
    uint8_t bytes[TAPE_HEAD_BYTES] = { 0 };

    read_at(tape, 0, bytes, sizeof bytes);
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
        read_all(tape);
        make_workload(tape);
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

const struct workload *tape_file_workload(const struct tape_file *tape)
{
    return trace_workload(tape->trace);
}

bool tape_file_follow(struct tape_file *tape)
{
    size_t before = trace_count(tape->trace);

    read_all(tape);
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
    if (tape->rest == REST_CUT)
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
             strerror(-error));
    return error;
}
