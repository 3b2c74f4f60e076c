/*
 * cores.h -- which processor cores this process may use.
 *
 * A machine of a real run is one core. How many there can be is the smaller
 * of what affinity allows and what the tightest cgroup quota above us pays
 * for; in which order they are used puts one thread on every physical core
 * before a second one on any. Pinning to a core is advice: where the system
 * refuses, a run goes on unpinned and says so.
 */
#ifndef CONCVIZ_SCHED_CPU_CORES_H
#define CONCVIZ_SCHED_CPU_CORES_H

#include <stdbool.h>

#include "sched/cpu/cgroup_quota.h"

/* What was found; everything `concviz doctor` says about cores. */
struct cores {
    int *cpu;            /* ids of all allowed cores, in the order to be used */
    int allowed;         /* length of cpu[] */
    int usable;          /* how many machines a real run may have, at least 1 */
    int online;          /* cores the system has switched on */
    int physical;        /* how many physical cores these are threads of */
    bool affinity_known; /* false: nobody says so; cpu[] is a guess */
    struct cgroup_quota quota;
};

/*
 * Look. proc and sys stand for /proc and /sys (NULL: these); tests give
 * folders of their own. Never fails: where nothing can be read there is one
 * core, number 0. Free with cores_fini; to look again, fini and init.
 */
void cores_init(struct cores *cores, const char *proc, const char *sys);
void cores_fini(struct cores *cores);

/* How many machines a real run may have here, at least 1: `usable` of struct
 * cores, which also says why not more. */
int cores_usable(void);

/* Sort cpu[count]: first the first thread of every physical core, then the
 * second ones, …; by id within each. sys as for cores_init. Returns the number
 * of physical cores. */
int cores_order(int *cpu, int count, const char *sys);

/*
 * Let the core the calling thread is on be used first, if it is allowed: the
 * system has just put us where nobody else computes, and several runs on one
 * computer must not all crowd the first core. The order of the others stays.
 */
void cores_start_here(struct cores *cores);

/*
 * Return how many threads, besides the calling one, run or want to run on the
 * whole system at this instant: with as many as cores, measured times will be
 * stretched. -1 if the system does not say. proc as above.
 */
int cores_others(const char *proc);

/* The core the calling thread is on, and the number that the system gives the
 * thread; -1 and 0 where it does not say them. */
int cores_here(void);
int cores_thread(void);

/*
 * Let the calling thread run on one core only. Returns 0, or a negative errno
 * value (-EPERM, -EINVAL, -ENOSYS, …): then it goes on where it was allowed before.
 */
int cores_pin(int cpu);

/* The same for another thread of this process, by its thread id. */
int cores_pin_thread(int tid, int cpu);

/* Let the calling thread run on all allowed cores again. */
int cores_unpin(const struct cores *cores);

/* Give the thread that will compute a timer without slack, so that it wakes
 * as exactly as it can. Threads: the calling one. */
void cores_sharpen_timers(void);

#endif
