#include "tests/suite.h"

#include <locale.h>
#include <string.h>

#include "cli/report/event_log.h"
#include "cli/report/report_json.h"
#include "cli/report/report_text.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/analysis/sentence.h"
#include "sched/base/decimal.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "tests/sched/handmade.h"

#define MS(ms) ((int64_t)(ms)*NS_PER_MS)

static struct handmade made;
static struct metrics *metrics;
static struct strbuf out;

static void set_up(void)
{
    strbuf_init(&out);
}

static void tear_down(void)
{
    strbuf_fini(&out);
}

static void finish(int64_t ms, enum outcome outcome)
{
    handmade_end(&made, ms, outcome);
    metrics = metrics_new(made.history);
}

static void clean_up(void)
{
    metrics_free(metrics);
    handmade_fini(&made);
}

static const struct step hello = {
    .kind = STEP_SAY, .line = 3, .column = 9, .text = "He said \"hello\"\\"
};

/* A works 10 ms on machine 1, says something, sleeps 20 ms and works 5. */
static void one_task(bool real)
{
    static struct shared_spec shared[] = { { "n", 5 } };

    handmade_init(&made, 1, 1);
    made.info.real = real;
    made.task[0].steps = (struct steps){ .step = &hello, .count = 1 };
    made.workload.shared = shared;
    made.workload.shared_count = 1;
    handmade_begin(&made);
    if (real)
        handmade_add(&made, 0, EVENT_OBSERVED, -1, OBSERVED_KERNEL, 0);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 0, EVENT_CPU, 0, 0, MS(10));
    if (real) {
        handmade_at(&made, 4, EVENT_STOLEN, 0, 0, 0);
        handmade_at(&made, 6, EVENT_BACK, 0, 0, 0);
    }
    handmade_add(&made, 10, EVENT_WORKED, 0, 1, MS(10));
    handmade_add(&made, 10, EVENT_SAY, 0, 3, 9);
    handmade_add(&made, 10, EVENT_AWAIT, 0, 0, MS(30));
    handmade_add(&made, 30, EVENT_READY, 0, READY_WOKEN, -1);
    handmade_at(&made, 30, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 30, EVENT_CPU, 0, 0, MS(5));
    handmade_add(&made, 35, EVENT_WORKED, 0, 1, MS(5));
    handmade_add(&made, 35, EVENT_RESULT, 0, 0, -7);
    handmade_add(&made, 35, EVENT_CHECKSUM, 0, 0, 255);
    if (real) {
        handmade_add(&made, 35, EVENT_THREAD, 0, 0, 4711);
        handmade_add(&made, 35, EVENT_CPU_ID, 0, 0, 3);
        handmade_add(&made, 35, EVENT_CPU_ID, 0, 0, 1);
        handmade_add(&made, 35, EVENT_CPU_TIME, 0, 0, 14123456);
    }
    handmade_add(&made, 35, EVENT_DONE, 0, 0, 0);
    finish(35, OUTCOME_FINISHED);
}

static void deadlock(void)
{
    handmade_init(&made, 2, 2);
    handmade_begin(&made);
    for (int task = 0; task < 2; task++) {
        handmade_add(&made, 0, EVENT_READY, task, READY_ARRIVED, -1);
        handmade_at(&made, 0, EVENT_RUN, task, task, 0);
        handmade_add(&made, 0, EVENT_STEP, task, 3 + task, 1);
        handmade_add(&made, 0, EVENT_LOCKED, task, task, 0);
        handmade_add(&made, 0, EVENT_STEP, task, 9, 1);
    }
    for (int task = 0; task < 2; task++)
        handmade_add(&made, 100, EVENT_BLOCKED, task, WAIT_LOCK, 1 - task);
    finish(100, OUTCOME_DEADLOCK);
}

/* --- JSON ----------------------------------------------------------------- */

