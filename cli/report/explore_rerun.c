/*
 * explore_rerun.c -- see explore_rerun.h.
 *
 * The search keeps of a finding only its schedule. The model does the same
 * again under it, so the run that is told here is the one that was found.
 */
#include "cli/report/explore_rerun.h"

#include <stdbool.h>
#include <stdlib.h>

#include "cli/report/explore_report.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/sentence.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore.h"
#include "sched/history/history.h"
#include "sched/run/exec_model.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    SENTENCE_BYTES = 512,
    NAMES_SHOWN = 8 /* more are not read */
};

/* Who goes round for ever is shown up to where the circle closes. */
size_t explore_rerun_events(const struct explore_report *report,
                            const struct finding *finding)
{
    return finding && finding->kind == FINDING_LIVELOCK
               ? (size_t)finding->events
               : (size_t)report->explored->longest;
}

void explore_rerun_init(struct explore_rerun *rerun,
                        const struct explore_report *report,
                        const struct schedule *schedule,
                        const struct finding *finding)
{
    const struct executor *mode = executor_find(report->mode);
    struct run_options options;

    executor_defaults(&options, mode, report->workload);
    schedule_apply(&options, schedule);
    options.model = true;
    options.foretell = true;
    options.limit_ns = report->options->limit_ns;
    options.events_max = explore_rerun_events(report, finding);
    rerun->report = report;
    rerun->finding = finding;
    rerun->trace = executor_trace(mode, report->workload, &options);
    exec_model_run(report->workload, mode->mode->traits, &options, rerun->trace,
                   &rerun->failure);
    rerun->history = history_new(rerun->trace);
    history_update(rerun->history);
    rerun->metrics = metrics_new(rerun->history);
    rerun->step = explore_steps_find(rerun->trace,
                                     finding ? (size_t)finding->events
                                             : trace_count(rerun->trace),
                                     &rerun->step_count);
}

void explore_rerun_fini(struct explore_rerun *rerun)
{
    free(rerun->step);
    metrics_free(rerun->metrics);
    history_free(rerun->history);
    trace_free(rerun->trace);
}

static void tell_lost_update(struct strbuf *out,
                             const struct explore_rerun *rerun)
{
    const struct workload *workload = rerun->report->workload;
    const struct finding *finding = rerun->finding;
    char text[SENTENCE_BYTES] = "";

    PHRASE(text, sizeof text,
           _("lost update: {0} overwrites {1}, which {2} has changed since {0} "
             "read it"),
           workload->task[finding->task].name,
           workload->shared[finding->shared].name,
           finding->other >= 0 ? workload->task[finding->other].name : "?");
    strbuf_adds(out, text);
}

/* Who could go on, and does, for ever. */
static void tell_livelock(struct strbuf *out, const struct explore_rerun *rerun)
{
    const struct workload *workload = rerun->report->workload;
    int64_t end_ns = history_end(rerun->history);
    size_t found = 0;

    strbuf_adds(out, _("livelock, going round for ever without getting any "
                       "further:"));
    for (size_t i = 0; i < workload->task_count; i++) {
        enum task_state state = history_at(rerun->history, (int)i, end_ns)
                                    .state;

        if (workload->task[i].daemon ||
            (state != STATE_RUNNING && state != STATE_IN_LINE))
            continue;
        if (found++ < NAMES_SHOWN)
            strbuf_addf(out, "%s %s", found > 1 ? "," : "",
                        workload->task[i].name);
    }
    if (found > NAMES_SHOWN)
        strbuf_addf(out, _(" and %d more"), (int)(found - NAMES_SHOWN));
}

void explore_rerun_tell(struct strbuf *out, const struct explore_rerun *rerun)
{
    const struct workload *workload = rerun->report->workload;

    switch (rerun->finding->kind) {
    case FINDING_LOST_UPDATE:
        tell_lost_update(out, rerun);
        break;
    case FINDING_LIVELOCK:
        tell_livelock(out, rerun);
        break;
    case FINDING_FINALLY:
        strbuf_addf(out, _("\"finally %s\" is not so in the end (line %d)"),
                    workload->claim[rerun->finding->claim].text,
                    workload->claim[rerun->finding->claim].line);
        break;
    case FINDING_NEVER:
        strbuf_addf(out, _("%s (line %d, column %d)"), rerun->failure.message,
                    rerun->failure.line, rerun->failure.column);
        break;
    case FINDING_FAILED:
        strbuf_addf(out, _("failed: %s (line %d, column %d)"),
                    rerun->failure.message, rerun->failure.line,
                    rerun->failure.column);
        break;
    case FINDING_STUCK:
        sentence_deadlock(out, rerun->history, rerun->metrics);
        strbuf_adds(out, _(", and no task is left that could end the wait"));
        break;
    default:
        sentence_deadlock(out, rerun->history, rerun->metrics);
    }
}

void explore_rerun_count(struct strbuf *out, const struct explore_rerun *rerun)
{
    const struct finding *finding = rerun->finding;
    const struct explored *explored = rerun->report->explored;

    strbuf_addf(out, _("in %lld of %lld runs, first in run %lld"),
                (long long)finding->runs,
                (long long)(explored->by_chance + explored->in_order),
                (long long)finding->first);
    if (finding->shared >= 0)
        strbuf_addf(out, _("; %s is %lld at the end"),
                    rerun->report->workload->shared[finding->shared].name,
                    (long long)rerun->metrics->shared[finding->shared]);
}
