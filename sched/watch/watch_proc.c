/*
 * watch_proc.c -- the files of each thread, read now and then.
 *
 *   last look                               this look
 *   |— ran —|— stood in line —|— was away ————————|
 *
 * Several threads may have run on one core meanwhile: they are told one after the
 * other, so that no core has two at once. What a core has run beyond the time there
 * was (clocks of threads that run move in ticks) is told in the next look.
 */
#include "sched/watch/watch_proc.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/file.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/switch_records.h"

enum {
    PATH_BYTES = 96,
    FILE_MAX = 65536,
    CPUS_MAX = 4096,
    CPU_FIELD = 39, /* of the file stat, from 1 */
};

/* A thread. */
struct looked_at {
    int pid, tid;
    int64_t ran_ns, waited_ns; /* so far, and told */
    bool seen;                 /* in this look */
};

struct watch_proc {
    const char *folder;
    int *pid; /* processes to look at */
    size_t pids, pid_room;
    struct looked_at *thread;
    size_t count, room;
    int64_t last_ns;
    int64_t *until_ns; /* by core: up to when somebody was told to be there */
    void (*take)(void *context, const struct switch_record *record);
    void *context;
};

static void add_process(struct watch_proc *proc, int pid)
{
    for (size_t i = 0; i < proc->pids; i++)
        if (proc->pid[i] == pid)
            return;
    proc->pid = xgrow(proc->pid, proc->pids, &proc->pid_room,
                      sizeof *proc->pid);
    proc->pid[proc->pids++] = pid;
}

struct watch_proc *watch_proc_new(int pid, const char *folder)
{
    struct watch_proc *proc = xcalloc(1, sizeof *proc);

    proc->folder = folder ? folder : "/proc";
    proc->until_ns = xcalloc(CPUS_MAX, sizeof *proc->until_ns);
    add_process(proc, pid);
    return proc;
}

void watch_proc_free(struct watch_proc *proc)
{
    if (!proc)
        return;
    free(proc->pid);
    free(proc->thread);
    free(proc->until_ns);
    free(proc);
}

/* --- files ----------------------------------------------------------------- */

static bool read_file(const struct watch_proc *proc, struct strbuf *text,
                      int pid, int tid, const char *name)
{
    char path[PATH_BYTES];

    strbuf_clear(text);
    snprintf(path, sizeof path, "%s/%d/task/%d/%s", proc->folder, pid, tid,
             name);
    return file_read(path, FILE_MAX, text) == 0;
}

/* Its name stands in parentheses, and may hold some itself. */
static int read_stat(const char *stat, char name[16], char *state)
{
    const char *open = strchr(stat, '('), *close = strrchr(stat, ')');
    int cpu = 0, field = 2;

    if (!open || !close || close < open || close[1] != ' ')
        return -1;
    snprintf(name, 16, "%.*s", (int)(close - open - 1), open + 1);
    *state = close[2];
    for (const char *at = close + 1; *at; at++)
        if (*at == ' ' && ++field == CPU_FIELD)
            cpu = atoi(at + 1);
    return cpu >= 0 && cpu < CPUS_MAX ? cpu : -1;
}

/* --- a thread -------------------------------------------------------------- */

static void tell(struct watch_proc *proc, const struct looked_at *thread,
                 enum switch_kind kind, int64_t t_ns, int cpu, const char *name)
{
    struct switch_record record = { .kind = kind,
                                    .tid = thread->tid,
                                    .pid = thread->pid,
                                    .by = thread->tid == thread->pid
                                              ? 0
                                              : thread->pid,
                                    .cpu = cpu,
                                    .t_ns = t_ns };

    if (name)
        snprintf(record.name, sizeof record.name, "%s", name);
    proc->take(proc->context, &record);
}

static struct looked_at *find(struct watch_proc *proc, int pid, int tid,
                              bool *is_new)
{
    for (size_t i = 0; i < proc->count; i++)
        if (proc->thread[i].tid == tid && proc->thread[i].pid == pid) {
            *is_new = false;
            return &proc->thread[i];
        }
    proc->thread = xgrow(proc->thread, proc->count, &proc->room,
                         sizeof *proc->thread);
    proc->thread[proc->count] = (struct looked_at){ .pid = pid, .tid = tid };
    *is_new = true;
    return &proc->thread[proc->count++];
}

