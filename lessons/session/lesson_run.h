/*
 * lesson_run.h -- a student goes through a lesson.
 *
 * A state machine without a screen: it says what it wants next (a request);
 * whoever shows the lesson does that and returns the answer. It asks before it
 * shows: a prediction gets no verdict until its run has been seen.
 *
 *     explain ─> predict ─> run ─> verdict ─> observe ─> verdict
 *             ─> reflect ─> modify (edit ─> tried, again and again) ─> summary
 *
 * Verdicts and checks come from the model, so a busy computer fails nobody; the
 * numbers of a reflect screen are the measured ones.
 */
#ifndef CONCVIZ_LESSONS_SESSION_LESSON_RUN_H
#define CONCVIZ_LESSONS_SESSION_LESSON_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "lessons/lesson.h"
#include "lessons/session/ideal.h"

struct diag;
struct edit;
struct lesson_run;
struct metrics;

enum lesson_want {
    WANT_SHOW,    /* text: explain, reflect, summary */
    WANT_ASK,     /* text and choices; answer with lesson_run_choose */
    WANT_RUN,     /* run workload with settings; lesson_run_ran */
    WANT_VERDICT, /* a choice and what became of it */
    WANT_EDIT,    /* an exercise: lesson_run_try and the functions below */
    WANT_END,
};

enum {
    CHOICE_NONE = -1,    /* not answered yet */
    CHOICE_UNKNOWN = -2, /* "I don't know" */
};

enum modify_state {
    MODIFY_OPEN,
    MODIFY_TRIED,
    MODIFY_SEEN, /* the solution was shown */
    MODIFY_SOLVED
};

struct lesson_request {
    enum lesson_want kind;
    const struct lesson_screen *screen; /* what it is about; NULL at the end */
    int position, positions;            /* of the screen, from 1 */
    const char *text; /* SHOW, ASK, VERDICT: with the numbers of runs in it */
    const char *note; /* for the lecturer, filled as well; else NULL */
    /* ASK: chosen before, or CHOICE_NONE. VERDICT: what was chosen. */
    int choice;
    int right; /* VERDICT: the right choice; else CHOICE_NONE */
    /* VERDICT: what the run says to all that proves the answer, where the
     * model differs with that behind it, between the marks of reflect.h:
     * "makespan = 612 ms (ideal: 600), in progress = 2". */
    const char *measured;
    bool modelled;      /* VERDICT: the run was computed, not measured */
    int64_t instant_ns; /* VERDICT: when that can be seen, or -1 */
    /* RUN */
    const struct workload *workload;
    struct lesson_settings settings; /* complete */
    /* EDIT */
    struct edit *edit;     /* the lesson_run's own */
    const bool *fulfilled; /* one a check, as of the last try; NULL: none yet */
    size_t hints;          /* how many have been asked for */
};

/* With lecturer, a screen comes with the notes that follow it in the file. */
struct lesson_run *lesson_run_new(const struct lesson *lesson,
                                  const struct lesson_runner *runner,
                                  bool lecturer);
void lesson_run_free(struct lesson_run *run);

/* What is wanted now. Valid until the next call of another function here. */
const struct lesson_request *lesson_run_request(struct lesson_run *run);

/* Go on (after SHOW, VERDICT, and to leave EDIT). At ASK and RUN this does
 * nothing: they want an answer. Returns whether it moved. */
bool lesson_run_next(struct lesson_run *run);

/* Go back to the screen before. Returns whether there was one. */
bool lesson_run_back(struct lesson_run *run);

/* Answer ASK with the index of a choice or CHOICE_UNKNOWN. */
bool lesson_run_choose(struct lesson_run *run, int choice);

/*
 * Answer RUN: it has been shown. measured are the numbers of the real run,
 * taken over and freed by the lesson_run, or NULL where it was modelled.
 */
bool lesson_run_ran(struct lesson_run *run, struct metrics *measured);

/*
 * EDIT: judge what the editor holds now. Returns false with diag filled if
 * it cannot be run; else the request tells which checks are fulfilled.
 */
bool lesson_run_try(struct lesson_run *run, struct diag *diag);

/* EDIT: the last program that could be run, valid until the next try, and its
 * settings. NULL before the first successful lesson_run_try. */
const struct workload *lesson_run_tried(const struct lesson_run *run,
                                        struct lesson_settings *settings);

/* EDIT: the result of the last try in the model, or NULL. */
const struct metric_run *lesson_run_measured(const struct lesson_run *run);

/* EDIT: a new editor with the program the exercise starts from; free it with
 * edit_free. NULL elsewhere. */
struct edit *lesson_run_start(const struct lesson_run *run);

/* EDIT: show one more hint, the weakest first; false if all were shown. */
bool lesson_run_hint(struct lesson_run *run);

/* EDIT: put the solution into the editor; false before the last hint. */
bool lesson_run_solution(struct lesson_run *run);

/* The run that was the last to be seen before what is wanted now, or NULL: the
 * one that this is about. */
const struct lesson_screen *lesson_run_shown(const struct lesson_run *run);

/* The present screen, from 1, for progress; and to continue there. Returns
 * false if there is no such screen. */
int lesson_run_position(const struct lesson_run *run);
bool lesson_run_resume(struct lesson_run *run, int position);

/* Store up to max answers to the questions, in order. Returns how many
 * questions there are. */
size_t lesson_run_answers(const struct lesson_run *run, int *choice,
                          size_t max);
/* How many questions were answered, and how many of them right. */
void lesson_run_score(const struct lesson_run *run, size_t *answered,
                      size_t *right);

/* Restore the answer to question index from an earlier session. */
void lesson_run_recall(struct lesson_run *run, size_t index, int choice);

/* State of the (last) modify screen; tries and hints over all of them. */
enum modify_state lesson_run_modify(const struct lesson_run *run, int *tries,
                                    int *hints);

#endif
