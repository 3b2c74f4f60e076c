/*
 * One pass over the events, as they come. For every task we know where it is
 * since when, for every lock who has it, for every machine whose turn it is;
 * each ailment is a rule about the moment at which one of these ends:
 *
 *   cycle      somebody begins to wait: do those it waits for wait for it?
 *   starvation  somebody leaves the line: how many came later and went first?
 *   hog         a turn ends: was there a long turn while it was in line?
 *   blocking    a hold ends: was somebody in line meanwhile?
 *   convoy      a lock becomes free: for how long was it not?
 *
 * and the two about the whole run are looked at when it ends.
 */
#include "sched/analysis/diagnose_internal.h"
#include "sched/analysis/metrics_internal.h"

#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/mode.h"

/* --- in line -------------------------------------------------------------- */

/* These two numbers define overtaking: whoever is served while the task is in
 * line, and was not ahead of it on arrival, has overtaken it. */
static void enter_line(struct diagnose *d, int task, int64_t now_ns)
{
    struct problem_task *state = &d->task[task];
    struct queue_state *line = diagnose_line(d, task);

    state->ahead = line->count++;
    state->served = line->served;
    if (d->in_line++ == 0)
        d->line_since_ns = now_ns;
}

/* Starvation is checked before the counts change, because its rule compares
 * them with those on arrival. The turn that follows needs stood_ns. */
static void leave_line(struct diagnose *d, int task, int64_t now_ns)
{
    struct queue_state *line = diagnose_line(d, task);

    diagnose_starvation(d, task, now_ns);
    line->count--;
    line->served++;
    if (--d->in_line == 0)
        d->line_ns += now_ns - d->line_since_ns;
    d->task[task].stood_ns = now_ns - d->task[task].since_ns;
}

/* --- at the machine ------------------------------------------------------- */

/* A hog is reported when a turn of its victim ends, because only then is it
 * known how long the victim needed. Then this turn, if long, is the next
 * suspect; but nobody is to blame for what others took of it. */
static void leave_machine(struct diagnose *d, int task, int64_t now_ns)
{
    struct problem_task *state = &d->task[task];
    struct turn *turn = &d->turn[state->machine];
    int64_t ns = diagnose_on_ns(state, now_ns);

    if (!d->cooperative)
        return;
    diagnose_hog(d, turn, task, state->since_ns - state->stood_ns, ns, now_ns);
    if (ns >= DIAGNOSE_HOG_NS)
        *turn = (struct turn){ task, state->since_ns, now_ns };
}

/* --- locks ---------------------------------------------------------------- */

/* A few are enough: the rule only asks whether that many different tasks had
 * the lock. */
static void add_member(struct lock_state *state, int task)
{
    for (int i = 0; i < state->members; i++)
        if (state->member[i] == task)
            return;
    if (state->members < DIAGNOSE_CONVOY_TASKS)
        state->member[state->members++] = task;
}

/* Both LOCKED and an UNLOCKED with a next owner say this: once is enough. */
static void own(struct diagnose *d, int lock, int task, int64_t now_ns)
{
    struct lock_state *state = &d->lock[lock];

    if (state->owner == task)
        return;
    if (state->owner < 0) {
        *state = (struct lock_state){ .chain_ns = now_ns };
    } else {
        state->hands++;
        state->blocked_ns += now_ns - d->task[task].since_ns;
    }
    state->owner = task;
    state->since_ns = now_ns;
    add_member(state, task);
}

/* A lock that is handed over was never free: the chain of owners goes on. */
static void give_back(struct diagnose *d, int lock, int64_t next,
                      int64_t now_ns)
{
    if (next >= 0 && (uint64_t)next < d->workload->task_count) {
        own(d, lock, (int)next, now_ns);
        return;
    }
    diagnose_convoy(d, lock, now_ns);
    d->lock[lock].owner = -1;
}

/* --- from place to place -------------------------------------------------- */

/* Must run before `go` overwrites since_ns and line_ns: the two rules measure
 * from them. */
