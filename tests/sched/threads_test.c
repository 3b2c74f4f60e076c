/*
 * threads_test.c -- what only threads do: stop each other, share cores,
 * and sometimes cannot be made.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>

#include "sched/cpu/burner.h"
#include "sched/cpu/cores.h"
#include "sched/run/executor.h"
#include "sched/run/gate.h"
#include "tests/sched/running.h"
#include "tests/suite.h"

/* The linker sends every pthread_create here (--wrap). */
static int creates_left = -1; /* -1: as many as the system grants */

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument)
{
    if (creates_left == 0) {
        return EAGAIN;
    }
    creates_left -= creates_left > 0;
    return __real_pthread_create(thread, attributes, start, argument);
}

static const struct event *at(const struct running *run, size_t index)
{
    return trace_at(run->trace, index);
}

/* Run even with more machines than cores: the kernel shares them then. */
static void go_anyway(struct running *run)
{
    if (run->trace == NULL) {
        running_prepare(run);
    }
    run->error = run->executor->run(run->workload, run->executor->mode->traits,
                                    &run->options, run->trace, &run->diag);
    running_check(run);
}

static void *go(void *argument)
{
    go_anyway(argument);
    return NULL;
}

/* Run, and stop once there are count events of a kind and task (-1: all). */
static void go_until(struct running *run, enum event_kind kind, int task,
                     int count)
{
    pthread_t thread;

    run->options.gate = gate_new();
    running_prepare(run);
    ck_assert_int_eq(pthread_create(&thread, NULL, go, run), 0);
    while (running_count(run, kind, task) < count) {
        sched_yield();
    }
    gate_stop(run->options.gate);
    pthread_join(thread, NULL);
    gate_free(run->options.gate);
    ck_assert_int_eq(running_outcome(run), OUTCOME_STOPPED);
}

/* Value of the first event of a kind and task. */
static int64_t value_of(const struct running *run, enum event_kind kind,
                        int task)
{
    size_t index = running_find(run, kind, task, 0);

    ck_assert_uint_lt(index, trace_count(run->trace));
    return at(run, index)->value;
}

static int preemptions(const struct running *run)
{
    int count = 0;

    for (size_t i = 0; i < trace_count(run->trace); i++) {
        count += at(run, i)->kind == EVENT_READY &&
                 at(run, i)->object == READY_PREEMPTED;
    }
    return count;
}

/* --- one machine ---------------------------------------------------------- */

START_TEST(every_task_is_a_thread_and_a_generator_is_none)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "generator G: cpu 1\n"
                 "task A: cpu 1\n"
                 "task B: next G, cpu 1\n");
    go_anyway(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(value_of(&run, EVENT_THREAD, 0),
                     value_of(&run, EVENT_THREAD, 2));
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(running_count(&run, EVENT_THREAD, i), 1);
        ck_assert_int_gt(value_of(&run, EVENT_CPU_TIME, i), 0);
    }
    if (cores_thread() != 0) { /* elsewhere neither has a number */
        ck_assert_int_ne(value_of(&run, EVENT_THREAD, 1),
                         value_of(&run, EVENT_THREAD, 2));
        for (int i = 0; i < 3; i++)
            ck_assert_int_ge(running_count(&run, EVENT_CPU_ID, i), 1);
    }
    running_fini(&run);
}
END_TEST

START_TEST(work_costs_the_processor_time_it_says)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "task A: cpu 6, sleep 1, cpu 6\n"
                 "task B: cpu 12\n");
    run.options.iterations_per_ms = burner_calibrate();
    go_anyway(&run);
    for (int i = 0; i < 2; i++) { /* the clock rate may change by half */
        ck_assert_int_ge(value_of(&run, EVENT_CPU_TIME, i), 6 * NS_PER_MS);
    }
    running_fini(&run);
}
END_TEST

START_TEST(the_end_of_a_slice_ends_a_turn)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "task A B: cpu 40\n");
    run.options.slice_ns = NS_PER_MS / 10; /* work takes 10 times as long */
    go_anyway(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_ge(preemptions(&run), 2);
    ck_assert_int_gt(running_count(&run, EVENT_RUN, 0), 1);
    running_fini(&run);
}
END_TEST

START_TEST(without_slices_nobody_is_stopped)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "task A B: cpu 40\n");
    run.options.slice_ns = 0;
    go_anyway(&run);
    ck_assert_int_eq(preemptions(&run), 0);
    running_fini(&run);
}
END_TEST

START_TEST(who_works_alone_is_not_interrupted)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false, "task A: cpu 40\n");
    run.options.slice_ns = NS_PER_MS / 10;
    go_anyway(&run);
    ck_assert_int_eq(running_count(&run, EVENT_WORKED, 0), 1);
    running_fini(&run);
}
END_TEST

