/*
 * sum.c -- additions that really happen.
 *
 * A compiler that sees a loop of additions replaces it by the formula for
 * its sum (clang does). What the empty assembly claims to change must really be
 * there after each round.
 */
#include "sched/base/sum.h"

#include <stddef.h>

enum {
    CHUNK = 1 << 18
};

/* Subtracted as unsigned numbers: last - first may not fit in a signed one. */
uint64_t sum_count(int64_t first, int64_t last)
{
    uint64_t span = (uint64_t)last - (uint64_t)first;

    return last < first ? 0 : span == UINT64_MAX ? span : span + 1;
}

/* One of the two factors is even: that one is halved, as a product modulo
 * 2^64 could not be. */
uint64_t sum_formula(int64_t first, int64_t last)
{
    uint64_t span = (uint64_t)last - (uint64_t)first; /* one less than many */

    if (last < first)
        return 0;
    if (span % 2 == 0)
        return (span + 1) * ((uint64_t)first + span / 2);
    return (span / 2 + 1) * ((uint64_t)first + (uint64_t)last);
}

/* Does not become a formula: see above. */
static uint64_t add(uint64_t sum, uint64_t first, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        sum += first + i;
        __asm__ volatile("" : "+r"(sum));
    }
    return sum;
}

/* A chunk is long enough that asking stop costs nothing, and short enough that
 * a stop is obeyed at once. */
bool sum_really(int64_t first, int64_t last, uint64_t *sum,
                bool (*stop)(void *context), void *context)
{
    uint64_t left = sum_count(first, last);
    uint64_t next = (uint64_t)first;

    for (*sum = 0; left > 0;) {
        uint64_t count = left < CHUNK ? left : CHUNK;

        *sum = add(*sum, next, count);
        next += count;
        left -= count;
        if (left > 0 && stop && stop(context))
            return false;
    }
    return true;
}