START_TEST(json_has_the_fields_in_their_order)
{
    one_task(false);
    report_json(&out, made.history, metrics);
    ck_assert_str_eq(
        out.text,
        "{\"concviz\":\"" PACKAGE_VERSION "\",\"workload\":\"handmade\","
        "\"mode\":\"coroutine\",\"kind\":\"model\",\"machines\":1,\"cpus\":[],"
        "\"os_threads\":0,\"observed\":null,\"slice\":null,\"seed\":null,"
        "\"policy\":\"fifo\","
        "\"outcome\":\"finished\",\"makespan\":35,\"in_progress\":1,"
        "\"working\":1,\"busy\":15,\"stolen\":null,\"utilization\":42.8571,"
        "\"overhead\":0.0,"
        "\"switches\":0,\"preemptions\":0,\"order\":[\"A\",\"A\"],"
        "\"average_finish\":35,\"average_wait\":0,"
        "\"average_response\":0,\"average_turnaround\":35,"
        "\"throughput\":28.5714,\"fairness\":1.0,\"missed\":0,\"shared\":{"
        "\"n\":5},"
        "\"deadlock\":null,\"diagnosis\":[],\"checksum\":\"00000000000000ff\","
        "\"log\":[\n"
        "{\"t\":10,\"task\":\"A\",\"text\":\"He said \\\"hello\\\"\\\\\"}],"
        "\"tasks\":[\n"
        "{\"name\":\"A\",\"line\":1,\"first\":0,\"finish\":35,\"wait\":0,"
        "\"maxwait\":0,\"entries\":2,\"cpu\":15,\"result\":-7,"
        "\"tid\":null,"
        "\"cpus\":[],\"stolen\":null,\"arrival\":0,\"response\":0,"
        "\"turnaround\":35,\"missed\":0}],\"jobs\":[]}\n");
    clean_up();
}
END_TEST

START_TEST(json_of_a_real_run_has_what_the_system_measured)
{
    one_task(true);
    report_json(&out, made.history, metrics);
    ck_assert_ptr_nonnull(strstr(out.text, "\"kind\":\"real\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"observed\":\"kernel\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"busy\":13,\"stolen\":2,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"cpus\":[1,3],\"stolen\":2,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"cpus\":[1,3],\"os_threads\":1,"));
    ck_assert_ptr_nonnull(strstr(out.text,
                                 "\"cpu\":14.123456,\"result\":-7,\"tid\":4711,"
                                 "\"cpus\":[1,3]"));
    clean_up();
}
END_TEST

START_TEST(json_says_null_for_what_never_happened)
{
    handmade_init(&made, 1, 1);
    made.info.real = made.info.seeded = true;
    made.info.seed = UINT64_MAX;
    made.info.slice_ns = 500 * NS_PER_US;
    handmade_begin(&made);
    finish(1, OUTCOME_LIMIT);
    report_json(&out, made.history, metrics);
    ck_assert_ptr_nonnull(strstr(out.text,
                                 "\"slice\":0.5,\"seed\":18446744073709551615,"
                                 "\"policy\":\"fifo\","
                                 "\"outcome\":\"limit\",\"makespan\":null,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"average_finish\":null,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"first\":null,\"finish\":null,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"cpu\":null,"));
    clean_up();
}
END_TEST

START_TEST(json_names_the_circle)
{
    deadlock();
    report_json(&out, made.history, metrics);
    ck_assert_ptr_nonnull(strstr(
        out.text, "\"deadlock\":[\"A\",\"spoon\",\"B\",\"cup\",\"A\"],"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"outcome\":\"deadlock\""));
    clean_up();
}
END_TEST

START_TEST(json_strings_escape_what_is_not_text)
{
    struct json json;

    json_init(&json, &out, false);
    json_string(&json, NULL, "a\"b\\c\x1b[2J\n\x7f\xc2\x9b\xff\xed\x95\x9c");
    ck_assert_str_eq(out.text, "\"a\\\"b\\\\c\\u001b[2J\\u000a\\u007f\\u009b"
                               "\xef\xbf\xbd\xed\x95\x9c\"");
}
END_TEST

