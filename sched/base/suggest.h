/*
 * suggest.h -- what somebody may have meant who typed something else.
 */
#ifndef CONCVIZ_SCHED_BASE_SUGGEST_H
#define CONCVIZ_SCHED_BASE_SUGGEST_H

/*
 * How many letters must be put in, left out, changed or swapped with their
 * neighbour to make b of a, or limit + 1 if more than limit (at most 8).
 * Bytes, without regard to case in ASCII. (Damerau, CACM 7(3), 1964.)
 */
int suggest_distance(const char *a, const char *b, int limit);

/*
 * The nearest of candidates (ends with NULL), or NULL when none is near: one
 * letter wrong in words of up to 3 letters, two in longer ones. Any thread.
 */
const char *suggest(const char *word, const char *const *candidates);

/* The largest distance at which a suggestion for word is not a guess. */
int suggest_limit(const char *word);

#endif
