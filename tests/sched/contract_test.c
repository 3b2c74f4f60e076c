/*
 * contract_test.c -- what every mode owes, real and modelled.
 *
 * One workload after the other is run in all modes; nothing here depends on
 * how long anything takes. Where a mode cannot do something (sequential cannot
 * wait for others), the test says what it does instead.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>

#include "sched/analysis/metrics.h"
#include "sched/base/strbuf.h"
#include "sched/base/sum.h"
#include "sched/cpu/cores.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"
#include "sched/workload/step_cursor.h"
#include "tests/sched/running.h"
#include "tests/suite.h"

enum {
    MODES = 5,
    RUNS = 2 * MODES,
    TASKS_MAX = 32,
};

/* Run number i: each mode, real and modelled; as many machines as it may. */
static void begin(struct running *run, int i, const char *text)
{
    bool model = i % 2 == 1;

    ck_assert_ptr_nonnull(executor_table[i / 2]);
    running_init(run, executor_table[i / 2], model, text);
    if (run->executor->mode->traits & PARALLEL) {
        struct cores machines;

        cores_init(&machines, NULL, NULL);
        run->options.machines = model || machines.usable >= 2 ? 2 : 1;
        cores_fini(&machines);
    }
}

static void begin_and_go(struct running *run, int i, const char *text)
{
    begin(run, i, text);
    running_go(run);
    ck_assert_msg(run->error == 0, "%s", run->diag.message);
}

static bool runs_to_the_end(const struct running *run)
{
    return run->executor->mode->traits & TO_THE_END;
}

static const struct event *at(const struct running *run, size_t index)
{
    return trace_at(run->trace, index);
}

/* --- work ----------------------------------------------------------------- */

static const char *const mixed =
    "task A: sum 0..99, cpu 3, yield, cpu 2 by 1, sleep 1, sum 1..3\n"
    "task B C at 1 priority 2: repeat 3 (cpu 1, yield), block 1, sum 5..5\n"
    "task D after A: cpu 2, say \"late\"\n"
    "generator G: cpu 1, yield, cpu 1\n"
    "task E: next G, cpu 1, next G, next G, priority 3, cpu 1\n";

static const int64_t mixed_ms[] = { 5, 3, 3, 2, 2, 2 }; /* A B C D G E */

START_TEST(all_work_is_done_once)
{
    struct running run;
    int64_t worked_ns[TASKS_MAX] = { 0 };

    begin_and_go(&run, _i, mixed);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        if (at(&run, i)->kind == EVENT_WORKED) {
            worked_ns[at(&run, i)->task] += at(&run, i)->value;
        }
    }
    ck_assert_uint_eq(run.workload->task_count, 6);
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(worked_ns[i], mixed_ms[i] * NS_PER_MS);
        ck_assert_int_eq(running_count(&run, EVENT_DONE, i), 1);
    }
    running_fini(&run);
}
END_TEST

/* The word of `mixed` at a line and a column, both from 1. */
static void add_word(struct strbuf *words, int64_t line, int64_t column)
{
    const char *text = mixed;

    while (--line > 0)
        text = strchr(text, '\n') + 1;
    text += column - 1;
    strbuf_addf(words, "%.*s ", (int)strspn(text, "abcdefghijklmnopqrstuvwxyz"),
                text);
}

/* What stands in the text above, read by a person. */
static const char *const mixed_steps[] = {
    "sum cpu yield cpu cpu cpu sleep sum ", /* A: by 1 is turn, yield, turn */
    "cpu yield cpu yield cpu yield block sum ", /* B */
    "cpu yield cpu yield cpu yield block sum ", /* C */
    "cpu say ",                                 /* D */
    "cpu yield cpu ",                           /* G */
    "next cpu next next priority cpu ",         /* E */
};

START_TEST(the_steps_of_a_task_keep_their_order)
{
    struct running run;

    begin_and_go(&run, _i, mixed);
    for (int i = 0; i < 6; i++) {
        struct strbuf words;

        strbuf_init(&words);
        for (size_t at_event = 0; at_event < trace_count(run.trace); at_event++)
            if (at(&run, at_event)->kind == EVENT_STEP &&
                at(&run, at_event)->task == (uint32_t)i)
                add_word(&words, at(&run, at_event)->object,
                         at(&run, at_event)->value);
        ck_assert_str_eq(words.text, mixed_steps[i]);
        strbuf_fini(&words);
    }
    running_fini(&run);
}
END_TEST

