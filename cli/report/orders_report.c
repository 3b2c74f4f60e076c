/*
 * orders_report.c -- see orders_report.h. As important as what was found is what
 * was not tried: an order is that of the calls where threads meet, and nothing
 * is said of what happens between them.
 */
#include "cli/report/orders_report.h"

#include <string.h>

#include "cli/program/program_orders.h"
#include "cli/program/program_story.h"
#include "cli/report/columns.h"
#include "cli/report/explore_report.h"
#include "cli/report/explore_steps.h"
#include "cli/report/report_json.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/exchange/diary_read.h"
#include "sched/explore/explore.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    WORD_BYTES = 256,
    STEPS_SHOWN = 24,
    NAME_CELLS = 8,
};

static int64_t tried(const struct explored *explored)
{
    return explored->by_chance + explored->in_order;
}

/* --- the command ---------------------------------------------------------- */

/* A word for a shell: quoted unless it is plain. */
static void add_word(struct strbuf *buf, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+=:,@";
    char clean[WORD_BYTES];

    text_clean(clean, sizeof clean, word);
    if (*word && strspn(word, plain) == strlen(word)) {
        strbuf_adds(buf, clean);
        return;
    }
    strbuf_addc(buf, '\'');
    for (const char *c = clean; *c; c++)
        if (*c == '\'')
            strbuf_adds(buf, "'\\''");
        else
            strbuf_addc(buf, *c);
    strbuf_addc(buf, '\'');
}

static void add_command(struct strbuf *buf, const struct orders_report *report)
{
    for (int i = 0; report->command[i]; i++) {
        strbuf_adds(buf, i ? " " : "");
        add_word(buf, report->command[i]);
    }
}

/* It is compiled anew. */
static bool is_c_file(const char *word)
{
    const char *dot = strrchr(word, '.');

    return dot && strcmp(dot, ".c") == 0;
}

void orders_report_command(struct strbuf *buf,
                           const struct orders_report *report,
                           const struct schedule *schedule)
{
    strbuf_adds(buf, _("see it:"));
    strbuf_adds(buf, " concviz coroutine --schedule ");
    schedule_encode(buf, schedule);
    if (report->input) {
        strbuf_adds(buf, " --stdin ");
        add_word(buf, report->input);
    }
    strbuf_adds(buf, is_c_file(report->command[0]) ? " " : " -- ");
    add_command(buf, report);
}

/* --- what was tried ------------------------------------------------------- */

static void add_coverage(struct strbuf *buf, const struct orders_report *report)
{
    const struct explored *explored = report->explored;

    if (explored->exhaustive && report->usual->accesses)
        strbuf_line(buf, "%s",
                    _("tried: every order of these calls and accesses"));
    else if (explored->exhaustive)
        strbuf_line(buf, "%s", _("tried: every order of these calls"));
    else
        explore_report_depth(buf, explored);
}

static void add_remarks(struct strbuf *buf, const struct orders_report *report)
{
    const struct program_usual *usual = report->usual;

    if (usual->output_differs)
        strbuf_line(buf, "%s",
                    _("its output differs even in one and the same order, so "
                      "outputs were not compared"));
    if (report->explored->reordered)
        strbuf_line(buf,
                    _("the order of its output is free: the same lines came in "
                      "another order in %lld runs, which is no finding"),
                    (long long)report->explored->reordered);
    if (usual->departed)
        strbuf_line(buf,
                    _("%lld runs did not go as they were told: the program "
                      "depends on more than the order of its threads"),
                    (long long)usual->departed);
    if (report->explored->stopped)
        strbuf_line(buf, "%s",
                    _("ended by Ctrl-C, before all was tried and made short"));
    else if (report->explored->cut)
        strbuf_line(buf, "%s", _("fewer were tried: these runs are long"));
}

void orders_report_head(struct strbuf *buf, const struct orders_report *report)
{
    const struct explored *explored = report->explored;
    struct strbuf command;

    strbuf_init(&command);
    add_command(&command, report);
    strbuf_line(buf,
                _("%s (REAL): run in %lld orders, %lld by chance, %lld one "
                  "after the other"),
                command.text, (long long)tried(explored),
                (long long)explored->by_chance, (long long)explored->in_order);
    strbuf_fini(&command);
    strbuf_line(buf, "%s",
                report->usual->accesses
                    ? _("as coroutines: a thread can be stopped at the calls "
                        "where threads meet and at each access to memory that "
                        "others may see")
                    : _("as coroutines: a thread can be stopped at the calls "
                        "where threads meet, and nowhere else"));
    add_coverage(buf, report);
    add_remarks(buf, report);
}

