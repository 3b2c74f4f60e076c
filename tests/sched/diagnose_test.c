/*
 * diagnose_test.c -- each ailment is named with its numbers, and a
 * healthy run has none.
 */
#include "tests/suite.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "sched/analysis/diagnose.h"
#include "sched/analysis/sentence.h"
#include "tests/sched/handmade.h"
#include "tests/sched/modelled.h"
#include "tests/sched/random_workload.h"

enum {
    HEALTHY = 10000,
    CHUNK = 1000, /* a test */
    DEADLOCKS = 10,
};

static struct modelled run;
static struct diagnose *diagnose;

/* Run text in a mode; change options in between if need be. */
static void setup(void)
{
    diagnose = NULL;
}

static void teardown(void)
{
    diagnose_free(diagnose);
    modelled_fini(&run);
}

static void look(void)
{
    modelled_run(&run);
    diagnose = diagnose_new(run.history);
    diagnose_update(diagnose);
}

static const struct problem *only(enum problem_kind kind)
{
    const struct problem *problem;

    ck_assert_uint_eq(diagnose_count(diagnose), 1);
    problem = diagnose_problem(diagnose, 0);
    ck_assert_str_eq(diagnose_word(problem->kind), diagnose_word(kind));
    return problem;
}

static void expect_task(int task, const char *name)
{
    ck_assert_int_ge(task, 0);
    ck_assert_str_eq(run.workload->task[task].name, name);
}

START_TEST(who_keeps_the_machine_is_a_hog)
{
    const struct problem *hog;

    modelled_init(&run, "coroutine",
                  "task T: repeat 2 (cpu 10, sleep 10)\ntask H: cpu 900\n");
    look();
    hog = only(PROBLEM_HOG);
    expect_task(hog->task, "H");
    expect_task(hog->other, "T");
    ck_assert_int_eq(hog->ns, MS(900));
    ck_assert_int_eq(hog->other_ns, MS(890));
    ck_assert_int_eq(hog->need_ns, MS(10));
}
END_TEST

START_TEST(a_hog_is_one_even_if_it_never_ends)
{
    modelled_init(&run, "coroutine", "task H: cpu forever\ntask T: cpu 1\n");
    run.options.limit_ns = MS(700);
    look();
    expect_task(only(PROBLEM_HOG)->task, "H");
}
END_TEST

START_TEST(who_steps_aside_or_can_be_stopped_is_no_hog)
{
    static const char *const modes[] = { "coroutine", "threads" };
    static const char *const texts[] = {
        "task T: cpu 10\ntask H: cpu 900 by 50\n",
        "task T: repeat 2 (cpu 10, sleep 10)\ntask H: cpu 900\n",
    };

    modelled_init(&run, modes[_i], texts[_i]);
    look();
    ck_assert_uint_eq(diagnose_count(diagnose), 0);
}
END_TEST

/* All have much to do: then waiting long is nobody's fault. */
START_TEST(equal_work_makes_no_hog)
{
    modelled_init(&run, "coroutine", "task A B C: cpu 900, sleep 5, cpu 600\n");
    look();
    ck_assert_uint_eq(diagnose_count(diagnose), 0);
}
END_TEST

START_TEST(a_blocking_step_is_named_with_its_line)
{
    const struct problem *blocking;

    modelled_init(&run, "coroutine",
                  "task B: cpu 300 by 10\n\ntask A: cpu 1, block 150, cpu 1\n");
    look();
    blocking = only(PROBLEM_BLOCKING);
    expect_task(blocking->task, "A");
    ck_assert_int_eq(blocking->ns, MS(150));
    ck_assert_int_eq(blocking->line, 3);
}
END_TEST

START_TEST(blocking_alone_or_as_a_thread_harms_nobody)
{
    static const char *const modes[] = { "coroutine", "threads" };
    static const char *const texts[] = {
        "task A: cpu 1, block 400, cpu 1\n",
        "task A: cpu 1, block 150, cpu 1\ntask B: cpu 300 by 10\n",
    };

    modelled_init(&run, modes[_i], texts[_i]);
    look();
    ck_assert_uint_eq(diagnose_count(diagnose), 0);
}
END_TEST

START_TEST(who_is_always_overtaken_starves)
{
    const struct problem *starvation;

    modelled_init(&run, "threads",
                  "task A B priority 1: repeat 40 (cpu 10, yield)\n"
                  "task L: cpu 1\n");
    run.options.policy = POLICY_PRIORITY;
    look();
    starvation = only(PROBLEM_STARVATION);
    expect_task(starvation->task, "L");
    ck_assert_int_eq(starvation->ns, MS(800));
    ck_assert_int_ge(starvation->count, 70);
}
END_TEST

