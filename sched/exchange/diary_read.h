/*
 * diary_read.h -- the run of somebody else's program, as it tells it itself
 * (sched/trace/diary.h), made into a trace while it goes on.
 *
 * Nothing that is told is believed: the program may have written anything into
 * the memory that it shares with us. One thread.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_DIARY_READ_H
#define CONCVIZ_SCHED_EXCHANGE_DIARY_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

struct diag;
struct diary_read;
struct trace;
struct trace_info;
struct trace_listener;

/*
 * Make the memory, and a trace of a program called name, whose
 * file is at path (NULL: that is not known before it runs). Its info is copied, but what that points to is borrowed. listener (or NULL) is told
 * of every event. Returns NULL with diag filled. Free it.
 */
struct diary_read *diary_read_new(const char *name, const char *path,
                                  const struct trace_info *info,
                                  struct trace_listener *listener,
                                  struct diag *diag);
void diary_read_free(struct diary_read *diary); /* NULL is fine */

/* The descriptor of the memory: high, closed by exec. */
int diary_read_fd(const struct diary_read *diary);

const struct trace *diary_read_trace(const struct diary_read *diary);

/* Read what is new, up to an instant of CLOCK_MONOTONIC. */
void diary_read_until(struct diary_read *diary, int64_t monotonic_ns);

/* The program has said so, a line of any length without its newline, at an
 * instant up to which all was read. */
void diary_read_say(struct diary_read *diary, int64_t monotonic_ns,
                    const char *line, size_t length);

/* It is gone, with this status, as in waitpid; how: OUTCOME_FINISHED, by
 * itself; else we have ended it, and this is why. Nothing follows. */
void diary_read_end(struct diary_read *diary, int status, enum outcome how);

/* How many events it could not write, since the memory was full. */
uint64_t diary_read_lost(const struct diary_read *diary);

#endif
