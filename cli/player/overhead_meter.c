/*
 * overhead_meter.c -- frames are counted and averaged over a second at a time.
 *
 * Bytes come from /proc/thread-self/io, where the system has it: the thread
 * that draws writes frames and nothing else. The cost of an event cannot be
 * seen from outside, so a few thousand are written into a trace of their own;
 * the fastest of some rounds is the one least disturbed.
 */
#include "cli/player/overhead_meter.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sched/base/clock.h"
#include "sched/trace/event.h"
#include "sched/trace/trace.h"

enum {
    EVENTS = 2048,
    ROUNDS = 5
};

static int64_t cpu_now_ns(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now))
        return 0;
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* Bytes this thread has written so far, or -1. */
static int64_t bytes_now(void)
{
    FILE *file = fopen("/proc/thread-self/io", "re");
    char line[64];
    long long bytes = -1;

    if (!file)
        return -1;
    while (bytes < 0 && fgets(line, sizeof line, file))
        if (sscanf(line, "wchar: %lld", &bytes) != 1)
            bytes = -1;
    fclose(file);
    return bytes;
}

static void begin_second(struct overhead_meter *meter, int64_t now_ns)
{
    meter->from_ns = now_ns;
    meter->cpu_ns = cpu_now_ns();
    meter->bytes = bytes_now();
    meter->frames = 0;
}

void overhead_meter_init(struct overhead_meter *meter)
{
    *meter = (struct overhead_meter){ .overhead = { .bytes_per_frame = -1 } };
    begin_second(meter, clock_now_ns());
}

void overhead_meter_frame(struct overhead_meter *meter, int64_t now_ns)
{
    double passed_ns = (double)(now_ns - meter->from_ns);
    int64_t bytes;

    meter->frames++;
    if (passed_ns < NS_PER_S)
        return;
    bytes = bytes_now();
    meter->overhead.frames_per_s = meter->frames / passed_ns * NS_PER_S;
    meter->overhead.cpu_percent = (double)(cpu_now_ns() - meter->cpu_ns) /
                                  passed_ns * 100;
    meter->overhead.bytes_per_frame = bytes < 0 || meter->bytes < 0
                                          ? -1
                                          : (double)(bytes - meter->bytes) /
                                                meter->frames;
    begin_second(meter, now_ns);
}

void overhead_meter_events(struct overhead_meter *meter,
                           const struct trace *like)
{
    int64_t least_ns = TIME_NEVER;

    if (meter->overhead.event_ns > 0)
        return;
    for (int round = 0; round < ROUNDS; round++) {
        struct trace *trace = trace_new(trace_workload(like), trace_info(like));
        int64_t began_ns = clock_now_ns(), taken_ns;

        for (int i = 0; i < EVENTS; i++)
            trace_add(trace, (struct event){ .t_ns = i, .kind = EVENT_READY });
        taken_ns = clock_now_ns() - began_ns;
        least_ns = taken_ns < least_ns ? taken_ns : least_ns;
        trace_free(trace);
    }
    meter->overhead.event_ns = (double)least_ns / EVENTS;
}
