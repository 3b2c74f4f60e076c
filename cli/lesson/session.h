/*
 * session.h -- somebody sits before the lessons, on a terminal.
 *
 * lessons/session/lesson_run.h says what is wanted next; here it is done: pages are
 * shown, questions asked, runs run. Main thread only.
 */
#ifndef CONCVIZ_CLI_LESSON_SESSION_H
#define CONCVIZ_CLI_LESSON_SESSION_H

#include <stdbool.h>

#include "cli/page/page_view.h"
#include "cli/run/run_plan.h"
#include "lessons/session/lesson_run.h"
#include "lessons/session/vote.h"
#include "render/scene/view.h"

struct catalog;
struct history;
struct progress;
struct runner;
struct sheet;

/* Where to go when a lesson is left. */
enum sitting_left {
    LEFT_NOT,
    LEFT_QUIT,
    LEFT_MENU,
    LEFT_NEXT, /* to the lesson after it */
    LEFT_AGAIN /* from its start */
};

/* The editor: what it shows beside what is edited. */
struct editing {
    const struct lesson_screen *screen; /* NULL: none */
    char said[384];                     /* about the last key */
    bool said_bad;
    bool palette; /* steps to insert are offered */
    size_t offer; /* the one the cursor is on */
    bool tried;   /* nothing has been changed since the last try */
};

struct sitting {
    struct stage stage;
    const struct options *options; /* borrowed */
    struct catalog *catalog;
    struct progress *progress;
    int usable; /* cores */

    /* The lesson. */
    const struct lesson *lesson;
    int number; /* 0: it is not one of ours */
    struct lesson_run *run;
    enum sitting_left left;
    int scroll;     /* of the page shown */
    bool announced; /* the next run: the person knows what it will be */

    /* The run of it that was shown last, and how one looks at it. */
    const struct lesson_screen *shown;
    struct plan plan;
    struct runner *runner;
    struct history *history;
    struct view view;

    /* A question before a class. */
    struct vote vote; /* of the question it names */
    bool counted;     /* its present round is over */
    int selected;     /* the choice whose hands are counted */
    bool typing;      /* digits go on behind those typed before */

    struct editing editing;
};

/* Take over the terminal; false with diag filled. */
bool sitting_open(struct sitting *sitting, const struct options *options,
                  struct diag *diag);
void sitting_close(struct sitting *sitting);

/* Go through a lesson, from where it was left. Returns where to go then. */
enum sitting_left sitting_lesson(struct sitting *sitting,
                                 const struct lesson *lesson, int number);

/* Choose lessons from the menu until the person quits. */
void sitting_menu(struct sitting *sitting);

/* --- parts ---------------------------------------------------------------- */

/* Fill in what all pages of the lesson have in common. */
void sitting_page(struct sitting *sitting, const struct lesson_request *request,
                  struct page *page);

/* Add the picture of the last run to page. */
void sitting_picture(struct sitting *sitting, struct page *page);

/* What keys do to such a page: scroll, move the cursor through the picture,
 * look at it again. Returns whether it was one of these. */
bool sitting_look(struct sitting *sitting, uint32_t key);

/* Keys that every page of a lesson knows: on, back, quit. Returns whether it
 * was one of these. */
bool sitting_move(struct sitting *sitting, uint32_t key);

/* Show the page, scrolled, and ask for a key. */
uint32_t sitting_ask(struct sitting *sitting, struct page *page);

/* Fulfil a request of this kind. */
void sitting_show(struct sitting *sitting, const struct lesson_request *);
void sitting_question(struct sitting *sitting, const struct lesson_request *);
void sitting_vote(struct sitting *sitting, const struct lesson_request *);
void sitting_verdict(struct sitting *sitting, const struct lesson_request *);
void sitting_run(struct sitting *sitting, const struct lesson_request *);
void sitting_edit(struct sitting *sitting, const struct lesson_request *);
void sitting_end(struct sitting *sitting, const struct lesson_request *);

/* Run what the editor holds and show it. */
void sitting_try(struct sitting *sitting, const struct workload *workload,
                 const struct lesson_settings *settings);

/* Look at the last run again, full screen, from this instant on. */
void sitting_replay(struct sitting *sitting, int64_t from_ns);

/* Forget the last run. */
void sitting_forget(struct sitting *sitting);

/* Append "A: cpu 200, yield" for each line of a workload's text. */
void sitting_program(struct sheet *sheet, const char *text, int cells);

/* Append what run `number` will be: its title and, unless hidden, program. */
void sitting_announce(struct sitting *sitting, struct sheet *sheet, int number);

/* Two real threads add to one number, and what became of it. */
void sitting_race(struct sitting *sitting);

#endif
