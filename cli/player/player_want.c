/*
 * player_want.c -- from a key to the plan of another run.
 *
 * Keys may come faster than a run can make way: each change then starts from
 * the plan requested before, so that pressing Tab twice goes two modes on.
 */
#include "cli/player/player_want.h"

#include <stdio.h>

#include "cli/options/options.h"
#include "cli/player/player_run.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"

enum {
    MACHINES_MOST = 64
};

/* The plan that further changes start from: the one requested before, if the
 * current run is still making way for it. */
static const struct run_plan *newest(const struct player_run *run)
{
    return run->next.made ? &run->next.plan : run->plan;
}

static void want(struct player_run *run, const struct run_plan *plan)
{
    run->next = (struct player_request){ .made = true, .plan = *plan };
    gate_stop(runner_gate(run->runner));
}

static void want_pair(struct player_run *run, const struct run_plan *first,
                      const struct run_plan *second)
{
    want(run, first);
    run->next.pair = true;
    run->next.rival = *second;
}

static void want_other_rival(struct player_run *run, int direction)
{
    const struct player_pair *pair = &run->pair;
    struct run_plan rival = run->next.made && run->next.pair ? run->next.rival
                                                             : pair->plan[1];

    do
        run_plan_other_mode(&rival, &rival, run->options, run->usable,
                            direction);
    while (rival.executor == pair->plan[0].executor);
    want_pair(run, &pair->plan[0], &rival);
}

void player_want_mode(struct player_run *run, int direction)
{
    struct run_plan next;

    if (run->pair.on) {
        want_other_rival(run, direction);
        return;
    }
    run_plan_other_mode(&next, newest(run), run->options, run->usable,
                        direction);
    want(run, &next);
}

void player_want_comparison(struct player_run *run)
{
    struct run_plan rival;

    if (run->plan->run.policy == POLICY_PICK)
        return;
    if (run->pair.on) {
        want(run, &run->pair.plan[0]);
        return;
    }
    run_plan_counterpart(&rival, run->plan, run->options, run->usable);
    want_pair(run, run->plan, &rival);
    run->next.keep = history_ended(run->history) &&
                     history_outcome(run->history) == OUTCOME_FINISHED;
}

void player_want_again(struct player_run *run)
{
    if (run->pair.on)
        want_pair(run, &run->pair.plan[0], &run->pair.plan[1]);
    else
        want(run, run->plan);
}

/* --- one thing changed: each returns false with the reason in text -------- */

static bool turn_machines(struct run_plan *plan, int step, int usable,
                          char *text, size_t size)
{
    int wanted = plan->run.machines + step;
    int most = plan->run.model ? MACHINES_MOST : usable;

    if (!(plan->executor->mode->traits & PARALLEL)) {
        snprintf(text, size, "%s",
                 _("this mode has only one machine; Tab goes to other modes"));
        return false;
    }
    if (wanted < 1 || wanted > most) {
        snprintf(text, size, _("machines: from 1 to %d here"), most);
        return false;
    }
    plan->run.machines = wanted;
    snprintf(text, size, _("machines: %d"), wanted);
    return true;
}

static bool turn_slice(struct run_plan *plan, char *text, size_t size)
{
    static const int64_t slice_ms[] = { 0, 20, 50, 100, 200, 500 };
    size_t count = sizeof slice_ms / sizeof *slice_ms, next = 0;

    if (!(plan->executor->mode->traits & PREEMPTIVE)) {
        snprintf(text, size, "%s",
                 _("this mode never stops anybody: it has no time slice"));
        return false;
    }
    while (next < count && slice_ms[next] * NS_PER_MS <= plan->run.slice_ns)
        next++;
    next %= count;
    plan->run.slice_ns = slice_ms[next] * NS_PER_MS;
    snprintf(text, size, _("time slice: %d ms (0: none)"), (int)slice_ms[next]);
    return true;
}

static bool turn_policy(struct run_plan *plan, char *text, size_t size)
{
    enum policy next = plan->run.policy;

    if (plan->executor->mode->traits & TO_THE_END) {
        snprintf(text, size, "%s",
                 _("in this mode everybody runs to the end, in order"));
        return false;
    }
    do
        next = (next + 1) % POLICIES;
    while (next == POLICY_PICK || !executor_allows(plan->executor, next, NULL));
    plan->run.policy = next;
    plan->run.levels = next == POLICY_MLFQ ? policy_default_levels()
                                           : (struct policy_levels){ 0 };
    plan->run.seed = (uint64_t)clock_now_ns() % PLAN_SEED_LIMIT;
    snprintf(text, size, _("policy: %s"), policy_table[next]->name);
    return true;
}

static bool turn_lines(struct run_plan *plan, char *text, size_t size)
{
    plan->run.lines_own = !plan->run.lines_own;
    snprintf(text, size, "%s",
             plan->run.lines_own ? _("every machine has its own line")
                                 : _("all machines serve all lines"));
    return true;
}

static bool turn(struct run_plan *plan, enum player_knob knob, int usable,
                 char *text, size_t size)
{
    switch (knob) {
    case KNOB_MORE:
        return turn_machines(plan, 1, usable, text, size);
    case KNOB_FEWER:
        return turn_machines(plan, -1, usable, text, size);
    case KNOB_SLICE:
        return turn_slice(plan, text, size);
    case KNOB_POLICY:
        return turn_policy(plan, text, size);
    default:
        return turn_lines(plan, text, size);
    }
}

bool player_want_turned(struct player_run *run, enum player_knob knob,
                        char *text, size_t size)
{
    struct run_plan plan = *newest(run);

    if (run->pair.on || plan.run.schedule || plan.run.policy == POLICY_PICK)
        return false;
    plan.note[0] = '\0';
    if (turn(&plan, knob, run->usable, text, size))
        want(run, &plan);
    return true;
}
