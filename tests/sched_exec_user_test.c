/*
 * Sequential, coroutine and hybrid runs: really executed, and what happens is
 * what the model says.
 */
#include "tests/suite.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/run/executor.h"
#include "sched/run/gate.h"
#include "sched/trace/trace.h"
#include "sched/workload/parse.h"
#include "sched/workload/workload.h"

enum {
    ITERATIONS_PER_MS = 1000, /* so that a cpu step is short */
    SEEDS = 150,
};

static struct diag diag;

struct run {
    struct workload *workload;
    struct trace *trace;
    int error;
};

static struct run_options options_for(const struct executor *mode,
                                      const struct workload *workload)
{
    struct run_options options;

    run_options_init(&options, mode, workload);
    options.iterations_per_ms = ITERATIONS_PER_MS;
    return options;
}

static struct run run_with(const char *mode, const char *text,
                           struct run_options *options)
{
    const struct executor *executor = executor_find(mode);
    struct run run = { .error = 0 };

    run.workload = workload_parse("test.work", "test", text, strlen(text),
                                  &diag);
    ck_assert_msg(run.workload != NULL, "%d:%d: %s", diag.line, diag.column,
                  diag.message);
    run.trace = executor_trace(executor, run.workload, options);
    run.error = executor_run(executor, run.workload, options, run.trace, &diag);
    return run;
}

static struct run run_policy(const char *mode, bool model, const char *text,
                             enum policy policy)
{
    struct workload nothing = { .line_count = 1 };
    struct run_options options = options_for(executor_find(mode), &nothing);

    options.model = model;
    options.policy = policy;
    options.seed = 42;
    return run_with(mode, text, &options);
}

static struct run run_mode(const char *mode, bool model, const char *text)
{
    return run_policy(mode, model, text, POLICY_FIFO);
}

static void drop(struct run *run)
{
    trace_free(run->trace);
    workload_free(run->workload);
}

static const struct event *last(const struct run *run)
{
    return trace_at(run->trace, trace_count(run->trace) - 1);
}

/* The index-th event of a kind about a task, or NULL. */
static const struct event *find(const struct run *run, const char *task,
                                enum event_kind kind, int index)
{
    int who = workload_find_task(run->workload, task);

    for (size_t i = 0; i < trace_count(run->trace); i++) {
        const struct event *event = trace_at(run->trace, i);

        if (event->kind == kind && event->task == (uint32_t)who && index-- == 0)
            return event;
    }
    return NULL;
}

/* --- the same order as the model ------------------------------------------- */

static bool is_fact(enum event_kind kind)
{
    return kind == EVENT_MACHINE || kind == EVENT_THREAD ||
           kind == EVENT_CPU_ID || kind == EVENT_CPU_TIME;
}

/* All events but facts, without what only a clock can say. */
static void tell(const struct run *run, struct strbuf *buf)
{
    strbuf_init(buf);
    for (size_t i = 0; i < trace_count(run->trace); i++) {
        const struct event *event = trace_at(run->trace, i);
        bool timed = event->kind == EVENT_AWAIT ||
                     (event->kind == EVENT_HOLD && event->object == WAIT_TIME);

        if (is_fact((enum event_kind)event->kind))
            continue;
        strbuf_addf(buf, "%d %s %d %lld @%d\n", (int)event->task,
                    event_word((enum event_kind)event->kind), event->object,
                    timed ? 0LL : (long long)event->value, event->machine);
    }
}

static void compare(const char *mode, const char *text, enum policy policy)
{
    struct run real = run_policy(mode, false, text, policy);
    struct run model = run_policy(mode, true, text, policy);
    struct strbuf really, ideally;

    tell(&real, &really);
    tell(&model, &ideally);
    ck_assert_msg(strcmp(really.text, ideally.text) == 0,
                  "%s of:\n%s\nreal:\n%s\nmodel:\n%s", mode, text, really.text,
                  ideally.text);
    strbuf_fini(&really);
    strbuf_fini(&ideally);
    drop(&real);
    drop(&model);
}

static uint64_t dice;

static int roll(int sides)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (int)((dice >> 33) % (uint64_t)sides);
}

