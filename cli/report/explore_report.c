#include "cli/report/explore_report.h"

#include <stdbool.h>
#include <string.h>

#include "cli/report/columns.h"
#include "cli/report/report_json.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/sentence.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/phrase.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/explore/explore.h"
#include "sched/history/history.h"
#include "sched/run/exec_model.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    STEPS_SHOWN = 24,
    FINDINGS_SHOWN = 5,
    NAME_CELLS = 6,
    SENTENCE_BYTES = 512,
};

/* A finding, run again in the model. */
struct rerun {
    const struct explore_report *report;
    const struct finding *finding;
    struct trace *trace;
    struct history *history;
    struct metrics *numbers;
};

static void rerun_init(struct rerun *rerun, const struct explore_report *report,
                       const struct finding *finding)
{
    const struct executor *mode = executor_find(report->mode);
    struct run_options options;
    struct diag unused;

    executor_defaults(&options, mode, report->workload);
    schedule_apply(&options, &finding->schedule);
    options.model = true;
    options.foretell = true;
    options.limit_ns = report->options->limit_ns;
    rerun->report = report;
    rerun->finding = finding;
    rerun->trace = executor_trace(mode, report->workload, &options);
    exec_model_run(report->workload, mode->mode->traits, &options, rerun->trace,
                   &unused);
    rerun->history = history_new(rerun->trace);
    history_update(rerun->history);
    rerun->numbers = metrics_new(rerun->history);
}

static void rerun_fini(struct rerun *rerun)
{
    metrics_free(rerun->numbers);
    history_free(rerun->history);
    trace_free(rerun->trace);
}

/* --- sentences ------------------------------------------------------------- */

static void tell_lost_update(struct strbuf *buf, const struct rerun *rerun)
{
    const struct workload *workload = rerun->report->workload;
    const struct finding *finding = rerun->finding;
    char text[SENTENCE_BYTES] = "";

    PHRASE(text, sizeof text,
           _("lost update: {0} stores {1} over what {2} stored after {0} had "
             "read it"),
           workload->task[finding->task].name,
           workload->shared[finding->shared].name,
           finding->other >= 0 ? workload->task[finding->other].name : "?");
    strbuf_adds(buf, text);
}

static void tell(struct strbuf *buf, const struct rerun *rerun)
{
    if (rerun->finding->kind == FINDING_LOST_UPDATE) {
        tell_lost_update(buf, rerun);
        return;
    }
    sentence_deadlock(buf, rerun->history, rerun->numbers);
    if (rerun->finding->kind == FINDING_STUCK)
        strbuf_adds(buf, _(", and nobody is left who could end that"));
}

/* --- the steps ------------------------------------------------------------- */

/* Steps that others can notice, and who had to wait or was stopped. */
static bool is_shown(const struct event *event)
{
    switch (event->kind) {
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
    case EVENT_READ:
    case EVENT_WRITE:
    case EVENT_SENT:
    case EVENT_RECEIVED:
    case EVENT_CLOSED:
    case EVENT_PASSED:
    case EVENT_SPAWNED:
    case EVENT_BLOCKED:
        return true;
    case EVENT_READY:
        return event->object == READY_PREEMPTED;
    default:
        return false;
    }
}

/* The line of the file an event belongs to: that of the last step before it,
 * if it was the same task's; else 0. */
static int line_of(const struct trace *trace, size_t i)
{
    uint32_t task = trace_at(trace, i)->task;

    if (trace_at(trace, i)->kind == EVENT_READY)
        return 0;
    while (i-- > 0 && trace_at(trace, i)->task == task)
        if (trace_at(trace, i)->kind == EVENT_STEP)
            return trace_at(trace, i)->object;
    return 0;
}

static int count_steps(const struct rerun *rerun)
{
    int count = 0;

    for (int64_t i = 0; i < rerun->finding->events; i++)
        count += is_shown(trace_at(rerun->trace, (size_t)i));
    return count;
}

static void add_step(struct strbuf *buf, const struct rerun *rerun, size_t i)
{
    const struct event *event = trace_at(rerun->trace, i);
    const char *name = rerun->report->workload->task[event->task].name;
    int line = line_of(rerun->trace, i);

    strbuf_adds(buf, "     ");
    columns_left(buf, name, NAME_CELLS);
    sentence_event(buf, rerun->history, NULL, i);
    if (line)
        strbuf_addf(buf, _(" (line %d)"), line);
    strbuf_addc(buf, '\n');
}

