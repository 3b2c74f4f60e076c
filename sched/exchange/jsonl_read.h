/*
 * jsonl_read.h -- one JSON object a line, one line a change, into a journal.
 *
 *   {"ev":"meta","version":1,"mode":"coroutine",…}
 *   {"t":1200,"ev":"created","task":2,"name":"Task-2","by":1,"tid":17462}
 *   {"t":1300,"ev":"ready","task":2}      {"t":1400,"ev":"run","task":2}
 *   {"t":1500,"ev":"wait","task":2,"on":"sleep(0.1)"}
 *   {"t":1500,"ev":"yield","task":2}      {"t":1600,"ev":"done","task":2}
 *   {"ev":"end"}
 *
 * t is in nanoseconds. A task and by are numbers or names; `tid` (a thread) or
 * `cpu` says where a task runs; `by` of ready: who woke it. `hold` is to wait,
 * but at the machine. `line` is where in its text the task is. `how` of done: "ok",
 * "cancelled", "pending", "never awaited", or what it failed with.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_JSONL_READ_H
#define CONCVIZ_SCHED_EXCHANGE_JSONL_READ_H

#include <stdbool.h>
#include <stddef.h>

struct input;
struct journal;
struct jsonl;

/* Read to the end, or as far as it goes: remarks say so. */
void jsonl_read(struct journal *journal, struct input *input);

/* The same line by line: jsonl_read_take reads one (see feed.h; context is what
 * jsonl_read_new made); has there been a line "end"? */
struct jsonl *jsonl_read_new(struct journal *journal);
void jsonl_read_free(struct jsonl *jsonl);
bool jsonl_read_take(void *context, char *line, size_t length, int number);
bool jsonl_read_ended(const struct jsonl *jsonl);

#endif
