/*
 * random_sure.h -- workloads of the whole language that must end well, the same
 * for a seed.
 *
 * What is held is taken in one order, whoever waits is served in the end, and
 * what is done depends neither on order nor on time: whoever is first, both
 * branches do the same work. So every mode must finish, with one checksum.
 */
#ifndef CONCVIZ_TESTS_SCHED_RANDOM_SURE_H
#define CONCVIZ_TESTS_SCHED_RANDOM_SURE_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/base/random.h"
#include "sched/base/strbuf.h"

struct sure {
    struct strbuf *text;
    uint64_t random;
    int steps; /* still to be written for this task */
    int depth;
    int taken;  /* what is held: only what comes later is taken */
    int group;  /* being written; those before it may be waited for */
    bool timed; /* the clock may decide who is first */
    bool alone; /* nobody waits for what comes later in the file */
};

static inline int sure_dice(struct sure *sure, int sides)
{
    return (int)random_below(&sure->random, (uint64_t)sides);
}

static inline void sure_steps(struct sure *sure, int most);

static inline void sure_body(struct sure *sure)
{
    sure->depth++;
    sure_steps(sure, 2);
    sure->depth--;
}

/* Whatever is between is done with it, and nothing that comes before it. */
static inline void sure_section(struct sure *sure)
{
    static const char *const take[] = { "lock m[0]",    "lock m[1]",
                                        "lock m[2]",    "acquire s[0]",
                                        "acquire s[1]", "rlock r",
                                        "wlock r" };
    static const char *const give[] = { "unlock m[0]",  "unlock m[1]",
                                        "unlock m[2]",  "release s[0]",
                                        "release s[1]", "unlock r",
                                        "unlock r" };
    int before = sure->taken, which, ms;

    if (before == 7) {
        strbuf_adds(sure->text, "cpu 1");
        return;
    }
    which = before + sure_dice(sure, 7 - before);
    sure->taken = which >= 5 ? 7 : which + 1;
    if (sure_dice(sure, 2)) {
        strbuf_addf(sure->text, "%s, ", take[which]);
        sure_body(sure);
        strbuf_addf(sure->text, ", %s", give[which]);
    } else {
        strbuf_addf(sure->text, "try %s", take[which]);
        if (sure->timed && sure_dice(sure, 2))
            strbuf_addf(sure->text, " for %d", sure_dice(sure, 9));
        ms = sure_dice(sure, 9);
        strbuf_addf(sure->text, " (cpu %d, %s) else (cpu %d)", ms, give[which],
                    ms);
    }
    sure->taken = before;
}

static inline void sure_try(struct sure *sure)
{
    static const char *const what[] = { "recv out v", "send in[1] x",
                                        "recv silent" };
    int which = sure_dice(sure, 3), ms = sure_dice(sure, 9);

    strbuf_addf(sure->text, "try %s", what[which]);
    if (sure->timed && sure_dice(sure, 2))
        strbuf_addf(sure->text, " for %d", ms);
    strbuf_addf(sure->text, " (cpu %d) else (cpu %d)", ms, ms);
}

static inline void sure_select(struct sure *sure)
{
    int ms = sure_dice(sure, 9);

    strbuf_addf(sure->text, "select (recv out v: cpu %d; send in[0] x: cpu %d",
                ms, ms);
    if (sure_dice(sure, 2))
        strbuf_addf(sure->text, "; recv silent: cpu %d", ms);
    if (sure->alone || sure_dice(sure, 3) == 0)
        strbuf_addf(sure->text, "; else: cpu %d", ms);
    else if (sure->timed && sure_dice(sure, 2))
        strbuf_addf(sure->text, "; after %d: cpu %d", sure_dice(sure, 9), ms);
    strbuf_addc(sure->text, ')');
}

