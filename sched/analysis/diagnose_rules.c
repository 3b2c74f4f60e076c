/*
 * What a healthy run does not do. Each rule is asked when something ends (a
 * stay in line, a turn, a hold, the time in which a lock was not free), and a
 * finding that is there already only gets larger numbers.
 */
#include <stdlib.h>

#include "sched/analysis/diagnose_internal.h"
#include "sched/base/xalloc.h"

enum {
    CHAIN_MAX = 4096,  /* who waits for whom: longer circles are not found */
    FINDINGS_MAX = 64, /* of one run */
};

/* --- findings -------------------------------------------------------------- */

/* The finding of this kind about this task or object, made if need be. */
static struct finding_of_run *find(struct diagnose *d, enum problem_kind kind,
                                   int task, int object, int64_t now_ns)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->finding[i].kind == kind && d->finding[i].task == task &&
            d->finding[i].object == object)
            return &d->finding[i];
    if (d->count == FINDINGS_MAX)
        return NULL;
    d->finding = xgrow(d->finding, d->count, &d->room, sizeof *d->finding);
    d->news = true;
    d->finding[d->count] = (struct finding_of_run){
        .kind = kind,
        .t_ns = now_ns,
        .task = task,
        .other = -1,
        .object = object,
        .need_ns = -1,
        .percent = -1,
    };
    return &d->finding[d->count++];
}

/* --- circles --------------------------------------------------------------- */

/* For whom a task waits, -1: for nobody, or for no task. */
static int waits_for(const struct diagnose *d, int task)
{
    const struct problem_task *patient = &d->patient[task];
    size_t object = (size_t)patient->object;

    if (patient->where != BLOCKED || patient->object < 0)
        return -1;
    if (patient->wait == WAIT_LOCK && object < d->workload->lock_count)
        return d->lock[object].owner;
    if (patient->wait == WAIT_JOIN && object < d->workload->task_count &&
        !d->workload->task[object].generator)
        return patient->object;
    return -1;
}

static struct link_of_circle link_of(const struct diagnose *d, int task)
{
    const struct problem_task *patient = &d->patient[task];
    bool lock = patient->wait == WAIT_LOCK;

    return (struct link_of_circle){
        .task = task,
        .lock = lock ? patient->object : -1,
        .line = patient->step_line,
        .since_ns = lock ? d->lock[patient->object].since_ns : 0,
    };
}

static void keep_circle(struct diagnose *d, int start, int count,
                        int64_t now_ns)
{
    struct finding_of_run *finding = find(d, AILMENT_CIRCLE, start, -1, now_ns);
    int task = start;

    if (!finding || finding->circle)
        return;
    finding->circle = xcalloc((size_t)count, sizeof *finding->circle);
    finding->circle_count = count;
    for (int i = 0; i < count; i++, task = waits_for(d, task))
        finding->circle[i] = link_of(d, task);
}

/* Before this wait there was no circle, so one that is there now goes through
 * it. It is told from the first of its tasks in the file. */
void diagnose_circle(struct diagnose *d, int start, int64_t now_ns)
{
    int first = start, task = waits_for(d, start), count = 1;

    for (; task >= 0 && task != start && count < CHAIN_MAX; count++) {
        first = task < first ? task : first;
        task = waits_for(d, task);
    }
    if (task == start)
        keep_circle(d, first, count, now_ns);
}

/* --- lines, machines, locks ------------------------------------------------- */

/* Tasks of a coroutine mode with several machines stay with one of them: that
 * others are served elsewhere means nothing. */
void diagnose_starvation(struct diagnose *d, int task, int64_t now_ns)
{
    const struct problem_task *patient = &d->patient[task];
    int64_t ns = now_ns - patient->since_ns;
    int64_t overtaken = diagnose_line(d, task)->served - patient->served -
                        patient->ahead;
    struct finding_of_run *finding;

    if (ns < DIAGNOSE_STARVE_NS || (d->cooperative && d->info->machines > 1) ||
        overtaken < DIAGNOSE_STARVE_TIMES * (patient->ahead + 1))
        return;
    finding = find(d, AILMENT_STARVATION, task, -1, now_ns);
    if (finding && ns > finding->ns) {
        finding->ns = ns;
        finding->count = overtaken;
    }
}

