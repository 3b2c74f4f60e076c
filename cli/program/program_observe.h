/*
 * program_observe.h -- threads|parallel|watch -- COMMAND told by the system: what
 * it does with somebody else's program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_OBSERVE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_OBSERVE_H

struct options;
struct program_observe;
struct program_telling;
struct trace_listener;

/* Get ready to run the command (ends with NULL) as name says, one of the three;
 * listener (or NULL) is told of every event. All is borrowed. Returns NULL after
 * saying why; says what cannot be seen. */
struct program_observe *program_observe_new(const char *name,
                                            const char *const *command,
                                            const struct options *options,
                                            struct trace_listener *listener);
void program_observe_free(struct program_observe *observe); /* NULL is fine */

/* How to run it. */
const struct program_telling *program_observe_telling(
    const struct program_observe *observe);

/* Once it has ended: say what was lost. */
void program_observe_note(const struct program_observe *observe);

#endif