/* Wait for what comes in any case; nothing is held meanwhile. */
static inline void sure_wait(struct sure *sure)
{
    int ms = sure_dice(sure, 9);

    switch (sure->taken > 0 ? 0 : sure_dice(sure, 4)) {
    case 0:
        strbuf_adds(sure->text, sure->alone ? "cpu 1" : "recv out v, cpu v");
        break;
    case 1:
        if (sure->group > 0)
            strbuf_addf(sure->text, "join T%d[0]",
                        sure_dice(sure, sure->group));
        else
            strbuf_adds(sure->text, "join gate");
        break;
    case 2:
        if (sure->timed) {
            strbuf_addf(sure->text, "lock g, try wait k with g for %d ", ms);
            strbuf_addf(sure->text, "(cpu %d) else (cpu %d), unlock g", ms, ms);
            break;
        }
        /* fall through */
    default:
        strbuf_adds(sure->text, "lock g, while open == 0 (wait k with g), "
                                "unlock g");
    }
}

static inline void sure_time(struct sure *sure)
{
    static const char *const word[] = { "sleep", "block" };
    int which = sure_dice(sure, 2);

    if (sure->timed)
        strbuf_addf(sure->text, "%s %d", word[which], sure_dice(sure, 9));
    else
        strbuf_adds(sure->text, which ? "cpu 3 by 2" : "cpu 500us");
}

static inline void sure_step(struct sure *sure)
{
    static const char *const simple[] = {
        "yield",
        "yield to gate",
        "n = n + 1",
        "read n, write n+1",
        "atomic (n = n + 1)",
        "atomic (if n > 3 (n = n - 1) else (n = n + me))",
        "x = 0..5, cpu x",
        "x = (x * 3 + w[me mod 3]) mod 20",
        "cpu w[x mod 3] - me / 4",
        "say \"{x} of {n} {braces}\"",
        "sum 1..9",
        "priority 2",
        "lock g, broadcast k, unlock g",
        "lock g, signal k, unlock g",
        "send in[x mod 2] x + 1", /* the last two may wait */
        "send in[me mod 2] n",
    };

    switch (sure_dice(sure, 11)) {
    case 0:
    case 1:
        sure_section(sure);
        break;
    case 2:
        sure_try(sure);
        break;
    case 3:
        sure_select(sure);
        break;
    case 4:
        sure_wait(sure);
        break;
    case 5:
        sure_time(sure);
        break;
    default:
        strbuf_adds(sure->text, simple[sure_dice(sure, sure->alone ? 14 : 16)]);
    }
}

static inline void sure_control(struct sure *sure)
{
    static const char *const begin[] = {
        "repeat 2 (",
        "repeat x mod 3 (",
        "if x > 3 and w[0] != x (",
        "if not x == 2 or me < 1 (",
        "i = 0, while i < 2 (i = i + 1, ",
        "j = 0, repeat (j = j + 1, if j > 2 (break), ",
    };
    int which = sure_dice(sure, sure->depth > 0 ? 4 : 6);

    strbuf_adds(sure->text, begin[which]);
    sure_body(sure);
    strbuf_addc(sure->text, ')');
    if ((which == 2 || which == 3) && sure_dice(sure, 2)) {
        strbuf_adds(sure->text, " else (");
        sure_body(sure);
        strbuf_addc(sure->text, ')');
    }
}

static inline void sure_steps(struct sure *sure, int most)
{
    int count = 1 + sure_dice(sure, most);

    for (int i = 0; i < count; i++) {
        if (i > 0)
            strbuf_adds(sure->text, sure_dice(sure, 6) ? ", " : ",\n  ");
        sure->steps--;
        if (sure->depth < 3 && sure->steps > 0 && sure_dice(sure, 4) == 0)
            sure_control(sure);
        else
            sure_step(sure);
    }
}

static inline void sure_attributes(struct sure *sure)
{
    static const char *const word[] = { "line", "priority", "tickets", "nice" };

    for (int i = 0; i < 4; i++)
        if (sure_dice(sure, 4) == 0)
            strbuf_addf(sure->text, " %s %d", word[i], 1 + sure_dice(sure, 3));
    if (sure->timed && !sure->alone && sure_dice(sure, 4) == 0)
        strbuf_addf(sure->text, " at %d", 10 + sure_dice(sure, 10));
    if (!sure->alone && sure_dice(sure, 4) == 0) {
        strbuf_adds(sure->text, " after gate");
        if (sure->group > 0)
            strbuf_adds(sure->text, " T0[0]");
    }
}

