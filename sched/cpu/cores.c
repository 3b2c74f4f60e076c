/*
 * cores.c -- what affinity, cgroups and the topology say about cores.
 *
 *   sched_getaffinity        which cores we may be put on
 *   cgroup, leaf to root     how much processor time is paid for: every
 *                            ancestor may have a quota, the tightest one wins
 *   sysfs topology           which of them share a physical core
 *
 * A quota of 1.5 cores still gives two machines (they run, and are throttled
 * now and then); one of 0.2 gives one.
 */
#include "sched/cpu/cores.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <unistd.h>

#include "sched/base/xalloc.h"
#include "sched/cpu/cgroup_quota.h"

enum {
    CPUS_FIRST_TRY = 1024,
    CPUS_MAX = 1024 * 1024, /* more than any kernel can be built for */
    PATH_BYTES = 512,
};

/* --- affinity ------------------------------------------------------------- */

/* Fill cpu[] from our affinity; the kernel says EINVAL to a set smaller than
 * its own, so ask with larger and larger ones. */
static bool read_affinity(struct cores *machines)
{
    for (int size = CPUS_FIRST_TRY; size <= CPUS_MAX; size *= 2) {
        cpu_set_t *set = CPU_ALLOC((size_t)size);
        size_t bytes = CPU_ALLOC_SIZE((size_t)size);
        bool known = set != NULL && sched_getaffinity(0, bytes, set) == 0;

        if (known) {
            machines->cpu = xcalloc((size_t)CPU_COUNT_S(bytes, set) + 1,
                                    sizeof(machines->cpu[0]));
            for (int i = 0; i < size; i++) {
                if (CPU_ISSET_S((size_t)i, bytes, set)) {
                    machines->cpu[machines->allowed++] = i;
                }
            }
        }
        if (set != NULL) {
            CPU_FREE(set);
        }
        if (known || errno != EINVAL) {
            return known && machines->allowed > 0;
        }
    }
    return false;
}

/* Without affinity (not Linux, or refused): cores 0, 1, … that are online. */
static void guess_cores(struct cores *machines)
{
    free(machines->cpu);
    machines->allowed = machines->online;
    machines->cpu = xcalloc((size_t)machines->allowed,
                            sizeof(machines->cpu[0]));
    for (int i = 0; i < machines->allowed; i++) {
        machines->cpu[i] = i;
    }
}

/* --- topology ------------------------------------------------------------- */

/* A core, and where it stands in the order. */
struct place {
    int cpu;
    int lead; /* lowest id on the same physical core; the own one if unknown */
    int rank; /* how many allowed ones of that core have a lower id */
};

/* The lowest id in a list such as "0-1" or "3,7": lists are sorted. */
static int read_lead(int cpu, const char *sys)
{
    static const char *const name[] = { "core_cpus_list",
                                        "thread_siblings_list" };

    for (int i = 0; i < 2; i++) {
        char path[PATH_BYTES];
        char text[32];
        FILE *file;
        bool has_line;
        int length = snprintf(path, sizeof(path),
                              "%s/devices/system/cpu/cpu%d/%s/%s", sys, cpu,
                              "topology", name[i]);

        if (length < 0 || (size_t)length >= sizeof(path) ||
            (file = fopen(path, "re")) == NULL) {
            continue;
        }
        has_line = fgets(text, sizeof(text), file) != NULL;
        fclose(file);
        if (has_line && text[0] >= '0' && text[0] <= '9') {
            long lead = strtol(text, NULL, 10);

            return lead >= 0 && lead <= cpu ? (int)lead : cpu;
        }
    }
    return cpu;
}

static int by_lead(const void *a, const void *b)
{
    const struct place *left = a;
    const struct place *right = b;

    return left->lead != right->lead ? (left->lead > right->lead) * 2 - 1
                                     : (left->cpu > right->cpu) * 2 - 1;
}

static int by_rank(const void *a, const void *b)
{
    const struct place *left = a;
    const struct place *right = b;

    return left->rank != right->rank ? (left->rank > right->rank) * 2 - 1
                                     : (left->cpu > right->cpu) * 2 - 1;
}

