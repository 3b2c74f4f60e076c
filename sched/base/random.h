/*
 * random.h -- the same luck for the same seed, on every machine.
 *
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014).
 */
#ifndef CONCVIZ_SCHED_BASE_RANDOM_H
#define CONCVIZ_SCHED_BASE_RANDOM_H

#include <stdint.h>

/* Spread the bits of x over the whole word; no two x give the same. */
static inline uint64_t random_mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* The next number of the sequence that *state (any seed) stands for. */
static inline uint64_t random_next(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return random_mix(*state);
}

/* One of 0 … count-1. The bias of the remainder is below count / 2^64. */
static inline uint64_t random_below(uint64_t *state, uint64_t count)
{
    return random_next(state) % count;
}

#endif
