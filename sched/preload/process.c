/*
 * process.c -- other processes: fork, and waiting for their end.
 *
 * After fork there is only the thread that called it, and so here: the child
 * forgets the others. A wait for a child would stop all, so the system is only
 * asked whether one has ended, again and again, in steps that grow from 0.1 to
 * 10 ms.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/preload/cancel.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/happened.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/line.h"
#include "sched/preload/order.h"
#include "sched/preload/signals.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"
#include "sched/preload/virtual_clock.h"

enum {
    STEP_NS = 100000,
    STEP_MAX_NS = 10000000
};

pid_t fork(void)
{
    pid_t (*real)(void), child;

    fiber_current();
    *(void **)&real = dlsym(RTLD_NEXT, "fork");
    child = real();
    if (child == 0) {
        tell_forget();
        order_forget();
        happened_forget();
        line_forget();
        fiber_forget_others();
    }
    return child;
}

/* Others go on for a while. Returns 0 or EINTR. */
static int step_aside(long *step)
{
    struct timespec time = { 0, *step }, real = { 0, STEP_NS };
    struct deadline until = deadlines_in(&time);
    enum wait_end end;

    if (virtual_clock_runs()) /* the other process has a time of its own */
        kernel_call(SYS_nanosleep, kernel_call_pointer(&real), 0);
    end = turn_wait(&(struct turn_wait){ WAIT_CHILD, NULL, &until, true });

    if (*step < STEP_MAX_NS)
        *step *= 2;
    return end == WAIT_INTERRUPTED && !signals_restart() ? EINTR : 0;
}

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    long step = STEP_NS, result;

    TELL_HERE();
    cancel_point(fiber_current());
    for (;;) {
        int asked = fiber_many() ? options | WNOHANG : options;

        if (!(asked & WNOHANG))
            tell_away(TIME_NEVER);
        result = kernel_call(SYS_wait4, pid, kernel_call_pointer(status), asked,
                             kernel_call_pointer(usage));
        if (!(asked & WNOHANG))
            tell_back();
        if (result != 0 || options & WNOHANG)
            break;
        if (step_aside(&step) != 0) {
            result = -EINTR;
            break;
        }
    }
    return (pid_t)kernel_call_errno(result);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
    TELL_HERE();
    return wait4(pid, status, options, NULL);
}

pid_t wait(int *status)
{
    TELL_HERE();
    return wait4(-1, status, 0, NULL);
}

pid_t wait3(int *status, int options, struct rusage *usage)
{
    TELL_HERE();
    return wait4(-1, status, options, usage);
}

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    long step = STEP_NS, result;
    siginfo_t unused;

    TELL_HERE();
    cancel_point(fiber_current());
    if (!info)
        info = &unused;
    for (;;) {
        int asked = fiber_many() ? options | WNOHANG : options;

        info->si_pid = 0;
        result = kernel_call(SYS_waitid, type, (long)id,
                             kernel_call_pointer(info), asked, 0);
        if (result != 0 || info->si_pid != 0 || options & WNOHANG)
            break;
        if (step_aside(&step) != 0) {
            result = -EINTR;
            break;
        }
    }
    return (int)kernel_call_errno(result);
}
