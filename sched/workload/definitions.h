/*
 * definitions.h -- a workload without a text: nothing but names.
 *
 * A trace that another program wrote tells what its tasks did, but not what
 * they were asked to do. Its workload holds the names of its tasks and of what
 * they share, in the order in which they became known; no task has a step.
 * One thread at a time.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_DEFINITIONS_H
#define CONCVIZ_SCHED_WORKLOAD_DEFINITIONS_H

#include "sched/workload/workload.h"

struct definitions;

/* Make a workload called name, without tasks; free it with all its snapshots
 * (NULL is fine). */
struct definitions *definitions_new(const char *name);
void definitions_free(struct definitions *definitions);

/*
 * Define one more object of a kind and return its index. The name may come from
 * anywhere: it is cleaned (text.h), its spaces become '_', and if there is
 * one like it already "-2", "-3" … is added. At most WORKLOAD_TASKS_MAX of a
 * kind: -1 then.
 */
int definitions_add(struct definitions *definitions, enum array_kind kind,
                    const char *name);

/* What the shared variable that was defined last is worth at the beginning. */
void definitions_begin_with(struct definitions *definitions, int64_t value);

/* Give a task another name, also in the workloads that were asked for before. */
void definitions_rename(struct definitions *definitions, int task,
                        const char *name);

/* Of a program whose text is known: its file, and the text, from its first line
 * on, for people to see (workload.listing), cleaned line by line. Both are copied. */
void definitions_set_listing(struct definitions *definitions, const char *file,
                             const char *text);

/*
 * The workload of all that is defined by now. But for new names of its tasks it
 * never changes, and it stays valid until definitions_free, also when more is
 * defined; that is in the next one
 * asked for. Not for workload_free.
 */
const struct workload *definitions_workload(struct definitions *definitions);

/* Have the next workload asked for be another one, also if nothing more is
 * defined by then. */
void definitions_renew(struct definitions *definitions);

#endif
