/*
 * event_log.h -- a run as text, a line an event, that can be read aloud.
 *
 * Lines can be asked for while the run goes on. There are no escape bytes,
 * and for the same history always the same bytes come out.
 */
#ifndef CONCVIZ_CLI_REPORT_EVENT_LOG_H
#define CONCVIZ_CLI_REPORT_EVENT_LOG_H

#include <stddef.h>

struct history;
struct event_log;
struct strbuf;

/* Borrows history; the workload it is about is looked through once. */
struct event_log *event_log_new(const struct history *history);
void event_log_free(struct event_log *log);

/* Append the heading: what is run, how, and whether it is real. */
void event_log_begin(const struct event_log *log, struct strbuf *out);

/* Append a line for each event from index `from` up to, not with, `to` that
 * means something to a person. The history must have read them. */
void event_log_events(const struct event_log *log, struct strbuf *out,
                      size_t from, size_t to);

#endif
