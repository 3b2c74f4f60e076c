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
struct page_text;

/* Where to go when a lesson is left. */
enum session_left {
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

struct session {
    struct page_view stage;
    const struct options *options; /* borrowed */
    struct catalog *catalog;
    struct progress *progress;
    int usable; /* cores */

    /* The lesson. */
    const struct lesson *lesson;
    int number; /* 0: it is not one of ours */
    struct lesson_run *run;
    enum session_left left;
    int scroll;     /* of the page shown */
    bool announced; /* the next run: the person knows what it will be */

    /* The run of it that was shown last, and how one looks at it. */
    const struct lesson_screen *shown;
    struct run_plan plan;
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
bool session_open(struct session *sitting, const struct options *options,
                  struct diag *diag);
void session_close(struct session *sitting);

/* Go through a lesson, from where it was left. Returns where to go then. */
enum session_left session_lesson(struct session *sitting,
                                 const struct lesson *lesson, int number);

/* Choose lessons from the menu until the person quits. */
void session_menu(struct session *sitting);

/* --- parts ---------------------------------------------------------------- */

/* Fill in what all pages of the lesson have in common. */
void session_page(struct session *sitting, const struct lesson_request *request,
                  struct page *page);

/* Add the picture of the last run to page. */
void session_picture(struct session *sitting, struct page *page);

/* What keys do to such a page: scroll, move the cursor through the picture,
 * look at it again. Returns whether it was one of these. */
bool session_look(struct session *sitting, uint32_t key);

/* Keys that every page of a lesson knows: on, back, quit. Returns whether it
 * was one of these. */
bool session_move(struct session *sitting, uint32_t key);

/* Show the page, scrolled, and ask for a key. */
uint32_t session_ask(struct session *sitting, struct page *page);

/* Fulfil a request of this kind. */
void session_show(struct session *sitting, const struct lesson_request *);
void session_question(struct session *sitting, const struct lesson_request *);
void session_vote(struct session *sitting, const struct lesson_request *);
void session_verdict(struct session *sitting, const struct lesson_request *);
void session_run(struct session *sitting, const struct lesson_request *);
void session_edit(struct session *sitting, const struct lesson_request *);
void session_end(struct session *sitting, const struct lesson_request *);

/* Run what the editor holds and show it. */
void session_try(struct session *sitting, const struct workload *workload,
                 const struct lesson_settings *settings);

/* Look at the last run again, full screen, from this instant on. */
void session_replay(struct session *sitting, int64_t from_ns);

/* Forget the last run. */
void session_forget(struct session *sitting);

/* Append "A: cpu 200, yield" for each line of a workload's text. */
void session_program(struct page_text *sheet, const char *text, int cells);

/* Append what run `number` will be: its title and, unless hidden, program. */
void session_announce(struct session *sitting, struct page_text *sheet,
                      int number);

/* Two real threads add to one number, and what became of it. */
void session_race(struct session *sitting);

#endif
