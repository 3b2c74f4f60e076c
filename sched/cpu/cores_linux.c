/*
 * cores_linux.c -- on which cores threads may be, as Linux is asked and told.
 */
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sched/base/xalloc.h"
#include "sched/cpu/cores.h"
#include "sched/cpu/cores_internal.h"

enum {
    CPUS_FIRST_TRY = 1024,
    CPUS_MAX = 1024 * 1024, /* more than any kernel can be built for */
};

/* Fill cpu[] from our affinity; the kernel says EINVAL to a set smaller than
 * its own, so ask with larger and larger ones. */
bool cores_read_affinity(struct cores *cores)
{
    for (int size = CPUS_FIRST_TRY; size <= CPUS_MAX; size *= 2) {
        cpu_set_t *set = CPU_ALLOC((size_t)size);
        size_t bytes = CPU_ALLOC_SIZE((size_t)size);
        bool known = set && sched_getaffinity(0, bytes, set) == 0;

        if (known) {
            cores->cpu = xcalloc((size_t)CPU_COUNT_S(bytes, set) + 1,
                                 sizeof *cores->cpu);
            for (int i = 0; i < size; i++) {
                if (CPU_ISSET_S((size_t)i, bytes, set))
                    cores->cpu[cores->allowed++] = i;
            }
        }
        if (set)
            CPU_FREE(set);
        if (known || errno != EINVAL)
            return known && cores->allowed > 0;
    }
    return false;
}

int cores_here(void)
{
    return sched_getcpu();
}

int cores_thread(void)
{
    return (int)syscall(SYS_gettid);
}

/* --- where threads may run ------------------------------------------------ */

/* A set only as large as the highest id asks for: systems have more cores than
 * a cpu_set_t of fixed size. */
static int set_affinity(int tid, const int *cpu, int count)
{
    int highest = 0;
    cpu_set_t *set;
    size_t bytes;
    int error;

    for (int i = 0; i < count; i++)
        highest = cpu[i] > highest ? cpu[i] : highest;
    bytes = CPU_ALLOC_SIZE((size_t)highest + 1);
    set = CPU_ALLOC((size_t)highest + 1);
    if (!set)
        return -ENOMEM;
    CPU_ZERO_S(bytes, set);
    for (int i = 0; i < count; i++)
        CPU_SET_S((size_t)cpu[i], bytes, set);
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

int cores_unpin(const struct cores *cores)
{
    return set_affinity(0, cores->cpu, cores->allowed);
}

void cores_sharpen_timers(void)
{
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
}
