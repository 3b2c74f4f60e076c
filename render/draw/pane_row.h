/*
 * pane_row.h -- rows of a pane, in columns; what is outside of it is only
 * counted.
 */
#ifndef CONCVIZ_RENDER_DRAW_PANE_ROW_H
#define CONCVIZ_RENDER_DRAW_PANE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/cells/cells.h"
#include "render/words/duration.h"
#include "sched/trace/event.h"

struct frame;
struct history;
struct workload;

/* The pane on its way to the screen. */
struct pane_table {
    struct frame *frame;
    const struct workload *workload;
    const struct history *history;
    struct rect rect;
    size_t events; /* the instant */
    int y;         /* of the row in hand */
    int x, end;    /* its free cells */
    int value_x;   /* where values begin */
};

/* Is the row in hand on the screen? */
bool pane_row_is_seen(const struct pane_table *table);

/* Begin a row: its name, or NULL. End it. */
void pane_row_begin(struct pane_table *table, const char *name);
void pane_row_end(struct pane_table *table);

/* Go on with text, or with the chip of a task. */
void pane_row_put(struct pane_table *table, enum role role, const char *format,
                  ...) __attribute__((format(printf, 3, 4)));
void pane_row_task(struct pane_table *table, int task);

/* At the end of the row "[A] 300ms", as far as there is room; task -1: only
 * text. */
void pane_row_right(struct pane_table *table, int task, const char *text);

/* Since when, for people: out, or "now". */
const char *pane_row_since(const struct pane_table *table,
                           char out[DURATION_SIZE], int64_t t_ns);

/* Rows of their own for a sentence. */
void pane_row_sentence(struct pane_table *table, enum role role,
                       const char *text);

/* Go on with those who wait so: " ![B] ![C]", first come first, after what they
 * want to do, if that is not clear (else NULL). */
void pane_row_waiting(struct pane_table *table, enum wait_kind wait, int object,
                      const char *what);

#endif
