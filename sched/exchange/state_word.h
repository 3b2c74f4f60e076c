/*
 * state_word.h -- names of slices that concviz exports, read back.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_STATE_WORD_H
#define CONCVIZ_SCHED_EXCHANGE_STATE_WORD_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/exchange/journal.h"

/*
 * Read "running", "blocked on lock m" … (see exported_stretch): fill event,
 * value and object of the moment. What is waited for becomes known to the
 * journal; a task it gets by name. False: it is no such name.
 */
bool state_word_read(struct journal *journal, const char *name,
                     struct journal_moment *moment);

/* The task called name is this lane. */
void state_word_is_called(struct journal *journal, const char *name,
                          uint32_t lane);

/* Whom a machine serves: of "A" or "A (held)" the name. */
void state_word_served(const char *name, char out[JOURNAL_WORD_BYTES]);

#endif
