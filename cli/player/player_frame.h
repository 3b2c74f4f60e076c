/*
 * player_frame.h -- one frame of the live screen: the view is made ready,
 * drawn and shown.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_FRAME_H
#define CONCVIZ_CLI_PLAYER_PLAYER_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/player/overhead_meter.h"
#include "cli/player/player_numbers.h"
#include "render/cells/cells.h"
#include "render/scene/view.h"
#include "sched/base/strbuf.h"

struct key_binding;
struct options;
struct playback;
struct player_find;
struct player_run;

struct player_frame {
    const struct options *options;  /* borrowed */
    const struct key_binding *keys; /* for help and footer */
    struct view view;               /* keys write into it, too */
    struct cells cells;             /* as shown last */
    struct player_numbers numbers[2];
    struct overhead_meter meter;
    const struct player_find *find; /* borrowed */
    struct strbuf footer;
    char **help;
};

void player_frame_init(struct player_frame *frame,
                       const struct options *options,
                       const struct key_binding *keys);
void player_frame_fini(struct player_frame *frame);

/* Another run comes next: forget the numbers of this one, and its marks. */
void player_frame_forget(struct player_frame *frame);

/* Make room on the scale for a run that goes on at edge_ns, or ended there. */
void player_frame_fit(struct player_frame *frame, int64_t edge_ns, bool ended);

/* Draw and show the picture as it is now. */
void player_frame_draw(struct player_frame *frame, const struct player_run *run,
                       const struct playback *playback);

/* The instant shown at column x, row y, if there is one. */
bool player_frame_time_at(const struct player_frame *frame,
                          const struct player_run *run, int x, int y,
                          int64_t *t_ns);

#endif
