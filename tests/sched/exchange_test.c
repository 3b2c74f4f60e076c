/*
 * exchange_test.c -- what we write for other programs can be read by them.
 *
 * Chrome's format goes through a checker that is stricter than its readers,
 * and that must refuse each mistake they were seen to stumble over. A table is
 * read again and compared with the history, frame by frame too for speedscope.
 * All workloads we ship, in all modes, 200 random ones, and names nobody would
 * give.
 */
#include "tests/suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/decimal.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/chrome_write.h"
#include "sched/exchange/csv_write.h"
#include "sched/exchange/exported.h"
#include "sched/exchange/recording.h"
#include "sched/exchange/speedscope_write.h"
#include "sched/programs/programs.h"
#include "tests/check/chrome_check.h"
#include "tests/check/json_text.h"
#include "tests/sched/handmade.h"
#include "tests/sched/modelled.h"
#include "tests/sched/random_workload.h"
#include "tests/sched/running.h"

enum {
    SEEDS = 200,
    HOSTILE = 10000,
    TEXT_BYTES = 512
};

enum format {
    CHROME,
    CHROME_STATES,
    SPEEDSCOPE,
    CSV
};

/* What is written of the runs; to be freed. */
static char *written(const struct exported *run, int count, enum format format)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    int error;

    ck_assert_ptr_nonnull(out);
    if (format == SPEEDSCOPE)
        error = speedscope_write(out, run, count);
    else if (format == CSV)
        error = csv_write(out, run, count);
    else
        error = chrome_write(out, run, count, format == CHROME_STATES);
    ck_assert_int_eq(error, 0);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

/* --- Chrome --------------------------------------------------------------- */

static void check_chrome(const struct exported *run, int count, bool states)
{
    char *text = written(run, count, states ? CHROME_STATES : CHROME);
    struct strbuf why;

    strbuf_init(&why);
    ck_assert_msg(chrome_check(text, states, &why, NULL), "%s", why.text);
    strbuf_fini(&why);
    free(text);
}

#define LANE                                                                   \
    "{\"ph\":\"M\",\"pid\":1,\"tid\":0,\"name\":\"process_name\","             \
    "\"args\":{\"name\":\"p\"}},"                                              \
    "{\"ph\":\"M\",\"pid\":1,\"tid\":1,\"name\":\"thread_name\","              \
    "\"args\":{\"name\":\"t\"}},"
#define AT(phase, ts, name)                                                    \
    "{\"ph\":\"" phase "\",\"pid\":1,\"tid\":1,\"ts\":" ts ",\"name\":\"" name \
    "\",\"cat\":\"state\"}"
#define FLOW(phase, ts, rest)                                                  \
    "{\"ph\":\"" phase "\",\"pid\":1,\"tid\":1,\"ts\":" ts                     \
    ",\"name\":\"w\",\"cat\":\"flow\"" rest "}"

