/*
 * explore_test.c -- bad orders are found, and come again by their code:
 * in the model byte by byte, as real coroutines event by event.
 */
#include "tests/suite.h"

#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/explore/explore.h"
#include "sched/history/history.h"
#include "sched/programs/programs.h"
#include "sched/run/executor.h"
#include "sched/scheduler/schedule.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "tests/check/trace_check.h"
#include "tests/sched/parsed.h"
#include "tests/sched/random_workload.h"
#include "tests/sched/running.h"

enum {
    REPLAYS = 100,
    RANDOM_WORKLOADS = 300,
    RANDOM_DEPARTURES = 12,
    HOSTILE_CODES = 20000,
};

static struct workload *open_program(const char *name)
{
    struct diag diag = { .message = "" };
    struct workload *workload = programs_open(name, &diag);

    ck_assert_msg(workload != NULL, "%s", diag.message);
    return workload;
}

static struct explored *explore_well(const struct workload *workload,
                                     bool preemptive, int64_t schedules)
{
    struct explore_options options = {
        .preemptive = preemptive,
        .schedules = schedules,
        .max_preemptions = -1,
        .seed = 1,
    };
    struct diag diag = { .message = "" };
    struct explored *explored = explore(workload, &options, &diag);

    ck_assert_msg(explored != NULL, "%s", diag.message);
    return explored;
}

/* --- one run of a schedule ------------------------------------------------ */

static struct trace *replay(const struct workload *workload, const char *mode,
                            const struct schedule *schedule, bool model)
{
    const struct executor *executor = executor_find(mode);
    struct diag diag = { .message = "" };
    struct run_options options;
    struct trace *trace;
    int error;

    executor_defaults(&options, executor, workload);
    schedule_apply(&options, schedule);
    options.model = model;
    options.iterations_per_ms = 300; /* work is 2000 times shorter */
    trace = executor_trace(executor, workload, &options);
    error = executor_run(executor, workload, &options, trace, &diag);
    ck_assert_msg(error == 0, "%s", diag.message);
    ck_assert_msg(trace_check(trace, &diag), "%s", diag.message);
    return trace;
}

/* A hash over what happened to whom, in order; with times if exact. */
static uint64_t hash_of(const struct trace *trace, bool exact)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        if (running_by_system(event))
            continue;
        hash = random_mix(hash + event->kind);
        hash = random_mix(hash + event->task);
        hash = random_mix(hash + (uint64_t)(int64_t)event->object);
        if (exact) {
            hash = random_mix(hash + (uint64_t)event->t_ns);
            hash = random_mix(hash + (uint64_t)event->value);
        }
    }
    return hash;
}

static uint64_t hash_of_replay(const struct workload *workload,
                               const char *mode,
                               const struct schedule *schedule, bool model)
{
    struct trace *trace = replay(workload, mode, schedule, model);
    uint64_t hash = hash_of(trace, model);

    trace_free(trace);
    return hash;
}

/* --- the three mistakes --------------------------------------------------- */

static const struct {
    const char *name;
    bool preemptive;
    enum finding_kind kind;
} mistake[] = {
    { "lost-update", true, FINDING_LOST_UPDATE },
    { "crossed", true, FINDING_DEADLOCK },
    { "lost-wakeup", true, FINDING_STUCK },
    { "lost-wakeup", false, FINDING_STUCK },
};

