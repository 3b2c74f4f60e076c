/*
 * What the workload language can say beyond steps one after the other: each
 * trace is worked out by hand, and what nobody would write is written by chance.
 */
#include "tests/suite.h"

#include <string.h>

#include "sched/explore/explore.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload_print.h"
#include "tests/sched/modelled.h"
#include "tests/sched/random_language.h"
#include "tests/sched/round_trip.h"

static struct modelled run;

static void model(const char *mode, const char *text)
{
    modelled_init(&run, mode, text);
    modelled_run(&run);
}

static void clean_up(void)
{
    modelled_fini(&run);
}

/* All that was said, with a bar between. */
static void expect_said(const char *expected)
{
    struct strbuf text;

    strbuf_init(&text);
    for (size_t i = 0; i < run.metrics->log_count; i++)
        strbuf_addf(&text, "%s%s", i > 0 ? "|" : "", run.metrics->log[i].text);
    ck_assert_str_eq(text.text, expected);
    strbuf_fini(&text);
}

/* What one task says in one mode. */
static void expect_one(const char *steps, const char *expected)
{
    struct strbuf text;

    strbuf_init(&text);
    strbuf_addf(&text,
                "shared n = 3\nshared want[3] = 7, 8, 9\nshared f = 0\n"
                "task A: %s\n",
                steps);
    model("coroutine", text.text);
    ck_assert_int_eq(run.error, 0);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FINISHED);
    expect_said(expected);
    clean_up();
    strbuf_fini(&text);
}

/* --- calculations --------------------------------------------------------- */

static const struct {
    const char *text, *value;
} sums[] = {
    { "2 + 3 * 4", "14" },
    { "(2 + 3) * 4", "20" },
    { "10 - 2 - 3", "5" },
    { "-7 / 2", "-3" },
    { "-7 mod 5", "3" },
    { "7 mod -5", "-3" },
    { "100 / 7 / 2", "7" },
    { "- - 4", "4" },
    { "1 + 2 == 3", "1" },
    { "not 1 == 2", "1" },
    { "not (1 == 1) or 2 > 1", "1" },
    { "0 and 1 / 0", "0" }, /* no further than needed */
    { "5 or 1 / 0", "1" },
    { "1 and 5", "1" },
    { "3 < 3", "0" },
    { "3 <= 3 and 3 >= 3 and 3 != 4", "1" },
    { "n * n", "9" },
    { "want[0] + want[n - 1]", "16" },
    { "want[want[0] - 6]", "8" },
    { "4..4", "4" },
    { "9223372036854775807", "9223372036854775807" },
    { "((-9223372036854775807 - 1)..9223372036854775807) * 0", "0" },
};

START_TEST(calculations_have_the_values_of_the_blackboard)
{
    char steps[128];

    snprintf(steps, sizeof steps, "x = %s, say \"{x}\"", sums[_i].text);
    expect_one(steps, sums[_i].value);
}
END_TEST

static const struct {
    const char *steps, *message;
    int column;
} failures[] = {
    { "x = 1, y = x / 0", "A: this divides by zero", 16 },
    { "x = 9223372036854775807, x = x + 1", "does not fit", 34 },
    { "x = 3, want[x] = 1", "there is no number 3: they go from 0 to 2", 16 },
    { "x = 2, lock m[1], wait c[1] with m[x]",
      "there is no number 2: they go from 0 to 1", 27 },
    { "x = 1, unlock m[x]", "\"m[1]\" is not held here", 16 },
    { "x = 1, lock m[0], wait c[1] with m[x]", "\"m[1]\" is not held here",
      27 },
    { "x = -1, y = want[x]", "there is no number -1", 17 },
    { "x = -1, cpu x", "-1 ms is no time", 17 },
    { "x = -9223372036854775807 - 1, x = x / -1", "does not fit", 39 },
    { "x = 3, y = want[x]", "there is no number 3", 16 },
    { "x = -1, want[x] = 1", "there is no number -1", 17 },
    { "x = -1, lock m[x]", "there is no number -1", 17 },
    { "x = -1, lock m[1], wait c[1] with m[x]", "there is no number -1", 28 },
    { "x = 2000000000000, cpu x", "2000000000000 ms is no time", 28 },
    { "x = 0, cpu 5 by x", "0 ms is no time", 16 },
    { "x = -1, try lock m[0] for x ()", "-1 ms is no time", 17 },
    { "x = 3..1", "the smaller end first", 9 },
};

