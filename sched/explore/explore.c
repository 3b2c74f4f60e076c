/*
 * explore.c -- two ways to look for a bad schedule.
 *
 * By chance: every decision is thrown. Most bad orders are so common that a
 * few hundred throws find one, wherever in the run it hides.
 *
 * In order (explore_order.c): all schedules with few preemptions, then those
 * with more. Where that comes to its end nothing is left out, and that nothing
 * was found is a proof; everywhere else it is not.
 *
 * What was found is then made as short as it can be (explore_found.c).
 */
#include "sched/explore/explore.h"

#include <stdlib.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore_internal.h"
#include "sched/workload/workload.h"

enum {
    DEPTHS = 3 /* priorities change once, twice, three times */
};

static int64_t half(const struct explorer *explorer)
{
    const struct explore_options *options = explorer->options;

    if (options->schedules > 0)
        return options->schedules / 2;
    return (explorer->subject ? explorer->subject->schedules
                              : EXPLORE_SCHEDULES) /
           2;
}

/* Half of what is tried. Some runs preempt often and some seldom, as some
 * mistakes need a storm and others one stop in a quiet run. Programs are longer
 * than workloads: for them every other run is one by priorities. */
static void walk(struct explorer *explorer)
{
    const struct explore_options *options = explorer->options;
    struct explored *explored = explorer->explored;
    int64_t runs = half(explorer);

    explorer->by_chance = true;
    while (explored->by_chance < runs && !explore_run_enough(explorer)) {
        uint64_t number = (uint64_t)explored->by_chance++;

        explorer->random = random_mix(options->seed) + random_mix(number + 1);
        explorer->stop_bits = 1 + number % 4;
        explorer->order.chance = number % 2 ? CHANCE_PRIORITIES : CHANCE_WALK;
        explorer->order.depth = 2 + (unsigned)(number / 2 % DEPTHS);
        if (explorer->subject)
            explorer->stop_bits = 1 + number / 2 % 4;
        explore_run(explorer);
        explore_found_note(explorer);
    }
    explorer->by_chance = false;
}

/* Shortening comes last, because a later run may find a shorter schedule for
 * nothing. After an error nothing is returned: an incomplete search would look
 * like a proof. */
static struct explored *search(struct explorer *explorer)
{
    explore_run_init(explorer);
    explore_run_stage(explorer);
    walk(explorer);
    explore_run_stage(explorer);
    explore_order(explorer);
    explore_run_stage(explorer);
    explore_found_tidy(explorer);
    explore_run_fini(explorer);
    if (!explorer->error)
        return explorer->explored;
    explored_free(explorer->explored);
    return NULL;
}

struct explored *explore(const struct workload *workload,
                         const struct explore_options *options,
                         struct diag *diag)
{
    struct explored *explored;
    struct explorer explorer = { .workload = workload,
                                 .options = options,
                                 .diag = diag };

    if (workload->task_count > EXPLORE_TASKS_MAX) {
        diag_set(diag, workload->file, 0, 0,
                 _("explore tries at most %d tasks; here are %zu"),
                 EXPLORE_TASKS_MAX, workload->task_count);
        return NULL;
    }
    if (!executor_ends(workload, options->limit_ns, diag))
        return NULL;
    explored = explorer.explored = xcalloc(1, sizeof *explored);
    explored->shared_count = workload->shared_count;
    explored->shared = xcalloc(workload->shared_count + 1,
                               sizeof *explored->shared);
    return search(&explorer);
}

struct explored *explore_program(struct explore_subject *subject,
                                 const struct explore_options *options,
                                 struct diag *diag)
{
    struct explorer explorer = { .subject = subject,
                                 .options = options,
                                 .diag = diag };

    explorer.explored = xcalloc(1, sizeof *explorer.explored);
    return search(&explorer);
}

void explored_free(struct explored *explored)
{
    if (!explored)
        return;
    for (size_t i = 0; i < explored->count; i++) {
        schedule_fini(&explored->finding[i].schedule);
        free(explored->finding[i].text);
    }
    for (size_t i = 0; i < explored->shared_count; i++) {
        free(explored->shared[i].value);
        schedule_fini(&explored->shared[i].least);
        schedule_fini(&explored->shared[i].most);
    }
    free(explored->finding);
    free(explored->shared);
    free(explored);
}
