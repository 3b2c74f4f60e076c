/*
 * fuzz_recording.c -- any bytes are a run that somebody has written down, or
 * are refused in a sentence; what was read can be looked at, and each of its
 * events told. The corpus has all formats but our tape (fuzz_tape.c).
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/analysis/metrics.h"
#include "sched/analysis/sentence.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/recording.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int condition)
{
    if (!condition)
        abort();
}

/* Everybody is somewhere at each instant, at a machine that exists, and time
 * does not go back. */
static void look_at(const struct recording *recording)
{
    const struct trace *trace = recording_trace(recording);
    size_t tasks = recording_workload(recording)->task_count;
    struct history *history = history_new(trace);
    struct strbuf told;
    int64_t last_ns = 0;

    history_update(history);
    demand(history_ended(history));
    strbuf_init(&told);
    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        demand(event->t_ns >= last_ns);
        demand(event->task == EVENT_NO_TASK || event->task < tasks);
        demand(event->machine == EVENT_NO_MACHINE ||
               event->machine < history_machines(history));
        last_ns = event->t_ns;
        strbuf_clear(&told);
        sentence_event(&told, history, NULL, i);
    }
    metrics_free(metrics_new(history));
    strbuf_clear(&told);
    recording_remarks(recording, &told);
    strbuf_fini(&told);
    history_free(history);
}

/* The same as if it were still written, and then ended. */
static void follow(int fd, const char *path)
{
    static const char end[] = "\n{\"ev\":\"end\"}\n";
    struct diag diag = { .message = "" };
    struct recording *recording = recording_open_growing(path, &diag);

    demand(recording || diag.message[0]);
    if (!recording)
        return;
    recording_follow(recording);
    demand(write(fd, end, sizeof end - 1) == sizeof end - 1);
    for (int i = 0; i < 3; i++)
        recording_follow(recording);
    if (!recording_written(recording))
        look_at(recording);
    recording_close(recording);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = memfd_create("recording", MFD_CLOEXEC);
    struct diag diag = { .message = "" };
    struct recording *recording;
    char path[64];

    demand(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    recording = recording_open(path, &diag);
    demand(recording || diag.message[0]);
    if (recording)
        look_at(recording);
    recording_close(recording);
    follow(fd, path);
    close(fd);
    return 0;
}
