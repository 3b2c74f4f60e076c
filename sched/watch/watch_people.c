/*
 * watch_people.c -- what kernel and library say, merged by thread.
 *
 * The kernel says exactly when a thread is on which core and whether it left
 * because it had to or because it waits; not for what, nor when it could go on.
 * The library says what a thread waits for and who lets others go on. So: who
 * leaves its core by its own will waits for what it told last; and who comes
 * back has stood in line since the last time that somebody let those go on who
 * wait for that. The first is known at once, the second only when it comes.
 *
 * Without the kernel's records a thread is taken to be on the core where it
 * called the library last, until another one is seen there.
 */
#include "sched/watch/watch_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/journal.h"
#include "sched/watch/watch_crowd.h"
#include "sched/watch/watch_item.h"
#include "sched/watch/watch_thing.h"

enum {
    CPUS_MAX = JOURNAL_PLACES_MAX
};

struct watch_people {
    struct journal *journal;
    bool by_kernel;
    struct watch_things *things;
    struct watch_crowd crowd;
    size_t puzzled;   /* who wait for a thread that is not known yet */
    uint32_t *of_cpu; /* who was seen there last: number + 1, or 0 */
    int64_t now_ns;
};

struct watch_people *watch_people_new(struct journal *journal, bool by_kernel,
                                      const char *first)
{
    struct watch_people *people = xcalloc(1, sizeof *people);

    people->journal = journal;
    people->by_kernel = by_kernel;
    people->crowd = (struct watch_crowd){ .journal = journal, .first = first };
    people->things = watch_things_new(journal);
    people->of_cpu = xcalloc(CPUS_MAX, sizeof *people->of_cpu);
    return people;
}

void watch_people_free(struct watch_people *people)
{
    if (!people)
        return;
    watch_things_free(people->things);
    watch_crowd_fini(&people->crowd);
    free(people->of_cpu);
    free(people);
}

/* --- moments --------------------------------------------------------------- */

/* What it is or does now, at no core; object -1: nothing. */
static struct journal_moment moment_of(const struct watch_people *people,
                                       const struct watched *person,
                                       unsigned kind, enum event_kind event,
                                       int64_t value, int32_t object)
{
    return (struct journal_moment){ .t_ns = people->now_ns,
                                    .lane = person->lane,
                                    .kind = (uint8_t)kind,
                                    .event = (uint8_t)event,
                                    .value = value,
                                    .object = object,
                                    .place = JOURNAL_NO_PLACE };
}

static void come(struct watch_people *people, struct watched *person, int cpu)
{
    struct journal_moment moment = moment_of(people, person, MOMENT_IS,
                                             EVENT_RUN, 0, -1);

    moment.place = journal_place(people->journal, cpu, true);
    journal_add(people->journal, moment);
    person->where = ON_CORE;
    person->cpu = cpu;
}

static void stand_in_line(struct watch_people *people, struct watched *person,
                          int64_t t_ns, enum ready_cause cause, int32_t by)
{
    struct journal_moment moment = moment_of(people, person, MOMENT_IS,
                                             EVENT_READY, cause, by);

    moment.t_ns = t_ns;
    journal_add(people->journal, moment);
    person->where = IN_LINE;
}

/* The journal's number of what it told that it waits for; -1: not known. */
static int32_t waited_for(const struct watch_people *people,
                          const struct watched *person)
{
    if (person->wait == RECORD_JOIN)
        return watch_crowd_lane(
            &people->crowd,
            watch_thing_thread(people->things, person->pid, person->object));
    return watch_thing_number(people->things, person->pid, person->object,
                              person->wait);
}

/* For what it told us, or for something that only the kernel knows. */
static void wait(struct watch_people *people, struct watched *person)
{
    struct journal_moment moment = moment_of(people, person, MOMENT_IS,
                                             EVENT_AWAIT, TIME_NEVER, -1);

    person->where = WAITING;
    if (person->asks && person->wait == RECORD_SLEEP) {
        moment.value = person->value;
    } else if (person->asks) {
        moment.object = waited_for(people, person);
        people->puzzled += moment.object < 0;
    }
    if (moment.object >= 0) {
        moment.event = EVENT_BLOCKED;
        moment.value = watch_thing_wait(person->wait);
    }
    journal_add(people->journal, moment);
}

