/*
 * context_ucontext.c -- change stacks with what POSIX once offered.
 *
 * For machines nobody has written an assembly file for. swapcontext also
 * changes the signal mask, so each switch is a system call: a hundred times
 * slower than context_x86_64.S, and right on any machine.
 *
 * The ucontext_t of a stopped computation, almost 1 KiB, lies on its own
 * stack, and `top` points to it, so that a context is one pointer here as well.
 */
#include "sched/coroutine/context.h"

#include <stdint.h>
#include <ucontext.h>

/* What a new stack begins with; lies at its high end. */
struct beginning {
    ucontext_t context;
    void (*entry)(void *);
    void *argument;
};

/* The context lies on the stack that is left, which nobody touches until it is
 * continued. */
void context_switch(struct context *from, const struct context *to)
{
    ucontext_t here;

    from->top = &here;
    swapcontext(&here, to->top);
}

/* makecontext passes ints only: the pointer comes in two halves. */
static void begin(unsigned high, unsigned low)
{
    uintptr_t address = (uintptr_t)(((uint64_t)high << 32) | low);
    struct beginning *beginning = (struct beginning *)address;

    beginning->entry(beginning->argument);
    __builtin_trap(); /* entry returned: our mistake */
}

/* Aligned to 64 bytes, as a ucontext_t may hold vector registers. */
void context_make(struct context *context, void *low, size_t size,
                  void (*entry)(void *), void *argument)
{
    uintptr_t end = (uintptr_t)low + size - sizeof(struct beginning);
    uintptr_t address = end & ~(uintptr_t)63;
    struct beginning *beginning = (struct beginning *)address;

    beginning->entry = entry;
    beginning->argument = argument;
    getcontext(&beginning->context);
    beginning->context.uc_stack.ss_sp = low;
    beginning->context.uc_stack.ss_size = address - (uintptr_t)low;
    beginning->context.uc_link = NULL;
    makecontext(&beginning->context, (void (*)(void))begin, 2,
                (unsigned)((uint64_t)address >> 32), (unsigned)address);
    context->top = beginning;
}
