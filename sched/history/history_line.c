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
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* All lines of one instant are usually asked for together: keep the last. */
struct line_answer {
    size_t events; /* the instant: after so many events */
    bool valid;
    struct place {
        int task;
        int32_t priority;
        int64_t turn; /* the smaller, the further in front */
    } * place;
    size_t count, capacity;
    size_t *of_line; /* how many of them in each line */
};

void history_new_answer(struct history *history)
{
    history->answer = xcalloc(1, sizeof *history->answer);
    history->line = xcalloc(history->task_count, sizeof *history->line);
    for (size_t i = 0; i < history->task_count; i++) {
        history->line[i] = history->workload->task[i].line;
        if (history->line[i] >= history->line_count)
            history->line_count = history->line[i] + 1;
    }
    history->answer->of_line = xcalloc((size_t)history->line_count + 1,
                                       sizeof *history->answer->of_line);
}

void history_forget_answer(struct history *history)
{
    if (history->answer) {
        free(history->answer->place);
        free(history->answer->of_line);
    }
    free(history->answer);
    free(history->line);
    history->answer = NULL;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *left = a, *right = b;

    if (left->priority != right->priority)
        return left->priority > right->priority ? -1 : 1;
    return left->turn < right->turn ? -1 : left->turn > right->turn;
}

/* The place an arrival has, if classes do not matter: behind all earlier. */
static struct place place_of(const struct history *history,
                             const struct arrival *arrival)
{
    const struct event *event;
    struct place place = { (int)arrival->task, 0, arrival->event };

    if (!history->by_priority)
        return place;
    place.priority = arrival->priority;
    event = trace_at(history->trace, arrival->event);
    if (event->object == READY_PREEMPTED && event->value >= 0)
        place.turn = -place.turn;
    return place;
}

/* How many arrivals the first `events` events contain. */
static size_t arrivals_before(const struct history *history, size_t events)
{
    size_t low = 0, high = history->arrival_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (history->arrival[middle].event < events)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Room for so many places; what stood there is forgotten. */
static void make_room(struct line_answer *answer, size_t count)
{
    if (count <= answer->capacity)
        return;
    free(answer->place);
    answer->place = xcalloc(count, sizeof *answer->place);
    answer->capacity = count;
}

/* They are found from the last to the first, and put down from the back. */
static void fill_places(const struct history *history, size_t events,
                        size_t waiting)
{
    struct line_answer *answer = history->answer;
    size_t i = arrivals_before(history, events), at = waiting;

    make_room(answer, waiting);
    memset(answer->of_line, 0,
           (size_t)history->line_count * sizeof *answer->of_line);
    for (; at > 0 && i > 0; i--) {
        const struct arrival *arrival = &history->arrival[i - 1];

        if (arrival->left_by < events)
            continue;
        answer->place[--at] = place_of(history, arrival);
        answer->of_line[history->line[arrival->task]]++;
    }
    answer->count = waiting - at;
    if (at > 0 && answer->count > 0)
        memmove(answer->place, answer->place + at,
                answer->count * sizeof *answer->place);
    if (history->by_priority && answer->count > 0)
        qsort(answer->place, answer->count, sizeof *answer->place,
              compare_places);
}

static void find_line(const struct history *history, int64_t t_ns)
{
    struct line_answer *answer = history->answer;
    size_t events = history_after(history, t_ns);

    if (answer->valid && answer->events == events)
        return;
    fill_places(history, events,
                (size_t)history_tally(history, events).in_state[STATE_IN_LINE]);
    answer->events = events;
    answer->valid = true;
}

size_t history_line(const struct history *history, int line, int64_t t_ns,
                    int *task, size_t max)
{
    const struct line_answer *answer = history->answer;
    size_t count, found = 0;

    find_line(history, t_ns);
    if (line >= history->line_count)
        return 0;
    count = line ? answer->of_line[line] : answer->count;
    for (size_t i = 0; found < count && found < max; i++) {
        int candidate = answer->place[i].task;

        if (!line || history->line[candidate] == line)
            task[found++] = candidate;
    }
    return count;
}

int history_lock_owner(const struct history *history, int lock, int64_t t_ns,
                       int64_t *since_ns)
{
    const struct lane *lane;
    size_t index;

    if (lock < 0 || (size_t)lock >= history->lock_count)
        return -1;
    lane = &history->lock[lock];
    if (!lane_find(lane, t_ns, &index) || !lane->stretch[index].what)
        return -1;
    if (since_ns)
        *since_ns = lane->stretch[index].from_ns;
    return (int)lane->stretch[index].what - 1;
}
