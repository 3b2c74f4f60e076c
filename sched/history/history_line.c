/*
 * Who stands in line at some instant: every READY event is kept in order of
 * arrival, with the event by which the task left again. Going back from the
 * instant, all that had not left stand in line; their number is known, so the
 * search ends with the first of the line, and in a line that is first come,
 * first served, it passes nobody else.
 *
 * With priorities the line has classes: the higher number first, and within a
 * class in order of arrival, except that a task that somebody more important
 * stopped goes to the front of its class (rule R9).
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/history/track.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* All lines of one instant are usually asked for together: keep the last. */
struct line_answer {
    size_t events; /* the instant: after so many events; SIZE_MAX: none yet */
    struct line_place {
        int task;
        int32_t priority;
        int64_t turn; /* the smaller, the further in front */
    } * place;
    size_t *length; /* of each line; [0]: all together */
};

/* SIZE_MAX stands for "nothing asked yet", because 0 events is a question like
 * any other. */
void history_line_init(struct history *history)
{
    const struct trace_info *info = trace_info(history->trace);
    size_t lines = (size_t)history->workload->line_count;
    struct line_answer *answer = xcalloc(1, sizeof *answer);

    history->by_priority = strcmp(info->policy, "priority") == 0;
    history->standing = xcalloc(history->task_count, sizeof(uint32_t));
    history->line = xcalloc(history->task_count, sizeof *history->line);
    for (size_t i = 0; i < history->task_count; i++)
        history->line[i] = history->workload->task[i].line;
    answer->events = SIZE_MAX;
    answer->place = xcalloc(history->task_count, sizeof *answer->place);
    answer->length = xcalloc(lines + 1, sizeof *answer->length);
    history->answer = answer;
}

void history_line_fini(struct history *history)
{
    free(history->arrival);
    free(history->standing);
    free(history->line);
    free(history->answer->place);
    free(history->answer->length);
    free(history->answer);
}

/* Every event of place comes through here, so most tasks that leave are not in
 * line at all. */
static void leave(struct history *history, uint32_t task)
{
    uint32_t arrival = history->standing[task];

    if (arrival)
        history->arrival[arrival - 1].left_by = (uint32_t)history->read;
    history->standing[task] = 0;
}

/* The priority is copied: the task's own may change later, and a question about
 * this instant needs the one it had then. */
static void arrive(struct history *history, const struct event *event)
{
    history->arrival = xgrow(history->arrival, history->arrival_count,
                             &history->arrival_capacity,
                             sizeof *history->arrival);
    history->arrival[history->arrival_count++] = (struct arrival){
        .event = (uint32_t)history->read,
        .left_by = UINT32_MAX,
        .task = event->task,
        .priority = history->priority[event->task],
    };
    history->standing[event->task] = (uint32_t)history->arrival_count;
}

/* Leaving comes first, so that a task never has two open arrivals: fill_places
 * relies on one per task. */
void history_line_event(struct history *history, const struct event *event)
{
    leave(history, event->task);
    if (event->kind == EVENT_READY)
        arrive(history, event);
}

/* A task that inherits, or gives back, goes to the tail of its new class. */
void history_line_priority(struct history *history, const struct event *event)
{
    if (history->standing[event->task] && event->object) {
        leave(history, event->task);
        arrive(history, event);
    }
}

/* --- answers -------------------------------------------------------------- */

/* No two turns are equal (each comes from the number of an event), so the
 * result does not depend on which sort qsort uses. */
static int compare_places(const void *a, const void *b)
{
    const struct line_place *left = a, *right = b;

    if (left->priority != right->priority)
        return left->priority > right->priority ? -1 : 1;
    return left->turn < right->turn ? -1 : left->turn > right->turn;
}

/* The place an arrival has, if classes do not matter: behind all earlier. */
static struct line_place place_of(const struct history *history,
                                  const struct arrival *arrival)
{
    const struct event *event;
    struct line_place place = { (int)arrival->task, 0, arrival->event };

    if (!history->by_priority)
        return place;
    place.priority = arrival->priority;
    event = trace_at(history->trace, arrival->event);
    if (event->object == READY_PREEMPTED && event->value >= 0 &&
        !trace_info(history->trace)->preempted_last)
        place.turn = -place.turn;
    return place;
}

/* How many arrivals the first `events` events contain. */
static size_t arrivals_before(const struct history *history, size_t events)
{
    return track_below(history->arrival, sizeof *history->arrival,
                       offsetof(struct arrival, event), history->arrival_count,
                       events);
}

/*
 * Fill the answer. Those in line are found from the last to the first, and put
 * down from the back; each task in line has exactly one arrival it has not
 * left, so there are as many of them as the tally says.
 */
static void fill_places(const struct history *history, size_t events)
{
    struct line_answer *answer = history->answer;
    int lines = history->workload->line_count;
    int waiting = history_tally(history, events).in_state[STATE_IN_LINE];
    size_t i = arrivals_before(history, events), at = (size_t)waiting;

    memset(answer->length, 0, ((size_t)lines + 1) * sizeof *answer->length);
    answer->length[0] = at;
    while (at > 0) {
        const struct arrival *arrival = &history->arrival[--i];

        if (arrival->left_by < events)
            continue;
        answer->place[--at] = place_of(history, arrival);
        answer->length[history->line[arrival->task]]++;
    }
    if (history->by_priority && waiting)
        qsort(answer->place, (size_t)waiting, sizeof *answer->place,
              compare_places);
    answer->events = events;
}

/* One sorted list serves all lines: a task's line is the same list with the
 * tasks of other lines passed over. */
size_t history_line(const struct history *history, int line, int64_t t_ns,
                    int *task, size_t max)
{
    const struct line_answer *answer = history->answer;
    size_t events = history_after(history, t_ns), found = 0;

    if (line > history->workload->line_count)
        return 0;
    if (answer->events != events)
        fill_places(history, events);
    for (size_t i = 0; found < answer->length[line] && found < max; i++) {
        int candidate = answer->place[i].task;

        if (!line || history->line[candidate] == line)
            task[found++] = candidate;
    }
    return answer->length[line];
}
