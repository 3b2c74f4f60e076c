/*
 * program_stuck.h -- have the threads of a program come to wait for each other
 * for ever?
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_STUCK_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_STUCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trace;

/* All zero at first. */
struct program_stuck {
    size_t events;    /* there were so many … */
    int64_t since_ns; /* … since then */
    bool asked;       /* of these events */
};

/* Look at a run that grows, now and then. True once nothing has happened for two
 * seconds and all threads are blocked, some of them in a circle of locks: nobody
 * but a signal could go on. */
bool program_stuck_look(struct program_stuck *stuck, const struct trace *trace,
                        int64_t now_ns);

#endif
