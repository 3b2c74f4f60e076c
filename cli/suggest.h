/*
 * suggest.h -- what somebody may have meant.
 */
#ifndef CONCVIZ_CLI_SUGGEST_H
#define CONCVIZ_CLI_SUGGEST_H

#include <stddef.h>

/* The nearest word so far; start from { .typed = what was typed }. */
struct suggestion {
    const char *typed; /* borrowed */
    const char *word;  /* NULL: nothing is near enough; borrowed */
    size_t distance;
};

/* Offer one more word. The first of equally near ones stays. */
void suggest(struct suggestion *suggestion, const char *word);

/*
 * How many letters must be added, left out, replaced or swapped with their
 * neighbour to make one word of the other; counts at most the first 63
 * letters of each.
 */
size_t suggest_distance(const char *a, const char *b);

#endif
