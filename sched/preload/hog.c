/*
 * hog.c -- a thread that spins until another one does something spins for ever
 * here: nobody takes the turn away from it. That is no deadlock, so it is said
 * and not ended.
 *
 * A timer of the process's own computing time looks every second whether
 * anybody's turn has come meanwhile; a process that waits is not disturbed. Its
 * signal is one that the C library keeps for itself and hides from programs (33,
 * which tells threads of another user id and is sent to none here), so it is
 * asked of the system without the C library.
 */
#include "sched/preload/hog.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "sched/preload/kernel_call.h"
#include "sched/preload/stuck.h"
#include "sched/preload/turn.h"

enum {
    NUMBER = 33,
    LOOKS = 2,             /* seconds */
    RESTORER = 0x04000000, /* SA_RESTORER: the system is told how to go back */
};

/* How the system wants it; not in a header for programs. */
struct hog_action {
    void (*handler)(int number);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

static struct {
    uint64_t seen; /* turns, at the last look */
    int looks;     /* since then */
    bool told;
} hog;

/* Back from a handler: the system call rt_sigreturn, 15. */
void hog_return(void);
__asm__(".text\n\t.type hog_return, @function\n"
        "hog_return:\n\tmov $15, %eax\n\tsyscall");

static void look(int number)
{
    uint64_t count = turn_count();

    (void)number;
    hog.looks = count == hog.seen ? hog.looks + 1 : 0;
    hog.seen = count;
    if (hog.looks < LOOKS || hog.told || !fiber_many())
        return;
    hog.told = true;
    stuck_behind(fiber_current());
}

void hog_watch(void)
{
    struct hog_action action = { look, SA_RESTART | SA_ONSTACK | RESTORER,
                                 hog_return, 0 };
    struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
                              .sigev_signo = NUMBER };
    struct itimerspec second = { { 1, 0 }, { 1, 0 } };
    int timer = 0;

    if (kernel_call(SYS_rt_sigaction, NUMBER, kernel_call_pointer(&action), 0,
                    sizeof action.mask) == 0 &&
        kernel_call(SYS_timer_create, CLOCK_PROCESS_CPUTIME_ID,
                    kernel_call_pointer(&event),
                    kernel_call_pointer(&timer)) == 0)
        kernel_call(SYS_timer_settime, timer, 0, kernel_call_pointer(&second),
                    0);
}
