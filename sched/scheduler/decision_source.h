/*
 * decision_source.h -- somebody who decides what is chance otherwise.
 *
 * A run on one machine is settled but for two things: who of those in line is
 * next, and where a thread is stopped between two steps. The model asks the
 * director of its options for both; without one the rules of the ideal machine
 * decide. So a run is a function of the director's answers, and whoever writes
 * them down can have the same run again (schedule.h).
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_DECISION_SOURCE_H
#define CONCVIZ_SCHED_SCHEDULER_DECISION_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct decision_source {
    /*
     * Choose one of count possibilities, at least 2; 0 is what happens
     * without a director. stops says that all others stop a task that could
     * go on.
     */
    size_t (*decide)(struct decision_source *director, size_t count,
                     bool stops);
};

#endif