/* Who computes is at a machine of its own, and nowhere else. */
START_TEST(a_machine_serves_one_task_at_a_time)
{
    struct running run;
    int turn[2] = { -1, -1 };
    int work[2] = { 0, 0 };

    begin_and_go(&run, _i, mixed);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = at(&run, i);
        int m = event->machine;

        switch (event->kind) {
        case EVENT_RUN:
            if (event->object == 0 &&
                !run.workload->task[event->task].generator) {
                ck_assert_int_eq(turn[m], -1);
                turn[m] = (int)event->task;
            }
            break;
        case EVENT_CPU:
            ck_assert_int_eq(work[m]++, 0);
            break;
        case EVENT_WORKED:
            ck_assert_int_eq(--work[m], 0);
            break;
        case EVENT_READY:
        case EVENT_AWAIT:
        case EVENT_BLOCKED:
        case EVENT_DONE:
            if (event->machine != EVENT_NO_MACHINE &&
                turn[m] == (int)event->task) {
                turn[m] = -1;
            }
            break;
        default:
            break;
        }
    }
    running_fini(&run);
}
END_TEST

START_TEST(results_and_checksums_are_those_of_every_other_mode)
{
    struct running run, model;
    struct history *history[2];
    struct metrics *metrics[2];

    begin_and_go(&run, _i, mixed);
    begin_and_go(&model, 1, mixed);
    for (int i = 0; i < 2; i++) {
        history[i] = history_new(i == 0 ? run.trace : model.trace);
        history_update(history[i]);
        metrics[i] = metrics_new(history[i]);
    }
    ck_assert_uint_ne(metrics[0]->checksum, 0);
    ck_assert_uint_eq(metrics[0]->checksum, metrics[1]->checksum);
    for (size_t i = 0; i < run.workload->task_count; i++) {
        ck_assert_int_eq(metrics[0]->task[i].result,
                         metrics[1]->task[i].result);
    }
    ck_assert_int_eq(metrics[0]->task[0].result, 4950 + 6);
    for (int i = 0; i < 2; i++) {
        metrics_free(metrics[i]);
        history_free(history[i]);
    }
    running_fini(&run);
    running_fini(&model);
}
END_TEST

/* --- what tasks wait for -------------------------------------------------- */

/* Tasks that wait for the same thing, in the order they came. */
struct waiting {
    int task[TASKS_MAX];
    int count;
};

static void come(struct waiting *waiting, int task)
{
    waiting->task[waiting->count++] = task;
}

/* The task is served; if it waited it must have been the first. */
static void serve(struct waiting *waiting, int task)
{
    for (int i = 0; i < waiting->count; i++) {
        if (waiting->task[i] == task) {
            ck_assert_int_eq(i, 0);
            waiting->count--;
            memmove(waiting->task, waiting->task + 1,
                    (size_t)waiting->count * sizeof(waiting->task[0]));
            return;
        }
    }
}

START_TEST(a_lock_has_one_owner_and_serves_in_order)
{
    struct running run;
    struct waiting waiting = { .count = 0 };
    int owner = -1;
    int64_t value = 0;

    begin_and_go(&run, _i,
                 "shared n = 0\n"
                 "task A B C D: repeat 5 (lock m, read n, cpu 1, yield,"
                 " write n+1, unlock m)\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = at(&run, i);
        int task = (int)event->task;

        switch (event->kind) {
        case EVENT_BLOCKED:
            ck_assert_int_eq(event->object, WAIT_LOCK);
            ck_assert_int_ne(owner, task);
            come(&waiting, task);
            break;
        case EVENT_LOCKED:
            ck_assert_int_eq(owner, -1);
            serve(&waiting, task);
            owner = task;
            break;
        case EVENT_UNLOCKED:
            ck_assert_int_eq(owner, task);
            owner = -1;
            break;
        case EVENT_WRITE:
            ck_assert_int_eq(owner, task);
            value = event->value;
            break;
        default:
            break;
        }
    }
    ck_assert_int_eq(value, 20);
    running_fini(&run);
}
END_TEST

