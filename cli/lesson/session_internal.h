/*
 * session_internal.h -- what the parts of a session share.
 *
 *     session.c           what comes next
 *     session_text.c, session_question.c, session_vote.c, session_exercise.c,
 *     session_run.c       one kind of page each; they return what the student
 *                         did with it
 *     session_page.c      what all pages have in common
 *
 * Each file calls only those below it.
 */
#ifndef CONCVIZ_CLI_LESSON_SESSION_INTERNAL_H
#define CONCVIZ_CLI_LESSON_SESSION_INTERNAL_H

#include "cli/lesson/session.h"
#include "cli/page/page_text.h"
#include "cli/page/page_view.h"
#include "cli/run/run_plan.h"
#include "lessons/session/lesson_run.h"
#include "lessons/session/vote.h"
#include "render/scene/view.h"

/* What a student did with a page. */
enum session_did {
    DID_NOTHING, /* that leads away from it */
    DID_GO_ON,
    DID_GO_BACK,
    DID_RESTART,  /* the lesson */
    DID_LEAVE,    /* for the menu */
    DID_FINISH,   /* and go on to the next lesson */
    DID_QUIT,     /* the program */
    DID_SEE_RUN,  /* to its end */
    DID_REPLAY,   /* ask for the run once more */
    DID_MODEL,    /* ask for it on the ideal machine */
    DID_RACE,     /* ask for two real threads */
    DID_NOT_KNOW, /* the answer */
    DID_ANSWER    /* plus the index of the choice */
};

/* In which footers the common keys are; bits of their own for each page. */
enum {
    SESSION_READ = 1 << 0,    /* Enter goes on */
    SESSION_PLAIN = 1 << 1,   /* there is room for the menu */
    SESSION_PICTURE = 1 << 2, /* of a run, to be looked at */
    SESSION_END = 1 << 3,
    SESSION_OWN = 1 << 4
};

/* The editor: what it shows next to what is edited. */
struct exercise {
    const struct lesson_screen *screen; /* NULL: none */
    char said[384];                     /* about the last key */
    bool said_bad;
    bool palette; /* steps to insert are offered */
    size_t offer; /* the one the cursor is on */
    bool tried;   /* nothing has been changed since the last try */
};

/* A vote of a class. */
struct ballot {
    struct vote vote; /* on the question it names */
    bool counted;     /* its present round is over */
    int selected;     /* the choice whose hands are counted */
    bool typing;      /* digits are added to those typed before */
};

struct session {
    struct page_view pages;
    const struct options *options; /* borrowed */
    struct catalog *catalog;
    struct progress *progress;
    int usable; /* cores */

    /* The lesson. */
    const struct lesson *lesson;
    int number; /* 0: it is not one of ours */
    struct lesson_run *run;
    const struct lesson_request *request; /* the run's own */
    enum session_did left; /* how the lesson was left; DID_NOTHING: not yet */

    /* The page. */
    int scroll;
    enum session_did did; /* with it, so far */
    bool announced;       /* the next run: the student knows what it will be */
    struct exercise exercise;
    struct ballot ballot;
    struct votes votes; /* that are over, in this lesson */

    /* The run that was shown last, and how it is looked at. */
    const struct lesson_screen *shown;
    struct run_plan plan;
    struct runner *runner;
    struct history *history; /* NULL: none was shown */
    struct view view;
    int taken; /* by others who computed: percent of its time */
};

/* A page while it is written. */
struct session_page {
    struct page page;
    struct page_text text, box;
    char name[64], caption[160];
};

/* --- session_page.c ------------------------------------------------------- */

/* Begin a page of the lesson. */
void session_page_begin(struct session *session, struct session_page *page);

/* Add the picture of the last run, if there is one. */
void session_page_picture(struct session *session, struct session_page *page);

/* Add what run `number` will be: its title and, unless hidden, program. */
void session_page_announce(const struct session *session,
                           struct session_page *page, int number);

/* Say what brackets mean, where there are any in what has been said. */
void session_page_legend(struct page_text *text, const char *said);

/* Add the lecturer's note on this page, if there is one. */
void session_page_note(const struct session *session,
                       struct session_page *page);

/* Show the page, do what the table keys says about one key, and free the
 * page. Returns what the student did; the footer is that of state. */
enum session_did session_page_ask(struct session *session,
                                  struct session_page *page,
                                  const struct key_binding *keys,
                                  unsigned state);

/* Keys of all pages, and of those with a picture or a longer text. The tables
 * of pages go on in one of them. */
extern const struct key_binding session_page_keys[], session_page_look_keys[];

/* For rows of tables: leave the page, having done this. */
void session_page_leave(void *session, int did);

/* The same, but first scroll to the end of the page. */
void session_page_go_on(void *session, int did);

/* --- the pages ------------------------------------------------------------ */

/* Each shows what session->request asks for. */
enum session_did session_text(struct session *session);
enum session_did session_text_end(struct session *session);
enum session_did session_question(struct session *session);
enum session_did session_question_verdict(struct session *session);
enum session_did session_vote(struct session *session);
enum session_did session_exercise(struct session *session);
enum session_did session_run(struct session *session);

/* Forget the last run. */
void session_run_forget(struct session *session);

/* Make sure that the last run is the one that this page is about: who comes
 * back to a lesson, or goes back in it, sees that run on the ideal machine. */
void session_run_recall(struct session *session);

/* Show the last run again, full screen, from just before the cursor. */
enum session_did session_run_replay(struct session *session);

/* Show the last run on the ideal machine, full screen. */
enum session_did session_run_model(struct session *session);

/* Run a program of the student's and show it. */
enum session_did session_run_try(struct session *session,
                                 const struct workload *workload,
                                 const struct lesson_settings *settings);

/* The program in the editor was tried, and fulfills every check. */
bool session_exercise_fulfilled(const struct session *session);

/* Keys of the exercise, of the part that edits, and of the open palette. */
extern const struct key_binding session_exercise_keys[],
    session_exercise_edit_keys[], session_exercise_palette_keys[];

/* States in which the exercise offers them. */
enum {
    EXERCISE_OPEN = SESSION_OWN, /* there is something to do */
    EXERCISE_SOLVED = SESSION_OWN << 1,
    EXERCISE_HINTS = SESSION_OWN << 2, /* more can be had */
    EXERCISE_NO_HINTS = SESSION_OWN << 3,
    /* Where the cursor is; listed below the program, not in the footer. */
    EXERCISE_AT_SPOT = PAGE_VIEW_FOOTER + 1, /* anywhere */
    EXERCISE_AT_LINE = EXERCISE_AT_SPOT << 1,
    EXERCISE_AT_STEP = EXERCISE_AT_SPOT << 2,
    EXERCISE_AT_VALUE = EXERCISE_AT_SPOT << 3,
    EXERCISE_MAY_INSERT = EXERCISE_AT_SPOT << 4,
    EXERCISE_MAY_DELETE = EXERCISE_AT_SPOT << 5
};

/* Two real threads add to one number; say what became of it. */
void session_race(struct session *session);

#endif
