/*
 * overflow.h -- naming the thread that used up its stack.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_OVERFLOW_H
#define CONCVIZ_SCHED_PRELOAD_OVERFLOW_H

/* From now on. A program that handles faults itself is left alone. */
void overflow_watch(void);

#endif
