/*
 * switch_records_none.c -- for kernels that are not Linux: there are none.
 */
#include "sched/cpu/switch_records.h"

#include <errno.h>
#include <stddef.h>

int switch_records_new(struct switch_records **records, const int *cpu,
                       int count)
{
    (void)cpu;
    (void)count;
    *records = NULL;
    return -ENOSYS;
}

void switch_records_free(struct switch_records *records)
{
    (void)records;
}

bool switch_records_next(struct switch_records *records,
                         struct switch_record *record)
{
    (void)records;
    (void)record;
    return false;
}