/* Each has one mistake, and the word that tells it. */
static const char *const mistakes[][2] = {
    { AT("B", "0.000", "a") "," AT("B", "1.000", "b") "," AT(
          "E", "2.000", "b") "," AT("E", "3.000", "a"),
      "overlap" },
    { AT("B", "0.000", "a") "," AT("E", "1.000", "b"), "another name" },
    { AT("B", "1.000", "a") "," AT("E", "0.999", "a"), "goes back" },
    { AT("E", "1.000", "a"), "did not begin" },
    { AT("B", "1.000", "a"), "never ends" },
    { AT("B", "1", "a") "," AT("E", "2", "a"), "no time" },
    { AT("B", "1e3", "a") "," AT("E", "2e3", "a"), "no time" },
    { AT("B", "0.000", "a") "," AT("E", "1.000", "a") "," AT(
          "B", "1.000", "a") "," AT("E", "2.000", "a"),
      "nested" },
    { AT("X", "0.000", "a"), "unknown phase" },
    { "{\"ph\":\"T\",\"pid\":1,\"tid\":1,\"ts\":0.000,\"name\":\"R\"}",
      "no duration" },
    { "{\"ph\":\"B\",\"pid\":\"1\",\"tid\":1,\"ts\":0.000,\"name\":\"a\"}",
      "number of a process" },
    { "{\"ph\":\"B\",\"pid\":1,\"tid\":\"A\",\"ts\":0.000,\"name\":\"a\"}",
      "number of a thread" },
    { "{\"ph\":\"B\",\"pid\":1,\"tid\":2,\"ts\":0.000,\"name\":\"a\"}",
      "without a name" },
    { "{\"ph\":\"B\",\"pid\":1,\"tid\":1,\"ts\":0.000,\"name\":\"a\","
      "\"args\":{}}",
      "part of the name" },
    { "{\"ph\":\"i\",\"pid\":1,\"tid\":1,\"ts\":0.000,\"name\":\"a\"}",
      "no scope" },
    { "{\"ph\":\"C\",\"pid\":1,\"tid\":0,\"ts\":0.000,\"name\":\"a\","
      "\"args\":{\"n\":\"1\"}}",
      "no number" },
    { "{\"ph\":\"M\",\"pid\":1,\"tid\":1,\"name\":\"version\",\"args\":{}}",
      "warns" },
    { FLOW("s", "0.000", ",\"id\":1"), "outside of slices" },
    { AT("B", "0.000", "a") "," FLOW("s", "0.000",
                                     ",\"id\":\"x\"") "," AT("E", "1.000", "a"),
      "id" },
    { AT("B", "0.000", "a") "," FLOW("s", "0.000",
                                     ",\"id\":1") "," AT("E", "1.000", "a"),
      "to nowhere" },
    { AT("B", "0.000", "a") "," FLOW("f", "0.000",
                                     ",\"id\":1") "," AT("E", "1.000", "a"),
      "from nowhere" },
    { AT("B", "0.000", "a\x01") "," AT("E", "1.000", "a\x01"), "no JSON" },
    { AT("B", "0.000", "a") "," AT("E", "1.000", "a") ",", "no JSON" },
};

START_TEST(the_checker_refuses_what_readers_stumble_over)
{
    struct strbuf text, why;

    strbuf_init(&text);
    strbuf_init(&why);
    strbuf_addf(&text, "{\"traceEvents\":[" LANE "%s]}", mistakes[_i][0]);
    ck_assert(!chrome_check(text.text, true, &why, NULL));
    ck_assert_msg(strstr(why.text, mistakes[_i][1]) != NULL, "%s", why.text);
    strbuf_fini(&text);
    strbuf_fini(&why);
}
END_TEST

START_TEST(the_checker_accepts_slices_one_after_another)
{
    static const char *const good[] = {
        AT("B", "0.000", "a"),
        FLOW("s", "0.500", ",\"id\":7"),
        AT("E", "1.000", "a"),
        AT("B", "1.000", "b"),
        FLOW("f", "1.000", ",\"id\":7,\"bp\":\"e\""),
        AT("E", "2.000", "b"),
    };
    struct strbuf text;
    struct strbuf why;

    strbuf_init(&why);
    strbuf_init(&text);
    strbuf_adds(&text, "{\"traceEvents\":[" LANE);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        strbuf_addf(&text, "%s%s", i ? "," : "", good[i]);
    strbuf_adds(&text, "]}");
    ck_assert_msg(chrome_check(text.text, false, &why, NULL), "%s", why.text);
    strbuf_fini(&text);
    strbuf_fini(&why);
}
END_TEST

/* --- speedscope: the rules of its schema, and that frames are closed ------- */

/* A profile's events: each O closed, times in order and in the profile. */
static void check_profile(const char *profile, size_t frames)
{
    int64_t end = json_text_integer(json_text_get(profile, "endValue"));
    int64_t last = json_text_integer(json_text_get(profile, "startValue"));
    int64_t open = -1;

    ck_assert(json_text_is(json_text_get(profile, "type"), "\"evented\""));
    ck_assert(json_text_is(json_text_get(profile, "unit"), "\"nanoseconds\""));
    ck_assert(*json_text_get(profile, "name") == '"');
    ck_assert_int_eq(last, 0);
    for (const char *at =
             json_text_first(json_text_get(profile, "events"), NULL);
         at; at = json_text_next(at, NULL)) {
        int64_t ns = json_text_integer(json_text_get(at, "at"));
        int64_t frame = json_text_integer(json_text_get(at, "frame"));
        bool opens = json_text_is(json_text_get(at, "type"), "\"O\"");

        ck_assert(opens || json_text_is(json_text_get(at, "type"), "\"C\""));
        ck_assert_int_ge(ns, last);
        ck_assert(frame >= 0 && (size_t)frame < frames);
        ck_assert_int_eq(open, opens ? -1 : frame);
        open = opens ? frame : -1;
        last = ns;
    }
    ck_assert_int_eq(open, -1);
    ck_assert_int_ge(end, last);
}