/* --- text ----------------------------------------------------------------- */

START_TEST(plain_text_has_a_line_for_what_a_person_can_see)
{
    struct event_log *plain;

    one_task(false);
    plain = event_log_new(made.history);
    event_log_begin(plain, &out);
    event_log_events(plain, &out, 0, trace_count(made.trace));
    ck_assert_str_eq(
        out.text,
        "handmade: mode coroutine, machines 1\n"
        "MODEL: computed for ideal machines, not measured\n"
        "\n"
        "   0.000  A  gets in line 1                           in progress 0  "
        "working 0\n"
        "   0.000  A  starts on machine 1                      in progress 1  "
        "working 1\n"
        "   0.010  A  says \"He said \"hello\"\\\"\n"
        "   0.010  A  sleeps until 0.030 s                     in progress 1  "
        "working 0\n"
        "   0.030  A  is back in line                          in progress 1  "
        "working 0\n"
        "   0.030  A  goes on at machine 1                     in progress 1  "
        "working 1\n"
        "   0.035  A  is done                                  in progress 0  "
        "working 0\n"
        "   0.035     the run is finished\n");
    event_log_free(plain);
    clean_up();
}
END_TEST

START_TEST(plain_text_can_be_had_piece_by_piece)
{
    struct event_log *plain;
    struct strbuf pieces;

    one_task(false);
    plain = event_log_new(made.history);
    event_log_events(plain, &out, 0, trace_count(made.trace));
    strbuf_init(&pieces);
    for (size_t i = 0; i < trace_count(made.trace); i++)
        event_log_events(plain, &pieces, i, i + 1);
    ck_assert_str_eq(pieces.text, out.text);
    strbuf_fini(&pieces);
    event_log_free(plain);
    clean_up();
}
END_TEST

