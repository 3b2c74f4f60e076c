#include "cli/report/report_json.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

#include "cli/options/language.h"
#include "sched/analysis/diagnose.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/sentence.h"
#include "sched/base/clock.h"
#include "sched/base/decimal.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* --- values --------------------------------------------------------------- */

/* \uXXXX, two of them (a surrogate pair, RFC 8259 section 7) past U+FFFF. */
static void add_escaped(struct strbuf *buf, uint32_t rune)
{
    if (rune > 0xffff) {
        rune -= 0x10000;
        strbuf_addf(buf, "\\u%04x", (unsigned)(0xd800 + (rune >> 10)));
        rune = 0xdc00 + (rune & 0x3ff);
    }
    strbuf_addf(buf, "\\u%04x", (unsigned)rune);
}

/* Where the locale has no UTF-8 everything beyond ASCII is escaped: the same
 * string for a program, and harmless on an 8-bit terminal. */
void json_string(struct strbuf *buf, const char *text)
{
    bool unicode = language_has_unicode();

    strbuf_addc(buf, '"');
    while (*text) {
        uint32_t rune;
        char bytes[4];

        text += text_decode(text, &rune);
        if (rune == '"' || rune == '\\')
            strbuf_addf(buf, "\\%c", (int)rune);
        else if (rune < 0x20 || (rune >= 0x7f && rune <= 0x9f) ||
                 (rune > 0x9f && !unicode))
            add_escaped(buf, rune);
        else
            strbuf_add(buf, bytes, text_encode(bytes, rune));
    }
    strbuf_addc(buf, '"');
}

/* Begin a field; all but the first of an object. */
static void key(struct strbuf *buf, const char *name)
{
    strbuf_addf(buf, ",\"%s\":", name);
}

static void add_text(struct strbuf *buf, const char *name, const char *text)
{
    key(buf, name);
    json_string(buf, text);
}

static void add_count(struct strbuf *buf, const char *name, int64_t count)
{
    key(buf, name);
    strbuf_addf(buf, "%" PRId64, count);
}

static void add_null(struct strbuf *buf, const char *name)
{
    key(buf, name);
    strbuf_adds(buf, "null");
}

static void add_time(struct strbuf *buf, const char *name, int64_t ns)
{
    if (ns == TIME_NEVER) {
        add_null(buf, name);
        return;
    }
    key(buf, name);
    decimal_ms(buf, ns);
}

/* Averages of whole nanoseconds are rounded to the nearest. */
static void add_average(struct strbuf *buf, const char *name, double ns)
{
    bool known = ns >= 0 && ns < (double)INT64_MAX;

    add_time(buf, name, known ? (int64_t)(ns + 0.5) : TIME_NEVER);
}

static void add_percent(struct strbuf *buf, const char *name, double percent)
{
    key(buf, name);
    decimal_real(buf, percent, 4);
}

static void add_ids(struct strbuf *buf, const char *name, const int *id,
                    size_t count)
{
    size_t i;

    key(buf, name);
    strbuf_addc(buf, '[');
    for (i = 0; i < count; i++)
        strbuf_addf(buf, "%s%d", i ? "," : "", id[i]);
    strbuf_addc(buf, ']');
}

/* --- how the run was made ------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
    const int *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

/* The CPUs any task was seen on, each once. */
static void add_all_cpus(struct strbuf *buf, const struct metrics *numbers)
{
    int *id;
    size_t i, j, count = 0, kept = 0;

    for (i = 0; i < numbers->task_count; i++)
        count += numbers->task[i].cpu_count;
    id = xcalloc(count, sizeof *id);
    for (i = 0, count = 0; i < numbers->task_count; i++)
        for (j = 0; j < numbers->task[i].cpu_count; j++)
            id[count++] = numbers->task[i].cpu[j];
    qsort(id, count, sizeof *id, compare_ids);
    for (i = 0; i < count; i++)
        if (kept == 0 || id[kept - 1] != id[i])
            id[kept++] = id[i];
    add_ids(buf, "cpus", id, kept);
    free(id);
}

