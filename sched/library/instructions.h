/*
 * instructions.h -- what concviz tells a program that is linked with libconcviz.
 *
 * It goes by environment variables, which the program takes out again before
 * its tasks run: what those start is not told.
 */
#ifndef CONCVIZ_SCHED_LIBRARY_INSTRUCTIONS_H
#define CONCVIZ_SCHED_LIBRARY_INSTRUCTIONS_H

#include <stdbool.h>

#include "sched/base/strbuf.h"
#include "sched/scheduler/run_options.h"

struct mode;

enum {
    INSTRUCTIONS_PATH_BYTES = 4096
};

/* What becomes of the program's output. */
enum instructions_output {
    INSTRUCTIONS_ALONE, /* nobody asks about it */
    INSTRUCTIONS_ASIDE, /* what tasks print is told, too */
    INSTRUCTIONS_KEPT   /* the same, and somebody shows it in the end */
};

struct instructions {
    const struct mode *mode;
    enum instructions_output output;
    struct run_options options; /* without pointers, as far as it has them */
    char tape[INSTRUCTIONS_PATH_BYTES]; /* to write; "": nobody watches */
    char
        crash[INSTRUCTIONS_PATH_BYTES]; /* where to note a crash; "": nowhere */
    char source
        [INSTRUCTIONS_PATH_BYTES]; /* what it was compiled from; "": unknown */
    char language[8];              /* of messages: "ko"; "": English */
    char catalogue
        [INSTRUCTIONS_PATH_BYTES]; /* the folder of their translations */
};

/* The variables in which it is told, each "NAME=value"; ends with NULL. */
enum {
    INSTRUCTIONS_VARIABLES = 6
};

/* Write them; each buffer has been initialised, and gets one. */
void instructions_write(const struct instructions *instructions,
                        struct strbuf variable[INSTRUCTIONS_VARIABLES]);

/* Read them, and take them out of the environment. Returns false if nothing
 * was told: then instructions is what a program does that runs by itself. */
bool instructions_read(struct instructions *instructions);

#endif
