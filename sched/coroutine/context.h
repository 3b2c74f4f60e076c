/*
 * context.h -- a place where execution can stop and go on: one stack pointer.
 *
 * Everything else of a stopped computation lies on its stack. Three
 * implementations, of which configure takes one: context_x86_64.S,
 * context_aarch64.S, and context_ucontext.c for all other machines.
 * Nobody but coroutine.c should need this file.
 *
 * Kept for a stopped computation: what a function call keeps, that is the
 * registers a called function must preserve. Not kept: the signal mask and,
 * unless configured with --enable-fp-control, rounding mode and floating point
 * traps, which then belong to the thread.
 */
#ifndef CONCVIZ_SCHED_COROUTINE_CONTEXT_H
#define CONCVIZ_SCHED_COROUTINE_CONTEXT_H

#include <stddef.h>

struct context {
    void *top; /* of its stack; means nothing while it runs */
};

/*
 * Stop here, so that *from can be continued, and continue *to, which is
 * another one. Returns when somebody switches to *from. Only the thread that
 * stopped *to may continue it.
 */
void context_switch(struct context *from, const struct context *to);

/*
 * Make *context a call entry(argument) on the empty stack of size bytes from
 * low on, not begun yet. entry must never return.
 */
void context_make(struct context *context, void *low, size_t size,
                  void (*entry)(void *), void *argument);

#endif
