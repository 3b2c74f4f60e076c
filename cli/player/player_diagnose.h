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
struct strbuf;

struct player_diagnose {
    struct diagnose *diagnose; /* NULL: nothing was looked at yet */
    size_t shown;              /* problems so far */
};

/* The next problem up to t_ns, as a sentence in text. Returns false if there
 * is none. */
bool player_diagnose_next(struct player_diagnose *diagnose,
                          const struct history *history, int64_t t_ns,
                          struct strbuf *text);

/* Another history comes next. */
void player_diagnose_forget(struct player_diagnose *diagnose);

#endif