/* Messages and receivers are both served in the order they came. */
static void check_channel(int i, const char *text, int messages, int room)
{
    struct running run;
    struct waiting senders = { .count = 0 };
    struct waiting receivers = { .count = 0 };
    int sent = 0;
    int received = 0;

    begin_and_go(&run, i, text);
    if (runs_to_the_end(&run)) { /* the first sender never gets through */
        ck_assert_int_eq(running_outcome(&run), OUTCOME_DEADLOCK);
        running_fini(&run);
        return;
    }
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t k = 0; k < trace_count(run.trace); k++) {
        const struct event *event = at(&run, k);
        int task = (int)event->task;

        if (event->kind == EVENT_BLOCKED) {
            come(event->object == WAIT_SEND ? &senders : &receivers, task);
        } else if (event->kind == EVENT_SENT) {
            serve(&senders, task);
            sent++;
            ck_assert_int_le(sent - received, room);
        } else if (event->kind == EVENT_RECEIVED) {
            serve(&receivers, task);
            received++;
            ck_assert_int_le(received, sent);
        }
    }
    ck_assert_int_eq(sent, messages);
    ck_assert_int_eq(received, messages);
    running_fini(&run);
}

START_TEST(a_channel_serves_in_order)
{
    check_channel(_i,
                  "channel c size 2\n"
                  "task A B C: repeat 4 (cpu 1, send c)\n"
                  "task D E: repeat 6 (recv c, cpu 1)\n",
                  12, 3);
}
END_TEST

START_TEST(a_rendezvous_hands_over_directly)
{
    check_channel(_i,
                  "channel c\n"
                  "task A B: repeat 4 (send c)\n"
                  "task C D: repeat 4 (recv c, yield)\n",
                  8, 1);
}
END_TEST

START_TEST(a_barrier_opens_when_all_are_there)
{
    struct running run;
    int before = 0;
    int after = 0;

    begin_and_go(&run, _i,
                 "barrier b 3\n"
                 "task A: cpu 1, sum 1..1, wait b, sum nothing\n"
                 "task B: sum 1..1, wait b, sum nothing\n"
                 "task C: sleep 1, sum 1..1, wait b, sum nothing\n");
    if (runs_to_the_end(&run)) {
        ck_assert_int_eq(running_outcome(&run), OUTCOME_DEADLOCK);
        running_fini(&run);
        return;
    }
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(running_count(&run, EVENT_PASSED, -1), 1);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        if (at(&run, i)->kind == EVENT_SUM && at(&run, i)->object == 1) {
            before++;
        } else if (at(&run, i)->kind == EVENT_SUM) {
            ck_assert_int_eq(before, 3);
            after++;
        }
    }
    ck_assert_int_eq(after, 3);
    running_fini(&run);
}
END_TEST

START_TEST(a_sum_adds_all_its_numbers)
{
    struct running run;
    int64_t result[2] = { 0, 0 };

    begin_and_go(&run, _i,
                 "task A: sum -3..1000000, sum 7..7\n"
                 "task B: sum -1000000..-999998, cpu 1, sum nothing\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        if (at(&run, i)->kind == EVENT_RESULT)
            result[at(&run, i)->task] = at(&run, i)->value;
    }
    ck_assert_int_eq(result[0], INT64_C(500000500000) - 6 + 7);
    ck_assert_int_eq(result[1], -2999997);
    running_fini(&run);
}
END_TEST

START_TEST(a_real_run_says_who_was_where_and_how_long)
{
    struct running run;
    int real = _i % 2 == 0;

    begin_and_go(&run, _i, "task A: sum 0..99, sleep 1\ntask B: sum 1..2\n");
    for (int task = 0; task < 2; task++) {
        size_t i = running_find(&run, EVENT_CPU_TIME, task, 0);

        ck_assert_int_eq(running_count(&run, EVENT_THREAD, task), real);
        ck_assert_int_eq(running_count(&run, EVENT_CPU_TIME, task), real);
        ck_assert_int_eq(running_count(&run, EVENT_CPU_ID, task) > 0,
                         real && cores_here() >= 0);
        ck_assert(!real || at(&run, i)->value > 0);
    }
    running_fini(&run);
}
END_TEST

