/*
 * player_numbers.c -- computed once for every state of the trace, not for
 * every frame. Where that takes long because the run is long, not for every
 * state either: while the run goes on, a bounded share of the time.
 */
#include "cli/player/player_numbers.h"

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    MOST_PERCENT = 5
};

const struct metrics *player_numbers_get(struct player_numbers *numbers,
                                         const struct history *history)
{
    size_t events = trace_count(history_trace(history));
    int64_t now_ns = clock_now_ns();
    bool due = history_ended(history) || now_ns >= numbers->due_ns;

    if (!numbers->metrics || (numbers->events != events && due)) {
        metrics_free(numbers->metrics);
        numbers->metrics = metrics_new(history);
        numbers->events = events;
        numbers->due_ns = now_ns +
                          (clock_now_ns() - now_ns) * 100 / MOST_PERCENT;
    }
    return numbers->metrics;
}

void player_numbers_forget(struct player_numbers *numbers)
{
    metrics_free(numbers->metrics);
    numbers->metrics = NULL;
}
