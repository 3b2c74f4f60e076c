/*
 * fixed_point.h -- decimal numbers as whole ones, without a double in between.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_FIXED_POINT_H
#define CONCVIZ_SCHED_EXCHANGE_FIXED_POINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Read all length bytes of a decimal number, "-12.5e3", multiplied by ten to
 * the power of digits and rounded. False if they are none, or if the result is
 * beyond 4 * 10^18, so that the difference of two always fits. Any thread.
 */
bool fixed_point_read(const char *text, size_t length, int digits,
                      int64_t *value);

#endif