/* Does the text say something that makes sense? Random ones may not. */
static bool makes_sense(const char *text)
{
    struct workload *workload = workload_parse("t", "t", text, strlen(text),
                                               &diag);
    bool parsed = workload != NULL;

    workload_free(workload);
    return parsed;
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

static void compare_random(const char *mode, enum policy policy)
{
    int compared = 0;

    for (int seed = 0; seed < SEEDS; seed++) {
        struct strbuf buf;

        dice = (uint64_t)seed;
        strbuf_init(&buf);
        add_workload(&buf);
        if (makes_sense(buf.text)) {
            compare(mode, buf.text, policy);
            compared++;
        }
        strbuf_fini(&buf);
    }
    ck_assert_int_ge(compared, SEEDS / 2);
}

START_TEST(random_coroutines_do_what_the_model_does)
{
    compare_random("coroutine", POLICY_FIFO);
}
END_TEST

START_TEST(random_subroutines_do_what_the_model_does)
{
    compare_random("sequential", POLICY_FIFO);
}
END_TEST

START_TEST(chance_and_priority_decide_as_in_the_model)
{
    compare_random("coroutine", POLICY_RANDOM);
    compare_random("coroutine", POLICY_PRIORITY);
}
END_TEST

START_TEST(sleepers_wake_in_the_order_of_their_alarms)
{
    static const char text[] = "task A: sleep 60, say \"a\"\n"
                               "task B: sleep 20, say \"b\", block 20\n"
                               "task C at 10: yield, sleep 70, say \"c\"\n";

    compare("coroutine", text, POLICY_FIFO);
    compare("sequential", text, POLICY_FIFO);
}
END_TEST

/* --- what only a real run can show ------------------------------------------ */

START_TEST(all_tasks_of_a_coroutine_run_share_one_thread)
{
    struct run run = run_mode("coroutine", false,
                              "task A: yield, cpu 1\ntask B: cpu 1, yield\n"
                              "task C: sleep 1\n");
    const struct event *a = find(&run, "A", EVENT_THREAD, 0);
    const struct event *b = find(&run, "B", EVENT_THREAD, 0);
    const struct event *c = find(&run, "C", EVENT_THREAD, 0);

    ck_assert_int_eq(last(&run)->object, OUTCOME_FINISHED);
    ck_assert(a && b && c);
    ck_assert_int_eq(a->value, b->value);
    ck_assert_int_eq(a->value, c->value);
    drop(&run);
}
END_TEST

START_TEST(work_costs_processor_time_and_waiting_does_not)
{
    struct run run = run_mode("coroutine", false,
                              "task A: cpu 5\ntask B: sleep 5, block 5\n");
    const struct event *a = find(&run, "A", EVENT_CPU_TIME, 0);
    const struct event *b = find(&run, "B", EVENT_CPU_TIME, 0);

    ck_assert(a && b);
    ck_assert_int_gt(a->value, 0);
    ck_assert_int_eq(b->value, 0);
    drop(&run);
}
END_TEST

static void check_every_step(const char *mode)
{
    static const char text[] =
        "shared n = 0\nchannel c size 1\nbarrier b 2\n"
        "generator G: cpu 1, yield, say \"g\"\n"
        "task A: say \"A\", cpu 2 by 1, sleep 1, block 1, lock m, yield, "
        "unlock m, send c, read n, write n+1, wait b, spawn S, close c\n"
        "task B: next G, next G, yield to A, recv c, wait b, join A, "
        "sum 1..10, recv c, priority 3, repeat 3 (sum 1..2)\n"
        "task S at spawn: sum 5..5\n";
    struct run run = run_mode(mode, false, text);
    const struct event *result = find(&run, "B", EVENT_RESULT, 0);

    ck_assert_int_eq(run.error, 0);
    ck_assert_int_eq(last(&run)->kind, EVENT_END);
    ck_assert_int_eq(last(&run)->object, OUTCOME_FINISHED);
    ck_assert(result);
    ck_assert_int_eq(result->value, 64);
    ck_assert(find(&run, "A", EVENT_DONE, 0) && find(&run, "B", EVENT_DONE, 0));
    ck_assert(find(&run, "G", EVENT_DONE, 0));
    ck_assert(find(&run, "S", EVENT_DONE, 0));
    drop(&run);
}

START_TEST(coroutines_do_every_step)
{
    check_every_step("coroutine");
}
END_TEST

START_TEST(hybrid_does_every_step)
{
    check_every_step("hybrid");
}
END_TEST

START_TEST(a_started_task_never_changes_its_thread)
{
    struct workload nothing = { .line_count = 1 };
    const struct executor *hybrid = executor_find("hybrid");
    struct run_options options = options_for(hybrid, &nothing);
    struct run run;

    if (options.machines < 2)
        return; /* there is no other thread to change to */
    options.machines = 2;
    run = run_with("hybrid",
                   "task a b c d e f g h: repeat 50 (cpu 50us, yield), "
                   "sleep 1, repeat 50 (lock m, yield, unlock m)\n",
                   &options);
    ck_assert_int_eq(last(&run)->object, OUTCOME_FINISHED);
    for (const char *name = "abcdefgh"; *name; name++) {
        char task[2] = { *name, '\0' };
        const struct event *first = find(&run, task, EVENT_RUN, 0);
        const struct event *next;

        for (int i = 1; (next = find(&run, task, EVENT_RUN, i)); i++)
            ck_assert_int_eq(next->machine, first->machine);
    }
    drop(&run);
}
END_TEST

/* With a GIL only one task works at a time, and each gives the key away. */
START_TEST(the_key_goes_round)
{
    struct workload nothing = { .line_count = 1 };
    const struct executor *hybrid = executor_find("hybrid");
    struct run_options options = options_for(hybrid, &nothing);
    int working = 0, keys = 0;
    struct run run;

    options.gil_ns = 100000;
    run = run_with("hybrid",
                   "generator G: repeat 2 (cpu 2000, yield)\n"
                   "task a b: cpu 2000, next G, sleep 1, cpu 1000 by 300\n"
                   "task c: repeat 3 (yield, cpu 1000)\n",
                   &options);
    ck_assert_int_eq(last(&run)->object, OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = trace_at(run.trace, i);

        working += event->kind == EVENT_CPU;
        working -= event->kind == EVENT_WORKED;
        ck_assert_int_le(working, 1);
        keys += event->kind == EVENT_KEY;
    }
    ck_assert_int_gt(keys, 3);
    drop(&run);
}
END_TEST

/* --- how a run ends ---------------------------------------------------------- */

static void check_outcome(const char *mode, const char *text,
                          enum outcome outcome)
{
    struct run run = run_mode(mode, false, text);

    ck_assert_int_eq(run.error, 0);
    ck_assert_int_eq(last(&run)->kind, EVENT_END);
    ck_assert_int_eq(last(&run)->object, (int)outcome);
    drop(&run);
}

START_TEST(a_deadlock_ends_the_run)
{
    static const char crossed[] = "task A: lock m, yield, lock n\n"
                                  "task B: lock n, yield, lock m\n";

    check_outcome("coroutine", crossed, OUTCOME_DEADLOCK);
    check_outcome("coroutine", "channel c\ntask A: recv c\n", OUTCOME_DEADLOCK);
    check_outcome("sequential", "channel c\ntask A: recv c\ntask B: send c\n",
                  OUTCOME_DEADLOCK);
    check_outcome("hybrid", "channel c\ntask A B C: recv c\n",
                  OUTCOME_DEADLOCK);
}
END_TEST

START_TEST(the_limit_ends_work_without_end)
{
    static const char *const mode[] = { "sequential", "coroutine", "hybrid" };

    for (size_t i = 0; i < 3; i++) {
        struct workload nothing = { .line_count = 1 };
        struct run_options options = options_for(executor_find(mode[i]),
                                                 &nothing);
        struct run run;

        options.limit_ns = 5000000;
        run = run_with(mode[i],
                       "generator G: cpu forever\n"
                       "task A: repeat 3 (yield), next G\ntask B: cpu forever\n"
                       "task C: sleep 1000000\n",
                       &options);
        ck_assert_int_eq(last(&run)->object, OUTCOME_LIMIT);
        drop(&run);
    }
}
END_TEST

struct stopper {
    struct gate *gate;
    struct trace *trace;
};

/* Stop the run as soon as somebody waits. */
static void *stop_later(void *argument)
{
    struct stopper *stopper = argument;

    for (size_t i = 0;;) {
        if (i < trace_count(stopper->trace)) {
            uint16_t kind = trace_at(stopper->trace, i++)->kind;

            if (kind == EVENT_AWAIT || kind == EVENT_HOLD)
                break;
        } else {
            sched_yield();
        }
    }
    gate_stop(stopper->gate);
    return NULL;
}

static void check_stop(const char *mode, const char *text)
{
    const struct executor *executor = executor_find(mode);
    struct workload *workload = workload_parse("t", "t", text, strlen(text),
                                               &diag);
    struct run_options options = options_for(executor, workload);
    struct stopper stopper = { .gate = gate_new() };
    pthread_t thread;

    options.gate = stopper.gate;
    stopper.trace = executor_trace(executor, workload, &options);
    pthread_create(&thread, NULL, stop_later, &stopper);
    executor_run(executor, workload, &options, stopper.trace, &diag);
    pthread_join(thread, NULL);
    ck_assert_int_eq(
        trace_at(stopper.trace, trace_count(stopper.trace) - 1)->object,
        OUTCOME_STOPPED);
    trace_free(stopper.trace);
    gate_free(stopper.gate);
    workload_free(workload);
}

START_TEST(a_person_stops_whatever_goes_on)
{
    static const char sleeping[] = "task A: sleep 1000000\n";
    static const char blocking[] = "task A: block 1000000\n";
    static const char working[] =
        "task A: sleep 1000000\ntask B: cpu forever\n";

    check_stop("coroutine", sleeping);
    check_stop("coroutine", blocking);
    check_stop("coroutine", working);
    check_stop("sequential", sleeping);
    check_stop("hybrid", working);
}
END_TEST

START_TEST(thousands_are_in_progress_at_once)
{
    struct strbuf buf;
    struct run run;
    int begun = 0, done = 0;

    strbuf_init(&buf);
    strbuf_adds(&buf, "task");
    for (int i = 0; i < 3000; i++)
        strbuf_addf(&buf, " t%d", i);
    strbuf_adds(&buf, ": yield, sum 1..10\n");
    run = run_mode("coroutine", false, buf.text);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = trace_at(run.trace, i);

        begun += event->kind == EVENT_RUN && done == 0;
        done += event->kind == EVENT_DONE;
    }
    ck_assert_int_ge(begun, 3000); /* before the first was done */
    ck_assert_int_eq(done, 3000);
    ck_assert_int_eq(last(&run)->object, OUTCOME_FINISHED);
    ck_assert_int_eq(find(&run, "t2999", EVENT_RESULT, 0)->value, 55);
    drop(&run);
    strbuf_fini(&buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exec_user");
    TCase *tcase = tcase_create("exec_user");

    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, random_coroutines_do_what_the_model_does);
    tcase_add_test(tcase, random_subroutines_do_what_the_model_does);
    tcase_add_test(tcase, chance_and_priority_decide_as_in_the_model);
    tcase_add_test(tcase, sleepers_wake_in_the_order_of_their_alarms);
    tcase_add_test(tcase, all_tasks_of_a_coroutine_run_share_one_thread);
    tcase_add_test(tcase, work_costs_processor_time_and_waiting_does_not);
    tcase_add_test(tcase, coroutines_do_every_step);
    tcase_add_test(tcase, hybrid_does_every_step);
    tcase_add_test(tcase, a_started_task_never_changes_its_thread);
    tcase_add_test(tcase, the_key_goes_round);
    tcase_add_test(tcase, a_deadlock_ends_the_run);
    tcase_add_test(tcase, the_limit_ends_work_without_end);
    tcase_add_test(tcase, a_person_stops_whatever_goes_on);
    tcase_add_test(tcase, thousands_are_in_progress_at_once);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
