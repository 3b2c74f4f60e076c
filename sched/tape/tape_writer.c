/*
 * tape_writer.c -- a window of the file, 16 blocks wide, is mapped and moves
 * on.
 *
 *   file   [head, block 0] [block 1] … [block 15] | [block 16] …
 *           └─────────── window 0 ─────────────┘   └── window 1
 *
 * A window is asked for as real space on the disk before it is written: a full
 * disk is an error then, and not a signal in the middle of an event. (A file
 * that somebody cuts meanwhile still is one, and tape_guard makes an error of it:
 * a call for each event would take thirty times as long.) What stands before
 * `used` in a block is never written again; `used` is stored last, with release,
 * so that who reads it and then the block sees whole records.
 */
#include "sched/tape/tape_writer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/little_endian.h"
#include "sched/base/xalloc.h"
#include "sched/tape/crc32c.h"
#include "sched/tape/tape_block.h"
#include "sched/tape/tape_guard.h"
#include "sched/tape/tape_place.h"
#include "sched/trace/event_code.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    WINDOW_BYTES = TAPE_BLOCK_WINDOW * TAPE_BLOCK_BYTES,
    OTHER_NAME_BYTES = 4 * WORKLOAD_NAME_MAX, /* four of a character */
};

struct tape_writer {
    const struct trace *trace; /* borrowed; NULL: not begun */
    char *path;
    bool fresh; /* it held nothing before */
    int fd;
    uint8_t *window; /* of the file, from window_at on; or NULL */
    uint64_t window_at;
    uint64_t ready;           /* bytes of the file that have real space */
    uint64_t blocks;          /* begun so far */
    struct tape_block *block; /* the open one; NULL after an error */
    uint8_t *at, *end;        /* where the next record goes; end of the room */
    struct event_code code;
    uint32_t events; /* in this block */
    int64_t first_ns;
    int64_t texts;                /* of tasks in C, written so far */
    const struct workload *named; /* up to here; NULL: no names are needed */
    uint64_t text_bytes;          /* of the workload, written so far */
    int machines;                 /* as the head says */
    atomic_int error;             /* negative errno value, or 0 */
};

/* --- blocks --------------------------------------------------------------- */

static void fail(struct tape_writer *writer, int error)
{
    writer->error = error;
    writer->block = NULL;
    writer->at = writer->end = NULL;
}

/* Where the system cannot be asked for space, a full disk is SIGBUS, which
 * tape_guard.c makes an error of. Returns 0 or an errno value. */
static int allocate(int fd, uint64_t from, uint64_t to)
{
#ifdef HAVE_POSIX_FALLOCATE
    return posix_fallocate(fd, (off_t)from, (off_t)(to - from));
#else
    (void)from;
    return ftruncate(fd, (off_t)to) == 0 ? 0 : errno;
#endif
}

/* Real space up to there. What was found of it before an error is given back,
 * so that the tape ends with its last block. Returns a negative errno value. */
static int find_space(struct tape_writer *writer, uint64_t to)
{
    int error;

    do
        error = allocate(writer->fd, writer->ready, to);
    while (error == EINTR);
    if (error == 0)
        writer->ready = to;
    else if (ftruncate(writer->fd, (off_t)writer->ready) != 0)
        return -errno;
    return -error;
}

/* In large steps, as long as there is so much. */
static int ready_block(struct tape_writer *writer, uint64_t from, uint64_t to)
{
    int error = 0;

    if (writer->ready < to)
        error = find_space(writer, from - from % WINDOW_BYTES + WINDOW_BYTES);
    if (error != 0)
        error = find_space(writer, to);
    return error;
}

static void close_window(struct tape_writer *writer)
{
    if (!writer->window)
        return;
    tape_guard_end(writer->window);
    munmap(writer->window, WINDOW_BYTES);
    writer->window = NULL;
}