/* The first ones meet at the barrier. */
static inline void sure_group(struct sure *sure, int members)
{
    strbuf_addf(sure->text, "task T%d[%d]", sure->group, members);
    sure_attributes(sure);
    strbuf_adds(sure->text, ": x = me, ");
    sure->steps = 20;
    sure_steps(sure, 9);
    if (sure->group == 0 && !sure->alone)
        strbuf_adds(sure->text, ", wait b");
    if (sure_dice(sure, 4) == 0)
        strbuf_adds(sure->text, ", if x > 3 (stop), cpu 2");
    strbuf_addc(sure->text, '\n');
}

static inline void sure_declare(struct sure *sure, int members)
{
    struct strbuf *text = sure->text;
    static const char *const heads[] = { "", "lines own\n", "slice 7\n",
                                         "slice 0\n" };

    strbuf_adds(text, heads[sure_dice(sure, 4)]);
    strbuf_addf(text,
                "shared n = 0\nshared open = 0\nshared w[3] = 4, 5,\n  "
                "6\nnever n < 0\nbarrier b %d\n",
                members);
    strbuf_addf(text, "channel in[2] size %d\n", sure_dice(sure, 3));
    strbuf_addf(text, "channel out size %d\n", sure_dice(sure, 3));
    strbuf_addf(text, "channel pipe size %d\nchannel silent\n",
                sure->alone ? 3 : sure_dice(sure, 3));
    strbuf_addf(text, "semaphore s[2] = %d\n", 1 + sure_dice(sure, 2));
    strbuf_addf(text, "condition k\nmutex m[3]%s\nrwlock r%s\n",
                sure_dice(sure, 2) ? " inherit" : "",
                sure_dice(sure, 2) ? " readers" : "");
}

/* Those who see to it that nobody waits for ever. */
static inline void sure_helpers(struct sure *sure)
{
    struct strbuf *text = sure->text;

    strbuf_adds(text, "task gate: spawn child, ");
    if (!sure->alone && sure_dice(sure, 2))
        strbuf_adds(text, "yield, join child, ");
    strbuf_adds(text, "cpu 1, lock g, open = 1, broadcast k, unlock g, "
                      "cancel victim\n"
                      "task child at spawn: cpu 2, sum 1..4\n");
    strbuf_adds(text, sure_dice(sure, 2)
                          ? "task victim: recv silent\n"
                          : "task victim: lock v, recv silent\n");
    if (!sure->alone)
        strbuf_adds(text, "task sink[2] daemon: for v from in[me] (cpu 1)\n"
                          "task source daemon: repeat (send out 3)\n");
}

static inline void sure_others(struct sure *sure)
{
    struct strbuf *text = sure->text;

    if (sure_dice(sure, 3) == 0)
        strbuf_adds(text, "generator G: repeat 3 (cpu 1, yield)\n"
                          "task caller: repeat 4 (next G)\n");
    if (sure_dice(sure, 3) == 0)
        strbuf_adds(text,
                    "task writer: repeat 3 (send pipe 2), close pipe\n"
                    "task reader: for y from pipe (cpu y, say \"{y}\")\n");
    if (sure->timed && sure_dice(sure, 3) == 0)
        strbuf_adds(text, "task tick period 20 deadline 15 times 3: cpu 2\n");
}

/* Append the workload of a seed; timed: with what the clock decides, too;
 * alone: each can be done when those before it in the file are done. */
static inline void random_sure(struct strbuf *text, uint64_t seed, bool timed,
                               bool alone)
{
    struct sure sure = {
        .text = text, .random = seed, .timed = timed, .alone = alone
    };
    int members = 1 + sure_dice(&sure, 3), groups = 1 + sure_dice(&sure, 3);

    sure_declare(&sure, members);
    sure_helpers(&sure);
    for (sure.group = 0; sure.group < groups; sure.group++)
        sure_group(&sure, sure.group ? 1 + sure_dice(&sure, 3) : members);
    sure_others(&sure);
}

#endif
