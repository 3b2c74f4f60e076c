/*
 * player_internal.h -- the live screen as its own files see it.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_INTERNAL_H
#define CONCVIZ_CLI_PLAYER_PLAYER_INTERNAL_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "cli/player/playback.h"
#include "cli/player/player.h"
#include "cli/player/player_diagnose.h"
#include "cli/player/player_find.h"
#include "cli/player/player_frame.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_notice.h"
#include "cli/player/player_pace.h"
#include "cli/player/player_pick.h"
#include "cli/player/player_run.h"
#include "sched/base/clock.h"

#define PLAYER_NOTE_NS (8 * NS_PER_S) /* how long a note stays */

struct player {
    /* What runs. */
    struct player_run run;
    struct player_pick pick;
    struct player_diagnose diagnose;

    /* What is seen. */
    struct playback playback;
    struct player_pace pace;
    struct player_frame frame;
    struct player_notice notice;
    const struct tape_record *record; /* NULL: none, or it is cut short */
    bool dirty;                       /* another frame is due */
    int64_t last_ns, next_frame_ns;   /* on our clock */

    /* What is pressed. */
    struct player_controls controls;
    struct player_find find;
    sigset_t awake; /* the signals that may come while the loop sleeps */
};

/* Say something, for so long or (0) until something else is said. */
void player_notify(struct player *player, const char *text, int64_t for_ns);

/* If nobody writes more and the end was not kept, nobody knows why, say so. */
void player_say_cut(struct player *player);

/* Begin the next run when it is due. Fills diag where that fails. */
void player_begin_news(struct player *player, struct diag *diag);

/* Look again at a run that has ended: paused at an instant. */
void player_begin_again(struct player *player);

/* What was kept, from its start; a run that still goes on at its live edge. */
void player_begin_kept(struct player *player, const struct kept_runs *kept);

#endif
