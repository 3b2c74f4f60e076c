/*
 * program_diary.h -- coroutine|sequential -- COMMAND told by itself: by the
 * library that makes coroutines of its threads.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_DIARY_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_DIARY_H

struct diag;
struct program_diary;
struct program_file;
struct program_telling;
struct trace_info;
struct trace_listener;

/* Get ready to run the file's command (ends with NULL) in this environment;
 * listener (or NULL) is told of every event. All is borrowed. Returns NULL with
 * diag filled. */
struct program_diary *program_diary_new(const struct program_file *file,
                                        const char *const *command,
                                        const char *const *environment,
                                        const struct trace_info *info,
                                        struct trace_listener *listener,
                                        struct diag *diag);
void program_diary_free(struct program_diary *diary); /* NULL is fine */

/* How to run it. */
const struct program_telling *program_diary_telling(
    const struct program_diary *diary);

#endif
