/*
 * explore_circle.c -- see explore_circle.h.
 *
 * A task that alone goes round while another could go on proves nothing: no
 * scheduler keeps the other waiting for ever. So everybody who can go on must
 * have done something in the circle, and nobody may be on the way whom time
 * alone brings back. Even then a circle may be what was wanted: a server goes
 * round in `repeat ( … )` and means it. Who goes round in a loop that has an end, with
 * while or break, wants out and does not come out: that is a livelock.
 */
#include "sched/explore/explore_circle.h"

#include "sched/base/random.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    TASKS_MAX = 64
};

/* Where a task is, as far as it matters here. */
enum whereabouts {
    PLACE_ABLE,
    PLACE_TIMED,   /* time brings it back, or lets it come */
    PLACE_WAITING, /* for what others do; or it is done */
};

/* The steps of a task in the circle: all between these two. */
struct stretch {
    bool moved;
    size_t first, last;
};

bool explore_circle_possible(const struct workload *workload)
{
    for (size_t i = 0; i < workload->task_count; i++)
        for (size_t k = 0; k < workload->task[i].steps.count; k++)
            if (workload->task[i].steps.step[k].kind == STEP_LOOP)
                return true;
    return false;
}

static enum whereabouts place_after(const struct workload *workload,
                                    const struct event *event)
{
    const struct task_spec *task = &workload->task[event->task];

    switch (event->kind) {
    case EVENT_CREATED:
        return task->at_spawn || task->afters ? PLACE_WAITING : PLACE_TIMED;
    case EVENT_AWAIT:
        return PLACE_TIMED;
    case EVENT_HOLD:
        return event->object == WAIT_TIME ? PLACE_TIMED : PLACE_WAITING;
    case EVENT_BLOCKED:
    case EVENT_DONE:
    case EVENT_PAUSE:
        return PLACE_WAITING;
    default:
        return PLACE_ABLE;
    }
}

/* Index of the step an EVENT_STEP is about. The beginning and the end of a loop
 * stand in the text where its condition does, but ask for nothing. */
static size_t index_of(const struct steps *steps, const struct event *event)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];

        if (step->line == event->object && step->column == event->value &&
            step->kind != STEP_LOOP && step->kind != STEP_ROUND)
            return i;
    }
    return 0;
}

static void extend(struct stretch *stretch, size_t step)
{
    if (!stretch->moved || step < stretch->first)
        stretch->first = step;
    if (!stretch->moved || step > stretch->last)
        stretch->last = step;
    stretch->moved = true;
}

/* Can the steps of a round be left before the end of the loop: by a while at
 * their beginning, a stop, or a break that is not one of a loop within? */
static bool has_end(const struct step *round, size_t length)
{
    if (round->kind == STEP_WHILE || round->kind == STEP_FOR)
        return true;
    for (size_t i = 0; i < length; i++)
        if (round[i].kind == STEP_STOP ||
            (round[i].kind == STEP_BREAK && i + (size_t)round[i].skip > length))
            return true;
    return false;
}

/* Is there a loop with an end around all of the stretch? Its end leads back to
 * it, which tells how long it is. */
static bool wants_out(const struct steps *steps, const struct stretch *stretch)
{
    for (size_t i = stretch->last; i < steps->count; i++) {
        const struct step *end = &steps->step[i];
        size_t begin = i + (size_t)end->skip; /* back: it wraps around */

        if (end->kind == STEP_ROUND && begin <= stretch->first &&
            has_end(&steps->step[begin], i - begin))
            return true;
    }
    return false;
}

/* What each did in the circle, and where it is at the end of it. */
static void look(const struct workload *workload, const struct trace *trace,
                 size_t from, struct stretch *stretch, enum whereabouts *where)
{
    size_t count = trace_count(trace);

    for (int i = 0; i < TASKS_MAX; i++)
        where[i] = PLACE_WAITING; /* of a task that nobody has spawned */
    for (size_t i = 0; i < count; i++) {
        const struct event *event = trace_at(trace, i);

        if (event->task >= TASKS_MAX)
            continue;
        if (event_is_place(event->kind))
            where[event->task] = place_after(workload, event);
        else if (i >= from && event->kind == EVENT_STEP)
            extend(&stretch[event->task],
                   index_of(&workload->task[event->task].steps, event));
    }
}

/* The alarm of somebody who has not moved is as far away as it was: no time has
 * passed, and it will. */
bool explore_circle(const struct workload *workload, const struct trace *trace,
                    size_t from, uint64_t *what)
{
    struct stretch stretch[TASKS_MAX] = { { false, 0, 0 } };
    enum whereabouts where[TASKS_MAX];
    uint64_t who = 0;
    bool any = false;

    look(workload, trace, from, stretch, where);
    for (size_t i = 0; i < workload->task_count && i < TASKS_MAX; i++) {
        if (where[i] != PLACE_WAITING && !stretch[i].moved)
            return false;
        if (!stretch[i].moved || workload->task[i].daemon)
            continue;
        if (!wants_out(&workload->task[i].steps, &stretch[i]))
            return false;
        who = random_mix(who + i + 1);
        any = true;
    }
    if (any)
        *what = who;
    return any;
}

uint64_t explore_circle_able(const struct workload *workload,
                             const struct trace *trace)
{
    struct stretch stretch[TASKS_MAX] = { { false, 0, 0 } };
    enum whereabouts where[TASKS_MAX];
    uint64_t who = 0;

    look(workload, trace, trace_count(trace), stretch, where);
    for (size_t i = 0; i < workload->task_count && i < TASKS_MAX; i++)
        if (where[i] == PLACE_ABLE && !workload->task[i].daemon)
            who = random_mix(who + i + 1);
    return who;
}
