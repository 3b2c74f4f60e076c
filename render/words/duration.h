/*
 * duration.h -- times as people read them: one unit a picture, few digits.
 */
#ifndef CONCVIZ_RENDER_WORDS_DURATION_H
#define CONCVIZ_RENDER_WORDS_DURATION_H

#include <stdint.h>

/* How to write times: how many ns one is, its sign, digits after the point. */
struct unit {
    int64_t ns;
    const char *sign;
    int decimals;
};

enum {
    DURATION_SIZE = 32,
    DURATION_CHOICES = 9
};

/* From which span on which unit suits: the longest first, the last from 0. */
extern const struct unit_choice {
    int64_t from_ns;
    struct unit unit;
} duration_choice[DURATION_CHOICES];

/* The unit that suits times up to span_ns. */
struct unit duration_unit(int64_t span_ns);

/* Write "2.6s"; returns out. TIME_NEVER is "never". */
const char *duration_text(char out[DURATION_SIZE], int64_t ns,
                          struct unit unit);

/* The same without the sign. */
const char *duration_digits(char out[DURATION_SIZE], int64_t ns,
                            struct unit unit);

#endif
