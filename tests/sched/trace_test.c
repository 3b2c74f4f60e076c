#include "tests/suite.h"

#include <pthread.h>
#include <stdint.h>

#include "sched/base/random.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    MANY = 200000
};

static const struct workload workload;
static const struct trace_info info = { .mode = "coroutine", .machines = 1 };

static struct event event_at(int64_t t_ns, int64_t value)
{
    return (struct event){ .t_ns = t_ns,
                           .value = value,
                           .task = EVENT_NO_TASK,
                           .kind = EVENT_RESULT,
                           .machine = EVENT_NO_MACHINE };
}

START_TEST(events_never_move)
{
    struct trace *trace = trace_new(&workload, &info);
    const struct event *first;

    trace_add(trace, event_at(0, 0));
    first = trace_at(trace, 0);
    for (int i = 1; i < MANY; i++)
        trace_add(trace, event_at(i, i));
    ck_assert_uint_eq(trace_count(trace), MANY);
    ck_assert_ptr_eq(first, trace_at(trace, 0));
    for (int i = 0; i < MANY; i++)
        ck_assert_int_eq(trace_at(trace, (size_t)i)->value, i);
    trace_free(trace);
}
END_TEST

START_TEST(time_never_goes_back)
{
    struct trace *trace = trace_new(&workload, &info);

    trace_add(trace, event_at(5, 0));
    trace_add(trace, event_at(3, 0));
    trace_add(trace, event_at(7, 0));
    ck_assert_int_eq(trace_at(trace, 1)->t_ns, 5);
    ck_assert_int_eq(trace_at(trace, 2)->t_ns, 7);
    trace_free(trace);
}
END_TEST

START_TEST(packed_events_are_the_same)
{
    struct trace *trace = trace_new_packed(&workload, &info);
    uint64_t random = 1;

    for (int i = 0; i < MANY; i++)
        trace_add(trace, event_at(i, 3 * i));
    ck_assert_uint_eq(trace_count(trace), MANY);
    for (int i = 0; i < MANY; i++) {
        struct event wanted = event_at(i, 3 * i);

        ck_assert_mem_eq(trace_at(trace, (size_t)i), &wanted, sizeof wanted);
    }
    for (int i = 0; i < 1000; i++) {
        size_t index = (size_t)random_below(&random, MANY);

        ck_assert_int_eq(trace_at(trace, index)->value, 3 * (int64_t)index);
    }
    trace_free(trace);
}
END_TEST

static void *write_many(void *argument)
{
    for (int i = 0; i < MANY; i++)
        trace_add(argument, event_at(i, 3 * i));
    return NULL;
}

START_TEST(who_reads_while_it_grows_sees_whole_events)
{
    struct trace *trace = trace_new(&workload, &info);
    pthread_t writer;
    size_t seen = 0;

    ck_assert_int_eq(pthread_create(&writer, NULL, write_many, trace), 0);
    while (seen < MANY) {
        size_t count = trace_count(trace);

        for (; seen < count; seen++)
            ck_assert_int_eq(trace_at(trace, seen)->value, 3 * (int64_t)seen);
    }
    pthread_join(writer, NULL);
    trace_free(trace);
}
END_TEST

START_TEST(every_kind_has_its_word)
{
    ck_assert_str_eq(event_word(EVENT_RUN), "run");
    ck_assert(event_is_place(EVENT_RUN));
    ck_assert(!event_is_place(EVENT_SAY));
    for (int i = 0; i < EVENT_KINDS; i++)
        ck_assert_ptr_nonnull(event_word((enum event_kind)i));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_trace");
    TCase *tcase = tcase_create("trace");

    tcase_add_test(tcase, events_never_move);
    tcase_add_test(tcase, packed_events_are_the_same);
    tcase_add_test(tcase, time_never_goes_back);
    tcase_add_test(tcase, who_reads_while_it_grows_sees_whole_events);
    tcase_add_test(tcase, every_kind_has_its_word);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
