/*
 * task_colour.h -- which colour a task has: a matter of its name.
 */
#ifndef CONCVIZ_RENDER_SCENE_TASK_COLOUR_H
#define CONCVIZ_RENDER_SCENE_TASK_COLOUR_H

#include <stdint.h>

struct workload;

enum {
    TASK_COLOUR_KNOWN = 64 /* tasks that are told apart, at most */
};

/*
 * Fill colour[] for all tasks of a workload that has at most TASK_COLOUR_KNOWN
 * of them: the same names have the same colours in whatever order they stand,
 * and as long as there are enough, no two have the same.
 */
void task_colour_all(uint8_t *colour, const struct workload *workload);

/* The colour a name would like to have: A, B, C … in the palette's order. */
int task_colour_wish(const char *name);

#endif
