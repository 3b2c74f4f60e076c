/*
 * decision_source.h -- somebody who decides what is otherwise left to chance.
 *
 * A run on one machine is settled but for two things: which of the ready tasks
 * is next, and where a thread is stopped between two steps. The model asks the
 * decision source of its options about both; without one the rules of the ideal
 * machine decide. So a run is a function of these answers, and whoever writes
 * them down can have the same run again (schedule.h).
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_DECISION_SOURCE_H
#define CONCVIZ_SCHED_SCHEDULER_DECISION_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct decision_source {
    /*
     * Choose one of count possibilities, at least 2; 0 is what happens
     * without a decision source. stops says that all others stop a task that
     * could go on.
     */
    size_t (*decide)(struct decision_source *source, size_t count, bool stops);

    /*
     * What decide may ask: a number for the state the run is in. Two runs of a
     * workload that are in the same one, and get the same answers from there
     * on, do the same. Set by the model before it asks anything; NULL where
     * tasks are written in C, as nobody knows what they have in mind.
     */
    uint64_t (*state)(const void *host);
    const void *host;

    bool stop; /* set it while deciding: the run has shown all it can */
};

#endif
