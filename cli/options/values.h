/*
 * values.h -- what stands behind an option, read strictly.
 *
 * No sign, no space, no hexadecimal, no overflow: strtol and its family allow
 * all of these. Every function returns false and leaves *value unchanged when
 * the text is anything else than what it says. Any thread.
 */
#ifndef CONCVIZ_CLI_OPTIONS_VALUES_H
#define CONCVIZ_CLI_OPTIONS_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Digits, up to max. */
bool value_count(const char *text, uint64_t max, uint64_t *value);

/* Digits, or two of them with a minus between, the first not larger, up to
 * max; *last is 0 when there is one. */
bool value_range(const char *text, uint64_t max, uint64_t *first,
                 uint64_t *last);

/*
 * A time: digits with or without a fraction, in milliseconds, or with one of
 * ns, us, ms, s. Up to 10^15 ns; whatever is finer than 1 ns is refused.
 */
bool value_duration(const char *text, int64_t *ns);

/* A factor from 0.01 to 1000: "2", "0.5", with or without an x behind. */
bool value_factor(const char *text, double *value);

/* WIDTHxHEIGHT, both from 1 to 1000. */
bool value_size(const char *text, int *width, int *height);

/* The indices of two words with a comma between. */
bool value_pair(const char *text, const char *const *choice, int *first,
                int *second);

/* The index of text among the words (NULL at the end). */
bool value_choice(const char *text, const char *const *choice, int *index);

#endif
