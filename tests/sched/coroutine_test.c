/*
 * Coroutines: where control goes.
 */
#include "tests/suite.h"

#include <string.h>

#include "sched/base/diag.h"
#include "sched/coroutine/coroutine.h"
#include "tests/sched/child.h"

static struct stack_pool *pool;
static struct diag diag;
static char story[64];

static void open_pool(void)
{
    ck_assert_int_eq(stack_pool_new(&pool, 8, STACK_SLOT_BYTES, &diag), 0);
    story[0] = '\0';
}

static void close_pool(void)
{
    stack_pool_free(pool);
}

/* Told by several coroutines, one at a time. */
static void tell(const char *what)
{
    coroutine_acquire(story);
    strncat(story, what, sizeof story - strlen(story) - 1);
    coroutine_release(story);
}

static void make(struct coroutine *coroutine, void (*body)(void *),
                 void *argument)
{
    struct stack stack = { 0 };

    ck_assert_int_eq(stack_take(pool, 0, &stack, &diag), 0);
    coroutine_init(coroutine, &stack, body, argument);
}

static void unmake(struct coroutine *coroutine)
{
    coroutine_fini(coroutine);
    stack_give(pool, &coroutine->stack);
}

/* --- control -------------------------------------------------------------- */

static void count_to_three(void *argument)
{
    (void)argument;
    for (const char *c = "123"; *c; c++) {
        tell((char[]){ *c, '\0' });
        if (*c < '3')
            coroutine_pause();
    }
}

START_TEST(a_coroutine_goes_on_where_it_paused)
{
    struct coroutine counter;

    make(&counter, count_to_three, NULL);
    while (!counter.ended) {
        coroutine_resume(&counter);
        tell(".");
    }
    unmake(&counter);
    ck_assert_str_eq(story, "1.2.3.");
}
END_TEST

static struct coroutine left, right;

static void go_right(void *argument)
{
    (void)argument;
    tell("l");
    coroutine_switch(&left, &right);
    tell("L");
}

static void go_left(void *argument)
{
    (void)argument;
    tell("r");
    coroutine_switch(&right, &left);
    tell("R");
}

START_TEST(tasks_hand_over_without_their_caller)
{
    make(&left, go_right, NULL);
    make(&right, go_left, NULL);
    coroutine_resume(&left);
    tell("|");
    ck_assert(left.ended && !right.ended);
    coroutine_resume(&right);
    ck_assert(right.ended);
    ck_assert_ptr_null(coroutine_current());
    unmake(&left);
    unmake(&right);
    ck_assert_str_eq(story, "lrL|R");
}
END_TEST

static void ask_generator(void *argument)
{
    struct coroutine *generator = argument;

    while (!generator->ended) {
        coroutine_resume(generator);
        tell("?");
    }
}

START_TEST(a_generator_returns_to_whoever_asked_it)
{
    struct coroutine asker, generator;

    make(&generator, count_to_three, NULL);
    make(&asker, ask_generator, &generator);
    coroutine_resume(&asker);
    ck_assert(asker.ended && generator.ended);
    unmake(&asker);
    unmake(&generator);
    ck_assert_str_eq(story, "1?2?3?");
}
END_TEST

static void note_current(void *argument)
{
    *(struct coroutine **)argument = coroutine_current();
    coroutine_release(argument);
}

START_TEST(the_running_coroutine_is_known)
{
    struct coroutine coroutine, *current = NULL;

    make(&coroutine, note_current, &current);
    coroutine_resume(&coroutine);
    coroutine_acquire(&current);
    ck_assert_ptr_eq(current, &coroutine);
    ck_assert_ptr_null(coroutine_current());
    unmake(&coroutine);
}
END_TEST

static long shared_sum;

static void add_one(void *argument)
{
    coroutine_acquire(&shared_sum);
    shared_sum += *(long *)argument;
    coroutine_release(&shared_sum);
}

START_TEST(a_stack_serves_one_coroutine_after_the_other)
{
    long one = 1;

    shared_sum = 0;
    for (int i = 0; i < 2000; i++) {
        struct coroutine coroutine;

        coroutine_release(&shared_sum);
        make(&coroutine, add_one, &one);
        coroutine_resume(&coroutine);
        unmake(&coroutine);
        coroutine_acquire(&shared_sum);
    }
    ck_assert_int_eq(shared_sum, 2000);
}
END_TEST

#ifdef COROUTINE_TSAN
static long racy;

static void race(void *argument)
{
    racy += *(long *)argument;
}

static void race_twice(void)
{
    struct coroutine one, two;
    long step = 1;

    make(&one, race, &step);
    make(&two, race, &step);
    coroutine_resume(&one);
    coroutine_resume(&two);
}

START_TEST(a_race_between_coroutines_of_one_thread_is_found)
{
    char said[4096];

    run_child(race_twice, said, sizeof said);
    ck_assert_ptr_nonnull(strstr(said, "data race"));
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("coroutine");
    TCase *tcase = tcase_create("coroutine");

    tcase_add_checked_fixture(tcase, open_pool, close_pool);
    tcase_add_test(tcase, a_coroutine_goes_on_where_it_paused);
    tcase_add_test(tcase, tasks_hand_over_without_their_caller);
    tcase_add_test(tcase, a_generator_returns_to_whoever_asked_it);
    tcase_add_test(tcase, the_running_coroutine_is_known);
    tcase_add_test(tcase, a_stack_serves_one_coroutine_after_the_other);
#ifdef COROUTINE_TSAN
    tcase_add_test(tcase, a_race_between_coroutines_of_one_thread_is_found);
#endif
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
