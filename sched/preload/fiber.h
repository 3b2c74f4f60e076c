/*
 * fiber.h -- a thread of somebody else's program, which here is a coroutine.
 *
 * There is one OS thread, so one fiber runs at a time and all of this is its
 * alone. Fiber 1 is the program's main thread, on its own stack; the others get
 * a stack, and all have thread-local storage of their own. Who is next is the
 * business of turn.h.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_FIBER_H
#define CONCVIZ_SCHED_PRELOAD_FIBER_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "sched/coroutine/context.h"
#include "sched/coroutine/stack.h"

struct pollfd;

/* What somebody waits for; turn_park says when it is over. */
enum wait_reason {
    WAIT_NOTHING, /* not waiting */
    WAIT_MUTEX_FREE,
    WAIT_CONDITION_SIGNAL,
    WAIT_SEMAPHORE_UP,
    WAIT_READ_LOCK,
    WAIT_WRITE_LOCK,
    WAIT_BARRIER_FULL,
    WAIT_SPIN_LOCK,
    WAIT_ONCE_DONE,
    WAIT_END_OF,  /* a fiber's end: join */
    WAIT_CALL_OF, /* sequential: the subroutine's end */
    WAIT_FUTEX,
    WAIT_FILE_LOCK, /* flockfile */
    WAIT_A_TIME,
    WAIT_FILES, /* poll and everything that is one */
    WAIT_SIGNAL,
    WAIT_CHILD,
};

enum wait_end {
    WAIT_ENDED,       /* somebody has woken us */
    WAIT_TIMED_OUT,   /* the deadline has passed */
    WAIT_INTERRUPTED, /* a signal's handler has run */
    WAIT_CANCELLED,   /* pthread_cancel; nobody else has woken us */
};

/* The time a wait ends; clock is CLOCK_REALTIME or CLOCK_MONOTONIC. */
struct deadline {
    clockid_t clock;
    int64_t ns;
};

struct fiber {
    struct context context;
    void *tls;               /* pthread_t: base of its block */
    int number;              /* main is 1 */
    sigset_t masked;         /* the signals it blocks */
    struct stack stack;      /* size 0: main */
    struct stack_pool *pool; /* NULL: the stack is the program's */
    char name[16];           /* pthread_setname_np, or "" */
    void *(*start)(void *);
    void *argument, *value;
    int ordinal; /* of those that begin with the same function, from 1 */
    bool c11;    /* start returns an int */
    bool detached, ended;
    struct fiber *joiner; /* who waits for its end, or NULL */
    /* Cancellation. */
    bool cancel_asked, cancel_disabled, cancel_anywhere, leaving;
    /* Waiting, or in line. */
    enum wait_reason wait;
    enum wait_end end;
    const volatile void *address; /* what it waits for */
    bool cancellable;
    uint32_t futex_bits;
    struct fiber *next, *previous; /* in one list: the line, or a bucket */
    struct deadline deadline;
    size_t deadline_at; /* place in the heap, from 1; 0: none */
    struct pollfd *file;
    size_t files;
    sigset_t awaited; /* WAIT_SIGNAL */
    sigset_t sent;    /* pthread_kill: not delivered yet */
    /* Thread-specific data: values by key, NULL: none yet. */
    struct key_value *value_of;
    pthread_mutex_t *robust; /* held, linked by __list */
    size_t clock;            /* happened.h */
    /* All that live, in the order in which they were made. */
    struct fiber *older, *newer, *same_hash;
};

/* The running fiber; on the first call the program's main thread becomes one. */
struct fiber *fiber_current(void);
void fiber_set_current(struct fiber *fiber);

/* Is there more than one? */
bool fiber_many(void);

/* The one pthread_t stands for, or NULL: it never was or is gone. */
struct fiber *fiber_find(pthread_t thread);

/* The one that lives and has this number, or NULL. */
struct fiber *fiber_of_number(int number);

/* The oldest that lives; the others by ->newer. Ended ones are among them until
 * they are joined. */
struct fiber *fiber_first(void);

/* How many have not ended. */
size_t fiber_alive(void);

/*
 * Make a fiber that will call entry(fiber) when it first runs. attributes may
 * be NULL. Returns 0 and *result, or EAGAIN (no memory, no stacks), EINVAL.
 */
int fiber_new(struct fiber **result, const pthread_attr_t *attributes,
              void (*entry)(void *));

/* The running one has done its last. Somebody else gives its stack back, and,
 * when nobody will ask for its end any more, the rest. */
void fiber_ended(struct fiber *fiber);
void fiber_leave_stack(struct fiber *fiber);
void fiber_free(struct fiber *fiber);

/* After fork in the child: there is only the running one. */
void fiber_forget_others(void);

/* Whose guard is this address in? NULL: nobody's. Also in a signal handler. */
struct fiber *fiber_of_guard(const void *address);

#endif
