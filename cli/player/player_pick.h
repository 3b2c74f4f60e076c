/*
 * player_pick.h -- --policy pick: the person is the scheduler.
 *
 * While somebody is asked, the run's clock stands still. Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_PICK_H
#define CONCVIZ_CLI_PLAYER_PLAYER_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gate;
struct history;
struct player_notice;
struct run_plan;
struct workload;

enum {
    PICK_MAX = 9 /* as many as there are digits */
};

struct player_pick {
    int candidate[PICK_MAX]; /* who may be picked … */
    size_t count;            /* … and how many they are; 0: no question */
    char **score;            /* once it is over: score_report.h */
};

/* Ask what the run asks now. Returns whether that has changed. */
bool player_pick_ask(struct player_pick *pick, struct gate *gate,
                     const struct workload *workload,
                     struct player_notice *notice);

/* The candidate with this index, if there is one. */
void player_pick_answer(const struct player_pick *pick, struct gate *gate,
                        size_t index);

/* Once such a run has finished: compute how well it went. Returns whether that
 * is new. */
bool player_pick_score(struct player_pick *pick, const struct history *history,
                       const struct run_plan *plan);

/* Another run comes next. */
void player_pick_forget(struct player_pick *pick);

#endif
