/*
 * Who was faster is a division. Why is decided by two questions: did one run
 * have more machines than the other, and what did the machines do while the
 * slower one went on?
 */
#include "sched/analysis/comparison.h"

#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* Below this the difference is noise; and what counts as much of the time. */
static const double noise = 1.05;
static const double much = 0.6;
static const double some = 0.1;

static double part(int64_t part_ns, int64_t whole_ns)
{
    return whole_ns > 0 ? (double)part_ns / (double)whole_ns : 0;
}

static void look_at_machines(struct comparison_side *side,
                             const struct history *history)
{
    int64_t busy = 0, held = 0, switching = 0, whole;

    side->end_ns = history_end(history);
    side->machines = history_machines(history);
    for (int m = 0; m < side->machines; m++) {
        size_t count = history_services(history, m);

        busy += history_busy(history, m, 0, side->end_ns);
        for (size_t i = 0; i < count; i++) {
            struct service service = history_service(history, m, i);
            int64_t ns = service.to_ns - service.from_ns;

            held += service.kind == SERVICE_HELD ? ns : 0;
            switching += service.kind == SERVICE_SWITCHING ? ns : 0;
        }
    }
    whole = side->end_ns * side->machines;
    side->computing = part(busy, whole);
    side->held = part(held, whole);
    side->switching = part(switching, whole);
}

static void look_at_tasks(struct comparison_side *side,
                          const struct history *history)
{
    const struct workload *workload = trace_workload(history_trace(history));
    int64_t in[STATE_COUNT] = { 0 }, whole = 0;

    for (size_t i = 0; i < workload->task_count; i++)
        for (int state = STATE_RUNNING; state < STATE_DONE; state++)
            in[state] += history_time_in(
                history, (int)i, (enum task_state)state, 0, side->end_ns);
    for (int state = STATE_RUNNING; state < STATE_DONE; state++)
        whole += in[state];
    side->run = part(in[STATE_RUNNING], whole);
    side->await = part(in[STATE_AWAITING] + in[STATE_HELD], whole);
    side->block = part(in[STATE_BLOCKED], whole);
    side->line = part(in[STATE_IN_LINE], whole);
}

/* One side has more machines than the other. */
static enum comparison_cause cause_of_width(const struct comparison *verdict)
{
    int wide = verdict->side[1].machines > verdict->side[0].machines;
    const struct comparison_side *narrow = &verdict->side[!wide];

    if (verdict->faster == !wide)
        return VERDICT_OTHER;
    if (verdict->faster == wide)
        return narrow->held > narrow->computing ? VERDICT_HELD : VERDICT_SHARED;
    if (verdict->side[wide].block * 2 > verdict->side[wide].run)
        return VERDICT_BLOCKED;
    return narrow->computing < much ? VERDICT_WAITING : VERDICT_OTHER;
}

static enum comparison_cause cause_of_order(const struct comparison *verdict)
{
    const struct comparison_side *slow = &verdict->side[verdict->faster == 0];
    const struct comparison_side *fast = &verdict->side[verdict->faster != 0];

    if (verdict->faster < 0)
        return VERDICT_TURNS;
    return slow->held > fast->held + some ? VERDICT_HELD : VERDICT_OTHER;
}

struct comparison comparison_make(const struct history *first,
                                  const struct history *second)
{
    struct comparison verdict = { .cause = VERDICT_UNFINISHED, .faster = -1 };

    look_at_machines(&verdict.side[0], first);
    look_at_machines(&verdict.side[1], second);
    look_at_tasks(&verdict.side[0], first);
    look_at_tasks(&verdict.side[1], second);
    if (history_outcome(first) != OUTCOME_FINISHED ||
        history_outcome(second) != OUTCOME_FINISHED ||
        verdict.side[0].end_ns <= 0 || verdict.side[1].end_ns <= 0)
        return verdict;
    verdict.ratio = part(verdict.side[0].end_ns, verdict.side[1].end_ns);
    verdict.times = verdict.ratio < 1 ? 1 / verdict.ratio : verdict.ratio;
    if (verdict.times >= noise)
        verdict.faster = verdict.ratio > 1;
    verdict.cause = verdict.side[0].machines != verdict.side[1].machines
                        ? cause_of_width(&verdict)
                        : cause_of_order(&verdict);
    return verdict;
}