START_TEST(what_is_no_number_ends_the_run_and_says_where)
{
    struct strbuf text;

    strbuf_init(&text);
    strbuf_addf(&text,
                "shared want[3] = 0\ntask A: %s\nmutex m[2]\ncondition c[2]\n",
                failures[_i].steps);
    model("threads", text.text);
    ck_assert_int_ne(run.error, 0);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FAILED);
    ck_assert_int_eq(run.diag.line, 2);
    ck_assert_int_eq(run.diag.column, failures[_i].column);
    ck_assert_msg(strstr(run.diag.message, failures[_i].message) != NULL, "%s",
                  run.diag.message);
    clean_up();
    strbuf_fini(&text);
}
END_TEST

/* --- control -------------------------------------------------------------- */

START_TEST(branches_and_loops_do_what_they_say)
{
    expect_one("x = 0, while x < 3 (say \"{x}\", x = x + 1)", "0|1|2");
    expect_one("if n == 3 (say \"a\") else (say \"b\")", "a");
    expect_one("if n == 4 (say \"a\") else (say \"b\"), say \"c\"", "b|c");
    expect_one("if n == 4 (say \"a\"), say \"c\"", "c");
    expect_one("x = 0, repeat (x = x + 1, if x == 3 (break)), say \"{x}\"",
               "3");
    expect_one("repeat n - 1 (say \"a\", repeat 0 * n (say \"b\")), say \"c\"",
               "a|a|c");
    expect_one("x = 0, repeat 2 (repeat (x = x + 1, if x mod 2 == 0 (break)), "
               "say \"{x}\")",
               "2|4");
    expect_one("say \"a\", stop, say \"b\"", "a");
    expect_one("x = n, say \"{x} {n} {want} {nobody} {\"",
               "3 3 {want} {nobody} "
               "{");
}
END_TEST

START_TEST(lines_may_be_broken_where_a_statement_is_open)
{
    model("coroutine", "task A:\n"
                       "  # a comment\n"
                       "  cpu 5,\n"
                       "\n"
                       "  repeat 2 (\n"
                       "    cpu 1\n"
                       "  ), cpu 2\n"
                       "task B:\n"
                       "task C: cpu 1\n");
    expect_served(&run, 0, "A 0-9, C 9-10");
    clean_up();
}
END_TEST

START_TEST(tasks_of_an_array_know_their_numbers)
{
    model("coroutine", "task P[3] Q: cpu 10 * (me + 1), say \"{me}\"\n");
    expect_served(&run, 0, "P[0] 0-10, P[1] 10-30, P[2] 30-60, Q 60-70");
    expect_said("0|1|2|0");
    clean_up();
}
END_TEST

START_TEST(turns_may_be_calculated)
{
    model("coroutine", "task A: x = 2, cpu 5 by x\ntask B: cpu 1\n");
    expect_served(&run, 0, "A 0-2, B 2-3, A 3-5, A 5-6");
    clean_up();
}
END_TEST

/* A text has room for so many numbers as a calculation has. */
START_TEST(what_is_said_holds_numbers_up_to_a_limit)
{
    struct strbuf text, said;

    strbuf_init(&text);
    strbuf_init(&said);
    strbuf_adds(&text, "say \"");
    for (int i = 0; i <= WORKLOAD_VALUES_MAX; i++) {
        strbuf_adds(&text, "{n}");
        strbuf_adds(&said, i < WORKLOAD_VALUES_MAX ? "3" : "{n}");
    }
    strbuf_adds(&text, "\"");
    expect_one(text.text, said.text);
    strbuf_fini(&text);
    strbuf_fini(&said);
}
END_TEST

START_TEST(values_travel_through_channels)
{
    model("coroutine", "channel c size 2\n"
                       "task A: x = 0, repeat 3 (x = x + 1, send c x * x), "
                       "close c\n"
                       "task B: for y from c (cpu y, say \"{y}\"), recv c z, "
                       "say \"{z}\"\n");
    expect_said("1|4|9|0");
    ck_assert_int_eq(run.metrics->end_ns, MS(14));
    clean_up();
}
END_TEST

