/*
 * watch_item.h -- one thing that happened to one thread of another program, said
 * by the kernel or by the library in it.
 */
#ifndef CONCVIZ_SCHED_WATCH_WATCH_ITEM_H
#define CONCVIZ_SCHED_WATCH_WATCH_ITEM_H

#include <stdint.h>

#include "sched/cpu/switch_records.h"
#include "sched/recorder/record.h"

struct watch_item {
    int64_t t_ns;
    uint32_t order; /* in which it was read */
    int pid, tid;
    bool of_kernel;
    union {
        struct switch_record kernel;
        struct record library;
    };
};

#endif
