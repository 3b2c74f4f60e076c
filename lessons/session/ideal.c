/*
 * ideal.c -- the runs of a lesson in the model, each computed once.
 *
 * A lesson is full of claims about its runs, and most are never asked for: a
 * run is computed when it is first asked for, and kept.
 */
#include "lessons/session/ideal.h"

#include <stdlib.h>
#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/bounds.h"
#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/workload/workload.h"

struct ideal {
    const struct lesson *lesson;
    struct lesson_runner runner;
    struct ideal_trial **run; /* one a screen, NULL until it is asked for */
};

struct ideal *ideal_new(const struct lesson *lesson,
                        const struct lesson_runner *runner)
{
    struct ideal *ideal = xcalloc(1, sizeof *ideal);

    ideal->lesson = lesson;
    ideal->runner = *runner;
    ideal->run = xcalloc(lesson->screen_count, sizeof(struct ideal_trial *));
    return ideal;
}

void ideal_free(struct ideal *ideal)
{
    if (!ideal)
        return;
    for (size_t i = 0; i < ideal->lesson->screen_count; i++)
        ideal_trial_free(ideal->run[i]);
    free(ideal->run);
    free(ideal);
}

void ideal_trial_free(struct ideal_trial *trial)
{
    if (!trial)
        return;
    metrics_free(trial->metrics);
    metrics_free(trial->single);
    workload_free(trial->workload);
    free(trial);
}

/* Whether anything in the lesson asks for a speedup: if so, every run is made
 * on one machine as well. */
static bool wants_speedup(const struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->screen_count; i++) {
        const struct lesson_screen *screen = &lesson->screen[i];

        for (size_t p = 0; p < screen->predicate_count; p++)
            if (screen->predicate[p].metric.kind == METRIC_SPEEDUP)
                return true;
        if (screen->kind != LESSON_WORKLOAD && screen->text &&
            strstr(screen->text, " speedup"))
            return true;
    }
    return false;
}

static bool run_trial(struct ideal *ideal, struct ideal_trial *trial,
                      const struct workload *workload,
                      const struct lesson_settings *settings, struct diag *diag)
{
    const struct lesson_runner *runner = &ideal->runner;
    struct lesson_settings complete = *settings;

    lesson_settings_complete(&complete);
    if (!bounds_check(workload, &complete, diag))
        return false;
    trial->metrics = runner->run(runner->context, workload, &complete, diag);
    if (!trial->metrics)
        return false;
    if (complete.machines > 1 && wants_speedup(ideal->lesson)) {
        complete.machines = 1;
        trial->single = runner->run(runner->context, workload, &complete, diag);
        if (!trial->single)
            return false;
    }
    trial->measured = (struct metric_run){ workload, trial->metrics,
                                           trial->single ? trial->single
                                                         : trial->metrics };
    return true;
}

struct ideal_trial *ideal_try(struct ideal *ideal,
                              const struct lesson_screen *screen,
                              const char *text, int line, int column,
                              const struct lesson_settings *settings,
                              struct diag *diag)
{
    const struct lesson *lesson = ideal->lesson;
    struct ideal_trial *trial = xcalloc(1, sizeof *trial);
    const struct workload *workload = lesson->workload[screen->workload]
                                          .workload;

    if (text) {
        trial->workload = lesson_workload(lesson, text, line, column, diag);
        workload = trial->workload;
    }
    if (workload && run_trial(ideal, trial, workload, settings, diag))
        return trial;
    ideal_trial_free(trial);
    return NULL;
}

const struct metric_run *ideal_run(void *context, int number)
{
    struct ideal *ideal = context;
    const struct lesson_screen *screen = lesson_run_screen(ideal->lesson,
                                                           number);
    struct ideal_trial **trial;
    struct diag diag;

    if (!screen)
        return NULL;
    trial = &ideal->run[screen - ideal->lesson->screen];
    if (!*trial)
        *trial = ideal_try(ideal, screen, NULL, 0, 0, &screen->settings, &diag);
    return *trial ? &(*trial)->measured : NULL;
}