/* The same numbers in every mode, and others with another seed. */
START_TEST(chance_is_the_same_in_all_modes)
{
    static const char text[] = "task P[3]: repeat 3 (x = 1..1000, cpu 1, "
                               "say \"{me} {x}\")\n";
    static const char *const modes[] = { "sequential", "coroutine", "threads",
                                         "parallel", "hybrid" };
    int64_t sum[6] = { 0 };

    for (int i = 0; i < 6; i++) {
        modelled_init(&run, modes[i % 5], text);
        run.options.seed = i < 5 ? 7 : 8;
        modelled_run(&run);
        for (size_t j = 0; j < run.metrics->log_count; j++) {
            long long task, value;

            sscanf(run.metrics->log[j].text, "%lld %lld", &task, &value);
            ck_assert_int_ge(value, 1);
            ck_assert_int_le(value, 1000);
            sum[i] += (task + 1) * value;
        }
        clean_up();
    }
    for (int i = 1; i < 5; i++)
        ck_assert_int_eq(sum[i], sum[0]);
    ck_assert_int_ne(sum[5], sum[0]);
}
END_TEST

/* --- spins ---------------------------------------------------------------- */

static int count(enum event_kind kind)
{
    int found = 0;

    for (size_t i = 0; i < trace_count(run.trace); i++)
        found += trace_at(run.trace, i)->kind == kind;
    return found;
}

/* One event and one stretch: A looks once, and again when f has changed. */
START_TEST(a_spin_is_one_stretch_of_work)
{
    modelled_init(&run, "parallel",
                  "shared f = 0\n"
                  "task A: while f == 0 (), cpu 5\n"
                  "task B: cpu 30, f = 1\n");
    run.options.machines = 2;
    modelled_run(&run);
    expect_served(&run, 0, "A 0-35");
    expect_served(&run, 1, "B 0-30");
    ck_assert_int_eq(count(EVENT_READ), 2);
    ck_assert_int_eq(count(EVENT_CPU), 3);
    clean_up();
}
END_TEST

START_TEST(a_spin_ends_with_its_slice)
{
    model("threads", "shared f = 0\n"
                     "task A: while f == 0 (), cpu 5\n"
                     "task B: cpu 15, f = 1, cpu 1\n");
    expect_served(&run, 0, "A 0-10, B 10-20, A 20-30, B 30-36, A 36-41");
    clean_up();
}
END_TEST

START_TEST(a_polite_loop_gives_the_machine_away)
{
    model("coroutine", "shared f = 0\n"
                       "task A B: while f == 0 (yield), cpu 1\n"
                       "task C: cpu 10, yield, cpu 10, sleep 5, f = 1\n");
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FINISHED);
    ck_assert_int_eq(run.metrics->end_ns, MS(27));
    clean_up();
}
END_TEST

static void expect_livelock(const char *mode, const char *text)
{
    model(mode, text);
    ck_assert_int_eq(run.error, 0);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_LIVELOCK);
    clean_up();
}

START_TEST(who_spins_for_what_nobody_will_do_is_in_a_livelock)
{
    static const char text[] = "shared f = 0\ntask A B: while f == 0 ()\n";

    expect_livelock("sequential", text);
    expect_livelock("coroutine", text);
    expect_livelock("threads", text);
    expect_livelock("parallel", text);
    expect_livelock("hybrid", text);
    expect_livelock("threads", "task A: repeat ()\n");
    expect_livelock("coroutine", "shared f = 0\n"
                                 "task A: while f == 0 ()\n"
                                 "task B: f = 1\n"); /* never gets there */
    /* After you: no, after you. */
    expect_livelock("coroutine", "shared f = 1\n"
                                 "task A: while f == 1 (f = 0, f = 1)\n");
    expect_livelock("coroutine", "shared f = 0\n"
                                 "task A B: while f == 0 (yield)\n");
}
END_TEST

/* In one sum of all that is remembered, i and n would make up for each other. */
START_TEST(a_round_that_changes_two_variables_is_no_spin)
{
    model("coroutine", "shared n = 1\n"
                       "task T: x = 0, y = 1, i = 0, "
                       "while i < 1 (i = i + 1, n = 0)\n");
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FINISHED);
    clean_up();
}
END_TEST

/* --- schedules ------------------------------------------------------------ */

/* Search all schedules: the smallest and the largest final value of the last
 * shared variable. */