/* A thread may be waited for before it has told who it is. */
static void solve(struct watch_people *people, int pid, uint64_t self)
{
    for (size_t i = 0; people->puzzled && i < people->crowd.count; i++) {
        struct watched *person = &people->crowd.person[i];

        if (person->where == WAITING && person->asks && person->pid == pid &&
            person->wait == RECORD_JOIN && person->object == self) {
            wait(people, person);
            people->puzzled--;
        }
    }
}

/* It comes back: since when could it have? */
static void stop_waiting(struct watch_people *people, struct watched *person)
{
    int64_t since_ns = people->now_ns;
    int by = 0;

    if (person->where != WAITING)
        return;
    if (person->asks && person->wait == RECORD_SLEEP)
        since_ns = person->value;
    else if (person->asks)
        watch_thing_woken(people->things, person->pid, person->object,
                          &since_ns, &by);
    if (since_ns < person->since_ns || since_ns > people->now_ns)
        since_ns = people->now_ns;
    if (since_ns < people->now_ns || person->asks)
        stand_in_line(people, person, since_ns, READY_WOKEN,
                      watch_crowd_lane(&people->crowd, by));
}

static void appear(struct watch_people *people, struct watched *person, int by)
{
    journal_add(people->journal,
                moment_of(people, person, MOMENT_CREATED, 0, 0,
                          watch_crowd_lane(&people->crowd, by)));
    stand_in_line(people, person, people->now_ns, READY_WOKEN, -1);
}

static void leave(struct watch_people *people, struct watched *person)
{
    if (person->where == GONE)
        return;
    journal_add(people->journal, moment_of(people, person, MOMENT_DOES,
                                           EVENT_THREAD, person->tid, 0));
    journal_add(people->journal,
                moment_of(people, person, MOMENT_IS, EVENT_DONE, 0, -1));
    person->where = GONE;
    watch_thing_wake(people->things, person->pid, person->self, people->now_ns,
                     person->tid);
}

/* --- locks ----------------------------------------------------------------- */

static void act(struct watch_people *people, int tid, enum event_kind event,
                int lock)
{
    const struct watched *person = watch_crowd_find(&people->crowd, tid);

    if (person && lock >= 0)
        journal_add(people->journal,
                    moment_of(people, person, MOMENT_DOES, event,
                              event == EVENT_UNLOCKED ? -1 : 0, lock));
}

/* It has the lock, perhaps since long ago: who takes a free one says nothing, so
 * neither may whoever had it last have told that it gave it back. */
static void hold(struct watch_people *people, int pid, uint64_t address,
                 int tid)
{
    int lock = watch_thing_number(people->things, pid, address, RECORD_LOCK);
    int before = watch_thing_held(people->things, pid, address, tid);

    if (before == tid)
        return;
    if (before)
        act(people, before, EVENT_UNLOCKED, lock);
    act(people, tid, EVENT_LOCKED, lock);
}

static void let_go(struct watch_people *people, int pid, uint64_t address,
                   int tid)
{
    if (!watch_thing_is_held(people->things, pid, address, tid))
        return;
    watch_thing_held(people->things, pid, address, 0);
    act(people, tid, EVENT_UNLOCKED,
        watch_thing_number(people->things, pid, address, RECORD_LOCK));
}

/* The name has RECORD_TEXT_BYTES, or ends before. */
static void be_named(struct watch_people *people, struct watched *person,
                     const char *name)
{
    char text[RECORD_TEXT_BYTES + 1];

    snprintf(text, sizeof text, "%.*s", RECORD_TEXT_BYTES, name);
    watch_crowd_call(&people->crowd, person, text);
    person->named = true;
}

/* --- what the kernel says -------------------------------------------------- */

static void take_kernel(struct watch_people *people,
                        const struct switch_record *record)
{
    struct watched *person;

    if (record->kind == SWITCH_LOST) {
        journal_remark(people->journal, REMARK_LOST, 0, 0);
        return;
    }
    person = watch_crowd_meet(&people->crowd, record->pid, record->tid);
    if (!person)
        return;
    switch (record->kind) {
    case SWITCH_IN:
        stop_waiting(people, person);
        come(people, person, record->cpu);
        break;
    case SWITCH_STOPPED:
        stand_in_line(people, person, people->now_ns, READY_PREEMPTED, -1);
        break;
    case SWITCH_WAITS:
        wait(people, person);
        break;
    case SWITCH_BORN: {
        const struct watched *parent = watch_crowd_find(&people->crowd,
                                                        record->by);

        if (parent && !person->named)
            watch_crowd_inherit(&people->crowd, person, parent);
        if (person->where == NOWHERE)
            appear(people, person, record->by);
        break;
    }
    case SWITCH_ENDED:
        leave(people, person);
        break;
    case SWITCH_NAMED:
        be_named(people, person, record->name);
        if (person->where == NOWHERE)
            come(people, person, record->cpu);
        break;
    case SWITCH_LOST:
        break;
    }
}

