/*
 * metric_words.c -- numbers as learners read them, in their language.
 */
#include <math.h>
#include <string.h>

#include "lessons/claim/metric.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

static const char *const titles[METRIC_KINDS] = {
    [METRIC_MAKESPAN] = N_("makespan"),
    [METRIC_IN_PROGRESS] = N_("in progress"),
    [METRIC_WORKING] = N_("working"),
    [METRIC_BUSY] = N_("busy"),
    [METRIC_IDLE] = N_("idle"),
    [METRIC_UTILIZATION] = N_("utilization"),
    [METRIC_OVERHEAD] = N_("overhead"),
    [METRIC_SWITCHES] = N_("switches"),
    [METRIC_PREEMPTIONS] = N_("preemptions"),
    [METRIC_MACHINES] = N_("machines"),
    [METRIC_ORDER] = N_("order"),
    [METRIC_DEADLOCK] = N_("deadlock"),
    [METRIC_AVERAGE_FINISH] = N_("average finish"),
    [METRIC_AVERAGE_WAIT] = N_("average wait"),
    [METRIC_SPEEDUP] = N_("speedup"),
    [METRIC_LOG] = N_("log"),
    [METRIC_FIRST] = N_("first turn"),
    [METRIC_FINISH] = N_("finish"),
    [METRIC_WAIT] = N_("wait"),
    [METRIC_MAXWAIT] = N_("longest wait"),
    [METRIC_ENTRIES] = N_("entries"),
    [METRIC_CPU] = N_("computing"),
    [METRIC_RESULT] = N_("result"),
    [METRIC_SHARED] = N_("shared"),
};

void metric_print_local(struct strbuf *out, const struct metric *metric,
                        const struct metric_run *measured)
{
    static const char *const known[] = { N_("never"), N_("yes"), N_("no") };
    struct strbuf value;
    const char *text;

    strbuf_init(&value);
    metric_print(&value, metric, measured);
    text = value.text;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(text, known[i]) == 0)
            text = _(known[i]);
    strbuf_adds(out, text);
    strbuf_fini(&value);
}

static const char *unit(enum metric_kind kind)
{
    switch (kind) {
    case METRIC_UTILIZATION:
    case METRIC_OVERHEAD:
        return "%";
    case METRIC_MAKESPAN:
    case METRIC_BUSY:
    case METRIC_IDLE:
    case METRIC_AVERAGE_FINISH:
    case METRIC_AVERAGE_WAIT:
    case METRIC_FIRST:
    case METRIC_FINISH:
    case METRIC_WAIT:
    case METRIC_MAXWAIT:
    case METRIC_CPU:
        return _(" ms");
    default:
        return "";
    }
}

void metric_print_named(struct strbuf *out, const struct metric *metric,
                        const struct metric_run *measured)
{
    bool number = metric->kind != METRIC_ORDER && metric->kind != METRIC_LOG;

    strbuf_addf(out, "%s%s%s = ", _(titles[metric->kind]),
                metric->name ? " " : "", metric->name ? metric->name : "");
    metric_print_local(out, metric, measured);
    if (number && isfinite(metric_value(metric, measured)))
        strbuf_adds(out, unit(metric->kind));
}
