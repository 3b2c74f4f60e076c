/*
 * walk.c -- in the first moments of a stay a trail shows whence somebody came.
 *
 * People are where they are at the instant shown; a picture that lets them
 * walk there is late. So only a trail is left, which fades within a fixed time
 * of the picture, and never takes more than a part of the stay it leads to.
 */
#include "render/scene/walk.h"

#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "sched/base/clock.h"

enum {
    FADE_MS = 200, /* of the picture */
    FADE_PARTS = 4 /* at most this part of the stay it leads to */
};

static enum area place_of(enum task_state state)
{
    switch (state) {
    case STATE_RUNNING:
    case STATE_HELD:
    case STATE_STOLEN:
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

/* How long a trail to this stay is to be seen, in the run's time. */
static int64_t fade_ns(const struct scene *scene, const struct view *view,
                       const struct interval *stay)
{
    double picture = FADE_MS * (double)NS_PER_MS * view->speed;
    int64_t limit = picture > (double)NS_PER_S * 3600 ? 3600 * NS_PER_S
                                                      : (int64_t)picture;
    int64_t slice = scene->info->slice_ns / FADE_PARTS;
    int64_t whole = stay->to_ns - stay->from_ns;

    if (stay->state == STATE_RUNNING && slice > 0 && slice < limit)
        limit = slice;
    if (history_ended(scene->history) && stay->state != STATE_DONE &&
        whole / FADE_PARTS < limit)
        limit = whole / FADE_PARTS;
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
    limit = fade_ns(scene, view, stay);
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
