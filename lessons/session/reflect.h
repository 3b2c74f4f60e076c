/*
 * reflect.h -- a text with the numbers of the runs in it.
 *
 * {run 1 makespan} becomes the measured value; {run 1 makespan:7} the same in
 * 7 cells, right-aligned. An ideal value that differs by more than 2 % follows
 * in brackets, between two marks that markup.h knows. Brackets always mean the
 * ideal machine: a run that was not measured, where others were, is followed by
 * "(MODEL)".
 *
 * In lines that are kept as they are (tables) the columns are kept, too,
 * whatever was measured: what belongs in brackets goes below its value, in a
 * line of its own, and a run that was not measured has a dash above its value
 * in brackets.
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

/* Where the numbers come from. */
struct reflect_runs {
    metric_run_get *live, *ideal; /* a run as measured, and as computed; live
                                     returns NULL where it was not measured */
    void *context;                /* of both */
    bool measured; /* some run of the lesson has been measured: the others are
                      to be told from it */
};

/* Append text with every placeholder filled. */
void reflect_fill(struct strbuf *out, const char *text,
                  const struct reflect_runs *runs);

#endif
