/*
 * observer_test.c -- real runs on cores that others use, too.
 *
 * The test keeps its cores busy itself. How long anything takes is not
 * asserted: only that the time at machines is told apart into computing and
 * stolen, and that computing is what the system says the threads have used.
 */
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/cpu/cores.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/run/gate.h"
#include "sched/run/observer.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/mode.h"
#include "tests/sched/running.h"
#include "tests/suite.h"

enum {
    MODES = 5,
    CORES = 2,
    OTHERS = 2 /* for each core */
};

static pid_t other[CORES * OTHERS];
static int others;

/* Only these cores from now on, and somebody else computes on each. */
static void keep_busy(void)
{
    struct cores cores;
    cpu_set_t few;

    cores_init(&cores, NULL, NULL);
    CPU_ZERO(&few);
    others = 0;
    for (int i = 0; i < cores.allowed && i < CORES; i++)
        CPU_SET((size_t)cores.cpu[i], &few);
    sched_setaffinity(0, sizeof few, &few);
    for (int i = 0; i < cores.allowed * OTHERS && i < CORES * OTHERS; i++) {
        pid_t pid = fork();

        if (pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            cores_pin(cores.cpu[i / OTHERS]);
            for (;;)
                continue;
        }
        ck_assert_int_gt(pid, 0);
        other[others++] = pid;
    }
    cores_fini(&cores);
}

static void let_be(void)
{
    for (int i = 0; i < others; i++) {
        kill(other[i], SIGKILL);
        waitpid(other[i], NULL, 0);
    }
}

static void go(struct running *run, const struct executor *executor,
               bool by_clock)
{
    running_init(run, executor, false,
                 "task A B: repeat 30 (cpu 100, sleep 2)\n");
    run->options.machines = 1;
    if (executor->mode->traits & PARALLEL)
        run->options.machines = cores_usable() < CORES ? cores_usable() : CORES;
    run->options.observe = by_clock ? OBSERVE_CLOCKS : OBSERVE_BEST;
    running_go(run);
    ck_assert_int_eq(running_outcome(run), OUTCOME_FINISHED);
}

static int64_t used_ns(const struct running *run)
{
    int64_t ns = 0;

    for (size_t i = 0; i < trace_count(run->trace); i++)
        if (trace_at(run->trace, i)->kind == EVENT_CPU_TIME)
            ns += trace_at(run->trace, i)->value;
    return ns;
}

/* The loop variable: every mode, by records and by clocks. */
START_TEST(computing_is_told_from_stolen_time)
{
    struct running run;
    struct history *history;
    int64_t busy = 0, stolen = 0, at_machine = 0, tasks = 0;

    go(&run, executor_table[_i / 2], _i % 2);
    history = history_new(run.trace);
    history_update(history);
    if (_i % 2)
        ck_assert_int_eq(history_observed(history), OBSERVED_CLOCK);
    else
        ck_assert_int_ne(history_observed(history), OBSERVED_NOT);
    for (int m = 0; m < history_machines(history); m++) {
        busy += history_busy(history, m, 0, history_end(history));
        stolen += history_stolen(history, m, 0, history_end(history));
        for (size_t i = 0; i < history_services(history, m); i++) {
            struct service service = history_service(history, m, i);

            if (service.kind == SERVICE_BUSY || service.kind == SERVICE_STOLEN)
                at_machine += service.to_ns - service.from_ns;
        }
    }
    for (int task = 0; task < 2; task++)
        tasks += history_time_in(history, task, STATE_STOLEN, 0, TIME_NEVER);
    ck_assert_int_gt(stolen, 0);
    ck_assert_int_eq(tasks, stolen);
    ck_assert_int_eq(busy + stolen, at_machine);
    ck_assert_msg(
        busy > used_ns(&run) * 8 / 10 && busy < used_ns(&run) * 12 / 10,
        "busy %lld us, but threads have used %lld us (stolen %lld us)",
        (long long)busy / 1000, (long long)used_ns(&run) / 1000,
        (long long)stolen / 1000);
    history_free(history);
    running_fini(&run);
}
END_TEST

/* A thread that was awake before it was given its machine has no record of
 * having got its core: all that were made are of before the instants here. */
START_TEST(who_was_awake_is_back_when_it_comes)
{
    struct running run;
    struct cores cores;
    struct scheduler *scheduler;
    struct observer *observer;
    int64_t zero_ns = clock_now_ns();
    int tid = (int)syscall(SYS_gettid);

    cores_init(&cores, NULL, NULL);
    running_init(&run, executor_find("threads"), false, "task A: cpu 1\n");
    run.options.machines = 1;
    running_prepare(&run);
    scheduler = scheduler_new(run.workload, run.executor->mode->traits,
                              &run.options, run.trace);
    observer = observer_new(scheduler, &run.options, run.trace, cores.cpu);
    scheduler_begin(scheduler, 0);
    observer_begin(observer, true);
    scheduler_tick(scheduler, 0);
    ck_assert_int_eq(scheduler_dispatch(scheduler, 0, NS_PER_S), 0);
    observer_serve(observer, 0, tid, false, 3600 * NS_PER_S);
    observer_arrive(observer, 0, 3601 * NS_PER_S, zero_ns);
    ck_assert_int_eq(running_count(&run, EVENT_STOLEN, 0),
                     running_count(&run, EVENT_BACK, 0));
    observer_free(observer);
    scheduler_free(scheduler);
    running_fini(&run);
    cores_fini(&cores);
}
END_TEST

