/*
 * tell_known.h -- what has been told of: which number an address has.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_TELL_KNOWN_H
#define CONCVIZ_SCHED_PRELOAD_TELL_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/workload/workload.h"

struct diary;

/* Kinds of what has an address: those of enum array_kind, and places. */
enum {
    TELL_PLACE = ARRAY_RWLOCK + 1,
    TELL_KINDS
};

/* Have room for what will be known; false: there is no memory. */
bool tell_known_begin(void);

/* The number of an address among those of its kind; it is told if it is new. */
uint32_t tell_known_number(struct diary *diary, const volatile void *thing,
                           uint32_t kind);

/* Tell of the files that are loaded, if they are others than last time. */
void tell_known_files(struct diary *diary);

#endif
