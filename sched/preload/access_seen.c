/*
 * access_seen.c -- see access_seen.h. What was seen before is told from what was
 * seen since by a stamp, so that a turn does not have to empty the table. It is
 * emptied when the stamps begin anew.
 */
#include "sched/preload/access_seen.h"

#include <string.h>

#define STAMP_ONE (UINT64_C(1) << ACCESS_SEEN_STAMP)

enum {
    BYTES_MAX = 16
};

struct access_seen access_seen = { .stamp = STAMP_ONE };

void access_seen_add(const volatile void *address, size_t bytes, bool writes)
{
    if ((bytes & (bytes - 1)) == 0 && bytes <= BYTES_MAX)
        access_seen.entry[access_seen_place(address)] = access_seen_key(
            &access_seen, address, bytes, writes);
}

void access_seen_forget(void)
{
    access_seen.stamp += STAMP_ONE;
    if (access_seen.stamp != 0)
        return;
    memset(access_seen.entry, 0, sizeof access_seen.entry);
    access_seen.stamp = STAMP_ONE;
}
