/*
 * trace_packed.c -- ten million events take 320 MB as they are, and 35 MB as
 * they stand on a tape.
 *
 *   packed  [group 0][group 1] … [group n-1]     bytes, one behind the other
 *   open                                [group n]  events, being written
 *   slot    [group 7][group 12] …                  events, being looked at
 *
 * A group can be unpacked alone. Who looks at an event has its whole group
 * unpacked into the next of 64 slots, in turn, so it costs little to go on from
 * there, and what was looked at lately stays where it is.
 */
#include "sched/trace/trace_packed.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/trace/event_code.h"

enum {
    SLOTS = 64,
    PIECE_BYTES = 1024 * 1024, /* of memory for packed groups */
    GROUP_MAX = TRACE_PACKED_GROUP * EVENT_CODE_MAX,
};

struct group {
    const uint8_t *begin, *end;
    struct event *event; /* while it is unpacked; else NULL */
};

struct trace_packed {
    struct group *group;
    size_t count, capacity;
    uint8_t **piece;
    size_t pieces, piece_capacity;
    uint8_t *at, *end; /* room left in the last piece */
    struct event_code code;
    struct event open[TRACE_PACKED_GROUP];
    struct event *slot[SLOTS]; /* NULL before it is used */
    size_t holds[SLOTS];       /* which group, from 1; 0: none */
    unsigned next;             /* slot */
};

struct trace_packed *trace_packed_new(void)
{
    return xcalloc(1, sizeof(struct trace_packed));
}

void trace_packed_free(struct trace_packed *packed)
{
    if (!packed)
        return;
    for (size_t i = 0; i < packed->pieces; i++)
        free(packed->piece[i]);
    for (int i = 0; i < SLOTS; i++)
        free(packed->slot[i]);
    free(packed->piece);
    free(packed->group);
    free(packed);
}

struct event *trace_packed_room(struct trace_packed *packed)
{
    return packed->open;
}

static void next_piece(struct trace_packed *packed)
{
    uint8_t *piece = xtable(PIECE_BYTES, 1);

    packed->piece = xgrow(packed->piece, packed->pieces,
                          &packed->piece_capacity, sizeof *packed->piece);
    packed->piece[packed->pieces++] = piece;
    packed->at = piece;
    packed->end = piece + PIECE_BYTES;
}

void trace_packed_close(struct trace_packed *packed)
{
    struct group group = { .event = NULL };

    if (packed->end - packed->at < GROUP_MAX)
        next_piece(packed);
    group.begin = packed->at;
    event_code_init(&packed->code);
    for (int i = 0; i < TRACE_PACKED_GROUP; i++)
        packed->at = event_code_put(&packed->code, packed->at,
                                    &packed->open[i]);
    group.end = packed->at;
    packed->group = xgrow(packed->group, packed->count, &packed->capacity,
                          sizeof *packed->group);
    packed->group[packed->count++] = group;
}

static void unpack(struct trace_packed *packed, size_t index)
{
    struct group *group = &packed->group[index];
    unsigned slot = packed->next++ % SLOTS;
    const uint8_t *at = group->begin;

    if (packed->holds[slot] > 0)
        packed->group[packed->holds[slot] - 1].event = NULL;
    packed->holds[slot] = index + 1;
    if (!packed->slot[slot])
        packed->slot[slot] = xcalloc(TRACE_PACKED_GROUP,
                                     sizeof *packed->slot[slot]);
    group->event = packed->slot[slot];
    event_code_init(&packed->code);
    for (int i = 0; i < TRACE_PACKED_GROUP; i++) {
        at = event_code_get(&packed->code, at, group->end, &group->event[i]);
        assert(at); /* we have written it */
    }
}

const struct event *trace_packed_at(struct trace_packed *packed, size_t index)
{
    size_t group = index / TRACE_PACKED_GROUP;

    if (group == packed->count)
        return &packed->open[index % TRACE_PACKED_GROUP];
    if (!packed->group[group].event)
        unpack(packed, group);
    return &packed->group[group].event[index % TRACE_PACKED_GROUP];
}