START_TEST(a_lock_that_is_never_free_is_a_convoy)
{
    const struct problem *convoy;

    modelled_init(&run, "threads",
                  "task A B C D: repeat 10 (lock m, cpu 12, unlock m)\n");
    look();
    convoy = only(PROBLEM_CONVOY);
    ck_assert_str_eq(run.workload->lock[convoy->object], "m");
    ck_assert_int_ge(convoy->count, DIAGNOSE_CONVOY_HANDS);
    ck_assert_int_ge(convoy->ns, DIAGNOSE_CONVOY_NS);
}
END_TEST

START_TEST(turns_too_small_for_the_switch_are_named)
{
    modelled_init(&run, "threads", "task A B: cpu 100\n");
    run.options.slice_ns = MS(1);
    run.options.switch_cost_ns = MS(1) / 2;
    look();
    ck_assert_int_ge(only(PROBLEM_SMALL_TURNS)->percent, 30);
}
END_TEST

/* A child that is joined, or a daemon, is nobody's orphan. */
START_TEST(who_is_spawned_and_left_alone_is_named)
{
    const struct problem *orphan;

    modelled_init(&run, "coroutine",
                  "task main: spawn child, spawn lost, spawn late, cpu 10, "
                  "join child\n"
                  "task child at spawn: cpu 20, sleep 30\n"
                  "task lost at spawn: sleep 300, cpu 10\n"
                  "task late at spawn daemon: sleep 900\n");
    look();
    orphan = only(PROBLEM_ORPHAN);
    expect_task(orphan->task, "lost");
    expect_task(orphan->other, "main");
    ck_assert_int_ge(orphan->ns, DIAGNOSE_ORPHAN_NS);
}
END_TEST

/* --- what only real runs have, by hand: no test waits for a slow machine -- */

static struct handmade made;

static void begin_real(int tasks)
{
    handmade_init(&made, tasks, 1);
    made.info.real = true;
    handmade_begin(&made);
}

/* Work of work_ms that takes from from_ms to to_ms. */
static void work(int task, int64_t from_ms, int64_t to_ms, int64_t work_ms)
{
    handmade_at(&made, from_ms, EVENT_RUN, task, 0, 0);
    handmade_add(&made, from_ms, EVENT_CPU, task, 0, MS(work_ms));
    handmade_add(&made, to_ms, EVENT_WORKED, task, 0, MS(work_ms));
    handmade_add(&made, to_ms, EVENT_READY, task, READY_YIELDED, -1);
}

static void expect_sentences(int64_t end_ms, const char *expected)
{
    struct diagnose *found;
    struct strbuf text;

    strbuf_init(&text);
    handmade_end(&made, end_ms, OUTCOME_FINISHED);
    found = diagnose_new(made.history);
    diagnose_update(found);
    for (size_t i = 0; i < diagnose_count(found); i++)
        sentence_diagnosis(&text, made.history, diagnose_problem(found, i));
    ck_assert_str_eq(text.text, expected);
    diagnose_free(found);
    strbuf_fini(&text);
    handmade_fini(&made);
}

/* A task at the machine, others have its core from `from_ms` to `to_ms`. */
static void stolen_work(int64_t from_ms, int64_t to_ms, int64_t end_ms,
                        int64_t work_ms)
{
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 0, EVENT_CPU, 0, 0, MS(work_ms));
    handmade_at(&made, from_ms, EVENT_STOLEN, 0, 0, 0);
    handmade_at(&made, to_ms, EVENT_BACK, 0, 0, 0);
    handmade_add(&made, end_ms, EVENT_WORKED, 0, 0, MS(work_ms));
    handmade_add(&made, end_ms, EVENT_DONE, 0, 0, 0);
}

START_TEST(who_had_the_cores_is_named_with_the_share)
{
    begin_real(1);
    stolen_work(100, 290, 500, 300);
    expect_sentences(500, "Others took 38 % of the cores: they had them for "
                          "190 ms, the tasks for 310 ms.");
}
END_TEST

