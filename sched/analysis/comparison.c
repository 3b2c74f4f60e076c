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

/* A run of no length has shares of 0, not of NaN. */
static double part(int64_t part_ns, int64_t whole_ns)
{
    return whole_ns > 0 ? (double)part_ns / (double)whole_ns : 0;
}

/* The history keeps sums only of busy time, so the other two are added up
 * service by service. */
static void look_at_machines(struct comparison_side *side,
                             const struct history *history)
{
    int64_t busy = 0, held = 0, switching = 0, whole;

    side->end_ns = history_end(history);
    side->machines = history_machines(history);
    side->real = trace_info(history_trace(history))->real;
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

/* Only from arrival to done: no schedule can shorten the time in which a task
 * is absent or finished. */
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
static enum comparison_cause cause_of_width(const struct comparison *comparison)
{
    int wide = comparison->side[1].machines > comparison->side[0].machines;
    const struct comparison_side *narrow = &comparison->side[!wide];

    if (comparison->faster == !wide)
        return COMPARISON_OTHER;
    if (comparison->faster == wide)
        return narrow->held > narrow->computing ? COMPARISON_HELD
                                                : COMPARISON_SHARED;
    if (comparison->side[wide].block * 2 > comparison->side[wide].run)
        return COMPARISON_BLOCKED;
    return narrow->computing < much ? COMPARISON_WAITING : COMPARISON_OTHER;
}

/* With equally many machines only their use can differ. Equal times are the
 * lesson itself: taking turns does not make computing shorter. */
static enum comparison_cause cause_of_order(const struct comparison *comparison)
{
    const struct comparison_side *slow = &comparison
                                              ->side[comparison->faster == 0];
    const struct comparison_side *fast = &comparison
                                              ->side[comparison->faster != 0];

    if (comparison->faster < 0)
        return COMPARISON_TURNS;
    return slow->held > fast->held + some ? COMPARISON_HELD : COMPARISON_OTHER;
}

/* The shares are filled in even if a run did not finish: whoever puts the
 * result into words reads all of them, whatever the cause. */
struct comparison comparison_make(const struct history *first,
                                  const struct history *second)
{
    struct comparison comparison = { .cause = COMPARISON_UNFINISHED,
                                     .faster = -1 };

    look_at_machines(&comparison.side[0], first);
    look_at_machines(&comparison.side[1], second);
    look_at_tasks(&comparison.side[0], first);
    look_at_tasks(&comparison.side[1], second);
    if (history_outcome(first) != OUTCOME_FINISHED ||
        history_outcome(second) != OUTCOME_FINISHED ||
        comparison.side[0].end_ns <= 0 || comparison.side[1].end_ns <= 0)
        return comparison;
    if (comparison.side[0].real != comparison.side[1].real) {
        comparison.cause = COMPARISON_MIXED;
        return comparison;
    }
    comparison.ratio = part(comparison.side[0].end_ns,
                            comparison.side[1].end_ns);
    comparison.times = comparison.ratio < 1 ? 1 / comparison.ratio
                                            : comparison.ratio;
    if (comparison.times >= noise)
        comparison.faster = comparison.ratio > 1;
    comparison.cause = comparison.side[0].machines !=
                               comparison.side[1].machines
                           ? cause_of_width(&comparison)
                           : cause_of_order(&comparison);
    return comparison;
}