static int move_window(struct tape_writer *writer, uint64_t at)
{
    void *window;

    if (writer->window && at == writer->window_at)
        return 0;
    close_window(writer);
    window = mmap(NULL, WINDOW_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED,
                  writer->fd, (off_t)at);
    writer->window = window == MAP_FAILED ? NULL : window;
    writer->window_at = at;
    if (!writer->window)
        return -errno;
    tape_guard_begin(window, WINDOW_BYTES, &writer->error);
    return 0;
}

static bool begin_block(struct tape_writer *writer)
{
    uint64_t number = writer->blocks, at = tape_block_at(number);
    uint32_t room = tape_block_room(number);
    uint64_t window_at = at - at % WINDOW_BYTES;
    int error = tape_writer_error(writer);

    if (error == 0)
        error = ready_block(writer, at, at + room);
    if (error == 0)
        error = move_window(writer, window_at);
    if (error != 0) {
        fail(writer, error);
        return false;
    }
    writer->block = (struct tape_block *)(writer->window + (at - window_at));
    writer->block->number = little_endian_32((uint32_t)number);
    writer->at = (uint8_t *)writer->block + TAPE_BLOCK_HEAD_BYTES;
    writer->end = (uint8_t *)writer->block + room;
    writer->events = 0;
    writer->first_ns = 0;
    writer->blocks++;
    event_code_init(&writer->code);
    atomic_store_explicit(&writer->block->used,
                          little_endian_32(TAPE_BLOCK_HEAD_BYTES),
                          memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    memcpy(writer->block->magic, TAPE_BLOCK_MAGIC, sizeof writer->block->magic);
    return true;
}

/* 0 says that a block is open, so a sum that is 0 is written as another one. */
static void seal_block(struct tape_writer *writer)
{
    struct tape_block *block = writer->block;
    const uint8_t *from = (const uint8_t *)&block->stream;
    uint32_t sum;

    block->events = little_endian_32(writer->events);
    block->first_ns = little_endian_64((uint64_t)writer->first_ns);
    block->last_ns = little_endian_64((uint64_t)writer->code.t_ns);
    sum = crc32c(from, (size_t)(writer->at - from));
    atomic_thread_fence(memory_order_release);
    block->crc = little_endian_32(sum ? sum : 1);
}

/* Room for so many bytes; false after an error. */
static bool reserve(struct tape_writer *writer, size_t bytes)
{
    if (writer->block && (size_t)(writer->end - writer->at) >= bytes)
        return true;
    if (!writer->block)
        return false;
    seal_block(writer);
    return begin_block(writer);
}

static void commit(struct tape_writer *writer, uint8_t *at)
{
    writer->at = at;
    atomic_store_explicit(
        &writer->block->used,
        little_endian_32((uint32_t)(at - (uint8_t *)writer->block)),
        memory_order_release);
}

/* --- records -------------------------------------------------------------- */

/* What stands before the bytes, so that one call writes both; 0: nothing. */
static void put_record(struct tape_writer *writer, enum tape_entry record,
                       const uint8_t *kind, const char *text, size_t length)
{
    uint8_t *at;

    if (length > TAPE_BLOCK_STRING_MAX)
        length = TAPE_BLOCK_STRING_MAX;
    if (!reserve(writer, length + 2 + EVENT_CODE_NUMBER_MAX))
        return;
    at = writer->at;
    *at++ = (uint8_t)record;
    at = event_code_put_number(at, length + !!kind);
    if (kind)
        *at++ = *kind;
    memcpy(at, text, length);
    commit(writer, at + length);
}

static void put_said(struct tape_writer *writer, const struct event *event)
{
    while (writer->texts < event->value && writer->block) {
        const char *text = trace_text(writer->trace, writer->texts + 1);

        put_record(writer, TAPE_SAID, NULL, text, strlen(text));
        writer->texts++;
    }
}

/* --- names, of a workload without a text ---------------------------------- */

static void put_name(struct tape_writer *writer, enum array_kind kind,
                     const char *name)
{
    uint8_t byte = (uint8_t)kind;

    put_record(writer, TAPE_NAME, &byte, name, strlen(name));
}

/* A task got another one: its number stands before that. */
static void put_other_name(struct tape_writer *writer, uint32_t task,
                           const char *name)
{
    char text[sizeof task + OTHER_NAME_BYTES];
    size_t length = strnlen(name, OTHER_NAME_BYTES);

    tape_head_put_fixed((uint8_t *)text, sizeof task, task);
    memcpy(text + sizeof task, name, length);
    put_record(writer, TAPE_RENAMED, NULL, text, sizeof task + length);
}

/* Those that are new since `from`; more may become known in the middle. */
static void put_names(struct tape_writer *writer, const struct workload *from)
{
    const struct workload *workload = trace_workload(writer->trace);

    for (size_t i = from->task_count; i < workload->task_count; i++)
        put_name(writer, ARRAY_TASK, workload->task[i].name);
    for (size_t i = from->shared_count; i < workload->shared_count; i++)
        put_name(writer, ARRAY_SHARED, workload->shared[i].name);
    for (size_t i = from->channel_count; i < workload->channel_count; i++)
        put_name(writer, ARRAY_CHANNEL, workload->channel[i].name);
    for (size_t i = from->barrier_count; i < workload->barrier_count; i++)
        put_name(writer, ARRAY_BARRIER, workload->barrier[i].name);
    for (size_t i = from->lock_count; i < workload->lock_count; i++)
        put_name(writer, ARRAY_LOCK, workload->lock[i]);
    for (size_t i = from->semaphore_count; i < workload->semaphore_count; i++)
        put_name(writer, ARRAY_SEMAPHORE, workload->semaphore[i].name);
    for (size_t i = from->condition_count; i < workload->condition_count; i++)
        put_name(writer, ARRAY_CONDITION, workload->condition[i]);
    for (size_t i = from->rwlock_count; i < workload->rwlock_count; i++)
        put_name(writer, ARRAY_RWLOCK, workload->rwlock[i].name);
    for (size_t i = from->renamed_count; i < workload->renamed_count; i++)
        put_other_name(writer, (uint32_t)workload->renamed[i],
                       workload->task[workload->renamed[i]].name);
    writer->named = workload;
}

/* --- the workload --------------------------------------------------------- */

static void put_text(struct tape_writer *writer, const char *text,
                     uint64_t length)
{
    while (length > 0 && writer->block) {
        size_t piece = length < TAPE_BLOCK_STRING_MAX ? (size_t)length
                                                      : TAPE_BLOCK_STRING_MAX;

        put_record(writer, TAPE_TEXT, NULL, text, piece);
        text += piece;
        length -= piece;
    }
}

static enum tape_source source_of(const struct workload *workload)
{
    if (workload->task_count > 0 && workload->task[0].program)
        return TAPE_SOURCE_PROGRAM;
    return workload->source && workload->source[0] ? TAPE_SOURCE_TEXT
                                                   : TAPE_SOURCE_NAMES;
}

/* The command as the system keeps it, words parted by blanks. */
static void read_command(char *command, size_t size)
{
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, command, size - 1);

    if (fd >= 0)
        close(fd);
    if (length < 1)
        length = 1;
    for (ssize_t i = 0; i + 1 < length; i++)
        if (command[i] == '\0')
            command[i] = ' ';
    command[length - 1] = '\0';
}

