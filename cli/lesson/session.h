/*
 * session.h -- a student goes through lessons, on a terminal.
 *
 * lessons/session/lesson_run.h says what is wanted next; here it is done: pages
 * are shown, questions asked, runs run. Main thread only.
 */
#ifndef CONCVIZ_CLI_LESSON_SESSION_H
#define CONCVIZ_CLI_LESSON_SESSION_H

#include <stdbool.h>

struct diag;
struct lesson;
struct options;
struct session;

/* Take over the terminal; NULL with diag filled. options are borrowed. */
struct session *session_new(const struct options *options, struct diag *diag);

/* Give the terminal back. NULL is fine. */
void session_free(struct session *session);

/*
 * Go through a lesson, from where it was left, and through those that the
 * student goes on to. number counts from 1 in the catalogue; 0: the lesson is
 * none of ours. Returns whether the student wants the menu now, not to quit.
 */
bool session_lesson(struct session *session, const struct lesson *lesson,
                    int number);

/* Whether a page was printed, as --frame asks for. */
bool session_printed(const struct session *session);

/* How many pages there were up to it, or else in all. */
int session_pages(const struct session *session);

/* Choose lessons from the menu until the student quits. */
void session_menu(struct session *session);

#endif
