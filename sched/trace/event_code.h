/*
 * event_code.h -- an event as a few bytes, and back.
 *
 * Most fields of an event are what they were in the last event, or in the last
 * one of its kind; only what differs is written. Whoever writes and whoever
 * reads therefore remember the same: they begin together, at every block.
 */
#ifndef CONCVIZ_SCHED_TRACE_EVENT_CODE_H
#define CONCVIZ_SCHED_TRACE_EVENT_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

enum {
    EVENT_CODE_MAX = 48,        /* bytes of one event, at most */
    EVENT_CODE_KINDS = 128,     /* of events: also those of later versions */
    EVENT_CODE_NUMBER_MAX = 10, /* bytes of one number, at most */
};

/* What both sides remember. */
struct event_code {
    int64_t t_ns;
    uint32_t task;
    struct event_code_kind {
        int64_t value;
        int32_t object;
        uint32_t spare;
        uint16_t machine;
    } last[EVENT_CODE_KINDS];
};

/* Begin. */
void event_code_init(struct event_code *code);

/* Write an event, not earlier than the one before; returns behind it. There is
 * room for EVENT_CODE_MAX bytes. */
uint8_t *event_code_put(struct event_code *code, uint8_t *at,
                        const struct event *event);

/* Read an event; its kind may be EVENT_KINDS or more. Returns behind it, or
 * NULL for what ends too early or is no event. */
const uint8_t *event_code_get(struct event_code *code, const uint8_t *at,
                              const uint8_t *end, struct event *event);

/*
 * A number of any size, small ones in fewer bytes: seven bits a byte, the
 * lowest first, the highest bit of a byte says that another one follows
 * (LEB128). get returns NULL for what ends too early or is too large.
 */
uint8_t *event_code_put_number(uint8_t *at, uint64_t number);
const uint8_t *event_code_get_number(const uint8_t *at, const uint8_t *end,
                                     uint64_t *number);

#endif
