/*
 * A checker is worth what it refuses. Good traces of the model are damaged in
 * every single place, one event missing or one there twice, and each of these
 * must be refused; and whatever is written over an event, the checker must
 * come back with an answer.
 */
#include "tests/suite.h"

#include "sched/base/random.h"
#include "tests/sched/modelled.h"

static const char everything[] =
    "shared n = 1\nchannel c size 1\nbarrier b 2\n"
    "generator G: cpu 3, yield, cpu 3, say \"g\"\n"
    "task A: lock m, read n, cpu 15, write n+1, unlock m, send c, send c, "
    "wait b, next G, next G, sum 1..9\n"
    "task B: lock m, sleep 5, unlock m, recv c, recv c, close c, wait b, "
    "block 3, yield, spawn C, join C, priority 3\n"
    "task C at spawn: repeat 2 (cpu 4 by 3, say \"c\")\n";

static const char *const modes[] = { "coroutine", "threads", "hybrid",
                                     "parallel" };

static struct modelled run;

static void model(const char *mode)
{
    modelled_init(&run, mode, everything);
    if (run.mode->mode->traits & PARALLEL)
        run.options.machines = 2;
    run.options.switch_cost_ns = MS(1);
    modelled_run(&run);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FINISHED);
}

/* Copy the trace with event number index times times, and ask the checker. */
static bool check_with(size_t index, int times)
{
    struct trace *damaged = trace_new(run.workload, trace_info(run.trace));
    struct diag diag = { .message = "" };
    bool holds;

    for (size_t i = 0; i < trace_count(run.trace); i++) {
        for (int j = 0; j < (i == index ? times : 1); j++)
            trace_add(damaged, *trace_at(run.trace, i));
    }
    holds = trace_check(damaged, &diag);
    ck_assert_msg(holds == (diag.message[0] == '\0'), "%s", diag.message);
    trace_free(damaged);
    return holds;
}

/* Events that promise nothing, or that nothing else depends on. */
static bool is_only_said(const struct event *event, int times)
{
    switch (event->kind) {
    case EVENT_MACHINE:
    case EVENT_GIL:
    case EVENT_THREAD:
    case EVENT_CPU_ID:
    case EVENT_CPU_TIME:
    case EVENT_RESULT:
    case EVENT_CHECKSUM:
    case EVENT_PICK:
        return true;
    case EVENT_RUN: /* a yield that is resumed at once may be a shorter one */
        return event->object == RUN_RESUMED;
    case EVENT_SWITCH: /* there need not be one */
        return times == 0;
    default:
        return false;
    }
}

START_TEST(an_event_that_is_missing_is_missed)
{
    model(modes[_i]);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = trace_at(run.trace, i);

        ck_assert_msg(is_only_said(event, 0) || !check_with(i, 0),
                      "%s: event %d (%s) is not missed", modes[_i], (int)i,
                      event_word((enum event_kind)event->kind));
    }
    modelled_fini(&run);
}
END_TEST

START_TEST(an_event_that_is_there_twice_is_refused)
{
    model(modes[_i]);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = trace_at(run.trace, i);

        ck_assert_msg(is_only_said(event, 2) || !check_with(i, 2),
                      "%s: event %d (%s) may be there twice", modes[_i], (int)i,
                      event_word((enum event_kind)event->kind));
    }
    modelled_fini(&run);
}
END_TEST

/* An event with some of its fields written over. */
static struct event damage(struct event event, uint64_t *random)
{
    static const int64_t values[] = { 0, -1, 1, 7, INT64_MAX, INT64_MIN, 1000 };
    int64_t value = values[random_below(random, 7)];

    switch (random_below(random, 5)) {
    case 0:
        event.kind = (uint16_t)random_below(random, EVENT_KINDS + 2);
        break;
    case 1:
        event.task = (uint32_t)value;
        break;
    case 2:
        event.object = (int32_t)value;
        break;
    case 3:
        event.machine = (uint16_t)value;
        break;
    default:
        event.value = value;
        break;
    }
    return event;
}

START_TEST(no_damage_harms_the_checker)
{
    uint64_t random = 3;
    int refused = 0;

    model(modes[_i]);
    for (int round = 0; round < 3000; round++) {
        size_t count = trace_count(run.trace);
        size_t at = (size_t)random_below(&random, count);
        struct trace *damaged = trace_new(run.workload, trace_info(run.trace));
        struct diag diag = { .message = "" };

        for (size_t i = 0; i < count; i++) {
            struct event event = *trace_at(run.trace, i);

            trace_add(damaged, i == at ? damage(event, &random) : event);
        }
        refused += !trace_check(damaged, &diag);
        trace_free(damaged);
    }
    ck_assert_int_gt(refused, 1000);
    modelled_fini(&run);
}
END_TEST

START_TEST(an_empty_trace_is_refused)
{
    struct trace *empty;
    struct diag diag = { .message = "" };

    model("coroutine");
    empty = trace_new(run.workload, trace_info(run.trace));
    ck_assert(!trace_check(empty, &diag));
    trace_free(empty);
    modelled_fini(&run);
}
END_TEST

/* Ask the checker when others have the core of task 0 during event number index. */
static bool check_stolen(size_t index)
{
    struct trace_info real = *trace_info(run.trace);
    struct diag diag = { .message = "" };
    struct trace *stolen;
    bool holds;

    real.real = true;
    stolen = trace_new(run.workload, &real);
    for (size_t i = 0; i < trace_count(run.trace); i++) {
        struct event event = *trace_at(run.trace, i);
        struct event other = { .t_ns = event.t_ns, .kind = EVENT_STOLEN };

        if (i == index)
            trace_add(stolen, other);
        trace_add(stolen, event);
        other.kind = EVENT_BACK;
        if (i == index)
            trace_add(stolen, other);
    }
    holds = trace_check(stolen, &diag);
    trace_free(stolen);
    return holds;
}

/* Jobs arrive, and deadlines pass, whoever has the core; all else must wait. */
START_TEST(who_is_off_its_core_does_nothing_but_jobs_arrive)
{
    bool running = false;
    int come = 0;

    modelled_init(&run, "coroutine", "task A period 2 times 4: cpu 5\n");
    modelled_run(&run);
    for (size_t i = 1; trace_at(run.trace, i)->kind != EVENT_CHECKSUM; i++) {
        const struct event *event = trace_at(run.trace, i);
        bool comes = running &&
                     (event->kind == EVENT_JOB || event->kind == EVENT_MISSED);

        come += comes;
        ck_assert_msg(check_stolen(i) == comes, "event %d (%s)", (int)i,
                      event_word((enum event_kind)event->kind));
        running = running || event->kind == EVENT_CPU;
    }
    ck_assert_int_eq(come, 7); /* 3 jobs arrive, 4 deadlines pass */
    modelled_fini(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_check");
    TCase *tcase = tcase_create("check");

    tcase_add_loop_test(tcase, an_event_that_is_missing_is_missed, 0, 4);
    tcase_add_loop_test(tcase, an_event_that_is_there_twice_is_refused, 0, 4);
    tcase_add_loop_test(tcase, no_damage_harms_the_checker, 0, 4);
    tcase_add_test(tcase, an_empty_trace_is_refused);
    tcase_add_test(tcase, who_is_off_its_core_does_nothing_but_jobs_arrive);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
