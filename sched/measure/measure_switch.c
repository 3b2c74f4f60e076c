/*
 * measure_switch.c -- what it costs to stop one function and go on with
 * another, and to have one that is stopped.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef HAVE_SWAPCONTEXT
#include <ucontext.h>
#endif

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/coroutine/context.h"
#include "sched/coroutine/coroutine.h"
#include "sched/coroutine/stack.h"
#include "sched/measure/measure.h"
#include "sched/measure/measure_internal.h"

enum {
    STACK_BYTES = 64 * 1024
};

/* --- there and back ------------------------------------------------------- */

struct pair {
    struct context here, there;
};

/* Goes back at once, for ever; the caller frees the stack it is on. */
static void answer(void *argument)
{
    struct pair *pair = argument;

    for (;;)
        context_switch(&pair->there, &pair->here);
}

/* A pair of switches a turn. The first one, which begins the other side, is not
 * counted. */
int64_t measure_context(void)
{
    struct pair pair = { .here.top = NULL };
    void *stack = xcalloc(1, STACK_BYTES);
    int64_t began;

    context_make(&pair.there, stack, STACK_BYTES, answer, &pair);
    context_switch(&pair.here, &pair.there);
    began = clock_now_ns();
    for (int i = 0; i < MEASURE_SWITCHES / 2; i++)
        context_switch(&pair.here, &pair.there);
    began = clock_now_ns() - began;
    free(stack);
    return began;
}

#ifdef HAVE_SWAPCONTEXT
struct ucontext_pair {
    ucontext_t here, there;
};

/* makecontext passes ints only: the pointer comes in two halves. */
static void answer_ucontext(unsigned high, unsigned low)
{
    uintptr_t address = (uintptr_t)((uint64_t)high << 32 | low);
    struct ucontext_pair *pair = (struct ucontext_pair *)address;

    for (;;)
        swapcontext(&pair->there, &pair->here);
}

/* The same loop as above, so that only the switch differs. */
int64_t measure_ucontext(void)
{
    struct ucontext_pair *pair = xcalloc(1, sizeof *pair);
    void *stack = xcalloc(1, STACK_BYTES);
    uint64_t address = (uintptr_t)pair;
    int64_t began;

    getcontext(&pair->there);
    pair->there.uc_stack.ss_sp = stack;
    pair->there.uc_stack.ss_size = STACK_BYTES;
    makecontext(&pair->there, (void (*)(void))answer_ucontext, 2,
                (unsigned)(address >> 32), (unsigned)address);
    swapcontext(&pair->here, &pair->there);
    began = clock_now_ns();
    for (int i = 0; i < MEASURE_SWITCHES / 2; i++)
        swapcontext(&pair->here, &pair->there);
    began = clock_now_ns() - began;
    free(stack);
    free(pair);
    return began;
}
#else
int64_t measure_ucontext(void)
{
    return -ENOSYS; /* musl has none */
}
#endif

/* --- coroutines ----------------------------------------------------------- */

/* Coroutine 0 finds 0, 1 here and coroutine 1 finds 1, 0: see in_turn. */
static void step_aside(void *argument)
{
    struct coroutine *const *me_and_other = argument;

    for (int i = 0; i < MEASURE_SWITCHES / 2; i++)
        coroutine_switch(me_and_other[0], me_and_other[1]);
}

int64_t measure_coroutine(void)
{
    struct coroutine coroutine[2];
    struct coroutine *in_turn[] = { &coroutine[0], &coroutine[1],
                                    &coroutine[0] };
    struct stack_pool *pool;
    struct stack stack;
    struct diag diag;
    int64_t began;

    if (stack_pool_new(&pool, 2, STACK_SLOT_BYTES, &diag) != 0)
        return -ENOMEM;
    for (uint32_t i = 0; i < 2; i++)
        if (stack_take(pool, i, &stack, &diag) == 0)
            coroutine_init(&coroutine[i], &stack, step_aside, &in_turn[i]);
    began = clock_now_ns();
    coroutine_resume(&coroutine[0]);
    began = clock_now_ns() - began;
    for (int i = 0; i < 2; i++)
        coroutine_fini(&coroutine[i]);
    stack_pool_free(pool);
    return began;
}

static void return_at_once(void *argument)
{
    (void)argument;
}

/* One stack, used again and again: what is freed is taken next, so its page is
 * in the cache, as in a program that makes many short tasks. */
int64_t measure_create(void)
{
    struct coroutine coroutine;
    struct stack_pool *pool;
    struct stack stack;
    struct diag diag;
    int64_t began;

    if (stack_pool_new(&pool, 1, STACK_SLOT_BYTES, &diag) != 0)
        return -ENOMEM;
    began = clock_now_ns();
    for (int i = 0; i < MEASURE_TASKS; i++) {
        if (stack_take(pool, 0, &stack, &diag) != 0)
            break;
        coroutine_init(&coroutine, &stack, return_at_once, NULL);
        coroutine_resume(&coroutine);
        coroutine_fini(&coroutine);
        stack_give(pool, &stack);
    }
    began = clock_now_ns() - began;
    stack_pool_free(pool);
    return began;
}

/* --- memory --------------------------------------------------------------- */

static void wait_for_ever(void *argument)
{
    (void)argument;
    coroutine_pause();
}

/* What this process holds: pages, and the kernel's tables of them. */
static int64_t resident_bytes(void)
{
    FILE *file = fopen("/proc/self/status", "re");
    char line[256];
    long kib, sum = 0;

    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmRSS: %ld kB", &kib) == 1 ||
            sscanf(line, "VmPTE: %ld kB", &kib) == 1)
            sum += kib;
    if (file)
        fclose(file);
    return (int64_t)sum * 1024;
}

/* Each must have run once: before that its stack holds no page. */
static int begin_all(struct coroutine *coroutine, struct stack_pool *pool,
                     int count)
{
    struct stack stack;
    struct diag diag;

    for (int i = 0; i < count; i++) {
        if (stack_take(pool, (uint32_t)i, &stack, &diag) != 0)
            return i;
        coroutine_init(&coroutine[i], &stack, wait_for_ever, NULL);
        coroutine_resume(&coroutine[i]);
    }
    return count;
}

/* They are ended in the end, since tools that watch stacks want it. */
int64_t measure_memory_of(int count)
{
    struct coroutine *coroutine;
    struct stack_pool *pool;
    struct diag diag;
    int64_t bytes = resident_bytes();
    int begun;

    if (stack_pool_new(&pool, (size_t)count, STACK_SLOT_BYTES, &diag) != 0)
        return -ENOMEM;
    coroutine = xcalloc((size_t)count, sizeof *coroutine);
    begun = begin_all(coroutine, pool, count);
    bytes = resident_bytes() - bytes;
    for (int i = 0; i < begun; i++) {
        coroutine_resume(&coroutine[i]);
        coroutine_fini(&coroutine[i]);
    }
    free(coroutine);
    stack_pool_free(pool);
    return begun < count ? -ENOMEM : bytes;
}

int64_t measure_memory(void)
{
    return measure_memory_of(MEASURE_TASKS);
}
