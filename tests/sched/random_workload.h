/*
 * random_workload.h -- workloads nobody would write, the same for a seed.
 *
 * Valid text with up to 20 tasks and a bounded number of steps each. Every
 * workload uses only some of the kinds of steps, so that many of them finish
 * and others end in a deadlock.
 */
#ifndef CONCVIZ_TESTS_SCHED_RANDOM_WORKLOAD_H
#define CONCVIZ_TESTS_SCHED_RANDOM_WORKLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/base/random.h"
#include "sched/base/strbuf.h"

enum {
    RANDOM_TASKS = 20,
    RANDOM_STEPS = 50,
};

struct author {
    struct strbuf *text;
    const char *unit; /* of all times; "" is milliseconds */
    uint64_t random;
    int tasks, generators;
    int steps;      /* still to be written for this task */
    int depth;      /* of repeats and locks */
    unsigned held;  /* locks held here */
    unsigned kinds; /* which groups of steps are used */
    int task;       /* being written */
    int spawned;    /* tasks from this one on are spawned */
    int spawner;
    int waiters;    /* tasks that wait on the barrier */
    bool waits;     /* this task does */
    bool timeless;  /* the clock decides nothing */
    bool yields_to; /* somebody hands over by name */
    bool monitors;  /* semaphores and their like, too */
};

/* Groups of steps: bits of author.kinds. */
enum {
    WITH_SLEEP = 1 << 0,
    WITH_YIELD = 1 << 1,
    WITH_LOCK = 1 << 2,
    WITH_SHARED = 1 << 3,
    WITH_CHANNEL = 1 << 4,
    WITH_BARRIER = 1 << 5,
    WITH_JOIN = 1 << 6,
    WITH_PRIORITY = 1 << 7,
    WITH_HAND_OVER = 1 << 8,
};

/* Never two in one list of arguments: which is thrown first is for the
 * compiler to say, and the workload of a seed would be another one. */
static inline int dice(struct author *author, int sides)
{
    return (int)random_below(&author->random, (uint64_t)sides);
}

static inline void write_steps(struct author *author, bool generator);

static inline void write_body(struct author *author, bool generator)
{
    author->depth++;
    write_steps(author, generator);
    author->depth--;
}

/* A step that any task may do, a generator too. */
static inline void write_simple(struct author *author)
{
    struct strbuf *text = author->text;

    switch (dice(author, 6)) {
    case 0:
        strbuf_addf(text, "cpu %d%s", dice(author, 40), author->unit);
        strbuf_addf(text, " by %d%s", 5 + dice(author, 9), author->unit);
        break;
    case 1:
        strbuf_adds(text, "say \"so\"");
        break;
    case 2:
        strbuf_addf(text, "sum %d..", dice(author, 9));
        strbuf_addf(text, "%d", 9 + dice(author, 9));
        break;
    default:
        strbuf_addf(text, "cpu %d%s", dice(author, 30), author->unit);
        break;
    }
}

static inline void write_section(struct author *author)
{
    int lock = dice(author, 3);

    if (author->held & (1U << lock) || author->depth > 3) {
        write_simple(author);
        return;
    }
    author->held |= 1U << lock;
    strbuf_addf(author->text, "lock m%d, ", lock);
    write_body(author, false);
    strbuf_addf(author->text, ", unlock m%d", lock);
    author->held &= ~(1U << lock);
}

static inline void write_channel(struct author *author)
{
    static const char *const word[] = { "send", "recv", "send", "recv",
                                        "send", "recv", "send", "close" };

    strbuf_addf(author->text, "%s ", word[dice(author, 8)]);
    strbuf_addf(author->text, "c%d", dice(author, 3));
}

/* A section between two steps that name one of two things; held says whether it
 * may be inside itself. */
static inline void write_between(struct author *author, const char *begin,
                                 const char *end, unsigned held)
{
    int number = dice(author, 2);
    unsigned bit = held << number;

    if (author->held & bit || author->depth > 3) {
        write_simple(author);
        return;
    }
    author->held |= bit;
    strbuf_addf(author->text, "%s%d, ", begin, number);
    write_body(author, false);
    strbuf_addf(author->text, ", %s%d", end, number);
    author->held &= ~bit;
}

