/*
 * player_internal.h -- what the live screen consists of; for player*.c only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_INTERNAL_H
#define CONCVIZ_CLI_PLAYER_PLAYER_INTERNAL_H

#include <signal.h>

#include "cli/player/keys.h"
#include "cli/player/overhead_meter.h"
#include "cli/player/playback.h"
#include "cli/player/player.h"
#include "cli/run/run_plan.h"
#include "render/cells/cells.h"
#include "render/output/backend.h"
#include "render/scene/view.h"
#include "sched/analysis/comparison.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"

struct diagnose;
struct history;

enum {
    NOTICE_BYTES = 384,
    PICK_MAX = 9 /* as many as there are digits */
};

/* Two runs to compare. The second one is the player's; the first one, too,
 * until it is over. */
struct pair {
    bool on;
    struct run_plan plan[2];
    struct runner *runner; /* of the first, once it is over; else NULL */
    struct history *history;
    bool replay; /* both are over, and shown on one clock */
    struct comparison verdict;
};

struct player {
    const struct options *options;    /* borrowed */
    int usable;                       /* cores */
    const struct player_guest *guest; /* NULL: the run is all there is */

    /* The run. */
    struct run_plan *plan; /* borrowed; of the run that is shown */
    struct runner *runner; /* NULL only while another one is begun */
    struct history *history;
    struct diagnose *diagnose;  /* of history; NULL: not yet */
    size_t diagnosed;           /* findings shown so far */
    int runs;                   /* so far, this one included */
    bool failed;                /* the system refused this one */
    int64_t began_ns;           /* when it did, on our clock, or TIME_NEVER */
    int64_t edge_ns;            /* how far the picture can go */
    struct run_plan next;       /* the run that is wanted instead … */
    bool wanted;                /* … if this is set */
    struct run_plan next_rival; /* … and the one to compare it with, */
    bool next_pair;             /* … if this is set, */
    bool keep;                  /* … in place of the one that has ended */
    struct pair pair;
    struct diag failure;
    int candidate[PICK_MAX]; /* who may be picked … */
    size_t asked;            /* … and how many they are; 0: no question */
    char **score;            /* once it is over: score.h */

    /* The picture. */
    struct metrics *numbers[2]; /* as of so many events */
    size_t numbers_events[2];
    int64_t numbers_due_ns[2]; /* on our clock: not again before */
    struct playback playback;
    struct view view;
    struct cells cells;
    struct overhead_meter meter;
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

/* Begin the two that are wanted; or only the second one, where the current run
 * is to be kept. Returns false with diag filled. */
bool player_pair_begin(struct player *player, struct diag *diag);

/* Go on to the second run when the first is over, then to the replay. */
bool player_pair_follow(struct player *player, struct diag *diag);

/* Back to one run; the first of the two is freed. */
void player_pair_drop(struct player *player);
void player_pair_draw(struct player *player);

/* The instant shown at column x, row y, if there is one. */
bool player_pair_time_at(const struct player *player, int x, int y,
                         int64_t *t_ns);

/* Is all over that is to be shown? */
bool player_ended(const struct player *player);

/* The next instant to step to. */
int64_t player_step(const struct player *player, bool forward);

/* Look at an ended run again: held at an instant, to be moved from there. */
void player_look_again(struct player *player, int64_t from_ns);

/* --policy pick: who may be next? While that is asked, the run's clock stands
 * still. */
void player_ask(struct player *player);

/* Once such a run is over: show how well it went. */
void player_score(struct player *player);
void player_forget_score(struct player *player);

/* What can be changed for the next run, which begins at once. */
enum knob {
    KNOB_MORE, /* machines */
    KNOB_FEWER,
    KNOB_SLICE,
    KNOB_POLICY,
    KNOB_LINES
};
void player_turn(struct player *player, enum knob knob);

/* Read all keys there are and do what they say. */
void player_read_keys(struct player *player);
void player_act(struct player *player, enum player_action action, uint32_t key);
void player_put_line(struct player *player, int64_t t_ns);
void player_click(struct player *player);

/* Draw and show the picture as it is now. */
void player_draw(struct player *player);
void player_forget_numbers(struct player *player);

/* Show a line for so long; 0: until another one. "" shows none. */
void player_notice(struct player *player, const char *text, int64_t for_ns);

/* Show the next thing that is wrong with the run, once the picture is there;
 * forget what is known of a run that makes way for another. */
void player_diagnose(struct player *player);
void player_diagnose_drop(struct player *player);

/* Stop this run and begin another. */
void player_want(struct player *player, const struct run_plan *next);

/* Begin two runs; keep: the current one, which has ended, is the first. */
void player_want_pair(struct player *player, const struct run_plan *first,
                      const struct run_plan *second, bool keep);

#endif
