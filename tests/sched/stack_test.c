/*
 * Stacks, their guards, and what happens when a task runs out of its own.
 */
#include "tests/suite.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/coroutine/coroutine.h"
#include "sched/coroutine/stack_overflow.h"
#include "tests/sched/child.h"

enum {
    MANY = SIZE_MAX > UINT32_MAX ? 1000000 : 10000,
    SOME = 100, /* more than are begun together */
};

static struct stack_pool *pool;
static struct diag diag;

static void open_pool(void)
{
    ck_assert_int_eq(stack_pool_new(&pool, 8, STACK_SLOT_BYTES, &diag), 0);
}

static void close_pool(void)
{
    stack_pool_free(pool);
}

/* A stack of the pool, or the end of the process. */
static struct stack stack_of(uint32_t owner)
{
    struct stack stack;

    if (stack_take(pool, owner, &stack, &diag) != 0)
        _exit(1);
    return stack;
}

/* --- stacks --------------------------------------------------------------- */

START_TEST(a_pool_lends_each_slot_once)
{
    struct stack stack[8], ninth;

    for (uint32_t i = 0; i < 8; i++) {
        ck_assert_int_eq(stack_take(pool, i, &stack[i], &diag), 0);
        memset(stack[i].low, 1, stack[i].size);
    }
    ck_assert_int_lt(stack_take(pool, 8, &ninth, &diag), 0);
    ck_assert_ptr_nonnull(strstr(diag.message, "8 tasks"));
    stack_give(pool, &stack[3]);
    ck_assert_int_eq(stack_take(pool, 8, &ninth, &diag), 0);
    ck_assert_ptr_eq(ninth.low, stack[3].low);
}
END_TEST

START_TEST(a_guard_knows_its_owner)
{
    struct stack stack[2];
    uint32_t owner = 0;

    stack[0] = stack_of(41);
    stack[1] = stack_of(42);
    ck_assert(stack_owner(pool, stack[1].low - 1, &owner));
    ck_assert_uint_eq(owner, 42);
    ck_assert(stack_owner(pool, stack[0].low - 8, &owner));
    ck_assert_uint_eq(owner, 41);
    ck_assert(!stack_owner(pool, stack[1].low, &owner));
    ck_assert(!stack_owner(pool, stack[1].low + stack[1].size, &owner));
    ck_assert(!stack_owner(pool, &owner, &owner));
    ck_assert(!stack_owner(pool, NULL, &owner));
}
END_TEST

/* The kernel cannot read a file name in a guard. */
START_TEST(each_of_many_slots_has_a_guard)
{
    struct stack_pool *large = NULL;
    struct stack stack;

    ck_assert_int_eq(stack_pool_new(&large, SOME, STACK_SLOT_BYTES, &diag), 0);
    for (uint32_t i = 0; i < SOME; i++) {
        ck_assert_int_eq(stack_take(large, i, &stack, &diag), 0);
        memset(stack.low, 0, stack.size);
        ck_assert_int_eq(access(stack.low, F_OK), -1);
        ck_assert_int_ne(errno, EFAULT);
        ck_assert_int_eq(access(stack.low - 1, F_OK), -1);
        ck_assert_int_eq(errno, EFAULT);
    }
    ck_assert_int_lt(stack_take(large, SOME, &stack, &diag), 0);
    stack_pool_free(large);
}
END_TEST

START_TEST(many_slots_cost_addresses_and_no_memory)
{
    struct stack_pool *large = NULL;
    struct stack stack;

    ck_assert_int_eq(stack_pool_new(&large, MANY, STACK_SLOT_BYTES, &diag), 0);
    for (uint32_t i = 0; i < 1000; i++)
        ck_assert_int_eq(stack_take(large, i, &stack, &diag), 0);
    stack.low[0] = 1;
    stack.low[stack.size - 1] = 1;
    stack_pool_free(large);
}
END_TEST

