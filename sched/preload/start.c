/*
 * start.c -- the first and the last function of every thread.
 *
 * The place that a thread's end comes back to (pthread_exit, cancellation) is
 * left where the C library looks for it, in the thread's own block. main gets
 * the same: so main may end as a thread while others go on, and the program ends
 * with the last of them.
 */
#include "sched/preload/start.h"

#include <dlfcn.h>
#include <locale.h>
#include <pthread.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "sched/preload/activate.h"
#include "sched/preload/fiber.h"
#include "sched/preload/key.h"
#include "sched/preload/line.h"
#include "sched/preload/robust.h"
#include "sched/preload/serve.h"
#include "sched/preload/tell.h"
#include "sched/preload/tls_block.h"
#include "sched/preload/turn.h"

/* In the header only for C without exceptions. */
extern void __pthread_register_cancel(__pthread_unwind_buf_t *frame);
extern int set_frame(struct __cancel_jmp_buf_tag place[1],
                     int mask) __asm__("__sigsetjmp")
    __attribute__((returns_twice));

typedef int main_function(int, char **, char **);

/* What __libc_start_main of the C library is called with. */
typedef int start_function(main_function *program, int count, char **argument,
                           void (*init)(void), void (*fini)(void),
                           void (*loader_fini)(void), void *stack_end);

start_function __libc_start_main;

static main_function *program_main;

/* Everything but the function itself. */
static _Noreturn void finish(struct fiber *me)
{
    me->leaving = true;
    tls_block_destroy_objects();
    key_destroy_values(me);
    robust_owner_died(me);
    if (fiber_alive() == 1)
        exit(EXIT_SUCCESS);
    fiber_ended(me);
    tell_ended(me);
    line_wake(me, SIZE_MAX);
    turn_end();
}

/* Not inlined: it may be entered twice. */
static __attribute__((noinline)) void run(struct fiber *me)
{
    __pthread_unwind_buf_t frame;

    if (set_frame(frame.__cancel_jmp_buf, 0) != 0)
        return;
    __pthread_register_cancel(&frame);
    if (me->c11)
        me->value = (void *)(intptr_t)((int (*)(void *))(void (*)(
            void))me->start)(me->argument);
    else
        me->value = me->start(me->argument);
}

void start_fiber(void *argument)
{
    struct fiber *me = argument;

    turn_arrived();
    uselocale(LC_GLOBAL_LOCALE);
    run(me);
    finish(me);
}

/* *status is what main has returned. Returns false if main ended otherwise. */
static __attribute__((noinline)) bool run_main(int *status, int count,
                                               char **argument,
                                               char **environment)
{
    __pthread_unwind_buf_t frame;

    if (set_frame(frame.__cancel_jmp_buf, 0) != 0)
        return false;
    __pthread_register_cancel(&frame);
    *status = program_main(count, argument, environment);
    return true;
}

static int main_as_thread(int count, char **argument, char **environment)
{
    int status = 0;

    serve();
    if (run_main(&status, count, argument, environment))
        return status;
    finish(fiber_current());
}

int __libc_start_main(main_function *program, int count, char **argument,
                      void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void *stack_end)
{
    start_function *start;

    *(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
    program_main = program;
    activate_before_main();
    return start(main_as_thread, count, argument, init, fini, loader_fini,
                 stack_end);
}

int start_main_attributes(pthread_t thread, pthread_attr_t *attributes)
{
    int (*ask)(pthread_t thread, pthread_attr_t * attributes);

    *(void **)&ask = dlsym(RTLD_NEXT, "pthread_getattr_np");
    return ask(thread, attributes);
}
