/*
 * walk.c -- the first moments of a stay are drawn as the way to it.
 *
 * A walk takes a fixed time of the picture, but never more than a part of the
 * stay it leads to: a picture may be late, but it may not show people on
 * their way all the time.
 */
#include "render/scene/walk.h"

#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "sched/base/clock.h"

enum {
    WALK_MS = 200, /* of the picture */
    WALK_PARTS = 4 /* a walk is at most this part of the stay it leads to */
};

static enum area place_of(enum task_state state)
{
    switch (state) {
    case STATE_RUNNING:
    case STATE_HELD:
        return AREA_MACHINE;
    case STATE_IN_LINE:
        return AREA_LINE;
    case STATE_AWAITING:
    case STATE_BLOCKED:
        return AREA_AWAY;
    case STATE_DONE:
        return AREA_DONE;
    default:
        return AREA_NOWHERE;
    }
}

/* How long a walk to this stay may take, in the run's time. */
static int64_t walk_ns(const struct scene *scene, const struct view *view,
                       const struct interval *stay)
{
    double picture = WALK_MS * (double)NS_PER_MS * view->speed;
    int64_t limit = picture > (double)NS_PER_S * 3600 ? 3600 * NS_PER_S
                                                      : (int64_t)picture;
    int64_t slice = scene->info->slice_ns / WALK_PARTS;
    int64_t whole = stay->to_ns - stay->from_ns;

    if (stay->state == STATE_RUNNING && slice > 0 && slice < limit)
        limit = slice;
    if (history_ended(scene->history) && stay->state != STATE_DONE &&
        whole / WALK_PARTS < limit)
        limit = whole / WALK_PARTS;
    return limit;
}

void walk_find(const struct scene *scene, const struct view *view,
               struct person *person)
{
    const struct interval *stay = &person->stay;
    int64_t since = scene->t_ns - stay->from_ns, limit;
    struct interval before;

    person->way = 1.0;
    person->from = AREA_NOWHERE;
    if (!view->motion || stay->from_ns <= 0 ||
        (view->play != PLAY_RUNNING && view->play != PLAY_LIVE))
        return;
    limit = walk_ns(scene, view, stay);
    if (since >= limit)
        return;
    before = history_at(scene->history, person->task, stay->from_ns - 1);
    person->from = place_of(before.state);
    if (person->from == AREA_NOWHERE || person->from == place_of(stay->state))
        return;
    person->from_index = person->from == AREA_MACHINE
                             ? before.machine
                             : scene->workload->task[person->task].line - 1;
    person->way = (double)since / (double)limit;
}