/* Names of any length; times that differ by less than a millisecond. */
START_TEST(plain_text_keeps_its_columns_and_tells_times_apart)
{
    static const char name[] = "a_name_of_so_many_letters_that_no_column_is_as_"
                               "wide_as_it_if_not_for_it";
    static const struct step work = { .kind = STEP_CPU, .ns = 20 * NS_PER_US };
    struct event_log *plain;
    char *line, *save = NULL;
    int lines = 0;

    handmade_init(&made, 2, 1);
    made.task[0].name = name;
    made.task[0].steps = (struct steps){ .step = &work, .count = 1 };
    handmade_begin(&made);
    for (int i = 0; i < 2; i++) {
        handmade_add(&made, 0, EVENT_READY, i, READY_ARRIVED, -1);
        trace_add(made.trace, (struct event){ .t_ns = (2 + i) * 10 * NS_PER_US,
                                              .kind = EVENT_AWAIT,
                                              .task = (uint32_t)i,
                                              .value = 50 * NS_PER_US });
    }
    finish(1, OUTCOME_STOPPED);
    plain = event_log_new(made.history);
    event_log_events(plain, &out, 0, trace_count(made.trace));
    ck_assert_ptr_nonnull(strstr(out.text, "\n   0.00002  a_name"));
    ck_assert_ptr_nonnull(strstr(out.text, "\n   0.00003  B  "));
    ck_assert_ptr_nonnull(strstr(out.text, "sleeps until 0.00005 s"));
    report_text(&out, made.history, metrics);
    for (line = strtok_r(out.text, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        char *counts = strstr(line, "in progress "),
             *never = strstr(line, " not once  ");

        if (counts)
            ck_assert_int_eq(counts - line,
                             10 + 2 + (int)sizeof name + 1 + 38 + 1);
        if (!counts && never && strncmp(line, "makespan", 8) != 0)
            ck_assert_int_eq(never - line, (int)sizeof name - 1);
        lines += counts || never;
    }
    ck_assert_int_ge(lines, 6);
    event_log_free(plain);
    clean_up();
}
END_TEST

/* Every kind, with indices of things that exist and that do not. */
START_TEST(every_kind_of_event_has_a_sentence_without_escapes)
{
    handmade_init(&made, 2, 1);
    handmade_begin(&made);
    for (int kind = 0; kind < EVENT_KINDS; kind++)
        for (int object = -1; object < 8; object++)
            trace_add(made.trace, (struct event){ .kind = (uint16_t)kind,
                                                  .object = object,
                                                  .value = object * 1000,
                                                  .task = 1 });
    finish(1, OUTCOME_STOPPED);
    for (size_t i = 0; i < trace_count(made.trace); i++) {
        size_t before = out.length;

        sentence_event(&out, made.history, NULL, i);
        ck_assert_uint_gt(out.length, before);
    }
    for (size_t i = 0; i < out.length; i++)
        ck_assert((unsigned char)out.text[i] >= ' ');
    clean_up();
}
END_TEST

/* Numbers that mean something somewhere, and numbers that never do. */
static int64_t odd_number(uint64_t *random)
{
    static const int64_t odd[] = { INT64_MIN, INT32_MIN,  -2,        -1,
                                   0,         1,          2,         3,
                                   99,        UINT16_MAX, INT32_MAX, UINT32_MAX,
                                   INT64_MAX };

    *random = *random * UINT64_C(6364136223846793005) + 1442695;
    return odd[(*random >> 33) % (sizeof odd / sizeof *odd)];
}

static void write_garbage(uint64_t random)
{
    int64_t pace = random % 2 ? 100 : INT64_MAX / 2000;

    for (int i = 0; i < 2000; i++) {
        struct event event = { .t_ns = i / 7 * 7 * pace };

        event.kind = (uint16_t)((uint64_t)i * (random | 1) % (EVENT_KINDS + 1));
        event.value = odd_number(&random);
        event.object = (int32_t)odd_number(&random);
        event.machine = (uint16_t)odd_number(&random);
        event.task = (uint32_t)odd_number(&random);
        event.spare = (uint32_t)odd_number(&random);
        trace_add(made.trace, event);
    }
}

START_TEST(garbage_in_a_trace_does_no_harm)
{
    struct event_log *plain;

    handmade_init(&made, 4, 2);
    handmade_begin(&made);
    write_garbage((uint64_t)_i);
    history_update(made.history);
    metrics = metrics_new(made.history);
    report_json(&out, made.history, metrics);
    report_text(&out, made.history, metrics);
    plain = event_log_new(made.history);
    event_log_events(plain, &out, 0, trace_count(made.trace));
    event_log_free(plain);
    for (int64_t t = 0; t < 300000; t += 500) {
        int line[4];

        ck_assert_uint_le(history_line(made.history, 0, t, line, 4), 4);
        for (int task = 0; task < 4; task++)
            history_at(made.history, task, t);
    }
    ck_assert_ptr_null(strchr(out.text, '\x1b'));
    clean_up();
}
END_TEST

START_TEST(a_deadlock_is_told_in_a_sentence)
{
    deadlock();
    sentence_deadlock(&out, made.history, metrics);
    ck_assert_str_eq(out.text,
                     "deadlock: A waits for spoon (held by B since 0.000 s, "
                     "line 4), B waits for cup (held by A since 0.000 s, "
                     "line 3)");
    clean_up();
}
END_TEST

/* All happens at one instant: B waits while A has the lock and gets it later;
 * then C waits for one who is done, and D while that one was still there. */
START_TEST(who_has_a_lock_is_told_as_it_was_then)
{
    handmade_init(&made, 4, 1);
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_LOCKED, 0, 0, 0);
    handmade_add(&made, 0, EVENT_BLOCKED, 1, WAIT_LOCK, 0);
    handmade_add(&made, 0, EVENT_UNLOCKED, 0, 0, 1);
    handmade_add(&made, 0, EVENT_LOCKED, 1, 0, 0);
    handmade_add(&made, 0, EVENT_BLOCKED, 3, WAIT_LOCK, 0);
    handmade_add(&made, 0, EVENT_DONE, 1, 0, 0);
    handmade_add(&made, 0, EVENT_BLOCKED, 2, WAIT_LOCK, 0);
    finish(0, OUTCOME_DEADLOCK);
    for (size_t i = 0; i < 7; i++) {
        if (trace_at(made.trace, i)->kind != EVENT_BLOCKED)
            continue;
        sentence_event(&out, made.history, NULL, i);
        strbuf_addc(&out, '\n');
    }
    ck_assert_str_eq(out.text, "waits for lock cup (A has it)\n"
                               "waits for lock cup (B has it)\n"
                               "waits for lock cup (B is done and kept it)\n");
    clean_up();
}
END_TEST

