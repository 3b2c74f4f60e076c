/*
 * run_end.c -- what is left to say when a run is over.
 */
#include "cli/command/run_end.h"

#include <errno.h>

#include "cli/message.h"
#include "cli/report/compare_report.h"
#include "cli/report/unattended.h"
#include "cli/run/runner.h"
#include "sched/base/i18n.h"
#include "sched/trace/trace.h"

/* The picture shows each machine as a core of its own: was that so? */
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

int run_end_wait(struct runner *runner)
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

bool run_end_refused(int status)
{
    return status == EXIT_USAGE || status == EXIT_FAILED;
}

int run_end_close(struct runner *runner[2])
{
    int status[2] = { EXIT_DONE, EXIT_DONE };

    for (int i = 0; i < 2 && runner[i]; i++) {
        status[i] = run_end_wait(runner[i]);
        if (!run_end_refused(status[i]))
            unattended_line(runner[i]);
    }
    if (runner[1] && status[0] == EXIT_DONE && status[1] == EXIT_DONE)
        compare_report_line(runner);
    runner_free(runner[0]);
    runner_free(runner[1]);
    return status[0] != EXIT_DONE ? status[0] : status[1];
}