/* --- what the library says ------------------------------------------------- */

/* Only the library sees anything: whoever calls it is on a core, and whoever was
 * there before is not. */
static void be_seen(struct watch_people *people, struct watched *person,
                    int cpu)
{
    struct watched *other;

    if (cpu < 0 || cpu >= CPUS_MAX)
        return;
    other = people->of_cpu[cpu] ? &people->crowd.person[people->of_cpu[cpu] - 1]
                                : NULL;
    if (other && other != person && other->where == ON_CORE &&
        other->cpu == cpu)
        stand_in_line(people, other, people->now_ns, READY_PREEMPTED, -1);
    people->of_cpu[cpu] = (uint32_t)(person - people->crowd.person) + 1;
    if (person->where == ON_CORE && person->cpu == cpu)
        return;
    stop_waiting(people, person);
    come(people, person, cpu);
}

/* A function of a library says nothing to the reader. */
static void begin_thread(struct watch_people *people, struct watched *person,
                         const struct watch_item *item)
{
    char name[WATCH_NAME_BYTES];

    if (person->where == NOWHERE)
        appear(people, person, (int)item->library.value);
    if (person->named)
        return;
    if (!watch_thing_function(people->things, item->pid, item->library.object,
                              name))
        snprintf(name, sizeof name, "thread-%d",
                 watch_crowd_number(&people->crowd, person));
    watch_crowd_call(&people->crowd, person, name);
}

static void ask(struct watch_people *people, struct watched *person,
                const struct record *record)
{
    person->asks = true;
    person->wait = record->detail;
    person->object = record->object;
    person->value = record->value;
    person->since_ns = people->now_ns;
    if (record->detail == RECORD_LOCK && record->value > 0)
        hold(people, person->pid, record->object, (int)record->value);
    if (!people->by_kernel)
        wait(people, person);
}

static void take_library(struct watch_people *people,
                         const struct watch_item *item)
{
    struct watched *person = watch_crowd_meet(&people->crowd, item->pid,
                                              item->tid);
    const struct record *record = &item->library;

    if (!person)
        return;
    if (record->kind == RECORD_BEGIN)
        begin_thread(people, person, item);
    if (!people->by_kernel)
        be_seen(people, person, (int)record->cpu);
    switch (record->kind) {
    case RECORD_PROCESS:
        watch_thing_process(people->things, item->pid, record->object);
        break;
    case RECORD_PATH:
        watch_thing_path(people->things, item->pid, record->text,
                         strnlen(record->text, RECORD_TEXT_BYTES));
        if (!person->named)
            watch_crowd_call(&people->crowd, person,
                             watch_thing_program(people->things, item->pid));
        break;
    case RECORD_SELF:
        person->self = record->object;
        watch_thing_self(people->things, item->pid, record->object, item->tid);
        solve(people, item->pid, record->object);
        break;
    case RECORD_END:
        if (!people->by_kernel)
            leave(people, person);
        break;
    case RECORD_NAME:
        be_named(people, person, record->text);
        break;
    case RECORD_WAIT:
        ask(people, person, record);
        break;
    case RECORD_GOT:
        if (record->detail == RECORD_LOCK)
            hold(people, item->pid, record->object, item->tid);
        if (record->detail == RECORD_JOIN) /* the next one may be called so */
            watch_thing_self(people->things, item->pid, record->object, 0);
        person->asks = false;
        break;
    case RECORD_LEFT:
        person->asks = false;
        break;
    case RECORD_WAKE:
        if (record->detail == RECORD_LOCK)
            let_go(people, item->pid, record->object, item->tid);
        watch_thing_wake(people->things, item->pid, record->object,
                         people->now_ns, item->tid);
        break;
    }
}

void watch_people_item(struct watch_people *people,
                       const struct watch_item *item)
{
    /* A library's times are what somebody else's program left there. */
    if (item->t_ns > people->now_ns)
        people->now_ns = item->t_ns;
    if (item->of_kernel)
        take_kernel(people, &item->kernel);
    else
        take_library(people, item);
}