START_TEST(a_sum_without_a_loop_is_the_same)
{
    for (int i = 0; i < 200; i++) {
        int64_t first = (i % 7 - 3) * INT64_C(90000019);
        int64_t last = first + i * i - 3;
        uint64_t sum;

        ck_assert(sum_really(first, last, &sum, NULL, NULL));
        ck_assert_uint_eq(sum, sum_formula(first, last));
    }
    ck_assert_uint_eq(sum_formula(-1000000000, 1000000000), 0);
    ck_assert_uint_eq(sum_count(INT64_MIN, INT64_MAX), UINT64_MAX);
    ck_assert_uint_eq(sum_formula(INT64_MIN, INT64_MAX), (uint64_t)1 << 63);
    ck_assert_uint_eq(sum_formula(2, 1), 0);
}
END_TEST

START_TEST(who_joins_goes_on_after_the_other_is_done)
{
    struct running run;

    begin_and_go(&run, _i,
                 "task A: cpu 1, spawn B, yield, join B, sum 1..2\n"
                 "task B at spawn: cpu 2, sleep 1, cpu 1\n"
                 "task C: cpu 1\n");
    if (runs_to_the_end(&run)) {
        ck_assert_int_eq(running_outcome(&run), OUTCOME_DEADLOCK);
        running_fini(&run);
        return;
    }
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_uint_lt(running_find(&run, EVENT_SPAWNED, 0, 0),
                      running_find(&run, EVENT_RUN, 1, 0));
    ck_assert_uint_lt(running_find(&run, EVENT_DONE, 1, 0),
                      running_find(&run, EVENT_SUM, 0, 0));
    running_fini(&run);
}
END_TEST

/* A pause is a value if the caller goes on; at the end of its turn it is none:
 * the generator stops with it. */
START_TEST(a_generator_gives_one_value_a_call)
{
    struct running run;
    int values = 0;

    begin_and_go(&run, _i,
                 "generator G: repeat 3 (cpu 1, yield)\n"
                 "task A: next G, cpu 1, next G, next G, next G, next G\n"
                 "task B: cpu 2\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = at(&run, i);

        if (event->kind == EVENT_PAUSE &&
            running_find(&run, EVENT_RUN, 1, i) <
                running_find(&run, EVENT_READY, 1, i)) {
            ck_assert_int_eq(event->task, 0);
            ck_assert_int_eq(event->value, 1);
            values++;
        }
    }
    ck_assert_int_eq(values, 3);
    ck_assert_int_eq(running_count(&run, EVENT_CALLED, 1), 5);
    ck_assert_int_eq(running_count(&run, EVENT_DONE, 0), 1);
    running_fini(&run);
}
END_TEST

START_TEST(with_one_key_one_task_works)
{
    struct history *history;
    struct running run;
    int working = 0;

    begin(&run, _i,
          "generator G: cpu 1\n"
          "task A B: repeat 3 (cpu 2, sleep 1)\n"
          "task C: cpu 4, next G\n");
    run.options.gil_ns = NS_PER_MS / 4;
    running_go(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        if (at(&run, i)->kind == EVENT_CPU) {
            ck_assert_int_eq(++working, 1);
        } else if (at(&run, i)->kind == EVENT_WORKED) {
            ck_assert_int_eq(--working, 0);
        }
    }
    history = history_new(run.trace); /* nor does asking for it count */
    history_update(history);
    ck_assert_int_eq(history_max_working(history), 1);
    history_free(history);
    running_fini(&run);
}
END_TEST

/* A stop ends the task and not just the job. */
START_TEST(jobs_come_again_until_there_are_no_more)
{
    static const struct {
        const char *text;
        int jobs;
    } row[] = {
        { "shared n = 0\n"
          "task A period 2 times 3: cpu 1, n = n + 1, sum 1..2\n"
          "task B: cpu 1\n",
          3 },
        { "shared n = 0\n"
          "task A period 2 times 9: n = n + 1, sum 1..2, if n == 2 (stop)\n",
          2 },
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct running run;

        begin_and_go(&run, _i, row[i].text);
        ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
        ck_assert_int_eq(running_count(&run, EVENT_WRITE, 0), row[i].jobs);
        ck_assert_int_eq(running_count(&run, EVENT_DONE, 0), 1);
        running_fini(&run);
    }
}
END_TEST

