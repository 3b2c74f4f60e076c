#include "tests/suite.h"

#include <stdbool.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/scheduler/alarm_heap.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload_parse.h"

/* All requests of the first task, as words: "cpu 5 yield cpu 1". */
static void expect_requests(const char *text, const char *expected)
{
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("test", "test", text,
                                               strlen(text), &diag);
    struct step_cursor cursor;
    struct request request;
    struct strbuf words;

    ck_assert_msg(workload != NULL, "%s", diag.message);
    strbuf_init(&words);
    step_cursor_init(&cursor, workload, 0, 0);
    while (step_cursor_next(&cursor, &request)) {
        strbuf_addf(&words, "%s%s", words.length > 0 ? " " : "",
                    workload_step_word((enum step_kind)request.kind));
        if (request.kind == STEP_CPU)
            strbuf_addf(&words, " %d", (int)(request.ns / NS_PER_MS));
    }
    ck_assert(!step_cursor_next(&cursor, &request)); /* the end stays the end */
    ck_assert_str_eq(words.text, expected);
    step_cursor_fini(&cursor);
    strbuf_fini(&words);
    workload_free(workload);
}

START_TEST(steps_come_one_after_the_other)
{
    expect_requests("task A: cpu 5, yield, sleep 1, cpu 2",
                    "cpu 5 yield sleep cpu 2");
}
END_TEST

START_TEST(work_in_turns_has_a_yield_between_them)
{
    expect_requests("task A: cpu 10 by 4, say \"x\"",
                    "cpu 4 yield cpu 4 yield cpu 2 say");
    expect_requests("task A: cpu 8 by 4", "cpu 4 yield cpu 4");
    expect_requests("task A: cpu 3 by 4", "cpu 3");
}
END_TEST

START_TEST(repeats_nest)
{
    expect_requests("task A: repeat 2 (cpu 1, repeat 3 (yield), cpu 2)",
                    "cpu 1 yield yield yield cpu 2 "
                    "cpu 1 yield yield yield cpu 2");
}
END_TEST

START_TEST(a_repeat_that_asks_for_nothing_is_left)
{
    expect_requests("task A: repeat 9000 (repeat 0 (cpu 1)), cpu 2", "cpu 2");
    expect_requests("task A: repeat 2 (repeat 5 (repeat 0 (yield)), cpu 1)",
                    "cpu 1 cpu 1");
}
END_TEST

START_TEST(a_cursor_may_be_dropped_in_the_middle)
{
    static const char text[] = "task A: repeat 3 (repeat 3 (cpu 1 by 1))";
    struct diag diag;
    struct workload *workload = workload_parse("test", "test", text,
                                               strlen(text), &diag);
    struct step_cursor cursor;
    struct request request;

    step_cursor_init(&cursor, workload, 0, 0);
    ck_assert(step_cursor_next(&cursor, &request));
    step_cursor_fini(&cursor);
    workload_free(workload);
}
END_TEST

/* --- heap: the alarms, and lines by priority ------------------------------ */

enum {
    HEAP_TASKS = 300
};

/* Take out who comes first and compare with a search of all. */
static void expect_first(struct alarm_heap *heap, const int64_t *key, bool *in)
{
    int first = heap->entry[0].task;

    for (int i = 0; i < HEAP_TASKS; i++) {
        ck_assert_msg(!in[i] || key[first] < key[i] ||
                          (key[first] == key[i] && first <= i),
                      "task %d comes before task %d", first, i);
    }
    ck_assert(in[first]);
    alarm_heap_remove(heap, first);
    in[first] = false;
}

START_TEST(a_heap_gives_out_the_smallest_whatever_was_removed)
{
    int position[HEAP_TASKS];
    int64_t key[HEAP_TASKS];
    bool in[HEAP_TASKS] = { false };
    uint64_t random = 1;
    struct alarm_heap heap;

    alarm_heap_init(&heap, position);
    for (int i = 0; i < 20000; i++) {
        int task = (int)random_below(&random, HEAP_TASKS);

        if (!in[task]) {
            key[task] = (int64_t)random_below(&random, 1000);
            alarm_heap_push(&heap, task, key[task], task);
            in[task] = true;
        } else if (random_below(&random, 3) != 0) {
            alarm_heap_remove(&heap, task);
            in[task] = false;
        } else {
            expect_first(&heap, key, in);
        }
    }
    while (heap.count > 0)
        expect_first(&heap, key, in);
    alarm_heap_fini(&heap);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_cursor");
    TCase *tcase = tcase_create("cursor");

    tcase_add_test(tcase, steps_come_one_after_the_other);
    tcase_add_test(tcase, work_in_turns_has_a_yield_between_them);
    tcase_add_test(tcase, repeats_nest);
    tcase_add_test(tcase, a_repeat_that_asks_for_nothing_is_left);
    tcase_add_test(tcase, a_cursor_may_be_dropped_in_the_middle);
    tcase_add_test(tcase, a_heap_gives_out_the_smallest_whatever_was_removed);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
