/*
 * session_exercise.h -- what session_edit.c and its keys share.
 */
#ifndef CONCVIZ_CLI_LESSON_SESSION_EXERCISE_H
#define CONCVIZ_CLI_LESSON_SESSION_EXERCISE_H

#include <stdbool.h>
#include <stdint.h>

struct lesson_request;
struct session;

/* What stands there now has been tried, and every check is fulfilled. */
bool session_exercise_fulfilled(const struct session *sitting,
                                const struct lesson_request *request);

/* Do what a key says to the exercise. */
void session_exercise_key(struct session *sitting,
                          const struct lesson_request *request, uint32_t key);

#endif
