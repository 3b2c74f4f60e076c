/*
 * lesson_run_internal.h -- what lesson_run.c and lesson_modify.c share.
 */
#ifndef CONCVIZ_LESSONS_SESSION_LESSON_RUN_INTERNAL_H
#define CONCVIZ_LESSONS_SESSION_LESSON_RUN_INTERNAL_H

#include "lessons/session/lesson_run.h"
#include "sched/base/strbuf.h"

/* What is known about one screen. */
struct visit {
    const struct lesson_screen *screen;
    int choice;           /* of a question */
    bool judged;          /* its verdict has been shown */
    bool seen;            /* a run has been shown */
    struct metrics *live; /* of a run, or NULL: modelled */
    struct measured measured;
    /* a modify screen */
    struct edit *edit;
    struct trial *trial;
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
    struct strbuf text, ideal_text;
};

bool visit_is_question(const struct visit *visit);

/* Open the editor of a modify screen, if it is not open yet. */
void visit_edit(const struct lesson_run *run, struct visit *visit);

#endif