START_TEST(who_is_more_important_takes_the_machine)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "task A priority 1: cpu forever\n"
                 "task B at 2 priority 5: cpu 1\n"
                 "task C at 2 priority 0: cpu 1\n");
    run.options.policy = POLICY_PRIORITY;
    go_until(&run, EVENT_DONE, 1, 1);
    ck_assert_int_eq(running_count(&run, EVENT_RUN, 2), 0);
    ck_assert_int_eq(preemptions(&run), 1);
    running_fini(&run);
}
END_TEST

START_TEST(who_becomes_less_important_loses_the_machine)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "task A priority 5: cpu 1, priority 0, cpu 1\n"
                 "task B priority 3: cpu 1\n");
    run.options.policy = POLICY_PRIORITY;
    go_anyway(&run);
    ck_assert_uint_lt(running_find(&run, EVENT_DONE, 1, 0),
                      running_find(&run, EVENT_DONE, 0, 0));
    running_fini(&run);
}
END_TEST

START_TEST(those_who_arrive_together_get_in_line_in_order)
{
    struct running run;
    size_t before = 0;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "task A B C D E F G H at 2: cpu 1\n");
    go_anyway(&run);
    for (int i = 0; i < 8; i++) {
        size_t index = running_find(&run, EVENT_READY, i, 0);

        ck_assert_uint_gt(index, before);
        before = index;
    }
    running_fini(&run);
}
END_TEST

START_TEST(a_task_hands_the_machine_to_the_one_it_names)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "task A: cpu 1, yield to C, cpu 1\n"
                 "task B C: cpu 1\n");
    run.options.slice_ns = 0;
    go_anyway(&run);
    ck_assert_uint_lt(running_find(&run, EVENT_RUN, 2, 0),
                      running_find(&run, EVENT_RUN, 1, 0));
    running_fini(&run);
}
END_TEST

START_TEST(hundreds_of_threads_share_a_lock)
{
    char text[8192] = "shared n = 0\ntask";
    struct running run;
    int64_t last = 0;

    for (int i = 0; i < 300; i++) {
        sprintf(text + strlen(text), " T%d", i);
    }
    strcat(text, ": lock m, read n, yield, write n+1, unlock m, sleep 1\n");
    running_init(&run, executor_table[MODE_THREADS], false, text);
    go_anyway(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        last = at(&run, i)->kind == EVENT_WRITE ? at(&run, i)->value : last;
    }
    ck_assert_int_eq(last, 300);
    running_fini(&run);
}
END_TEST

/* --- several machines ----------------------------------------------------- */

START_TEST(two_machines_work_at_the_same_instant)
{
    struct running run;
    size_t second;

    running_init(&run, executor_table[MODE_PARALLEL], false,
                 "task A B C: cpu forever\n");
    run.options.machines = 2;
    run.options.slice_ns = 0;
    go_until(&run, EVENT_CPU, -1, 2);
    second = running_find(&run, EVENT_CPU, 1, 0);
    ck_assert_uint_lt(second, running_find(&run, EVENT_WORKED, 0, 0));
    ck_assert_int_eq(running_count(&run, EVENT_WORKED, -1), 2);
    ck_assert_int_eq(running_count(&run, EVENT_CPU_TIME, -1), 2);
    ck_assert_int_eq(running_count(&run, EVENT_RUN, 2), 0);
    running_fini(&run);
}
END_TEST

START_TEST(machines_are_different_cores)
{
    struct running run;
    struct cores machines;
    int core[2] = { -1, -1 };

    cores_init(&machines, NULL, NULL);
    running_init(&run, executor_table[MODE_PARALLEL], false,
                 "task A B: cpu 1\n");
    run.options.machines = 2;
    go_anyway(&run);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        if (at(&run, i)->kind == EVENT_MACHINE) {
            core[at(&run, i)->machine] = at(&run, i)->object;
        }
    }
    if (machines.affinity_known && machines.allowed >= 2) {
        ck_assert_int_ge(core[0], 0);
        ck_assert_int_ge(core[1], 0);
        ck_assert_int_ne(core[0], core[1]);
    } else {
        ck_assert_int_eq(core[1], -1);
    }
    running_fini(&run);
    cores_fini(&machines);
}
END_TEST

START_TEST(a_machine_of_its_own_serves_its_own_line)
{
    struct running run;

    running_init(&run, executor_table[MODE_PARALLEL], false,
                 "lines own\n"
                 "task A B C line 1: cpu 1, yield, cpu 1\n"
                 "task D E F line 2: cpu 1, yield, cpu 1\n");
    run.options.machines = 2;
    go_anyway(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        if (at(&run, i)->kind == EVENT_RUN) {
            ck_assert_int_eq(at(&run, i)->machine, at(&run, i)->task >= 3);
        }
    }
    running_fini(&run);
}
END_TEST

/* --- what is refused ------------------------------------------------------ */

