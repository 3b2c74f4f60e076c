/*
 * tape_block.h -- how a tape goes on: blocks of TAPE_BLOCK_BYTES each, the
 * first one after the head.
 *
 *   head 4096 | block 0 | block 1 …            every 64 KiB from the beginning
 *
 * Each can be read alone. It is open as long as its check sum is 0: `used` tells
 * how far it has been written, and what is before that does not change any more.
 * Who finds no block where the next one would be has read all there is.
 *
 * In a block, behind its head, stand records: an event (event_code.h), or, with
 * the highest bit of its first byte set, something else; its length follows, so
 * that who does not know it passes over it.
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_BLOCK_H
#define CONCVIZ_SCHED_TAPE_TAPE_BLOCK_H

#include <stdint.h>

#include "sched/tape/tape_head.h"

enum {
    TAPE_BLOCK_HEAD_BYTES = 64,
    TAPE_BLOCK_WINDOW = 16,            /* so many are made ready together */
    TAPE_BLOCK_STRING_MAX = 32 * 1024, /* bytes of a record but an event */
};

/* Its numbers have their lowest byte first. */
struct tape_block {
    uint8_t magic[4];
    uint32_t crc;    /* of all bytes used from `stream` on; 0: it is open */
    uint32_t stream; /* of several writers: whose it is; so far always 0 */
    uint32_t number; /* of the block in its stream, from 0 */
    _Atomic uint32_t used; /* bytes, with this head */
    uint32_t events;       /* these three once it is sealed */
    uint64_t first_ns, last_ns;
    uint64_t lost; /* events that could not be written so far; always 0 */
    uint8_t unused[16];
};

_Static_assert(sizeof(struct tape_block) == TAPE_BLOCK_HEAD_BYTES,
               "blocks are laid over the file");

#define TAPE_BLOCK_MAGIC "CVB1"

/* Records that are no events. */
enum tape_entry {
    TAPE_ENTRY = 0x80,
    TAPE_TEXT = TAPE_ENTRY | 1, /* the next piece of the workload's text */
    TAPE_SAID, /* what a task in C says: the next text of trace_text */
    TAPE_NAME, /* one byte, enum array_kind; the name of the next such thing */
    TAPE_RENAMED, /* four bytes, which task; its other name */
};

/* Where block `number` begins in the file, and how many bytes it has. */
static inline uint64_t tape_block_at(uint64_t number)
{
    return number == 0 ? TAPE_HEAD_BYTES : number * TAPE_BLOCK_BYTES;
}

static inline uint32_t tape_block_room(uint64_t number)
{
    return TAPE_BLOCK_BYTES - (number == 0 ? TAPE_HEAD_BYTES : 0);
}

#endif
