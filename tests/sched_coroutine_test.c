/*
 * Coroutines, their stacks, and what happens when one runs out of it.
 */
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/run/coroutine.h"
#include "sched/run/overflow.h"

enum {
    MANY = 1000000,
};

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
    struct stack stack;

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
    coroutine_switch(&right);
    tell("L");
}

static void go_left(void *argument)
{
    (void)argument;
    tell("r");
    coroutine_switch(&left);
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

    stack_take(pool, 41, &stack[0], &diag);
    stack_take(pool, 42, &stack[1], &diag);
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

START_TEST(a_million_slots_cost_addresses_and_no_memory)
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
        stack_pool_new(&large, (size_t)1 << 40, (size_t)1 << 20, &diag), 0);
    ck_assert_ptr_null(large);
    ck_assert_ptr_nonnull(strstr(diag.message, "stacks"));
}
END_TEST

/* --- overflow -------------------------------------------------------------- */

static struct overflow_place who(const void *context, uint32_t owner)
{
    const char *const *name = context;

    return (struct overflow_place){ name[owner], "lunch.work", 12 };
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

/* What the child writes to standard error, and how it ended. */
static int run_child(void (*child)(void), char *said, size_t size)
{
    int end[2], status;
    ssize_t length;
    pid_t pid;

    ck_assert_int_eq(pipe(end), 0);
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
        dup2(end[1], STDERR_FILENO);
        child();
        _exit(0);
    }
    close(end[1]);
    length = read(end[0], said, size - 1);
    said[length > 0 ? length : 0] = '\0';
    close(end[0]);
    waitpid(pid, &status, 0);
    return status;
}

static void overflow_second(void)
{
    static const char *const name[] = { "Ada", "Bo" };
    struct coroutine coroutine;
    struct stack stack;
    int result;

    stack_take(pool, 0, &stack, &diag);
    stack_take(pool, 1, &stack, &diag);
    overflow_enter();
    overflow_watch_stacks(pool, who, name);
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
    ck_assert_int_eq(WEXITSTATUS(status), OVERFLOW_EXIT);
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
    ck_assert_int_eq(WEXITSTATUS(status), OVERFLOW_EXIT);
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

    overflow_enter();
    overflow_watch_stacks(pool, who, NULL);
    *nowhere = 1;
}

START_TEST(another_fault_is_nobodys_overflow)
{
    char said[4096];
    int status = run_child(touch_nothing, said, sizeof said);

    ck_assert_ptr_null(strstr(said, "overflowed"));
    ck_assert(!WIFEXITED(status) || WEXITSTATUS(status) != OVERFLOW_EXIT);
}
END_TEST

static void watch_a_thread(void)
{
    struct overflow_place place = { "Cy", "lunch.work", 3 };
    struct stack stack;

    stack_take(pool, 0, &stack, &diag);
    overflow_enter();
    overflow_watch_thread(stack.low - 4096, stack.low, &place);
    stack.low[-1] = 1;
}

START_TEST(a_thread_that_overflows_is_named_too)
{
    char said[256];
    int status = run_child(watch_a_thread, said, sizeof said);

    ck_assert_str_eq(said,
                     "concviz: task Cy overflowed its stack (lunch.work:3)\n");
    ck_assert_int_eq(WEXITSTATUS(status), OVERFLOW_EXIT);
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
    tcase_add_test(tcase, a_pool_lends_each_slot_once);
    tcase_add_test(tcase, a_guard_knows_its_owner);
    tcase_add_test(tcase, a_million_slots_cost_addresses_and_no_memory);
    tcase_add_test(tcase, too_many_slots_are_refused_in_a_sentence);
    tcase_add_test(tcase, an_overflow_names_the_task_and_the_line);
#if !defined COROUTINE_TSAN && !defined __SANITIZE_ADDRESS__
    tcase_add_test(tcase, guards_of_the_old_kind_do_as_well);
    tcase_add_test(tcase, heavy_guards_end_before_the_mappings_do);
#endif
    tcase_add_test(tcase, another_fault_is_nobodys_overflow);
    tcase_add_test(tcase, a_thread_that_overflows_is_named_too);
#ifdef COROUTINE_TSAN
    tcase_add_test(tcase, a_race_between_coroutines_of_one_thread_is_found);
#endif
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
