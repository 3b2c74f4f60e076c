/*
 * All runs of all lessons against tests/data/oracle.tsv: numbers that were
 * worked out by another program from the same rules, each a line
 *
 *     lesson  run  settings  metric  value
 *
 * One test a run; a run's lines stand together.
 */
#include "tests/suite.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/check/trace_check.h"

enum {
    RUNS = 58,
    ROWS = 2390,
    FIELDS = 5,
};

enum field {
    LESSON,
    RUN,
    SETTINGS,
    METRIC,
    VALUE
};

struct row {
    char *field[FIELDS];
};

static struct row rows[ROWS];
static int first_row[RUNS + 1]; /* of each run */
static glob_t lessons;

/* --- reading -------------------------------------------------------------- */

static char *source_path(const char *path)
{
    const char *folder = getenv("srcdir");
    struct strbuf buf;

    strbuf_init(&buf);
    strbuf_addf(&buf, "%s/%s", folder == NULL ? "." : folder, path);
    return buf.text;
}

static bool next_line(FILE *file, char *line, size_t size)
{
    if (fgets(line, (int)size, file) == NULL)
        return false;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static bool same_run(const struct row *a, const struct row *b)
{
    for (int i = LESSON; i <= SETTINGS; i++) {
        if (strcmp(a->field[i], b->field[i]) != 0)
            return false;
    }
    return true;
}

static void load_oracle(void)
{
    char *path = source_path("tests/data/oracle.tsv");
    FILE *file = fopen(path, "r");
    char line[4096];
    int count = 0, runs = 0;

    ck_assert_msg(file != NULL, "cannot open %s", path);
    ck_assert(next_line(file, line, sizeof(line))); /* the names of columns */
    while (next_line(file, line, sizeof(line))) {
        char *rest = line;

        ck_assert_int_lt(count, ROWS);
        for (int i = 0; i < FIELDS; i++) {
            size_t length = strcspn(rest, "\t");
            bool last = rest[length] == '\0';

            rest[length] = '\0';
            rows[count].field[i] = xstrdup(rest);
            rest += last ? length : length + 1;
        }
        if (count == 0 || !same_run(&rows[count - 1], &rows[count]))
            first_row[runs++] = count;
        count++;
    }
    fclose(file);
    free(path);
    ck_assert_int_eq(count, ROWS);
    ck_assert_int_eq(runs, RUNS);
    first_row[RUNS] = ROWS;
}

static void set_up(void)
{
    char *pattern = source_path("lessons/text/*.en.md");

    load_oracle();
    ck_assert_int_eq(glob(pattern, 0, NULL, &lessons), 0);
    free(pattern);
}

static void tear_down(void)
{
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < FIELDS; j++)
            free(rows[i].field[j]);
    }
    globfree(&lessons);
}

/* Is this the heading of the workload called name (NULL: of any)? */
static bool is_heading(const char *line, const char *name)
{
    static const char heading[] = "## Workload";

    if (strncmp(line, heading, strlen(heading)) != 0)
        return false;
    line += strlen(heading);
    return name == NULL || (line[0] == ' ' && strcmp(line + 1, name) == 0);
}

/* Add the text of a workload of the lesson if the file holds that lesson. */
static bool read_lesson(const char *path, const char *id, const char *name,
                        struct strbuf *text)
{
    FILE *file = fopen(path, "r");
    char line[4096];
    bool found = false, within = false;

    ck_assert_msg(file != NULL, "cannot open %s", path);
    while (next_line(file, line, sizeof(line))) {
        if (strncmp(line, "id: ", 4) == 0)
            found = strcmp(line + 4, id) == 0;
        if (strncmp(line, "## ", 3) == 0)
            within = found && text->length == 0 && is_heading(line, name);
        else if (within && strncmp(line, "    ", 4) == 0)
            strbuf_addf(text, "%s\n", line);
    }
    fclose(file);
    return found;
}

static struct workload *read_workload(const char *id, const char *name)
{
    struct strbuf text;
    struct workload *workload;
    struct diag diag = { .message = "" };
    bool found = false;

