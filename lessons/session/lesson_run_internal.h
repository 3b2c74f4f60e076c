/*
 * lesson_run_internal.h -- what lesson_run.c, lesson_exercise.c and
 * lesson_numbers.c share.
 */
#ifndef CONCVIZ_LESSONS_SESSION_LESSON_RUN_INTERNAL_H
#define CONCVIZ_LESSONS_SESSION_LESSON_RUN_INTERNAL_H

#include "lessons/session/lesson_run.h"
#include "sched/base/strbuf.h"

/* What is known about one screen. */
struct visit {
    const struct lesson_screen *screen;
    const char *note;     /* for the lecturer, or NULL */
    int choice;           /* of a question */
    bool judged;          /* its verdict has been shown */
    bool seen;            /* a run has been shown */
    struct metrics *live; /* of a run, or NULL: modelled */
    struct metric_run measured;
    /* An exercise: */
    struct edit *edit; /* NULL until it is opened */
    struct ideal_trial *trial;
    bool *fulfilled;
    size_t hints;
    int tries;
    enum modify_state state;
};

struct lesson_run {
    const struct lesson *lesson;
    struct ideal *ideal;
    struct visit *visit; /* the screens that are shown, in order */
    size_t count;
    size_t at;             /* count: the end */
    struct visit *verdict; /* the question being judged, or NULL */
    struct lesson_request request;
    struct strbuf text, note, value; /* of the request */
};

/* The present screen, or NULL at the end. */
static inline struct visit *lesson_run_here(const struct lesson_run *run)
{
    return run->at < run->count ? &run->visit[run->at] : NULL;
}

/* Make sure that the exercise on this screen has its editor. NULL: there is
 * no exercise here. */
struct visit *lesson_exercise_open(const struct lesson_run *run);

/* metric_run_get for a struct lesson_run: a run as it was measured, NULL if it
 * was only modelled; and the same run in the model. */
const struct metric_run *lesson_numbers_live(void *run, int number);
const struct metric_run *lesson_numbers_model(void *run, int number);

/* Replace what is in out by text with the numbers of the runs in it. */
const char *lesson_numbers_fill(struct lesson_run *run, struct strbuf *out,
                                const char *text);

#endif
