/*
 * fuzz_kernel.c -- any bytes are what the kernel says in /proc and /sys (or
 * what is mounted there says instead), and what is made of them has its bounds.
 *
 * Files are separated by form feeds, in the order of the list below. They are
 * links in a folder to files in memory, and the folder is descriptor 100: there a
 * line of mountinfo finds the files of a cgroup.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/cpu/cgroup_quota.h"
#include "sched/cpu/cores.h"
#include "sched/cpu/switch_records.h"
#include "sched/watch/watch_proc.h"
#include "tests/fuzz/target.h"

enum {
    FOLDER = 100,
    CPUS = 3,
    PROCESS = 7
};

#define ROOT "/proc/self/fd/100"

static const char *const name[] = {
    "self/cgroup",
    "self/mountinfo",
    "cpu.max",
    "cpu.stat",
    "cpu.cfs_quota_us",
    "cpu.cfs_period_us",
    "loadavg",
    "devices/system/cpu/cpu1/topology/core_cpus_list",
    "devices/system/cpu/cpu2/topology/thread_siblings_list",
    "7/task/7/stat",
    "7/task/7/schedstat",
    "7/task/7/children",
    "7/task/8/stat",
    "7/task/8/schedstat",
    "9/task/9/stat",
    "9/task/9/schedstat",
};

enum {
    FILES = sizeof name / sizeof *name
};

/* --- the folder ------------------------------------------------------------ */

static char root[] = "/tmp/concviz-fuzz-XXXXXX";
static int file[FILES];
static size_t holds[FILES]; /* bytes */

static void make_folders(const char *path)
{
    char folder[PATH_MAX];

    for (const char *at = strchr(path, '/'); at; at = strchr(at + 1, '/')) {
        snprintf(folder, sizeof folder, "%.*s", (int)(at - path), path);
        mkdirat(FOLDER, folder, 0700);
    }
}

/* Nobody but this process can follow the links, so they need not stay. */
static void remove_folder(void)
{
    char command[sizeof root + 8];

    snprintf(command, sizeof command, "rm -r %s", root);
    target_demand(system(command) == 0);
}

static void make_root(void)
{
    int folder;

    target_demand(mkdtemp(root) != NULL);
    folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    target_demand(dup2(folder, FOLDER) == FOLDER);
    close(folder);
    for (size_t i = 0; i < FILES; i++) {
        char path[64];

        file[i] = memfd_create(name[i], MFD_CLOEXEC);
        target_demand(file[i] >= 0);
        snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)getpid(), file[i]);
        make_folders(name[i]);
        target_demand(symlinkat(path, FOLDER, name[i]) == 0);
    }
    atexit(remove_folder);
}

static void write_files(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < FILES; i++) {
        const uint8_t *end = size ? memchr(data, '\f', size) : NULL;
        size_t length = end ? (size_t)(end - data) : size;

        if (length < holds[i])
            target_demand(ftruncate(file[i], (off_t)length) == 0);
        holds[i] = length;
        if (length > 0)
            target_demand(pwrite(file[i], data, length, 0) == (ssize_t)length);
        length += end != NULL;
        data += length;
        size -= length;
    }
}

/* --- what is made of them -------------------------------------------------- */

static void look_at_quota(void)
{
    struct cgroup_quota quota;
    struct cores cores;

    cgroup_quota_read(&quota, ROOT);
    target_demand(quota.quota_us >= 0);
    target_demand(quota.quota_us == 0 || quota.period_us > 0);
    cores_init(&cores, ROOT, ROOT);
    target_demand(cores.usable >= 1 && cores.usable <= cores.allowed);
    cores_fini(&cores);
}

static void look_at_order(void)
{
    int cpu[CPUS] = { 0, 1, 2 }, seen = 0;
    int physical = cores_order(cpu, CPUS, ROOT);

    for (int i = 0; i < CPUS; i++)
        seen |= 1 << cpu[i];
    target_demand(seen == 7 && physical >= 1 && physical <= CPUS);
    target_demand(cores_others(ROOT) >= -1);
}

/* Nobody is told of a time that has not been, or of a core that cannot be. */
static void take(void *context, const struct switch_record *record)
{
    const int64_t *now_ns = context;

    target_demand(record->kind != SWITCH_LOST && record->tid > 0);
    target_demand(record->t_ns > 0 && record->t_ns <= *now_ns);
    target_demand(record->cpu >= 0);
    target_demand(memchr(record->name, '\0', sizeof record->name) != NULL);
}

static void look_at_threads(const uint8_t *data, size_t size)
{
    struct watch_proc *proc = watch_proc_new(PROCESS, ROOT);
    int64_t now_ns = NS_PER_S;

    watch_proc_look(proc, now_ns, take, &now_ns);
    write_files(data + size / 2, size - size / 2);
    now_ns += NS_PER_S;
    watch_proc_look(proc, now_ns, take, &now_ns);
    watch_proc_end(proc, now_ns, take, &now_ns);
    watch_proc_free(proc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!file[0])
        make_root();
    write_files(data, size);
    if (size > 0 && data[0] == '!') {
        look_at_threads(data, size);
    } else {
        look_at_quota();
        look_at_order();
    }
    return 0;
}
