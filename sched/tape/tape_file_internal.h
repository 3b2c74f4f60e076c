/*
 * tape_file_internal.h -- what an open tape is made of; for its own files only.
 *
 *   tape_file.c      opens, follows and keeps tapes
 *   tape_read.c      reads blocks and their records
 *   tape_workload.c  makes the workload that the tape is of
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_FILE_INTERNAL_H
#define CONCVIZ_SCHED_TAPE_TAPE_FILE_INTERNAL_H

#include <stddef.h>

#include "sched/base/strbuf.h"
#include "sched/tape/tape_block.h"
#include "sched/tape/tape_file.h"
#include "sched/tape/tape_head.h"
#include "sched/trace/event_code.h"

struct tape_file {
    int fd;
    char *path;
    struct diag *refused; /* while it is opened: why not goes here */
    struct tape_head head;
    struct strbuf text;              /* of the workload, as it is read */
    struct definitions *definitions; /* NULL unless there are only names */
    bool names_grew;
    struct workload *workload; /* owned; NULL where there are only names */
    struct trace *trace;       /* NULL before the workload is there */
    uint64_t number;           /* of the block that is read */
    size_t done;               /* bytes of it, with its head; 0: none yet */
    struct event_code code;
    uint8_t bytes[TAPE_BLOCK_BYTES]; /* of that block */
    bool cut;                        /* what was read is not there any more */
    int damaged, unknown; /* blocks left out; events of later versions */
    enum {
        REST_NOTHING,
        REST_CUT,     /* the file ends in a block */
        REST_DAMAGED, /* the last block makes no sense */
    } rest;
};

/* While it is opened: say why not, once. Returns false. */
bool tape_refuse(struct tape_file *tape, const char *why);

/* Make the workload, and a trace of it; once only. False: it is not known. */
bool tape_workload_make(struct tape_file *tape);

/* Read up to count bytes of the file; returns how many there were. */
size_t tape_read_at(const struct tape_file *tape, uint64_t from, uint8_t *bytes,
                    size_t count);

/* Read on, as far as the file goes by now. */
void tape_read_all(struct tape_file *tape);

#endif
