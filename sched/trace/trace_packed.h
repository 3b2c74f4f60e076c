/*
 * trace_packed.h -- the events of a trace in a few bytes each, for traces that
 * are only read. One thread.
 */
#ifndef CONCVIZ_SCHED_TRACE_TRACE_PACKED_H
#define CONCVIZ_SCHED_TRACE_TRACE_PACKED_H

#include <stddef.h>

#include "sched/trace/event.h"

enum {
    TRACE_PACKED_GROUP = 256 /* events are packed together */
};

struct trace_packed;

struct trace_packed *trace_packed_new(void);
void trace_packed_free(struct trace_packed *packed); /* NULL is fine */

/* Where the next group is written, in its order; and pack it once it is full. */
struct event *trace_packed_room(struct trace_packed *packed);
void trace_packed_close(struct trace_packed *packed);

/* The event at index, which has been written. Valid until others are asked for
 * or written. */
const struct event *trace_packed_at(struct trace_packed *packed, size_t index);

#endif
