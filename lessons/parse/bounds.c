/*
 * bounds.c -- what a run costs, counted without running it.
 *
 * Repeats multiply, so the steps of a list are counted once and taken as often
 * as they are repeated; every sum stops just above the bound, so that nothing
 * overflows whatever the text says.
 */
#include "lessons/parse/bounds.h"

#include "lessons/lesson.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/workload/workload.h"

/* Above the bounds all sums stay here, so nothing overflows. */
static const int64_t too_many = BOUNDS_STEPS_MAX + 1;

struct count {
    const struct lesson_settings *settings;
    int64_t steps;
    bool endless;
};

static int64_t cap(int64_t number)
{
    return number < too_many ? number : too_many;
}

/* In how many pieces a cpu step is done: turns, slices, hand-overs. */
static int64_t pieces(struct count *count, const struct step *step)
{
    const int64_t grain[] = { step->by_ns, count->settings->slice_ns,
                              count->settings->gil_ns };
    int64_t work = step->ns, sum = 1;

    if (work == STEP_FOREVER) {
        work = count->settings->limit_ns;
        count->endless |= work <= 0;
    }
    for (size_t i = 0; i < sizeof grain / sizeof *grain; i++)
        if (grain[i] > 0)
            sum = cap(sum + cap(work / grain[i]));
    return sum;
}

/* Steps of a list, each taken as often as it is repeated. */
static int64_t count_steps(struct count *count, const struct steps *steps)
{
    int64_t sum = 0;

    for (size_t i = 0; i < steps->count && sum < too_many; i++) {
        const struct step *step = &steps->step[i];
        int64_t cost = 1;

        if (step->kind == STEP_REPEAT) {
            struct steps body = workload_block(step);

            cost = cap(1 + cap(step->value) * count_steps(count, &body));
            i += body.count + 1;
        } else if (step->kind == STEP_CPU)
            cost = pieces(count, step);
        sum = cap(sum + cost);
    }
    return sum;
}

bool bounds_check(const struct workload *workload,
                  const struct lesson_settings *settings, struct diag *diag)
{
    struct count count = { .settings = settings };

    for (size_t i = 0; i < workload->task_count; i++)
        count.steps = cap(count.steps +
                          count_steps(&count, &workload->task[i].steps));
    if (workload->task_count > BOUNDS_TASKS_MAX)
        diag_set(diag, NULL, 0, 0, _("a lesson may have at most %d tasks"),
                 BOUNDS_TASKS_MAX);
    else if (count.endless)
        diag_set(diag, NULL, 0, 0,
                 _("\"cpu forever\" needs a line \"limit: …\""));
    else if (count.steps > BOUNDS_STEPS_MAX)
        diag_set(diag, NULL, 0, 0,
                 _("this run would take more than %d steps and slices"),
                 BOUNDS_STEPS_MAX);
    else
        return true;
    return false;
}
