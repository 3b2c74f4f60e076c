/*
 * ideal.h -- the runs of a lesson on the ideal machine.
 *
 * Verdicts, checks and the grey numbers of a reflect screen come from the
 * model. This layer runs nothing itself: the caller passes a function that
 * does.
 */
#ifndef CONCVIZ_LESSONS_SESSION_IDEAL_H
#define CONCVIZ_LESSONS_SESSION_IDEAL_H

#include "lessons/claim/metric.h"

struct diag;
struct ideal;
struct lesson;
struct lesson_screen;
struct lesson_settings;

/* Runs a workload in the model. settings are complete. Returns metrics, to be
 * freed with metrics_free, or NULL with diag filled. */
struct lesson_runner {
    struct metrics *(*run)(void *context, const struct workload *workload,
                           const struct lesson_settings *settings,
                           struct diag *diag);
    void *context;
};

/* One workload under settings, run. Free with ideal_trial_free. */
struct ideal_trial {
    struct metric_run measured; /* refers to what follows */
    struct workload *workload;  /* NULL: borrowed from the lesson */
    struct metrics *metrics;
    struct metrics *single; /* NULL unless asked for */
};

struct ideal *ideal_new(const struct lesson *lesson,
                        const struct lesson_runner *runner);
void ideal_free(struct ideal *ideal);

/* A metric_run_get for a struct ideal: run `number` of the lesson, computed the
 * first time. NULL if there is no such run or it failed. The result belongs to
 * ideal. */
const struct metric_run *ideal_run(void *ideal, int number);

/*
 * Run the workload in text, which begins at line and column of the lesson,
 * under settings (which are completed). text NULL: the workload of screen.
 * Returns a trial, or NULL with diag filled.
 */
struct ideal_trial *ideal_try(struct ideal *ideal,
                              const struct lesson_screen *screen,
                              const char *text, int line, int column,
                              const struct lesson_settings *settings,
                              struct diag *diag);
void ideal_trial_free(struct ideal_trial *trial);

#endif
