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
#include "sched/watch/watch_item.h"
#include "sched/watch/watch_thing.h"

enum {
    TIDS_MAX = 4 * 1024 * 1024, /* of Linux */
    TIDS_FIRST = 1024,
    CPUS_MAX = JOURNAL_PLACES_MAX
};

enum watched_where {
    NOWHERE,
    ON_CORE,
    IN_LINE,
    WAITING,
    GONE
};

/* A thread. */
struct watched {
    int tid, pid;
    uint32_t lane;
    int said;      /* word: what it is called, whatever we call it; or -1 */
    uint64_t self; /* its pthread_t, if it told us */
    enum watched_where where;
    int cpu;
    bool named; /* by itself or by us, not by its parent's name */
    bool asks;  /* it told that it waits, and not yet that it goes on */
    unsigned wait;
    uint64_t object;
    int64_t value, since_ns;
};

struct watch_people {
    struct journal *journal;
    bool by_kernel;
    const char *first; /* what the first is called, or NULL */
    struct watch_things *things;
    struct watched *person;
    size_t count, room;
    uint32_t *of_tid; /* number + 1, or 0: of so many threads: */
    int tids;
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
    people->first = first;
    people->things = watch_things_new(journal);
    people->of_cpu = xcalloc(CPUS_MAX, sizeof *people->of_cpu);
    return people;
}

void watch_people_free(struct watch_people *people)
{
    if (!people)
        return;
    watch_things_free(people->things);
    free(people->person);
    free(people->of_tid);
    free(people->of_cpu);
    free(people);
}

/* --- people ---------------------------------------------------------------- */

/* Its numbers may be in millions where a machine has long been up, and are in
 * thousands elsewhere. */
static void make_room(struct watch_people *people, int tid)
{
    int tids = people->tids ? people->tids : TIDS_FIRST;

    if (tid < people->tids)
        return;
    while (tids <= tid)
        tids *= 2;
    people->of_tid = xreallocarray(people->of_tid, (size_t)tids,
                                   sizeof *people->of_tid);
    memset(people->of_tid + people->tids, 0,
           (size_t)(tids - people->tids) * sizeof *people->of_tid);
    people->tids = tids;
}

/* Numbers of threads are used again: after its end, a number is somebody else. */
static struct watched *meet(struct watch_people *people, int pid, int tid)
{
    struct watched *person;
    struct journal_lane *lane;
    char text[48];
    int label;

    people->person = xgrow(people->person, people->count, &people->room,
                           sizeof *people->person);
    person = &people->person[people->count++];
    *person = (struct watched){ .tid = tid, .pid = pid, .said = -1, .cpu = -1 };
    snprintf(text, sizeof text, "%d %zu", tid, people->count);
    person->lane = journal_lane(people->journal, text);
    make_room(people, tid);
    people->of_tid[tid] = (uint32_t)people->count;
    if (person->lane == JOURNAL_NO_LANE)
        return person;
    snprintf(text, sizeof text, "%d", tid);
    label = journal_word(people->journal, text);
    lane = journal_lane_at(people->journal, person->lane);
    lane->label = label;
    return person;
}

static struct watched *find(const struct watch_people *people, int tid)
{
    uint32_t number = tid > 0 && tid < people->tids ? people->of_tid[tid] : 0;

    return number ? &people->person[number - 1] : NULL;
}

static struct watched *find_or_meet(struct watch_people *people, int pid,
                                    int tid)
{
    struct watched *person = find(people, tid);

    if (tid <= 0 || tid >= TIDS_MAX)
        return NULL;
    return person && person->where != GONE ? person : meet(people, pid, tid);
}

/* The lane of a thread that is named by others; -1: nobody knows it. */
static int32_t lane_of(const struct watch_people *people, int tid)
{
    const struct watched *person = find(people, tid);

    return person && person->lane != JOURNAL_NO_LANE ? (int32_t)person->lane
                                                     : -1;
}

static void call(struct watch_people *people, struct watched *person,
                 const char *name)
{
    bool is_first = people->first && person == people->person;
    int word = journal_word(people->journal, is_first ? people->first : name);

    person->said = journal_word(people->journal, name);
    if (word >= 0 && person->lane != JOURNAL_NO_LANE)
        journal_lane_at(people->journal, person->lane)->name = word;
}

/* Whoever is made is called as its parent is, until it is called otherwise. */
static void inherit(struct watch_people *people, struct watched *person,
                    const struct watched *parent)
{
    person->said = parent->said;
    if (person->said >= 0 && person->lane != JOURNAL_NO_LANE)
        journal_lane_at(people->journal, person->lane)->name = person->said;
}

/* --- moments --------------------------------------------------------------- */

static void add(struct watch_people *people, const struct watched *person,
                int64_t t_ns, struct journal_moment moment)
{
    moment.t_ns = t_ns;
    moment.lane = person->lane;
    journal_add(people->journal, moment);
}

static void come(struct watch_people *people, struct watched *person, int cpu)
{
    add(people, person, people->now_ns,
        (struct journal_moment){
            .kind = MOMENT_IS,
            .event = EVENT_RUN,
            .object = -1,
            .place = journal_place(people->journal, cpu, true),
        });
    person->where = ON_CORE;
    person->cpu = cpu;
}