static void add_setting(struct strbuf *buf, const struct trace *trace,
                        const struct metrics *numbers)
{
    const struct trace_info *info = trace_info(trace);

    strbuf_adds(buf, "{\"concviz\":");
    json_string(buf, PACKAGE_VERSION);
    add_text(buf, "workload", trace_workload(trace)->name);
    add_text(buf, "mode", info->mode);
    add_text(buf, "kind", info->real ? "real" : "model");
    add_count(buf, "machines", numbers->machines);
    add_all_cpus(buf, numbers);
    add_count(buf, "os_threads", numbers->os_threads);
    add_time(buf, "slice", info->slice_ns ? info->slice_ns : TIME_NEVER);
    if (info->seeded) {
        key(buf, "seed");
        strbuf_addf(buf, "%" PRIu64, info->seed);
    } else {
        add_null(buf, "seed");
    }
}

/* --- how it went ---------------------------------------------------------- */

static const char *const outcome_word[] = {
    [OUTCOME_FINISHED] = "finished", [OUTCOME_DEADLOCK] = "deadlock",
    [OUTCOME_LIMIT] = "limit",       [OUTCOME_STOPPED] = "stopped",
    [OUTCOME_FAILED] = "failed",
};

static void add_outcome(struct strbuf *buf, const struct metrics *numbers)
{
    unsigned outcome = (unsigned)numbers->outcome;

    add_text(buf, "outcome",
             outcome <= OUTCOME_FAILED ? outcome_word[outcome] : "failed");
    add_time(buf, "makespan", numbers->makespan_ns);
    add_count(buf, "in_progress", numbers->in_progress);
    add_count(buf, "working", numbers->working);
    add_time(buf, "busy", numbers->busy_ns);
    add_percent(buf, "utilization", numbers->utilization);
    add_percent(buf, "overhead", numbers->overhead);
    add_count(buf, "switches", numbers->switches);
    add_count(buf, "preemptions", numbers->preemptions);
}

static void add_order(struct strbuf *buf, const struct workload *workload,
                      const struct metrics *numbers)
{
    size_t i;

    key(buf, "order");
    strbuf_addc(buf, '[');
    for (i = 0; i < numbers->order_count; i++) {
        strbuf_adds(buf, i ? "," : "");
        json_string(buf, workload->task[numbers->order[i]].name);
    }
    strbuf_addc(buf, ']');
}

static void add_shared(struct strbuf *buf, const struct workload *workload,
                       const struct metrics *numbers)
{
    size_t i;

    key(buf, "shared");
    strbuf_addc(buf, '{');
    for (i = 0; i < workload->shared_count; i++) {
        strbuf_adds(buf, i ? "," : "");
        json_string(buf, workload->shared[i].name);
        strbuf_addf(buf, ":%" PRId64, numbers->shared[i]);
    }
    strbuf_addc(buf, '}');
}

static void add_circle(struct strbuf *buf, const struct workload *workload,
                       const struct metrics *numbers)
{
    size_t i;

    if (!numbers->cycle_count) {
        add_null(buf, "deadlock");
        return;
    }
    key(buf, "deadlock");
    strbuf_addc(buf, '[');
    for (i = 0; i < numbers->cycle_count; i++) {
        int lock = numbers->cycle_lock[i];

        strbuf_adds(buf, i ? "," : "");
        json_string(buf, workload->task[numbers->cycle[i]].name);
        if (lock >= 0) {
            strbuf_addc(buf, ',');
            json_string(buf, workload->lock[lock]);
        }
    }
    strbuf_addc(buf, ']');
}

/* --- what is wrong -------------------------------------------------------- */

