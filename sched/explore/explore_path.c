/*
 * explore_path.c -- a hash table with open addressing, emptied for every run.
 * States are hashes already, so the low bits say where to look first.
 */
#include "sched/explore/explore_path.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"

enum {
    FIRST_ROOM = 1 << 8,
    ROOM_KEPT = 1 << 12, /* more would take longer to empty than most runs */
};

void explore_path_fini(struct explore_path *path)
{
    free(path->place);
    *path = (struct explore_path){ .place = NULL };
}

void explore_path_begin(struct explore_path *path)
{
    if (path->room > ROOM_KEPT)
        explore_path_fini(path);
    else if (path->count > 0)
        memset(path->place, 0, path->room * sizeof *path->place);
    path->count = 0;
}

/* Where state is, or where it would be. */
static struct path_place *find(const struct explore_path *path, uint64_t state)
{
    size_t at = (size_t)state & (path->room - 1);

    while (path->place[at].state && path->place[at].state != state)
        at = (at + 1) & (path->room - 1);
    return &path->place[at];
}

static void grow(struct explore_path *path)
{
    struct explore_path larger = {
        .room = path->room ? 2 * path->room : FIRST_ROOM,
        .count = path->count,
    };

    larger.place = xcalloc(larger.room, sizeof *larger.place);
    for (size_t i = 0; i < path->room; i++)
        if (path->place[i].state)
            *find(&larger, path->place[i].state) = path->place[i];
    free(path->place);
    *path = larger;
}

size_t explore_path_come(struct explore_path *path, uint64_t state,
                         size_t events)
{
    struct path_place *place;

    if (2 * path->count >= path->room)
        grow(path);
    state += state == 0;
    place = find(path, state);
    if (place->state)
        return place->events;
    *place = (struct path_place){ state, events };
    path->count++;
    return 0;
}