static void leave_place(struct diagnose *d, int task, int64_t now_ns)
{
    switch (d->task[task].where) {
    case IN_LINE:
        leave_line(d, task, now_ns);
        break;
    case HELD:
        diagnose_blocking(d, task, now_ns);
        break;
    default:
        break;
    }
}

/* A HOLD keeps the machine, so the turn is not over. since_ns changes only
 * after the rules about the old place have been checked. */
static void go(struct diagnose *d, int task, enum where where,
               const struct event *event)
{
    struct problem_task *state = &d->task[task];
    int64_t now_ns = event->t_ns;
    bool stays = where == HELD || where == AT_MACHINE;

    if (state->where == AT_MACHINE && !stays)
        leave_machine(d, task, now_ns);
    if (state->where == AT_MACHINE && where == AT_MACHINE &&
        event->object == RUN_CONTINUED)
        return; /* a call came back: the same turn */
    leave_place(d, task, now_ns);
    if (state->where == HELD)
        state->stood_ns = 0;
    state->where = where;
    state->since_ns = now_ns;
    state->stolen_ns = 0;
    state->off_ns = TIME_NEVER;
    state->line_ns = diagnose_line_ns(d, now_ns);
    if (event->machine < d->info->machines)
        state->machine = event->machine;
    if (where == IN_LINE)
        enter_line(d, task, now_ns);
}

static void join(struct diagnose *d, int64_t task)
{
    if (task >= 0 && (uint64_t)task < d->workload->task_count)
        d->task[task].joined = true;
}

/* The cycle is looked for when its last link closes: that is when the run gets
 * stuck, long before it ends. */
static void wait_for(struct diagnose *d, int task, enum where where,
                     const struct event *event)
{
    struct problem_task *state = &d->task[task];

    go(d, task, where, event);
    state->wait = event->object;
    state->object = event->kind == EVENT_BLOCKED ? (int)event->value
                                                 : (int)event->spare;
    if (state->wait == WAIT_JOIN)
        join(d, state->object);
    diagnose_cycle(d, task, event->t_ns);
}

/* Every place that no rule asks about is ELSEWHERE. */
static void come_back(struct problem_task *state, int64_t now_ns)
{
    if (state->off_ns < now_ns)
        state->stolen_ns += now_ns - state->off_ns;
    state->off_ns = TIME_NEVER;
}

static void see_place(struct diagnose *d, int task, const struct event *event)
{
    switch (event->kind) {
    case EVENT_READY:
        go(d, task, IN_LINE, event);
        break;
    case EVENT_SWITCH:
        d->switching_ns = metrics_sum(d->switching_ns, event->value);
        go(d, task, ELSEWHERE, event);
        break;
    case EVENT_RUN:
        d->turns += event->object != RUN_CONTINUED;
        go(d, task, AT_MACHINE, event);
        break;
    case EVENT_HOLD:
        if (event->object == WAIT_GIL)
            break; /* the same turn: it waits only once it is BLOCKED */
        wait_for(d, task, event->object == WAIT_TIME ? HELD : BLOCKED, event);
        break;
    case EVENT_BLOCKED:
        wait_for(d, task, BLOCKED, event);
        break;
    case EVENT_STOLEN: /* whose turn it is does not change */
        d->task[task].off_ns = event->t_ns;
        break;
    case EVENT_BACK:
        come_back(&d->task[task], event->t_ns);
        break;
    case EVENT_CALL:
        break;
    case EVENT_DONE:
        d->task[task].done_ns = event->t_ns;
        go(d, task, ELSEWHERE, event);
        break;
    default:
        go(d, task, ELSEWHERE, event);
    }
}

static bool is_lock(const struct diagnose *d, const struct event *event)
{
    return event->object >= 0 &&
           (size_t)event->object < d->workload->lock_count;
}

/* The line is remembered because the events of place that follow do not say
 * where in the file they happen. */
