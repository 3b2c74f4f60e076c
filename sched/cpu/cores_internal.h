/*
 * cores_internal.h -- what of cores each kind of system answers in its own way.
 */
#ifndef CONCVIZ_SCHED_CPU_CORES_INTERNAL_H
#define CONCVIZ_SCHED_CPU_CORES_INTERNAL_H

#include <stdbool.h>

struct cores;

/* Fill cpu and allowed, by id. Returns false if that cannot be known. */
bool cores_read_affinity(struct cores *cores);

#endif