START_TEST(too_many_slots_are_refused_in_a_sentence)
{
    struct stack_pool *large = NULL;

    ck_assert_int_lt(
        stack_pool_new(&large, SIZE_MAX >> 20, (size_t)1 << 20, &diag), 0);
    ck_assert_ptr_null(large);
    ck_assert_ptr_nonnull(strstr(diag.message, "stacks"));
}
END_TEST

/* --- overflow ------------------------------------------------------------- */

static struct stack_overflow_place who(const void *context, uint32_t owner)
{
    const char *const *name = context;

    return (struct stack_overflow_place){ name[owner], "lunch.work", 12 };
}

/* No tail call, and frames larger than the guard. */
static int dig(int depth)
{
    volatile char frame[6000];

    frame[0] = (char)depth;
    if (depth < 1 << 20)
        frame[sizeof frame - 1] = (char)(dig(depth + 1) + frame[0]);
    return frame[sizeof frame - 1];
}

static void dig_deep(void *argument)
{
    *(volatile int *)argument = dig(0);
}

static void overflow_second(void)
{
    static const char *const name[] = { "Ada", "Bo" };
    struct coroutine coroutine;
    struct stack stack;
    int result;

    stack_of(0);
    stack = stack_of(1);
    stack_overflow_enter();
    stack_overflow_watch_stacks(pool, who, name);
    coroutine_init(&coroutine, &stack, dig_deep, &result);
    coroutine_resume(&coroutine);
}

START_TEST(an_overflow_names_the_task_and_the_line)
{
    char said[256];
    int status = run_child(overflow_second, said, sizeof said);

    ck_assert_str_eq(said,
                     "concviz: task Bo overflowed its stack (lunch.work:12)\n");
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), STACK_OVERFLOW_EXIT);
}
END_TEST

#if !defined COROUTINE_TSAN && !defined __SANITIZE_ADDRESS__
/* Locked memory has no light guards (sanitizers do not let it be locked). */
static void lock_memory(void)
{
    mlockall(MCL_FUTURE | MCL_ONFAULT);
}

static void overflow_heavy_guard(void)
{
    lock_memory();
    stack_pool_free(pool);
    open_pool();
    overflow_second();
}

START_TEST(guards_of_the_old_kind_do_as_well)
{
    char said[256];
    int status = run_child(overflow_heavy_guard, said, sizeof said);

    ck_assert_str_eq(said,
                     "concviz: task Bo overflowed its stack (lunch.work:12)\n");
    ck_assert_int_eq(WEXITSTATUS(status), STACK_OVERFLOW_EXIT);
}
END_TEST

/* Take stacks until there are no more, and say why. */
static void take_all(void)
{
    struct stack_pool *large;
    struct stack stack;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint32_t taken = 0;

    lock_memory();
    if (stack_pool_new(&large, MANY, 2 * page, &diag) == 0) {
        while (stack_take(large, taken, &stack, &diag) == 0)
            taken++;
    }
    fprintf(stderr, "%u: %s", taken, diag.message);
}

START_TEST(heavy_guards_end_before_the_mappings_do)
{
    char said[512];
    int status = run_child(take_all, said, sizeof said);

    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ck_assert_msg(strstr(said, "guarded stacks to") ||
                      strncmp(said, "0: no room", 10) == 0,
                  "%s", said);
}
END_TEST
#endif

static void touch_nothing(void)
{
    volatile char *volatile nowhere = (char *)8;

    stack_overflow_enter();
    stack_overflow_watch_stacks(pool, who, NULL);
    *nowhere = 1;
}

static void overflow_far_away(void)
{
    static char file[1000];
    struct stack_overflow_place place = { "Di", file, 3 };
    struct stack stack;

    memset(file, 'x', sizeof file - 1);
    stack = stack_of(0);
    stack_overflow_enter();
    stack_overflow_watch_thread(stack.low - 4096, stack.low, &place);
    *(volatile char *)(stack.low - 1) = 1;
}

