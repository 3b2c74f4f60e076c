/*
 * diary.h -- what a program tells of itself while it runs, in memory that it
 * shares with whoever watches.
 *
 * One writer in one process writes records one behind the other into memory that
 * is much larger than will be needed (pages that nobody touches cost nothing);
 * one reader in another process reads them at any time after. `used` is stored
 * last, with release: so who reads it and then the records sees whole ones, also
 * when the writer has been killed. A record is an event (event_code.h), or begins
 * with a byte of enum diary_entry, how many bytes follow, and these.
 *
 * Numbers are those of event_code_put_number. Objects, places and tasks count
 * from 0 in the order in which they are told of.
 */
#ifndef CONCVIZ_SCHED_TRACE_DIARY_H
#define CONCVIZ_SCHED_TRACE_DIARY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"
#include "sched/trace/event_code.h"

enum {
    DIARY_HEAD_BYTES = 4096, /* before the first record */
    DIARY_TEXT_MAX = 4096,   /* bytes of a text in a record, at most */
    DIARY_ENTRY_MAX = DIARY_TEXT_MAX + 4 * EVENT_CODE_NUMBER_MAX,
};

/* Of the memory, with its head. */
#if SIZE_MAX > UINT32_MAX
#define DIARY_BYTES ((size_t)64 << 30)
#else
#define DIARY_BYTES ((size_t)64 << 20)
#endif

/* Records that are no events, and what they hold. */
enum diary_entry {
    DIARY_ENTRY = 0x80,
    DIARY_FILE = DIARY_ENTRY, /* a loaded file: where it is in memory less
                                 where it says it is; first and last address; 1
                                 for the program itself, else 0; path */
    DIARY_TASK,    /* the next task: function it begins with, 0: main; how many
                     began with that, from 1 */
    DIARY_NAMED,   /* task; the name it got */
    DIARY_OBJECT,  /* the next of its kind: enum array_kind; address */
    DIARY_INITIAL, /* what the last shared variable was worth when told of */
    DIARY_PLACE,   /* the next place: address behind a call */
    DIARY_OUTCOME, /* how it will end: enum outcome; when; why */
};

/* At the beginning of the memory. */
struct diary_head {
    _Atomic uint32_t writer; /* process id of who writes; 0: nobody yet */
    uint32_t unused;
    int64_t began_ns;      /* CLOCK_MONOTONIC of time 0 */
    _Atomic uint64_t used; /* bytes, with the head; 0: nothing yet */
    _Atomic uint64_t lost; /* events for which there was no room */
};

/* The writer's. All zero: nothing is written. */
struct diary {
    struct diary_head *head;
    uint8_t *at, *end;
    struct event_code code;
};

/* Begin to write into bytes of memory that are all zero; false: somebody else
 * does so already, or they are too few. */
bool diary_begin(struct diary *diary, void *memory, size_t bytes,
                 int64_t now_ns);

/* Write an event, not earlier than the one before. */
void diary_event(struct diary *diary, const struct event *event);

/* Write a record of count numbers (at most 4) and, if it has one, a text. */
void diary_record(struct diary *diary, enum diary_entry entry,
                  const uint64_t *number, int count, const char *text);

#endif
