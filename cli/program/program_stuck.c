/*
 * program_stuck.c -- see program_stuck.h. A program as coroutines says so itself
 * (sched/preload/stuck.c); of threads it is asked here.
 */
#include "cli/program/program_stuck.h"

#include "sched/analysis/diagnose.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    PATIENCE_S = 2
};

static bool all_are_blocked(const struct history *history)
{
    int64_t t_ns = history_end(history);
    int others = 0;

    for (int state = STATE_RUNNING; state < STATE_DONE; state++)
        if (state != STATE_BLOCKED)
            others += history_count(history, (enum task_state)state, t_ns);
    return others == 0 && history_count(history, STATE_BLOCKED, t_ns) > 0;
}

static bool has_circle(const struct history *history)
{
    struct diagnose *diagnose = diagnose_new(history);
    bool found = false;

    diagnose_update(diagnose);
    for (size_t i = 0; i < diagnose_count(diagnose); i++)
        found |= diagnose_problem(diagnose, i)->kind == PROBLEM_DEADLOCK;
    diagnose_free(diagnose);
    return found;
}

bool program_stuck_look(struct program_stuck *stuck, const struct trace *trace,
                        int64_t now_ns)
{
    size_t events = trace ? trace_count(trace) : 0;
    struct history *history;
    bool is_stuck;

    if (events != stuck->events || stuck->since_ns == 0)
        *stuck = (struct program_stuck){ events, now_ns, false };
    if (stuck->asked || now_ns - stuck->since_ns < PATIENCE_S * NS_PER_S)
        return false;
    stuck->asked = true;
    history = history_new(trace);
    history_update(history);
    is_stuck = all_are_blocked(history) && has_circle(history);
    history_free(history);
    return is_stuck;
}
