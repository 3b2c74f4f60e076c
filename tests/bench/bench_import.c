/*
 * bench_import.c -- a large trace of somebody else's, as `concviz replay` opens
 * it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/exchange/recording.h"
#include "tests/bench/bench.h"

enum {
    SLICES = 1000000,
    THREADS = 64,
    OPEN_AIM = 1 /* s */
};

static int64_t open_once(void *context)
{
    struct diag diag;
    int64_t began = clock_now_ns();
    struct recording *recording = recording_open(context, &diag);

    if (!recording) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    began = clock_now_ns() - began;
    recording_close(recording);
    return began;
}

/* Threads that take turns: a slice is one event, with its length. */
static void write_slices(FILE *out)
{
    fputs("{\"traceEvents\":[\n", out);
    for (int i = 0; i < SLICES; i++)
        fprintf(out,
                "{\"name\":\"work %d\",\"cat\":\"cpu\",\"ph\":\"X\",\"ts\":%d,"
                "\"dur\":%d,\"pid\":1,\"tid\":%d}%s\n",
                i % 100, 10 * i, 3 + i % 7, 1 + i % THREADS,
                i + 1 < SLICES ? "," : "");
    fputs("]}\n", out);
}

void bench_import(void)
{
    char path[] = "bench-chrome-XXXXXX";
    int fd = mkstemp(path);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

    if (!out)
        return;
    write_slices(out);
    fclose(out);
    bench_group("import");
    bench_time("open a Chrome trace of 1,000,000 slices", 3, 1, "s", OPEN_AIM,
               open_once, path);
    unlink(path);
}
