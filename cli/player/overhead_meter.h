/*
 * overhead_meter.h -- measure the observation overhead while somebody looks.
 *
 * For the thread that draws.
 */
#ifndef CONCVIZ_CLI_PLAYER_OVERHEAD_METER_H
#define CONCVIZ_CLI_PLAYER_OVERHEAD_METER_H

#include <stdint.h>

#include "render/draw/draw_overhead.h"

struct trace;

struct overhead_meter {
    int64_t from_ns, cpu_ns, bytes; /* when this second began, and then */
    int frames;                     /* since */
    struct overhead overhead;
};

void overhead_meter_init(struct overhead_meter *meter);

/* A frame has been drawn at now_ns. */
void overhead_meter_frame(struct overhead_meter *meter, int64_t now_ns);

/* Find out what it costs to write an event of a run like that one down; takes
 * a fraction of a millisecond, the first time. */
void overhead_meter_events(struct overhead_meter *meter,
                           const struct trace *like);

#endif
