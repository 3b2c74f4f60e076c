/*
 * program_child.h -- somebody else's program as a process of ours.
 *
 * It has a session, and so a process group, of its own, and nobody types into
 * it. What it writes goes where it is told to; what it writes on the terminal
 * can be kept, through a terminal of its own. All functions belong to the main
 * thread: the program is killed when the thread that started it ends.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_CHILD_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct diag;
struct program_child;

enum program_output {
    PROGRAM_OUTPUT_OURS,    /* its standard output and error are ours */
    PROGRAM_OUTPUT_ASIDE,   /* both are our standard error */
    PROGRAM_OUTPUT_KEPT,    /* those of ours that are a terminal are kept; files
                             and pipes stay what they are */
    PROGRAM_OUTPUT_NOWHERE, /* nobody reads it */
};

/* All is borrowed until program_child_start returns. */
struct program_start {
    const char *path;            /* of the file that is run */
    const char *const *argument; /* ends with NULL; [0]: its name */
    /* "NAME=value", or "NAME" to take it out; ends with NULL. NULL: our
     * environment as it is. */
    const char *const *environment;
    const char *input; /* file that is its standard input; NULL: an empty one */
    enum program_output output;
    int descriptor; /* of ours, which it gets under the same number; -1: none */
};

/* What it has written, in pieces as they came. */
struct program_piece {
    int64_t t_ns; /* on CLOCK_MONOTONIC */
    size_t from;  /* bytes of program_child_output before it */
};

/* Start it. Returns NULL with diag filled if that cannot be. */
struct program_child *program_child_start(const struct program_start *start,
                                          struct diag *diag);

/* A descriptor to poll: readable when it has written something, or has ended. */
int program_child_fd(const struct program_child *child);

/* Another one: readable once it has ended. Negative: there is none. */
int program_child_end_fd(const struct program_child *child);

/* Read what it has written, see whether it has ended; true once it has. */
bool program_child_look(struct program_child *child);

/* How it has ended, as in waitpid; -1: it has not. */
int program_child_status(const struct program_child *child);

pid_t program_child_pid(const struct program_child *child);

/* When it was started, on CLOCK_MONOTONIC. */
int64_t program_child_began_ns(const struct program_child *child);

/* What was kept of its output, as it wrote it, and the pieces in which it came:
 * valid until the next look. */
const char *program_child_output(const struct program_child *child,
                                 size_t *bytes);
const struct program_piece *program_child_pieces(
    const struct program_child *child, size_t *count);

/* How many bytes were written after there was no more room to keep them. */
uint64_t program_child_left_out(const struct program_child *child);

/* End it, first politely (SIGTERM, and SIGKILL a second later). Afterwards its
 * status is known. */
void program_child_end(struct program_child *child);

/* End what still runs of it and of what it has started, and free everything;
 * NULL is fine. */
void program_child_free(struct program_child *child);

#endif