/* --- how runs end --------------------------------------------------------- */

START_TEST(a_stuck_run_ends_and_says_who_waits_for_whom)
{
    struct running run;
    struct history *history;
    struct metrics *metrics;

    begin_and_go(&run, _i,
                 "barrier b 2\n"
                 "task A: lock spoon, wait b, lock cup, cpu 1,"
                 " unlock cup, unlock spoon\n"
                 "task B: lock cup, wait b, lock spoon, cpu 1,"
                 " unlock spoon, unlock cup\n"
                 "task C: cpu 1\n");
    history = history_new(run.trace);
    history_update(history);
    metrics = metrics_new(history);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_DEADLOCK);
    if (!runs_to_the_end(&run)) { /* there A waits at the barrier for ever */
        ck_assert_uint_eq(metrics->cycle_count, 3);
        ck_assert_int_eq(metrics->cycle[0] + metrics->cycle[1], 1);
        ck_assert_int_eq(metrics->cycle[0], metrics->cycle[2]);
        ck_assert_int_eq(running_count(&run, EVENT_DONE, 2), 1);
    }
    metrics_free(metrics);
    history_free(history);
    running_fini(&run);
}
END_TEST

START_TEST(a_run_in_which_all_only_go_round_ends)
{
    static const char *const text[] = {
        "task A: repeat ()\n",
        "shared f = 0\ntask A: while f == 0 ()\ntask B: while f == 0 (yield)\n",
        "shared f = 0\ntask A: sleep 1, while f == 0 (yield)\n",
    };

    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct running run;

        begin_and_go(&run, _i, text[i]);
        ck_assert_int_eq(running_outcome(&run), OUTCOME_LIVELOCK);
        running_fini(&run);
    }
}
END_TEST

/* One that cannot be calculated, too, wherever others are. */
START_TEST(a_run_that_fails_ends_and_says_where)
{
    struct running run;

    begin(&run, _i,
          "shared n = 0\n"
          "task A: sleep 1, n = 5 / n\n"
          "task B: sum 1..3, repeat 100000 (cpu 1, yield)\n"
          "task C: lock m, sleep 1000\n"
          "task D: lock m\n");
    if (runs_to_the_end(&run)) /* there is no turn for A behind B */
        run.workload->task_count = 1;
    running_go(&run);
    ck_assert_int_eq(run.error, -EDOM);
    ck_assert_int_eq(run.diag.line, 2);
    ck_assert_ptr_nonnull(strstr(run.diag.message, "zero"));
    running_fini(&run);
}
END_TEST

START_TEST(the_limit_ends_work_without_end)
{
    struct running run;

    begin(&run, _i,
          "task A: cpu forever\n"
          "task B: sleep 2, cpu 1\n"
          "task C: lock m, sleep 1000\n");
    run.options.limit_ns = 10 * NS_PER_MS;
    running_go(&run);
    ck_assert_int_eq(run.error, 0);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_LIMIT);
    ck_assert_int_eq(running_count(&run, EVENT_DONE, 0), 0);
    ck_assert_int_eq(running_count(&run, EVENT_WORKED, 0),
                     running_count(&run, EVENT_CPU, 0));
    running_fini(&run);
}
END_TEST

static void *go(void *argument)
{
    running_go(argument);
    return NULL;
}

/* Stop a real run of a mode as soon as somebody in it does what kind says. */
static void stop_when(int mode, const char *text, enum event_kind kind)
{
    struct running run;
    pthread_t thread;

    begin(&run, 2 * mode, text);
    run.options.gate = gate_new();
    running_prepare(&run);
    ck_assert_int_eq(pthread_create(&thread, NULL, go, &run), 0);
    while (running_count(&run, kind, -1) == 0) {
        sched_yield();
    }
    gate_stop(run.options.gate);
    pthread_join(thread, NULL);
    ck_assert_int_eq(run.error, 0);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_STOPPED);
    gate_free(run.options.gate);
    running_fini(&run);
}

