/*
 * overflow.c -- a handler for faults on a stack of its own, like
 * coroutine/stack_overflow.c; but that one keeps what it needs in thread-local
 * variables, and here these change with every fiber.
 */
#include "sched/preload/overflow.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "sched/coroutine/stack_overflow.h"
#include "sched/preload/activate.h"
#include "sched/preload/fiber.h"
#include "sched/preload/pages.h"
#include "sched/preload/stuck.h"

enum {
    ALTERNATE_BYTES = 128 * 1024 /* the sentence is made there */
};

/* Returning repeats the instruction, this time without us. What the sentence
 * calls may not be safe in a handler; but the fault was in a guard, so nothing
 * of that was going on but a push onto a stack. */
static void on_fault(int number, siginfo_t *info, void *machine_state)
{
    struct fiber *fiber = fiber_of_guard(info->si_addr);

    (void)machine_state;
    if (fiber) {
        activate_language();
        stuck_overflowed(fiber);
        _exit(STACK_OVERFLOW_EXIT);
    }
    signal(number, SIG_DFL);
    if (info->si_code <= 0)
        raise(number);
}

void overflow_watch(void)
{
    struct sigaction before, action = { .sa_sigaction = on_fault,
                                        .sa_flags = SA_SIGINFO | SA_ONSTACK };
    stack_t alternate = { .ss_size = ALTERNATE_BYTES }, old;

    if (sigaction(SIGSEGV, NULL, &before) != 0 ||
        before.sa_handler != SIG_DFL || sigaltstack(NULL, &old) != 0 ||
        !(old.ss_flags & SS_DISABLE))
        return;
    alternate.ss_sp = pages_new(ALTERNATE_BYTES);
    if (!alternate.ss_sp || sigaltstack(&alternate, NULL) != 0)
        return;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}
