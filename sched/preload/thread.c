/*
 * thread.c -- creating threads, waiting for their end, and what they are called.
 */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

#include "sched/base/i18n.h"
#include "sched/preload/activate.h"
#include "sched/preload/cancel.h"
#include "sched/preload/choice.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/happened.h"
#include "sched/preload/line.h"
#include "sched/preload/race.h"
#include "sched/preload/start.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

enum {
    STARTS = 64,     /* functions that are counted; more share the last place */
    REFUSED_EXIT = 2 /* as where concviz itself refuses a program */
};

/* How many threads have begun with a function: worker, worker 2 … */
static struct {
    void *(*start)(void *);
    int count;
} begun[STARTS];

static int ordinal_of(void *(*start)(void *))
{
    size_t i = 0;

    while (i + 1 < STARTS && begun[i].start && begun[i].start != start)
        i++;
    begun[i].start = start;
    return ++begun[i].count;
}

/* GNU OpenMP makes its threads with pthread_create, but they wait for each
 * other by system calls of its own: for ever, where only one can run. */
static void refuse_openmp(const void *caller)
{
    Dl_info info;

    if (!dladdr(caller, &info) || !info.dli_fname ||
        !strstr(info.dli_fname, "/libgomp.so"))
        return;
    fflush(NULL);
    activate_language();
    dprintf(STDERR_FILENO, "concviz: %s\n",
            _("OpenMP's threads wait on their own and cannot become "
              "coroutines; OMP_THREAD_LIMIT=1 runs the program without them"));
    _exit(REFUSED_EXIT);
}

static int create(struct fiber **result, const pthread_attr_t *attributes,
                  void *(*start)(void *), void *argument)
{
    struct fiber *fiber;
    int error;

    if (!activate())
        return EAGAIN;
    error = fiber_new(&fiber, attributes, start_fiber);
    if (error)
        return error;
    fiber->start = start;
    fiber->argument = argument;
    fiber->ordinal = ordinal_of(start);
    happened_created(fiber);
    race_created(fiber);
    tell_created(fiber, fiber_current());
    *result = fiber;
    return 0;
}

/* In sequential the thread is a subroutine: it runs to its end here. */
static void begin(struct fiber *fiber)
{
    line_add(fiber);
    if (activate_sequential())
        turn_park(&(struct turn_wait){ WAIT_CALL_OF, fiber, NULL, false });
    choice_point(CHOICE_CREATED, fiber);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*start)(void *), void *argument)
{
    struct fiber *fiber;
    int error;

    TELL_HERE();
    refuse_openmp(__builtin_return_address(0));
    error = create(&fiber, attributes, start, argument);
    if (error)
        return error;
    *thread = (pthread_t)fiber->tls;
    begin(fiber);
    return 0;
}

/* --- its end -------------------------------------------------------------- */

/* May me wait for fiber's end? */
static int refuse_join(const struct fiber *fiber, const struct fiber *me)
{
    if (!fiber)
        return ESRCH;
    if (fiber == me || me->joiner == fiber)
        return EDEADLK;
    return fiber->detached || fiber->joiner ? EINVAL : 0;
}

static int join(pthread_t thread, void **value, const struct deadline *until)
{
    struct fiber *fiber, *me = fiber_current();
    enum wait_end end = WAIT_ENDED;
    int error;

    choice_point(CHOICE_JOIN, fiber_find(thread));
    fiber = fiber_find(thread);
    error = refuse_join(fiber, me);
    if (error)
        return error;
    cancel_point(me);
    if (!fiber->ended) {
        fiber->joiner = me;
        end = turn_park(&(struct turn_wait){ WAIT_END_OF, fiber, until, true });
        fiber->joiner = NULL;
    }
    if (end == WAIT_CANCELLED)
        cancel_now();
    if (end == WAIT_TIMED_OUT)
        return ETIMEDOUT;
    if (value)
        *value = fiber->value;
    happened_joined(fiber);
    tell_joined(me, fiber);
    fiber_free(fiber);
    return 0;
}

int pthread_join(pthread_t thread, void **value)
{
    TELL_HERE();
    return join(thread, value, NULL);
}

