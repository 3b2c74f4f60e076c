/*
 * mode.c -- the one table of modes.
 *
 * It stands below everything that runs anything, because lessons and pictures
 * ask what a mode can do, too, without being able to run it.
 */
#include "sched/trace/mode.h"

#include <string.h>

#include "sched/base/i18n.h"

const struct mode mode_table[MODE_COUNT + 1] = {
    [MODE_SEQUENTIAL] = { "sequential", N_("one task after another"),
                          REPEATABLE | TO_THE_END },
    [MODE_COROUTINE] = { "coroutine", N_("coroutines, one machine"),
                         REPEATABLE },
    [MODE_THREADS] = { "threads", N_("threads, one machine"), PREEMPTIVE },
    [MODE_PARALLEL] = { "parallel", N_("threads, several machines"),
                        PREEMPTIVE | PARALLEL },
    [MODE_HYBRID] = { "hybrid", N_("coroutines, several machines"), PARALLEL },
};

const struct mode *mode_find(const char *name)
{
    for (const struct mode *mode = mode_table; mode->name; mode++)
        if (strcmp(mode->name, name) == 0)
            return mode;
    return NULL;
}

/* An unknown mode can do nothing, so callers that only ask what to show need no
 * special case. */
unsigned mode_traits(const char *name)
{
    const struct mode *mode = mode_find(name);

    return mode ? mode->traits : 0;
}
