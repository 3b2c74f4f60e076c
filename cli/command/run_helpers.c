#include "cli/command/run_helpers.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/report/compare_report.h"
#include "cli/report/unattended.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/checkup.h"
#include "sched/cpu/cores.h"
#include "sched/trace/trace.h"

int request_machines(void)
{
    struct cores machines;
    int usable;

    cores_init(&machines, NULL, NULL);
    usable = machines.usable;
    cores_fini(&machines);
    return usable;
}

void request_note_busy(struct run_plan *plan)
{
    int others;

    if (plan->run.model || plan->run.machines < 2 || plan->note[0])
        return;
    others = checkup_busy(plan->run.machines, NULL);
    if (others > 0)
        snprintf(plan->note, sizeof plan->note,
                 _("the cores are busy now, others who compute: %d; real times "
                   "will be longer"),
                 others);
}

bool request_refuse(const struct options *options)
{
    if (options->word_count > 2) {
        message(_("too many arguments: %s"), options->word[2]);
        return true;
    }
    if (options->machines_last) {
        message(_("--machines %d-%d: a range is for concviz what-if"),
                (int)options->machines, (int)options->machines_last);
        return true;
    }
    if (options->at_ns != NOT_SAID && !options->frame_width) {
        message(_("--at needs --frame WxH"));
        return true;
    }
    if (options->svg && !options->frame_width) {
        message(_("--svg needs --frame WxH"));
        return true;
    }
    if (options->json && options->frame_width) {
        message(_("--json and --frame cannot both be printed"));
        return true;
    }
    return false;
}

bool request_live(const struct options *options)
{
    if (options->json || options->frame_width)
        return false;
    return options->view == VIEW_LIVE ||
           (options->view == VIEW_AUTO && isatty(STDOUT_FILENO));
}

/* Was each machine a core of its own, as the picture has it? */
static void note_unbound(const struct trace *trace)
{
    size_t count = trace_info(trace)->real ? trace_count(trace) : 0;

    for (size_t i = 0; i < count; i++) {
        const struct event *event = trace_at(trace, i);

        if (event->kind != EVENT_MACHINE || event->object >= 0)
            continue;
        message(_("threads could not be bound to cores: they may have moved or "
                  "shared one, and times may be longer"));
        return;
    }
}

int request_finish(struct runner *runner)
{
    const struct diag *why;
    int error;

    while (!runner_wait(runner, -1))
        continue;
    error = runner_error(runner, &why);
    if (!error) {
        note_unbound(runner_trace(runner));
        return unattended_status(runner);
    }
    message_diag(why);
    return error == -EINVAL ? EXIT_USAGE : EXIT_FAILED;
}

bool request_failed(int status)
{
    return status == EXIT_USAGE || status == EXIT_FAILED;
}

int request_close(struct runner *runner[2])
{
    int status = request_finish(runner[0]), second = EXIT_DONE;

    if (!request_failed(status))
        unattended_line(runner[0]);
    if (runner[1]) {
        second = request_finish(runner[1]);
        if (!request_failed(second))
            unattended_line(runner[1]);
        if (status == EXIT_DONE && second == EXIT_DONE)
            compare_report_line(runner);
    }
    runner_free(runner[0]);
    runner_free(runner[1]);
    return status != EXIT_DONE ? status : second;
}
