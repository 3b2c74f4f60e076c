/*
 * What a healthy run does not do. Each rule is asked when something ends (a
 * stay in line, a turn, a hold, the time in which a lock was not free), and a
 * problem that is there already only gets larger numbers.
 */
#include <stdlib.h>

#include "sched/analysis/diagnose_internal.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"

enum {
    CHAIN_MAX = 4096,  /* who waits for whom: longer cycles are not found */
    PROBLEMS_MAX = 64, /* of one run */
};

/* --- problems ------------------------------------------------------------- */

/* The problem of this kind about this task or object, made if need be. */
static struct problem *find(struct diagnose *d, enum problem_kind kind,
                            int task, int object, int64_t now_ns)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->problem[i].kind == kind && d->problem[i].task == task &&
            d->problem[i].object == object)
            return &d->problem[i];
    if (d->count == PROBLEMS_MAX)
        return NULL;
    d->problem = xgrow(d->problem, d->count, &d->room, sizeof *d->problem);
    d->news = true;
    d->problem[d->count] = (struct problem){
        .kind = kind,
        .t_ns = now_ns,
        .task = task,
        .other = -1,
        .object = object,
        .need_ns = -1,
        .percent = -1,
    };
    return &d->problem[d->count++];
}

/* --- cycles --------------------------------------------------------------- */

/* For whom a task waits, -1: for nobody, or for no task. */
static int waits_for(const struct diagnose *d, int task)
{
    const struct problem_task *state = &d->task[task];
    size_t object = (size_t)state->object;

    if (state->where != BLOCKED || state->object < 0)
        return -1;
    if (state->wait == WAIT_LOCK && object < d->workload->lock_count)
        return d->lock[object].owner;
    if (state->wait == WAIT_JOIN && object < d->workload->task_count &&
        !d->workload->task[object].generator)
        return state->object;
    return -1;
}

/* A join has neither a lock nor a time since when; the sentence leaves both
 * out. */
static struct cycle_link link_of(const struct diagnose *d, int task)
{
    const struct problem_task *state = &d->task[task];
    bool lock = state->wait == WAIT_LOCK;

    return (struct cycle_link){
        .task = task,
        .lock = lock ? state->object : -1,
        .line = state->step_line,
        .since_ns = lock ? d->lock[state->object].since_ns : 0,
    };
}

/* Named after its first task, so that two separate cycles stay two problems and
 * the same cycle is not reported twice. */
static void keep_cycle(struct diagnose *d, int start, int count, int64_t now_ns)
{
    struct problem *problem = find(d, PROBLEM_DEADLOCK, start, -1, now_ns);
    int task = start;

    if (!problem || problem->cycle)
        return;
    problem->cycle = xcalloc((size_t)count, sizeof *problem->cycle);
    problem->cycle_count = count;
    for (int i = 0; i < count; i++, task = waits_for(d, task))
        problem->cycle[i] = link_of(d, task);
}

/* Before this wait there was no cycle, so one that is there now goes through
 * it. It is told from the first of its tasks in the file. */
void diagnose_cycle(struct diagnose *d, int start, int64_t now_ns)
{
    int first = start, task = waits_for(d, start), count = 1;

    for (; task >= 0 && task != start && count < CHAIN_MAX; count++) {
        first = task < first ? task : first;
        task = waits_for(d, task);
    }
    if (task == start)
        keep_cycle(d, first, count, now_ns);
}

/* --- lines, machines, locks ----------------------------------------------- */

/* Tasks of a coroutine mode with several machines stay with one of them: that
 * others are served elsewhere means nothing. */
void diagnose_starvation(struct diagnose *d, int task, int64_t now_ns)
{
    const struct problem_task *state = &d->task[task];
    int64_t ns = now_ns - state->since_ns;
    int64_t overtaken = diagnose_line(d, task)->served - state->served -
                        state->ahead;
    struct problem *problem;

    if (ns < DIAGNOSE_STARVE_NS || (d->cooperative && d->info->machines > 1) ||
        overtaken < DIAGNOSE_STARVE_TIMES * (state->ahead + 1))
        return;
    problem = find(d, PROBLEM_STARVATION, task, -1, now_ns);
    if (problem && ns > problem->ns) {
        problem->ns = ns;
        problem->count = overtaken;
    }
}

/* Only the time in which both overlap counts: waiting before the turn began is
 * not this turn's fault. */
void diagnose_hog(struct diagnose *d, const struct turn *turn, int other,
                  int64_t stood_from_ns, int64_t need_ns, int64_t now_ns)
{
    int64_t from_ns = stood_from_ns > turn->from_ns ? stood_from_ns
                                                    : turn->from_ns;
    int64_t waited_ns = turn->to_ns - from_ns;
    struct problem *problem;

    if (turn->task < 0 || turn->task == other || waited_ns < DIAGNOSE_HOG_NS ||
        waited_ns < DIAGNOSE_HOG_TIMES * need_ns)
        return;
    problem = find(d, PROBLEM_HOG, turn->task, -1, now_ns);
    if (!problem || waited_ns <= problem->other_ns)
        return;
    problem->other = other;
    problem->other_ns = waited_ns;
    problem->need_ns = need_ns;
    problem->ns = turn->to_ns - turn->from_ns;
}

/* Only time in which somebody was in line counts: holding a machine that nobody
 * wants harms nobody. With several machines, those in line may be served by
 * another. */
