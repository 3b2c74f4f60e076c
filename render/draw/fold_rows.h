/*
 * fold_rows.h -- which people stand together in a row.
 */
#ifndef CONCVIZ_RENDER_DRAW_FOLD_ROWS_H
#define CONCVIZ_RENDER_DRAW_FOLD_ROWS_H

#include "sched/history/history.h"

struct scene;

/* Row i is the groups of the history from first[i] up to first[i + 1]. */
struct fold_rows {
    int count;
    int first[HISTORY_GROUPS + 1];
};

/*
 * Divide all people among at most `most` rows: by the names they share, S and
 * P1 to P8, if they are few enough to have groups of their own and there are
 * rows for all names, and else in equal parts.
 */
struct fold_rows fold_rows_make(const struct scene *scene, int most);

#endif
