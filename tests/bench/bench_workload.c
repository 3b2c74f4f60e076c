#include <stdio.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/bench/bench.h"

enum {
    LINES = 100000
};

static int64_t parse_once(void *context)
{
    const struct strbuf *text = context;
    struct diag diag;
    int64_t began = clock_now_ns();
    struct workload *workload = workload_parse("bench", "bench", text->text,
                                               text->length, &diag);
    int64_t taken = clock_now_ns() - began;

    if (!workload) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    workload_free(workload);
    return taken;
}

/* A file may not be this large, but a text that a program makes may. */
void bench_workload(void)
{
    struct strbuf text;

    strbuf_init(&text);
    for (int i = 0; i < LINES; i++)
        strbuf_addf(&text, "task T%d line %d: cpu 30, sleep 40, cpu 5 by 1\n",
                    i, i % 4 + 1);
    bench_group("workload");
    bench_time("parse 100,000 task lines", 5, 1, "s", 1.0, parse_once, &text);
    strbuf_fini(&text);
}