/* Programs in C have no lines: nothing is said of them, not "line 0". */
START_TEST(a_deadlock_of_programs_in_c_names_no_line)
{
    handmade_init(&made, 2, 2);
    handmade_begin(&made);
    for (int task = 0; task < 2; task++)
        handmade_add(&made, 0, EVENT_LOCKED, task, task, 0);
    for (int task = 0; task < 2; task++)
        handmade_add(&made, 1, EVENT_BLOCKED, task, WAIT_LOCK, 1 - task);
    finish(1, OUTCOME_DEADLOCK);
    report_text(&out, made.history, metrics);
    report_json(&out, made.history, metrics);
    ck_assert_ptr_nonnull(strstr(out.text, "A waits for spoon, which B has "));
    ck_assert_ptr_null(strstr(out.text, "line 0"));
    clean_up();
}
END_TEST

START_TEST(who_is_stuck_without_a_circle_is_told_too)
{
    handmade_init(&made, 2, 1);
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_BLOCKED, 0, WAIT_GIL, 0);
    handmade_add(&made, 0, EVENT_BLOCKED, 1, WAIT_LOCK, 0);
    finish(1, OUTCOME_DEADLOCK);
    sentence_deadlock(&out, made.history, metrics);
    ck_assert_str_eq(out.text, "deadlock: A waits for the GIL, "
                               "B waits for lock cup");
    clean_up();
}
END_TEST

