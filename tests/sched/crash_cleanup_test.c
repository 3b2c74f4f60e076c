#include "tests/suite.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "sched/base/crash_cleanup.h"

static atomic_int begun, done;

static void clean_up(void)
{
    atomic_fetch_add(&begun, 1);
    poll(NULL, 0, 50);
    atomic_fetch_add(&done, 1);
}

/* Returns whether the cleanup was complete when crash_cleanup_run returned. */
static void *run(void *unused)
{
    (void)unused;
    crash_cleanup_run();
    return atomic_load(&done) == 1 ? &done : NULL;
}

START_TEST(whoever_comes_second_waits_for_the_first)
{
    enum {
        THREADS = 8
    };
    pthread_t thread[THREADS];

    crash_cleanup_set(clean_up);
    ck_assert(crash_cleanup_is_set());
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&thread[i], NULL, run, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        void *complete;

        ck_assert_int_eq(pthread_join(thread[i], &complete), 0);
        ck_assert_ptr_nonnull(complete);
    }
    ck_assert_int_eq(atomic_load(&begun), 1);
    ck_assert(!crash_cleanup_is_set());
}
END_TEST

START_TEST(nothing_set_keeps_nobody_waiting)
{
    crash_cleanup_run();
    ck_assert_int_eq(atomic_load(&begun), 0);
}
END_TEST

static void *leave(void *status)
{
    crash_cleanup_run();
    crash_cleanup_exit(*(int *)status);
    return NULL;
}

START_TEST(two_threads_can_end_the_program_at_once)
{
    static int status = 3;
    int found;
    pid_t child = fork();

    if (child == 0) {
        pthread_t thread;

        crash_cleanup_set(clean_up);
        atexit(clean_up); /* exit() runs it once */
        pthread_create(&thread, NULL, leave, &status);
        leave(&status);
    }
    ck_assert_int_eq(waitpid(child, &found, 0), child);
    ck_assert(WIFEXITED(found));
    ck_assert_int_eq(WEXITSTATUS(found), 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crash_cleanup");
    TCase *tcase = tcase_create("cleanup");

    tcase_add_test(tcase, whoever_comes_second_waits_for_the_first);
    tcase_add_test(tcase, nothing_set_keeps_nobody_waiting);
    tcase_add_loop_test(tcase, two_threads_can_end_the_program_at_once, 0, 20);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
