/*
 * Sequential, coroutine and hybrid runs: really executed, and what happens is
 * what the model says.
 */
#include <pthread.h>
#include <sched.h>

#include "sched/base/strbuf.h"
#include "sched/cpu/cores.h"
#include "sched/run/gate.h"
#include "tests/sched/running.h"
#include "tests/suite.h"

enum {
    SEEDS = 150,
};

static const char *const user_modes[] = { "sequential", "coroutine", "hybrid" };

static void begin(struct running *run, const char *mode, const char *text)
{
    running_init(run, executor_find(mode), false, text);
    run->options.iterations_per_ms = 1000; /* so that cpu steps are short */
}

static void go(struct running *run, const char *mode, const char *text)
{
    begin(run, mode, text);
    running_go(run);
    ck_assert_int_eq(run->error, 0);
}

/* The index-th event of a kind about a task, or NULL. */
static const struct event *find(const struct running *run, const char *name,
                                enum event_kind kind, int index)
{
    int task = workload_find_task(run->workload, name);
    size_t at = running_find(run, kind, task, 0);

    while (index-- > 0)
        at = running_find(run, kind, task, at + 1);
    return at < trace_count(run->trace) ? trace_at(run->trace, at) : NULL;
}

static bool has_two_cores(void)
{
    struct cores machines;
    bool two;

    cores_init(&machines, NULL, NULL);
    two = machines.usable >= 2;
    cores_fini(&machines);
    return two;
}

/* --- the same order as the model ------------------------------------------ */

/* All events but the system's, without what only a clock can say. */
static void tell(const struct running *run, struct strbuf *buf)
{
    strbuf_init(buf);
    for (size_t i = 0; i < trace_count(run->trace); i++) {
        const struct event *event = trace_at(run->trace, i);
        bool timed = event->kind == EVENT_AWAIT ||
                     (event->kind == EVENT_HOLD && event->object == WAIT_TIME);

        if (running_by_system(event))
            continue;
        strbuf_addf(buf, "%d %s %d %lld @%d\n", (int)event->task,
                    event_word((enum event_kind)event->kind), event->object,
                    timed ? 0LL : (long long)event->value, event->machine);
    }
}

static void tell_run(struct strbuf *buf, const char *mode, bool model,
                     const char *text, enum policy policy)
{
    struct running run;

    begin(&run, mode, text);
    run.options.model = model;
    run.options.policy = policy;
    run.options.seed = 42;
    running_go(&run);
    tell(&run, buf);
    running_fini(&run);
}

static void compare(const char *mode, const char *text, enum policy policy)
{
    struct strbuf really, ideally;

    tell_run(&really, mode, false, text, policy);
    tell_run(&ideally, mode, true, text, policy);
    ck_assert_msg(strcmp(really.text, ideally.text) == 0,
                  "%s of:\n%s\nreal:\n%s\nmodel:\n%s", mode, text, really.text,
                  ideally.text);
    strbuf_fini(&really);
    strbuf_fini(&ideally);
}

static uint64_t dice;

static int roll(int sides)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (int)((dice >> 33) % (uint64_t)sides);
}

/* One step that takes no time, or so little that no alarm falls into it. */
static void add_step(struct strbuf *buf, int self, int tasks, int depth)
{
    switch (roll(depth > 1 ? 13 : 14)) {
    case 0:
        strbuf_addf(buf, "yield to t%d", (self + 1 + roll(tasks - 1)) % tasks);
        break;
    case 1:
        strbuf_adds(buf, "lock m, yield, unlock m");
        break;
    case 2:
        strbuf_adds(buf, "lock n, cpu 10us by 4us, unlock n");
        break;
    case 3:
        strbuf_addf(buf, "send c%d", roll(3));
        break;
    case 4:
        strbuf_addf(buf, "recv c%d", roll(3));
        break;
    case 5:
        strbuf_adds(buf, "say \"here\"");
        break;
    case 6:
        strbuf_addf(buf, "sum 1..%d", roll(100));
        break;
    case 7:
        strbuf_adds(buf, "read x, yield, write x+1");
        break;
    case 8:
        strbuf_adds(buf, "next g");
        break;
    case 9:
        strbuf_adds(buf, "join late");
        break;
    case 10:
        strbuf_adds(buf, "wait b");
        break;
    case 11:
        strbuf_adds(buf, "yield");
        break;
    case 12:
        strbuf_addf(buf, "priority %d", roll(3));
        break;
    default:
        strbuf_addf(buf, "repeat %d (", 1 + roll(3));
        add_step(buf, self, tasks, depth + 1);
        strbuf_adds(buf, ", ");
        add_step(buf, self, tasks, depth + 1);
        strbuf_adds(buf, ")");
    }
}