static size_t count_items(const char *list)
{
    size_t count = 0;

    for (const char *at = json_text_first(list, NULL); at;
         at = json_text_next(at, NULL))
        count++;
    return count;
}

static void check_speedscope(const struct exported *run, int count)
{
    char *text = written(run, count, SPEEDSCOPE);
    const char *frames, *profiles;
    size_t expected = 0;

    ck_assert_ptr_null(json_text_wrong(text));
    ck_assert(json_text_is(json_text_get(text, "$schema"),
                           "\"https://www.speedscope.app/"
                           "file-format-schema.json\""));
    frames = json_text_get(json_text_get(text, "shared"), "frames");
    for (const char *at = json_text_first(frames, NULL); at;
         at = json_text_next(at, NULL))
        ck_assert(*json_text_get(at, "name") == '"');
    profiles = json_text_get(text, "profiles");
    for (const char *at = json_text_first(profiles, NULL); at;
         at = json_text_next(at, NULL))
        check_profile(at, count_items(frames));
    for (int i = 0; i < count; i++)
        expected += trace_workload(history_trace(run[i].history))->task_count +
                    (size_t)history_machines(run[i].history);
    ck_assert_uint_eq(count_items(profiles), expected);
    free(text);
}

/* --- tables --------------------------------------------------------------- */

/* Decode one field at *at and go behind what ends it, which is returned: a
 * comma or a line's end. */
static char read_field(const char **at, char out[TEXT_BYTES])
{
    size_t length = 0;
    char end;

    if (**at == '"') {
        for (++*at; **at != '"' || (*at)[1] == '"'; ++*at) {
            ck_assert(**at && length + 1 < TEXT_BYTES);
            *at += **at == '"';
            out[length++] = **at;
        }
        ++*at;
    } else {
        for (; !strchr(",\r", **at); ++*at) {
            ck_assert(**at && **at != '"' && **at != '\n');
            ck_assert(length + 1 < TEXT_BYTES);
            out[length++] = **at;
        }
    }
    out[length] = '\0';
    end = **at;
    *at += end == '\r' ? 2 : 1;
    ck_assert(end == ',' || (end == '\r' && (*at)[-1] == '\n'));
    return end;
}

static void expect_field(const char **at, const char *expected, char end)
{
    char field[TEXT_BYTES];
    char found = read_field(at, field);

    ck_assert_str_eq(field, expected);
    ck_assert_int_eq(found, end);
}

static void expect_ms(const char **at, int64_t ns)
{
    struct strbuf ms;

    strbuf_init(&ms);
    decimal_ms(&ms, ns);
    expect_field(at, ms.text, ',');
    strbuf_fini(&ms);
}

static void expect_row(const char **at, const struct exported *run,
                       const struct task_spec *tasks, int task, size_t index)
{
    struct interval stretch = history_interval(run->history, task, index);
    struct strbuf what;

    if (!exported_state(&stretch))
        return;
    expect_field(at, run->label, ',');
    expect_field(at, tasks[task].name, ',');
    expect_field(at, exported_state(&stretch), ',');
    expect_ms(at, stretch.from_ns);
    expect_ms(at, stretch.to_ns);
    strbuf_init(&what);
    if (stretch.machine >= 0)
        strbuf_addf(&what, "%d", stretch.machine + 1);
    expect_field(at, what.text, ',');
    strbuf_clear(&what);
    exported_waits_for(&what, run->history, &stretch);
    expect_field(at, what.text, ',');
    strbuf_fini(&what);
    expect_field(at, stretch.by < 0 ? "" : tasks[stretch.by].name, '\r');
}

static void check_csv(const struct exported *run, int count)
{
    static const char head[] =
        "run,task,state,from_ms,to_ms,machine,waits_for,by\r\n";
    char *text = written(run, count, CSV);
    const char *at = text + sizeof head - 1;

    ck_assert(strncmp(text, head, sizeof head - 1) == 0);
    for (int i = 0; i < count; i++) {
        const struct workload *workload = trace_workload(
            history_trace(run[i].history));

        for (size_t task = 0; task < workload->task_count; task++)
            for (size_t k = 0; k < history_intervals(run[i].history, (int)task);
                 k++)
                expect_row(&at, &run[i], workload->task, (int)task, k);
    }
    ck_assert_str_eq(at, "");
    free(text);
}

