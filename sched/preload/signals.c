/*
 * signals.c -- see signals.h.
 *
 * The set of blocked signals belongs to the fiber and is changed with it
 * (turn.c). A signal sent to the process is delivered to whoever runs; where
 * nobody does, to whoever waits for all in everybody's name (idle.c). One that
 * is sent to a single fiber is kept there until its turn comes, and then sent to
 * the thread, which is it.
 */
#include "sched/preload/signals.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/line.h"
#include "sched/preload/turn.h"

enum {
    KERNEL_SIGNALS = 64
};

static struct {
    bool differ;
    sigset_t installed; /* what the system blocks now */
    const char waiting; /* the address of who waits for a signal */
} signals;

bool signals_differ(void)
{
    return signals.differ;
}

static void send_to_self(int number)
{
    kernel_call(SYS_tgkill, getpid(), kernel_call(SYS_gettid, 0), number);
}

void signals_deliver(struct fiber *running)
{
    if (sigisemptyset(&running->sent))
        return;
    for (int number = 1; number <= KERNEL_SIGNALS; number++)
        if (sigismember(&running->sent, number) == 1 &&
            sigismember(&running->masked, number) != 1) {
            sigdelset(&running->sent, number);
            send_to_self(number);
        }
}

/* Has the program a handler for it? Then *action says which. */
static bool is_handled(int number, struct sigaction *action)
{
    return sigaction(number, NULL, action) == 0 &&
           action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN;
}

/* Waits for locks, conditions, barriers and other threads go on in any case. */
static bool ends_by_signal(enum wait_reason kind)
{
    switch (kind) {
    case WAIT_SEMAPHORE_UP:
    case WAIT_FUTEX:
    case WAIT_A_TIME:
    case WAIT_FILES:
    case WAIT_SIGNAL:
    case WAIT_CHILD:
        return true;
    default:
        return false;
    }
}

void signals_interrupt(struct fiber *fiber)
{
    if (ends_by_signal(fiber->wait))
        line_rouse(fiber, WAIT_INTERRUPTED);
}

bool signals_restart(void)
{
    for (int number = 1; number <= KERNEL_SIGNALS; number++) {
        struct sigaction action;

        if (number != SIGSEGV && number != SIGBUS &&
            is_handled(number, &action) && !(action.sa_flags & SA_RESTART))
            return false;
    }
    return true;
}

/* Handlers of faults do not count: nothing faults while all wait. */
bool signals_could_help(void)
{
    static const int fault[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP };
    struct itimerval timer;

    for (int number = 1; number <= KERNEL_SIGNALS; number++) {
        struct sigaction action;
        bool is_fault = false;

        for (size_t i = 0; i < sizeof fault / sizeof *fault; i++)
            is_fault = is_fault || fault[i] == number;
        if (!is_fault && is_handled(number, &action))
            return true;
    }
    return getitimer(ITIMER_REAL, &timer) == 0 &&
           (timer.it_value.tv_sec || timer.it_value.tv_usec);
}

bool signals_awaited(sigset_t *set)
{
    bool any = false;

    sigemptyset(set);
    for (struct fiber *f = line_waiting(&signals.waiting); f;
         f = line_waiting_after(f)) {
        sigorset(set, set, &f->awaited);
        any = true;
    }
    return any;
}

/* What has come and is blocked by the running fiber. */
static uint64_t pending_now(void)
{
    uint64_t pending = 0;

    kernel_call(SYS_rt_sigpending, kernel_call_pointer(&pending),
                KERNEL_CALL_SET_BYTES);
    return pending;
}

static bool lets_through(const sigset_t *mask, uint64_t pending)
{
    uint64_t blocked;

    memcpy(&blocked, mask, KERNEL_CALL_SET_BYTES);
    return pending & ~blocked;
}

void signals_look(void)
{
    uint64_t pending = pending_now(), awaited;

    if (!pending)
        return;
    for (struct fiber *f = line_waiting(&signals.waiting), *next; f; f = next) {
        next = line_waiting_after(f);
        memcpy(&awaited, &f->awaited, KERNEL_CALL_SET_BYTES);
        if (pending & awaited)
            line_rouse(f, WAIT_ENDED);
    }
    for (struct fiber *f = fiber_first(); signals.differ && f; f = f->newer)
        if (lets_through(&f->masked, pending))
            signals_interrupt(f);
}

/* --- blocking ------------------------------------------------------------- */

static void set_mask(const sigset_t *set)
{
    signals.installed = *set;
    kernel_call(SYS_rt_sigprocmask, SIG_SETMASK, kernel_call_pointer(set), 0,
                KERNEL_CALL_SET_BYTES);
}

static void change_mask(const sigset_t *set)
{
    if (memcmp(&signals.installed, set, KERNEL_CALL_SET_BYTES) != 0)
        set_mask(set);
}

void signals_install(const struct fiber *running)
{
    change_mask(&running->masked);
}

static void change(struct fiber *me, const sigset_t *set)
{
    me->masked = *set;
    signals.differ = signals.differ || fiber_many();
}

