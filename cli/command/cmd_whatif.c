/*
 * cmd_whatif.c -- what more or fewer machines would change, or another knob.
 *
 * The model answers, for more machines than anybody has; then the workload is
 * run for real on those there are, and the measured numbers are shown next to
 * the computed ones. Other knobs are only computed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/command/run_end.h"
#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/report/vary_report.h"
#include "cli/report/whatif_report.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "cli/run/vary.h"
#include "cli/whatif/whatif_live.h"
#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/checkup.h"
#include "sched/cpu/cores.h"
#include "sched/explore/whatif.h"
#include "sched/workload/workload.h"

/* Without --machines: twice as many as tasks, since nothing changes beyond
 * those, but within this. */
enum {
    LAST_LEAST = 8,
    LAST_MOST = 64
};

/* What was asked for. */
struct question {
    const struct options *options;
    const struct executor *executor;
    const struct workload *workload;
    int first, last;
};

/* Really run it on n machines. Returns the exit status. */
static int measure(const struct question *question, int n, int usable,
                   int64_t *makespan_ns)
{
    struct options options = *question->options;
    struct runner *runner = NULL;
    struct run_plan plan;
    struct diag diag;
    int status;

    options.machines = n;
    if (run_plan_make(&plan, question->executor, question->workload, &options,
                      usable, &diag))
        runner = runner_start(plan.executor, plan.workload, &plan.run, &diag);
    if (!runner) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    if (isatty(STDERR_FILENO) && !options.json)
        fprintf(stderr, _("running it for real, machines: %d ...\n"), n);
    status = run_end_wait(runner);
    *makespan_ns = whatif_live_makespan(runner);
    runner_free(runner);
    return status;
}

static int measure_all(const struct question *question,
                       struct whatif_measured *measured)
{
    int usable = cores_usable(), status = EXIT_DONE;
    int count = question->last < usable ? question->last : usable;

    if (question->options->model || question->first > usable ||
        question->options->switch_cost_ns != NOT_SAID)
        return EXIT_DONE;
    if (checkup_busy(count, NULL) > 0)
        message(_("the cores are busy now: measured times will be longer"));
    measured->makespan_ns = xcalloc((size_t)count,
                                    sizeof *measured->makespan_ns);
    for (int n = 1; n <= count && status != EXIT_FAILED && status != EXIT_USAGE;
         n++) {
        status = measure(question, n, usable, &measured->makespan_ns[n - 1]);
        measured->count = n;
    }
    return status;
}

static bool wants_ascii(const struct options *options)
{
    return options->ascii || !language_has_unicode();
}

static void print(const struct question *question, const struct whatif *whatif,
                  const struct whatif_measured *measured)
{
    const struct options *options = question->options;
    struct strbuf out;

    strbuf_init(&out);
    if (options->json) {
        whatif_report_json(&out, question->workload->name, whatif, measured);
    } else {
        strbuf_addf(&out, _("%s, mode %s: computed for ideal machines (MODEL)"),
                    question->workload->name, question->executor->mode->name);
        strbuf_adds(&out, "\n\n");
        whatif_report_plot(&out, whatif, measured, wants_ascii(options));
        strbuf_addc(&out, '\n');
        whatif_report_table(&out, whatif, measured);
    }
    message_print(&out);
}

static bool is_deadlock(const struct whatif *whatif)
{
    for (size_t i = 0; i < whatif->count; i++)
        if (whatif->point[i].outcome == OUTCOME_DEADLOCK)
            return true;
    return false;
}

static int say_deadlock(void)
{
    message(
        _("the model ends in a deadlock; run it to see who waits for whom"));
    return EXIT_DEADLOCK;
}

static int last_by_default(const struct workload *workload)
{
    size_t twice = 2 * workload->task_count;

    if (twice < LAST_LEAST)
        return LAST_LEAST;
    return twice < LAST_MOST ? (int)twice : LAST_MOST;
}

static bool is_live(const struct question *question)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
           arguments_live(question->options);
}

/* Let a person choose among the machines. Returns whether there is a screen. */
static bool turn(const struct question *question, const struct whatif *whatif,
                 const struct run_options *run)
{
    int usual = last_by_default(question->workload);
    struct whatif_live live = {
        .options = question->options,
        .executor = question->executor,
        .workload = question->workload,
        .run = *run,
        .whatif = whatif,
        .shown = question->last > usual ? question->last : usual,
        .usable = cores_usable(),
    };
    struct diag diag;

    live.machines = live.usable < question->last ? live.usable : question->last;
    if (question->options->machines)
        live.machines = (int)question->options->machines;
    if (whatif_live(&live, &diag))
        return true;
    message_diag(&diag);
    return false;
}

/* Print what was computed, and measure. Returns the exit status. */
static int report(const struct question *question, const struct whatif *whatif)
{
    struct whatif_measured measured = { NULL, 0 };
    int status = is_deadlock(whatif) ? say_deadlock()
                                     : measure_all(question, &measured);

    print(question, whatif, &measured);
    free(measured.makespan_ns);
    return status;
}

/* Only the numbers of machines that were asked for; borrowed. */
static struct whatif asked_for(const struct question *question,
                               const struct whatif *whatif, int first)
{
    struct whatif part = *whatif;

    part.point += question->first - first;
    part.count = (size_t)(question->last - question->first + 1);
    return part;
}

