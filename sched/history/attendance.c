/*
 * Visits are kept in the order in which they began. Now and then a list of
 * those that are not over is kept as well:
 *
 *     visits   0 1 2 3 4 5 6 7 8 9 …
 *     list               ^ {1, 4}         ^ {1, 7, 8}
 *
 * Who was there at any instant is then whoever is in the last list before it,
 * or has come since, and had not left. So one who came at the very beginning
 * and stays is found without a look at all who came and went. The longer a
 * list, the longer the way to the next, so that lists take no more memory than
 * a quarter of what they are about.
 */
#include "sched/history/attendance.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/history/track.h"

enum {
    LIST_GAP = 64,  /* visits between two lists, at least, */
    LIST_SHARE = 4, /* and so many for each visit in the list before */
    NOT_YET = -1    /* as uint32_t: has not left */
};

void attendance_fini(struct attendance *attendance)
{
    free(attendance->visit);
    free(attendance->list);
    free(attendance->kept);
    *attendance = (struct attendance){ 0 };
}

static void keep(struct attendance *attendance, uint32_t visit, size_t events)
{
    if (attendance->visit[visit].left < events)
        return;
    attendance->kept = xgrow(attendance->kept, attendance->kept_count,
                             &attendance->kept_capacity,
                             sizeof *attendance->kept);
    attendance->kept[attendance->kept_count++] = visit;
}

/* From the list before and the visits since, as an answer is found. */
static void keep_list(struct attendance *attendance, size_t events)
{
    struct attendance_list before = { 0 }, *list;
    size_t first = attendance->kept_count;

    if (attendance->lists)
        before = attendance->list[attendance->lists - 1];
    for (uint32_t i = 0; i < before.length; i++)
        keep(attendance, attendance->kept[before.first + i], events);
    for (size_t i = before.visits; i < attendance->count; i++)
        keep(attendance, (uint32_t)i, events);
    attendance->list = xgrow(attendance->list, attendance->lists,
                             &attendance->lists_capacity,
                             sizeof *attendance->list);
    list = &attendance->list[attendance->lists++];
    list->visits = (uint32_t)attendance->count;
    list->first = (uint32_t)first;
    list->length = (uint32_t)(attendance->kept_count - first);
    attendance->next_list = attendance->count + LIST_GAP +
                            (size_t)LIST_SHARE * list->length;
}

/* The list is kept at once: who leaves before the next one comes is still in
 * it, and known to have left. */
size_t attendance_come(struct attendance *attendance, size_t event)
{
    size_t visit = attendance->count;

    attendance->visit = xgrow(attendance->visit, visit, &attendance->capacity,
                              sizeof *attendance->visit);
    attendance->visit[visit] = (struct attendance_visit){
        .came = (uint32_t)event, .left = (uint32_t)NOT_YET
    };
    attendance->count++;
    if (attendance->next_list == 0)
        attendance->next_list = LIST_GAP;
    if (attendance->count >= attendance->next_list)
        keep_list(attendance, event + 1);
    return visit;
}

void attendance_leave(struct attendance *attendance, size_t visit, size_t event)
{
    assert(visit < attendance->count);
    attendance->visit[visit].left = (uint32_t)event;
}

/* --- answers -------------------------------------------------------------- */

/* How many visits began with one of the first `events` events. */
static size_t began_before(const struct attendance *attendance, size_t events)
{
    return track_below(attendance->visit, sizeof *attendance->visit,
                       offsetof(struct attendance_visit, came),
                       attendance->count, events);
}

/* The last list of no more than so many visits; all zero if there is none. */
static struct attendance_list last_list(const struct attendance *attendance,
                                        size_t visits)
{
    size_t lists = track_below(attendance->list, sizeof *attendance->list,
                               offsetof(struct attendance_list, visits),
                               attendance->lists, visits + 1);

    return lists ? attendance->list[lists - 1] : (struct attendance_list){ 0 };
}

size_t attendance_at(const struct attendance *attendance, size_t events,
                     uint32_t *came, size_t max)
{
    size_t visits = began_before(attendance, events), found = 0;
    struct attendance_list list = last_list(attendance, visits);
    size_t all = list.length + (visits - list.visits);

    for (size_t i = 0; i < all; i++) {
        const struct attendance_visit
            *visit = i < list.length
                         ? &attendance->visit[attendance->kept[list.first + i]]
                         : &attendance->visit[list.visits + (i - list.length)];

        if (visit->left < events)
            continue;
        if (found < max)
            came[found] = visit->came;
        found++;
    }
    return found;
}