int pthread_tryjoin_np(pthread_t thread, void **value)
{
    const struct fiber *fiber = fiber_find(thread);
    int error = refuse_join(fiber, fiber_current());

    TELL_HERE();
    if (error)
        return error;
    return fiber->ended ? join(thread, value, NULL) : EBUSY;
}

int pthread_clockjoin_np(pthread_t thread, void **value, clockid_t clock,
                         const struct timespec *time)
{
    struct deadline until;

    TELL_HERE();
    if (!time)
        return join(thread, value, NULL);
    if (!deadlines_read(&until, clock, time))
        return EINVAL;
    return join(thread, value, &until);
}

int pthread_timedjoin_np(pthread_t thread, void **value,
                         const struct timespec *time)
{
    TELL_HERE();
    return pthread_clockjoin_np(thread, value, CLOCK_REALTIME, time);
}

int pthread_detach(pthread_t thread)
{
    struct fiber *fiber = fiber_find(thread);

    if (!fiber)
        return ESRCH;
    if (fiber->detached)
        return EINVAL;
    fiber->detached = true;
    if (fiber->ended)
        fiber_free(fiber);
    return 0;
}

/* --- stepping aside ------------------------------------------------------- */

int sched_yield(void)
{
    TELL_HERE();
    turn_yield();
    return 0;
}

/* The header makes this name another one for sched_yield. */
int thread_yield(void) __asm__("pthread_yield");
int thread_yield(void)
{
    TELL_HERE();
    turn_yield();
    return 0;
}

void thrd_yield(void)
{
    TELL_HERE();
    turn_yield();
}

/* --- what is known of one ------------------------------------------------- */

int pthread_setname_np(pthread_t thread, const char *name)
{
    struct fiber *fiber = fiber_find(thread);

    if (!fiber)
        return ESRCH;
    if (strlen(name) >= sizeof fiber->name)
        return ERANGE;
    strcpy(fiber->name, name);
    tell_named(fiber);
    return 0;
}

int pthread_getname_np(pthread_t thread, char *name, size_t size)
{
    const struct fiber *fiber = fiber_find(thread);
    const char *known;

    if (!fiber)
        return ESRCH;
    known = fiber->name[0] ? fiber->name : program_invocation_short_name;
    if (size < sizeof fiber->name)
        return ERANGE;
    strncpy(name, known, sizeof fiber->name - 1);
    name[sizeof fiber->name - 1] = '\0';
    return 0;
}

/* main's own stack is known to the C library. */
int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes)
{
    const struct fiber *fiber = fiber_find(thread);
    int error;

    if (!fiber)
        return ESRCH;
    if (!fiber->stack.size)
        return start_main_attributes(thread, attributes);
    error = pthread_attr_init(attributes);
    if (!error)
        error = pthread_attr_setstack(attributes, fiber->stack.low,
                                      fiber->stack.size);
    if (!error && fiber->detached)
        error = pthread_attr_setdetachstate(attributes,
                                            PTHREAD_CREATE_DETACHED);
    return error;
}

/* --- C11 ------------------------------------------------------------------ */

int thrd_create(thrd_t *thread, thrd_start_t start, void *argument)
{
    struct fiber *fiber;
    int error;

    TELL_HERE();
    error = create(&fiber, NULL, (void *(*)(void *))(void (*)(void))start,
                   argument);
    if (error)
        return error == EAGAIN ? thrd_nomem : thrd_error;
    fiber->c11 = true;
    *thread = (thrd_t)fiber->tls;
    begin(fiber);
    return thrd_success;
}

int thrd_join(thrd_t thread, int *value)
{
    void *end;

    TELL_HERE();
    if (join(thread, &end, NULL) != 0)
        return thrd_error;
    if (value)
        *value = (int)(intptr_t)end;
    return thrd_success;
}

int thrd_detach(thrd_t thread)
{
    return pthread_detach(thread) == 0 ? thrd_success : thrd_error;
}

void thrd_exit(int value)
{
    cancel_leave((void *)(intptr_t)value);
}