START_TEST(a_person_can_stop_those_who_work)
{
    stop_when(_i, "task A B: cpu forever\n", EVENT_CPU);
}
END_TEST

START_TEST(a_person_can_stop_those_who_sleep)
{
    stop_when(_i, "task A: sleep 1000000\n",
              executor_table[_i]->mode->traits & TO_THE_END ? EVENT_HOLD
                                                            : EVENT_AWAIT);
}
END_TEST

START_TEST(a_person_can_stop_those_who_block)
{
    stop_when(_i, "task A: block 1000000\n",
              executor_table[_i]->mode->traits & PREEMPTIVE ? EVENT_AWAIT
                                                            : EVENT_HOLD);
}
END_TEST

/* Stops the run as soon as so many more events are written. */
struct stopper {
    struct trace_listener listener;
    struct gate *gate;
    size_t left;
};

static bool stopper_begin(struct trace_listener *listener,
                          const struct trace *trace)
{
    (void)listener;
    (void)trace;
    return true;
}

static void stopper_event(struct trace_listener *listener,
                          const struct event *event)
{
    struct stopper *stopper = (struct stopper *)listener;

    (void)event;
    if (stopper->left-- == 0)
        gate_stop(stopper->gate);
}

/* Returns false if the run had ended before. */
static bool stop_after(int i, const char *text, size_t events)
{
    struct stopper stopper = { { stopper_begin, stopper_event },
                               gate_new(),
                               events };
    struct running run;
    bool stopped;

    begin(&run, i, text);
    run.options.gate = stopper.gate;
    running_prepare(&run);
    trace_listen(run.trace, &stopper.listener);
    running_go(&run);
    ck_assert_int_eq(run.error, 0);
    stopped = gate_stopped(stopper.gate);
    if (stopped && running_outcome(&run) != OUTCOME_FINISHED)
        ck_assert_int_eq(running_outcome(&run), OUTCOME_STOPPED);
    gate_free(stopper.gate);
    running_fini(&run);
    return stopped;
}

START_TEST(a_run_stopped_at_any_event_ends)
{
    size_t step = _i % 2 == 0 ? 5 : 1; /* real ones take their time */

    for (size_t events = 0; stop_after(_i, mixed, events); events += step)
        continue;
}
END_TEST

START_TEST(a_run_stopped_before_it_begins_ends)
{
    struct running run;

    begin(&run, _i, "task A: cpu forever\n");
    run.options.gate = gate_new();
    run.options.limit_ns = NS_PER_S;
    gate_stop(run.options.gate);
    running_go(&run);
    if (!run.options.model) {
        ck_assert_int_eq(running_outcome(&run), OUTCOME_STOPPED);
    }
    gate_free(run.options.gate);
    running_fini(&run);
}
END_TEST

/* Answers every question with the last candidate, until the run has ended. */
static void *pick_last(void *argument)
{
    const struct running *run = argument;
    int candidate[TASKS_MAX];

    while (running_outcome(run) < 0) {
        size_t count = gate_question(run->options.gate, candidate, TASKS_MAX);

        if (count > 0) {
            gate_answer(run->options.gate, count - 1);
        }
        sched_yield();
    }
    return NULL;
}

START_TEST(a_person_can_pick_who_is_next)
{
    struct running run;
    pthread_t thread;
    size_t index;

    begin(&run, _i, "task A B C D: cpu 1, yield, cpu 1\n");
    run.options.gate = gate_new();
    run.options.policy = POLICY_PICK;
    running_prepare(&run);
    ck_assert_int_eq(pthread_create(&thread, NULL, pick_last, &run), 0);
    running_go(&run);
    pthread_join(thread, NULL);
    ck_assert_int_eq(run.error, 0);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    index = running_find(&run, EVENT_PICK, 3, 0); /* D is the last in line */
    ck_assert_uint_lt(index, running_find(&run, EVENT_RUN, 0, 0));
    ck_assert_int_eq(at(&run, index + 1)->kind, EVENT_RUN);
    ck_assert_int_eq(at(&run, index + 1)->task, 3);
    gate_free(run.options.gate);
    running_fini(&run);
}
END_TEST

/* --- order ---------------------------------------------------------------- */

