/*
 * lesson_numbers.c -- the numbers of a lesson's runs, measured and computed.
 *
 * Texts quote the runs that the student has seen. A run that was really made
 * has measured numbers; one that was made by the model, or before the program
 * was left, has only those of the ideal machine.
 */
#include "lessons/session/lesson_run_internal.h"
#include "lessons/session/reflect.h"
#include "sched/analysis/metrics.h"

static bool was_measured(const struct visit *visit)
{
    return visit->screen->kind == LESSON_RUN && visit->live;
}

/* The same workload and mode as measured on one machine: a speedup compares
 * with that. NULL: it was not. */
static const struct metrics *on_one_machine(const struct lesson_run *run,
                                            const struct lesson_screen *screen)
{
    for (size_t i = 0; i < run->count; i++) {
        const struct visit *visit = &run->visit[i];

        if (was_measured(visit) && visit->live->machines == 1 &&
            visit->screen->workload == screen->workload &&
            visit->screen->settings.mode == screen->settings.mode)
            return visit->live;
    }
    return NULL;
}

const struct metric_run *lesson_numbers_live(void *context, int number)
{
    struct lesson_run *run = context;

    for (size_t i = 0; i < run->count; i++) {
        struct visit *visit = &run->visit[i];

        if (!was_measured(visit) || visit->screen->run != number)
            continue;
        visit->measured.single = on_one_machine(run, visit->screen);
        return &visit->measured;
    }
    return NULL;
}

const struct metric_run *lesson_numbers_model(void *context, int number)
{
    struct lesson_run *run = context;

    return ideal_run(run->ideal, number);
}

const char *lesson_numbers_fill(struct lesson_run *run, struct strbuf *out,
                                const char *text)
{
    struct reflect_runs runs = { lesson_numbers_live, lesson_numbers_model, run,
                                 false };

    for (size_t i = 0; i < run->count; i++)
        runs.measured |= was_measured(&run->visit[i]);
    strbuf_clear(out);
    reflect_fill(out, text, &runs);
    return out->text;
}
