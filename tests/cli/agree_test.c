/*
 * agree_test.c -- the text, the pictures, the report and the model say the
 * same.
 *
 * Random workloads on the ideal machine. The event text is read as a person
 * would read it, line by line and nothing else: who is where, what the counts
 * were, who came to a machine and whether that took time. What follows from it
 * must be what the report says and what a picture of that instant shows.
 * CONCVIZ_TEST_SEEDS=FIRST-LAST tries others (make check-agree: 10,000).
 */
#include "tests/suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/report/event_log.h"
#include "cli/report/report_json.h"
#include "cli/report/report_text.h"
#include "render/cells/cells.h"
#include "render/draw/screen.h"
#include "render/output/backend.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "sched/base/decimal.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "tests/sched/modelled.h"
#include "tests/sched/random_workload.h"

enum {
    SEEDS = 1000,
    REAL_SEEDS = 25,
    TASKS = RANDOM_TASKS + 2,
    LOCKS = 3,
    VISITS = 1 << 16,
    PICTURES = 6 /* of a run */
};

static struct modelled run;
static struct strbuf workload_text;
static unsigned long seed;

/* Fail, saying all that is needed to see it again. */
#define agree(holds, ...)                                                      \
    do {                                                                       \
        if (!(holds)) {                                                        \
            fprintf(stderr, "seed %lu, %s, machines %d:\n%s", seed,            \
                    run.mode->mode->name, run.options.machines,                \
                    workload_text.text);                                       \
            ck_abort_msg(__VA_ARGS__);                                         \
        }                                                                      \
    } while (0)

/* --- a run ---------------------------------------------------------------- */

static void model_random_run(void)
{
    static const int64_t slices_ns[] = { 0, MS(5), MS(10), MS(30) };
    static const char *const units[] = { "", "", "0us", "us" };
    uint64_t random = random_mix(seed);

    strbuf_init(&workload_text);
    random_workload_in(&workload_text, seed, units[random_below(&random, 4)]);
    modelled_init(&run, executor_table[seed % 5]->mode->name,
                  workload_text.text);
    run.options.machines = 1;
    if (run.mode->mode->traits & PARALLEL)
        run.options.machines += (int)random_below(&random, 4);
    run.options.slice_ns = slices_ns[random_below(&random, 4)];
    run.options.policy = (enum policy)random_below(&random, POLICY_PICK);
    run.options.seed = random;
    run.options.lines_own = random_below(&random, 3) == 0;
    if (random_below(&random, 4) == 0)
        run.options.gil_ns = MS(7);
    if (random_below(&random, 4) == 0)
        run.options.switch_cost_ns = MS(3);
    if (random_below(&random, 8) == 0)
        run.options.limit_ns = MS(100);
    modelled_run(&run);
}

/* --- reading the event text ----------------------------------------------- */

/* What a reader knows of a run. */
struct reader {
    int64_t t_ns, done_ns; /* of the last line; of the last "is done" */
    int in_progress, working, most_in_progress, most_working;
    bool finished;
    int visit[VISITS]; /* tasks, in the order in which they came to machines */
    bool took_time[VISITS];
    int visits;
    int owner[LOCKS]; /* of m0, m1, m2; -1: nobody */
    struct {
        bool runs;      /* the last place said so … */
        int64_t ran_ns; /* … since when */
        char place[64]; /* the beginning of that sentence */
        int visit, entries;
        bool done;
    } task[TASKS];
};

static struct reader reader;

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static int find_task(const char *name)
{
    size_t length = strcspn(name, " )");

    for (size_t i = 0; i < run.workload->task_count; i++) {
        const char *other = run.workload->task[i].name;

        if (strlen(other) == length && strncmp(other, name, length) == 0)
            return (int)i;
    }
    return -1;
}

/* "0.00125", to the nanosecond; returns what follows. */
static const char *read_time(const char *line, int64_t *t_ns)
{
    int64_t unit = NS_PER_S;
    char *end;

    *t_ns = strtoll(line, &end, 10) * NS_PER_S;
    agree(*end == '.', "a line begins without a time: %s", line);
    for (end++; *end >= '0' && *end <= '9'; end++) {
        unit /= 10;
        *t_ns += (*end - '0') * unit;
    }
    return end + strspn(end, " ");
}