/* --- read back ------------------------------------------------------------ */

/* A stretch whose state the one before does not have; index: of its beginning,
 * goes on behind it. Absent and done are no stretches. */
static bool next_stretch(const struct history *history, int task, size_t *index,
                         struct interval *at)
{
    size_t count = history_intervals(history, task);

    while (*index < count) {
        *at = history_interval(history, task, (*index)++);
        if (at->state == STATE_ABSENT || at->state == STATE_DONE)
            continue;
        for (struct interval next;
             *index < count &&
             (next = history_interval(history, task, *index)).state ==
                 at->state &&
             next.wait == at->wait &&
             (next.state == STATE_IN_LINE || next.object == at->object);
             ++*index)
            at->to_ns = next.to_ns;
        return true;
    }
    return false;
}

/* The times of a file count from its first event. */
static void expect_equal_lives(const struct history *one,
                               const struct history *two)
{
    const struct workload *workload = trace_workload(history_trace(one));
    const struct workload *read = trace_workload(history_trace(two));

    for (size_t task = 0; task < workload->task_count; task++) {
        int other = workload_find_task(read, workload->task[task].name);
        size_t i = 0, j = 0;
        struct interval at, back;

        while (next_stretch(one, (int)task, &i, &at)) {
            ck_assert_int_ge(other, 0);
            ck_assert(next_stretch(two, other, &j, &back));
            ck_assert_int_eq(back.state, at.state);
            ck_assert_int_eq(back.to_ns - back.from_ns, at.to_ns - at.from_ns);
        }
        ck_assert(other < 0 || !next_stretch(two, other, &j, &back));
    }
}

static void check_read_back(const struct exported *run)
{
    char *text = written(run, 1, CHROME), path[SUITE_PATH];
    struct diag diag = { .message = "" };
    struct recording *recording;
    struct history *history;

    close(suite_file(path));
    suite_write(path, text);
    free(text);
    recording = recording_open(path, &diag);
    if (recording) {
        history = history_new(recording_trace(recording));
        history_update(history);
        expect_equal_lives(run->history, history);
        history_free(history);
    } else {
        ck_assert_int_eq(history_max_in_progress(run->history), 0);
    }
    recording_close(recording);
}

/* --- runs ----------------------------------------------------------------- */

static void check_run(const struct history *history, const char *label)
{
    struct exported run = { history, label };

    check_chrome(&run, 1, false);
    check_chrome(&run, 1, true);
    check_speedscope(&run, 1);
    check_csv(&run, 1);
}

START_TEST(all_that_comes_along_can_be_read_in_every_mode)
{
    const struct executor *executor = executor_table[_i];
    struct exported pair[2] = { { NULL, "" } };

    for (const struct program_entry *entry = program_table; entry->name;
         entry++) {
        struct diag diag = { .message = "" };
        struct workload *workload = programs_open(entry->name, &diag);
        struct run_options options;
        struct history *history;
        struct trace *trace;

        executor_defaults(&options, executor, workload);
        options.model = options.foretell = true;
        options.machines = executor->mode->traits & PARALLEL ? 3 : 1;
        if (!executor_allows(executor, options.policy, NULL))
            options.policy = POLICY_FIFO;
        trace = executor_trace(executor, workload, &options);
        /* Some would never end if one ran after another. */
        if (workload->data.takes_turns && executor->mode->traits & TO_THE_END)
            trace_add(trace, (struct event){ .kind = EVENT_END,
                                             .task = EVENT_NO_TASK });
        else
            ck_assert_int_eq(
                executor_run(executor, workload, &options, trace, &diag), 0);
        history = history_new(trace);
        history_update(history);
        check_run(history, executor->mode->name);
        pair[0] = pair[1] = (struct exported){ history, "a, b" };
        check_read_back(pair);
        check_chrome(pair, 2, false);
        check_speedscope(pair, 2);
        check_csv(pair, 2);
        history_free(history);
        trace_free(trace);
        workload_free(workload);
    }
}
END_TEST