/* What the look says of it, told as records. */
static void tell_time(struct watch_proc *proc, struct looked_at *thread,
                      int64_t ran_ns, int64_t waited_ns, int cpu, bool ready,
                      int64_t now_ns)
{
    int64_t *until_ns = &proc->until_ns[cpu];
    int64_t begin_ns = *until_ns > proc->last_ns ? *until_ns : proc->last_ns;
    int64_t run_ns = ran_ns - thread->ran_ns;
    int64_t wait_ns = waited_ns - thread->waited_ns;

    if (run_ns > now_ns - begin_ns)
        run_ns = now_ns - begin_ns;
    if (run_ns > 0) {
        tell(proc, thread, SWITCH_IN, begin_ns, cpu, NULL);
        *until_ns = begin_ns + run_ns;
        thread->ran_ns += run_ns;
    } else {
        run_ns = 0;
    }
    if (run_ns > 0 || wait_ns > 0)
        tell(proc, thread, wait_ns > 0 || ready ? SWITCH_STOPPED : SWITCH_WAITS,
             begin_ns + run_ns, cpu, NULL);
    if (wait_ns > 0 && !ready && wait_ns < now_ns - begin_ns - run_ns)
        tell(proc, thread, SWITCH_WAITS, begin_ns + run_ns + wait_ns, cpu,
             NULL);
    thread->waited_ns = waited_ns;
}

static void add_children(struct watch_proc *proc, const char *text)
{
    char *end;

    for (;; text = end) {
        long pid = strtol(text, &end, 10);

        if (end == text || pid <= 0 || pid > INT_MAX)
            return;
        add_process(proc, (int)pid);
    }
}

static void look_at_thread(struct watch_proc *proc, int pid, int tid,
                           int64_t now_ns)
{
    struct looked_at *thread;
    struct strbuf text;
    char name[16], state = 'S';
    long long ran_ns, waited_ns;
    int cpu = -1;
    bool is_new;

    strbuf_init(&text);
    if (read_file(proc, &text, pid, tid, "stat"))
        cpu = read_stat(text.text, name, &state);
    if (cpu >= 0 && state != 'Z' &&
        read_file(proc, &text, pid, tid, "schedstat") &&
        sscanf(text.text, "%19lld %19lld", &ran_ns, &waited_ns) == 2 &&
        ran_ns >= 0 && waited_ns >= 0) {
        thread = find(proc, pid, tid, &is_new);
        thread->seen = true;
        if (is_new) {
            tell(proc, thread, SWITCH_BORN, proc->last_ns, cpu, NULL);
            tell(proc, thread, SWITCH_NAMED, proc->last_ns, cpu, name);
        }
        tell_time(proc, thread, ran_ns, waited_ns, cpu, state == 'R', now_ns);
        if (read_file(proc, &text, pid, tid, "children"))
            add_children(proc, text.text);
    }
    strbuf_fini(&text);
}

/* --- all of them ----------------------------------------------------------- */

static void look_at_process(struct watch_proc *proc, int pid, int64_t now_ns)
{
    char path[PATH_BYTES];
    const struct dirent *entry;
    DIR *folder;

    snprintf(path, sizeof path, "%s/%d/task", proc->folder, pid);
    folder = opendir(path);
    while (folder && (entry = readdir(folder)))
        if (isdigit((unsigned char)entry->d_name[0]))
            look_at_thread(proc, pid, atoi(entry->d_name), now_ns);
    if (folder)
        closedir(folder);
}

static void leave_gone(struct watch_proc *proc, int64_t t_ns)
{
    size_t kept = 0;

    for (size_t i = 0; i < proc->count; i++) {
        if (proc->thread[i].seen)
            proc->thread[kept++] = proc->thread[i];
        else
            tell(proc, &proc->thread[i], SWITCH_ENDED, t_ns, 0, NULL);
    }
    proc->count = kept;
}

void watch_proc_look(struct watch_proc *proc, int64_t now_ns,
                     void (*take)(void *context,
                                  const struct switch_record *record),
                     void *context)
{
    proc->take = take;
    proc->context = context;
    if (!proc->last_ns)
        proc->last_ns = now_ns;
    for (size_t i = 0; i < proc->count; i++)
        proc->thread[i].seen = false;
    for (size_t i = 0; i < proc->pids; i++)
        look_at_process(proc, proc->pid[i], now_ns);
    leave_gone(proc, now_ns);
    proc->last_ns = now_ns;
}

void watch_proc_end(struct watch_proc *proc, int64_t now_ns,
                    void (*take)(void *context,
                                 const struct switch_record *record),
                    void *context)
{
    proc->take = take;
    proc->context = context;
    for (size_t i = 0; i < proc->count; i++)
        proc->thread[i].seen = false;
    leave_gone(proc, now_ns);
}
