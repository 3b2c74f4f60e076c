/*
 * tape_read.c -- a tape is read block by block, and the last one again and again
 * as long as it grows.
 *
 * Nothing is mapped: somebody may cut the file while we read it, and a short
 * read is no signal. `used` is read before the bytes it speaks of. A sealed
 * block whose check sum is wrong is passed over; an open one is read as far as
 * its records make sense, since its writer may have ended in the middle.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/little_endian.h"
#include "sched/base/text.h"
#include "sched/tape/crc32c.h"
#include "sched/tape/tape_file_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"

/* So many bytes of a block that makes no sense are done. */
enum {
    BROKEN = TAPE_BLOCK_BYTES + 1 /* more than there can be */
};

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

static void add_other_name(struct tape_file *tape, const uint8_t *at,
                           size_t length)
{
    char name[256] = "";

    if (!tape->definitions || length < sizeof(uint32_t))
        return;
    length -= sizeof(uint32_t);
    if (length >= sizeof name)
        length = sizeof name - 1;
    memcpy(name, at + sizeof(uint32_t), length);
    definitions_rename(tape->definitions,
                       (int)(tape_head_fixed(at, 4) & INT32_MAX), name);
    tape->names_grew = true;
}

static void add_said(struct tape_file *tape, const uint8_t *at, size_t length)
{
    char clean[4 * WORKLOAD_SAY_BYTES_MAX];

    trace_add_text(tape->trace, text_clean_bytes(clean, sizeof clean,
                                                 (const char *)at, length));
}

/* Anything but an event. Unknown records are passed over. */
static const uint8_t *read_other(struct tape_file *tape, const uint8_t *at,
                                 const uint8_t *end)
{
    unsigned record = *at;
    uint64_t length;

    at = event_code_get_number(at + 1, end, &length);
    if (!at || length > (uint64_t)(end - at) ||
        tape->text.length + length > WORKLOAD_TEXT_BYTES_MAX)
        return NULL;
    if (record == TAPE_TEXT && !tape->trace)
        strbuf_add(&tape->text, (const char *)at, (size_t)length);
    else if (record == TAPE_NAME)
        add_name(tape, at, (size_t)length);
    else if (record == TAPE_RENAMED)
        add_other_name(tape, at, (size_t)length);
    else if (record == TAPE_SAID && tape_workload_make(tape))
        add_said(tape, at, (size_t)length);
    return at + length;
}

