/*
 * explore_report.c -- what an exploration has found, for people: first how far
 * it looked, then each finding as a sentence, its steps, and how to see it.
 */
#include "cli/report/explore_report.h"

#include <stdlib.h>
#include <string.h>

#include "cli/report/columns.h"
#include "cli/report/explore_rerun.h"
#include "sched/analysis/metrics.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    STEPS_SHOWN = 24,
    FINDINGS_SHOWN = 5,
    ROW_CELLS = 80,
    HANG = 3, /* below "1. " */
    NAME_CELLS = 6,
    VALUES_SHOWN = 8,
};

static int64_t tried(const struct explored *explored)
{
    return explored->by_chance + explored->in_order;
}

void explore_report_depth(struct strbuf *buf, const struct explored *explored)
{
    if (explored->all_up_to < 0)
        strbuf_line(buf, "%s",
                    _("not tried: many orders, even of those in which nobody "
                      "is stopped"));
    else if (explored->all_up_to == 0)
        strbuf_line(buf, "%s",
                    _("tried: every order in which nobody is stopped; "
                      "not tried: many others"));
    else if (explored->all_up_to == 1)
        strbuf_line(buf, "%s",
                    _("tried: every order with at most one stop in all; "
                      "not tried: many others"));
    else
        strbuf_line(buf,
                    _("tried: every order with at most %d stops in all; "
                      "not tried: many others"),
                    explored->all_up_to);
}

/* What was tried and, as important, what was not. */
static void add_coverage(struct strbuf *buf,
                         const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    if (explored->exhaustive)
        strbuf_line(buf, "%s",
                    _("no schedule is left out: any other only repeats "
                      "states of these"));
    else if (!report->options->preemptive)
        strbuf_line(buf, "%s", _("there are more"));
    else
        explore_report_depth(buf, explored);
}

/* Threads can be stopped where coroutines cannot: that is all the mode means
 * here, because there is one machine. */
void explore_report_head(struct strbuf *buf,
                         const struct explore_report *report)
{
    const struct explored *explored = report->explored;
    char name[256];

    text_clean(name, sizeof name, report->workload->name);
    strbuf_line(buf,
                _("%s (MODEL): %lld schedules tried, %lld by chance, %lld in "
                  "order"),
                name, (long long)tried(explored),
                (long long)explored->by_chance, (long long)explored->in_order);
    strbuf_line(buf,
                report->options->preemptive
                    ? _("%s, one machine: a task can be stopped between any "
                        "two steps")
                    : _("%s, one machine: nobody is stopped, tasks only yield "
                        "and wait"),
                report->mode);
    add_coverage(buf, report);
    if (explored->cut)
        strbuf_line(buf, "%s", _("fewer were tried: these runs are long"));
}

/* A word for a shell: quoted unless it is plain. */
static void add_word(struct strbuf *buf, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-";
    char clean[256];

    text_clean(clean, sizeof clean, word);
    if (strcmp(clean, word) != 0 || strchr(word, '\''))
        strbuf_adds(buf, _("WORKLOAD"));
    else
        strbuf_addf(buf, strspn(word, plain) == strlen(word) ? "%s" : "'%s'",
                    word);
}

void explore_report_command(struct strbuf *buf,
                            const struct explore_report *report,
                            const struct schedule *schedule)
{
    strbuf_adds(buf, _("see it:"));
    strbuf_adds(buf, " concviz coroutine ");
    add_word(buf, report->argument);
    strbuf_adds(buf, " --schedule ");
    schedule_encode(buf, schedule);
}

/* --- values at the end ---------------------------------------------------- */

/* The most frequent first; then the smaller one. */
static int compare_endings(const void *a, const void *b)
{
    const struct ending *left = a, *right = b;

    if (left->runs != right->runs)
        return left->runs > right->runs ? -1 : 1;
    return left->value < right->value ? -1 : 1;
}

static void add_values(struct strbuf *buf, const struct endings *endings)
{
    struct ending *value = xcalloc(endings->count, sizeof *value);
    int64_t others = 0;

    memcpy(value, endings->value, endings->count * sizeof *value);
    qsort(value, endings->count, sizeof *value, compare_endings);
    for (size_t i = 0; i < endings->count; i++)
        if (i < VALUES_SHOWN)
            strbuf_addf(buf, _("%s %lld in %lld runs"), i ? "," : "",
                        (long long)value[i].value, (long long)value[i].runs);
        else
            others += value[i].runs;
    if (others)
        strbuf_addf(buf, _(", others in %lld"), (long long)others);
    strbuf_addc(buf, '\n');
    free(value);
}

/* Those that a person would not believe, with the way to see them. */
static void add_extreme(struct strbuf *buf, const struct explore_report *report,
                        const char *which, int64_t value,
                        const struct schedule *schedule)
{
    strbuf_addf(buf, "   %s %lld, ", which, (long long)value);
    explore_report_command(buf, report, schedule);
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
        add_values(buf, endings);
        add_extreme(buf, report, _("smallest"), endings->value[0].value,
                    &endings->least);
        add_extreme(buf, report, _("largest"),
                    endings->value[endings->count - 1].value, &endings->most);
    }
}