static int answer(const struct question *question,
                  const struct run_options *run)
{
    bool live = is_live(question);
    int first = live ? 1 : question->first, last = question->last;
    struct whatif whatif, part;
    struct diag diag;
    int status = EXIT_FAILED;

    if (live && last < WHATIF_LIVE_MOST)
        last = WHATIF_LIVE_MOST;
    if (whatif_compute(&whatif, question->executor, question->workload, run,
                       first, last, &diag)) {
        message_diag(&diag);
    } else if (live && !is_deadlock(&whatif) && turn(question, &whatif, run)) {
        status = EXIT_DONE;
    } else {
        part = asked_for(question, &whatif, first);
        status = report(question, &part);
    }
    whatif_fini(&whatif);
    return status;
}

/* The range of machines, and the mode. Returns false if it was refused. */
static bool understand(struct question *question)
{
    const struct options *options = question->options;
    int mode = options->mode == NOT_SAID ? MODE_PARALLEL : options->mode;

    question->executor = executor_table[mode];
    if (!(question->executor->mode->traits & PARALLEL)) {
        message(_("%s has one machine; what-if is for parallel and hybrid"),
                mode_table[mode].name);
        return false;
    }
    question->first = 1;
    question->last = 0;
    if (options->machines_last) {
        question->first = (int)options->machines;
        question->last = (int)options->machines_last;
    } else if (options->machines) {
        question->last = (int)options->machines;
    }
    if (question->last > WHATIF_MACHINES_MAX) {
        message(_("--machines must be a number or a range like 1-64, up to %d"),
                WHATIF_MACHINES_MAX);
        return false;
    }
    return true;
}

static int ask_machines(const struct workload *workload,
                        const struct options *options)
{
    struct question question = { .options = options, .workload = workload };
    struct options modelled = *options;
    struct run_plan plan;
    struct diag diag;

    if (!understand(&question))
        return EXIT_USAGE;
    modelled.machines = modelled.machines_last = 0;
    modelled.model = true;
    if (question.last == 0)
        question.last = last_by_default(workload);
    if (run_plan_make(&plan, question.executor, workload, &modelled,
                      WHATIF_MACHINES_MAX, &diag))
        return answer(&question, &plan.run);
    message_diag(&diag);
    return EXIT_USAGE;
}

/* --- another knob --------------------------------------------------------- */

static void print_varied(const struct vary *vary,
                         const struct workload *workload,
                         const struct mode *mode, const struct options *options)
{
    struct strbuf out;

    strbuf_init(&out);
    if (options->json) {
        vary_report_json(&out, vary, workload->name, mode->name);
    } else {
        strbuf_addf(&out, _("%s, mode %s: computed for ideal machines (MODEL)"),
                    workload->name, mode->name);
        strbuf_adds(&out, "\n\n");
        vary_report_text(&out, vary, wants_ascii(options));
    }
    message_print(&out);
}

/* One machine shows what slices and policies do; several hide it. */
static const struct executor *varied_mode(const struct vary *vary,
                                          const struct options *options)
{
    bool several = options->machines > 1 || vary->kind == VARY_COUNT;
    int usual = several ? MODE_PARALLEL : MODE_THREADS;

    return executor_table[options->mode == NOT_SAID ? usual : options->mode];
}

/* A knob that the mode does not have, or that is also set. */
static bool refuse_knob(const struct vary *vary, const struct mode *mode,
                        const struct options *options)
{
    if (options_said(options, vary->knob))
        message(_("--vary already changes this: leave out --%s"), vary->knob);
    else if (strcmp(vary->knob, "slice") == 0 && !(mode->traits & PREEMPTIVE))
        message(_("%s never stops anybody: it has no time slice"), mode->name);
    else
        return false;
    return true;
}

/* Read, compute and print. Returns whether that went well. */
static bool answer_varied(struct vary *vary, const struct workload *workload,
                          const struct options *options)
{
    const struct executor *executor;
    struct diag diag;

    if (!vary_read(vary, options->vary, &diag)) {
        message_diag(&diag);
        return false;
    }
    executor = varied_mode(vary, options);
    if (refuse_knob(vary, executor->mode, options))
        return false;
    if (!vary_compute(vary, executor, workload, options, &diag)) {
        message_diag(&diag);
        return false;
    }
    print_varied(vary, workload, executor->mode, options);
    return true;
}

static int vary(const struct workload *workload, const struct options *options)
{
    struct vary vary;
    int status = EXIT_USAGE;

    if (answer_varied(&vary, workload, options)) {
        status = EXIT_DONE;
        for (size_t i = 0; i < vary.count && status == EXIT_DONE; i++)
            if (vary.point[i].metrics->outcome == OUTCOME_DEADLOCK)
                status = say_deadlock();
    }
    vary_fini(&vary);
    return status;
}

static int ask(const struct workload *workload, const struct options *options)
{
    struct options ranged = *options;

    if (!options->vary)
        return ask_machines(workload, options);
    if (!vary_is_machines(options->vary, &ranged.machines,
                          &ranged.machines_last))
        return vary(workload, options);
    if (options->machines) {
        message(_("--vary already changes this: leave out --%s"), "machines");
        return EXIT_USAGE;
    }
    return ask_machines(workload, &ranged);
}

static int run(const struct options *options)
{
    if (arguments_too_many(options, 2))
        return EXIT_USAGE;
    return arguments_with_workload(options, ask);
}

const struct command command_whatif = {
    "what-if", N_("[WORKLOAD] [OPTIONS]"),
    N_("what more machines or other slices would change"),
    FOR_WHATIF | FOR_REPORT | FOR_ALL, run
};
