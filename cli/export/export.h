/*
 * export.h -- one run, or two that are compared, written in a format that
 * something else reads. Main thread.
 */
#ifndef CONCVIZ_CLI_EXPORT_EXPORT_H
#define CONCVIZ_CLI_EXPORT_EXPORT_H

#include <stdio.h>

#include "cli/options/options.h"

struct history;
struct runner;
struct strbuf;

/* All of it borrowed. */
struct export
{
    struct runner *const *runner;     /* ended; [1]: only if runs is 2 */
    const struct history *history[2]; /* of each */
    const char *label[2];             /* what each is called */
    int runs;                         /* 1 or 2 */
    const struct options *options;
};

/* Write it to out; returns 0 or a negative errno value. */
typedef int export_write(FILE *out, const struct export *export);

export_write export_html, export_text, export_svg, export_cast;

enum {
    EXPORT_ORIGIN_BYTES = 256
};

/* What has written down one of the runs, if not concviz; else when and where it
 * was recorded, as kept_runs_origin says. */
void export_origin(char out[EXPORT_ORIGIN_BYTES], const struct export *export,
                   int run);

/* Append "cafeteria: COROUTINES (REAL)" and its origin, if there is one. */
void export_title(struct strbuf *out, const struct export *export, int run);

/* Indexed by enum to_choice. */
extern export_write *const export_format[TO_COUNT];

#endif