static void stand_in_line(struct watch_people *people, struct watched *person,
                          int64_t t_ns, enum ready_cause cause, int32_t by)
{
    add(people, person, t_ns,
        (struct journal_moment){ .kind = MOMENT_IS,
                                 .event = EVENT_READY,
                                 .value = cause,
                                 .object = by,
                                 .place = JOURNAL_NO_PLACE });
    person->where = IN_LINE;
}

/* The journal's number of what it told that it waits for; -1: not known. */
static int32_t waited_for(const struct watch_people *people,
                          const struct watched *person)
{
    if (person->wait == RECORD_JOIN)
        return lane_of(people, watch_thing_thread(people->things, person->pid,
                                                  person->object));
    return watch_thing_number(people->things, person->pid, person->object,
                              person->wait);
}

/* For what it told us, or for something that only the kernel knows. */
static void wait(struct watch_people *people, struct watched *person)
{
    struct journal_moment moment = { .kind = MOMENT_IS,
                                     .event = EVENT_AWAIT,
                                     .value = TIME_NEVER,
                                     .object = -1,
                                     .place = JOURNAL_NO_PLACE };

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
    add(people, person, people->now_ns, moment);
}

/* A thread may be waited for before it has told who it is. */
static void solve(struct watch_people *people, int pid, uint64_t self)
{
    for (size_t i = 0; people->puzzled && i < people->count; i++) {
        struct watched *person = &people->person[i];

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
                      lane_of(people, by));
}

static void appear(struct watch_people *people, struct watched *person, int by)
{
    add(people, person, people->now_ns,
        (struct journal_moment){ .kind = MOMENT_CREATED,
                                 .object = lane_of(people, by),
                                 .place = JOURNAL_NO_PLACE });
    stand_in_line(people, person, people->now_ns, READY_WOKEN, -1);
}

static void leave(struct watch_people *people, struct watched *person)
{
    if (person->where == GONE)
        return;
    add(people, person, people->now_ns,
        (struct journal_moment){ .kind = MOMENT_DOES,
                                 .event = EVENT_THREAD,
                                 .value = person->tid,
                                 .place = JOURNAL_NO_PLACE });
    add(people, person, people->now_ns,
        (struct journal_moment){ .kind = MOMENT_IS,
                                 .event = EVENT_DONE,
                                 .object = -1,
                                 .place = JOURNAL_NO_PLACE });
    person->where = GONE;
    watch_thing_wake(people->things, person->pid, person->self, people->now_ns,
                     person->tid);
}

/* --- locks ----------------------------------------------------------------- */

static void act(struct watch_people *people, int tid, enum event_kind event,
                int lock)
{
    const struct watched *person = find(people, tid);

    if (person && lock >= 0)
        add(people, person, people->now_ns,
            (struct journal_moment){
                .kind = MOMENT_DOES,
                .event = (uint8_t)event,
                .object = lock,
                .value = event == EVENT_UNLOCKED ? -1 : 0,
                .place = JOURNAL_NO_PLACE,
            });
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

/* --- what the kernel says -------------------------------------------------- */

static void take_kernel(struct watch_people *people,
                        const struct switch_record *record)
{
    struct watched *person;

    if (record->kind == SWITCH_LOST) {
        journal_remark(people->journal, REMARK_LOST, 0, 0);
        return;
    }
    person = find_or_meet(people, record->pid, record->tid);
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
        const struct watched *parent = find(people, record->by);

        if (parent && !person->named)
            inherit(people, person, parent);
        if (person->where == NOWHERE)
            appear(people, person, record->by);
        break;
    }
    case SWITCH_ENDED:
        leave(people, person);
        break;
    case SWITCH_NAMED:
        call(people, person, record->name);
        person->named = true;
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
    other = people->of_cpu[cpu] ? &people->person[people->of_cpu[cpu] - 1]
                                : NULL;
    if (other && other != person && other->where == ON_CORE &&
        other->cpu == cpu)
        stand_in_line(people, other, people->now_ns, READY_PREEMPTED, -1);
    people->of_cpu[cpu] = (uint32_t)(person - people->person) + 1;
    if (person->where == ON_CORE && person->cpu == cpu)
        return;
    stop_waiting(people, person);
    come(people, person, cpu);
}

/* Which thread of its process it is; the first one that was met is 0. */
static int number_of(const struct watch_people *people,
                     const struct watched *person)
{
    int number = 0;

    for (const struct watched *other = people->person; other < person; other++)
        number += other->pid == person->pid;
    return number;
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
        snprintf(name, sizeof name, "thread-%d", number_of(people, person));
    call(people, person, name);
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
    struct watched *person = find_or_meet(people, item->pid, item->tid);
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
            call(people, person,
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
    case RECORD_NAME: {
        char name[RECORD_TEXT_BYTES + 1];

        snprintf(name, sizeof name, "%.*s", RECORD_TEXT_BYTES, record->text);
        call(people, person, name);
        person->named = true;
        break;
    }
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
