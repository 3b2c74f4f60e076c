/*
 * vote.h -- a class votes: hands are counted, twice.
 *
 * In class mode everybody votes on a question alone; the counts are shown and
 * discussed, and there is a second vote before the run. The lecturer types the
 * counts in. The thresholds are the usual ones of peer instruction
 * (lessons/guide).
 */
#ifndef CONCVIZ_LESSONS_SESSION_VOTE_H
#define CONCVIZ_LESSONS_SESSION_VOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "lessons/lesson.h"

enum {
    VOTE_ROUNDS = 2,
    VOTE_HANDS_MAX = 999,
    VOTES_MAX = 32 /* as many as answers are kept */
};

enum vote_advice {
    VOTE_NOBODY,  /* no hands counted yet */
    VOTE_GO_ON,   /* more than 70 % right: one sentence, then run */
    VOTE_DISCUSS, /* talk with a neighbour, vote again */
    VOTE_EXPLAIN  /* less than 35 % right: explain again with the picture */
};

struct vote {
    const struct lesson_screen *question; /* borrowed */
    int round;                            /* 0 or 1 */
    int hands[VOTE_ROUNDS][LESSON_CHOICES_MAX];
};

/* The votes on a lesson's questions. All zero: none yet. */
struct votes {
    struct vote vote[VOTES_MAX];
    size_t count;
};

void vote_init(struct vote *vote, const struct lesson_screen *question);

/* Count `by` more (or fewer) hands for a choice. Returns whether it changed. */
bool vote_add(struct vote *vote, int choice, int by);

/* Begin the second round; false if it has begun. */
bool vote_again(struct vote *vote);

/* Hands of a round. */
int vote_total(const struct vote *vote, int round);

/* Percentage of the hands of a round for choice; 0 if there are none. */
int vote_percent(const struct vote *vote, int round, int choice);

/* What to do after the present round. */
enum vote_advice vote_advise(const struct vote *vote);

/* The last round that has any hands, or -1. */
int vote_counted(const struct vote *vote);

/* The choice with most hands in that round, or -1. */
int vote_winner(const struct vote *vote);

/* Keep a vote, in the place of an earlier one on the same question. */
void votes_keep(struct votes *votes, const struct vote *vote);

/* The vote on a question, or NULL. */
const struct vote *votes_find(const struct votes *votes,
                              const struct lesson_screen *question);

#endif
