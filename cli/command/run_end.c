/*
 * run_end.c -- what is left to say when a run is over.
 */
#include "cli/command/run_end.h"

#include <errno.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/report/compare_report.h"
#include "cli/report/score_report.h"
#include "cli/report/sound.h"
#include "cli/report/unattended.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_claim.h"

/* The picture shows each machine as a core of its own: was that so? */
static void note_unbound(const struct trace *trace)
{
    size_t count = trace_info(trace)->real ? trace_count(trace) : 0;
    int told = 0; /* of each machine where it begins */

    for (size_t i = 0; i < count; i++) {
        const struct event *event = trace_at(trace, i);

        if (event->kind != EVENT_MACHINE)
            continue;
        told++;
        if (event->object >= 0)
            continue;
        message(told > trace_info(trace)->machines
                    ? _("threads were moved to other cores meanwhile: they may "
                        "have shared one, and times may be longer")
                    : _("threads could not be bound to cores: they may have "
                        "moved or shared one, and times may be longer"));
        return;
    }
}

static bool has_claims(const struct workload *workload)
{
    for (size_t i = 0; i < workload->claim_count; i++)
        if (workload->claim[i].finally)
            return true;
    return false;
}

/* The first claim of the end that is not so, or -1. */
static int broken_claim(const struct runner *runner,
                        const struct workload *workload)
{
    struct history *history = runner_history(runner);
    struct metrics *numbers = metrics_new(history);
    int broken = -1;

    if (numbers->outcome == OUTCOME_FINISHED)
        broken = workload_claim_find(workload, true, numbers->shared);
    metrics_free(numbers);
    history_free(history);
    return broken;
}

/* What is claimed of the end does not end a run, but it has failed. */
static int check_claims(const struct runner *runner)
{
    const struct workload *workload = trace_workload(runner_trace(runner));
    const struct claim_spec *claim;
    struct diag diag;
    int broken = -1;

    if (has_claims(workload))
        broken = broken_claim(runner, workload);
    if (broken < 0)
        return EXIT_DONE;
    claim = &workload->claim[broken];
    diag_set(&diag, workload->file, claim->line, claim->column,
             _("\"finally %s\" is not so at the end of this run"), claim->text);
    message_diag(&diag);
    return EXIT_FAILED;
}

int run_end_wait(struct runner *runner)
{
    const struct diag *why;
    int error;

    while (!runner_wait(runner, -1))
        continue;
    error = runner_error(runner, &why);
    if (!error) {
        note_unbound(runner_trace(runner));
        error = unattended_status(runner);
        return error == EXIT_DONE ? check_claims(runner) : error;
    }
    message_diag(why);
    return error == -EINVAL ? EXIT_USAGE : EXIT_FAILED;
}

int run_end_wait_all(struct runner *const *runner, int count)
{
    int status = EXIT_DONE;

    for (int i = 0; i < count; i++) {
        int one = run_end_wait(runner[i]);

        status = status == EXIT_DONE ? one : status;
    }
    return status;
}

int run_end_of(const struct run_plan *plan, struct runner **runner)
{
    struct diag diag;

    if (plan->note[0])
        message("%s", plan->note);
    *runner = runner_start(plan->executor, plan->workload, &plan->run, &diag);
    if (!*runner) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    runner_set_label(*runner, run_plan_label(plan));
    return run_end_wait(*runner);
}

/* A task that breaks a claim, or calculates what is no number, ends a run that
 * has taken place. */
bool run_end_refused(const struct runner *runner)
{
    const struct diag *unused;
    int error = runner ? runner_error(runner, &unused) : -ECANCELED;

    return error != 0 && error != -EDOM;
}

int run_end_close(struct runner *runner[2])
{
    int status[2] = { EXIT_DONE, EXIT_DONE };

    for (int i = 0; i < 2 && runner[i]; i++) {
        status[i] = run_end_wait(runner[i]);
        if (!run_end_refused(runner[i]))
            unattended_line(runner[i]);
    }
    if (runner[1] && status[0] == EXIT_DONE && status[1] == EXIT_DONE)
        compare_report_line(runner);
    for (int i = 0; i < 2; i++) {
        runner_free(runner[i]);
        runner[i] = NULL;
    }
    return status[0] != EXIT_DONE ? status[0] : status[1];
}

/* How well the person chose stays on the terminal, too. */
int run_end_live(struct runner *runner[2], const struct run_plan *plan,
                 const struct options *options, int sound)
{
    struct history *history;
    char **rows = NULL;
    int status, kept = sound_write(sound, runner[0], options);

    if (plan->run.policy == POLICY_PICK && !runner[1] &&
        runner_wait(runner[0], 0)) {
        history = runner_history(runner[0]);
        if (history_outcome(history) == OUTCOME_FINISHED)
            rows = score_report_rows(history, plan);
        history_free(history);
    }
    if (options->output)
        unattended_output(runner[0]);
    status = run_end_close(runner);
    if (rows)
        score_report_print(rows);
    score_report_free(rows);
    return status == EXIT_DONE ? kept : status;
}

int run_end_unseen(struct runner *runner, const struct options *options,
                   int sound)
{
    int status, kept;

    if (!options->json && !options->frame_width && options->view != VIEW_NONE)
        unattended_plain(runner, options);
    status = run_end_wait(runner);
    if (options->json && !run_end_refused(runner))
        unattended_json(runner);
    else if (options->frame_width && !run_end_refused(runner))
        unattended_frame(runner, options);
    else if (options->output && !run_end_refused(runner))
        unattended_output(runner);
    kept = sound_write(sound, runner, options);
    return status == EXIT_DONE ? kept : status;
}