    strbuf_init(&text);
    for (size_t i = 0; !found && i < lessons.gl_pathc; i++)
        found = read_lesson(lessons.gl_pathv[i], id, name, &text);
    workload = workload_parse(id, id, text.text, text.length, &diag);
    ck_assert_msg(workload != NULL, "%s:%d: %s", id, diag.line, diag.message);
    strbuf_fini(&text);
    return workload;
}

/* --- running -------------------------------------------------------------- */

struct run {
    struct workload *workload;
    const struct executor *mode;
    struct run_options options;
    struct trace *trace;
    struct history *history;
    struct metrics *metrics;
};

enum {
    SETTING_BYTES = 64
};

/* Copy the value of key in "key=value key=value"; NULL if it is not there. */
static const char *setting(const char *settings, const char *key,
                           char value[SETTING_BYTES])
{
    size_t length = strlen(key);

    while (*settings != '\0') {
        size_t end = strcspn(settings, " ");

        if (strncmp(settings, key, length) == 0 && settings[length] == '=') {
            snprintf(value, SETTING_BYTES, "%.*s", (int)(end - length - 1),
                     settings + length + 1);
            return value;
        }
        settings += end;
        settings += strspn(settings, " ");
    }
    return NULL;
}

static int64_t setting_ms(const char *settings, const char *key, int64_t none)
{
    char buffer[SETTING_BYTES];
    const char *value = setting(settings, key, buffer);

    return NS_PER_MS * (value == NULL ? none : strtol(value, NULL, 10));
}

static void set_options(struct run *run, const char *settings)
{
    char buffer[SETTING_BYTES];
    const char *policy = setting(settings, "policy", buffer);

    executor_defaults(&run->options, run->mode, run->workload);
    run->options.model = true;
    run->options.machines = (int)(setting_ms(settings, "machines", 1) /
                                  NS_PER_MS);
    run->options.slice_ns = setting_ms(settings, "slice", 10); /* R19 */
    run->options.gil_ns = setting_ms(settings, "gil", 0);
    run->options.switch_cost_ns = setting_ms(settings, "switch-cost", 0);
    run->options.limit_ns = setting_ms(settings, "limit", 0);
    if (policy != NULL && strcmp(policy, "priority") == 0)
        run->options.policy = POLICY_PRIORITY;
}

static void run_init(struct run *run, const struct row *row)
{
    const char *settings = row->field[SETTINGS];
    struct diag diag = { .message = "" };
    char buffer[SETTING_BYTES];
    int error;

    run->workload = read_workload(row->field[LESSON],
                                  setting(settings, "workload", buffer));
    run->mode = executor_find(setting(settings, "mode", buffer));
    set_options(run, settings);
    run->trace = executor_trace(run->mode, run->workload, &run->options);
    error = executor_run(run->mode, run->workload, &run->options, run->trace,
                         &diag);
    ck_assert_msg(error == 0, "%s", diag.message);
    ck_assert_msg(trace_check(run->trace, &diag), "%s", diag.message);
    run->history = history_new(run->trace);
    history_update(run->history);
    run->metrics = metrics_new(run->history);
}

static void run_fini(struct run *run)
{
    metrics_free(run->metrics);
    history_free(run->history);
    trace_free(run->trace);
    workload_free(run->workload);
}

/* --- comparing ------------------------------------------------------------ */

static double ms(int64_t ns)
{
    return ns == TIME_NEVER ? (double)INFINITY : (double)ns / (double)NS_PER_MS;
}

/* Find metric in a list of names and numbers. */
struct named {
    const char *name;
    double value;
};

static bool find(const struct named *named, const char *metric, double *value)
{
    for (; named->name != NULL; named++) {
        if (strcmp(named->name, metric) == 0) {
            *value = named->value;
            return true;
        }
    }
    return false;
}

