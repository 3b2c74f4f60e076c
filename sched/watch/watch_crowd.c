/*
 * watch_crowd.c -- see watch_crowd.h.
 */
#include "sched/watch/watch_crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"
#include "sched/exchange/journal.h"

enum {
    TIDS_MAX = 4 * 1024 * 1024, /* of Linux */
    TIDS_FIRST = 1024
};

void watch_crowd_fini(struct watch_crowd *crowd)
{
    free(crowd->person);
    free(crowd->of_tid);
}

/* Its numbers may be in millions where a machine has long been up, and are in
 * thousands elsewhere. */
static void make_room(struct watch_crowd *crowd, int tid)
{
    int tids = crowd->tids ? crowd->tids : TIDS_FIRST;

    if (tid < crowd->tids)
        return;
    while (tids <= tid)
        tids *= 2;
    crowd->of_tid = xreallocarray(crowd->of_tid, (size_t)tids,
                                  sizeof *crowd->of_tid);
    memset(crowd->of_tid + crowd->tids, 0,
           (size_t)(tids - crowd->tids) * sizeof *crowd->of_tid);
    crowd->tids = tids;
}

/* Numbers of threads are used again: after its end, a number is somebody else. */
static struct watched *meet(struct watch_crowd *crowd, int pid, int tid)
{
    struct watched *person;
    struct journal_lane *lane;
    char text[48];
    int label;

    crowd->person = xgrow(crowd->person, crowd->count, &crowd->room,
                          sizeof *crowd->person);
    person = &crowd->person[crowd->count++];
    *person = (struct watched){ .tid = tid, .pid = pid, .said = -1, .cpu = -1 };
    snprintf(text, sizeof text, "%d %zu", tid, crowd->count);
    person->lane = journal_lane(crowd->journal, text);
    make_room(crowd, tid);
    crowd->of_tid[tid] = (uint32_t)crowd->count;
    if (person->lane == JOURNAL_NO_LANE)
        return person;
    snprintf(text, sizeof text, "%d", tid);
    label = journal_word(crowd->journal, text);
    lane = journal_lane_at(crowd->journal, person->lane);
    lane->label = label;
    return person;
}

struct watched *watch_crowd_find(const struct watch_crowd *crowd, int tid)
{
    uint32_t number = tid > 0 && tid < crowd->tids ? crowd->of_tid[tid] : 0;

    return number ? &crowd->person[number - 1] : NULL;
}

struct watched *watch_crowd_meet(struct watch_crowd *crowd, int pid, int tid)
{
    struct watched *person = watch_crowd_find(crowd, tid);

    if (tid <= 0 || tid >= TIDS_MAX)
        return NULL;
    return person && person->where != GONE ? person : meet(crowd, pid, tid);
}

int32_t watch_crowd_lane(const struct watch_crowd *crowd, int tid)
{
    const struct watched *person = watch_crowd_find(crowd, tid);

    return person && person->lane != JOURNAL_NO_LANE ? (int32_t)person->lane
                                                     : -1;
}

void watch_crowd_call(struct watch_crowd *crowd, struct watched *person,
                      const char *name)
{
    bool is_first = crowd->first && person == crowd->person;
    int word = journal_word(crowd->journal, is_first ? crowd->first : name);

    person->said = journal_word(crowd->journal, name);
    if (word >= 0 && person->lane != JOURNAL_NO_LANE)
        journal_lane_at(crowd->journal, person->lane)->name = word;
}

void watch_crowd_inherit(struct watch_crowd *crowd, struct watched *person,
                         const struct watched *parent)
{
    person->said = parent->said;
    if (person->said >= 0 && person->lane != JOURNAL_NO_LANE)
        journal_lane_at(crowd->journal, person->lane)->name = person->said;
}

int watch_crowd_number(const struct watch_crowd *crowd,
                       const struct watched *person)
{
    int number = 0;

    for (const struct watched *other = crowd->person; other < person; other++)
        number += other->pid == person->pid;
    return number;
}
