/*
 * futex.c -- syscall(2), for the one system call that threads are made of.
 *
 * Run-time libraries that wait on an address themselves (Rust's, atomic::wait of
 * C++20) call it so. All others go to the system as they are.
 */
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/line.h"
#include "sched/preload/signals.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

static long wait_on(const uint32_t *word, uint32_t value, uint32_t bits,
                    const struct deadline *until)
{
    enum wait_end end;

    if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != value)
        return -EAGAIN;
    if (!bits)
        return -EINVAL;
    fiber_current()->futex_bits = bits;
    end = turn_park(&(struct turn_wait){ WAIT_FUTEX, word, until, false });
    if (end == WAIT_TIMED_OUT)
        return -ETIMEDOUT;
    return end == WAIT_INTERRUPTED && !signals_restart() ? -EINTR : 0;
}

static long wait_until(const long argument[6])
{
    const uint32_t *word = (const void *)argument[0];
    const struct timespec *time = (const void *)argument[3];
    int operation = (int)argument[1];
    bool bitset = (operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET;
    clockid_t clock = operation & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME
                                                       : CLOCK_MONOTONIC;
    struct deadline until;

    if (time && !deadlines_valid(time))
        return -EINVAL;
    if (time)
        until = bitset ? deadlines_at(clock, time) : deadlines_in(time);
    return wait_on(word, (uint32_t)argument[2],
                   bitset ? (uint32_t)argument[5] : UINT32_MAX,
                   time ? &until : NULL);
}

static size_t count_of(long count)
{
    return count < 0 ? 0 : (size_t)count;
}

/* Returns false for what is not done here. */
static bool futex(const long argument[6], long *result)
{
    const uint32_t *word = (const void *)argument[0];

    switch (argument[1] & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
        *result = wait_until(argument);
        return true;
    case FUTEX_WAKE:
        *result = (long)line_wake_futex(word, count_of((int)argument[2]),
                                        UINT32_MAX, NULL, 0);
        return true;
    case FUTEX_WAKE_BITSET:
        *result = (long)line_wake_futex(word, count_of((int)argument[2]),
                                        (uint32_t)argument[5], NULL, 0);
        return true;
    case FUTEX_CMP_REQUEUE:
        if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != (uint32_t)argument[5]) {
            *result = -EAGAIN;
            return true;
        }
        /* fall through */
    case FUTEX_REQUEUE:
        *result = (long)line_wake_futex(word, count_of((int)argument[2]),
                                        UINT32_MAX, (const void *)argument[4],
                                        count_of((int)argument[3]));
        return true;
    default:
        return false;
    }
}

/* Who is alone and waits for another process leaves it to the system. */
long syscall(long number, ...)
{
    long argument[6], result;
    va_list list;

    TELL_HERE();
    va_start(list, number);
    for (int i = 0; i < 6; i++)
        argument[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_futex && fiber_many() && futex(argument, &result))
        return kernel_call_errno(result);
    return kernel_call_errno(kernel_call6(number, argument));
}