static void add_names(struct strbuf *buf, const struct workload *workload,
                      const struct problem *finding)
{
    if (finding->task >= 0)
        add_text(buf, "task", workload->task[finding->task].name);
    else
        add_null(buf, "task");
    if (finding->kind == PROBLEM_CONVOY)
        add_text(buf, "lock", workload->lock[finding->object]);
    else
        add_null(buf, "lock");
}

static void add_diagnosis(struct strbuf *buf, const struct history *history)
{
    const struct workload *workload = trace_workload(history_trace(history));
    struct diagnose *diagnose = diagnose_new(history);
    struct strbuf text;

    strbuf_init(&text);
    diagnose_update(diagnose);
    key(buf, "diagnosis");
    strbuf_addc(buf, '[');
    for (size_t i = 0; i < diagnose_count(diagnose); i++) {
        const struct problem *finding = diagnose_problem(diagnose, i);

        strbuf_adds(buf, i ? ",\n{\"t\":" : "\n{\"t\":");
        decimal_ms(buf, finding->t_ns);
        add_text(buf, "kind", diagnose_word(finding->kind));
        add_names(buf, workload, finding);
        strbuf_clear(&text);
        sentence_diagnosis(&text, history, finding);
        add_text(buf, "text", text.text);
        strbuf_addc(buf, '}');
    }
    strbuf_addc(buf, ']');
    strbuf_fini(&text);
    diagnose_free(diagnose);
}

/* --- the log and the tasks ------------------------------------------------ */

static void add_log(struct strbuf *buf, const struct workload *workload,
                    const struct metrics *numbers)
{
    size_t i;

    key(buf, "log");
    strbuf_addc(buf, '[');
    for (i = 0; i < numbers->log_count; i++) {
        const struct log_line *line = &numbers->log[i];

        strbuf_adds(buf, i ? ",\n{\"t\":" : "\n{\"t\":");
        decimal_ms(buf, line->t_ns);
        add_text(buf, "task", workload->task[line->task].name);
        add_text(buf, "text", line->text);
        strbuf_addc(buf, '}');
    }
    strbuf_addc(buf, ']');
}

static void add_task(struct strbuf *buf, const struct task_spec *spec,
                     const struct task_metrics *task)
{
    strbuf_adds(buf, "\n{\"name\":");
    json_string(buf, spec->name);
    add_count(buf, "line", spec->line);
    add_time(buf, "first", task->first_ns);
    add_time(buf, "finish", task->finish_ns);
    add_time(buf, "wait", task->wait_ns);
    add_time(buf, "maxwait", task->maxwait_ns);
    add_count(buf, "entries", task->entries);
    add_time(buf, "cpu", task->cpu_ns);
    add_count(buf, "result", task->result);
    if (task->tid)
        add_count(buf, "tid", task->tid);
    else
        add_null(buf, "tid");
    add_ids(buf, "cpus", task->cpu, task->cpu_count);
    strbuf_addc(buf, '}');
}

void report_json(struct strbuf *buf, const struct history *history,
                 const struct metrics *numbers)
{
    const struct trace *trace = history_trace(history);
    const struct workload *workload = trace_workload(trace);
    size_t i;

    add_setting(buf, trace, numbers);
    add_outcome(buf, numbers);
    add_order(buf, workload, numbers);
    add_average(buf, "average_finish", numbers->average_finish_ns);
    add_average(buf, "average_wait", numbers->average_wait_ns);
    add_shared(buf, workload, numbers);
    add_circle(buf, workload, numbers);
    add_diagnosis(buf, history);
    key(buf, "checksum");
    strbuf_addf(buf, "\"%016" PRIx64 "\"", numbers->checksum);
    add_log(buf, workload, numbers);
    key(buf, "tasks");
    strbuf_addc(buf, '[');
    for (i = 0; i < numbers->task_count; i++) {
        strbuf_adds(buf, i ? "," : "");
        add_task(buf, &workload->task[i], &numbers->task[i]);
    }
    strbuf_adds(buf, "]}\n");
}