/* What comes one by one may wait for ever; in pairs it seldom does. */
static inline void write_monitor(struct author *author)
{
    struct strbuf *text = author->text;

    switch (dice(author, 12)) {
    case 0:
        strbuf_addf(text, "acquire s%d", dice(author, 2));
        break;
    case 1:
    case 2:
        strbuf_addf(text, "release s%d", dice(author, 2));
        break;
    case 3:
        strbuf_addf(text, "signal k%d", dice(author, 2));
        break;
    case 4:
    case 5:
        strbuf_addf(text, "broadcast k%d", dice(author, 2));
        break;
    case 6:
        if (author->task > 0)
            strbuf_addf(text, "cancel T%d", dice(author, author->task));
        else
            strbuf_adds(text, "broadcast k0");
        break;
    case 7:
        strbuf_addf(text, "lock i, wait k%d with i, unlock i", dice(author, 2));
        break;
    case 8:
        write_between(author, "rlock r", "unlock r", 1U << 10);
        break;
    case 9:
        write_between(author, "wlock r", "unlock r", 1U << 10);
        break;
    default:
        write_between(author, "acquire s", "release s", 1U << 15);
    }
}

/* One of the kinds this workload uses, or a simple step. */
static inline void write_step(struct author *author)
{
    struct strbuf *text = author->text;
    unsigned kind;

    if (author->monitors && dice(author, 3) == 0) {
        write_monitor(author);
        return;
    }
    kind = 1U << dice(author, 11);
    if (!(author->kinds & kind)) {
        write_simple(author);
        return;
    }
    switch (kind) {
    case WITH_SLEEP:
        strbuf_adds(text, dice(author, 3) ? "sleep " : "block ");
        strbuf_addf(text, "%d%s", dice(author, 30), author->unit);
        break;
    case WITH_YIELD:
        strbuf_adds(text, "yield");
        break;
    case WITH_LOCK:
        write_section(author);
        break;
    case WITH_SHARED:
        strbuf_adds(text, dice(author, 2) ? "read n" : "write n+1");
        break;
    case WITH_CHANNEL:
        write_channel(author);
        break;
    case WITH_BARRIER:
        author->waiters += !author->waits;
        author->waits = true;
        strbuf_adds(text, "wait b");
        break;
    case WITH_JOIN: /* of an earlier one: no task waits for itself */
        if (author->task > 0)
            strbuf_addf(text, "join T%d", dice(author, author->task));
        else
            write_simple(author);
        break;
    case WITH_PRIORITY:
        strbuf_addf(text, "priority %d", dice(author, 4));
        break;
    default: /* WITH_HAND_OVER */
        author->yields_to = author->task > 0;
        if (author->task > 0)
            strbuf_addf(text, "yield to T%d", dice(author, author->task));
        else
            strbuf_adds(text, "yield");
        break;
    }
}

static inline void write_steps(struct author *author, bool generator)
{
    int count = 1 + dice(author, author->depth == 0 ? 8 : 3);

    for (int i = 0; i < count; i++) {
        if (i > 0)
            strbuf_adds(author->text, ", ");
        author->steps--;
        if (author->depth < 3 && author->steps > 0 && dice(author, 8) == 0) {
            strbuf_addf(author->text, "repeat %d (", 1 + dice(author, 4));
            write_body(author, generator);
            strbuf_addc(author->text, ')');
        } else if (generator) {
            if (dice(author, 3) == 0)
                strbuf_adds(author->text, "yield");
            else
                write_simple(author);
        } else if (author->generators > 0 && dice(author, 8) == 0) {
            strbuf_addf(author->text, "next G%d",
                        dice(author, author->generators));
        } else {
            write_step(author);
        }
    }
}