START_TEST(random_runs_can_be_read)
{
    static const int64_t slices_ns[] = { 0, MS(5), MS(10), MS(30) };

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t random = random_mix(seed);
        struct modelled run;
        struct strbuf text;

        strbuf_init(&text);
        random_workload(&text, seed);
        modelled_init(&run, executor_table[seed % 5]->mode->name, text.text);
        if (run.mode->mode->traits & PARALLEL)
            run.options.machines = 1 + (int)random_below(&random, 4);
        run.options.slice_ns = slices_ns[random_below(&random, 4)];
        run.options.policy = (enum policy)random_below(&random, POLICY_PICK);
        if (random_below(&random, 4) == 0)
            run.options.switch_cost_ns = MS(3);
        modelled_run(&run);
        check_run(run.history, run.mode->mode->name);
        modelled_fini(&run);
        strbuf_fini(&text);
    }
}
END_TEST

/* With all that only real runs have: threads, and what others take. */
START_TEST(a_real_run_can_be_read_in_every_mode)
{
    static const char text[] =
        "channel c size 1\nshared n = 0\n"
        "generator G: cpu 200us, yield, say \"g\"\n"
        "task A: lock m, cpu 300us, sleep 500us, unlock m, send c, next G\n"
        "task B: lock m, read n, cpu 200us, write n+1, unlock m, recv c, "
        "block 300us\n"
        "task C: repeat 3 (cpu 100us, yield), join A\n";
    struct running run;
    struct history *history;

    running_init(&run, executor_table[_i], false, text);
    running_go(&run);
    history = history_new(run.trace);
    history_update(history);
    check_run(history, "real");
    history_free(history);
    running_fini(&run);
}
END_TEST

/* Any bytes but NUL, most of them such as files get wrong. */
static void hostile_text(char out[32], uint64_t *random)
{
    static const char *const pieces[] = {
        "\"", "\\", ",", "\n",   "\r",   "\x1b[2J",      "\x7f", "\t",
        "</", "'",  "=", "\xff", "\xc3", "\xed\xa0\x80", "한",   "\xc2\x9b",
    };
    size_t length = 0;

    while (length < 24 && random_below(random, 8) > 0) {
        const char *piece = pieces[random_below(random, 16)];

        if (random_below(random, 2) == 0)
            out[length++] = (char)(1 + random_below(random, 255));
        else
            length += (size_t)sprintf(out + length, "%s", piece);
    }
    out[length] = '\0';
}

/* Nobody can have these names today; a tape or an import may bring any. */
START_TEST(no_name_and_no_text_breaks_a_file)
{
    uint64_t random = random_mix(7);

    for (int i = 0; i < HOSTILE; i += 4) {
        struct step say = { .kind = STEP_SAY, .line = 3, .column = 9 };
        char text[4][32];
        struct handmade made;

        for (int k = 0; k < 4; k++)
            hostile_text(text[k], &random);
        handmade_init(&made, 2, 1);
        made.task[0].name = text[0];
        made.lock[0] = text[1];
        say.text = text[2];
        made.task[0].steps = (struct steps){ .step = &say, .count = 1 };
        handmade_begin(&made);
        handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
        handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
        handmade_add(&made, 1, EVENT_SAY, 0, 3, 9);
        handmade_add(&made, 2, EVENT_BLOCKED, 0, WAIT_LOCK, 0);
        handmade_add(&made, 2, EVENT_READY, 1, READY_ARRIVED, 0);
        handmade_end(&made, 5, OUTCOME_DEADLOCK);
        check_chrome(&(struct exported){ made.history, text[3] }, 1, false);
        check_speedscope(&(struct exported){ made.history, text[3] }, 1);
        free(written(&(struct exported){ made.history, text[3] }, 1, CSV));
        handmade_fini(&made);
    }
}
END_TEST

/* Whoever ends at an instant may still let somebody go on there. */
START_TEST(an_arrow_may_begin_where_its_task_ends)
{
    struct modelled run;
    struct exported exported = { NULL, "coroutine" };
    char *text;

    modelled_init(&run, "coroutine", "task B: join A, cpu 5\ntask A: cpu 5\n");
    modelled_run(&run);
    exported.history = run.history;
    check_chrome(&exported, 1, false);
    text = written(&exported, 1, CHROME);
    ck_assert_ptr_nonnull(strstr(text, "{\"ph\":\"s\",\"pid\":1,\"tid\":2,"
                                       "\"ts\":5000.000,\"id\":1,"
                                       "\"name\":\"wake-up\""));
    free(text);
    modelled_fini(&run);
}
END_TEST

