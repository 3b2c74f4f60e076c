/*
 * picture.h -- a modelled run to look at, for tests and for developers.
 */
#ifndef CONCVIZ_TESTS_RENDER_PICTURE_H
#define CONCVIZ_TESTS_RENDER_PICTURE_H

#include <stdint.h>

#include "render/scene/view.h"
#include "sched/run/executor.h"

struct cells;
struct history;
struct strbuf;
struct trace;
struct workload;

struct picture {
    struct workload *workload;
    struct trace *trace;
    struct history *history;
    struct view view; /* shows the end; change it */
};

/* Model a workload, given by a program's or a file's name, or as text if it
 * holds a colon. machines 0: the default. Ends the program on a mistake. */
void picture_open(struct picture *picture, const char *workload,
                  const char *mode, int machines);
/* The same with a time slice and what a change-over costs. */
void picture_open_switching(struct picture *picture, const char *workload,
                            const char *mode, int slice_ms, int cost_ms);
void picture_close(struct picture *picture);

/* Append one letter a cell naming its role. */
void picture_roles(struct strbuf *out, const struct cells *cells);

/* The frame at t_ms as text: with roles instead of characters if wanted.
 * Yours to free. */
char *picture_text(struct picture *picture, int width, int height, int64_t t_ms,
                   int roles);

#endif
