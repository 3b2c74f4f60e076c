/*
 * A yield the short way leaves the same events as the long way, at whatever
 * step it happens; and where anything is unusual it declines.
 */
#include <string.h>

#include "sched/base/diag.h"
#include "sched/run/executor.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/trace.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/suite.h"

enum {
    TASKS_MAX = 8
};

/* A host with a clock of its own: a microsecond a step. */
struct host {
    struct workload *workload;
    struct run_options options;
    struct trace *trace;
    struct scheduler *scheduler;
    struct step_cursor cursor[TASKS_MAX];
    int64_t now_ns;
    int passed;
};

static void host_init(struct host *host, const char *text, unsigned traits)
{
    const struct executor *executor = executor_find("coroutine");
    struct diag diag;

    memset(host, 0, sizeof *host);
    host->workload = workload_parse("test", "test", text, strlen(text), &diag);
    ck_assert_msg(host->workload != NULL, "%s", diag.message);
    executor_defaults(&host->options, executor, host->workload);
    host->trace = executor_trace(executor, host->workload, &host->options);
    host->scheduler = scheduler_new(host->workload, traits, &host->options,
                                    host->trace);
    for (size_t i = 0; i < host->workload->task_count; i++)
        step_cursor_init(&host->cursor[i], host->workload, (int)i, 0);
    scheduler_begin(host->scheduler, 0);
}

static void host_fini(struct host *host)
{
    for (size_t i = 0; i < host->workload->task_count; i++)
        step_cursor_fini(&host->cursor[i]);
    scheduler_free(host->scheduler);
    trace_free(host->trace);
    workload_free(host->workload);
}

static bool pass(struct host *host, int task)
{
    const struct step *yield = step_cursor_yield(&host->cursor[task]);

    if (!yield ||
        scheduler_yield_fast(host->scheduler, task, yield, host->now_ns) < 0)
        return false;
    step_cursor_skip(&host->cursor[task]);
    host->passed++;
    return true;
}

static void step(struct host *host, int task)
{
    struct request request;

    if (step_cursor_next(&host->cursor[task], &request))
        scheduler_perform(host->scheduler, task, &request, host->now_ns);
    else
        scheduler_done(host->scheduler, task, host->now_ns);
}

static void play(struct host *host, bool short_way)
{
    struct scheduler *s = host->scheduler;

    while (scheduler_unfinished(s)) {
        int task;

        host->now_ns += 1000;
        scheduler_tick(s, host->now_ns);
        if (scheduler_idle_machine(s) >= 0)
            scheduler_dispatch(s, 0, host->now_ns);
        task = scheduler_runner(s, 0);
        if (task < 0)
            continue;
        host->now_ns += 1000;
        if (short_way && pass(host, task))
            continue;
        step(host, task);
        scheduler_tick(s, host->now_ns);
        if (scheduler_idle_machine(s) >= 0)
            scheduler_dispatch(s, 0, host->now_ns);
    }
}

static void check_same(const struct trace *one, const struct trace *other)
{
    ck_assert_uint_eq(trace_count(one), trace_count(other));
    for (size_t i = 0; i < trace_count(one); i++)
        ck_assert_mem_eq(trace_at(one, i), trace_at(other, i),
                         sizeof(struct event));
}

/* Returns how many yields went the short way. */
static int play_both_ways(const char *text)
{
    struct host way[2];
    int passed;

    for (int i = 0; i < 2; i++) {
        host_init(&way[i], text, 0);
        play(&way[i], i == 1);
    }
    check_same(way[0].trace, way[1].trace);
    passed = way[1].passed;
    host_fini(&way[0]);
    host_fini(&way[1]);
    return passed;
}

START_TEST(yields_leave_the_same_events_both_ways)
{
    /* The first one of each stands behind the step `repeat`. */
    ck_assert_int_eq(play_both_ways("task A B C: repeat 3 (yield)"), 6);
    ck_assert_int_gt(play_both_ways("task A: yield, sum 1..3, yield\n"
                                    "task B: repeat 2 (yield, repeat 2 "
                                    "(yield))\n"
                                    "task C: repeat 5 (say \"x\", yield)\n"),
                     8);
}
END_TEST

START_TEST(sleepers_and_waiters_come_back_at_the_same_events_both_ways)
{
    ck_assert_int_gt(play_both_ways("task A: repeat 40 (yield)\n"
                                    "task B: sleep 20us, repeat 9 (yield)\n"
                                    "task C: lock m, repeat 4 (yield), "
                                    "unlock m, sleep 31us\n"
                                    "task D: lock m, yield, unlock m\n"),
                     20);
}
END_TEST

START_TEST(yields_to_somebody_and_calls_go_the_long_way)
{
    ck_assert_int_eq(play_both_ways("task A: yield to B, yield to B\n"
                                    "task B: sum 1..2\n"),
                     0);
    play_both_ways("generator G: repeat 3 (sum 1..2, yield)\n"
                   "task A: next G, yield, next G, yield\n"
                   "task B: repeat 6 (yield)\n");
}
END_TEST

/* Does the first yield go the short way in such a run? */
static bool goes_short(const char *text, unsigned traits,
                       const struct run_options *wanted)
{
    struct host host;
    bool passed;

    host_init(&host, text, traits);
    if (wanted) {
        scheduler_free(host.scheduler);
        host.options = *wanted;
        host.scheduler = scheduler_new(host.workload, traits, &host.options,
                                       host.trace);
        scheduler_begin(host.scheduler, 0);
    }
    passed = pass(&host, scheduler_dispatch(host.scheduler, 0, 0));
    host_fini(&host);
    return passed;
}

START_TEST(what_is_not_plain_goes_the_long_way)
{
    const char *text = "task A B: yield, yield";
    struct run_options options = { .machines = 1 };

    ck_assert(goes_short(text, 0, &options));
    ck_assert(!goes_short(text, TO_THE_END, NULL));
    ck_assert(!goes_short(text, PREEMPTIVE, NULL));
    ck_assert(!goes_short("task A: yield", 0, NULL));
    options.policy = POLICY_PRIORITY;
    ck_assert(!goes_short(text, 0, &options));
    options = (struct run_options){ .machines = 1, .gil_ns = 1000 };
    ck_assert(!goes_short(text, 0, &options));
    options = (struct run_options){ .machines = 1, .switch_cost_ns = 10 };
    ck_assert(!goes_short(text, 0, &options));
    options = (struct run_options){ .machines = 2 };
    ck_assert(!goes_short(text, 0, &options));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pass");
    TCase *tcase = tcase_create("pass");

    tcase_add_test(tcase, yields_leave_the_same_events_both_ways);
    tcase_add_test(tcase,
                   sleepers_and_waiters_come_back_at_the_same_events_both_ways);
    tcase_add_test(tcase, yields_to_somebody_and_calls_go_the_long_way);
    tcase_add_test(tcase, what_is_not_plain_goes_the_long_way);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
