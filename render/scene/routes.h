/*
 * routes.h -- which line leads to which machine, and in which order both are
 * drawn so that no two routes cross.
 */
#ifndef CONCVIZ_RENDER_SCENE_ROUTES_H
#define CONCVIZ_RENDER_SCENE_ROUTES_H

#include "render/scene/scene.h"

/* All these lines lead to all these machines; both are places in the order. */
struct route {
    int first_line, lines;
    int first_machine, machines;
};

struct routes {
    int count;
    struct route route[SCENE_MACHINES];
    int line[SCENE_LINES];       /* in the order drawn; from 0 */
    int machine[SCENE_MACHINES]; /* in the order drawn; from 0 */
};

/* Rule R18: shared lines are one route; with lines of one's own, machine m
 * serves every N-th line, or line q is served by every Q-th machine. */
void routes_make(struct routes *routes, const struct scene *scene);

/* The place of a machine in the order drawn. */
int routes_slot(const struct routes *routes, int machine, int machines);

#endif