void diagnose_blocking(struct diagnose *d, int task, int64_t now_ns)
{
    const struct problem_task *state = &d->task[task];
    int64_t ns = diagnose_line_ns(d, now_ns) - state->line_ns;
    struct problem *problem;

    if (!d->cooperative || d->info->machines > 1 || state->wait != WAIT_TIME ||
        ns < DIAGNOSE_BLOCK_NS)
        return;
    problem = find(d, PROBLEM_BLOCKING, task, -1, now_ns);
    if (!problem)
        return;
    problem->ns += ns;
    problem->count++;
    problem->line = state->step_line;
}

/* Being busy, being handed over often and having many users are each normal for
 * a lock. All three together make tasks queue for it one after another. */
void diagnose_convoy(struct diagnose *d, int lock, int64_t now_ns)
{
    const struct lock_state *state = &d->lock[lock];
    int64_t ns = now_ns - state->chain_ns;
    struct problem *problem;

    if (state->hands < DIAGNOSE_CONVOY_HANDS || ns < DIAGNOSE_CONVOY_NS ||
        state->members < DIAGNOSE_CONVOY_TASKS)
        return;
    problem = find(d, PROBLEM_CONVOY, -1, lock, now_ns);
    if (!problem || ns <= problem->ns)
        return;
    problem->ns = ns;
    problem->count = state->hands;
    problem->other_ns = state->blocked_ns;
}

/* --- the end -------------------------------------------------------------- */

/* The cost of a switch is known only in the model. In a real run it is hidden
 * in everything else, so there the average turn is judged instead. */
static void look_at_turns(struct diagnose *d, int64_t now_ns)
{
    double all_ns = (double)now_ns * d->info->machines;
    int percent = all_ns > 0 ? (int)(100 * (double)d->switching_ns / all_ns)
                             : 0;
    int64_t turn_ns = d->turns > 0 ? d->work_ns / d->turns : 0;
    bool small = d->info->real && d->turns >= DIAGNOSE_TURNS &&
                 d->work_ns > 0 && turn_ns < DIAGNOSE_TURN_NS;
    struct problem *problem;

    if (percent < DIAGNOSE_OVERHEAD_PERCENT && !small)
        return;
    problem = find(d, PROBLEM_SMALL_TURNS, -1, -1, now_ns);
    if (!problem)
        return;
    problem->count = d->turns;
    problem->ns = turn_ns;
    problem->percent = d->info->real ? -1 : percent;
}

/* Compared is what is known of the cores, not what work was foretold to take:
 * a slow computer is nobody's fault. */
static void look_at_cores(struct diagnose *d, int64_t now_ns)
{
    int64_t busy_ns = 0, stolen_ns = 0;
    struct problem *problem;
    double percent;

    for (int i = 0; i < d->info->machines; i++) {
        busy_ns += history_busy(d->history, i, 0, now_ns);
        stolen_ns += history_stolen(d->history, i, 0, now_ns);
    }
    if (stolen_ns < DIAGNOSE_STOLEN_NS)
        return;
    percent = 100 * (double)stolen_ns / ((double)busy_ns + (double)stolen_ns);
    if (percent < DIAGNOSE_STOLEN_PERCENT)
        return;
    problem = find(d, PROBLEM_STOLEN, -1, -1, now_ns);
    if (!problem)
        return;
    problem->ns = stolen_ns;
    problem->other_ns = busy_ns;
    problem->percent = (int)(percent + 0.5);
}

/* Only at the end is it known that nobody will join it. Daemons are meant to go
 * on alone. */
static void look_at_orphan(struct diagnose *d, int task, int64_t now_ns)
{
    const struct problem_task *state = &d->task[task];
    int64_t end_ns = state->done_ns < now_ns ? state->done_ns : now_ns;
    struct problem *problem;

    if (state->parent < 0 || state->joined || d->workload->task[task].daemon ||
        d->task[state->parent].done_ns > end_ns - DIAGNOSE_ORPHAN_NS)
        return;
    problem = find(d, PROBLEM_ORPHAN, task, -1, now_ns);
    if (!problem)
        return;
    problem->other = state->parent;
    problem->ns = end_ns - d->task[state->parent].done_ns;
}

/* What goes on at the end has no end of its own. */
void diagnose_end(struct diagnose *d, int64_t now_ns)
{
    int at_machine = -1;

    for (int i = 0; (size_t)i < d->workload->task_count; i++)
        if (d->task[i].where == AT_MACHINE)
            at_machine = i;
    for (int i = 0; (size_t)i < d->workload->task_count; i++) {
        const struct problem_task *state = &d->task[i];
        struct turn turn = { at_machine, 0, now_ns };

        look_at_orphan(d, i, now_ns);
        if (state->where == IN_LINE)
            diagnose_starvation(d, i, now_ns);
        if (state->where != IN_LINE || at_machine < 0 || !d->cooperative ||
            d->info->machines > 1 ||
            diagnose_on_ns(&d->task[at_machine], now_ns) < DIAGNOSE_HOG_NS)
            continue;
        turn.from_ns = d->task[at_machine].since_ns;
        diagnose_hog(d, &turn, i, state->since_ns, -1, now_ns);
    }
    for (size_t i = 0; i < d->workload->lock_count; i++)
        if (d->lock[i].owner >= 0)
            diagnose_convoy(d, (int)i, now_ns);
    look_at_turns(d, now_ns);
    look_at_cores(d, now_ns);
}