START_TEST(the_tables_have_every_number)
{
    one_task(false);
    report_text(&out, made.history, metrics);
    for (int i = 0; i < metrics_table_rows(metrics); i++) {
        ck_assert_ptr_nonnull(strstr(out.text, metrics_table[i].name));
        ck_assert_ptr_nonnull(metrics_table[i].definition);
    }
    for (int i = 0; i < metrics_table_task_rows(metrics); i++)
        ck_assert_ptr_nonnull(strstr(out.text, metrics_task_table[i].name));
    ck_assert_ptr_null(strstr(out.text, "stolen"));
    ck_assert_int_eq(strncmp(out.text, "makespan           35 ms\n", 25), 0);
    ck_assert_ptr_nonnull(strstr(out.text, "utilization        42.9 %\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "order              A A\n"));
    ck_assert_ptr_nonnull(strstr(
        out.text, "\nA               0 ms        35 ms       0 ms        "
                  "0 ms        2\n"));
    ck_assert_ptr_nonnull(
        strstr(out.text, "\nA               15 ms       -7          0 ms"));
    ck_assert_ptr_null(strstr(out.text, " \n"));
    clean_up();
}
END_TEST

/* --- numbers as text ------------------------------------------------------ */

static const char *ms(int64_t ns)
{
    strbuf_clear(&out);
    decimal_ms(&out, ns);
    return out.text;
}

START_TEST(milliseconds_are_exact_and_short)
{
    ck_assert_str_eq(ms(0), "0");
    ck_assert_str_eq(ms(200700000), "200.7");
    ck_assert_str_eq(ms(1), "0.000001");
    ck_assert_str_eq(ms(-1500000), "-1.5");
    ck_assert_str_eq(ms(INT64_MIN), "-9223372036854.775808");
}
END_TEST

START_TEST(seconds_have_the_decimals_they_need_and_are_never_early)
{
    decimal_seconds(&out, 1999999999, 3, 3);
    strbuf_addc(&out, ' ');
    decimal_seconds(&out, 100000, 3, 9);
    strbuf_addc(&out, ' ');
    decimal_seconds(&out, -2000000001, 3, 6);
    strbuf_addc(&out, ' ');
    decimal_seconds(&out, 1, 3, 9);
    strbuf_addc(&out, ' ');
    decimal_seconds(&out, 30 * NS_PER_US, 5, 5);
    ck_assert_str_eq(out.text, "1.999 0.0001 -2.000 0.000000001 0.00003");
}
END_TEST

START_TEST(whole_numbers_have_all_their_digits)
{
    decimal_int(&out, 0);
    strbuf_addc(&out, ' ');
    decimal_int(&out, -1203);
    strbuf_addc(&out, ' ');
    decimal_int(&out, INT64_MIN);
    strbuf_addc(&out, ' ');
    decimal_uint(&out, UINT64_MAX);
    ck_assert_str_eq(out.text,
                     "0 -1203 -9223372036854775808 18446744073709551615");
}
END_TEST

START_TEST(what_is_formatted_may_be_longer_than_there_is_room)
{
    for (int i = 0; i < 200; i++) {
        char wanted[256] = "one";
        int first = i % 2 ? 3 : 0, rest = i;

        for (int at = first + i; at >= first; at--, rest /= 10)
            wanted[at] = (char)('0' + rest % 10);
        wanted[first + i + 1] = '\0';
        strbuf_fini(&out);
        strbuf_init(&out);
        strbuf_adds(&out, i % 2 ? "one" : "");
        strbuf_addf(&out, "%0*d", i + 1, i);
        ck_assert_str_eq(out.text, wanted);
        ck_assert_uint_eq(out.length, strlen(wanted));
    }
}
END_TEST

START_TEST(reals_are_rounded_and_keep_a_decimal)
{
    decimal_real(&out, 96.0, 1);
    strbuf_addc(&out, ' ');
    decimal_real(&out, 4.0268, 4);
    strbuf_addc(&out, ' ');
    decimal_real(&out, 99.96, 1);
    strbuf_addc(&out, ' ');
    decimal_real(&out, -0.01, 1);
    ck_assert_str_eq(out.text, "96.0 4.0268 100.0 0.0");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *tcase = tcase_create("report");

    setlocale(LC_ALL, "C.UTF-8");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, json_has_the_fields_in_their_order);
    tcase_add_test(tcase, json_of_a_real_run_has_what_the_system_measured);
    tcase_add_test(tcase, json_says_null_for_what_never_happened);
    tcase_add_test(tcase, json_names_the_circle);
    tcase_add_test(tcase, json_strings_escape_what_is_not_text);
    tcase_add_test(tcase, plain_text_has_a_line_for_what_a_person_can_see);
    tcase_add_test(tcase, plain_text_can_be_had_piece_by_piece);
    tcase_add_test(tcase, plain_text_keeps_its_columns_and_tells_times_apart);
    tcase_add_test(tcase, every_kind_of_event_has_a_sentence_without_escapes);
    tcase_add_loop_test(tcase, garbage_in_a_trace_does_no_harm, 0, 20);
    tcase_add_test(tcase, a_deadlock_is_told_in_a_sentence);
    tcase_add_test(tcase, who_has_a_lock_is_told_as_it_was_then);
    tcase_add_test(tcase, a_deadlock_of_programs_in_c_names_no_line);
    tcase_add_test(tcase, who_is_stuck_without_a_circle_is_told_too);
    tcase_add_test(tcase, the_tables_have_every_number);
    tcase_add_test(tcase, milliseconds_are_exact_and_short);
    tcase_add_test(tcase,
                   seconds_have_the_decimals_they_need_and_are_never_early);
    tcase_add_test(tcase, whole_numbers_have_all_their_digits);
    tcase_add_test(tcase, what_is_formatted_may_be_longer_than_there_is_room);
    tcase_add_test(tcase, reals_are_rounded_and_keep_a_decimal);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
