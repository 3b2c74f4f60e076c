/*
 * option_set.h -- storing the value of an option, by its type.
 *
 * Each function reads value->text and stores it in *field. If the text is not
 * what it should be, it returns false with value->diag filled and leaves
 * *field unchanged. Main thread.
 */
#ifndef CONCVIZ_CLI_OPTIONS_OPTION_SET_H
#define CONCVIZ_CLI_OPTIONS_OPTION_SET_H

#include <stdbool.h>
#include <stdint.h>

struct diag;
struct option_spec;
struct policy_choice;

struct option_value {
    const struct option_spec *spec; /* the option it belongs to */
    const char *text;               /* NULL for a flag */
    bool off;                       /* a flag that is taken back: --no-mouse */
    struct diag *diag;
};

bool option_set_flag(const struct option_value *value, bool *field);

/* A number from 0. */
bool option_set_number(const struct option_value *value, int64_t *field);

/* A number of machines, or a range of them: else *last becomes 0. */
bool option_set_range(const struct option_value *value, int64_t *first,
                      int64_t *last);

/* Nanoseconds. */
bool option_set_duration(const struct option_value *value, int64_t *field);

bool option_set_factor(const struct option_value *value, double *field);
bool option_set_size(const struct option_value *value, int *width, int *height);

/* The index among the words of the option's argument. */
bool option_set_choice(const struct option_value *value, int *field);

/* A policy, with its settings: policy_text.h. */
bool option_set_policy(const struct option_value *value,
                       struct policy_choice *field);

/* A copy; what *field had is freed. option_set_file refuses "". */
bool option_set_text(const struct option_value *value, char **field);
bool option_set_file(const struct option_value *value, char **field);

/* Fill diag: the value must be `wanted`. Returns false. */
bool option_set_refuse(const struct option_value *value, const char *wanted);

#endif
