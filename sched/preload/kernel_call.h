/*
 * kernel_call.h -- the system, without the C library in between.
 *
 * Here the C library's own calls are replaced (call_*.c), syscall() among them,
 * so what is to reach the system must not go through them. Returns what the
 * system returns: a negative errno value is an error. Any thread, also in a
 * signal handler.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_KERNEL_CALL_H
#define CONCVIZ_SCHED_PRELOAD_KERNEL_CALL_H

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>

enum {
    KERNEL_CALL_SET_BYTES = _NSIG / 8 /* of a set of signals */
};

static inline long kernel_call6(long number, const long argument[6])
{
    long result;
    register long d __asm__("r10") = argument[3];
    register long e __asm__("r8") = argument[4];
    register long f __asm__("r9") = argument[5];

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(argument[0]), "S"(argument[1]),
                       "d"(argument[2]), "r"(d), "r"(e), "r"(f)
                     : "rcx", "r11", "memory");
    return result;
}

/* Arguments that are left out are 0. */
#define kernel_call(number, ...)                                               \
    kernel_call6((number), (const long[6]){ __VA_ARGS__ })

/* An address as an argument. */
static inline long kernel_call_pointer(const volatile void *pointer)
{
    return (long)(unsigned long)pointer;
}

/* ppoll: returns how many files are ready, 0 when *wait (NULL: for ever) is
 * over. mask may be NULL. The system writes what is left into *wait. */
static inline long kernel_call_poll(struct pollfd *file, size_t count,
                                    struct timespec *wait, const sigset_t *mask)
{
    return kernel_call(SYS_ppoll, kernel_call_pointer(file), (long)count,
                       kernel_call_pointer(wait), kernel_call_pointer(mask),
                       KERNEL_CALL_SET_BYTES);
}

/* The way of the C library: -1, with errno set. */
static inline long kernel_call_errno(long result)
{
    if (result >= 0 || result < -4095)
        return result;
    errno = (int)-result;
    return -1;
}

#endif
