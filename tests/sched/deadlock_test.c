/*
 * A deadlock is found at once: whoever does the last thing that can be done
 * sees it, and no timer has to run out. So here all ways to wait with a limit
 * are counted (the linker sends them here), and there must be none; a
 * run that looked from time to time would hang in a wait without a limit.
 */
#include "tests/suite.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/select.h>
#include <time.h>

#include "tests/sched/running.h"

static atomic_int timed_waits;

int __real_poll(struct pollfd *fds, nfds_t count, int timeout_ms);
int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout_ms);

int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    timed_waits += timeout_ms > 0;
    return __real_poll(fds, count, timeout_ms);
}

int __real_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *limit,
                 const sigset_t *mask);
int __wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *limit,
                 const sigset_t *mask);

int __wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *limit,
                 const sigset_t *mask)
{
    timed_waits += limit != NULL;
    return __real_ppoll(fds, count, limit, mask);
}

/* Where there is no ppoll (ready.c). */
int __real_pselect(int above, fd_set *in, fd_set *out, fd_set *wrong,
                   const struct timespec *limit, const sigset_t *mask);
int __wrap_pselect(int above, fd_set *in, fd_set *out, fd_set *wrong,
                   const struct timespec *limit, const sigset_t *mask);

int __wrap_pselect(int above, fd_set *in, fd_set *out, fd_set *wrong,
                   const struct timespec *limit, const sigset_t *mask)
{
    timed_waits += limit != NULL;
    return __real_pselect(above, in, out, wrong, limit, mask);
}

/* Where a time had 32 bits once, that of 64 has a name of its own. */
#ifdef _TIME_BITS
#define __real_pthread_cond_timedwait __real___pthread_cond_timedwait64
#define __wrap_pthread_cond_timedwait __wrap___pthread_cond_timedwait64
#endif

int __real_pthread_cond_timedwait(pthread_cond_t *changed,
                                  pthread_mutex_t *mutex,
                                  const struct timespec *limit);
int __wrap_pthread_cond_timedwait(pthread_cond_t *changed,
                                  pthread_mutex_t *mutex,
                                  const struct timespec *limit);

int __wrap_pthread_cond_timedwait(pthread_cond_t *changed,
                                  pthread_mutex_t *mutex,
                                  const struct timespec *limit)
{
    timed_waits++;
    return __real_pthread_cond_timedwait(changed, mutex, limit);
}

static const char *const text[] = {
    ("barrier b 2\n"
     "task A: lock spoon, wait b, lock cup\n"
     "task B: lock cup, wait b, lock spoon\n"),
    ("channel c size 1\n"
     "task A: recv c\n"
     "task B: join A\n"),
    ("task A: lock m, join B\n"
     "task B: yield, cpu 1, lock m\n"),
};

enum {
    TEXTS = sizeof text / sizeof text[0],
    MACHINES = 2,
    MODES = 5,
};

START_TEST(a_deadlock_is_found_without_a_timer)
{
    struct running run;
    size_t last;

    running_init(&run, executor_table[_i / TEXTS], false, text[_i % TEXTS]);
    if (run.executor->mode->traits & PARALLEL)
        run.options.machines = MACHINES;
    run.options.slice_ns = 0;
    timed_waits = 0;
    running_go(&run);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_DEADLOCK);
    ck_assert_msg(timed_waits == 0, "%s waited %d times with a limit",
                  run.executor->mode->name, timed_waits);
    last = trace_count(run.trace) - 1;
    ck_assert_int_eq(trace_at(run.trace, last)->kind, EVENT_END);
    running_fini(&run);
}
END_TEST

/* The counting itself must be able to see something. (Long enough to be awaited
 * on a machine that is slow.) */
START_TEST(a_sleep_is_a_wait_with_a_limit)
{
    struct running run;

    running_init(&run, executor_table[_i], false, "task A: sleep 300\n");
    timed_waits = 0;
    running_go(&run);
    ck_assert_int_gt(timed_waits, 0);
    running_fini(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deadlock");
    TCase *tcase = tcase_create("deadlock");

    tcase_add_loop_test(tcase, a_deadlock_is_found_without_a_timer, 0,
                        MODES * TEXTS);
    tcase_add_loop_test(tcase, a_sleep_is_a_wait_with_a_limit, 0, MODES);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
