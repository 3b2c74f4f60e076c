/*
 * record.h -- what threads of other people's programs say of themselves, in
 * memory that they share with whoever watches.
 *
 * A page about all of it, then blocks. A block belongs to one thread, which
 * takes the next free one when it has filled its last: so nobody waits for
 * anybody. `used` is stored last, with release: who reads it and then the
 * records sees whole ones, also when the writer has been killed. Pages that
 * nobody has touched cost nothing, so the memory may be much larger than what
 * will be needed.
 */
#ifndef CONCVIZ_SCHED_RECORDER_RECORD_H
#define CONCVIZ_SCHED_RECORDER_RECORD_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    RECORD_BLOCK_BYTES = 4096,
    RECORD_TEXT_BYTES = 16, /* of a text in a record */
    RECORD_MAGIC = 0x43565231,
};

#define RECORD_MEMORY_BYTES (INT64_C(1) << 30)

/* Where the library finds the memory: a path. */
#define RECORD_VARIABLE "CONCVIZ_RECORD"

enum record_kind {
    RECORD_PROCESS = 1, /* a program begins; value: of the process before it;
                           object: how far it lies from where its file says */
    RECORD_PATH,        /* text: more of the path of its file */
    RECORD_BEGIN,       /* a thread; object: its function; value: id of the
                           thread that made it */
    RECORD_SELF,        /* object: its pthread_t */
    RECORD_END,         /* of the thread */
    RECORD_NAME,        /* text: it is called so */
    RECORD_WAIT,        /* detail: enum record_wait; object: what for; value: of
                           LOCK the id of its owner, of SLEEP until when */
    RECORD_GOT,         /* it has it: as WAIT */
    RECORD_LEFT,        /* it waits no longer, and has it not */
    RECORD_WAKE,        /* who waits for object may go on: it was unlocked,
                           signalled, posted */
};

enum record_wait {
    RECORD_SLEEP,
    RECORD_LOCK,
    RECORD_CONDITION,
    RECORD_SEMAPHORE,
    RECORD_READ,
    RECORD_WRITE,
    RECORD_BARRIER,
    RECORD_JOIN,
    RECORD_WAITS
};

struct record {
    int64_t t_ns; /* CLOCK_MONOTONIC */
    union {
        struct {
            uint64_t object;
            int64_t value;
        };
        char text[RECORD_TEXT_BYTES]; /* no NUL if it fills it */
    };
    uint16_t kind; /* enum record_kind */
    uint16_t detail;
    uint32_t cpu; /* where the thread was */
};

struct record_block {
    uint32_t pid, tid;
    _Atomic uint32_t used; /* records */
    uint32_t reserved[5];
    struct record record[(RECORD_BLOCK_BYTES - 32) / sizeof(struct record)];
};

enum {
    RECORD_BLOCK_RECORDS = (RECORD_BLOCK_BYTES - 32) / 32
};

/* At the beginning of the memory. */
struct record_head {
    uint32_t magic;
    uint32_t blocks;       /* that there is room for */
    _Atomic uint32_t next; /* taken so far; may be more than there are */
    uint32_t reserved;
    _Atomic uint64_t lost; /* records for which there was no room */
};

_Static_assert(sizeof(struct record) == 32, "two records a cache line");
_Static_assert(sizeof(struct record_block) == RECORD_BLOCK_BYTES, "a page");

#endif
