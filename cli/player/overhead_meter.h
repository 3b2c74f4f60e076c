/*
 * overhead_meter.h -- measure what looking costs while somebody looks.
 *
 * For the thread that draws.
 */
#ifndef CONCVIZ_CLI_PLAYER_OVERHEAD_METER_H
#define CONCVIZ_CLI_PLAYER_OVERHEAD_METER_H

#include <stdint.h>

#include "render/draw/draw_overhead.h"

struct trace;

struct price_meter {
    int64_t from_ns, cpu_ns, bytes; /* when this second began, and then */
    int frames;                     /* since */
    struct price price;
};

void price_meter_init(struct price_meter *meter);

/* A frame has been drawn at now_ns. */
void price_meter_frame(struct price_meter *meter, int64_t now_ns);

/* Find out what it costs to write an event of a run like that one down; takes
 * a fraction of a millisecond, the first time. */
void price_meter_events(struct price_meter *meter, const struct trace *like);

#endif
