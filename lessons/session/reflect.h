/*
 * reflect.h -- a text with the numbers of the runs in it.
 *
 * {run 1 makespan} becomes the measured value; {run 1 makespan:7} the same in
 * 7 cells, right-aligned. An ideal value that differs by more than 2 % follows
 * in brackets, between two marks that markup.h knows.
 */
#ifndef CONCVIZ_LESSONS_SESSION_REFLECT_H
#define CONCVIZ_LESSONS_SESSION_REFLECT_H

#include <stdbool.h>
#include <stddef.h>

#include "lessons/claim/metric.h"
#include "lessons/claim/predicate.h"

/* Control characters: a lesson contains none, because it is cleaned. */
#define REFLECT_IDEAL_BEGIN "\001"
#define REFLECT_IDEAL_END   "\002"

enum {
    REFLECT_WIDTH_MAX = 40
};

struct placeholder {
    int run;
    struct metric metric;
    int width; /* 0: none */
};

/*
 * Read a placeholder at the start of text, which begins with a brace.
 * Returns the bytes it takes, or 0 if it is none.
 */
size_t reflect_parse(struct arena *arena, const char *text,
                     struct placeholder *placeholder);

/*
 * Append text with every placeholder filled. live and ideal return a run as it
 * was measured and as the model computes it; where live returns NULL, the
 * ideal value is shown alone.
 */
void reflect_fill(struct strbuf *out, const char *text, metric_run_get *live,
                  metric_run_get *ideal, void *context);

#endif
