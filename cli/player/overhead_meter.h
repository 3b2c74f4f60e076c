/*
 * overhead_meter.h -- the observation overhead, measured while it arises.
 *
 * Only for the thread that draws.
 */
#ifndef CONCVIZ_CLI_PLAYER_OVERHEAD_METER_H
#define CONCVIZ_CLI_PLAYER_OVERHEAD_METER_H

#include <stdint.h>

#include "render/draw/draw_overhead.h"

struct trace;

struct overhead_meter {
    int64_t from_ns, cpu_ns, bytes; /* at the start of this second */
    int frames;                     /* since then */
    struct overhead overhead;
};

void overhead_meter_init(struct overhead_meter *meter);

/* Count a frame that was drawn at now_ns. */
void overhead_meter_frame(struct overhead_meter *meter, int64_t now_ns);

/* Measure what it costs to write down an event of a run like this one; takes a
 * fraction of a millisecond, and nothing after the first time. */
void overhead_meter_events(struct overhead_meter *meter,
                           const struct trace *like);

#endif
