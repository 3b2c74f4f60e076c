/*
 * report_json.c -- what report_text.c says, complete and for programs.
 *
 * Also what the other JSON reports share with it. Keys are part of the manual:
 * new ones may come, those there are stay as they are.
 */
#include "cli/report/report_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "cli/options/language.h"
#include "sched/analysis/diagnose.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/sentence.h"
#include "sched/base/clock.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* --- shared with the other reports ---------------------------------------- */

static void begin(struct json *json)
{
    json_begin(json, NULL, '{');
    json_string(json, "concviz", PACKAGE_VERSION);
}

void report_json_open(struct json *json, struct strbuf *out)
{
    json_init(json, out, !language_has_unicode());
    begin(json);
}

void report_json_close(struct json *json)
{
    json_end(json, '}');
    strbuf_addc(json->out, '\n');
}

void report_json_cycle(struct json *json, const struct metrics *metrics)
{
    const struct workload *workload = metrics->workload;

    if (!metrics->cycle_count) {
        json_null(json, "deadlock");
        return;
    }
    json_begin(json, "deadlock", '[');
    for (size_t i = 0; i < metrics->cycle_count; i++) {
        int lock = metrics->cycle_lock[i];

        json_string(json, NULL, workload->task[metrics->cycle[i]].name);
        if (lock >= 0)
            json_string(json, NULL, workload->lock[lock]);
    }
    json_end(json, ']');
}

/* --- how the run was made ------------------------------------------------- */

static void add_ids(struct json *json, const int *id, size_t count)
{
    json_begin(json, "cpus", '[');
    for (size_t i = 0; i < count; i++)
        json_int(json, NULL, id[i]);
    json_end(json, ']');
}

static int compare_ids(const void *a, const void *b)
{
    const int *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

/* The CPUs any task was seen on, each once. */
static void add_all_cpus(struct json *json, const struct metrics *metrics)
{
    size_t count = 0, kept = 0;
    int *id;

    for (size_t i = 0; i < metrics->task_count; i++)
        count += metrics->task[i].cpu_count;
    id = xcalloc(count, sizeof *id);
    count = 0;
    for (size_t i = 0; i < metrics->task_count; i++)
        for (size_t j = 0; j < metrics->task[i].cpu_count; j++)
            id[count++] = metrics->task[i].cpu[j];
    qsort(id, count, sizeof *id, compare_ids);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || id[kept - 1] != id[i])
            id[kept++] = id[i];
    add_ids(json, id, kept);
    free(id);
}