static void add_workload(struct strbuf *buf)
{
    int tasks = 2 + roll(5);

    strbuf_adds(buf, "shared x = 0\nchannel c0\nchannel c1 size 1\n"
                     "channel c2 size 3\nbarrier b 2\n"
                     "generator g: sum 1..3, yield, say \"g\", yield\n"
                     "task late at spawn: yield, say \"late\"\n");
    for (int i = 0; i < tasks; i++) {
        strbuf_addf(buf, "task t%d: %s", i, i == 0 ? "spawn late, " : "");
        for (int steps = 1 + roll(6); steps > 0; steps--) {
            add_step(buf, i, tasks, 0);
            strbuf_adds(buf, steps > 1 ? ", " : i < 2 ? ", wait b\n" : "\n");
        }
    }
}

/* Write the workload of a seed; false if it makes no sense (random ones say
 * things the parser refuses). */
static bool write_workload(struct strbuf *buf, int seed)
{
    struct diag diag;
    struct workload *workload;
    bool makes_sense;

    dice = (uint64_t)seed;
    strbuf_clear(buf);
    add_workload(buf);
    workload = workload_parse("t", "t", buf->text, buf->length, &diag);
    makes_sense = workload != NULL;
    workload_free(workload);
    return makes_sense;
}

static void compare_random(const char *mode, enum policy policy)
{
    struct strbuf buf;
    int compared = 0;

    strbuf_init(&buf);
    for (int seed = 0; seed < SEEDS; seed++) {
        if (write_workload(&buf, seed)) {
            compare(mode, buf.text, policy);
            compared++;
        }
    }
    strbuf_fini(&buf);
    ck_assert_int_ge(compared, SEEDS / 2);
}

START_TEST(random_coroutines_do_what_the_model_does)
{
    compare_random("coroutine", POLICY_FIFO);
    compare_random("coroutine", POLICY_RANDOM);
    compare_random("coroutine", POLICY_PRIORITY);
}
END_TEST

START_TEST(random_subroutines_do_what_the_model_does)
{
    compare_random("sequential", POLICY_FIFO);
}
END_TEST

/* So far apart that a busy machine does not change the order. */
START_TEST(sleepers_wake_in_the_order_of_their_alarms)
{
    struct running run;
    size_t a, b, c;

    go(&run, "coroutine",
       "task A: sleep 200\ntask B: sleep 10\ntask C at 5: sleep 400\n");
    a = running_find(&run, EVENT_DONE, 0, 0);
    b = running_find(&run, EVENT_DONE, 1, 0);
    c = running_find(&run, EVENT_DONE, 2, 0);
    ck_assert(b < a && a < c);
    running_fini(&run);
}
END_TEST

/* Nobody can say in which order, but the checker of traces must agree. */
START_TEST(random_hybrid_runs_are_in_order)
{
    struct strbuf buf;
    struct running run;

    strbuf_init(&buf);
    for (int seed = 0; seed < SEEDS; seed++) {
        if (write_workload(&buf, seed)) {
            begin(&run, "hybrid", buf.text);
            run.options.machines = has_two_cores() ? 2 : 1;
            run.options.gil_ns = seed % 4 == 0 ? 10000 : 0;
            running_go(&run);
            ck_assert_int_le(running_outcome(&run), OUTCOME_DEADLOCK);
            running_fini(&run);
        }
    }
    strbuf_fini(&buf);
}
END_TEST