/* The next event that the system has no part in, or NULL. */
static const struct event *next_of_its_own(const struct running *run,
                                           size_t *index)
{
    while (*index < trace_count(run->trace)) {
        const struct event *event = at(run, (*index)++);

        if (!running_by_system(event))
            return event;
    }
    return NULL;
}

START_TEST(a_repeatable_mode_repeats_itself)
{
    static const char *const text =
        "channel c size 1\n"
        "barrier b 3\n"
        "generator G: cpu 1, yield\n"
        "task A: repeat 3 (cpu 2, yield, lock m, yield, unlock m), wait b\n"
        "task B: cpu 3, send c, send c, lock m, cpu 1, unlock m, wait b\n"
        "task C: recv c, next G, cpu 2, yield, recv c, next G, wait b\n";
    struct running run[2];

    for (int i = 0; i < 2; i++) {
        begin_and_go(&run[i], _i, text);
    }
    if (run[0].options.model || run[0].executor->mode->traits & REPEATABLE) {
        size_t i = 0, k = 0;
        const struct event *left, *right;

        while ((left = next_of_its_own(&run[0], &i)) != NULL) {
            right = next_of_its_own(&run[1], &k);
            ck_assert_ptr_nonnull(right);
            ck_assert_int_eq(left->kind, right->kind);
            ck_assert_int_eq(left->task, right->task);
            ck_assert_int_eq(left->object, right->object);
        }
        ck_assert_ptr_null(next_of_its_own(&run[1], &k));
    }
    running_fini(&run[0]);
    running_fini(&run[1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_contract");
    TCase *tests = tcase_create("contract");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, all_work_is_done_once, 0, RUNS);
    tcase_add_loop_test(tests, the_steps_of_a_task_keep_their_order, 0, RUNS);
    tcase_add_loop_test(tests, a_machine_serves_one_task_at_a_time, 0, RUNS);
    tcase_add_loop_test(
        tests, results_and_checksums_are_those_of_every_other_mode, 0, RUNS);
    tcase_add_loop_test(tests, a_lock_has_one_owner_and_serves_in_order, 0,
                        RUNS);
    tcase_add_loop_test(tests, a_channel_serves_in_order, 0, RUNS);
    tcase_add_loop_test(tests, a_rendezvous_hands_over_directly, 0, RUNS);
    tcase_add_loop_test(tests, a_barrier_opens_when_all_are_there, 0, RUNS);
    tcase_add_loop_test(tests, a_sum_adds_all_its_numbers, 0, RUNS);
    tcase_add_loop_test(tests, a_real_run_says_who_was_where_and_how_long, 0,
                        RUNS);
    tcase_add_test(tests, a_sum_without_a_loop_is_the_same);
    tcase_add_loop_test(tests, who_joins_goes_on_after_the_other_is_done, 0,
                        RUNS);
    tcase_add_loop_test(tests, a_generator_gives_one_value_a_call, 0, RUNS);
    tcase_add_loop_test(tests, with_one_key_one_task_works, 0, RUNS);
    tcase_add_loop_test(tests, a_stuck_run_ends_and_says_who_waits_for_whom, 0,
                        RUNS);
    tcase_add_loop_test(tests, jobs_come_again_until_there_are_no_more, 0,
                        RUNS);
    tcase_add_loop_test(tests, a_run_in_which_all_only_go_round_ends, 0, RUNS);
    tcase_add_loop_test(tests, a_run_that_fails_ends_and_says_where, 0, RUNS);
    tcase_add_loop_test(tests, the_limit_ends_work_without_end, 0, RUNS);
    tcase_add_loop_test(tests, a_person_can_stop_those_who_work, 0, MODES);
    tcase_add_loop_test(tests, a_person_can_stop_those_who_sleep, 0, MODES);
    tcase_add_loop_test(tests, a_person_can_stop_those_who_block, 0, MODES);
    tcase_add_loop_test(tests, a_run_stopped_at_any_event_ends, 0, RUNS);
    tcase_add_loop_test(tests, a_run_stopped_before_it_begins_ends, 0, RUNS);
    tcase_add_loop_test(tests, a_person_can_pick_who_is_next, 0, RUNS);
    tcase_add_loop_test(tests, a_repeatable_mode_repeats_itself, 0, RUNS);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
