/*
 * cores.c -- what affinity, cgroups and the topology say about cores.
 *
 *   affinity                 which cores we may be put on (cores_linux.c)
 *   cgroup, leaf to root     how much processor time is paid for: every
 *                            ancestor may have a quota, the tightest one wins
 *   sysfs topology           which of them share a physical core
 *
 * A quota of 1.5 cores still gives two cores (they run, and are throttled
 * now and then); one of 0.2 gives one.
 */
#include "sched/cpu/cores.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/xalloc.h"
#include "sched/cpu/cores_internal.h"
#include "sched/cpu/kernel_line.h"

/* --- affinity ------------------------------------------------------------- */

/* Without affinity (not Linux, or refused): cores 0, 1, … that are online. */
static void guess_cores(struct cores *cores)
{
    free(cores->cpu);
    cores->allowed = cores->online;
    cores->cpu = xcalloc((size_t)cores->allowed, sizeof *cores->cpu);
    for (int i = 0; i < cores->allowed; i++)
        cores->cpu[i] = i;
}

/* --- topology ------------------------------------------------------------- */

/* One core while the order is made. */
struct candidate {
    int cpu;
    int lead; /* lowest id on the same physical core; the own one if unknown */
    int rank; /* how many allowed ones of that core have a lower id */
};

/* The lowest id in a list such as "0-1" or "3,7": lists are sorted. Older
 * kernels have the second name only. */
static int read_lead(int cpu, const char *sys)
{
    static const char *const name[] = { "core_cpus_list",
                                        "thread_siblings_list" };

    for (int i = 0; i < 2; i++) {
        char text[32];

        kernel_line(text, sizeof text, "",
                    "%s/devices/system/cpu/cpu%d/topology/%s", sys, cpu,
                    name[i]);
        if (text[0] >= '0' && text[0] <= '9') {
            long lead = strtol(text, NULL, 10);

            return lead <= cpu ? (int)lead : cpu;
        }
    }
    return cpu;
}

/* Threads of one physical core side by side, to be numbered. */
static int by_lead(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;

    return left->lead != right->lead ? left->lead - right->lead
                                     : left->cpu - right->cpu;
}

/* The order in which they are used. */
static int by_rank(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;

    return left->rank != right->rank ? left->rank - right->rank
                                     : left->cpu - right->cpu;
}

/* Every thread of a physical core gets its rank there: all of rank 0 come
 * first, then all of rank 1. */
int cores_order(int *cpu, int count, const char *sys)
{
    struct candidate *core = xcalloc((size_t)count + 1, sizeof *core);
    int physical = 0;

    for (int i = 0; i < count; i++) {
        core[i].cpu = cpu[i];
        core[i].lead = read_lead(cpu[i], sys ? sys : "/sys");
    }
    qsort(core, (size_t)count, sizeof *core, by_lead);
    for (int i = 0; i < count; i++) {
        bool same = i > 0 && core[i].lead == core[i - 1].lead;

        core[i].rank = same ? core[i - 1].rank + 1 : 0;
        physical += !same;
    }
    qsort(core, (size_t)count, sizeof *core, by_rank);
    for (int i = 0; i < count; i++)
        cpu[i] = core[i].cpu;
    free(core);
    return physical;
}

void cores_start_here(struct cores *cores)
{
    int here = cores_here(), at = 0;

    while (at < cores->allowed && cores->cpu[at] != here)
        at++;
    if (at == cores->allowed)
        return;
    memmove(cores->cpu + 1, cores->cpu, (size_t)at * sizeof *cores->cpu);
    cores->cpu[0] = here;
}

/* --- all together --------------------------------------------------------- */

void cores_init(struct cores *cores, const char *proc, const char *sys)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);

    *cores = (struct cores){ .online = online > 0 ? (int)online : 1 };
    cores->affinity_known = cores_read_affinity(cores);
    if (!cores->affinity_known)
        guess_cores(cores);
    cores->physical = cores_order(cores->cpu, cores->allowed, sys);
    cgroup_quota_read(&cores->quota, proc ? proc : "/proc");
    cores->usable = cores->allowed;
    if (cores->quota.quota_us > 0) {
        int64_t period_us = cores->quota.period_us;
        int64_t paid = cores->quota.quota_us / period_us +
                       (cores->quota.quota_us % period_us > 0);

        if (paid < cores->usable)
            cores->usable = (int)paid;
    }
}

void cores_fini(struct cores *cores)
{
    free(cores->cpu);
    *cores = (struct cores){ 0 };
}

int cores_usable(void)
{
    struct cores cores;
    int usable;

    cores_init(&cores, NULL, NULL);
    usable = cores.usable;
    cores_fini(&cores);
    return usable;
}

/* "0.50 0.41 0.30 3/412 7099": three of 412 threads are runnable, and we are
 * one of them. */
int cores_others(const char *proc)
{
    char text[128];
    int runnable = 0;

    kernel_line(text, sizeof text, "", "%s/loadavg", proc ? proc : "/proc");
    sscanf(text, "%*s %*s %*s %d/", &runnable);
    return runnable > 0 ? runnable - 1 : -1;
}
