/*
 * sentence_internal.h -- how sentences are put together; for their own files.
 *
 *   sentence.c           which sentence; the run; facts
 *   sentence_place.c     where a task is
 *   sentence_step.c      what a task does
 *   sentence_sync.c      semaphores, conditions, readers-writer locks
 *   sentence_deadlock.c  why nobody can go on
 *   sentence_words.c     names, instants and lines, for all of them
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_SENTENCE_INTERNAL_H
#define CONCVIZ_SCHED_ANALYSIS_SENTENCE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

struct history;
struct says;
struct strbuf;
struct workload;

/* What a sentence is made from. */
struct telling {
    struct strbuf *buf;
    const struct history *history;
    const struct workload *workload;
    const struct says *says; /* or NULL */
    const struct event *event;
    size_t events; /* what is said is true after so many events */
};

/* Names; "?" for an index that names nothing, as a trace may be damaged. */
const char *sentence_task(const struct workload *workload, int64_t task);
const char *sentence_lock(const struct workload *workload, int64_t lock);
const char *sentence_channel(const struct workload *workload, int64_t channel);
const char *sentence_barrier(const struct workload *workload, int64_t barrier);
const char *sentence_semaphore(const struct workload *workload,
                               int64_t semaphore);
const char *sentence_condition(const struct workload *workload,
                               int64_t condition);
const char *sentence_rwlock(const struct workload *workload, int64_t rwlock);
const char *sentence_shared(const struct workload *workload, int64_t shared);

/* A time of the run in seconds as text of its own: exact in the model, to the
 * microsecond where it was measured. */
struct moment {
    char text[32];
};
struct moment sentence_seconds(const struct history *history, int64_t t_ns);

/* " (line 5)"; nothing where there is no line, as in a program in C. */
struct moment sentence_line(int line);

/* Append what a task waits for. */
void sentence_wait(const struct telling *t, int wait, int64_t object);

void sentence_place(const struct telling *t);
void sentence_step(const struct telling *t);

/* The part of both that sentence_sync.c tells. */
void sentence_sync(const struct telling *t);
void sentence_sync_wait(const struct telling *t, int wait, int64_t object);

#endif