void signals_block(const sigset_t *set)
{
    struct fiber *me = fiber_current();

    change(me, set);
    set_mask(set);
    signals_deliver(me);
}

bool signals_lend(const sigset_t *set)
{
    struct fiber *me = fiber_current();
    uint64_t sent;

    memcpy(&sent, &me->sent, KERNEL_CALL_SET_BYTES);
    if (lets_through(set, sent | pending_now())) {
        signals_block(set);
        return false;
    }
    change(me, set);
    return true;
}

/* Not those of faults: they would end the program without a word. */
void signals_hold(void)
{
    sigset_t all;

    sigfillset(&all);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    change_mask(&all);
}

int pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    struct fiber *me = fiber_current();
    sigset_t changed = me->masked;

    if (set) {
        if (how == SIG_BLOCK)
            sigorset(&changed, &changed, set);
        else if (how == SIG_SETMASK)
            changed = *set;
        else if (how == SIG_UNBLOCK)
            for (int number = 1; number <= KERNEL_SIGNALS; number++) {
                if (sigismember(set, number) == 1)
                    sigdelset(&changed, number);
            }
        else
            return EINVAL;
        sigdelset(&changed, SIGKILL);
        sigdelset(&changed, SIGSTOP);
    }
    if (old)
        memcpy(old, &me->masked, KERNEL_CALL_SET_BYTES);
    if (set)
        signals_block(&changed);
    return 0;
}

int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
    int error = pthread_sigmask(how, set, old);

    if (!error)
        return 0;
    errno = error;
    return -1;
}

/* --- sending to one ------------------------------------------------------- */

/* What nobody handles ends or stops all threads alike. */
int pthread_kill(pthread_t thread, int number)
{
    struct fiber *fiber = fiber_find(thread);
    struct sigaction action;

    if (!fiber)
        return ESRCH;
    if (number < 0 || number > KERNEL_SIGNALS)
        return EINVAL;
    if (number == 0 || fiber->ended)
        return 0;
    if (fiber == fiber_current()) {
        send_to_self(number);
        return 0;
    }
    if (sigismember(&fiber->masked, number) != 1 &&
        !is_handled(number, &action))
        return (int)-kernel_call(SYS_kill, getpid(), number);
    sigaddset(&fiber->sent, number);
    if (fiber->wait == WAIT_SIGNAL && sigismember(&fiber->awaited, number) == 1)
        line_rouse(fiber, WAIT_ENDED);
    else if (sigismember(&fiber->masked, number) != 1)
        signals_interrupt(fiber);
    return 0;
}

/* --- waiting for one ------------------------------------------------------ */

/* One of set that was sent to this fiber alone, or 0. */
static int take_sent(struct fiber *me, const sigset_t *set, siginfo_t *info)
{
    for (int number = 1; number <= KERNEL_SIGNALS; number++)
        if (sigismember(set, number) == 1 &&
            sigismember(&me->sent, number) == 1) {
            sigdelset(&me->sent, number);
            if (info) {
                memset(info, 0, sizeof *info);
                info->si_signo = number;
                info->si_code = SI_TKILL;
                info->si_pid = getpid();
                info->si_uid = getuid();
            }
            return number;
        }
    return 0;
}

/* Returns a negative errno value, or the signal. */
static int await(const sigset_t *set, siginfo_t *info,
                 const struct deadline *until)
{
    struct fiber *me = fiber_current();
    const struct timespec now = { .tv_sec = 0 };

    for (;;) {
        int number = take_sent(me, set, info);
        enum wait_end end;

        if (!number)
            number = (int)kernel_call(
                SYS_rt_sigtimedwait, kernel_call_pointer(set),
                kernel_call_pointer(info), kernel_call_pointer(&now),
                KERNEL_CALL_SET_BYTES);
        if (number != -EAGAIN)
            return number;
        me->awaited = *set;
        end = turn_wait(
            &(struct turn_wait){ WAIT_SIGNAL, &signals.waiting, until, true });
        sigemptyset(&me->awaited);
        if (end == WAIT_INTERRUPTED)
            return -EINTR;
        if (end == WAIT_TIMED_OUT)
            return -EAGAIN;
    }
}

int sigtimedwait(const sigset_t *set, siginfo_t *info,
                 const struct timespec *time)
{
    struct deadline until;

    if (time && !deadlines_valid(time)) {
        errno = EINVAL;
        return -1;
    }
    if (time)
        until = deadlines_in(time);
    return (int)kernel_call_errno(await(set, info, time ? &until : NULL));
}

int sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    return (int)kernel_call_errno(await(set, info, NULL));
}

int sigwait(const sigset_t *set, int *number)
{
    int result;

    do
        result = await(set, NULL, NULL);
    while (result == -EINTR);
    if (result < 0)
        return -result;
    *number = result;
    return 0;
}

/* Until a handler has run. */
static int suspend(const sigset_t *set)
{
    turn_wait_blocking(
        &(struct turn_wait){ WAIT_SIGNAL, &signals.waiting, NULL, true }, set);
    errno = EINTR;
    return -1;
}

int sigsuspend(const sigset_t *set)
{
    return suspend(set);
}

int pause(void)
{
    return suspend(NULL);
}