/* As taskset -a does it to this process. */
static void move_all(int cpu)
{
    DIR *threads = opendir("/proc/self/task");
    const struct dirent *entry;

    ck_assert_ptr_nonnull(threads);
    while ((entry = readdir(threads)) != NULL)
        if (entry->d_name[0] != '.')
            cores_pin_thread(atoi(entry->d_name), cpu);
    closedir(threads);
}

static void *go_on(void *argument)
{
    running_go(argument);
    return NULL;
}

/* The machine that is said to be on no core of its own any more, or NULL. */
static const struct event *unbound(const struct running *run)
{
    for (size_t i = 0; i < trace_count(run->trace); i++)
        if (trace_at(run->trace, i)->kind == EVENT_MACHINE &&
            trace_at(run->trace, i)->object < 0)
            return trace_at(run->trace, i);
    return NULL;
}

/* Others move its threads, and move them back: it goes on, says so, and no
 * longer believes records, which are of the core where they were. */
START_TEST(who_is_moved_to_another_core_says_so)
{
    struct running run;
    struct cores cores;
    struct history *history;
    pthread_t thread;
    int was;

    cores_init(&cores, NULL, NULL);
    if (!cores.affinity_known || cores.allowed < CORES)
        suite_skip("there is one core only");
    running_init(&run, executor_table[_i], false, "task A B: cpu forever\n");
    run.options.machines = 1;
    run.options.gate = gate_new();
    running_prepare(&run);
    ck_assert_int_eq(pthread_create(&thread, NULL, go_on, &run), 0);
    while (running_count(&run, EVENT_RUN, -1) == 0)
        sched_yield();
    ck_assert_ptr_null(unbound(&run));
    was = trace_at(run.trace,
                   running_find(&run, EVENT_MACHINE, (int)EVENT_NO_TASK, 0))
              ->object;
    move_all(cores.cpu[cores.cpu[0] == was]);
    while (!unbound(&run))
        sched_yield();
    move_all(was);
    gate_stop(run.options.gate);
    pthread_join(thread, NULL);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_STOPPED);
    history = history_new(run.trace);
    history_update(history);
    ck_assert_int_eq(history_observed(history), OBSERVED_CLOCK);
    ck_assert_int_eq(history_unbound(history, 0), unbound(&run)->t_ns);
    history_free(history);
    gate_free(run.options.gate);
    running_fini(&run);
    cores_fini(&cores);
}
END_TEST

/* In a program of somebody else's it is that program's own thread. */
START_TEST(who_runs_tasks_may_go_where_it_might_before)
{
    struct running run;
    struct cores before, after;

    cores_init(&before, NULL, NULL);
    running_init(&run, executor_table[_i], false, "task A B: cpu 1\n");
    run.options.machines = 1;
    running_go(&run);
    cores_init(&after, NULL, NULL);
    ck_assert_int_eq(after.allowed, before.allowed);
    cores_fini(&before);
    cores_fini(&after);
    running_fini(&run);
}
END_TEST

START_TEST(a_model_never_has_stolen_time)
{
    for (int mode = 0; mode < MODES; mode++) {
        struct running run;

        running_init(&run, executor_table[mode], true,
                     "task A B: repeat 30 (cpu 100, sleep 2)\n");
        running_go(&run);
        ck_assert_int_eq(running_count(&run, EVENT_OBSERVED, -1), 0);
        ck_assert_int_eq(running_count(&run, EVENT_STOLEN, -1), 0);
        running_fini(&run);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("observer");
    TCase *busy = tcase_create("busy");
    TCase *moved = tcase_create("moved");
    TCase *model = tcase_create("model");

    tcase_add_checked_fixture(busy, keep_busy, let_be);
    tcase_set_timeout(busy, 60);
    tcase_add_loop_test(busy, computing_is_told_from_stolen_time, 0, 2 * MODES);
    tcase_set_timeout(moved, 60);
    tcase_add_loop_test(moved, who_is_moved_to_another_core_says_so, 0, MODES);
    tcase_add_loop_test(moved, who_runs_tasks_may_go_where_it_might_before, 0,
                        MODES);
    tcase_add_test(model, who_was_awake_is_back_when_it_comes);
    tcase_add_test(model, a_model_never_has_stolen_time);
    suite_add_tcase(suite, busy);
    suite_add_tcase(suite, moved);
    suite_add_tcase(suite, model);
    return suite_main(suite);
}