static void put_head(struct tape_writer *writer)
{
    const struct workload *workload = trace_workload(writer->trace);
    struct tape_head head = {
        .info = *trace_info(writer->trace),
        .pid = (uint64_t)getpid(),
        .monotonic_ns = clock_now_ns(),
        .boot_ns = clock_boot_ns(),
        .calendar_ns = clock_calendar_ns(),
        .source = source_of(workload),
        .name = workload->name,
        .file = workload->file,
        .size = (uint64_t)workload->data.size,
        .tasks = workload->task_count,
    };
    const char *text = head.source == TAPE_SOURCE_TEXT    ? workload->source
                       : head.source == TAPE_SOURCE_NAMES ? workload->listing
                                                          : NULL;
    uint8_t bytes[TAPE_HEAD_BYTES];
    struct utsname machine;
    char command[1024];

    if (!head.info.machine_name && uname(&machine) == 0)
        head.info.machine_name = machine.nodename;
    read_command(command, sizeof command);
    if (!head.info.command)
        head.info.command = command;
    if (text && !writer->text_bytes) {
        writer->text_bytes = strlen(text);
        put_text(writer, text, writer->text_bytes);
    }
    head.text_bytes = writer->text_bytes;
    if (text) {
        head.first_line = (uint64_t)workload->listing_line;
        head.first_column = (uint64_t)workload->listing_column;
    }
    writer->machines = head.info.machines;
    tape_head_put(&head, bytes);
    if (writer->block &&
        pwrite(writer->fd, bytes, sizeof bytes, 0) != sizeof bytes)
        fail(writer, -EIO);
}

