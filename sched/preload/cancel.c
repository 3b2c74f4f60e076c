/*
 * cancel.c -- pthread_cancel and its like.
 *
 * What unwinds the stack, and runs clean-up handlers and the destructors of C++
 * on the way, is the C library's own pthread_exit: it looks at the thread-local
 * block of whoever runs, where the first frame of each fiber has left the place
 * to come back to. So a catch (...) of C++ sees what it sees with threads.
 */
#include "sched/preload/cancel.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>

#include "sched/preload/fiber.h"
#include "sched/preload/line.h"
#include "sched/preload/tell.h"

bool cancel_is_due(const struct fiber *fiber)
{
    return fiber->cancel_asked && !fiber->cancel_disabled && !fiber->leaving;
}

void cancel_leave(void *value)
{
    struct fiber *me = fiber_current();
    void (*unwind)(void *value);

    me->leaving = true;
    me->value = value;
    *(void **)&unwind = dlsym(RTLD_NEXT, "pthread_exit");
    unwind(value);
    __builtin_unreachable();
}

void cancel_now(void)
{
    cancel_leave(PTHREAD_CANCELED);
}

void cancel_point(struct fiber *running)
{
    if (cancel_is_due(running))
        cancel_now();
}

/* --- the calls ------------------------------------------------------------ */

void pthread_exit(void *value)
{
    cancel_leave(value);
}

int pthread_cancel(pthread_t thread)
{
    struct fiber *fiber = fiber_find(thread);

    TELL_HERE();
    if (!fiber)
        return ESRCH;
    fiber->cancel_asked = true;
    tell_cancelled(fiber_current(), fiber);
    if (fiber == fiber_current()) {
        if (fiber->cancel_anywhere)
            cancel_point(fiber);
    } else if (fiber->wait != WAIT_NOTHING && cancel_is_due(fiber) &&
               (fiber->cancellable || fiber->cancel_anywhere)) {
        line_rouse(fiber, WAIT_CANCELLED);
    }
    return 0;
}

void pthread_testcancel(void)
{
    cancel_point(fiber_current());
}

int pthread_setcancelstate(int state, int *old)
{
    struct fiber *me = fiber_current();

    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (old)
        *old = me->cancel_disabled ? PTHREAD_CANCEL_DISABLE
                                   : PTHREAD_CANCEL_ENABLE;
    me->cancel_disabled = state == PTHREAD_CANCEL_DISABLE;
    if (me->cancel_anywhere)
        cancel_point(me);
    return 0;
}

int pthread_setcanceltype(int type, int *old)
{
    struct fiber *me = fiber_current();

    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old)
        *old = me->cancel_anywhere ? PTHREAD_CANCEL_ASYNCHRONOUS
                                   : PTHREAD_CANCEL_DEFERRED;
    me->cancel_anywhere = type == PTHREAD_CANCEL_ASYNCHRONOUS;
    if (me->cancel_anywhere)
        cancel_point(me);
    return 0;
}
