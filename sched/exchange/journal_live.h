/*
 * journal_live.h -- a journal that becomes a trace while it is still written.
 *
 * Of a program that goes on nobody knows how many tasks and machines it will
 * have: both become known as they appear, and the trace gets another workload
 * each time. One thread at a time, which also reads the trace.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_JOURNAL_LIVE_H
#define CONCVIZ_SCHED_EXCHANGE_JOURNAL_LIVE_H

#include <stdbool.h>
#include <stdint.h>

struct journal;
struct journal_live;
struct trace;
struct trace_info;

/*
 * Make the trace of a journal that grows (borrowed) and whose lanes have no
 * slices; name is that of the workload. Of info, what is borrowed there is
 * borrowed here, too; mode is the journal's if that has one. Free it after
 * the last reader of the trace.
 */
struct journal_live *journal_live_new(struct journal *journal, const char *name,
                                      const struct trace_info *info);
void journal_live_free(struct journal_live *live); /* NULL is fine */

struct trace *journal_live_trace(const struct journal_live *live);

/*
 * Play what was written down in the meantime and take it out of the journal.
 * The moments of the last JOURNAL_LIVE_HORIZON_NS wait, for something may come
 * that was before them; unless nothing has come for as long as that. now_ns: by
 * our clock.
 */
#define JOURNAL_LIVE_HORIZON_NS INT64_C(50000000)
void journal_live_play(struct journal_live *live, int64_t now_ns);

/* Play what was before an instant of the journal's clock, if whoever writes the
 * journal knows that nothing will come that was before it. */
void journal_live_until(struct journal_live *live, int64_t t_ns);

/* Somebody else's program has written a line (text_clean), at an instant up to
 * which was played. */
void journal_live_say(struct journal_live *live, int64_t t_ns,
                      const char *line);

/* Nothing will come any more: play all of it, and END. Once. */
void journal_live_end(struct journal_live *live);

#endif