static inline void write_attributes(struct author *author)
{
    if (dice(author, 3) == 0)
        strbuf_addf(author->text, " line %d", 1 + dice(author, 3));
    if (dice(author, 3) == 0)
        strbuf_addf(author->text, " priority %d", dice(author, 4));
    if (author->task >= author->spawned)
        strbuf_adds(author->text, " at spawn");
    else if (dice(author, 4) == 0 && !author->timeless)
        strbuf_addf(author->text, " at %d%s", dice(author, 60), author->unit);
    if (author->task > 0 && author->task < author->spawned &&
        dice(author, 6) == 0)
        strbuf_addf(author->text, " after T%d", dice(author, author->task));
}

static inline void write_task(struct author *author)
{
    strbuf_addf(author->text, "task T%d", author->task);
    write_attributes(author);
    strbuf_adds(author->text, ": ");
    if (author->task == author->spawner) {
        for (int i = author->spawned; i < author->tasks; i++)
            strbuf_addf(author->text, "spawn T%d, ", i);
    }
    if (author->kinds & WITH_SHARED) /* nobody may write without a copy */
        strbuf_adds(author->text, "read n, ");
    author->waits = false;
    author->steps = RANDOM_STEPS;
    write_steps(author, false);
    strbuf_addc(author->text, '\n');
}

static inline void write_declarations(struct author *author)
{
    struct strbuf *text = author->text;

    strbuf_addf(text, "shared n = %d\n", dice(author, 9));
    for (int i = 0; i < 3; i++)
        strbuf_addf(text, "channel c%d size %d\n", i, dice(author, 3));
    if (!author->monitors)
        return;
    for (int i = 0; i < 2; i++)
        strbuf_addf(text, "semaphore s%d = %d\n", i, dice(author, 3));
    strbuf_addf(text, "condition k0\ncondition k1\nrwlock r0\nrwlock r1%s\n",
                dice(author, 2) ? " readers" : "");
    strbuf_adds(text, "mutex m0 inherit\nmutex i inherit\n");
}

/* Returns whether tasks hand over by name. */
static inline bool write_workload(struct author *author)
{
    author->tasks = 1 + dice(author, RANDOM_TASKS - 2);
    author->generators = dice(author, 4) == 0 ? 1 + dice(author, 2) : 0;
    author->kinds = (unsigned)random_next(&author->random) & 0x1ff;
    if (dice(author, 2) == 0) /* mostly without what easily gets stuck */
        author->kinds &= ~(unsigned)(WITH_CHANNEL | WITH_BARRIER);
    if (author->timeless)
        author->kinds &= ~(unsigned)WITH_SLEEP;
    author->spawned = author->tasks;
    if (author->tasks > 2 && dice(author, 4) == 0)
        author->spawned = author->tasks - 1 - dice(author, 2);
    author->spawner = dice(author, author->spawned);
    write_declarations(author);
    for (int i = 0; i < author->generators; i++) {
        strbuf_addf(author->text, "generator G%d: ", i);
        author->steps = RANDOM_STEPS;
        write_steps(author, true);
        strbuf_addc(author->text, '\n');
    }
    for (author->task = 0; author->task < author->tasks; author->task++)
        write_task(author);
    strbuf_addf(author->text, "barrier b %d\n",
                1 + dice(author, author->waiters > 0 ? author->waiters : 1));
    return author->yields_to;
}

/* Append the workload of a seed, all times in unit ("" for milliseconds, or
 * "us", "0us", …); NULL: no step and no arrival depends on the clock. Returns
 * whether tasks hand over by name. */
static inline bool random_workload_in(struct strbuf *text, uint64_t seed,
                                      const char *unit)
{
    struct author author = {
        .text = text,
        .random = seed,
        .unit = unit == NULL ? "us" : unit,
        .timeless = unit == NULL,
    };

    return write_workload(&author);
}

static inline bool random_workload(struct strbuf *text, uint64_t seed)
{
    return random_workload_in(text, seed, "");
}

/* The same, timeless, with semaphores and their like. */
static inline void random_workload_monitors(struct strbuf *text, uint64_t seed)
{
    struct author author = {
        .text = text,
        .random = seed,
        .unit = "us",
        .timeless = true,
        .monitors = true,
    };

    write_workload(&author);
}

#endif
