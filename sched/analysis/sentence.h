/*
 * sentence.h -- what happened, in words a person can read aloud.
 *
 * Sentences are translated, leave out the task's own name (the reader has it
 * beside the sentence), and hold no byte that could move a cursor.
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_SENTENCE_H
#define CONCVIZ_SCHED_ANALYSIS_SENTENCE_H

#include <stddef.h>

struct history;
struct metrics;
struct problem;
struct says;
struct strbuf;

/* Append what the event at index says; says may be NULL if no texts are
 * needed. Every kind of event has a sentence. */
void sentence_event(struct strbuf *buf, const struct history *history,
                    const struct says *says, size_t index);

/* Append why nobody can go on: the cycle, or who waits for what. Nothing if
 * metrics->outcome is not OUTCOME_DEADLOCK and there is no cycle. */
void sentence_deadlock(struct strbuf *buf, const struct history *history,
                       const struct metrics *metrics);

/* Append a problem that diagnose found in history, with its numbers. */
void sentence_diagnosis(struct strbuf *buf, const struct history *history,
                        const struct problem *problem);

#endif