/* Somebody who computed until now has done so for a while, or not. */
static void stops_running(int task)
{
    if (reader.task[task].runs && reader.t_ns > reader.task[task].ran_ns)
        reader.took_time[reader.task[task].visit] = true;
    reader.task[task].runs = false;
}

static void begins_visit(int task)
{
    agree(reader.visits < VISITS, "too many visits");
    reader.task[task].visit = reader.visits;
    reader.visit[reader.visits++] = task;
}

/* Control stayed where it was while the machine was kept; and while a generator
 * was called, but then the caller comes to the machine again. */
static void runs(int task, const char *sentence)
{
    const char *before = reader.task[task].place;
    bool called = begins(before, "asks ") || begins(before, "waits on ");
    bool kept = !begins(sentence, "goes on at once") &&
                (begins(before, "waits at machine") ||
                 begins(before, "is at machine"));

    if (!kept)
        begins_visit(task);
    reader.task[task].entries += !kept && !called;
    reader.task[task].runs = true;
    reader.task[task].ran_ns = reader.t_ns;
}

static bool is_running(const char *sentence)
{
    return begins(sentence, "starts on machine") ||
           begins(sentence, "goes on at ") ||
           begins(sentence, "computes for its caller");
}

static void read_place(int task, const char *sentence, const char *counts)
{
    stops_running(task);
    if (is_running(sentence))
        runs(task, sentence);
    if (begins(sentence, "is done")) {
        reader.task[task].done = true;
        reader.done_ns = reader.t_ns;
    }
    snprintf(reader.task[task].place, sizeof reader.task[task].place, "%s",
             sentence);
    agree(sscanf(counts, " in progress %d working %d", &reader.in_progress,
                 &reader.working) == 2,
          "no counts: %s", sentence);
    if (reader.most_in_progress < reader.in_progress)
        reader.most_in_progress = reader.in_progress;
    if (reader.most_working < reader.working)
        reader.most_working = reader.working;
}

/* Every lock has the owner of whom was said so; who waits is told that one. */
static void read_lock(int task, const char *sentence)
{
    int lock, lock_of_next;
    char next[64] = "";

    if (sscanf(sentence, "has lock m%d", &lock) == 1)
        reader.owner[lock] = task;
    else if (sscanf(sentence, "gives lock m%d back", &lock) == 1)
        reader.owner[lock] = -1;
    else if (sscanf(sentence, "hands lock m%d to %63s", &lock, next) == 2)
        reader.owner[lock] = find_task(next);
    else if (sscanf(sentence, "waits for lock m%d (%63s", &lock_of_next,
                    next) == 2) {
        int owner = find_task(next);

        agree(owner == reader.owner[lock_of_next], "another owner: %s",
              sentence);
        agree(reader.task[owner].done == (strstr(sentence, "kept it") != NULL),
              "is the owner done? %s", sentence);
    }
}

static void read_line(const char *line)
{
    const char *rest = read_time(line + strspn(line, " "), &reader.t_ns);
    const char *counts = strstr(rest, " in progress ");
    int task = find_task(rest);

    if (task < 0) {
        reader.finished = begins(rest, "the run is finished");
        return;
    }
    rest += strlen(run.workload->task[task].name);
    rest += strspn(rest, " ");
    if (counts)
        read_place(task, rest, counts);
    read_lock(task, rest);
}

/* --- pictures while reading ----------------------------------------------- */

/* What is written on the screen; when the run is over it is the most there
 * was. */