START_TEST(a_thread_that_cannot_be_made_ends_the_run)
{
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false,
                 "generator G: cpu 1\n"
                 "task A B C D at 1: cpu forever\n");
    creates_left = _i;
    go_anyway(&run);
    ck_assert_int_eq(run.error, -EAGAIN);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FAILED);
    ck_assert_int_eq(run.diag.message[0], '0' + _i);
    ck_assert_ptr_nonnull(strstr(run.diag.message, " of 4 threads"));
    ck_assert_int_eq(running_count(&run, EVENT_RUN, -1), 0);
    running_fini(&run);
}
END_TEST

START_TEST(a_system_without_descriptors_is_a_sentence_too)
{
    struct rlimit before, none;
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false, "task A: cpu 1\n");
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    go_anyway(&run);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    ck_assert_int_eq(run.error, -EMFILE);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FAILED);
    ck_assert_str_ne(run.diag.message, "");
    running_fini(&run);
}
END_TEST

static void check_refused(struct running *run, int error)
{
    running_go(run);
    ck_assert_int_eq(run->error, error);
    ck_assert_int_eq(running_outcome(run), OUTCOME_FAILED);
    ck_assert_str_ne(run->diag.message, "");
    running_fini(run);
}

START_TEST(more_machines_than_cores_are_refused_for_real_runs_only)
{
    struct running run;
    struct cores machines;

    cores_init(&machines, NULL, NULL);
    running_init(&run, executor_table[MODE_PARALLEL], true, "task A: cpu 1\n");
    run.options.machines = machines.usable + 1;
    running_go(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    running_fini(&run);

    running_init(&run, executor_table[MODE_PARALLEL], false, "task A: cpu 1\n");
    run.options.machines = machines.usable + 1;
    check_refused(&run, -EAGAIN);
    cores_fini(&machines);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    static const char *const text = "task A: cpu 1\n";
    struct running run;

    running_init(&run, executor_table[MODE_THREADS], false, text);
    run.options.machines = 2;
    check_refused(&run, -EINVAL);
    running_init(&run, executor_table[MODE_PARALLEL], true, text);
    run.options.machines = 0;
    check_refused(&run, -EINVAL);
    running_init(&run, executor_table[MODE_PARALLEL], true, text);
    run.options.machines = EVENT_NO_MACHINE;
    check_refused(&run, -EINVAL);
    running_init(&run, executor_table[MODE_THREADS], false, text);
    run.options.policy = POLICY_PICK;
    check_refused(&run, -EINVAL);
}
END_TEST

START_TEST(the_table_finds_every_mode_by_its_name)
{
    for (size_t i = 0; executor_table[i] != NULL; i++) {
        ck_assert_ptr_eq(executor_find(executor_table[i]->mode->name),
                         executor_table[i]);
    }
    ck_assert_ptr_eq(executor_find("threads"), executor_table[MODE_THREADS]);
    ck_assert_ptr_null(executor_find(""));
    ck_assert_ptr_null(executor_find("thread"));
}
END_TEST

START_TEST(the_workload_says_how_many_machines_a_parallel_run_has)
{
    struct running run;

    running_init(&run, executor_table[MODE_PARALLEL], false,
                 "machines 7\nlines own\ntask A: cpu 1\n");
    ck_assert_int_eq(run.options.machines, 7);
    ck_assert(run.options.lines_own);
    executor_defaults(&run.options, executor_table[MODE_THREADS], run.workload);
    ck_assert_int_eq(run.options.machines, 1);
    ck_assert_int_eq(run.options.slice_ns, 100 * NS_PER_MS);
    running_fini(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_threads");
    TCase *tests = tcase_create("threads");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_task_is_a_thread_and_a_generator_is_none);
    tcase_add_test(tests, work_costs_the_processor_time_it_says);
    tcase_add_test(tests, the_end_of_a_slice_ends_a_turn);
    tcase_add_test(tests, without_slices_nobody_is_stopped);
    tcase_add_test(tests, who_works_alone_is_not_interrupted);
    tcase_add_test(tests, who_is_more_important_takes_the_machine);
    tcase_add_test(tests, who_becomes_less_important_loses_the_machine);
    tcase_add_test(tests, those_who_arrive_together_get_in_line_in_order);
    tcase_add_test(tests, a_task_hands_the_machine_to_the_one_it_names);
    tcase_add_test(tests, hundreds_of_threads_share_a_lock);
    tcase_add_test(tests, two_machines_work_at_the_same_instant);
    tcase_add_test(tests, machines_are_different_cores);
    tcase_add_test(tests, a_machine_of_its_own_serves_its_own_line);
    tcase_add_loop_test(tests, a_thread_that_cannot_be_made_ends_the_run, 0, 4);
    tcase_add_test(tests, a_system_without_descriptors_is_a_sentence_too);
    tcase_add_test(tests,
                   more_machines_than_cores_are_refused_for_real_runs_only);
    tcase_add_test(tests, what_makes_no_sense_is_refused);
    tcase_add_test(tests, the_table_finds_every_mode_by_its_name);
    tcase_add_test(tests,
                   the_workload_says_how_many_machines_a_parallel_run_has);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