void orders_report_count(struct strbuf *buf, const struct orders_report *report,
                         const struct finding *finding)
{
    strbuf_addf(buf, _("in %lld of %lld runs, first in run %lld"),
                (long long)finding->runs, (long long)tried(report->explored),
                (long long)finding->first);
    strbuf_addf(buf, _("; decisions that lead to it: %zu"),
                finding->schedule.count);
    if (finding->again < finding->replays)
        strbuf_addf(buf,
                    _("; the same order led to it in %d of %d replays: the "
                      "program depends on more than the order"),
                    finding->again, finding->replays);
}

/* --- findings ------------------------------------------------------------- */

/* Each line of it below the first is indented like the first. */
static void add_text(struct strbuf *buf, const char *text)
{
    for (; *text; text++) {
        strbuf_addc(buf, *text);
        if (*text == '\n')
            strbuf_adds(buf, "   ");
    }
    strbuf_addc(buf, '\n');
}

/* How many are left out; what holds %d. */
static void add_left_out(struct strbuf *buf, const char *what, size_t steps)
{
    if (steps == 0)
        return;
    strbuf_adds(buf, "     ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    strbuf_line(buf, what, (int)steps);
#pragma GCC diagnostic pop
}

/* How it began is seldom what went wrong. */
static void add_steps(struct strbuf *buf, const struct program_story *story)
{
    const struct trace *trace = diary_read_trace(story->diary);
    const struct workload *workload = trace_workload(trace);
    int cells = columns_names(workload, NAME_CELLS) + 1;
    size_t first = explore_steps_first(story->history, story->step,
                                       story->step_count, STEPS_SHOWN);
    size_t end = first + STEPS_SHOWN;

    if (end > story->step_count)
        end = story->step_count;
    add_left_out(buf, _("(steps before: %d)"), first);
    for (size_t i = first; i < end; i++) {
        uint32_t task = trace_at(trace, story->step[i].event)->task;

        strbuf_adds(buf, "     ");
        columns_left(buf, workload->task[task].name, cells);
        explore_steps_tell(buf, story->history, &story->step[i]);
        strbuf_addc(buf, '\n');
    }
    add_left_out(buf, _("(steps after: %d)"), story->step_count - end);
}

static void add_finding(struct strbuf *buf, const struct orders_report *report,
                        size_t i, bool steps)
{
    const struct finding *finding = &report->explored->finding[i];

    strbuf_addf(buf, "\n%zu. ", i + 1);
    add_text(buf, finding->text);
    strbuf_adds(buf, "   ");
    orders_report_count(buf, report, finding);
    strbuf_addc(buf, '\n');
    if (steps && report->story[i])
        add_steps(buf, report->story[i]);
    strbuf_adds(buf, "   ");
    orders_report_command(buf, report, &finding->schedule);
    strbuf_addc(buf, '\n');
}

static void add_nothing(struct strbuf *buf, const struct orders_report *report)
{
    const struct explored *explored = report->explored;

    strbuf_addc(buf, '\n');
    if (explored->exhaustive && report->usual->accesses)
        strbuf_line(buf, "%s",
                    _("nothing goes wrong in any order of these calls and "
                      "accesses, and no data race was seen"));
    else if (explored->exhaustive)
        strbuf_line(buf, "%s",
                    _("nothing goes wrong in any order of these calls; what "
                      "happens between them was not looked at; a program "
                      "compiled by concviz cc is stopped there, too"));
    else if (explored->stopped)
        strbuf_line(buf, "%s",
                    _("nothing went wrong so far, but that is no proof"));
    else
        strbuf_line(buf,
                    _("nothing went wrong, but that is no proof; --schedules "
                      "%lld tries more"),
                    (long long)(10 * tried(explored)));
}

void orders_report_brief(struct strbuf *buf, const struct orders_report *report)
{
    for (size_t i = 0; i < report->explored->count; i++)
        add_finding(buf, report, i, false);
}

void orders_report_text(struct strbuf *buf, const struct orders_report *report)
{
    const struct explored *explored = report->explored;

    orders_report_head(buf, report);
    for (size_t i = 0; i < explored->count; i++)
        add_finding(buf, report, i, true);
    if (explored->count == 0)
        add_nothing(buf, report);
}

/* --- for programs --------------------------------------------------------- */

static void json_command(struct json *json, const struct orders_report *report)
{
    json_begin(json, "command", '[');
    for (int i = 0; report->command[i]; i++)
        json_string(json, NULL, report->command[i]);
    json_end(json, ']');
}

static void json_steps(struct json *json, const struct program_story *story)
{
    const struct trace *trace = diary_read_trace(story->diary);
    const struct workload *workload = trace_workload(trace);

    json_begin(json, "steps", '[');
    for (size_t i = 0; i < story->step_count; i++) {
        const struct explore_step *step = &story->step[i];
        const struct event *event = trace_at(trace, step->event);
        struct strbuf text;

        strbuf_init(&text);
        explore_steps_say(&text, story->history, step);
        json_line(json);
        json_begin(json, NULL, '{');
        json_string(json, "task", workload->task[event->task].name);
        json_int(json, "line", step->line);
        json_string(json, "text", text.text);
        json_end(json, '}');
        strbuf_fini(&text);
    }
    json_end(json, ']');
}

static void json_finding(struct json *json, const struct finding *finding,
                         const struct program_story *story)
{
    static const char *const kind[FINDING_KINDS] = {
        [FINDING_DEADLOCK] = "deadlock",  [FINDING_ASSERTION] = "assertion",
        [FINDING_CRASH] = "crash",        [FINDING_HANG] = "hang",
        [FINDING_STATUS] = "exit-status", [FINDING_OUTPUT] = "output",
        [FINDING_RACE] = "data-race",
    };
    struct strbuf code;

    strbuf_init(&code);
    schedule_encode(&code, &finding->schedule);
    json_line(json);
    json_begin(json, NULL, '{');
    json_string(json, "kind", kind[finding->kind]);
    json_int(json, "runs", finding->runs);
    json_int(json, "first", finding->first);
    json_int(json, "stops", finding->stops);
    json_int(json, "decisions", (int64_t)finding->schedule.count);
    json_string(json, "schedule", code.text);
    json_int(json, "replays", finding->replays);
    json_int(json, "again", finding->again);
    json_string(json, "text", finding->text);
    if (story)
        json_steps(json, story);
    json_end(json, '}');
    strbuf_fini(&code);
}

void orders_report_json(struct strbuf *buf, const struct orders_report *report)
{
    const struct explored *explored = report->explored;
    const struct program_usual *usual = report->usual;
    struct json json;

    report_json_open(&json, buf);
    json_command(&json, report);
    json_string(&json, "mode", "coroutine");
    json_string(&json, "kind", "real");
    json_uint(&json, "seed", report->options->seed);
    json_int(&json, "schedules", tried(explored));
    json_int(&json, "by_chance", explored->by_chance);
    json_int(&json, "in_order", explored->in_order);
    json_bool(&json, "complete", explored->complete);
    json_bool(&json, "exhaustive", explored->exhaustive);
    json_bool(&json, "stopped", explored->stopped);
    if (explored->all_up_to < 0)
        json_null(&json, "all_up_to");
    else
        json_int(&json, "all_up_to", explored->all_up_to);
    if (usual->status < 0)
        json_null(&json, "usual_status");
    else
        json_int(&json, "usual_status", usual->status);
    json_bool(&json, "output_compared", !usual->output_differs);
    json_int(&json, "reordered", explored->reordered);
    json_int(&json, "departed", usual->departed);
    json_ms(&json, "run_ms", usual->run_ns);
    json_ms(&json, "limit_ms", usual->limit_ns);
    json_begin(&json, "found", '[');
    for (size_t i = 0; i < explored->count; i++)
        json_finding(&json, &explored->finding[i], report->story[i]);
    json_end(&json, ']');
    report_json_close(&json);
}
