/*
 * explore_json.c -- what explore_report.c says, complete and for programs.
 */
#include "cli/report/explore_report.h"
#include "cli/report/explore_rerun.h"
#include "cli/report/explore_steps.h"
#include "cli/report/report_json.h"
#include "sched/analysis/metrics.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/explore/explore.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

static void add_schedule(struct json *json, const struct schedule *schedule)
{
    struct strbuf code;

    strbuf_init(&code);
    schedule_encode(&code, schedule);
    json_string(json, "schedule", code.text);
    strbuf_fini(&code);
}

/* All values; the first and the last are those for which one wants to see
 * how. */
static void add_values(struct json *json, const struct endings *endings)
{
    for (size_t i = 0; i < endings->count; i++) {
        json_begin(json, NULL, '{');
        json_int(json, "value", endings->value[i].value);
        json_int(json, "runs", endings->value[i].runs);
        if (i == 0)
            add_schedule(json, &endings->least);
        else if (i + 1 == endings->count)
            add_schedule(json, &endings->most);
        json_end(json, '}');
    }
}

static void add_endings(struct json *json, const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    json_begin(json, "shared", '{');
    for (size_t i = 0; i < explored->shared_count; i++) {
        json_begin(json, report->workload->shared[i].name, '[');
        add_values(json, &explored->shared[i]);
        json_end(json, ']');
    }
    json_end(json, '}');
}

static void add_step(struct json *json, const struct explore_rerun *rerun,
                     const struct explore_step *step)
{
    const struct event *event = trace_at(rerun->trace, step->event);
    struct strbuf text;

    strbuf_init(&text);
    explore_steps_say(&text, rerun->history, step);
    json_line(json);
    json_begin(json, NULL, '{');
    json_ms(json, "t", event->t_ns);
    json_string(json, "task", rerun->report->workload->task[event->task].name);
    json_int(json, "line", step->line);
    json_string(json, "text", text.text);
    json_end(json, '}');
    strbuf_fini(&text);
}

static void add_text(struct json *json, const struct explore_rerun *rerun)
{
    struct strbuf text;

    add_schedule(json, &rerun->finding->schedule);
    strbuf_init(&text);
    explore_rerun_tell(&text, rerun);
    json_string(json, "text", text.text);
    strbuf_fini(&text);
}

/* How far the search came; null: there was no bound, or not even the schedules
 * without a preemption were all tried. */
static void add_coverage(struct json *json, const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    if (report->options->max_preemptions < 0)
        json_null(json, "max_preemptions");
    else
        json_int(json, "max_preemptions", report->options->max_preemptions);
    json_int(json, "schedules", explored->by_chance + explored->in_order);
    json_int(json, "by_chance", explored->by_chance);
    json_int(json, "in_order", explored->in_order);
    json_bool(json, "complete", explored->complete);
    json_bool(json, "exhaustive", explored->exhaustive);
    if (explored->all_up_to < 0)
        json_null(json, "all_up_to");
    else
        json_int(json, "all_up_to", explored->all_up_to);
}

static void add_finding(struct json *json, const struct explore_rerun *rerun)
{
    static const char *const kind[FINDING_KINDS] = {
        [FINDING_DEADLOCK] = "deadlock",       [FINDING_STUCK] = "stuck",
        [FINDING_LIVELOCK] = "livelock",       [FINDING_NEVER] = "never",
        [FINDING_FAILED] = "failed",           [FINDING_FINALLY] = "finally",
        [FINDING_LOST_UPDATE] = "lost-update",
    };
    const struct workload *workload = rerun->report->workload;
    const struct finding *finding = rerun->finding;

    json_line(json);
    json_begin(json, NULL, '{');
    json_string(json, "kind", kind[finding->kind]);
    json_int(json, "runs", finding->runs);
    json_int(json, "first", finding->first);
    json_int(json, "stops", finding->stops);
    add_text(json, rerun);
    report_json_cycle(json, rerun->metrics);
    if (finding->shared >= 0) {
        json_string(json, "variable", workload->shared[finding->shared].name);
        json_int(json, "value", rerun->metrics->shared[finding->shared]);
    }
    json_begin(json, "steps", '[');
    for (size_t i = 0; i < rerun->step_count; i++)
        add_step(json, rerun, &rerun->step[i]);
    json_end(json, ']');
    json_end(json, '}');
}

void explore_report_json(struct strbuf *buf,
                         const struct explore_report *report)
{
    const struct explored *explored = report->explored;
    struct json json;

    report_json_open(&json, buf);
    json_string(&json, "workload", report->workload->name);
    json_string(&json, "mode", report->mode);
    json_string(&json, "kind", "model");
    json_uint(&json, "seed", report->options->seed);
    add_coverage(&json, report);
    add_endings(&json, report);
    json_begin(&json, "found", '[');
    for (size_t i = 0; i < explored->count; i++) {
        struct explore_rerun rerun;

        explore_rerun_init(&rerun, report, &explored->finding[i].schedule,
                           &explored->finding[i]);
        add_finding(&json, &rerun);
        explore_rerun_fini(&rerun);
    }
    json_end(&json, ']');
    report_json_close(&json);
}
