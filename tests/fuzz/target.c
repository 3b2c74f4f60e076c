/*
 * target.c -- see target.h.
 */
#include "tests/fuzz/target.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/analysis/metrics.h"
#include "sched/analysis/sentence.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

void target_demand(int condition)
{
    if (!condition)
        abort();
}

/* --- a file ---------------------------------------------------------------- */

static int file(void)
{
    static int fd = -1;

    if (fd < 0)
        fd = memfd_create("fuzz", MFD_CLOEXEC);
    target_demand(fd >= 0);
    return fd;
}

const char *target_file(const uint8_t *data, size_t size)
{
    static char path[64];

    target_demand(ftruncate(file(), 0) == 0);
    target_demand(pwrite(file(), data, size, 0) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file());
    return path;
}

void target_add(const void *data, size_t size)
{
    off_t end = lseek(file(), 0, SEEK_END);

    target_demand(pwrite(file(), data, size, end) == (ssize_t)size);
}

/* --- a trace --------------------------------------------------------------- */

static void look_at_event(const struct event *event,
                          const struct history *history, size_t tasks)
{
    target_demand(event->task == EVENT_NO_TASK || event->task < tasks);
    target_demand(event->machine == EVENT_NO_MACHINE ||
                  event->machine < history_machines(history));
}

void target_look_at(const struct trace *trace)
{
    size_t tasks = trace_workload(trace)->task_count;
    struct history *history = history_new(trace);
    struct strbuf told;
    int64_t last_ns = 0;

    history_update(history);
    target_demand(history_ended(history));
    strbuf_init(&told);
    for (size_t i = 0; i < trace_count(trace); i++) {
        struct event event = *trace_at(trace, i);

        target_demand(event.t_ns >= last_ns);
        last_ns = event.t_ns;
        look_at_event(&event, history, tasks);
        strbuf_clear(&told);
        sentence_event(&told, history, NULL, i);
    }
    metrics_free(metrics_new(history));
    strbuf_fini(&told);
    history_free(history);
}
