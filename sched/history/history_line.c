/*
 * Who stands in line at some instant. Now and then, while the events are read,
 * all who stand there are written down in order:
 *
 *     events   0 . . . . . . . . . . . . . . . . . . . .
 *     lists          ^ {C, A}          ^ {B, A, D}   ^ t
 *                                        ~~~~~~~~~~~ gone through
 *
 * So at any instant there stands whoever is in the last list before it, or has
 * come since, and has not left: however long the run, and however long somebody
 * has been standing. The longer a list, the longer the way to the next, so that
 * lists cost less than 2 bytes an event, or 8 with priorities.
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

enum {
    LIST_GAP = 2048, /* events between two lists, at least, */
    LIST_SHARE = 2   /* and so many for each who stands in the one before */
};

#define NOBODY UINT32_MAX

struct line_place {
    uint32_t task;    /* first; or NOBODY: who stood here has left */
    uint32_t arrived; /* with this event */
    int32_t priority;
    bool front; /* of its class */
};

struct history_lines {
    /* What is written down. */
    struct line_list {
        uint32_t events; /* after so many */
        uint32_t first, length;
    } * list;
    size_t lists, lists_capacity;
    char *kept;    /* of each place only its beginning, if order says all: */
    size_t stride; /* so many bytes */
    size_t kept_count, kept_capacity;
    size_t next_list; /* after so many events */

    bool by_priority;       /* the policy of the run */
    struct track *priority; /* by task: PRIORITY events; NULL: none at all */
    int *line;              /* by task: a compact copy from the workload */

    /* The last instant asked for, from where the next one is found. */
    size_t events; /* who stands after so many, and … */
    bool sorted;   /* … in order of priority */
    struct line_place *place;
    size_t places, places_capacity;
    size_t first;    /* before this place nobody stands */
    uint32_t *where; /* by task: its place + 1, or 0 */
    size_t *length;  /* of each line; [0]: all together */
};

void history_line_init(struct history *history)
{
    const struct trace_info *info = trace_info(history->trace);
    size_t lines = (size_t)history->workload->line_count;
    struct history_lines *l = xcalloc(1, sizeof *l);

    l->next_list = LIST_GAP;
    l->by_priority = strcmp(info->policy, "priority") == 0;
    l->stride = l->by_priority ? sizeof(struct line_place) : sizeof(uint32_t);
    l->line = xcalloc(history->task_count, sizeof *l->line);
    for (size_t i = 0; i < history->task_count; i++)
        l->line[i] = history->workload->task[i].line;
    l->where = xcalloc(history->task_count, sizeof *l->where);
    l->length = xcalloc(lines + 1, sizeof *l->length);
    history->lines = l;
}

void history_line_fini(struct history *history)
{
    struct history_lines *l = history->lines;

    for (size_t i = 0; l->priority && i < history->task_count; i++)
        track_fini(&l->priority[i]);
    free(l->list);
    free(l->kept);
    free(l->priority);
    free(l->line);
    free(l->place);
    free(l->where);
    free(l->length);
    free(l);
}

/* --- going through events ------------------------------------------------- */

/* What priority the task has after the event at `index`. */
static int32_t priority_after(const struct history *history, uint32_t task,
                              size_t index)
{
    const struct track *changes = history->lines->priority;
    size_t count = changes ? track_before(&changes[task], index + 1) : 0;

    if (count == 0)
        return history->workload->task[task].priority;
    return (int32_t)trace_at(history->trace, changes[task].event[count - 1])
        ->value;
}

static void leave(struct history_lines *l, uint32_t task)
{
    if (!l->where[task])
        return;
    l->place[l->where[task] - 1].task = NOBODY;
    l->where[task] = 0;
    l->length[l->line[task]]--;
    l->length[0]--;
}

/* Who has left goes out of the list. */
static void close_up(struct history_lines *l)
{
    size_t standing = 0;

    for (size_t i = 0; i < l->places; i++) {
        if (l->place[i].task == NOBODY)
            continue;
        l->place[standing++] = l->place[i];
        l->where[l->place[i].task] = (uint32_t)standing;
    }
    l->places = standing;
    l->first = 0;
}

static void stand(struct history_lines *l, struct line_place place)
{
    if (l->places == l->places_capacity) {
        close_up(l);
        if (2 * l->places >= l->places_capacity)
            l->place = xgrow(l->place, l->places_capacity, &l->places_capacity,
                             sizeof *l->place);
    }
    l->place[l->places++] = place;
    l->where[place.task] = (uint32_t)l->places;
    l->length[l->line[place.task]]++;
    l->length[0]++;
}

static void arrive(const struct history *history, size_t index,
                   const struct event *event)
{
    struct line_place place = { .task = event->task,
                                .arrived = (uint32_t)index };

    if (history->lines->by_priority) {
        place.front = event->kind == EVENT_READY &&
                      event->object == READY_PREEMPTED && event->value >= 0 &&
                      !trace_info(history->trace)->preempted_last;
        place.priority = priority_after(history, event->task, index);
    }
    stand(history->lines, place);
}

