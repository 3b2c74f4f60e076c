/*
 * session_exercise.h -- what sitting_edit.c and its keys share.
 */
#ifndef CONCVIZ_CLI_LESSON_SESSION_EXERCISE_H
#define CONCVIZ_CLI_LESSON_SESSION_EXERCISE_H

#include <stdbool.h>
#include <stdint.h>

struct lesson_request;
struct sitting;

/* What stands there now has been tried, and every check is fulfilled. */
bool sitting_edit_fulfilled(const struct sitting *sitting,
                            const struct lesson_request *request);

/* Do what a key says to the exercise. */
void sitting_edit_key(struct sitting *sitting,
                      const struct lesson_request *request, uint32_t key);

#endif
