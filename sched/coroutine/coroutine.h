/*
 * coroutine.h -- functions that can stop in the middle and go on later.
 *
 * Two ways to leave, and they are the whole difference between a generator
 * and a task:
 *
 *   coroutine_resume / coroutine_pause   down to somebody, and back up to
 *                                        whoever resumed me (asymmetric)
 *   coroutine_switch                     sideways, to anybody (symmetric);
 *                                        who was to get control back from me
 *                                        gets it back from the other one
 *
 * A coroutine that runs other people's code belongs to the thread that first
 * resumed it, because compilers keep addresses of thread-local data (errno is
 * one) across calls. One whose body looks at no such data may be resumed on
 * another thread; never on two at a time.
 */
#ifndef CONCVIZ_SCHED_COROUTINE_COROUTINE_H
#define CONCVIZ_SCHED_COROUTINE_COROUTINE_H

#include <stdbool.h>

#include "sched/coroutine/context.h"
#include "sched/coroutine/stack.h"

struct coroutine {
    struct context context;
    struct coroutine *caller;        /* gets control when this pauses or ends */
    struct coroutine_thread *thread; /* where it runs, or ran last */
    void (*body)(void *argument);
    void *argument;
    struct stack stack;
    bool ended;
    /* For tools that follow stacks; NULL and 0 without them. */
    void *fake_stack;  /* AddressSanitizer */
    void *fiber;       /* ThreadSanitizer */
    int quiet;         /* begun and not ended */
    unsigned stack_id; /* Valgrind */
};

/*
 * Make *coroutine a call body(argument) on stack, not begun yet. It ends when
 * body returns. The caller keeps struct and stack alive and in place.
 */
void coroutine_init(struct coroutine *coroutine, const struct stack *stack,
                    void (*body)(void *argument), void *argument);

/*
 * Forget a coroutine that has ended, or that will never run again: what lies
 * on its stack is not unwound. Must not be running. The stack is free again.
 */
void coroutine_fini(struct coroutine *coroutine);

/* Run a coroutine until it pauses or ends. */
void coroutine_resume(struct coroutine *coroutine);

/* Go back to whoever resumed the running coroutine. */
void coroutine_pause(void);

/*
 * Let another coroutine, new or stopped, go on in place of the running one, me.
 * Inlined on purpose: after a switch processors predict wrongly where the
 * functions return to that were called before it, 10 ns each, so the fewer
 * there are between a task's loop and the switch, the better.
 */
static inline void coroutine_switch(struct coroutine *me,
                                    struct coroutine *other);

/* The running coroutine; NULL on a thread's own stack. */
struct coroutine *coroutine_current(void);

/*
 * For ThreadSanitizer. It takes coroutines for threads, and switching orders
 * nothing for it, so that it finds races between tasks even when one thread
 * runs them all. What a runtime does order must be said: all before a release
 * of object happens before all after an acquire of it. Between quiet_begin and
 * quiet_end nothing is looked at: there the runtime is in its own data, which
 * only one coroutine at a time can be. Without the tool these do nothing.
 */
#if defined __SANITIZE_ADDRESS__
#define COROUTINE_ASAN 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define COROUTINE_ASAN 1
#endif
#endif
#if defined __SANITIZE_THREAD__
#define COROUTINE_TSAN 1
#elif defined __has_feature
#if __has_feature(thread_sanitizer)
#define COROUTINE_TSAN 1
#endif
#endif
#ifdef COROUTINE_TSAN
void coroutine_release(const void *object);
void coroutine_acquire(const void *object);
void coroutine_quiet_begin(void);
void coroutine_quiet_end(void);
#else
static inline void coroutine_release(const void *object)
{
    (void)object;
}
static inline void coroutine_acquire(const void *object)
{
    (void)object;
}
static inline void coroutine_quiet_begin(void)
{
}
static inline void coroutine_quiet_end(void)
{
}
#endif

/* --- what coroutine_switch needs; for nobody else ------------------------- */

struct coroutine_thread {
    struct coroutine *current;
    struct coroutine *previous; /* who ran before current; for tools */
    struct coroutine root;      /* the thread's own stack */
};

/* The calling thread's; to be asked anew after every switch. */
struct coroutine_thread *coroutine_thread(void);

/* With a tool that must be told. */
void coroutine_switch_told(struct coroutine *me, struct coroutine *other);

static inline void coroutine_switch(struct coroutine *me,
                                    struct coroutine *other)
{
#if defined COROUTINE_ASAN || defined COROUTINE_TSAN
    coroutine_switch_told(me, other);
#else
    other->caller = me->caller;
    other->thread = me->thread;
    me->thread->current = other;
    context_switch(&me->context, &other->context);
#endif
}

#endif