/* --- what only a real run can show ---------------------------------------- */

START_TEST(all_tasks_of_a_coroutine_run_share_one_thread)
{
    struct running run;
    const struct event *a, *b, *c;

    go(&run, "coroutine",
       "task A: yield, cpu 1\ntask B: cpu 1, yield\ntask C: sleep 1\n");
    a = find(&run, "A", EVENT_THREAD, 0);
    b = find(&run, "B", EVENT_THREAD, 0);
    c = find(&run, "C", EVENT_THREAD, 0);
    ck_assert(a && b && c);
    ck_assert_int_eq(a->value, b->value);
    ck_assert_int_eq(a->value, c->value);
    running_fini(&run);
}
END_TEST

START_TEST(work_costs_processor_time_and_waiting_does_not)
{
    struct running run;

    go(&run, "coroutine", "task A: cpu 5\ntask B: sleep 5, block 5\n");
    ck_assert_int_gt(find(&run, "A", EVENT_CPU_TIME, 0)->value, 0);
    ck_assert_int_eq(find(&run, "B", EVENT_CPU_TIME, 0)->value, 0);
    running_fini(&run);
}
END_TEST

static void *go_on(void *running)
{
    running_go(running);
    return NULL;
}

/* Nobody keeps a task to the thread that began it: both begin in no time, most
 * often on one thread, and then the first to wake never leaves its machine. */
START_TEST(who_is_woken_goes_on_at_whichever_machine_is_free)
{
    struct running run;
    pthread_t thread;

    if (!has_two_cores())
        suite_skip("two machines need two cores");
    begin(&run, "hybrid", "task A B: sleep 1, cpu forever\n");
    run.options.machines = 2;
    run.options.gate = gate_new();
    running_prepare(&run);
    ck_assert_int_eq(pthread_create(&thread, NULL, go_on, &run), 0);
    while (running_count(&run, EVENT_CPU, -1) < 2)
        sched_yield();
    gate_stop(run.options.gate);
    pthread_join(thread, NULL);
    ck_assert_int_ne(find(&run, "A", EVENT_CPU, 0)->machine,
                     find(&run, "B", EVENT_CPU, 0)->machine);
    gate_free(run.options.gate);
    running_fini(&run);
}
END_TEST

/* Thousands of steps on many stacks: whatever a coroutine remembered of the
 * thread it was on would be wrong soon. */