/* Whoever is somewhere else has left the line. A task that inherits, or gives
 * back, goes to the tail of its new class. */
static void move(const struct history *history, size_t index)
{
    struct history_lines *l = history->lines;
    bool stays = history->change[index] & CHANGE_NOTHING;
    struct event event;

    if (stays && !l->by_priority)
        return;
    event = *trace_at(history->trace, index);
    if (stays) {
        if (event.kind != EVENT_PRIORITY || event.object == 0 ||
            event.task >= history->task_count || !l->where[event.task])
            return;
    }
    leave(l, event.task);
    if (stays || event.kind == EVENT_READY)
        arrive(history, index, &event);
}

static void stand_again(struct history_lines *l, const char *kept)
{
    struct line_place place = { 0 };

    memcpy(&place, kept, l->stride);
    stand(l, place);
}

/* Nobody stands there, but those of the last list before so many events. */
static void begin_at(struct history_lines *l, struct line_list list)
{
    for (size_t i = 0; i < l->places; i++)
        if (l->place[i].task != NOBODY)
            leave(l, l->place[i].task);
    l->places = 0;
    l->first = 0;
    for (size_t i = 0; i < list.length; i++)
        stand_again(l, l->kept + (list.first + i) * l->stride);
    l->events = list.events;
}

/* All who stand after so many events, in order of arrival, with gaps. From where
 * the last one ended, if that is on the way: a picture that moves goes on. So
 * the list is closed up only where most of it are gaps. */
static void fill_places(const struct history *history, size_t events)
{
    struct history_lines *l = history->lines;
    struct line_list list = { 0 };
    size_t lists = track_below(l->list, sizeof *l->list,
                               offsetof(struct line_list, events), l->lists,
                               events + 1);

    if (lists)
        list = l->list[lists - 1];
    l->sorted = false;
    if (l->events < list.events || l->events > events)
        begin_at(l, list);
    for (; l->events < events; l->events++)
        move(history, l->events);
    if (l->places / 2 > l->length[0])
        close_up(l);
}

/* --- reading -------------------------------------------------------------- */

void history_line_priority(struct history *history, const struct event *event)
{
    struct history_lines *l = history->lines;

    if (!l->by_priority)
        return;
    if (!l->priority)
        l->priority = xcalloc(history->task_count, sizeof *l->priority);
    track_add(&l->priority[event->task], history->read);
}

/* From the list before and the events since, as an answer is found. */
void history_line_keep(struct history *history)
{
    struct history_lines *l = history->lines;

    if (history->read < l->next_list)
        return;
    fill_places(history, history->read);
    close_up(l);
    l->list = xgrow(l->list, l->lists, &l->lists_capacity, sizeof *l->list);
    l->list[l->lists++] = (struct line_list){ (uint32_t)history->read,
                                              (uint32_t)l->kept_count,
                                              (uint32_t)l->places };
    for (size_t i = 0; i < l->places; i++) {
        l->kept = xgrow(l->kept, l->kept_count, &l->kept_capacity, l->stride);
        memcpy(l->kept + l->kept_count++ * l->stride, &l->place[i], l->stride);
    }
    l->next_list = history->read + LIST_GAP + LIST_SHARE * l->places;
}

/* --- answers -------------------------------------------------------------- */

/* The smaller, the further in front. */
static int64_t turn_of(const struct line_place *place)
{
    return place->front ? -(int64_t)place->arrived : (int64_t)place->arrived;
}

/* No two turns are equal (each comes from the number of an event), so the
 * result does not depend on which sort qsort uses. */
static int compare_places(const void *a, const void *b)
{
    const struct line_place *left = a, *right = b;
    int64_t before = turn_of(left), after = turn_of(right);

    if (left->priority != right->priority)
        return left->priority > right->priority ? -1 : 1;
    return before < after ? -1 : before > after;
}

/* With priorities. */
static void sort(struct history_lines *l)
{
    if (l->sorted)
        return;
    close_up(l);
    if (l->places)
        qsort(l->place, l->places, sizeof *l->place, compare_places);
    close_up(l);
    l->sorted = true;
}

static void answer(const struct history *history, size_t events)
{
    struct history_lines *l = history->lines;

    if (l->events != events)
        fill_places(history, events);
    if (l->by_priority)
        sort(l);
    while (l->first < l->places && l->place[l->first].task == NOBODY)
        l->first++;
}

/* One list serves all lines: a task's line is the same list with the tasks of
 * other lines passed over. */
size_t history_line(const struct history *history, int line, int64_t t_ns,
                    int *task, size_t max)
{
    const struct history_lines *l = history->lines;
    size_t found = 0;

    if (line > history->workload->line_count)
        return 0;
    answer(history, history_after(history, t_ns));
    for (size_t i = l->first; found < l->length[line] && found < max; i++) {
        uint32_t candidate = l->place[i].task;

        if (candidate != NOBODY && (!line || l->line[candidate] == line))
            task[found++] = (int)candidate;
    }
    return l->length[line];
}