/* --- findings ------------------------------------------------------------- */

static void add_step(struct strbuf *buf, const struct explore_rerun *rerun,
                     const struct explore_step *step)
{
    const struct event *event = trace_at(rerun->trace, step->event);
    const struct workload *workload = rerun->report->workload;

    strbuf_adds(buf, "     ");
    columns_left(buf, workload->task[event->task].name,
                 columns_names(workload, NAME_CELLS - 1) + 1);
    explore_steps_tell(buf, rerun->history, step);
    strbuf_addc(buf, '\n');
}

/* The last ones: how it began is seldom what went wrong. */
static void add_steps(struct strbuf *buf, const struct explore_rerun *rerun)
{
    size_t skipped = 0;

    if (rerun->step_count > STEPS_SHOWN) {
        skipped = rerun->step_count - STEPS_SHOWN;
        strbuf_adds(buf, "     ");
        strbuf_line(buf, _("(steps before: %d)"), (int)skipped);
    }
    for (size_t i = skipped; i < rerun->step_count; i++)
        add_step(buf, rerun, &rerun->step[i]);
}

static void add_code(struct strbuf *buf, const struct schedule *schedule)
{
    struct strbuf code;

    strbuf_init(&code);
    schedule_encode(&code, schedule);
    strbuf_adds(buf, "   ");
    strbuf_line(buf, _("schedule %s"), code.text);
    strbuf_fini(&code);
}

/* "1. deadlock: …", broken so that no terminal has to. */
static void add_sentence(struct strbuf *buf, const struct explore_rerun *rerun,
                         size_t number)
{
    struct strbuf text;
    struct wrap_row row;

    strbuf_init(&text);
    explore_rerun_tell(&text, rerun);
    strbuf_addf(buf, "%zu. ", number);
    for (const char *at = text.text; *at; at += row.next) {
        row = wrap_words(at, ROW_CELLS - HANG);
        strbuf_addf(buf, "%*s%.*s\n", at > text.text ? HANG : 0, "",
                    (int)row.bytes, at);
    }
    strbuf_fini(&text);
}

static void add_finding(struct strbuf *buf, const struct explore_rerun *rerun,
                        size_t number)
{
    strbuf_addc(buf, '\n');
    add_sentence(buf, rerun, number);
    strbuf_adds(buf, "   ");
    explore_rerun_count(buf, rerun);
    strbuf_addc(buf, '\n');
    add_steps(buf, rerun);
    add_code(buf, &rerun->finding->schedule);
    strbuf_adds(buf, "   ");
    explore_report_command(buf, rerun->report, &rerun->finding->schedule);
    strbuf_addc(buf, '\n');
}

/* Bounded is not proved; and if there is more to try, how. */
static void add_nothing(struct strbuf *buf, const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    strbuf_addc(buf, '\n');
    if (explored->exhaustive)
        strbuf_line(buf, "%s", _("nothing goes wrong"));
    else if (explored->complete)
        strbuf_line(buf, "%s",
                    _("nothing went wrong, but that is no proof; without "
                      "--max-preemptions more are tried"));
    else if (explored->cut)
        strbuf_line(buf, "%s", _("nothing went wrong, but that is no proof"));
    else
        strbuf_line(buf,
                    _("nothing went wrong, but that is no proof; --schedules "
                      "%lld tries more"),
                    (long long)(10 * tried(explored)));
}

void explore_report_brief(struct strbuf *buf,
                          const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    for (size_t i = 0; i < explored->count && i < FINDINGS_SHOWN; i++) {
        struct explore_rerun rerun;

        explore_rerun_init(&rerun, report, &explored->finding[i].schedule,
                           &explored->finding[i]);
        add_sentence(buf, &rerun, i + 1);
        strbuf_adds(buf, "   ");
        explore_report_command(buf, report, &explored->finding[i].schedule);
        strbuf_addc(buf, '\n');
        explore_rerun_fini(&rerun);
    }
}

void explore_report_text(struct strbuf *buf,
                         const struct explore_report *report)
{
    const struct explored *explored = report->explored;

    explore_report_head(buf, report);
    add_endings(buf, report);
    if (explored->count == 0)
        add_nothing(buf, report);
    for (size_t i = 0; i < explored->count && i < FINDINGS_SHOWN; i++) {
        struct explore_rerun rerun;

        explore_rerun_init(&rerun, report, &explored->finding[i].schedule,
                           &explored->finding[i]);
        add_finding(buf, &rerun, i + 1);
        explore_rerun_fini(&rerun);
    }
    if (explored->count > 0 && report->options->preemptive)
        strbuf_line(buf, "\n%s",
                    _("Coroutines can replay a schedule of threads: they are "
                      "switched where it says."));
    if (explored->count > FINDINGS_SHOWN) {
        strbuf_addc(buf, '\n');
        strbuf_line(buf, _("findings not shown: %zu (--json has them all)"),
                    explored->count - FINDINGS_SHOWN);
    }
}