static void expect_screen(const struct view *view)
{
    int in_progress = -1, working = -1;
    struct strbuf text;
    struct cells cells;
    const char *meters;
    bool most;

    cells_init(&cells, 80, 24);
    strbuf_init(&text);
    screen_draw(&cells, run.history, view);
    backend_text(&text, &cells);
    most = strstr(text.text, "most: IN PROGRESS") != NULL;
    meters = strstr(text.text, "IN PROGRESS");
    agree(meters && sscanf(meters, "IN PROGRESS %d WORKING %d", &in_progress,
                           &working) == 2,
          "no meters on the screen:\n%s", text.text);
    agree(in_progress ==
                  (most ? reader.most_in_progress : reader.in_progress) &&
              working == (most ? reader.most_working : reader.working),
          "at %" PRId64 " ns the screen says other numbers than the text:\n%s",
          reader.t_ns, text.text);
    strbuf_fini(&text);
    cells_fini(&cells);
}

/* The picture of the instant whose last line has just been read. */
static void expect_picture(void)
{
    static struct scene scene;
    struct view view;
    int busy = 0;

    view_init(&view);
    view.t_ns = reader.t_ns;
    view.total_ns = history_end(run.history);
    view.motion = false;
    scene_make(&scene, run.history, &view);
    for (int i = 0; i < scene_machines(&scene); i++)
        busy += scene.machine[i].service.kind == SERVICE_BUSY;
    agree(scene.in_progress == reader.in_progress,
          "at %" PRId64 " ns in progress %d in the text, %d in the picture",
          reader.t_ns, reader.in_progress, scene.in_progress);
    agree(scene.working == reader.working,
          "at %" PRId64 " ns working %d in the text, %d in the picture",
          reader.t_ns, reader.working, scene.working);
    agree(busy == scene.working && scene.in_state[STATE_RUNNING] == busy,
          "at %" PRId64 " ns %d machines compute", reader.t_ns, busy);
    expect_screen(&view);
}

static void begin_to_read(void)
{
    memset(&reader, 0, sizeof reader);
    for (int i = 0; i < LOCKS; i++)
        reader.owner[i] = -1;
}