/* B waits 600 ms for a turn of A, which computes for 200 of them. */
START_TEST(who_cannot_compute_is_no_hog)
{
    begin_real(2);
    handmade_add(&made, 0, EVENT_READY, 1, READY_ARRIVED, -1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_at(&made, 100, EVENT_STOLEN, 0, 0, 0);
    handmade_at(&made, 500, EVENT_BACK, 0, 0, 0);
    handmade_add(&made, 600, EVENT_DONE, 0, 0, 0);
    handmade_at(&made, 600, EVENT_RUN, 1, 0, 0);
    handmade_add(&made, 601, EVENT_DONE, 1, 0, 0);
    expect_sentences(601, "Others took 67 % of the cores: they had them for "
                          "400 ms, the tasks for 201 ms.");
}
END_TEST

START_TEST(a_little_stolen_time_is_healthy)
{
    begin_real(1);
    stolen_work(100, 124, 500, 300);
    expect_sentences(500, "");
}
END_TEST

/* A slow computer needs more time for the work than was foretold, all of it on
 * the core: nobody has taken anything. */
START_TEST(work_that_takes_longer_than_foretold_is_nobodys_fault)
{
    begin_real(2);
    work(0, 0, 200, 100);
    work(1, 200, 500, 200);
    expect_sentences(500, "");
}
END_TEST

START_TEST(a_thousand_turns_of_next_to_nothing_are_too_small)
{
    begin_real(2);
    work(0, 0, 1, 1);
    for (int i = 1; i < DIAGNOSE_TURNS; i++)
        work(i % 2, i, i, 0);
    expect_sentences(DIAGNOSE_TURNS,
                     "Turns too small: 1000 of them, with 0.001 ms "
                     "of work each on average.");
}
END_TEST

/* --- deadlocks ------------------------------------------------------------ */

START_TEST(a_cycle_is_found_when_it_closes)
{
    const struct problem *cycle;

    modelled_init(&run, "coroutine",
                  "task A: lock a, sleep 5, lock b\n"
                  "task B: lock b, sleep 6, lock a\n"
                  "task C: repeat 100 (cpu 1, sleep 10)\n");
    look();
    cycle = only(PROBLEM_DEADLOCK);
    ck_assert_int_le(cycle->t_ns, MS(8));
    ck_assert_int_eq(cycle->cycle_count, 2);
    expect_task(cycle->cycle[0].task, "A");
    ck_assert_str_eq(run.workload->lock[cycle->cycle[0].lock], "b");
    ck_assert_int_eq(cycle->cycle[0].line, 1);
    expect_task(cycle->cycle[1].task, "B");
    ck_assert_str_eq(run.workload->lock[cycle->cycle[1].lock], "a");
    ck_assert_int_eq(cycle->cycle[1].line, 2);
}
END_TEST

/* "A cup B spoon A", as the first line of each file says it. */
static void write_cycle(char *out, size_t size, const struct problem *problem)
{
    struct strbuf text;

    strbuf_init(&text);
    for (int i = 0; i < problem->cycle_count; i++) {
        const struct cycle_link *link = &problem->cycle[i];

        strbuf_addf(&text, "%s ", run.workload->task[link->task].name);
        if (link->lock >= 0)
            strbuf_addf(&text, "%s ", run.workload->lock[link->lock]);
    }
    strbuf_adds(&text, run.workload->task[problem->cycle[0].task].name);
    snprintf(out, size, "%s", text.text);
    strbuf_fini(&text);
}

static void read_file(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "r");
    size_t length;

    ck_assert_msg(file != NULL, "%s", path);
    length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    fclose(file);
}

static int is_workload(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strstr(entry->d_name, ".work") != NULL;
}

/* In the model and for real, in every mode that has several tasks underway. */
START_TEST(shipped_deadlocks_have_the_right_cycle)
{
    static const char *const modes[] = { "coroutine", "threads", "parallel",
                                         "hybrid" };
    const char *source = getenv("srcdir") ? getenv("srcdir") : ".";
    char folder[512], path[1024], text[4096], wanted[256], cycle[256];
    struct dirent **entry;
    int count;

    snprintf(folder, sizeof folder, "%s/tests/data/deadlocks", source);
    count = scandir(folder, &entry, is_workload, alphasort);
    ck_assert_int_eq(count, DEADLOCKS);
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, entry[i]->d_name);
        read_file(path, text, sizeof text);
        ck_assert_int_eq(sscanf(text, "# circle: %255[^\n]", wanted), 1);
        for (int j = 0; j < 2 * 4; j++) {
            modelled_init(&run, modes[j / 2], text);
            run.options.model = j % 2 == 0;
            run.options.machines = 1;
            run.options.iterations_per_ms = 30000;
            look();
            ck_assert_int_eq(run.metrics->outcome, OUTCOME_DEADLOCK);
            ck_assert_msg(diagnose_count(diagnose) > 0, "%s %s", path,
                          modes[j / 2]);
            write_cycle(cycle, sizeof cycle, diagnose_problem(diagnose, 0));
            ck_assert_str_eq(cycle, wanted);
            if (i + 1 < count || j + 1 < 2 * 4) {
                teardown();
                setup();
            }
        }
        free(entry[i]);
    }
    free(entry);
}
END_TEST

