/*
 * modelled.h -- a workload's text, run on the ideal machine, for tests.
 */
#ifndef CONCVIZ_TESTS_SCHED_MODELLED_H
#define CONCVIZ_TESTS_SCHED_MODELLED_H

#include <check.h>
#include <stdint.h>
#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/check/trace_check.h"

#define MS(ms) ((int64_t)(ms)*NS_PER_MS)

struct modelled {
    struct workload *workload;
    const struct executor *mode;
    struct run_options options;
    struct trace *trace;
    struct history *history;
    struct metrics *metrics;
    struct diag diag;
    int error;
};

/* Read text; then change what the test needs in run->options. */
static inline void modelled_init(struct modelled *run, const char *mode,
                                 const char *text)
{
    *run = (struct modelled){ .mode = executor_find(mode) };
    run->workload = workload_parse("test", "test", text, strlen(text),
                                   &run->diag);
    ck_assert_msg(run->workload != NULL, "%d:%d: %s", run->diag.line,
                  run->diag.column, run->diag.message);
    executor_defaults(&run->options, run->mode, run->workload);
    run->options.model = true;
    if (run->workload->machines == 0)
        run->options.machines = 1;
    if (run->mode->mode->traits & PREEMPTIVE)
        run->options.slice_ns = MS(10);
}

/* Run it; the trace must be possible. */
static inline void modelled_run(struct modelled *run)
{
    struct diag diag = { .message = "" };

    run->trace = executor_trace(run->mode, run->workload, &run->options);
    run->error = executor_run(run->mode, run->workload, &run->options,
                              run->trace, &run->diag);
    ck_assert_msg(trace_check(run->trace, &diag), "%s", diag.message);
    run->history = history_new(run->trace);
    history_update(run->history);
    run->metrics = metrics_new(run->history);
}

static inline void modelled_fini(struct modelled *run)
{
    metrics_free(run->metrics);
    history_free(run->history);
    trace_free(run->trace);
    workload_free(run->workload);
}

/* Whom a machine served and from when to when, in ms: "A 0-10, B 10-30". A
 * star stands behind who was held there. */
static inline void expect_served(const struct modelled *run, int machine,
                                 const char *expected)
{
    struct strbuf text;

    strbuf_init(&text);
    for (size_t i = 0; i < history_services(run->history, machine); i++) {
        struct service service = history_service(run->history, machine, i);

        if (service.task < 0 || service.from_ns == service.to_ns)
            continue;
        strbuf_addf(&text, "%s%s%s %d-%d", text.length > 0 ? ", " : "",
                    run->workload->task[service.task].name,
                    service.kind == SERVICE_HELD        ? "*"
                    : service.kind == SERVICE_SWITCHING ? "~"
                                                        : "",
                    (int)(service.from_ns / NS_PER_MS),
                    (int)(service.to_ns / NS_PER_MS));
    }
    ck_assert_str_eq(text.text, expected);
    strbuf_fini(&text);
}

/* The task called name. */
static inline const struct task_metrics *numbers_of(const struct modelled *run,
                                                    const char *name)
{
    int task = workload_find_task(run->workload, name);

    ck_assert_int_ge(task, 0);
    return &run->metrics->task[task];
}

#endif