/* Line by line, with a picture now and then where time goes on, if random. */
static void read_lines(char *text, uint64_t *random)
{
    uint64_t lines = 1;
    char *save = NULL;

    for (char *at = text; *at; at++)
        lines += *at == '\n';
    for (char *line = strtok_r(text, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        int64_t next_ns;

        read_time(line + strspn(line, " "), &next_ns);
        if (random && next_ns > reader.t_ns &&
            random_below(random, lines) < PICTURES)
            expect_picture();
        read_line(line);
    }
}

static void read_text(char *text, uint64_t *random)
{
    begin_to_read();
    read_lines(text, random);
    expect_picture();
    for (int i = 0; i < (int)run.workload->task_count; i++)
        stops_running(i);
}

/* --- the report ----------------------------------------------------------- */

/* What the report says after "key":, which stands there once. */
static const char *in_json(const struct strbuf *json, const char *key)
{
    const char *at = strstr(json->text, key);

    agree(at != NULL, "no %s in the report", key);
    return at + strlen(key);
}

static void expect_number(const struct strbuf *json, const char *key, int read)
{
    int reported = atoi(in_json(json, key));

    agree(reported == read, "%s %d in the report, %d in the text", key,
          reported, read);
}

static void expect_makespan(const struct strbuf *json)
{
    struct strbuf expected;
    const char *reported = in_json(json, "\"makespan\":");

    strbuf_init(&expected);
    if (reader.finished)
        decimal_ms(&expected, reader.done_ns);
    else
        strbuf_adds(&expected, "null");
    strbuf_addc(&expected, ',');
    agree(begins(reported, expected.text), "makespan %.12s, not %s", reported,
          expected.text);
    strbuf_fini(&expected);
}

/* The visits that took time, in the order in which they began. */
static void expect_order(const struct strbuf *json)
{
    const char *at = in_json(json, "\"order\":[");

    for (int i = 0; i < reader.visits; i++) {
        const char *name = run.workload->task[reader.visit[i]].name;

        if (!reader.took_time[i])
            continue;
        agree(*at == '"' && find_task(at + 1) < 0 && begins(at + 1, name) &&
                  at[1 + strlen(name)] == '"',
              "visit %d is of %s in the text; in the report: %.30s", i, name,
              at);
        at += strlen(name) + 2;
        at += *at == ',';
    }
    agree(*at == ']', "more visits in the report: %.30s", at);
}

static void expect_entries(const struct strbuf *json)
{
    for (size_t i = 0; i < run.workload->task_count; i++) {
        char key[32];
        const char *at;

        snprintf(key, sizeof key, "{\"name\":\"%s\",",
                 run.workload->task[i].name);
        at = strstr(in_json(json, key), "\"entries\":");
        agree(atoi(at + 10) == reader.task[i].entries,
              "%s was entered %d times in the report, %d times in the text",
              run.workload->task[i].name, atoi(at + 10),
              reader.task[i].entries);
    }
}

static void expect_report_text(void)
{
    struct strbuf text;
    int in_progress = -1, working = -1;

    strbuf_init(&text);
    report_text(&text, run.history, run.metrics);
    sscanf(in_json(&text, "in-progress "), "%d", &in_progress);
    sscanf(in_json(&text, "working "), "%d", &working);
    agree(in_progress == reader.most_in_progress &&
              working == reader.most_working,
          "in the table: in progress %d, working %d", in_progress, working);
    strbuf_fini(&text);
}

static void expect_report(void)
{
    struct strbuf json;

    strbuf_init(&json);
    report_json(&json, run.history, run.metrics);
    expect_number(&json, "\"in_progress\":", reader.most_in_progress);
    expect_number(&json, "\"working\":", reader.most_working);
    expect_makespan(&json);
    expect_order(&json);
    expect_entries(&json);
    strbuf_fini(&json);
    expect_report_text();
}

/* -------------------------------------------------------------------------- */

static void try_seed(void)
{
    uint64_t random = seed;
    struct event_log *log;
    struct strbuf text;

    model_random_run();
    strbuf_init(&text);
    log = event_log_new(run.history);
    event_log_events(log, &text, 0, trace_count(run.trace));
    read_text(text.text, &random);
    expect_report();
    event_log_free(log);
    strbuf_fini(&text);
    modelled_fini(&run);
    strbuf_fini(&workload_text);
}

START_TEST(text_pictures_report_and_model_agree)
{
    unsigned long first = 1, last = SEEDS;
    const char *range = getenv("CONCVIZ_TEST_SEEDS");

    if (range)
        sscanf(range, "%lu-%lu", &first, &last);
    for (seed = first; seed <= last; seed++)
        try_seed();
}
END_TEST

/* Where the run is real, the text leaves out most of what the system took. */
START_TEST(real_runs_agree_on_who_had_begun)
{
    for (seed = 1; seed <= REAL_SEEDS; seed++) {
        uint64_t random = seed;
        struct event_log *log;
        struct strbuf text;

        strbuf_init(&workload_text);
        random_workload_in(&workload_text, seed, "0us");
        modelled_init(&run, executor_table[seed % 5]->mode->name,
                      workload_text.text);
        run.options.model = false;
        run.options.machines = 1;
        run.options.gil_ns = random_below(&random, 2) ? NS_PER_MS / 10 : 0;
        run.options.limit_ns = 10 * NS_PER_S; /* nothing takes that long */
        run.options.iterations_per_ms = 600000;
        modelled_run(&run);
        strbuf_init(&text);
        log = event_log_new(run.history);
        event_log_events(log, &text, 0, trace_count(run.trace));
        begin_to_read();
        read_lines(text.text, NULL);
        agree(reader.most_in_progress == run.metrics->in_progress,
              "in progress %d in the text, %d in the report",
              reader.most_in_progress, run.metrics->in_progress);
        agree(reader.most_working <= run.metrics->working,
              "working %d in the text, %d in the report", reader.most_working,
              run.metrics->working);
        event_log_free(log);
        strbuf_fini(&text);
        modelled_fini(&run);
        strbuf_fini(&workload_text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agree");
    TCase *tcase = tcase_create("agree");

    tcase_set_timeout(tcase, 1200);
    tcase_add_test(tcase, text_pictures_report_and_model_agree);
    tcase_add_test(tcase, real_runs_agree_on_who_had_begun);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
