/*
 * access_seen.h -- accesses that need not be looked at again.
 *
 * A thread that does once more what it has just done, at the same count of its
 * clock and without a turn of others in between, races with nobody new: the
 * same-epoch rule of C. Flanagan and S. Freund, "FastTrack", PLDI 2009. The
 * program itself looks here before it calls us, so that costs a comparison.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_ACCESS_SEEN_H
#define CONCVIZ_SCHED_PRELOAD_ACCESS_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ACCESS_SEEN_ENTRIES = 4096,
    ACCESS_SEEN_SPREAD = 12, /* bits: neighbours get entries of their own */
    ACCESS_SEEN_SIZE = 47, /* above the bits of an address: log2 of bytes, … */
    ACCESS_SEEN_WRITES = 50, /* … does it write, … */
    ACCESS_SEEN_STAMP = 51,  /* … and since when entries count */
};

/* An entry is an access of the last kind that was seen there; 0: none. */
struct access_seen {
    uint64_t stamp; /* in its place among the bits of an entry */
    uint64_t entry[ACCESS_SEEN_ENTRIES];
};

/* Of an access to 1, 2, 4, 8 or 16 bytes. */
static inline uint64_t access_seen_key(const struct access_seen *seen,
                                       const volatile void *address,
                                       size_t bytes, bool writes)
{
    return seen->stamp | (uint64_t)writes << ACCESS_SEEN_WRITES |
           (uint64_t)__builtin_ctzl(bytes) << ACCESS_SEEN_SIZE |
           (uint64_t)(uintptr_t)address;
}

static inline size_t access_seen_place(const volatile void *address)
{
    uintptr_t at = (uintptr_t)address;

    return (at ^ at >> ACCESS_SEEN_SPREAD) % ACCESS_SEEN_ENTRIES;
}

/* Who has written may read, too. */
static inline bool access_seen_has(const struct access_seen *seen,
                                   const volatile void *address, size_t bytes,
                                   bool writes)
{
    uint64_t free = (uint64_t)!writes << ACCESS_SEEN_WRITES;

    return (seen->entry[access_seen_place(address)] | free) ==
           (access_seen_key(seen, address, bytes, writes) | free);
}

/* The library's. */
extern struct access_seen access_seen __attribute__((visibility("hidden")));

/* The running fiber's access was looked at. */
void access_seen_add(const volatile void *address, size_t bytes, bool writes);

/* Nothing that was seen counts any more: it is somebody else's turn, or the
 * running fiber's clock went on, or somebody came into line. */
void access_seen_forget(void);

#endif
