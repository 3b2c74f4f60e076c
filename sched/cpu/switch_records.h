/*
 * switch_records.h -- the kernel's own records: which thread got a core, which
 * one lost it, and when.
 *
 * perf_event_open(2) gives them to everybody about threads of their own, as
 * nothing is counted and nothing of the kernel is seen: a dummy event that
 * stays silent, but for the switches. Some systems and most containers refuse
 * even that.
 */
#ifndef CONCVIZ_SCHED_CPU_SWITCH_RECORDS_H
#define CONCVIZ_SCHED_CPU_SWITCH_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

struct switch_record {
    enum switch_kind {
        SWITCH_IN,      /* the thread is on a core from now on */
        SWITCH_STOPPED, /* off it, though it wanted to go on */
        SWITCH_WAITS,   /* off it, as it waits for something */
        SWITCH_LOST,    /* records are missing here; t_ns and tid say nothing */
        SWITCH_BORN,    /* made by the thread `by`; these three of children */
        SWITCH_ENDED,
        SWITCH_NAMED, /* called name from now on */
    } kind;
    int tid, pid, by, cpu;
    int64_t t_ns;  /* CLOCK_MONOTONIC */
    char name[16]; /* ends with NUL */
};

/* Records as they lie in memory that the kernel writes round and round. */
struct switch_ring {
    const unsigned char *data;
    uint64_t size;       /* bytes, a power of 2 */
    uint64_t head, tail; /* written, read: bytes since the beginning */
};

/*
 * Take the next record that says something about switches, pass over others.
 * Returns false if there is none up to head. Bytes that cannot be a record are
 * SWITCH_LOST, and nothing before head is believed any more.
 */
bool switch_records_take(struct switch_ring *ring,
                         struct switch_record *record);

struct switch_records;

/*
 * Begin to record the calling thread, and all threads it and those make from
 * now on, on these cores. Returns 0 and *records, or a negative errno value
 * (-EACCES, -EPERM, -ENOSYS, …) where the kernel does not give them. Free with
 * switch_records_free (NULL is fine). One thread at a time reads.
 */
int switch_records_new(struct switch_records **records, const int *cpu,
                       int count);

/* The same of the programs that the calling thread becomes the parent of from
 * now on, each from its exec on, with all they start; not of itself. */
int switch_records_children(struct switch_records **records, const int *cpu,
                            int count);
void switch_records_free(struct switch_records *records);

/* Take the earliest record there is, of all cores. Returns false if there is
 * none; this costs no more than a look at memory. */
bool switch_records_next(struct switch_records *records,
                         struct switch_record *record);

/* Of children: wait until there are so many that they should be read soon, or
 * wake can be read (-1: nothing can), or for timeout_ms. Any thread, while it is
 * not freed. */
void switch_records_wait(const struct switch_records *records, int wake,
                         int timeout_ms);

#endif