static void expect_between(const char *text, int64_t least, int64_t most)
{
    struct explore_options options = { .preemptive = true,
                                       .max_preemptions = -1 };
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("test", "test", text,
                                               strlen(text), &diag);
    struct explored *explored;
    const struct endings *ends;

    ck_assert_msg(workload != NULL, "%d:%d: %s", diag.line, diag.column,
                  diag.message);
    explored = explore(workload, &options, &diag);
    ck_assert_msg(explored != NULL, "%s", diag.message);
    ck_assert(explored->exhaustive);
    ends = &explored->shared[explored->shared_count - 1];
    ck_assert_int_eq(ends->value[0].value, least);
    ck_assert_int_eq(ends->value[ends->count - 1].value, most);
    explored_free(explored);
    workload_free(workload);
}

START_TEST(an_increment_can_be_lost_as_in_c)
{
    expect_between("shared n = 0\ntask A B: n = n + 1\n", 1, 2);
    expect_between("shared n = 0\ntask A B: repeat 2 (n = n + 1)\n", 2, 4);
    expect_between("shared n = 0\ntask A B: repeat 2 (atomic (n = n + 1))\n", 4,
                   4);
}
END_TEST

/* Nothing is lost where a task stores what it has not made of a copy. */
static int findings(const char *text)
{
    struct explore_options options = { .preemptive = true,
                                       .max_preemptions = -1 };
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("test", "test", text,
                                               strlen(text), &diag);
    struct explored *explored = explore(workload, &options, &diag);
    int count = (int)explored->count;

    explored_free(explored);
    workload_free(workload);
    return count;
}

START_TEST(only_what_was_made_of_a_copy_can_be_lost)
{
    ck_assert_int_eq(findings("shared n = 0\ntask A B: n = n + 1\n"), 1);
    ck_assert_int_eq(findings("shared n = 0\ntask A B: x = n, n = x + 1\n"), 1);
    ck_assert_int_eq(findings("shared n = 0\n"
                              "task A B: if n == 0 (n = 1), n = 2\n"),
                     0);
    ck_assert_int_eq(findings("shared n = 0\nshared w[2] = 0\n"
                              "task A[2]: atomic (n = n + 1), w[me] = n\n"),
                     0);
}
END_TEST

/* Peterson, "Myths about the mutual exclusion problem", 1981; and with the two
 * stores the wrong way round. */
START_TEST(petersons_lock_holds)
{
    expect_between("shared want[2] = 0\nshared turn = 0\nshared n = 0\n"
                   "task P[2]: want[me] = 1, turn = 1 - me,\n"
                   "  while want[1 - me] == 1 and turn == 1 - me (),\n"
                   "  n = n + 1, want[me] = 0\n",
                   2, 2);
    expect_between("shared want[2] = 0\nshared turn = 0\nshared n = 0\n"
                   "task P[2]: turn = 1 - me, want[me] = 1,\n"
                   "  while want[1 - me] == 1 and turn == 1 - me (),\n"
                   "  n = n + 1, want[me] = 0\n",
                   1, 2);
}
END_TEST

/* Lamport, "A new solution of Dijkstra's concurrent programming problem",
 * 1974. */
START_TEST(the_bakery_serves_one_at_a_time)
{
    expect_between(
        "shared choosing[2] = 0\nshared ticket[2] = 0\nshared n = 0\n"
        "task P[2]: choosing[me] = 1, ticket[me] = ticket[1 - me] + 1,\n"
        "  choosing[me] = 0, while choosing[1 - me] == 1 (),\n"
        "  t = ticket[me],\n"
        "  while ticket[1 - me] != 0 and (ticket[1 - me] < t or\n"
        "    (ticket[1 - me] == t and me == 1)) (),\n"
        "  n = n + 1, ticket[me] = 0\n",
        2, 2);
}
END_TEST

/* --- as text -------------------------------------------------------------- */

