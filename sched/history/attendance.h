/*
 * attendance.h -- who comes and goes somewhere, and who was there at any time.
 *
 * Those who wait for a lock, and those who hold a copy of a variable: each
 * comes with one event and goes with a later one. All zero is a place where
 * nobody has been. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_HISTORY_ATTENDANCE_H
#define CONCVIZ_SCHED_HISTORY_ATTENDANCE_H

#include <stddef.h>
#include <stdint.h>

struct attendance {
    struct attendance_visit {
        uint32_t came; /* the number of an event */
        uint32_t left; /* the same, or UINT32_MAX */
    } * visit;
    size_t count, capacity;
    /* Kept now and then: the visits that were not over after so many. */
    struct attendance_list {
        uint32_t visits, first, length; /* in kept[] */
    } * list;
    size_t lists, lists_capacity;
    uint32_t *kept;
    size_t kept_count, kept_capacity;
    size_t next_list; /* is kept after so many visits */
};

void attendance_fini(struct attendance *attendance);

/* Somebody comes with this event, the last one so far; returns the number of
 * the visit, for attendance_leave with a later event. */
size_t attendance_come(struct attendance *attendance, size_t event);
void attendance_leave(struct attendance *attendance, size_t visit,
                      size_t event);

/*
 * Who was there after the first `events` events: fill came[] (room for max)
 * with the events with which they came, in order; returns how many there were,
 * which may be more. O(log n + those there), however long ago they came.
 */
size_t attendance_at(const struct attendance *attendance, size_t events,
                     uint32_t *came, size_t max);

#endif
