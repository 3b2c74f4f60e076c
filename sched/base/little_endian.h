/*
 * little_endian.h -- numbers as they stand in files: the lowest byte first. One
 * function for both ways, since bytes turned twice are as they were.
 */
#ifndef CONCVIZ_SCHED_BASE_LITTLE_ENDIAN_H
#define CONCVIZ_SCHED_BASE_LITTLE_ENDIAN_H

#include <stdint.h>

static inline uint32_t little_endian_32(uint32_t number)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return number;
#else
    return __builtin_bswap32(number);
#endif
}

static inline uint64_t little_endian_64(uint64_t number)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return number;
#else
    return __builtin_bswap64(number);
#endif
}

#endif