START_TEST(each_mistake_is_found)
{
    struct workload *workload = open_program(mistake[_i].name);
    struct explored *explored = explore_well(workload, mistake[_i].preemptive,
                                             2000);

    ck_assert_uint_eq(explored->count, 1);
    ck_assert_int_eq(explored->finding[0].kind, mistake[_i].kind);
    ck_assert_int_gt(explored->finding[0].runs, 0);
    ck_assert_uint_le(explored->finding[0].schedule.count, 2);
    ck_assert(explored->complete);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(each_mistake_is_found_whatever_the_seed)
{
    struct workload *workload = open_program(mistake[_i].name);

    for (uint64_t seed = 0; seed < 50; seed++) {
        struct explore_options options = {
            .preemptive = mistake[_i].preemptive,
            .schedules = 100,
            .seed = seed,
        };
        struct diag diag;
        struct explored *explored = explore(workload, &options, &diag);

        ck_assert_uint_eq(explored->count, 1);
        ck_assert_int_le(explored->finding[0].first, 50);
        explored_free(explored);
    }
    workload_free(workload);
}
END_TEST

START_TEST(the_usual_order_goes_well)
{
    struct workload *workload = open_program(mistake[_i].name);
    struct explored *explored = explore_well(workload, mistake[_i].preemptive,
                                             1);

    ck_assert_int_eq(explored->by_chance, 0);
    ck_assert_int_eq(explored->in_order, 1);
    ck_assert_uint_eq(explored->count, 0);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(coroutines_lose_nothing_between_read_and_write)
{
    struct workload *workload = open_program("lost-update");
    struct explored *explored = explore_well(workload, false, 100);

    ck_assert_uint_eq(explored->count, 0);
    ck_assert(explored->complete);
    ck_assert_uint_eq(explored->shared[0].count, 1);
    ck_assert_int_eq(explored->shared[0].value[0].value, 2);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(all_ends_of_a_variable_are_counted)
{
    struct workload *workload = open_program("lost-update");
    struct explored *explored = explore_well(workload, true, 1000);
    const struct endings *n = &explored->shared[0];

    ck_assert_uint_eq(n->count, 2);
    ck_assert_int_eq(n->value[0].value + n->value[1].value, 3);
    ck_assert_int_eq(n->value[0].runs + n->value[1].runs,
                     explored->by_chance + explored->in_order);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(a_lock_keeps_an_update)
{
    struct workload *workload = parsed(
        "shared n = 0\n"
        "task A B C: repeat 2 (lock m, read n, cpu 1, write n+1, unlock m)\n");
    struct explored *explored = explore_well(workload, true, 5000);

    ck_assert_uint_eq(explored->count, 0);
    ck_assert_uint_eq(explored->shared[0].count, 1);
    ck_assert_int_eq(explored->shared[0].value[0].value, 6);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(an_old_copy_is_a_lost_update_only_if_others_wrote)
{
    struct workload *workload = parsed(
        "shared n = 0\ntask A: read n, write n+1, write n+2\n");
    struct explored *explored = explore_well(workload, true, 100);

    ck_assert_uint_eq(explored->count, 0);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

/* --- going round for ever -------------------------------------------------- */

/* Whoever goes round and could leave never will, unless time does it. A round
 * that changes something is no spin, which the model finds without looking at
 * states. */
static const struct {
    const char *text;
    bool livelock;
} circle[] = {
    { "shared a = 0\nshared w = 0\n"
      "task A: spawn B, while a == 0 (w = 1, w = 0, yield)\n"
      "task B at spawn: while a == 0 (w = 1, w = 0, yield)\n",
      true },
    { "shared a = 0\nshared w = 0\n"
      "task A after C: repeat (w = 1, w = 0, if a == 1 (break), yield)\n"
      "task B: repeat (w = 1, w = 0, if a == 1 (stop), yield)\n"
      "task C: yield\n",
      true },
    { "channel c\nshared a = 0\n"
      "task A: while a == 0 (send c)\n"
      "task B: for x from c (yield)\n",
      true },
    { "shared a = 0\nshared w = 0\n"
      "task A daemon: repeat (w = 1, w = 0, yield)\n"
      "task B: while a == 0 (w = 1, w = 0, yield)\n",
      true },
    { "shared w = 0\n"
      "task A B: repeat (repeat (break), w = 1, w = 0, yield)\n",
      false },
    { "shared a = 0\ntask A[70]: while a == 0 (yield)\n", true },
    { "shared a = 0\nshared w = 0\n"
      "task A: block 5, a = 1\n"
      "task B: while a == 0 (w = 1, w = 0, yield)\n",
      false },
    { "shared a = 0\nshared w = 0\n"
      "task A: sleep 5, a = 1\n"
      "task B C: while a == 0 (w = 1, w = 0, yield)\n",
      false },
};

START_TEST(who_never_gets_out_of_a_loop_is_found)
{
    struct workload *workload = parsed(circle[_i].text);
    struct explored *explored = explore_well(workload, false, 100);

    ck_assert_uint_eq(explored->count, circle[_i].livelock);
    if (circle[_i].livelock)
        ck_assert_int_eq(explored->finding[0].kind, FINDING_LIVELOCK);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

/* --- how far the search comes --------------------------------------------- */

static const char seven[] =
    "shared n = 0\n"
    "task T1: read n, lock m1, spawn T2, lock m2, unlock m2, unlock m1\n"
    "task T2 at spawn: read n, lock m2, spawn T3, lock m3, unlock m3, "
    "unlock m2\n"
    "task T3 at spawn: read n, lock m3, spawn T4, lock m4, unlock m4, "
    "unlock m3\n"
    "task T4 at spawn: read n, lock m4, spawn T5, lock m5, unlock m5, "
    "unlock m4\n"
    "task T5 at spawn: read n, lock m5, spawn T6, lock m6, unlock m6, "
    "unlock m5\n"
    "task T6 at spawn: read n, lock m6, spawn T7, lock m7, unlock m7, "
    "unlock m6\n"
    "task T7 at spawn: read n, lock m7, lock m1, unlock m1, unlock m7\n";

START_TEST(a_mistake_that_needs_six_preemptions_is_found)
{
    struct workload *workload = parsed(seven);
    struct explored *explored = explore_well(workload, true, 0);

    ck_assert_uint_eq(explored->count, 1);
    ck_assert_int_eq(explored->finding[0].kind, FINDING_DEADLOCK);
    ck_assert_int_eq(explored->finding[0].stops, 6);
    ck_assert(explored->exhaustive);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

/* Who came first to a select is part of the state: C must send to A and to B,
 * or some order would be left out. */
START_TEST(whoever_waits_in_a_select_is_part_of_the_state)
{
    struct workload *workload = parsed(
        "shared n = 0\nchannel c\nchannel d\n"
        "task A: yield, select (recv c x: n = 1; recv d y: n = 2)\n"
        "task B: yield, select (recv c x: n = 3; recv d y: n = 4)\n"
        "task C: repeat 2 (yield), send c 1, yield, send d 1\n");
    struct explored *explored = explore_well(workload, true, 0);
    const struct endings *n = &explored->shared[0];

    ck_assert_uint_eq(explored->count, 0);
    ck_assert(explored->exhaustive);
    ck_assert_uint_eq(n->count, 4);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(bounded_is_not_proved)
{
    struct workload *workload = parsed(seven);
    struct explore_options options = {
        .preemptive = true, .schedules = 10000, .max_preemptions = 2, .seed = 1
    };
    struct diag diag;
    struct explored *explored = explore(workload, &options, &diag);

    ck_assert_uint_eq(explored->count, 0);
    ck_assert(explored->complete);
    ck_assert(!explored->exhaustive);
    ck_assert_int_eq(explored->all_up_to, 2);
    explored_free(explored);
    options.max_preemptions = -1;
    options.schedules = 100;
    explored = explore(workload, &options, &diag);
    ck_assert(!explored->complete);
    ck_assert(!explored->exhaustive);
    ck_assert_int_lt(explored->all_up_to, 2);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

static int64_t value_of_replay(const struct workload *workload,
                               const struct schedule *schedule)
{
    struct trace *trace = replay(workload, "coroutine", schedule, false);
    int64_t value = 0;

    for (size_t i = 0; i < trace_count(trace); i++)
        if (trace_at(trace, i)->kind == EVENT_WRITE)
            value = trace_at(trace, i)->value;
    trace_free(trace);
    return value;
}

/* Ben-Ari, Principles of Concurrent and Distributed Programming: 2, whatever
 * the number of rounds. */
START_TEST(the_smallest_and_the_largest_value_are_found)
{
    struct workload *workload = parsed(
        "shared n = 0\ntask P Q: repeat 10 (read n, write n+1)\n");
    struct explored *explored = explore_well(workload, true, 0);
    const struct endings *n = &explored->shared[0];

    ck_assert(explored->exhaustive);
    ck_assert_uint_eq(n->count, 19);
    ck_assert_int_eq(n->value[0].value, 2);
    ck_assert_int_eq(n->value[18].value, 20);
    ck_assert_int_eq(value_of_replay(workload, &n->least), 2);
    ck_assert_int_eq(value_of_replay(workload, &n->most), 20);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

/* Times are exact in the model, but a thread may be late for any reason. */
START_TEST(sleeping_protects_nobody)
{
    struct workload *workload = parsed(
        "task A: lock a, cpu 1, lock b, unlock b, unlock a\n"
        "task B: sleep 1000, lock b, cpu 1, lock a, unlock a, unlock b\n");
    struct explored *explored = explore_well(workload, true, 1000);

    ck_assert_uint_eq(explored->count, 1);
    ck_assert_int_eq(explored->finding[0].kind, FINDING_DEADLOCK);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(one_order_is_all_there_is_for_one_task)
{
    struct workload *workload = parsed("task A: cpu 5, lock m, unlock m\n");
    struct explored *explored = explore_well(workload, true, 100);

    ck_assert(explored->complete);
    ck_assert_int_eq(explored->in_order, 1);
    explored_free(explored);
    workload_free(workload);
}
END_TEST

START_TEST(what_the_model_cannot_run_is_refused)
{
    static const char *const text[] = { "task A: cpu forever\n",
                                        "task A period 50: cpu 10\n" };
    struct workload *workload = parsed(text[_i]);
    struct explore_options options = { .schedules = 10 };
    struct diag diag = { .message = "" };

    ck_assert_ptr_null(explore(workload, &options, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "--limit"));
    options.limit_ns = NS_PER_S;
    explored_free(explore(workload, &options, &diag));
    workload_free(workload);
}
END_TEST

/* --- replays -------------------------------------------------------------- */

START_TEST(a_schedule_comes_again_a_hundred_times)
{
    struct workload *workload = open_program(mistake[_i].name);
    struct explored *explored = explore_well(workload, mistake[_i].preemptive,
                                             1000);
    const struct schedule *schedule = &explored->finding[0].schedule;
    uint64_t model = hash_of_replay(workload, "coroutine", schedule, true);
    struct trace *trace = replay(workload, "coroutine", schedule, true);
    uint64_t order = hash_of(trace, false);

    trace_free(trace);
    for (int i = 0; i < REPLAYS; i++) {
        ck_assert_uint_eq(hash_of_replay(workload, "threads", schedule, true),
                          model);
        ck_assert_uint_eq(
            hash_of_replay(workload, "coroutine", schedule, false), order);
    }
    explored_free(explored);
    workload_free(workload);
}
END_TEST

/* Departures thrown by chance: many of them are possible somewhere. */
static void throw_schedule(struct schedule *schedule, uint64_t *random)
{
    uint32_t at = 0;

    for (int i = 0; i < RANDOM_DEPARTURES; i++) {
        at += (uint32_t)random_below(random, 4);
        schedule_add(schedule, at++, 1 + (uint32_t)random_below(random, 3));
    }
}

START_TEST(any_schedule_of_any_workload_comes_again_for_real)
{
    for (uint64_t seed = 0; seed < RANDOM_WORKLOADS; seed++) {
        uint64_t random = seed;
        struct schedule schedule;
        struct workload *workload;
        struct trace *model, *real;
        struct strbuf text;

        strbuf_init(&text);
        random_workload_in(&text, seed, "0us");
        workload = parsed(text.text);
        schedule_init(&schedule, workload, seed % 2);
        throw_schedule(&schedule, &random);
        model = replay(workload, "coroutine", &schedule, true);
        real = replay(workload, "coroutine", &schedule, false);
        ck_assert_msg(hash_of(model, false) == hash_of(real, false),
                      "seed %d:\n%s", (int)seed, text.text);
        trace_free(model);
        trace_free(real);
        schedule_fini(&schedule);
        workload_free(workload);
        strbuf_fini(&text);
    }
}
END_TEST

START_TEST(modes_that_cannot_follow_say_so)
{
    static const char *const modes[] = { "sequential", "threads", "parallel" };
    struct workload *workload = open_program("crossed");
    const struct executor *executor = executor_find(modes[_i]);
    struct diag diag = { .message = "" };
    struct run_options options;
    struct schedule schedule;
    struct trace *trace;

    schedule_init(&schedule, workload, true);
    executor_defaults(&options, executor, workload);
    schedule_apply(&options, &schedule);
    trace = executor_trace(executor, workload, &options);
    ck_assert_int_lt(executor_run(executor, workload, &options, trace, &diag),
                     0);
    ck_assert_ptr_nonnull(strstr(diag.message, "schedule"));
    trace_free(trace);
    workload_free(workload);
}
END_TEST

/* --- codes ---------------------------------------------------------------- */

static void assert_same(const struct schedule *a, const struct schedule *b)
{
    ck_assert_int_eq(a->preemptive, b->preemptive);
    ck_assert_uint_eq(a->workload, b->workload);
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        ck_assert_uint_eq(a->departure[i].at, b->departure[i].at);
        ck_assert_uint_eq(a->departure[i].choice, b->departure[i].choice);
    }
}

START_TEST(a_code_says_the_whole_schedule)
{
    struct workload *workload = open_program("crossed");
    uint64_t random = 1;

    for (int count = 0; count < 200; count++) {
        struct schedule schedule, again;
        struct diag diag;
        struct strbuf code;
        uint32_t at = 0;

        strbuf_init(&code);
        schedule_init(&schedule, workload, count % 2);
        for (int i = 0; i < count; i++) {
            at += 1 + (uint32_t)random_below(&random, 1U << count % 20);
            schedule_add(&schedule, at,
                         1 + (uint32_t)random_below(&random, 1U << count % 9));
        }
        schedule_encode(&code, &schedule);
        ck_assert(schedule_decode(&again, code.text, workload, &diag));
        assert_same(&schedule, &again);
        schedule_fini(&again);
        schedule_fini(&schedule);
        strbuf_fini(&code);
    }
    workload_free(workload);
}
END_TEST

static void make_code(struct strbuf *code, const struct workload *workload)
{
    struct schedule schedule;

    schedule_init(&schedule, workload, true);
    schedule_add(&schedule, 1, 1);
    schedule_add(&schedule, 200, 2);
    schedule_encode(code, &schedule);
    schedule_fini(&schedule);
}

static bool reads(const char *code, const struct workload *workload,
                  struct diag *diag)
{
    struct schedule schedule;

    if (!schedule_decode(&schedule, code, workload, diag))
        return false;
    schedule_fini(&schedule);
    return true;
}

START_TEST(people_may_write_a_code_as_they_like)
{
    struct workload *workload = open_program("crossed");
    struct strbuf code, loose;
    struct diag diag;

    strbuf_init(&code);
    strbuf_init(&loose);
    make_code(&code, workload);
    for (size_t i = 0; i < code.length; i++) {
        char c = code.text[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        strbuf_addc(&loose, c == '0' ? 'o' : c == '1' ? 'l' : c);
        strbuf_adds(&loose, i % 4 == 3 ? "-" : "");
    }
    ck_assert(reads(loose.text, workload, &diag));
    strbuf_fini(&loose);
    strbuf_fini(&code);
    workload_free(workload);
}
END_TEST

START_TEST(a_slip_of_the_finger_is_noticed)
{
    struct workload *workload = open_program("crossed");
    struct strbuf code;
    struct diag diag;
    int read = 0;

    strbuf_init(&code);
    make_code(&code, workload);
    for (size_t i = 0; i < code.length; i++) {
        char right = code.text[i];

        for (const char *c = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; *c; c++) {
            code.text[i] = *c;
            read += reads(code.text, workload, &diag);
        }
        code.text[i] = right;
    }
    ck_assert_int_eq(read, (int)code.length); /* only itself */
    strbuf_fini(&code);
    workload_free(workload);
}
END_TEST

START_TEST(a_foreign_code_is_refused)
{
    struct workload *crossed = open_program("crossed");
    struct workload *other = open_program("lost-update");
    struct diag diag = { .message = "" };
    struct strbuf code;

    strbuf_init(&code);
    make_code(&code, crossed);
    ck_assert(!reads(code.text, other, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "another workload"));
    ck_assert_ptr_nonnull(strstr(diag.message, "lost-update"));
    strbuf_fini(&code);
    workload_free(other);
    workload_free(crossed);
}
END_TEST

/* The sum is right, but nobody writes such a thing. */
START_TEST(a_code_that_makes_no_sense_is_refused)
{
    static const struct {
        struct departure departure[2];
        int count;
    } row[] = {
        { { { 1, 0 } }, 1 },
        { { { UINT32_MAX, 1 } }, 1 },
        { { { 1, UINT32_MAX } }, 1 },
        { { { INT32_MAX, 1 }, { (uint32_t)INT32_MAX + 1, 1 } }, 2 },
        { { { 1, 1 } }, SCHEDULE_DEPARTURES_MAX + 1 },
    };
    struct workload *workload = open_program("crossed");

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct diag diag = { .message = "" };
        struct schedule schedule;
        struct strbuf code;

        strbuf_init(&code);
        schedule_init(&schedule, workload, true);
        for (int k = 0; k < row[i].count; k++)
            if (row[i].count > 2)
                schedule_add(&schedule, (uint32_t)k, 1);
            else
                schedule_add(&schedule, row[i].departure[k].at,
                             row[i].departure[k].choice);
        schedule_encode(&code, &schedule);
        ck_assert(!reads(code.text, workload, &diag));
        ck_assert_str_eq(diag.message, "this schedule code makes no sense");
        schedule_fini(&schedule);
        strbuf_fini(&code);
    }
    workload_free(workload);
}
END_TEST

START_TEST(a_code_that_is_too_long_is_none)
{
    struct workload *workload = open_program("crossed");
    struct diag diag = { .message = "" };
    struct strbuf code;

    strbuf_init(&code);
    for (int i = 0; i <= 16 * SCHEDULE_DEPARTURES_MAX; i++)
        strbuf_addc(&code, '0');
    ck_assert(!reads(code.text, workload, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "not a schedule code"));
    strbuf_fini(&code);
    workload_free(workload);
}
END_TEST

START_TEST(codes_of_programs_and_of_workloads_are_told_apart)
{
    static const struct schedule_program program = { 12345, 77 };
    struct workload *workload = open_program("crossed");
    struct diag diag = { .message = "" };
    struct schedule schedule;
    struct strbuf code;

    strbuf_init(&code);
    schedule_init_program(&schedule, &program);
    schedule_encode(&code, &schedule);
    ck_assert(!reads(code.text, workload, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "belongs to a program"));
    strbuf_clear(&code);
    make_code(&code, workload);
    ck_assert(!schedule_decode_program(&schedule, code.text, &program, "make",
                                       &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "belongs to a workload"));
    strbuf_fini(&code);
    workload_free(workload);
}
END_TEST

START_TEST(comments_and_spaces_make_no_other_workload)
{
    struct workload *one = parsed("task A: cpu 1\n");
    struct workload *two = parsed("# so\n\ntask  A:  cpu 1ms\n");
    struct workload *three = parsed("task A: cpu 2\n");

    ck_assert_uint_eq(schedule_hash(one), schedule_hash(two));
    ck_assert_uint_ne(schedule_hash(one), schedule_hash(three));
    workload_free(one);
    workload_free(two);
    workload_free(three);
}
END_TEST

START_TEST(programs_in_c_are_told_apart_by_name)
{
    struct workload *one = open_program("philosophers");
    struct workload *two = open_program("philosophers-deadlock");

    ck_assert_uint_ne(schedule_hash(one), schedule_hash(two));
    workload_free(one);
    workload_free(two);
}
END_TEST

/* Nobody's code, and codes with bytes changed: no crash, and none is read by
 * chance more often than the check sum allows. */
START_TEST(hostile_codes_do_no_harm)
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    struct workload *workload = open_program("crossed");
    uint64_t random = 7;
    int read = 0;

    for (int i = 0; i < HOSTILE_CODES; i++) {
        char code[64];
        size_t length = (size_t)random_below(&random, sizeof code);
        struct diag diag;

        for (size_t j = 0; j < length; j++) {
            uint64_t any = random_next(&random);

            code[j] = i % 2 ? (char)(1 + any % 255) : letters[any % 32];
        }
        code[length > 0 ? length - 1 : 0] = '\0';
        read += reads(code, workload, &diag);
    }
    ck_assert_int_eq(read, 0);
    workload_free(workload);
}
END_TEST

/* A code may ask for what is impossible here: then the nearest is done. */
START_TEST(a_choice_too_far_is_the_last_there_is)
{
    struct workload *workload = open_program("crossed");
    struct schedule schedule;

    schedule_init(&schedule, workload, true);
    for (uint32_t at = 0; at < 20; at++)
        schedule_add(&schedule, at, 1000);
    ck_assert_uint_eq(hash_of_replay(workload, "threads", &schedule, true),
                      hash_of_replay(workload, "threads", &schedule, true));
    schedule_fini(&schedule);
    workload_free(workload);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched/explore");
    TCase *tests = tcase_create("explore");
    int mistakes = (int)(sizeof mistake / sizeof *mistake);

    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, each_mistake_is_found, 0, mistakes);
    tcase_add_loop_test(tests, each_mistake_is_found_whatever_the_seed, 0,
                        mistakes);
    tcase_add_loop_test(tests, the_usual_order_goes_well, 0, mistakes);
    tcase_add_test(tests, coroutines_lose_nothing_between_read_and_write);
    tcase_add_test(tests, all_ends_of_a_variable_are_counted);
    tcase_add_test(tests, a_lock_keeps_an_update);
    tcase_add_test(tests, an_old_copy_is_a_lost_update_only_if_others_wrote);
    tcase_add_loop_test(tests, who_never_gets_out_of_a_loop_is_found, 0,
                        (int)(sizeof circle / sizeof *circle));
    tcase_add_test(tests, a_mistake_that_needs_six_preemptions_is_found);
    tcase_add_test(tests, whoever_waits_in_a_select_is_part_of_the_state);
    tcase_add_test(tests, bounded_is_not_proved);
    tcase_add_test(tests, the_smallest_and_the_largest_value_are_found);
    tcase_add_test(tests, sleeping_protects_nobody);
    tcase_add_test(tests, one_order_is_all_there_is_for_one_task);
    tcase_add_loop_test(tests, what_the_model_cannot_run_is_refused, 0, 2);
    tcase_add_loop_test(tests, a_schedule_comes_again_a_hundred_times, 0,
                        mistakes);
    tcase_add_test(tests, any_schedule_of_any_workload_comes_again_for_real);
    tcase_add_loop_test(tests, modes_that_cannot_follow_say_so, 0, 3);
    tcase_add_test(tests, a_code_says_the_whole_schedule);
    tcase_add_test(tests, people_may_write_a_code_as_they_like);
    tcase_add_test(tests, a_slip_of_the_finger_is_noticed);
    tcase_add_test(tests, a_foreign_code_is_refused);
    tcase_add_test(tests, a_code_that_makes_no_sense_is_refused);
    tcase_add_test(tests, a_code_that_is_too_long_is_none);
    tcase_add_test(tests, codes_of_programs_and_of_workloads_are_told_apart);
    tcase_add_test(tests, comments_and_spaces_make_no_other_workload);
    tcase_add_test(tests, programs_in_c_are_told_apart_by_name);
    tcase_add_test(tests, hostile_codes_do_no_harm);
    tcase_add_test(tests, a_choice_too_far_is_the_last_there_is);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