int cores_order(int *cpu, int count, const char *sys)
{
    struct place *place = xcalloc((size_t)count + 1, sizeof(place[0]));
    int cores = 0;

    for (int i = 0; i < count; i++) {
        place[i].cpu = cpu[i];
        place[i].lead = read_lead(cpu[i], sys != NULL ? sys : "/sys");
    }
    qsort(place, (size_t)count, sizeof(place[0]), by_lead);
    for (int i = 0; i < count; i++) {
        bool same = i > 0 && place[i].lead == place[i - 1].lead;

        place[i].rank = same ? place[i - 1].rank + 1 : 0;
        cores += !same;
    }
    qsort(place, (size_t)count, sizeof(place[0]), by_rank);
    for (int i = 0; i < count; i++) {
        cpu[i] = place[i].cpu;
    }
    free(place);
    return cores;
}

void cores_start_here(struct cores *machines)
{
    int here = sched_getcpu(), at = 0;

    while (at < machines->allowed && machines->cpu[at] != here)
        at++;
    if (at == machines->allowed)
        return;
    memmove(machines->cpu + 1, machines->cpu,
            (size_t)at * sizeof(machines->cpu[0]));
    machines->cpu[0] = here;
}

/* --- all together --------------------------------------------------------- */

void cores_init(struct cores *machines, const char *proc, const char *sys)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    struct cgroup_quota quota;

    *machines = (struct cores){ .online = online > 0 ? (int)online : 1 };
    machines->affinity_known = read_affinity(machines);
    if (!machines->affinity_known) {
        guess_cores(machines);
    }
    machines->cores = cores_order(machines->cpu, machines->allowed, sys);
    cgroup_quota_read(&quota, proc != NULL ? proc : "/proc");
    machines->cgroup_version = quota.cgroup_version;
    machines->quota_us = quota.quota_us;
    machines->period_us = quota.period_us;
    machines->periods = quota.periods;
    machines->throttled = quota.throttled;
    machines->usable = machines->allowed;
    if (quota.quota_us > 0) {
        int64_t paid = (quota.quota_us + quota.period_us - 1) / quota.period_us;

        if (paid < machines->usable) {
            machines->usable = (int)paid;
        }
    }
}

void cores_fini(struct cores *machines)
{
    free(machines->cpu);
    *machines = (struct cores){ 0 };
}

int cores_usable(void)
{
    struct cores machines;
    int usable;

    cores_init(&machines, NULL, NULL);
    usable = machines.usable;
    cores_fini(&machines);
    return usable;
}

/* "0.50 0.41 0.30 3/412 7099": three of 412 threads are runnable, we too. */
int cores_others(const char *proc)
{
    char path[PATH_BYTES];
    int runnable = 0;
    FILE *file;
    int length = snprintf(path, sizeof(path), "%s/loadavg",
                          proc != NULL ? proc : "/proc");

    if (length < 0 || (size_t)length >= sizeof(path) ||
        (file = fopen(path, "re")) == NULL) {
        return -1;
    }
    if (fscanf(file, "%*s %*s %*s %d/", &runnable) != 1) {
        runnable = 0;
    }
    fclose(file);
    return runnable > 0 ? runnable - 1 : -1;
}

/* --- where threads may run ------------------------------------------------ */

static int set_affinity(int tid, const int *cpu, int count)
{
    int highest = 0;
    cpu_set_t *set;
    size_t bytes;
    int error;

    for (int i = 0; i < count; i++) {
        highest = cpu[i] > highest ? cpu[i] : highest;
    }
    bytes = CPU_ALLOC_SIZE((size_t)highest + 1);
    set = CPU_ALLOC((size_t)highest + 1);
    if (set == NULL) {
        return -ENOMEM;
    }
    CPU_ZERO_S(bytes, set);
    for (int i = 0; i < count; i++) {
        CPU_SET_S((size_t)cpu[i], bytes, set);
    }
    error = sched_setaffinity(tid, bytes, set) == 0 ? 0 : -errno;
    CPU_FREE(set);
    return error;
}

int cores_pin(int cpu)
{
    return set_affinity(0, &cpu, 1);
}

int cores_pin_thread(int tid, int cpu)
{
    return set_affinity(tid, &cpu, 1);
}

int cores_unpin(const struct cores *machines)
{
    return set_affinity(0, machines->cpu, machines->allowed);
}

void cores_sharpen_timers(void)
{
#ifdef __linux__
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
#endif
}
