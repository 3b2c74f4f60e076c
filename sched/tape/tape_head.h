/*
 * tape_head.h -- how a tape begins: which run it is of.
 *
 *   magic, "CONCVIZ" and NUL        8 bytes
 *   major and minor version         2 and 2
 *   bytes of the head, of a block   4 and 4
 *   CRC-32C of all that follows     4
 *   bytes that are used             4
 *   fields, as tape_head.c lists them
 *
 * All numbers of fixed size, here and in blocks, have their lowest byte first.
 * Another major version cannot be read. Another minor one can: its fields stand
 * behind those known here, its other additions are passed over.
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_HEAD_H
#define CONCVIZ_SCHED_TAPE_TAPE_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/trace/trace.h"

enum {
    TAPE_HEAD_MAJOR = 1,
    TAPE_HEAD_MINOR = 0,
    TAPE_HEAD_MAGIC_BYTES = 8,
    TAPE_HEAD_BYTES = 4096,
    TAPE_BLOCK_BYTES = 64 * 1024,
};

/* What the tasks of a workload come from. */
enum tape_source {
    TAPE_SOURCE_TEXT,    /* a text, which follows */
    TAPE_SOURCE_PROGRAM, /* a program in C that concviz brings along */
    TAPE_SOURCE_NAMES, /* only their names are known, and follow; a text is what
                            people see (workload.listing) */
};

struct tape_head {
    unsigned major, minor;
    uint64_t pid;
    /* Read at one instant, when the tape was begun: CLOCK_MONOTONIC, _BOOTTIME
     * (here, so that other tools' files can be laid beside), _REALTIME. */
    int64_t monotonic_ns, boot_ns, calendar_ns;
    struct trace_info info;
    uint64_t source; /* enum tape_source */
    const char *name, *file;
    uint64_t first_line, first_column; /* of the text in its file */
    uint64_t size;                     /* of a program */
    uint64_t tasks;                    /* known at first */
    uint64_t text_bytes;               /* of the text, how many follow */
    char string[TAPE_HEAD_BYTES]; /* of a head that was read: its strings */
};

/* Do these bytes begin a tape, of whichever version? */
bool tape_head_is(const uint8_t bytes[TAPE_HEAD_MAGIC_BYTES]);

/* Write a head; its strings are cut where they are too long. */
void tape_head_put(struct tape_head *head, uint8_t bytes[TAPE_HEAD_BYTES]);

/* Read a head. mode and policy of its info are those of the tables; the other
 * strings have been cleaned and live as long as the head. */
enum tape_head_fault {
    TAPE_HEAD_WELL,
    TAPE_HEAD_NONE,    /* this is no tape */
    TAPE_HEAD_OTHER,   /* of another major version: head->major */
    TAPE_HEAD_DAMAGED, /* not what was written, or nothing a run can have */
} tape_head_get(struct tape_head *head, const uint8_t bytes[TAPE_HEAD_BYTES]);

/* Numbers of fixed size. */
void tape_head_put_fixed(uint8_t *at, unsigned bytes, uint64_t number);
uint64_t tape_head_fixed(const uint8_t *at, unsigned bytes);

#endif