static const uint8_t *read_event(struct tape_file *tape, const uint8_t *at,
                                 const uint8_t *end)
{
    struct event event;

    at = event_code_get(&tape->code, at, end, &event);
    if (!at || !tape_workload_make(tape))
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

size_t tape_read_at(const struct tape_file *tape, uint64_t from, uint8_t *bytes,
                    size_t count)
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

static void add_damaged(struct tape_file *tape, uint64_t blocks)
{
    uint64_t room = (uint64_t)(INT_MAX - 1 - tape->damaged);

    tape->damaged += (int)(blocks < room ? blocks : room);
}

/* There is nothing where a block was. A file may have nothing for a very long
 * way, which the system passes over for us. */
static bool skip_nothing(struct tape_file *tape)
{
    off_t data = lseek(tape->fd, (off_t)tape_block_at(tape->number), SEEK_DATA);
    uint64_t next = tape->number + 1;

    if (data < 0 && errno == ENXIO) {
        tape->rest = REST_DAMAGED;
        return false;
    }
    if (data > 0 && (uint64_t)data / TAPE_BLOCK_BYTES > next)
        next = (uint64_t)data / TAPE_BLOCK_BYTES;
    add_damaged(tape, next - tape->number);
    tape->number = next - 1;
    return next_block(tape);
}

/* The block makes no sense. Where another one follows, it is left out; where
 * none does it may be that it is only beginning. */
static bool skip_block(struct tape_file *tape, bool closed)
{
    tape->rest = REST_DAMAGED;
    add_damaged(tape, closed);
    return closed && next_block(tape);
}

/* Is the head that was read one of the block that is next? */
static bool is_block(const struct tape_file *tape,
                     const struct tape_block *head)
{
    size_t used = little_endian_32(head->used);

    return memcmp(head->magic, TAPE_BLOCK_MAGIC, sizeof head->magic) == 0 &&
           head->stream == 0 &&
           little_endian_32(head->number) == tape->number &&
           used >= sizeof *head && used <= tape_block_room(tape->number) &&
           (tape->done == BROKEN || used >= tape->done);
}

/* Its writer puts the magic bytes last. */
static bool is_nothing(const struct tape_block *head)
{
    static const uint8_t nothing[sizeof head->magic];

    return memcmp(head->magic, nothing, sizeof nothing) == 0 &&
           little_endian_32(head->used) <= sizeof *head;
}

static uint64_t size_of(const struct tape_file *tape)
{
    struct stat status;

    return fstat(tape->fd, &status) == 0 ? (uint64_t)status.st_size : 0;
}

/* Has a block behind this one been begun? Then this one does not grow. The next
 * ones may have been lost, and there is nothing where they were; but a writer
 * makes no room ready behind the window in which it writes. */
static bool is_closed(const struct tape_file *tape)
{
    uint64_t window_end = tape->number - tape->number % TAPE_BLOCK_WINDOW +
                          TAPE_BLOCK_WINDOW;

    for (uint64_t i = tape->number + 1; i < window_end; i++) {
        struct tape_block head;

        if (tape_read_at(tape, tape_block_at(i), (uint8_t *)&head,
                         sizeof head) < sizeof head)
            return false;
        if (!is_nothing(&head))
            return true;
    }
    return size_of(tape) > tape_block_at(window_end);
}

/* Is a sealed block what was written? */
static bool is_sound(const uint8_t *bytes, size_t used)
{
    const struct tape_block *head = (const struct tape_block *)bytes;
    uint32_t sum = crc32c(&head->stream,
                          used - offsetof(struct tape_block, stream));

    return little_endian_32(head->crc) == (sum ? sum : 1);
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
    *got = tape_read_at(tape, from + tape->done, tape->bytes + tape->done,
                        used - tape->done);
    tape->rest = *got < used - tape->done ? REST_CUT : REST_NOTHING;
    return !fresh || tape->rest == REST_CUT || head->crc == 0 ||
           is_sound(tape->bytes, used) ||
           (tape_read_at(tape, from, tape->bytes, used) == used &&
            is_sound(tape->bytes, used));
}

/* Read on in a block. Returns whether to go on with the next one. Whether the
 * block is closed is asked first: if it is, what is read then is all of it. */
static bool read_block(struct tape_file *tape)
{
    bool closed = is_closed(tape);
    struct tape_block head;
    size_t got = tape_read_at(tape, tape_block_at(tape->number),
                              (uint8_t *)&head, sizeof head);

    if (got < sizeof head) {
        tape->rest = got > 0 ? REST_CUT : REST_NOTHING;
        return false;
    }
    if (is_nothing(&head))
        return closed && skip_nothing(tape);
    if (!is_block(tape, &head) || tape->done == BROKEN)
        return skip_block(tape, closed);
    if (!read_bytes(tape, &head, little_endian_32(head.used), &got)) {
        tape->done = 0;
        return skip_block(tape, closed);
    }
    if (!read_records(tape, tape->done + got)) {
        tape->done = BROKEN; /* where it was cut off, a record may be, too */
        return tape->trace && tape->rest != REST_CUT &&
               skip_block(tape, closed);
    }
    return closed && next_block(tape);
}

/* Has somebody taken away what was read? What was read stays. */
static bool is_cut(const struct tape_file *tape, uint64_t end)
{
    uint8_t begin[TAPE_HEAD_MAGIC_BYTES] = { 0 };
    uint64_t done = tape_block_at(tape->number) +
                    (tape->done == BROKEN ? 0 : tape->done);

    tape_read_at(tape, 0, begin, sizeof begin);
    return ((tape->number > 0 || tape->done > 0) && end < done) ||
           !tape_head_is(begin);
}

/* Everything there is by now, since who writes may be faster than who reads; no
 * more events than a history can count. */
void tape_read_all(struct tape_file *tape)
{
    uint64_t end = size_of(tape);

    tape->cut = tape->cut || is_cut(tape, end);
    while (!tape->cut && tape_block_at(tape->number) < end &&
           trace_count(tape->trace) < UINT32_MAX - TAPE_BLOCK_BYTES)
        if (!read_block(tape))
            break;
    if (tape->trace && tape->names_grew)
        trace_set_workload(tape->trace,
                           definitions_workload(tape->definitions));
    tape->names_grew = false;
}