START_TEST(tasks_that_change_threads_lose_nothing)
{
    struct running run;

    begin(&run, "hybrid",
          "shared n = 0\n"
          "task a b c d e f g h: repeat 200 (cpu 50us, yield), sleep 1, "
          "repeat 200 (lock m, read n, yield, write n+1, unlock m)\n");
    run.options.machines = has_two_cores() ? 2 : 1;
    running_go(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(running_count(&run, EVENT_WRITE, -1), 1600);
    for (size_t i = trace_count(run.trace); i-- > 0;) {
        if (trace_at(run.trace, i)->kind == EVENT_WRITE) {
            ck_assert_int_eq(trace_at(run.trace, i)->value, 1600);
            break;
        }
    }
    running_fini(&run);
}
END_TEST

/* With a GIL only one task works at a time, and each gives the key away. */
START_TEST(the_key_goes_round)
{
    struct running run;
    int working = 0;

    begin(&run, "hybrid",
          "generator G: repeat 2 (cpu 2000, yield)\n"
          "task a b: cpu 2000, next G, sleep 1, cpu 1000 by 300\n"
          "task c: repeat 3 (yield, cpu 1000)\n");
    run.options.machines = has_two_cores() ? 2 : 1;
    run.options.gil_ns = 100000;
    running_go(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        working += trace_at(run.trace, i)->kind == EVENT_CPU;
        working -= trace_at(run.trace, i)->kind == EVENT_WORKED;
        ck_assert_int_le(working, 1);
    }
    ck_assert_int_gt(running_count(&run, EVENT_GIL, -1), 3);
    running_fini(&run);
}
END_TEST

START_TEST(thousands_are_in_progress_at_once)
{
    struct strbuf buf;
    struct running run;
    size_t first_done;
    int begun = 0;

    strbuf_init(&buf);
    strbuf_adds(&buf, "task");
    for (int i = 0; i < 3000; i++)
        strbuf_addf(&buf, " t%d", i);
    strbuf_adds(&buf, ": yield, sum 1..10\n");
    go(&run, "coroutine", buf.text);
    ck_assert_int_eq(running_count(&run, EVENT_DONE, -1), 3000);
    first_done = running_find(&run, EVENT_DONE, 0, 0);
    for (size_t i = 0; i < first_done; i++)
        begun += trace_at(run.trace, i)->kind == EVENT_RUN;
    ck_assert_int_ge(begun, 3000);
    running_fini(&run);
    strbuf_fini(&buf);
}
END_TEST

/* --- how a run ends ------------------------------------------------------- */

START_TEST(the_limit_ends_work_without_end)
{
    struct running run;

    begin(&run, user_modes[_i],
          "generator G: cpu forever\n"
          "task A: repeat 3 (yield), next G\ntask B: cpu forever\n"
          "task C: sleep 1000000\n");
    run.options.limit_ns = 5 * NS_PER_MS;
    running_go(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_LIMIT);
    running_fini(&run);
}
END_TEST

/* Stop the run as soon as somebody waits. */
static void *stop_later(void *argument)
{
    struct running *run = argument;

    for (size_t i = 0;;) {
        if (i < trace_count(run->trace)) {
            uint16_t kind = trace_at(run->trace, i++)->kind;

            if (kind == EVENT_AWAIT || kind == EVENT_HOLD)
                break;
        } else {
            sched_yield();
        }
    }
    gate_stop(run->options.gate);
    return NULL;
}

static void check_stop(const char *mode, const char *text)
{
    struct running run;
    pthread_t thread;

    begin(&run, mode, text);
    run.options.gate = gate_new();
    running_prepare(&run);
    ck_assert_int_eq(pthread_create(&thread, NULL, stop_later, &run), 0);
    running_go(&run);
    pthread_join(thread, NULL);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_STOPPED);
    gate_free(run.options.gate);
    running_fini(&run);
}

START_TEST(a_person_stops_whatever_goes_on)
{
    check_stop(user_modes[_i], "task A: sleep 1000000\n");
    check_stop(user_modes[_i], "task A: block 1000000\n");
    check_stop(user_modes[_i], "task A: sleep 1, cpu forever\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exec_user");
    TCase *tcase = tcase_create("exec_user");

    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, random_coroutines_do_what_the_model_does);
    tcase_add_test(tcase, random_subroutines_do_what_the_model_does);
    tcase_add_test(tcase, sleepers_wake_in_the_order_of_their_alarms);
    tcase_add_test(tcase, random_hybrid_runs_are_in_order);
    tcase_add_test(tcase, all_tasks_of_a_coroutine_run_share_one_thread);
    tcase_add_test(tcase, work_costs_processor_time_and_waiting_does_not);
    tcase_add_test(tcase, who_is_woken_goes_on_at_whichever_machine_is_free);
    tcase_add_test(tcase, tasks_that_change_threads_lose_nothing);
    tcase_add_test(tcase, the_key_goes_round);
    tcase_add_test(tcase, thousands_are_in_progress_at_once);
    tcase_add_loop_test(tcase, the_limit_ends_work_without_end, 0, 3);
    tcase_add_loop_test(tcase, a_person_stops_whatever_goes_on, 0, 3);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
