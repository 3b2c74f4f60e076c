/*
 * runner.c -- one thread for one run.
 *
 * The thread closes its end of a pipe when it is done, so that whoever watches
 * can poll for the end together with the keyboard. It blocks all signals: they
 * belong to the main thread, which restores the terminal.
 */
#include "cli/run/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/crash_cleanup.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/calibration.h"
#include "sched/exchange/recording.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/run/gate.h"
#include "sched/trace/trace.h"

enum {
    STACK_BYTES = 8 * 1024 * 1024,
    LOOK_MS = 20 /* for more, while others write */
};

struct runner {
    const struct executor *executor; /* borrowed */
    const struct workload *workload; /* borrowed */
    struct run_options options;
    const char *label; /* borrowed */
    struct gate *gate;
    struct trace *trace;         /* NULL: it is … */
    struct recording *tape;      /* … in here, borrowed */
    struct runner_writer writer; /* all NULL: nobody we could ask */
    int wake;                    /* readable once they have ended; or -1 */
    pthread_t thread;
    int ended[2]; /* a pipe: the thread closes its end when it is done */
    bool joined;
    bool cut;  /* no more will come of the tape, and there was no end */
    int error; /* these two belong to the thread until it is joined */
    struct diag diag;
};

static void *run(void *argument)
{
    struct runner *runner = argument;

    if (!runner->options.model && !runner->options.iterations_per_ms)
        runner->options.iterations_per_ms = calibration_get();
    runner->error = executor_run(runner->executor, runner->workload,
                                 &runner->options, runner->trace,
                                 &runner->diag);
    close(runner->ended[1]);
    return NULL;
}

static int start_thread(struct runner *runner)
{
    pthread_attr_t attributes;
    sigset_t before;
    int error;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    before = crash_cleanup_block_signals();
    error = pthread_create(&runner->thread, &attributes, run, runner);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return error;
}

static struct runner *refuse(struct runner *runner, int error,
                             struct diag *diag)
{
    diag_set(diag, NULL, 0, 0,
             _("the run cannot be started: %s; close other programs, or raise "
               "the limits (ulimit -a)"),
             strerror(error));
    runner->joined = true;
    runner_free(runner);
    return NULL;
}

struct runner *runner_start(const struct executor *executor,
                            const struct workload *workload,
                            const struct run_options *options,
                            struct diag *diag)
{
    struct runner *runner = xcalloc(1, sizeof *runner);
    int error;

    runner->executor = executor;
    runner->workload = workload;
    runner->options = *options;
    runner->label = executor->mode->name;
    runner->ended[0] = runner->ended[1] = -1;
    runner->gate = runner->options.gate = gate_new();
    runner->trace = executor_trace(executor, workload, options);
    if (pipe(runner->ended) != 0)
        return refuse(runner, errno, diag);
    fcntl(runner->ended[0], F_SETFD, FD_CLOEXEC);
    fcntl(runner->ended[1], F_SETFD, FD_CLOEXEC);
    error = start_thread(runner);
    if (error) {
        close(runner->ended[1]);
        return refuse(runner, error, diag);
    }
    return runner;
}

/* What is known of it is known once all was read. */
static void finish(struct runner *runner, bool cut)
{
    runner->joined = true;
    runner->cut = cut;
    if (cut && runner->writer.why &&
        runner->writer.why(runner->writer.context, &runner->diag))
        runner->error = -EDOM;
    if (trace_failure(runner_trace(runner), &runner->diag))
        runner->error = -EDOM;
}

struct runner *runner_replay(struct recording *tape, bool follow)
{
    struct runner *runner = xcalloc(1, sizeof *runner);

    runner->tape = tape;
    runner->label = trace_info(recording_trace(tape))->mode;
    runner->ended[0] = runner->ended[1] = runner->wake = -1;
    runner->gate = gate_new();
    if (!follow)
        finish(runner, !trace_end(recording_trace(tape)));
    return runner;
}

void runner_set_writer(struct runner *runner,
                       const struct runner_writer *writer)
{
    runner->writer = *writer;
}

void runner_wake_by(struct runner *runner, int fd)
{
    runner->wake = fd;
}

void runner_set_label(struct runner *runner, const char *label)
{
    runner->label = label;
}

const char *runner_label(const struct runner *runner)
{
    return runner->label;
}

const struct trace *runner_trace(const struct runner *runner)
{
    return runner->tape ? recording_trace(runner->tape) : runner->trace;
}

struct history *runner_history(const struct runner *runner)
{
    struct history *history = history_new(runner_trace(runner));

    history_update(history);
    return history;
}

/* What a recording says of its program comes first. */
struct metrics *runner_metrics(const struct runner *runner,
                               const struct history *history)
{
    struct metrics *metrics = metrics_new(history);

    if (metrics->status < 0 && runner->writer.status)
        metrics->status = runner->writer.status(runner->writer.context);
    return metrics;
}

struct gate *runner_gate(const struct runner *runner)
{
    return runner->gate;
}

int runner_fd(const struct runner *runner)
{
    return runner->ended[0];
}

/* Who has gone had written all before: what is read after that is all. */
static bool read_rest(struct runner *runner)
{
    bool stopped = gate_stopped(runner->gate);
    bool gone = !recording_written(runner->tape), ended;

    if (runner->writer.look)
        runner->writer.look(runner->writer.context);
    recording_follow(runner->tape);
    ended = trace_end(runner_trace(runner));
    if (ended || gone || stopped)
        finish(runner, !ended && !stopped);
    return runner->joined;
}

static bool wait_for_tape(struct runner *runner, int timeout_ms)
{
    struct pollfd wake = { .fd = runner->wake, .events = POLLIN };
    int64_t until_ns = clock_now_ns() + timeout_ms * NS_PER_MS;

    while (!read_rest(runner)) {
        if (timeout_ms >= 0 && clock_now_ns() >= until_ns)
            return false;
        poll(&wake, 1, LOOK_MS);
    }
    return true;
}

bool runner_wait(struct runner *runner, int timeout_ms)
{
    struct pollfd end = { .fd = runner->ended[0], .events = POLLIN };

    if (runner->joined)
        return true;
    if (runner->tape)
        return wait_for_tape(runner, timeout_ms);
    if (poll(&end, 1, timeout_ms) <= 0)
        return false;
    pthread_join(runner->thread, NULL);
    runner->joined = true;
    return true;
}

void runner_catch_up(const struct runner *runner)
{
    if (runner->joined && runner->writer.status)
        recording_follow(runner->tape);
}

bool runner_is_cut(const struct runner *runner)
{
    return runner->cut;
}

int runner_error(const struct runner *runner, const struct diag **diag)
{
    *diag = &runner->diag;
    return runner->error;
}

void runner_free(struct runner *runner)
{
    if (!runner)
        return;
    if (!runner->joined && !runner->tape) {
        gate_stop(runner->gate);
        pthread_join(runner->thread, NULL);
    }
    if (runner->ended[0] >= 0)
        close(runner->ended[0]);
    trace_free(runner->trace);
    gate_free(runner->gate);
    free(runner);
}
