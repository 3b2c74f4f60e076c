/*
 * coroutine.c -- who runs on this thread, and how control goes from one to
 * the next.
 *
 * A thread that resumes its first coroutine is one itself from then on: the
 * `root` of struct coroutine_thread, whose stack is the thread's own. So there
 * is only one thing to do, in switch_to: say who is current, and change stacks.
 *
 *      root ──resume──> A ──switch──> B ──resume──> generator
 *       ^               :             │ ^               │
 *       └───────────────:────pause────┘ └─────pause─────┘
 *                    stopped
 *
 * Tools that watch the stack must be told: AddressSanitizer where the new stack
 * is, before and after; ThreadSanitizer, which logical thread runs; and
 * Valgrind, once, where the stacks are. ThreadSanitizer does not look at the
 * functions here: they begin as one logical thread and end as another.
 */
#include "sched/coroutine/coroutine.h"

#include <assert.h>
#include <stddef.h>

#ifdef COROUTINE_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef COROUTINE_TSAN
#include <sanitizer/tsan_interface.h>
#endif
#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#endif

#if defined COROUTINE_TSAN && defined __clang__
#define NOT_INSTRUMENTED __attribute__((disable_sanitizer_instrumentation))
#elif defined COROUTINE_TSAN
#define NOT_INSTRUMENTED __attribute__((no_sanitize("thread"), noinline))
#else
#define NOT_INSTRUMENTED
#endif

static _Thread_local struct coroutine_thread this_thread;

/* Never inlined: the address must be asked for anew on every call, not kept
 * from before a switch. */
__attribute__((noinline)) NOT_INSTRUMENTED struct coroutine_thread *
coroutine_thread(void)
{
    struct coroutine_thread *self = &this_thread;

    __asm__ volatile("" : "+r"(self));
    return self;
}

#ifdef COROUTINE_TSAN
/* No header declares these; the names come from Valgrind's tools. */
void AnnotateIgnoreReadsBegin(const char *file, int line);
void AnnotateIgnoreReadsEnd(const char *file, int line);
void AnnotateIgnoreWritesBegin(const char *file, int line);
void AnnotateIgnoreWritesEnd(const char *file, int line);

/* The tool takes a pointer to something it could change, but never does. */
NOT_INSTRUMENTED void coroutine_release(const void *object)
{
    __tsan_release((void *)(uintptr_t)object);
}

NOT_INSTRUMENTED void coroutine_acquire(const void *object)
{
    __tsan_acquire((void *)(uintptr_t)object);
}

/* How often the running coroutine, or the thread's own stack, is quiet. */
NOT_INSTRUMENTED static int *quiet_depth(void)
{
    struct coroutine_thread *self = coroutine_thread();

    return self->current ? &self->current->quiet : &self->root.quiet;
}

/* Counted in the coroutine, so that one that is stopped for good while quiet
 * can be made to end it. */
NOT_INSTRUMENTED void coroutine_quiet_begin(void)
{
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    ++*quiet_depth();
}

NOT_INSTRUMENTED void coroutine_quiet_end(void)
{
    --*quiet_depth();
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
}

/* The tool wants a logical thread to end all quiet it began. One that was
 * stopped for good cannot; do it in its name. */
NOT_INSTRUMENTED static void bury_fiber(struct coroutine *coroutine)
{
    void *fiber = __tsan_get_current_fiber();

    if (coroutine->quiet > 0) {
        __tsan_switch_to_fiber(coroutine->fiber,
                               __tsan_switch_to_fiber_no_sync);
        for (; coroutine->quiet > 0; coroutine->quiet--) {
            AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
            AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
        }
        __tsan_switch_to_fiber(fiber, __tsan_switch_to_fiber_no_sync);
    }
    __tsan_destroy_fiber(coroutine->fiber);
}
#endif

/* --- what tools want to know ---------------------------------------------- */

/* Before control leaves `from`; it will never come back if last. */
NOT_INSTRUMENTED static void tell_leaving(struct coroutine *from,
                                          struct coroutine *to, bool last)
{
#ifdef COROUTINE_ASAN
    __sanitizer_start_switch_fiber(last ? NULL : &from->fake_stack,
                                   to->stack.low, to->stack.size);
#endif
#ifdef COROUTINE_TSAN
    if (!from->fiber)
        from->fiber = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to->fiber, __tsan_switch_to_fiber_no_sync);
#endif
    (void)from;
    (void)to;
    (void)last;
}

