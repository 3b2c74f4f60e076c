/*
 * runner.h -- a run on a thread of its own, so that somebody can watch.
 *
 * The run writes its trace and whoever watches reads it. Besides that there is
 * only the gate, and a file descriptor that becomes readable at the end. All
 * functions belong to the thread that started the run.
 */
#ifndef CONCVIZ_CLI_RUN_RUNNER_H
#define CONCVIZ_CLI_RUN_RUNNER_H

#include <stdbool.h>

struct diag;
struct executor;
struct gate;
struct history;
struct metrics;
struct run_options;
struct runner;
struct recording;
struct trace;
struct workload;

/*
 * Begin a run. Everything is borrowed until runner_free; options->gate is
 * filled in here. A real run without iterations_per_ms calibrates first.
 * Returns NULL with diag filled when the system has no thread for it.
 */
struct runner *runner_start(const struct executor *executor,
                            const struct workload *workload,
                            const struct run_options *options,
                            struct diag *diag);

/*
 * A run that is not run here, because it took place before, or that another
 * process runs; follow: read what that one goes on to write, until it is over or
 * gone, or its gate is stopped. tape is borrowed.
 */
struct runner *runner_replay(struct recording *tape, bool follow);

/* Who writes a run that another process runs. look is called whenever more of it
 * is looked for; why, if it ended without an end: it returns whether it filled
 * diag with the reason, with which the run has failed then. status, once the run
 * is over, waits for the process: how it ended, as in waitpid; -1: it does not
 * end yet. */
struct runner_writer {
    void (*look)(void *context);
    bool (*why)(void *context, struct diag *diag);
    int (*status)(void *context);
    void *context; /* borrowed */
};
void runner_set_writer(struct runner *runner,
                       const struct runner_writer *writer);

/* Look at once when this descriptor can be read, and it stays so until nothing
 * more is written. Negative: nothing wakes it. */
void runner_wake_by(struct runner *runner, int fd);

/* What the run is called: label is borrowed; the name of its mode unless
 * set. */
void runner_set_label(struct runner *runner, const char *label);
const char *runner_label(const struct runner *runner);

/* What the run has written so far. Valid until runner_free. Of one that is not run
 * here: what was read so far, in runner_wait. */
const struct trace *runner_trace(const struct runner *runner);

/* A history of what it has written so far; free with history_free. */
struct history *runner_history(const struct runner *runner);

/* The numbers of a run that is over, from its history, and of one that has a writer
 * its status; free with metrics_free. */
struct metrics *runner_metrics(const struct runner *runner,
                               const struct history *history);

/* The gate through which it can be stopped, or told whom to pick. */
struct gate *runner_gate(const struct runner *runner);

/* A file descriptor to poll: readable once the run has ended. Negative: none. */
int runner_fd(const struct runner *runner);

/* Has it ended, or will nothing more be heard of it? Waits up to timeout_ms (negative: as long as it takes). */
bool runner_wait(struct runner *runner, int timeout_ms);

/* What its writer knows only after the end of the run stands in its trace from
 * now on, if it was written: how the program ended. */
void runner_catch_up(const struct runner *runner);

/* Once it has ended: was only its beginning kept? Never of a run of this
 * process. */
bool runner_is_cut(const struct runner *runner);

/* Once it has ended: 0, or the negative errno value of executor_run with the
 * reason in diag. */
int runner_error(const struct runner *runner, const struct diag **diag);

/* Stop the run if it has not ended, wait for it, and free everything. */
void runner_free(struct runner *runner);

#endif