static void see_step(struct diagnose *d, int task, const struct event *event)
{
    struct problem_task *state = &d->task[task];

    switch (event->kind) {
    case EVENT_STEP:
        state->step_line = event->value > 0 ? event->object : 0;
        break;
    case EVENT_WORKED:
        d->work_ns = metrics_sum(d->work_ns, event->value);
        break;
    case EVENT_LOCKED:
        if (is_lock(d, event))
            own(d, event->object, task, event->t_ns);
        break;
    case EVENT_SPAWNED:
        if ((size_t)event->object < d->workload->task_count)
            d->task[event->object].parent = task;
        break;
    case EVENT_JOINED:
        join(d, event->object);
        break;
    case EVENT_UNLOCKED:
        if (is_lock(d, event))
            give_back(d, event->object, event->value, event->t_ns);
        break;
    default:
        break;
    }
}

/* --- exported ------------------------------------------------------------- */

/* Keeping the machine is a fault only in a mode where nobody else can end a
 * turn, and not in sequential mode, where it is the rule. */
struct diagnose *diagnose_new(const struct history *history)
{
    struct diagnose *d = xcalloc(1, sizeof *d);

    d->history = history;
    d->trace = history_trace(history);
    d->workload = trace_workload(d->trace);
    d->info = trace_info(d->trace);
    d->cooperative = !(mode_traits(d->info->mode) & (PREEMPTIVE | TO_THE_END));
    d->task = xcalloc(d->workload->task_count + 1, sizeof *d->task);
    for (size_t i = 0; i < d->workload->task_count; i++) {
        d->task[i].off_ns = d->task[i].done_ns = TIME_NEVER;
        d->task[i].parent = -1;
    }
    d->turn = xcalloc((size_t)d->info->machines + 1, sizeof *d->turn);
    for (int i = 0; i < d->info->machines; i++)
        d->turn[i].task = -1;
    d->lock = xcalloc(d->workload->lock_count + 1, sizeof *d->lock);
    for (size_t i = 0; i < d->workload->lock_count; i++)
        d->lock[i].owner = -1;
    d->line = xcalloc((size_t)d->workload->line_count + 1, sizeof *d->line);
    return d;
}

void diagnose_free(struct diagnose *diagnose)
{
    if (!diagnose)
        return;
    for (size_t i = 0; i < diagnose->count; i++)
        free(diagnose->problem[i].cycle);
    free(diagnose->problem);
    free(diagnose->task);
    free(diagnose->turn);
    free(diagnose->lock);
    free(diagnose->line);
    free(diagnose);
}

/* Generators run in others' turns, and are nobody's neighbours. */
static bool is_seen(const struct diagnose *d, const struct event *event)
{
    return event->task < d->workload->task_count &&
           (!event_is_place(event->kind) ||
            !d->workload->task[event->task].generator);
}

/* Events after END are ignored: diagnose_end has closed everything that was
 * still going on. */
bool diagnose_update(struct diagnose *diagnose)
{
    size_t count = trace_count(diagnose->trace);

    diagnose->news = false;
    for (; diagnose->read < count && !diagnose->ended; diagnose->read++) {
        const struct event copy = *trace_at(diagnose->trace, diagnose->read),
                           *event = &copy;

        if (event->kind == EVENT_END) {
            diagnose_end(diagnose, event->t_ns);
            diagnose->ended = true;
        } else if (event->kind < EVENT_KINDS && is_seen(diagnose, event)) {
            if (event_is_place(event->kind))
                see_place(diagnose, (int)event->task, event);
            else
                see_step(diagnose, (int)event->task, event);
        }
    }
    return diagnose->news;
}

size_t diagnose_count(const struct diagnose *diagnose)
{
    return diagnose->count;
}

const struct problem *diagnose_problem(const struct diagnose *diagnose,
                                       size_t index)
{
    return &diagnose->problem[index];
}

const char *diagnose_word(enum problem_kind kind)
{
    static const char *const word[PROBLEM_KINDS] = {
        [PROBLEM_DEADLOCK] = "deadlock",
        [PROBLEM_STARVATION] = "starvation",
        [PROBLEM_HOG] = "hog",
        [PROBLEM_BLOCKING] = "blocking-step",
        [PROBLEM_CONVOY] = "lock-convoy",
        [PROBLEM_SMALL_TURNS] = "small-turns",
        [PROBLEM_STOLEN] = "oversubscribed",
        [PROBLEM_ORPHAN] = "orphan",
    };

    return word[kind];
}
