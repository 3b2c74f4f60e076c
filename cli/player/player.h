/*
 * player.h -- the live screen: a run on one thread, its picture on this one.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_H
#define CONCVIZ_CLI_PLAYER_PLAYER_H

#include <stdbool.h>
#include <stdint.h>

struct diag;
struct kept_runs;
struct options;
struct run_plan;
struct runner;

/* A run shown as a part of something else, such as a lesson. */
struct player_guest {
    const char *title;     /* in the title bar, instead of the mode */
    bool mystery;          /* say nothing of what happens */
    unsigned panes;        /* to begin with: bits of panes.h; 0: any */
    struct runner *runner; /* an ended run to look at again, or NULL */
    int64_t from_ns;       /* at this instant */
};

/* How the person left the screen. */
enum player_left {
    PLAYER_HERE,   /* not yet; never returned */
    PLAYER_FAILED, /* there was no thread to run it */
    PLAYER_QUIT,
    PLAYER_ON,   /* to what comes after it */
    PLAYER_BACK, /* to what was before it */
    PLAYER_GONE  /* the terminal went away */
};

/*
 * Open the terminal, run plan and show it until the person quits; with a rival
 * (else NULL) both are run and compared. usable as in run_plan_make, for other
 * modes. Returns true and in runner[0] the last run, or the last two (yours;
 * runner[1] may be NULL; the last one may have been stopped, or still go on if
 * the terminal went away), with plan changed to its mode; false with diag
 * filled when there is no screen to show it on or no thread to run it.
 */
bool player_open(struct run_plan *plan, const struct run_plan *rival,
                 const struct options *options, int usable,
                 struct runner *runner[2], struct diag *diag);

/*
 * The same on a terminal that is open already and stays so, for a menu to
 * which leaving leads back. Returns how the person left; diag is filled for
 * PLAYER_FAILED.
 */
enum player_left player_visit(struct run_plan *plan,
                              const struct run_plan *rival,
                              const struct options *options, int usable,
                              struct runner *runner[2], struct diag *diag);

/* Open the terminal and show what was kept until the person quits. title is
 * "replay 2026-11-28". The plan of the last run becomes that of the one shown.
 * Returns false with diag filled when there is no screen to show it on. */
bool player_replay(struct kept_runs *kept, const char *title,
                   const struct options *options, struct diag *diag);

/* The same on a terminal that is open already. */
enum player_left player_look(struct kept_runs *kept, const char *title,
                             const struct options *options, struct diag *diag);

/*
 * Show a run on a terminal that is open already; Enter leaves it once it has
 * been seen to its end, before that it goes there. Very short runs are shown
 * slowly and say so. *runner is the last run as above (guest->runner if that
 * was only looked at), or NULL if it failed, with diag filled.
 */
enum player_left player_show(struct run_plan *plan,
                             const struct options *options, int usable,
                             const struct player_guest *guest,
                             struct runner **runner, struct diag *diag);

#endif
