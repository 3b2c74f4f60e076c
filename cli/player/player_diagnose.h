/*
 * player_diagnose.h -- what is wrong with the run, said when the picture has
 * come to where it shows.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_DIAGNOSE_H
#define CONCVIZ_CLI_PLAYER_PLAYER_DIAGNOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diagnose;
struct history;
struct player_notice;

struct player_diagnose {
    struct diagnose *diagnose; /* NULL: nothing was looked at yet */
    size_t shown;              /* problems so far */
};

/* If nothing else is shown, say what the next problem up to t_ns is. Returns
 * whether there was one. */
bool player_diagnose_say(struct player_diagnose *diagnose,
                         const struct history *history, int64_t t_ns,
                         struct player_notice *notice);

/* Another history comes next. */
void player_diagnose_forget(struct player_diagnose *diagnose);

#endif
