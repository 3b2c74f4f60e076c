/*
 * start.h -- main as a thread like the others.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_START_H
#define CONCVIZ_SCHED_PRELOAD_START_H

#include <pthread.h>

/* pthread_getattr_np for the program's main thread. */
int start_main_attributes(pthread_t thread, pthread_attr_t *attributes);

/* All a fiber does: its function, its clean-up, its end. What context_make
 * calls. */
void start_fiber(void *fiber);

#endif
