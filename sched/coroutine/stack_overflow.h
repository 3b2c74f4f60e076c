/*
 * stack_overflow.h -- when a task uses up its stack, say which one.
 *
 * Without this a stack overflow is "Segmentation fault" and a broken terminal.
 * Each thread that runs tasks enters, says which guards lie below its stacks,
 * and leaves. A task that touches a guard ends the program: crash_cleanup_run
 * (crash_cleanup.h), one line with the task's name and place, exit status 70.
 * Any other fault is treated as if we were not here.
 */
#ifndef CONCVIZ_SCHED_COROUTINE_STACK_OVERFLOW_H
#define CONCVIZ_SCHED_COROUTINE_STACK_OVERFLOW_H

#include <stdint.h>

struct stack_pool;

enum {
    STACK_OVERFLOW_EXIT = 70
};

/* Whose stack overflowed, and where its program was. All borrowed. */
struct stack_overflow_place {
    const char *task;
    const char *file;
    int line;
};

/* Say whose stack it is. Called in a signal handler, so it may only read
 * memory. */
typedef struct stack_overflow_place stack_overflow_who(const void *context,
                                                       uint32_t owner);

/*
 * Give the calling thread a second stack to handle faults on. Returns 0 or a
 * negative errno value. A thread must leave before it ends.
 */
int stack_overflow_enter(void);
void stack_overflow_leave(void);

/* The calling thread runs coroutines on the stacks of pool; who translates
 * the owner of a stack. All are borrowed until stack_overflow_leave. */
void stack_overflow_watch_stacks(const struct stack_pool *pool,
                                 stack_overflow_who *who, const void *context);

/* The same for the stacks of programs in C; a thread may have both. */
void stack_overflow_watch_programs(const struct stack_pool *pool,
                                   stack_overflow_who *who,
                                   const void *context);

/* The calling thread is a task itself, and its guard is from low (included)
 * to high. place is borrowed until stack_overflow_leave; keep its line up to
 * date. */
void stack_overflow_watch_thread(const void *low, const void *high,
                                 const struct stack_overflow_place *place);

#endif