/* The head comes last: who finds one finds the workload, too. */
static void put_workload(struct tape_writer *writer)
{
    static const struct workload nobody;

    if (source_of(trace_workload(writer->trace)) == TAPE_SOURCE_NAMES)
        put_names(writer, &nobody);
    put_head(writer);
}

/* --- events --------------------------------------------------------------- */

/* Names have become known in the middle, or machines, which are in the head. */
static void put_news(struct tape_writer *writer)
{
    if (writer->named != trace_workload(writer->trace))
        put_names(writer, writer->named);
    if (writer->machines != trace_info(writer->trace)->machines)
        put_head(writer);
}

/* What a task in C says, and why a run failed, stands before the event. A
 * damaged trace may name a text that does not exist. */
void tape_writer_add(struct tape_writer *writer, const struct event *event)
{
    bool has_text = (event->kind == EVENT_SAY && event->object == 0) ||
                    event->kind == EVENT_END;

    if (writer->named)
        put_news(writer);
    if (has_text && event->value <= trace_texts(writer->trace))
        put_said(writer, event);
    if (!reserve(writer, EVENT_CODE_MAX))
        return;
    if (writer->events++ == 0)
        writer->first_ns = event->t_ns;
    commit(writer, event_code_put(&writer->code, writer->at, event));
}

/* --- the file ------------------------------------------------------------- */

struct tape_writer *tape_writer_open(const char *path, bool replace, int *error,
                                     struct diag *diag)
{
    bool fresh = false;
    int fd = tape_place_open(path, replace, &fresh);
    struct tape_writer *writer;

    *error = fd < 0 ? fd : 0;
    if (fd < 0) {
        tape_place_refuse(diag, path, fd);
        return NULL;
    }
    writer = xcalloc(1, sizeof *writer);
    writer->fd = fd;
    writer->path = xstrdup(path);
    writer->fresh = fresh;
    return writer;
}

void tape_writer_begin(struct tape_writer *writer, const struct trace *trace)
{
    writer->trace = trace;
    if (ftruncate(writer->fd, 0) != 0)
        fail(writer, -errno);
    else if (begin_block(writer))
        put_workload(writer);
}

int tape_writer_error(const struct tape_writer *writer)
{
    return atomic_load_explicit(&writer->error, memory_order_relaxed);
}

const char *tape_writer_why(int error)
{
    return error == -ESTALE ? _("somebody else has cut the file short")
                            : strerror(-error);
}

/* Behind the last record the file has room that is not needed any more. After
 * an error the last block is sealed already, or was the one that is cut off. */
static int end_file(struct tape_writer *writer)
{
    off_t end;

    if (!writer->block)
        return 0;
    seal_block(writer);
    end = (off_t)(writer->window_at + (uint64_t)(writer->at - writer->window));
    return tape_writer_error(writer) == 0 && ftruncate(writer->fd, end) != 0
               ? -errno
               : 0;
}

int tape_writer_close(struct tape_writer *writer)
{
    int error;

    if (!writer)
        return 0;
    error = end_file(writer);
    close_window(writer);
    if (!writer->trace && writer->fresh)
        unlink(writer->path);
    if (close(writer->fd) != 0 && error == 0)
        error = -errno;
    if (tape_writer_error(writer) != 0)
        error = tape_writer_error(writer);
    free(writer->path);
    free(writer);
    return error;
}
