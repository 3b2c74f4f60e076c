/*
 * diag.h -- where an input is wrong and why.
 *
 * A diag is filled once, by the first mistake found, and printed by cli as
 * FILE:LINE:COLUMN: MESSAGE. Messages are translated where they are made and
 * hold no byte that could move a cursor: everything quoted from an input goes
 * through text_clean first.
 */
#ifndef CONCVIZ_SCHED_BASE_DIAG_H
#define CONCVIZ_SCHED_BASE_DIAG_H

#include <stdarg.h>

struct diag {
    char file[256];   /* cleaned; cut with an ellipsis if longer */
    int line, column; /* from 1; 0 when the mistake has no place */
    char message[384];
};

/* Fill diag; file may be NULL. What file and the result contain is cleaned. */
void diag_set(struct diag *diag, const char *file, int line, int column,
              const char *format, ...) __attribute__((format(printf, 5, 6)));
void diag_vset(struct diag *diag, const char *file, int line, int column,
               const char *format, va_list arguments)
    __attribute__((format(printf, 5, 0)));

#endif
