/*
 * random_language.h -- workloads with variables, branches and loops that nobody
 * would write, the same for a seed.
 *
 * Every loop ends, no calculation fails, and every index is one: what may go
 * wrong here is only what concviz does.
 */
#ifndef CONCVIZ_TESTS_SCHED_RANDOM_LANGUAGE_H
#define CONCVIZ_TESTS_SCHED_RANDOM_LANGUAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/base/random.h"
#include "sched/base/strbuf.h"

struct poet {
    struct strbuf *text;
    uint64_t random;
    int steps; /* still to be written for this statement */
    int depth;
    int loops; /* around the step: each has a counter of its own */
    bool atomic;
};

static inline int poet_dice(struct poet *poet, int sides)
{
    return (int)random_below(&poet->random, (uint64_t)sides);
}

static inline void poet_value(struct poet *poet, int depth);

static inline void poet_operand(struct poet *poet, int depth)
{
    switch (poet_dice(poet, 8)) {
    case 0:
        strbuf_adds(poet->text, "n");
        break;
    case 1:
        strbuf_adds(poet->text, "want[(");
        poet_value(poet, depth - 1);
        strbuf_adds(poet->text, ") mod 3]");
        break;
    case 2:
        strbuf_adds(poet->text, "me");
        break;
    case 3:
        strbuf_adds(poet->text, "x");
        break;
    case 4:
        strbuf_adds(poet->text, "값");
        break;
    case 5:
        strbuf_adds(poet->text, "(0..5)");
        break;
    default:
        strbuf_addf(poet->text, "%d", poet_dice(poet, 20));
    }
}

/* Numbers stay small enough: each operand is below 100. */
static inline void poet_value(struct poet *poet, int depth)
{
    static const char *const between[] = { " + ", " - ",  " * ",   " + ",
                                           " < ", " == ", " and ", " or " };
    int which = poet_dice(poet, 8);

    if (depth <= 0) {
        poet_operand(poet, 0);
        return;
    }
    if (poet_dice(poet, 6) == 0)
        strbuf_adds(poet->text, poet_dice(poet, 2) ? "not " : "-");
    strbuf_addc(poet->text, '(');
    poet_operand(poet, depth);
    strbuf_adds(poet->text, between[which]);
    poet_value(poet, depth - 1);
    strbuf_addc(poet->text, ')');
}

static inline void poet_small(struct poet *poet, const char *before, int most)
{
    strbuf_adds(poet->text, before);
    poet_value(poet, 2);
    strbuf_addf(poet->text, ") mod %d", most);
}

static inline void poet_steps(struct poet *poet);

static inline void poet_block(struct poet *poet)
{
    strbuf_adds(poet->text, poet_dice(poet, 4) ? " (" : " (\n  ");
    poet->depth++;
    poet_steps(poet);
    poet->depth--;
    strbuf_addc(poet->text, ')');
}

static inline void poet_branch(struct poet *poet)
{
    strbuf_adds(poet->text, "if ");
    poet_value(poet, 2);
    poet_block(poet);
    if (poet_dice(poet, 2)) {
        strbuf_adds(poet->text, " else");
        poet_block(poet);
    }
}

static inline void poet_loop(struct poet *poet)
{
    int loop = poet->loops++;

    switch (poet_dice(poet, 3)) {
    case 0:
        poet_small(poet, "repeat 1 * (", 4);
        poet_block(poet);
        break;
    case 1:
        strbuf_addf(poet->text, "i%d = 0, while i%d < %d", loop, loop,
                    poet_dice(poet, 4));
        strbuf_addf(poet->text, " (i%d = i%d + 1, ", loop, loop);
        poet->depth++;
        poet_steps(poet);
        poet->depth--;
        strbuf_addc(poet->text, ')');
        break;
    default:
        strbuf_addf(poet->text,
                    "i%d = 0, repeat (i%d = i%d + 1, if i%d > 3 "
                    "(break), ",
                    loop, loop, loop, loop);
        poet->depth++;
        poet_steps(poet);
        poet->depth--;
        strbuf_addc(poet->text, ')');
    }
    poet->loops--;
}

static inline void poet_set(struct poet *poet)
{
    static const char *const name[] = { "x", "n", "값", "x" };

    if (poet_dice(poet, 4) == 0) {
        poet_small(poet, "want[(", 3);
        poet_small(poet, "] = (", 100);
        return;
    }
    strbuf_adds(poet->text, name[poet_dice(poet, 4)]);
    poet_small(poet, " = (", 100);
}

static inline void poet_atomic(struct poet *poet)
{
    strbuf_adds(poet->text, "atomic (");
    poet->atomic = true;
    for (int i = 0; i < 2; i++) {
        poet_set(poet);
        strbuf_adds(poet->text, ", ");
    }
    strbuf_adds(poet->text, "if n == 3 (say \"n is {n}\"))");
    poet->atomic = false;
}

static inline void poet_step(struct poet *poet)
{
    switch (poet_dice(poet, 12)) {
    case 0:
    case 1:
    case 2:
        poet_set(poet);
        break;
    case 3:
        strbuf_adds(poet->text, "yield");
        break;
    case 4:
        poet_small(poet, "cpu (", 9);
        break;
    case 5:
        strbuf_adds(poet->text, "cpu 0..3 by 2");
        break;
    case 6:
        strbuf_adds(poet->text, "say \"{x} {값} of {me} {braces}\"");
        break;
    case 7:
        poet_small(poet, "k = (", 3);
        strbuf_adds(poet->text, ", lock m[k], cpu 1, unlock m[k]");
        break;
    case 8:
        poet_small(poet, "send c[(", 2);
        strbuf_adds(poet->text, "] x + 1");
        break;
    case 9:
        poet_small(poet, "recv c[(", 2);
        strbuf_adds(poet->text, poet_dice(poet, 2) ? "] x" : "] want[1]");
        break;
    case 10:
        poet_atomic(poet);
        break;
    default:
        strbuf_adds(poet->text, "cpu 1");
    }
}

static inline void poet_steps(struct poet *poet)
{
    int count = 1 + poet_dice(poet, 4);

    for (int i = 0; i < count; i++) {
        if (i > 0)
            strbuf_adds(poet->text, poet_dice(poet, 6) ? ", " : ",\n  ");
        poet->steps--;
        if (poet->depth < 3 && poet->steps > 0 && poet_dice(poet, 3) == 0) {
            if (poet_dice(poet, 2))
                poet_branch(poet);
            else
                poet_loop(poet);
        } else {
            poet_step(poet);
        }
    }
}

/* Append the workload of a seed. */
static inline void random_language(struct strbuf *text, uint64_t seed)
{
    struct poet poet = { .text = text, .random = seed };
    int groups = 1 + poet_dice(&poet, 3);

    strbuf_addf(text, "shared n = %d\n", poet_dice(&poet, 9));
    strbuf_adds(text, "shared want[3] = 4, 5,\n  6\nmutex m[3]\n");
    strbuf_addf(text, "channel c[2] size %d\n", poet_dice(&poet, 3) + 1);
    for (int i = 0; i < groups; i++) {
        strbuf_addf(text, "task T%d[%d]: ", i, 1 + poet_dice(&poet, 3));
        strbuf_adds(text, "x = me, 값 = 1, ");
        poet.steps = 30;
        poet_steps(&poet);
        if (poet_dice(&poet, 3) == 0)
            strbuf_adds(text, ", if x > 50 (stop), for y from c[0] (x = y)");
        strbuf_addc(text, '\n');
    }
    strbuf_adds(text, "task end: repeat 4 (yield), close c[0], close c[1]\n");
}

#endif