/* A text in canonical form, and how many locks it has. */
static const struct {
    const char *text;
    size_t locks;
} canonical[] = {
    { "semaphore s = 2\n"
      "semaphore empty = 0\n"
      "condition c\n"
      "condition full[2]\n"
      "rwlock r\n"
      "rwlock q readers\n"
      "mutex m inherit\n"
      "mutex fork[3]\n"
      "task daemon daemon: cpu 1\n"
      "task Z line 1 after daemon A: cpu 1\n"
      "task A: acquire s, release empty, lock m, wait "
      "c with m, signal c, broadcast c, unlock m, "
      "rlock r, wlock q, unlock q, unlock r, cancel Z\n"
      "task P[2]: lock fork[me], wait full[1 - me] with fork[me], wait "
      "full[0] with fork[2], try wait c with fork[me + 1] for 2 * me ()\n",
      4 },
    { "channel a\n"
      "channel b\n"
      "semaphore s = 0\n"
      "condition c\n"
      "task A: try lock m (cpu 1, unlock m), try acquire s for 30 (cpu 1) "
      "else (), n = 1, try recv a x for 10 * n (n = x) else (n = 2), "
      "select (recv a x: cpu x, n = x; send b n + 1:; after 10 + n: stop), "
      "select (recv b: cpu 1; else: select (send a: cpu 1)), try send a "
      "n for 5 ()\n",
      1 },
    { "shared want[2] = 0\n"
      "task for P[2]: want[me] = 0\n",
      0 },
};

START_TEST(the_steps_are_printed_as_they_are_written)
{
    const char *text = canonical[_i].text;
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("t", "t", text, strlen(text),
                                               &diag);
    struct strbuf out;

    ck_assert_msg(workload != NULL, "%d:%d: %s", diag.line, diag.column,
                  diag.message);
    strbuf_init(&out);
    workload_print(&out, workload);
    ck_assert_str_eq(out.text, text);
    ck_assert_uint_eq(workload->lock_count, canonical[_i].locks);
    strbuf_fini(&out);
    workload_free(workload);
}
END_TEST

/* --- by chance ------------------------------------------------------------ */

enum {
    WORKLOADS = 400
};

START_TEST(any_workload_keeps_the_rules_and_prints_as_itself)
{
    static const char *const modes[] = { "sequential", "coroutine", "threads",
                                         "parallel", "hybrid" };

    for (uint64_t seed = 0; seed < WORKLOADS; seed++) {
        struct strbuf text;

        strbuf_init(&text);
        random_language(&text, seed);
        modelled_init(&run, modes[_i], text.text);
        run.options.machines = _i < 3 ? 1 : 2;
        run.options.seed = seed;
        round_trip(run.workload, text.text);
        modelled_run(&run);
        ck_assert_msg(run.error == 0, "seed %d: %s", (int)seed,
                      run.diag.message);
        ck_assert_msg(run.metrics->outcome == OUTCOME_FINISHED ||
                          run.metrics->outcome == OUTCOME_DEADLOCK,
                      "seed %d ends with outcome %d", (int)seed,
                      (int)run.metrics->outcome);
        clean_up();
        strbuf_fini(&text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_language");
    TCase *tcase = tcase_create("language");

    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, calculations_have_the_values_of_the_blackboard,
                        0, sizeof sums / sizeof *sums);
    tcase_add_loop_test(tcase, what_is_no_number_ends_the_run_and_says_where, 0,
                        sizeof failures / sizeof *failures);
    tcase_add_test(tcase, branches_and_loops_do_what_they_say);
    tcase_add_test(tcase, lines_may_be_broken_where_a_statement_is_open);
    tcase_add_test(tcase, tasks_of_an_array_know_their_numbers);
    tcase_add_test(tcase, turns_may_be_calculated);
    tcase_add_test(tcase, what_is_said_holds_numbers_up_to_a_limit);
    tcase_add_test(tcase, values_travel_through_channels);
    tcase_add_test(tcase, chance_is_the_same_in_all_modes);
    tcase_add_test(tcase, a_spin_is_one_stretch_of_work);
    tcase_add_test(tcase, a_spin_ends_with_its_slice);
    tcase_add_test(tcase, a_polite_loop_gives_the_machine_away);
    tcase_add_test(tcase, who_spins_for_what_nobody_will_do_is_in_a_livelock);
    tcase_add_test(tcase, a_round_that_changes_two_variables_is_no_spin);
    tcase_add_loop_test(tcase, the_steps_are_printed_as_they_are_written, 0,
                        sizeof canonical / sizeof *canonical);
    tcase_add_test(tcase, an_increment_can_be_lost_as_in_c);
    tcase_add_test(tcase, only_what_was_made_of_a_copy_can_be_lost);
    tcase_add_test(tcase, petersons_lock_holds);
    tcase_add_test(tcase, the_bakery_serves_one_at_a_time);
    tcase_add_loop_test(
        tcase, any_workload_keeps_the_rules_and_prints_as_itself, 0, 5);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