/* The formula would be calculated by whoever opens the table. */
START_TEST(no_text_is_a_formula_of_a_spreadsheet)
{
    struct handmade made;
    char *text;

    handmade_init(&made, 1, 1);
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_end(&made, 5, OUTCOME_LIMIT);
    text = written(&(struct exported){ made.history, "=1+\"1\"" }, 1, CSV);
    ck_assert_ptr_nonnull(strstr(text, "\n\"'=1+\"\"1\"\"\",A,in line,0,5,,,"));
    free(text);
    handmade_fini(&made);
}
END_TEST

/* Of a tape that somebody has damaged. */
START_TEST(what_has_no_name_is_written_as_a_question_mark)
{
    for (int wait = -1; wait <= WAIT_SELECT + 1; wait++) {
        struct handmade made;
        struct exported run[2];
        char *text;

        handmade_init(&made, 2, 1);
        handmade_begin(&made);
        handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, 7);
        handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
        handmade_add(&made, 1, EVENT_BLOCKED, 0, wait, 99);
        handmade_add(&made, 2, EVENT_READY, 0, READY_WOKEN + 7, 1);
        handmade_add(&made, 2, EVENT_READY, 1, -1, 0);
        handmade_add(&made, 3, EVENT_READY, 0, READY_WOKEN, 0);
        handmade_end(&made, 5, OUTCOME_DEADLOCK);
        run[0] = run[1] = (struct exported){ made.history, "damaged" };
        for (int count = 1; count <= 2; count++) {
            check_chrome(run, count, false);
            check_speedscope(run, count);
        }
        text = written(run, 1, CSV);
        ck_assert_ptr_nonnull(strstr(text, ",A,blocked,"));
        if (wait >= WAIT_LOCK && wait != WAIT_GIL && wait != WAIT_SELECT &&
            wait < WAIT_SELECT)
            ck_assert_ptr_nonnull(strstr(text, " ?"));
        free(text);
        handmade_fini(&made);
    }
}
END_TEST

/* In the end, or in the middle of a long one. */
START_TEST(a_full_disk_is_told_by_every_format)
{
    static const char *const text[] = {
        "task B: join A, cpu 5\ntask A: cpu 5\n",
        "task A B: repeat 3000 (cpu 1, yield)\n",
    };
    FILE *full = fopen("/dev/full", "w");
    struct modelled run;
    struct exported exported[2];

    if (!full)
        return;
    setvbuf(full, NULL, _IONBF, 0);
    modelled_init(&run, "coroutine", text[_i]);
    modelled_run(&run);
    exported[0] = exported[1] = (struct exported){ run.history, "coroutine" };
    for (int count = 1; count <= 2; count++) {
        ck_assert_int_eq(speedscope_write(full, exported, count), -ENOSPC);
        ck_assert_int_eq(csv_write(full, exported, count), -ENOSPC);
        ck_assert_int_eq(chrome_write(full, exported, count, false), -ENOSPC);
        ck_assert_int_eq(chrome_write(full, exported, count, true), -ENOSPC);
    }
    modelled_fini(&run);
    fclose(full);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("exchange");
    TCase *tests = tcase_create("exchange");

    tcase_add_loop_test(tests, the_checker_refuses_what_readers_stumble_over, 0,
                        (int)(sizeof mistakes / sizeof *mistakes));
    tcase_add_test(tests, the_checker_accepts_slices_one_after_another);
    tcase_add_loop_test(tests, all_that_comes_along_can_be_read_in_every_mode,
                        0, MODE_COUNT);
    tcase_add_test(tests, random_runs_can_be_read);
    tcase_add_loop_test(tests, a_real_run_can_be_read_in_every_mode, 0,
                        MODE_COUNT);
    tcase_add_test(tests, no_name_and_no_text_breaks_a_file);
    tcase_add_test(tests, an_arrow_may_begin_where_its_task_ends);
    tcase_add_test(tests, no_text_is_a_formula_of_a_spreadsheet);
    tcase_add_test(tests, what_has_no_name_is_written_as_a_question_mark);
    tcase_add_loop_test(tests, a_full_disk_is_told_by_every_format, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return suite_main(make_suite());
}