void diagnose_hog(struct diagnose *d, const struct turn *turn, int other,
                  int64_t stood_from_ns, int64_t need_ns, int64_t now_ns)
{
    int64_t from_ns = stood_from_ns > turn->from_ns ? stood_from_ns
                                                    : turn->from_ns;
    int64_t waited_ns = turn->to_ns - from_ns;
    struct finding_of_run *finding;

    if (turn->task < 0 || turn->task == other || waited_ns < DIAGNOSE_HOG_NS ||
        waited_ns < DIAGNOSE_HOG_TIMES * need_ns)
        return;
    finding = find(d, AILMENT_HOG, turn->task, -1, now_ns);
    if (!finding || waited_ns <= finding->other_ns)
        return;
    finding->other = other;
    finding->other_ns = waited_ns;
    finding->need_ns = need_ns;
    finding->ns = turn->to_ns - turn->from_ns;
}

void diagnose_blocking(struct diagnose *d, int task, int64_t now_ns)
{
    const struct problem_task *patient = &d->patient[task];
    int64_t ns = diagnose_line_ns(d, now_ns) - patient->line_ns;
    struct finding_of_run *finding;

    if (!d->cooperative || d->info->machines > 1 ||
        patient->wait != WAIT_TIME || ns < DIAGNOSE_BLOCK_NS)
        return;
    finding = find(d, AILMENT_BLOCKING, task, -1, now_ns);
    if (!finding)
        return;
    finding->ns += ns;
    finding->count++;
    finding->line = patient->step_line;
}

void diagnose_convoy(struct diagnose *d, int lock, int64_t now_ns)
{
    const struct lock_state *state = &d->lock[lock];
    int64_t ns = now_ns - state->chain_ns;
    struct finding_of_run *finding;

    if (state->hands < DIAGNOSE_CONVOY_HANDS || ns < DIAGNOSE_CONVOY_NS ||
        state->members < DIAGNOSE_CONVOY_TASKS)
        return;
    finding = find(d, AILMENT_CONVOY, -1, lock, now_ns);
    if (!finding || ns <= finding->ns)
        return;
    finding->ns = ns;
    finding->count = state->hands;
    finding->other_ns = state->blocked_ns;
}

/* --- the end --------------------------------------------------------------- */

static void look_at_turns(struct diagnose *d, int64_t now_ns)
{
    double all_ns = (double)now_ns * d->info->machines;
    int percent = all_ns > 0 ? (int)(100 * (double)d->switching_ns / all_ns)
                             : 0;
    int64_t turn_ns = d->turns > 0 ? d->work_ns / d->turns : 0;
    bool small = d->info->real && d->turns >= DIAGNOSE_TURNS &&
                 d->work_ns > 0 && turn_ns < DIAGNOSE_TURN_NS;
    struct finding_of_run *finding;

    if (percent < DIAGNOSE_OVERHEAD_PERCENT && !small)
        return;
    finding = find(d, AILMENT_SMALL_TURNS, -1, -1, now_ns);
    if (!finding)
        return;
    finding->count = d->turns;
    finding->ns = turn_ns;
    finding->percent = d->info->real ? -1 : percent;
}

static void look_at_work(struct diagnose *d, int64_t now_ns)
{
    struct finding_of_run *finding;
    double percent;

    if (!d->info->real || d->work_ns < DIAGNOSE_STRETCH_NS)
        return;
    percent = 100 * (double)d->wall_ns / (double)d->work_ns;
    if (percent < DIAGNOSE_STRETCH_PERCENT)
        return;
    finding = find(d, AILMENT_STRETCHED, -1, -1, now_ns);
    if (!finding)
        return;
    finding->ns = d->work_ns;
    finding->other_ns = d->wall_ns;
    finding->percent = (int)percent;
}

/* What goes on at the end has no end of its own. */
void diagnose_end(struct diagnose *d, int64_t now_ns)
{
    int at_machine = -1;

    for (int i = 0; (size_t)i < d->workload->task_count; i++)
        if (d->patient[i].where == AT_MACHINE)
            at_machine = i;
    for (int i = 0; (size_t)i < d->workload->task_count; i++) {
        const struct problem_task *patient = &d->patient[i];
        struct turn turn = { at_machine, 0, now_ns };

        if (patient->where == IN_LINE)
            diagnose_starvation(d, i, now_ns);
        if (patient->where != IN_LINE || at_machine < 0 || !d->cooperative ||
            d->info->machines > 1)
            continue;
        turn.from_ns = d->patient[at_machine].since_ns;
        diagnose_hog(d, &turn, i, patient->since_ns, -1, now_ns);
    }
    for (size_t i = 0; i < d->workload->lock_count; i++)
        if (d->lock[i].owner >= 0)
            diagnose_convoy(d, (int)i, now_ns);
    look_at_turns(d, now_ns);
    look_at_work(d, now_ns);
}
