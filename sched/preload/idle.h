/*
 * idle.h -- waiting for all at once, when nobody is in line.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_IDLE_H
#define CONCVIZ_SCHED_PRELOAD_IDLE_H

#include <signal.h>
#include <stdbool.h>

#include "sched/preload/fiber.h"

/* What fibers wait for that wait for files (struct fiber: file, files). */
extern const char idle_files;

/* Wake whose time has come, whose file is ready. Does not wait. */
void idle_look(void);

/* Wait until somebody is in line. If that can never be, ends the program
 * (stuck.h). The running fiber waits for all. */
void idle_wait(void);

/* Who should wait for all: main if it can. me is about to leave. */
struct fiber *idle_host(struct fiber *me);

/* A signal's handler waits while all do: nobody goes on before it has ended.
 * For the running fiber's files, or only until then (NULL: a signal); blocked as
 * in turn.h. */
enum wait_end idle_in_handler(bool files, const struct deadline *until,
                              const sigset_t *blocked);

#endif
