/*
 * suggest.h -- what somebody may have meant. Any thread.
 */
#ifndef CONCVIZ_SCHED_BASE_SUGGEST_H
#define CONCVIZ_SCHED_BASE_SUGGEST_H

#include <stddef.h>

/* The nearest word so far; start from { .typed = what was typed }. */
struct suggestion {
    const char *typed; /* borrowed */
    const char *word;  /* NULL: nothing is near enough; borrowed */
    size_t distance;
};

/*
 * Offer one more word: it is near if at most a third of the letters are wrong,
 * or if what was typed is its beginning, three letters or more. The first of
 * equally near ones stays.
 */
void suggest(struct suggestion *suggestion, const char *word);

/*
 * How many letters must be added, left out, replaced or swapped with their
 * neighbour to make one word of the other; counts at most the first 63
 * letters of each and takes A for a.
 */
size_t suggest_distance(const char *a, const char *b);

#endif
