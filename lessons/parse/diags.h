/*
 * diags.h -- everything that is wrong with a file, not only the first thing.
 *
 * An author repairs everything at once: parsing and checking go on after a
 * problem and collect them all. At most DIAGS_MAX are kept; the rest is only
 * counted.
 */
#ifndef CONCVIZ_LESSONS_PARSE_DIAGS_H
#define CONCVIZ_LESSONS_PARSE_DIAGS_H

#include <stdarg.h>
#include <stddef.h>

struct diag;

enum {
    DIAGS_MAX = 100
};

struct diags {
    struct diag *diag;
    size_t count;    /* how many are kept */
    size_t capacity; /* items allocated */
    size_t found;    /* how many there were */
};

void diags_init(struct diags *diags);
void diags_fini(struct diags *diags);

/* Add one problem; file and message are cleaned. */
void diags_add(struct diags *diags, const char *file, int line, int column,
               const char *format, ...) __attribute__((format(printf, 5, 6)));
void diags_vadd(struct diags *diags, const char *file, int line, int column,
                const char *format, va_list arguments)
    __attribute__((format(printf, 5, 0)));

/* Add a copy of a problem that has been found elsewhere. */
void diags_copy(struct diags *diags, const struct diag *diag);

/* Order by file, line and column, keeping the order of equals. */
void diags_sort(struct diags *diags);

#endif