static void add_steps(struct strbuf *buf, const struct rerun *rerun)
{
    int skipped = count_steps(rerun) - STEPS_SHOWN;

    if (skipped > 0) {
        strbuf_adds(buf, "     ");
        strbuf_line(buf, _("(steps before: %d)"), skipped);
    }
    for (int64_t i = 0; i < rerun->finding->events; i++)
        if (is_shown(trace_at(rerun->trace, (size_t)i)) && skipped-- <= 0)
            add_step(buf, rerun, (size_t)i);
}

/* --- as text --------------------------------------------------------------- */

static int64_t tried(const struct explored *explored)
{
    return explored->by_chance + explored->in_order;
}

static void add_title(struct strbuf *buf, const struct explore_report *report)
{
    const struct explored *explored = report->explored;
    char name[256];

    text_clean(name, sizeof name, report->workload->name);
    strbuf_line(buf,
                _("%s as %s on one machine (MODEL): %lld schedules tried, "
                  "%lld by chance, %lld in order"),
                name, report->mode, (long long)tried(explored),
                (long long)explored->by_chance, (long long)explored->in_order);
    if (explored->complete && report->options->preemptive)
        strbuf_addf(buf,
                    _("these are all with up to %d stops between two steps"),
                    report->options->max_preemptions);
    else if (explored->complete)
        strbuf_adds(buf, _("these are all there are"));
    else
        strbuf_adds(buf, _("there are more"));
    if (explored->cut)
        strbuf_adds(buf, _("; the runs are so long that fewer were tried"));
    strbuf_addc(buf, '\n');
}

static void add_endings(struct strbuf *buf, const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    for (size_t i = 0; i < explored->shared_count; i++) {
        const struct endings *endings = &explored->shared[i];

        if (endings->count < 2)
            continue;
        strbuf_addf(buf, _("%s at the end:"), report->workload->shared[i].name);
        for (int j = 0; j < endings->count; j++)
            strbuf_addf(buf, _("%s %lld in %lld runs"), j ? "," : "",
                        (long long)endings->value[j].value,
                        (long long)endings->value[j].runs);
        if (endings->others)
            strbuf_addf(buf, _(", others in %lld"), (long long)endings->others);
        strbuf_addc(buf, '\n');
    }
}

/* A word for a shell: quoted unless it is plain. */
static void add_word(struct strbuf *buf, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-";
    char clean[256];

    text_clean(clean, sizeof clean, word);
    if (strcmp(clean, word) != 0 || strchr(word, '\''))
        strbuf_adds(buf, "WORKLOAD");
    else
        strbuf_addf(buf, strspn(word, plain) == strlen(word) ? "%s" : "'%s'",
                    word);
}

static void add_code(struct strbuf *buf, const struct rerun *rerun)
{
    struct strbuf code;

    strbuf_init(&code);
    schedule_encode(&code, &rerun->finding->schedule);
    strbuf_adds(buf, "   ");
    strbuf_addf(buf, _("schedule %s"), code.text);
    strbuf_adds(buf, "\n   ");
    strbuf_adds(buf, _("see it:"));
    strbuf_adds(buf, " concviz coroutine ");
    add_word(buf, rerun->report->argument);
    strbuf_line(buf, " --schedule %s", code.text);
    strbuf_fini(&code);
}

static void add_how_often(struct strbuf *buf, const struct rerun *rerun)
{
    const struct finding *finding = rerun->finding;

    strbuf_adds(buf, "   ");
    strbuf_addf(buf, _("in %lld of %lld runs; number %lld was the first"),
                (long long)finding->runs,
                (long long)tried(rerun->report->explored),
                (long long)finding->first);
    if (finding->shared >= 0)
        strbuf_addf(buf, _("; %s is %lld at the end"),
                    rerun->report->workload->shared[finding->shared].name,
                    (long long)rerun->numbers->shared[finding->shared]);
    strbuf_addc(buf, '\n');
}