/* How a shell would say it, and the signal if there was one. */
static void add_program(struct json *json, const char *program, int status)
{
    bool killed = status >= 0 && WIFSIGNALED(status);

    json_string(json, "program", program);
    if (status < 0)
        json_null(json, "status");
    else
        json_int(json, "status",
                 killed ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    if (killed)
        json_int(json, "signal", WTERMSIG(status));
    else
        json_null(json, "signal");
}

static const char *const observed_word[] = {
    [OBSERVED_KERNEL] = "kernel",   [OBSERVED_CLOCK] = "clock",
    [OBSERVED_LIBRARY] = "library", [OBSERVED_BOTH] = "kernel+library",
    [OBSERVED_PROC] = "proc",
};

static void add_setting(struct json *json, const struct trace *trace,
                        const struct metrics *metrics)
{
    const struct trace_info *info = trace_info(trace);

    json_string(json, "workload", trace_workload(trace)->name);
    json_string(json, "mode", info->mode);
    json_string(json, "kind", info->real ? "real" : "model");
    if (info->imported)
        json_string(json, "imported", info->imported);
    if (info->program)
        add_program(json, info->program, metrics->status);
    json_int(json, "machines", metrics->machines);
    add_all_cpus(json, metrics);
    json_int(json, "os_threads", metrics->os_threads);
    if ((unsigned)metrics->observed > OBSERVED_PROC ||
        !observed_word[metrics->observed])
        json_null(json, "observed");
    else
        json_string(json, "observed", observed_word[metrics->observed]);
    json_ms(json, "slice", info->slice_ns ? info->slice_ns : TIME_NEVER);
    if (info->seeded)
        json_uint(json, "seed", info->seed);
    else
        json_null(json, "seed");
    json_string(json, "policy", info->policy);
}

/* --- how it went ---------------------------------------------------------- */

static const char *const outcome_word[] = {
    [OUTCOME_FINISHED] = "finished", [OUTCOME_DEADLOCK] = "deadlock",
    [OUTCOME_LIMIT] = "limit",       [OUTCOME_STOPPED] = "stopped",
    [OUTCOME_FAILED] = "failed",     [OUTCOME_LIVELOCK] = "livelock",
};

/* Only real runs have it. */
static int64_t in_real_run(const struct metrics *metrics, int64_t ns)
{
    return metrics_know_stolen(metrics) ? ns : TIME_NEVER;
}

void report_json_outcome(struct json *json, const struct metrics *metrics)
{
    unsigned outcome = (unsigned)metrics->outcome;

    json_string(json, "outcome",
                outcome <= OUTCOME_LIVELOCK ? outcome_word[outcome] : "failed");
    json_ms(json, "makespan", metrics->makespan_ns);
    json_int(json, "in_progress", metrics->in_progress);
    json_int(json, "working", metrics->working);
    json_ms(json, "busy", metrics->busy_ns);
    json_ms(json, "stolen", in_real_run(metrics, metrics->stolen_ns));
    json_real(json, "utilization", metrics->utilization, 4);
    json_real(json, "overhead", metrics->overhead, 4);
    json_int(json, "switches", metrics->switches);
    json_int(json, "preemptions", metrics->preemptions);
}

static void add_order(struct json *json, const struct workload *workload,
                      const struct metrics *metrics)
{
    json_begin(json, "order", '[');
    for (size_t i = 0; i < metrics->order_count; i++)
        json_string(json, NULL, workload->task[metrics->order[i]].name);
    json_end(json, ']');
}

/* Averages of whole nanoseconds are rounded to the nearest. */
static void add_average(struct json *json, const char *name, double ns)
{
    bool known = ns >= 0 && ns < (double)INT64_MAX;

    json_ms(json, name, known ? (int64_t)(ns + 0.5) : TIME_NEVER);
}

void report_json_averages(struct json *json, const struct metrics *metrics)
{
    add_average(json, "average_finish", metrics->average_finish_ns);
    add_average(json, "average_wait", metrics->average_wait_ns);
    add_average(json, "average_response", metrics->average_response_ns);
    add_average(json, "average_turnaround", metrics->average_turnaround_ns);
    json_real(json, "throughput", metrics->throughput, 4);
    if (metrics->fairness < 0)
        json_null(json, "fairness");
    else
        json_real(json, "fairness", metrics->fairness, 4);
    json_int(json, "missed", metrics->missed);
}

static void add_shared(struct json *json, const struct workload *workload,
                       const struct metrics *metrics)
{
    json_begin(json, "shared", '{');
    for (size_t i = 0; i < workload->shared_count; i++)
        json_int(json, workload->shared[i].name, metrics->shared[i]);
    json_end(json, '}');
}

/* --- what is wrong -------------------------------------------------------- */

static void add_problem(struct json *json, const struct history *history,
                        const struct problem *problem)
{
    const struct workload *workload = trace_workload(history_trace(history));
    struct strbuf text;

    strbuf_init(&text);
    sentence_diagnosis(&text, history, problem);
    json_line(json);
    json_begin(json, NULL, '{');
    json_ms(json, "t", problem->t_ns);
    json_string(json, "kind", diagnose_word(problem->kind));
    if (problem->task >= 0)
        json_string(json, "task", workload->task[problem->task].name);
    else
        json_null(json, "task");
    if (problem->kind == PROBLEM_CONVOY)
        json_string(json, "lock", workload->lock[problem->object]);
    else
        json_null(json, "lock");
    json_string(json, "text", text.text);
    json_end(json, '}');
    strbuf_fini(&text);
}

static void add_diagnosis(struct json *json, const struct history *history)
{
    struct diagnose *diagnose = diagnose_new(history);

    diagnose_update(diagnose);
    json_begin(json, "diagnosis", '[');
    for (size_t i = 0; i < diagnose_count(diagnose); i++)
        add_problem(json, history, diagnose_problem(diagnose, i));
    json_end(json, ']');
    diagnose_free(diagnose);
}

/* --- the log and the tasks ------------------------------------------------ */

/* As text: a program that reads numbers as doubles would lose bits of it. */
static void add_checksum(struct json *json, uint64_t checksum)
{
    char text[17];

    snprintf(text, sizeof text, "%016" PRIx64, checksum);
    json_string(json, "checksum", text);
}

static void add_log(struct json *json, const struct workload *workload,
                    const struct metrics *metrics)
{
    json_begin(json, "log", '[');
    for (size_t i = 0; i < metrics->log_count; i++) {
        const struct log_line *line = &metrics->log[i];

        json_line(json);
        json_begin(json, NULL, '{');
        json_ms(json, "t", line->t_ns);
        if (line->task >= 0)
            json_string(json, "task", workload->task[line->task].name);
        else
            json_null(json, "task");
        json_string(json, "text", line->text);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void add_task(struct json *json, const struct metrics *metrics, size_t i)
{
    const struct task_spec *spec = &metrics->workload->task[i];
    const struct task_metrics *task = &metrics->task[i];

    json_line(json);
    json_begin(json, NULL, '{');
    json_string(json, "name", spec->name);
    json_int(json, "line", spec->line);
    json_ms(json, "first", task->first_ns);
    json_ms(json, "finish", task->finish_ns);
    json_ms(json, "wait", task->wait_ns);
    json_ms(json, "maxwait", task->maxwait_ns);
    json_int(json, "entries", task->entries);
    json_ms(json, "cpu", task->cpu_ns);
    json_int(json, "result", task->result);
    if (task->tid)
        json_int(json, "tid", task->tid);
    else
        json_null(json, "tid");
    add_ids(json, task->cpu, task->cpu_count);
    json_ms(json, "stolen", in_real_run(metrics, task->stolen_ns));
    json_ms(json, "arrival", task->arrival_ns);
    json_ms(json, "response", task->response_ns);
    json_ms(json, "turnaround", task->turnaround_ns);
    json_int(json, "missed", task->missed);
    json_end(json, '}');
}

static void add_job(struct json *json, const struct metrics *metrics,
                    const struct job_metrics *job)
{
    json_line(json);
    json_begin(json, NULL, '{');
    json_string(json, "task", metrics->workload->task[job->task].name);
    json_int(json, "job", job->number);
    json_ms(json, "arrival", job->arrival_ns);
    json_ms(json, "first", job->first_ns);
    json_ms(json, "response", job->response_ns);
    json_ms(json, "finish", job->finish_ns);
    json_ms(json, "turnaround", job->turnaround_ns);
    json_ms(json, "deadline", job->deadline_ns);
    json_bool(json, "missed", job->missed);
    json_end(json, '}');
}

void report_json_run(struct json *json, const struct history *history,
                     const struct metrics *metrics)
{
    const struct trace *trace = history_trace(history);
    const struct workload *workload = trace_workload(trace);

    begin(json);
    add_setting(json, trace, metrics);
    report_json_outcome(json, metrics);
    add_order(json, workload, metrics);
    report_json_averages(json, metrics);
    add_shared(json, workload, metrics);
    report_json_cycle(json, metrics);
    add_diagnosis(json, history);
    add_checksum(json, metrics->checksum);
    add_log(json, workload, metrics);
    json_begin(json, "tasks", '[');
    for (size_t i = 0; i < metrics->task_count; i++)
        add_task(json, metrics, i);
    json_end(json, ']');
    json_begin(json, "jobs", '[');
    for (size_t i = 0; i < metrics->job_count; i++)
        add_job(json, metrics, &metrics->job[i]);
    json_end(json, ']');
    report_json_close(json);
}

void report_json(struct strbuf *buf, const struct history *history,
                 const struct metrics *metrics)
{
    struct json json;

    json_init(&json, buf, !language_has_unicode());
    report_json_run(&json, history, metrics);
}