/* --- no false alarm ------------------------------------------------------- */

static void choose_options(uint64_t seed)
{
    run.options.machines = 1;
    if (run.mode->mode->traits & PARALLEL)
        run.options.machines += (int)(seed % 4);
    run.options.policy = (enum policy)(seed / 5 % POLICY_PICK);
    run.options.seed = seed;
    run.options.lines_own = seed % 3 == 0;
}

/*
 * Random workloads of some ms: there a problem can only be a cycle, and then
 * the run did not finish; and what did not finish for a cycle has one.
 */
START_TEST(ten_thousand_random_runs_raise_no_false_alarm)
{
    for (int i = _i * CHUNK; i < (_i + 1) * CHUNK; i++) {
        uint64_t seed = (uint64_t)i;
        bool cycle;
        struct strbuf text;

        strbuf_init(&text);
        random_workload_in(&text, seed, "0us");
        modelled_init(&run, mode_table[1 + i % 4].name, text.text);
        choose_options(seed);
        look();
        cycle = run.metrics->cycle_count > 0;
        for (size_t j = 0; j < diagnose_count(diagnose); j++) {
            const struct problem *problem = diagnose_problem(diagnose, j);

            ck_assert_msg(problem->kind == PROBLEM_DEADLOCK &&
                              run.metrics->outcome == OUTCOME_DEADLOCK,
                          "seed %d: %s\n%s", i, diagnose_word(problem->kind),
                          text.text);
        }
        if (run.metrics->outcome == OUTCOME_FINISHED)
            ck_assert_uint_eq(diagnose_count(diagnose), 0);
        ck_assert_msg(!diagnose_count(diagnose) || cycle, "seed %d\n%s", i,
                      text.text);
        strbuf_fini(&text);
        if (i + 1 < (_i + 1) * CHUNK) {
            teardown();
            setup();
        }
    }
}
END_TEST

/* Whether it is read at once or as it comes, the same is found. */
START_TEST(reading_event_by_event_finds_the_same)
{
    struct strbuf once, live;
    struct diagnose *again;

    modelled_init(&run, "coroutine",
                  "task T: repeat 2 (cpu 10, sleep 10)\ntask H: cpu 900\n");
    look();
    strbuf_init(&once);
    strbuf_init(&live);
    again = diagnose_new(run.history);
    ck_assert(diagnose_update(again));
    ck_assert(!diagnose_update(again));
    sentence_diagnosis(&once, run.history, diagnose_problem(diagnose, 0));
    sentence_diagnosis(&live, run.history, diagnose_problem(again, 0));
    ck_assert_str_eq(once.text, live.text);
    ck_assert_str_eq(once.text,
                     "Hog: H kept the machine for 900 ms; T, who needed "
                     "10 ms, waited 890 ms.");
    diagnose_free(again);
    strbuf_fini(&once);
    strbuf_fini(&live);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched/diagnose");
    TCase *tests = tcase_create("diagnose");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, who_keeps_the_machine_is_a_hog);
    tcase_add_test(tests, a_hog_is_one_even_if_it_never_ends);
    tcase_add_loop_test(tests, who_steps_aside_or_can_be_stopped_is_no_hog, 0,
                        2);
    tcase_add_test(tests, equal_work_makes_no_hog);
    tcase_add_test(tests, a_blocking_step_is_named_with_its_line);
    tcase_add_loop_test(tests, blocking_alone_or_as_a_thread_harms_nobody, 0,
                        2);
    tcase_add_test(tests, who_is_always_overtaken_starves);
    tcase_add_test(tests, a_lock_that_is_never_free_is_a_convoy);
    tcase_add_test(tests, turns_too_small_for_the_switch_are_named);
    tcase_add_test(tests, who_is_spawned_and_left_alone_is_named);
    tcase_add_test(tests, who_had_the_cores_is_named_with_the_share);
    tcase_add_test(tests, who_cannot_compute_is_no_hog);
    tcase_add_test(tests, a_little_stolen_time_is_healthy);
    tcase_add_test(tests,
                   work_that_takes_longer_than_foretold_is_nobodys_fault);
    tcase_add_test(tests, a_thousand_turns_of_next_to_nothing_are_too_small);
    tcase_add_test(tests, a_cycle_is_found_when_it_closes);
    tcase_add_test(tests, shipped_deadlocks_have_the_right_cycle);
    tcase_add_loop_test(tests, ten_thousand_random_runs_raise_no_false_alarm, 0,
                        HEALTHY / CHUNK);
    tcase_add_test(tests, reading_event_by_event_finds_the_same);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
