/*
 * player_numbers.c -- computed once for every state of the trace, not for
 * every frame. Where that takes long because the run is long, not for every
 * state either: while the run goes on, a bounded share of the time.
 */
#include "cli/player/player_numbers.h"

#include <string.h>

#include "render/draw/panel.h"
#include "render/scene/view.h"
#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    MOST_PERCENT = 5
};

const struct metrics *player_numbers_get(struct player_numbers *numbers,
                                         const struct history *history,
                                         const struct view *view)
{
    size_t events = trace_count(history_trace(history));
    int64_t now_ns = clock_now_ns();
    bool due = history_ended(history) || now_ns >= numbers->due_ns;

    if (!numbers->metrics || (numbers->events != events && due) ||
        memcmp(numbers->mark_ns, view->mark_ns, sizeof view->mark_ns) != 0) {
        metrics_free(numbers->metrics);
        numbers->metrics = panel_numbers(view, history);
        numbers->events = events;
        memcpy(numbers->mark_ns, view->mark_ns, sizeof view->mark_ns);
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
