#include "tests/suite.h"

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"

static const char *task_name(struct definitions *definitions, const char *name)
{
    int task = definitions_add(definitions, ARRAY_TASK, name);

    ck_assert_int_ge(task, 0);
    return definitions_workload(definitions)->task[task].name;
}

START_TEST(names_of_others_can_be_drawn_and_told_apart)
{
    struct definitions *d = definitions_new("a\x1B[2Jb");

    ck_assert_str_eq(definitions_workload(d)->name, "a\uFFFD[2Jb");
    ck_assert_str_eq(task_name(d, "worker"), "worker");
    ck_assert_str_eq(task_name(d, "worker"), "worker-2");
    ck_assert_str_eq(task_name(d, "worker-3"), "worker-3");
    ck_assert_str_eq(task_name(d, "worker"), "worker-4");
    ck_assert_str_eq(task_name(d, "Thread pool 1"), "Thread_pool_1");
    ck_assert_str_eq(task_name(d, ""), "unnamed");
    ck_assert_str_eq(task_name(d, "\u202Eevil"), "\uFFFDevil");
    ck_assert_str_eq(task_name(d, "\xFF"), "\uFFFD");
    ck_assert_str_eq(task_name(d, "\u1100\u1161"), "\uAC00");
    definitions_free(d);
}
END_TEST

START_TEST(a_long_name_is_cut_and_stays_unique)
{
    struct definitions *d = definitions_new("long");
    char name[1000];
    const char *first, *second;

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    first = task_name(d, name);
    second = task_name(d, name);
    ck_assert_uint_le(strlen(second), WORKLOAD_NAME_MAX);
    ck_assert_str_ne(first, second);
    definitions_free(d);
}
END_TEST

START_TEST(an_earlier_snapshot_stays_as_it_was)
{
    struct definitions *d = definitions_new("grows");
    const struct workload *before, *after;

    task_name(d, "A");
    definitions_add(d, ARRAY_LOCK, "cup");
    before = definitions_workload(d);
    ck_assert_ptr_eq(before, definitions_workload(d));
    for (int i = 0; i < 1000; i++)
        task_name(d, "B");
    ck_assert_int_eq(definitions_add(d, ARRAY_LOCK, "cup"), 1);
    after = definitions_workload(d);
    ck_assert_uint_eq(before->task_count, 1);
    ck_assert_str_eq(before->task[0].name, "A");
    ck_assert_uint_eq(before->lock_count, 1);
    ck_assert_uint_eq(after->task_count, 1001);
    ck_assert_str_eq(after->task[1000].name, "B-1000");
    ck_assert_str_eq(after->lock[1], "cup-2");
    definitions_free(d);
}
END_TEST

static void add(struct trace *trace, int64_t ms, enum event_kind kind, int task,
                int object, int64_t value)
{
    trace_add(trace, (struct event){
                         .t_ns = ms * NS_PER_MS,
                         .kind = (uint16_t)kind,
                         .task = (uint32_t)task,
                         .object = object,
                         .value = value,
                         .machine = kind == EVENT_RUN ? 0 : EVENT_NO_MACHINE });
}

START_TEST(a_run_of_it_has_a_history_and_numbers)
{
    static const struct trace_info info = {
        .mode = "parallel", .policy = "fifo", .real = true, .machines = 1
    };
    struct definitions *d = definitions_new("others");
    struct history *history;
    struct metrics *metrics;
    struct trace *trace;

    definitions_add(d, ARRAY_TASK, "main");
    definitions_add(d, ARRAY_CHANNEL, "mail");
    trace = trace_new(definitions_workload(d), &info);
    add(trace, 1, EVENT_RUN, 0, RUN_FROM_LINE, 0);
    add(trace, 5, EVENT_BLOCKED, 0, WAIT_RECV, 0);
    add(trace, 9, EVENT_READY, 0, READY_WOKEN, -1);
    add(trace, 10, EVENT_DONE, 0, 0, 0);
    add(trace, 10, EVENT_END, -1, OUTCOME_FINISHED, 0);
    history = history_new(trace);
    history_update(history);
    ck_assert_int_eq(history_time_in(history, 0, STATE_ABSENT, 0, TIME_NEVER),
                     NS_PER_MS);
    ck_assert_int_eq(history_time_in(history, 0, STATE_BLOCKED, 0, TIME_NEVER),
                     4 * NS_PER_MS);
    metrics = metrics_new(history);
    ck_assert_int_eq(metrics->working, 1);
    metrics_free(metrics);
    history_free(history);
    trace_free(trace);
    definitions_free(d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("definitions");
    TCase *tcase = tcase_create("definitions");

    tcase_add_test(tcase, names_of_others_can_be_drawn_and_told_apart);
    tcase_add_test(tcase, a_long_name_is_cut_and_stays_unique);
    tcase_add_test(tcase, an_earlier_snapshot_stays_as_it_was);
    tcase_add_test(tcase, a_run_of_it_has_a_history_and_numbers);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
