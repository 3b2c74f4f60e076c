/*
 * value.h -- the value of an option, read strictly.
 *
 * No sign, no space, no hexadecimal, no overflow: strtol and its family allow
 * all of these. Every function returns false and leaves *value unchanged when
 * the text is anything other than what it says. Any thread.
 */
#ifndef CONCVIZ_CLI_OPTIONS_VALUE_H
#define CONCVIZ_CLI_OPTIONS_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Digits, up to max. */
bool value_count(const char *text, uint64_t max, uint64_t *value);

/* "3" or "1-4", the first not larger than the last, which is at most max; *last
 * is 0 when there is one. */
bool value_range(const char *text, uint64_t max, uint64_t *first,
                 uint64_t *last);

/*
 * A time: digits with or without a fraction, in milliseconds, or with one of
 * ns, us, ms, s. Up to 10^15 ns; whatever is finer than 1 ns is refused.
 */
bool value_duration(const char *text, int64_t *ns);

/* A factor from 0.01 to 1000: "2", "0.5", with or without an x after it. */
bool value_factor(const char *text, double *value);

/* WIDTHxHEIGHT, both from 1 to 1000. */
bool value_size(const char *text, int *width, int *height);

/* The index of text among words, which are written "one|two|three". */
bool value_choice(const char *text, const char *words, int *index);

#endif