static void add_finding(struct strbuf *buf, const struct rerun *rerun,
                        size_t number)
{
    strbuf_addf(buf, "\n%zu. ", number);
    tell(buf, rerun);
    strbuf_addc(buf, '\n');
    add_how_often(buf, rerun);
    add_steps(buf, rerun);
    add_code(buf, rerun);
}

void explore_report_text(struct strbuf *buf,
                         const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    add_title(buf, report);
    add_endings(buf, report);
    if (explored->count == 0) {
        strbuf_addc(buf, '\n');
        strbuf_line(buf, "%s",
                    explored->complete
                        ? _("nothing goes wrong")
                        : _("nothing went wrong; that is no proof"));
    }
    for (size_t i = 0; i < explored->count && i < FINDINGS_SHOWN; i++) {
        struct rerun rerun;

        rerun_init(&rerun, report, &explored->finding[i]);
        add_finding(buf, &rerun, i + 1);
        rerun_fini(&rerun);
    }
    if (explored->count > FINDINGS_SHOWN) {
        strbuf_addc(buf, '\n');
        strbuf_line(buf, _("more of this kind: %zu (--json has them all)"),
                    explored->count - FINDINGS_SHOWN);
    }
}

/* --- as JSON --------------------------------------------------------------- */

static void add_json_endings(struct json *json,
                             const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    json_begin(json, "shared", '{');
    for (size_t i = 0; i < explored->shared_count; i++) {
        const struct endings *endings = &explored->shared[i];

        json_begin(json, report->workload->shared[i].name, '[');
        for (int j = 0; j < endings->count; j++) {
            json_begin(json, NULL, '{');
            json_int(json, "value", endings->value[j].value);
            json_int(json, "runs", endings->value[j].runs);
            json_end(json, '}');
        }
        json_end(json, ']');
    }
    json_end(json, '}');
}

static void add_json_step(struct json *json, const struct rerun *rerun,
                          size_t i)
{
    const struct event *event = trace_at(rerun->trace, i);
    struct strbuf text;

    strbuf_init(&text);
    sentence_event(&text, rerun->history, NULL, i);
    json_line(json);
    json_begin(json, NULL, '{');
    json_ms(json, "t", event->t_ns);
    json_string(json, "task", rerun->report->workload->task[event->task].name);
    json_int(json, "line", line_of(rerun->trace, i));
    json_string(json, "text", text.text);
    json_end(json, '}');
    strbuf_fini(&text);
}

static void add_json_text(struct json *json, const struct rerun *rerun)
{
    struct strbuf text;

    strbuf_init(&text);
    schedule_encode(&text, &rerun->finding->schedule);
    json_string(json, "schedule", text.text);
    strbuf_clear(&text);
    tell(&text, rerun);
    json_string(json, "text", text.text);
    strbuf_fini(&text);
}

static void add_json_finding(struct json *json, const struct rerun *rerun)
{
    static const char *const kind[FINDING_KINDS] = {
        [FINDING_DEADLOCK] = "deadlock",
        [FINDING_STUCK] = "stuck",
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
    add_json_text(json, rerun);
    report_json_cycle(json, rerun->numbers);
    if (finding->shared >= 0) {
        json_string(json, "variable", workload->shared[finding->shared].name);
        json_int(json, "value", rerun->numbers->shared[finding->shared]);
    }
    json_begin(json, "steps", '[');
    for (int64_t i = 0; i < finding->events; i++)
        if (is_shown(trace_at(rerun->trace, (size_t)i)))
            add_json_step(json, rerun, (size_t)i);
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
    json_int(&json, "max_preemptions", report->options->max_preemptions);
    json_int(&json, "schedules", tried(explored));
    json_int(&json, "by_chance", explored->by_chance);
    json_int(&json, "in_order", explored->in_order);
    json_bool(&json, "complete", explored->complete);
    add_json_endings(&json, report);
    json_begin(&json, "found", '[');
    for (size_t i = 0; i < explored->count; i++) {
        struct rerun rerun;

        rerun_init(&rerun, report, &explored->finding[i]);
        add_json_finding(&json, &rerun);
        rerun_fini(&rerun);
    }
    json_end(&json, ']');
    report_json_close(&json);
}
