/*
 * routes.c -- who is served where, as groups that can be drawn apart.
 *
 * Lines and machines are renumbered in the order in which they are drawn: what
 * belongs together becomes neighbours, so that no two routes cross.
 */
#include "render/scene/routes.h"

static void one_route(struct routes *routes, int lines, int machines)
{
    routes->count = 1;
    routes->route[0] = (struct route){ 0, lines, 0, machines };
    for (int i = 0; i < lines; i++)
        routes->line[i] = i;
    for (int i = 0; i < machines; i++)
        routes->machine[i] = i;
}

/* Every machine has lines of its own: lines m, m + N, m + 2N, … */
static void by_machine(struct routes *routes, int lines, int machines)
{
    int line = 0;

    routes->count = machines;
    for (int m = 0; m < machines; m++) {
        struct route *route = &routes->route[m];

        *route = (struct route){ line, 0, m, 1 };
        routes->machine[m] = m;
        for (int q = m; q < lines; q += machines, route->lines++)
            routes->line[line++] = q;
    }
}

/* Every line has machines of its own: machines q, q + Q, q + 2Q, … */
static void by_line(struct routes *routes, int lines, int machines)
{
    int machine = 0;

    routes->count = lines;
    for (int q = 0; q < lines; q++) {
        struct route *route = &routes->route[q];

        *route = (struct route){ q, 1, machine, 0 };
        routes->line[q] = q;
        for (int m = q; m < machines; m += lines, route->machines++)
            routes->machine[machine++] = m;
    }
}

void routes_make(struct routes *routes, const struct scene *scene)
{
    int lines = scene_lines(scene), machines = scene_machines(scene);

    if (!scene->info->lines_own || machines == 1 || lines == 1)
        one_route(routes, lines, machines);
    else if (lines >= machines)
        by_machine(routes, lines, machines);
    else
        by_line(routes, lines, machines);
}

int routes_slot(const struct routes *routes, int machine, int machines)
{
    for (int i = 0; i < machines; i++)
        if (routes->machine[i] == machine)
            return i;
    return 0;
}