START_TEST(what_an_overflow_says_is_cut_where_it_is_too_long)
{
    char said[1024];
    int status = run_child(overflow_far_away, said, sizeof said);

    ck_assert_ptr_nonnull(strstr(said, "task Di overflowed its stack (xxx"));
    ck_assert_uint_eq(strlen(said), 512);
    ck_assert_int_eq(WEXITSTATUS(status), STACK_OVERFLOW_EXIT);
}
END_TEST

static void say_mine(int number)
{
    (void)number;
    fputs("mine", stderr);
    _exit(0);
}

/* Of a thread that is watched, but not where it is. */
static void enter_after_others(void)
{
    static struct stack_overflow_place place = { "Ed", "lunch.work", 3 };
    struct stack stack = stack_of(0);

    signal(SIGSEGV, say_mine);
    stack_overflow_enter();
    stack_overflow_watch_stacks(pool, who, NULL);
    stack_overflow_watch_thread(stack.low - 4096, stack.low, &place);
}

static void touch_after_others(void)
{
    volatile char *volatile nowhere = (char *)8;

    enter_after_others();
    *nowhere = 1;
}

static void send_after_others(void)
{
    enter_after_others();
    raise(SIGSEGV);
}

START_TEST(a_fault_that_is_no_overflow_goes_to_who_was_there_before)
{
    char said[64];

    run_child(_i ? send_after_others : touch_after_others, said, sizeof said);
    ck_assert_str_eq(said, "mine");
}
END_TEST

START_TEST(another_fault_is_nobodys_overflow)
{
    char said[4096];
    int status = run_child(touch_nothing, said, sizeof said);

    ck_assert_ptr_null(strstr(said, "overflowed"));
    ck_assert(!WIFEXITED(status) || WEXITSTATUS(status) != STACK_OVERFLOW_EXIT);
}
END_TEST

static void watch_a_thread(void)
{
    struct stack_overflow_place place = { "Cy", "lunch.work", 3 };
    struct stack stack = stack_of(0);

    stack_overflow_enter();
    stack_overflow_watch_thread(stack.low - 4096, stack.low, &place);
    *(volatile char *)(stack.low - 1) = 1;
}

START_TEST(a_thread_that_overflows_is_named_too)
{
    char said[256];
    int status = run_child(watch_a_thread, said, sizeof said);

    ck_assert_str_eq(said,
                     "concviz: task Cy overflowed its stack (lunch.work:3)\n");
    ck_assert_int_eq(WEXITSTATUS(status), STACK_OVERFLOW_EXIT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stack");
    TCase *tcase = tcase_create("stack");

    tcase_add_checked_fixture(tcase, open_pool, close_pool);
    tcase_add_test(tcase, a_pool_lends_each_slot_once);
    tcase_add_test(tcase, a_guard_knows_its_owner);
    tcase_add_test(tcase, each_of_many_slots_has_a_guard);
    tcase_add_test(tcase, many_slots_cost_addresses_and_no_memory);
    tcase_add_test(tcase, too_many_slots_are_refused_in_a_sentence);
    tcase_add_test(tcase, an_overflow_names_the_task_and_the_line);
    tcase_add_test(tcase, another_fault_is_nobodys_overflow);
    tcase_add_test(tcase, a_thread_that_overflows_is_named_too);
    tcase_add_test(tcase, what_an_overflow_says_is_cut_where_it_is_too_long);
    tcase_add_loop_test(
        tcase, a_fault_that_is_no_overflow_goes_to_who_was_there_before, 0, 2);
#if !defined COROUTINE_TSAN && !defined __SANITIZE_ADDRESS__
    tcase_add_test(tcase, guards_of_the_old_kind_do_as_well);
    tcase_add_test(tcase, heavy_guards_end_before_the_mappings_do);
#endif
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
