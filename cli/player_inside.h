/*
 * player_inside.h -- what the live screen consists of; for player*.c only.
 */
#ifndef CONCVIZ_CLI_PLAYER_INSIDE_H
#define CONCVIZ_CLI_PLAYER_INSIDE_H

#include <signal.h>

#include "cli/plan.h"
#include "cli/playback.h"
#include "cli/player.h"
#include "render/backend.h"
#include "render/cells.h"
#include "render/view.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"

struct history;

enum {
    NOTICE_BYTES = 384,
    PICK_MAX = 9 /* as many as there are digits */
};

struct player {
    const struct options *options;    /* borrowed */
    int usable;                       /* cores */
    const struct player_guest *guest; /* NULL: the run is all there is */

    /* The run. */
    struct plan *plan;     /* borrowed; of the run that is shown */
    struct runner *runner; /* NULL only while another one is begun */
    struct history *history;
    int runs;         /* so far, this one included */
    bool failed;      /* the system refused this one */
    int64_t began_ns; /* when it did, on our clock, or TIME_NEVER */
    int64_t edge_ns;  /* how far the picture can go */
    struct plan next; /* the run that is wanted instead … */
    bool wanted;      /* … if this is set */
    struct diag failure;
    int candidate[PICK_MAX]; /* who may be picked … */
    size_t asked;            /* … and how many they are; 0: no question */

    /* The picture. */
    struct playback playback;
    struct view view;
    struct cells cells;
    struct strbuf footer;
    char **help;
    char notice[NOTICE_BYTES];
    int64_t notice_until_ns; /* on our clock; TIME_NEVER: it stays */
    bool dirty;              /* another frame is due */

    bool quit;
    sigset_t awake; /* the signals that may come while the loop sleeps */
    enum player_left left;
    int64_t last_ns, next_frame_ns; /* on our clock */
};

/* How long a note about the run as a whole stays. */
#define PLAYER_NOTE_NS (8 * NS_PER_S)

/* Begin the run that is planned. Returns false with diag filled. */
bool player_start(struct player *player, struct diag *diag);

/* Look at an ended run again: held at an instant, to be moved from there. */
void player_look_again(struct player *player, int64_t from_ns);

/* Read all keys there are and do what they say. */
void player_read_keys(struct player *player);

/* Show a line for so long; 0: until another one. "" shows none. */
void player_notice(struct player *player, const char *text, int64_t for_ns);

/* Stop this run and begin another. */
void player_want(struct player *player, const struct plan *next);

#endif