static bool number_of_run(const struct metrics *n, const char *metric,
                          double *value)
{
    const struct named named[] = {
        { "makespan", ms(n->makespan_ns) },
        { "in-progress", n->in_progress },
        { "working", n->working },
        { "busy", ms(n->busy_ns) },
        { "idle", ms(n->idle_ns) },
        { "utilization", n->utilization },
        { "overhead", n->overhead },
        { "switches", (double)n->switches },
        { "preemptions", (double)n->preemptions },
        { "average finish", n->average_finish_ns < 0
                                ? (double)INFINITY
                                : n->average_finish_ns / (double)NS_PER_MS },
        { "average wait", n->average_wait_ns / (double)NS_PER_MS },
        { NULL, 0 },
    };

    return find(named, metric, value);
}

/* "first X" and the like, and "shared x". */
static bool number_of_task(const struct run *run, const char *metric,
                           double *value)
{
    const char *name = strchr(metric, ' ');
    int index = name == NULL ? -1 : workload_find_task(run->workload, name + 1);
    const struct task_metrics *n = &run->metrics->task[index < 0 ? 0 : index];
    const struct named named[] = {
        { "first", ms(n->first_ns) },      { "finish", ms(n->finish_ns) },
        { "wait", ms(n->wait_ns) },        { "maxwait", ms(n->maxwait_ns) },
        { "entries", (double)n->entries }, { "cpu", ms(n->cpu_ns) },
        { "result", (double)n->result },   { NULL, 0 },
    };
    char word[32];

    if (name == NULL)
        return false;
    if (strcmp(metric, "shared n") == 0) {
        *value = (double)run->metrics->shared[0];
        return true;
    }
    snprintf(word, sizeof(word), "%.*s", (int)(name - metric), metric);
    return index >= 0 && find(named, word, value);
}

/* The metrics that are words. */
static bool words_of_run(const struct run *run, const char *metric,
                         struct strbuf *text)
{
    const struct metrics *n = run->metrics;
    const struct task_spec *task = run->workload->task;

    if (strcmp(metric, "deadlock") == 0) {
        strbuf_adds(text, n->outcome == OUTCOME_DEADLOCK ? "yes" : "no");
    } else if (strcmp(metric, "order") == 0) {
        for (size_t i = 0; i < n->order_count; i++)
            strbuf_addf(text, "%s%s", i == 0 ? "" : " ",
                        task[n->order[i]].name);
    } else if (strcmp(metric, "log") == 0) {
        for (size_t i = 0; i < n->log_count; i++)
            strbuf_addf(text, "%s%.0f %s", i == 0 ? "" : " | ",
                        ms(n->log[i].t_ns), n->log[i].text);
    } else {
        return false;
    }
    return true;
}

/* Numbers are compared as they are written, with one digit. */
static void expect_row(const struct run *run, const struct row *row)
{
    const char *metric = row->field[METRIC];
    const char *expected = row->field[VALUE];
    struct strbuf got;
    char number[64];
    char *end;
    double value;

    strbuf_init(&got);
    if (!words_of_run(run, metric, &got)) {
        ck_assert_msg(number_of_run(run->metrics, metric, &value) ||
                          number_of_task(run, metric, &value),
                      "unknown metric %s", metric);
        strbuf_addf(&got, "%.1f", value);
        value = strtod(expected, &end);
        if (end != expected)
            snprintf(number, sizeof(number), "%.1f", value);
        else
            snprintf(number, sizeof(number), "inf"); /* "never", "-" */
        expected = number;
    }
    ck_assert_msg(strcmp(got.text, expected) == 0,
                  "%s run %s (%s): %s is %s, expected %s", row->field[LESSON],
                  row->field[RUN], row->field[SETTINGS], metric, got.text,
                  expected);
    strbuf_fini(&got);
}

START_TEST(the_model_gives_every_number_of_the_oracle)
{
    struct run run;

    run_init(&run, &rows[first_row[_i]]);
    for (int i = first_row[_i]; i < first_row[_i + 1]; i++)
        expect_row(&run, &rows[i]);
    run_fini(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_oracle");
    TCase *tcase = tcase_create("oracle");

    tcase_add_unchecked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, the_model_gives_every_number_of_the_oracle, 0,
                        RUNS);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
