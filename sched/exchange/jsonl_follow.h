/*
 * jsonl_follow.h -- JSON lines read while somebody still writes them.
 *
 * From a pipe, or from a file that grows. A writer that maps its file may have
 * made it longer than it has written: a byte of value 0 is where it is now.
 * One thread at a time.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_JSONL_FOLLOW_H
#define CONCVIZ_SCHED_EXCHANGE_JSONL_FOLLOW_H

#include <stdbool.h>

struct journal;
struct jsonl_follow;

/* Read lines from fd, which is taken, into a journal, which is borrowed. */
struct jsonl_follow *jsonl_follow_new(struct journal *journal, int fd);
void jsonl_follow_free(struct jsonl_follow *follow); /* NULL is fine */

/* The file is memory that nobody else will read: give back what was read. */
void jsonl_follow_give_back(struct jsonl_follow *follow);

/* Read what is there by now; a line that has no end yet only if there was
 * nobody left who writes. */
void jsonl_follow_read(struct jsonl_follow *follow);

/*
 * May more come? Not after a line "end"; nor where the writer of a pipe, or
 * who has locked the file as a whole, was seen and has gone. Ask before the last
 * read, or what is written in between is missed.
 */
bool jsonl_follow_written(struct jsonl_follow *follow);

#endif
