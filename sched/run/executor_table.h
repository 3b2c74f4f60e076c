/*
 * executor_table.h -- the const structs executor_table is made of.
 *
 * One exec_*.c defines each (exec_threads.c two: they differ only in the
 * number of machines). Only executor.c lists them.
 */
#ifndef CONCVIZ_SCHED_RUN_EXECUTOR_TABLE_H
#define CONCVIZ_SCHED_RUN_EXECUTOR_TABLE_H

#include "sched/run/executor.h"

extern const struct executor executor_sequential;
extern const struct executor executor_coroutine;
extern const struct executor executor_threads;
extern const struct executor executor_parallel;
extern const struct executor executor_hybrid;

#endif