/* After control has arrived at the current coroutine. */
NOT_INSTRUMENTED static void tell_arrived(void)
{
#ifdef COROUTINE_ASAN
    struct coroutine_thread *self = coroutine_thread(); /* maybe another now */
    const void *low;
    size_t size;

    __sanitizer_finish_switch_fiber(self->current->fake_stack, &low, &size);
    if (self->previous == &self->root)
        self->root.stack = (struct stack){ (char *)(uintptr_t)low, size };
#endif
}

/* A fiber is what ThreadSanitizer calls a thread that is switched by hand. */
NOT_INSTRUMENTED static void tell_made(struct coroutine *coroutine)
{
#ifdef COROUTINE_TSAN
    coroutine->fiber = __tsan_create_fiber(0);
#endif
#ifdef HAVE_VALGRIND_VALGRIND_H
    coroutine->stack_id = VALGRIND_STACK_REGISTER(
        coroutine->stack.low, coroutine->stack.low + coroutine->stack.size);
#endif
    (void)coroutine;
}

/* The stack will be used again, so what lay on it is no longer an error. */
NOT_INSTRUMENTED static void tell_gone(struct coroutine *coroutine)
{
#ifdef COROUTINE_TSAN
    bury_fiber(coroutine);
#endif
#ifdef COROUTINE_ASAN
    __asan_unpoison_memory_region(coroutine->stack.low, coroutine->stack.size);
#endif
#ifdef HAVE_VALGRIND_VALGRIND_H
    VALGRIND_STACK_DEREGISTER(coroutine->stack_id);
#endif
    (void)coroutine;
}

/* --- switching ------------------------------------------------------------ */

/* Who is current changes before the stacks do: whoever goes on looks at it
 * first. `self` must not be used after the switch, since this coroutine may go
 * on in another thread. */
NOT_INSTRUMENTED static void switch_to(struct coroutine_thread *self,
                                       struct coroutine *to, bool last)
{
    struct coroutine *from = self->current;

    self->previous = from;
    self->current = to;
    tell_leaving(from, to, last);
    context_switch(&from->context, &to->context);
    tell_arrived();
}

/* The first function on a new stack. */
NOT_INSTRUMENTED static void live(void *argument)
{
    struct coroutine *coroutine = argument;

    tell_arrived();
    coroutine->body(coroutine->argument);
    coroutine->ended = true;
    switch_to(coroutine_thread(), coroutine->caller, true);
    assert(false); /* somebody continued a coroutine that has ended */
}

/* `live` is entered by the first switch; until then nothing of body has run,
 * so a coroutine that never begins costs no page of its stack but the last. */
NOT_INSTRUMENTED void coroutine_init(struct coroutine *coroutine,
                                     const struct stack *stack,
                                     void (*body)(void *argument),
                                     void *argument)
{
    *coroutine = (struct coroutine){
        .body = body,
        .argument = argument,
        .stack = *stack,
    };
    context_make(&coroutine->context, stack->low, stack->size, live, coroutine);
    tell_made(coroutine);
}

NOT_INSTRUMENTED void coroutine_fini(struct coroutine *coroutine)
{
    assert(coroutine_thread()->current != coroutine);
    tell_gone(coroutine);
}

/* Whoever resumes is remembered anew each time: a generator goes back to the
 * one that asks it now. */
NOT_INSTRUMENTED void coroutine_resume(struct coroutine *coroutine)
{
    struct coroutine_thread *self = coroutine_thread();

    assert(!coroutine->ended);
    if (!self->current)
        self->current = &self->root;
    coroutine->caller = self->current;
    coroutine->thread = self;
    switch_to(self, coroutine, false);
}

NOT_INSTRUMENTED void coroutine_pause(void)
{
    struct coroutine_thread *self = coroutine_thread();

    assert(self->current && self->current != &self->root);
    switch_to(self, self->current->caller, false);
}

#if defined COROUTINE_ASAN || defined COROUTINE_TSAN
/* The same as the inline coroutine_switch, in a function that ThreadSanitizer
 * does not look at. */
NOT_INSTRUMENTED void coroutine_switch_told(struct coroutine *me,
                                            struct coroutine *other)
{
    struct coroutine_thread *self = coroutine_thread();

    assert(self->current == me && me->thread == self && !other->ended);
    other->caller = me->caller;
    other->thread = self;
    switch_to(self, other, false);
}
#endif

NOT_INSTRUMENTED struct coroutine *coroutine_current(void)
{
    struct coroutine_thread *self = coroutine_thread();

    return self->current == &self->root ? NULL : self->current;
}
