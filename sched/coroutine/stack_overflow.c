/*
 * stack_overflow.c -- a handler for faults, on a stack of its own.
 *
 * The stack that overflowed has no room left to call anything, so each thread
 * has an alternate one (sigaltstack is per thread: one without it dies
 * silently). The handler only reads memory, and calls write and _exit: all else
 * may be in the middle of something. Even the translation is fetched
 * beforehand.
 */
#include "sched/coroutine/stack_overflow.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/base/crash_cleanup.h"
#include "sched/base/i18n.h"
#include "sched/coroutine/stack.h"

enum {
    ALTERNATE_BYTES = 64 * 1024 /* a signal frame alone may need 12 KiB */
};

struct pool_watch {
    const struct stack_pool *pool; /* NULL: none */
    stack_overflow_who *who;
    const void *context;
};

/* What one thread has told us. */
struct thread_watch {
    stack_t alternate;
    stack_t replaced; /* a sanitizer has one of its own */
    struct pool_watch stacks, programs;
    uintptr_t low, high;
    const struct stack_overflow_place *place;
};

static _Thread_local struct thread_watch watch;

/* Written once, before the handler can run. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct sigaction before[NSIG];
static char message[256];

struct line {
    char text[512];
    size_t length;
};

/* A signal handler has no printf; what does not fit is cut. */
static void add(struct line *line, const char *text, size_t length)
{
    size_t room = sizeof line->text - line->length;

    if (length > room)
        length = room;
    memcpy(line->text + line->length, text, length);
    line->length += length;
}

static void add_number(struct line *line, int number)
{
    char digit[12];
    size_t at = sizeof digit;

    do
        digit[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    add(line, digit + at, sizeof digit - at);
}

/* The message, with the task for the first %s and the place for the second. */
static void compose(struct line *line, const struct stack_overflow_place *place)
{
    int texts = 0;

    for (const char *c = message; *c; c++) {
        if (c[0] != '%' || c[1] != 's') {
            add(line, c, 1);
            continue;
        }
        c++;
        if (texts++ == 0) {
            add(line, place->task, strlen(place->task));
        } else {
            add(line, place->file, strlen(place->file));
            add(line, ":", 1);
            add_number(line, place->line);
        }
    }
    add(line, "\n", 1);
}

/* The screen first, so that the message can be read. Nothing is flushed and no
 * handler of exit runs: the stack they would use is gone. */
static _Noreturn void report(const struct stack_overflow_place *place)
{
    struct line line = { .length = 0 };
    ssize_t written;

    compose(&line, place);
    crash_cleanup_run();
    written = write(STDERR_FILENO, line.text, line.length);
    (void)written;
    _exit(STACK_OVERFLOW_EXIT);
}

/* Does not return if the address is a guard of these stacks. */
static void look_at(const struct pool_watch *pools, const void *address)
{
    uint32_t owner;

    if (pools->pool && stack_owner(pools->pool, address, &owner)) {
        struct stack_overflow_place place = pools->who(pools->context, owner);

        report(&place);
    }
}

/* Returning from the handler repeats the instruction, this time without us. */
static void on_fault(int number, siginfo_t *info, void *machine_state)
{
    uintptr_t address = (uintptr_t)info->si_addr;

    (void)machine_state;
    look_at(&watch.stacks, info->si_addr);
    look_at(&watch.programs, info->si_addr);
    if (watch.place && address >= watch.low && address < watch.high)
        report(watch.place);
    /* A signal somebody has sent (kill) does not repeat itself. */
    sigaction(number, &before[number], NULL);
    if (info->si_code <= 0)
        raise(number);
}

/* Once a process: handlers belong to all threads. The message is translated
 * here because a signal handler must not call gettext. */
static void install(void)
{
    struct sigaction action = { .sa_sigaction = on_fault,
                                .sa_flags = SA_SIGINFO | SA_ONSTACK };

    /* TRANSLATORS: first the task's name, then FILE:LINE; keep this order. */
    snprintf(message, sizeof message, "%s",
             _("concviz: task %s overflowed its stack (%s)"));
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &before[SIGSEGV]);
    sigaction(SIGBUS, &action, &before[SIGBUS]);
}

/* mmap and not malloc: the handler must find it whole even if the overflow has
 * written over the heap. */
int stack_overflow_enter(void)
{
    stack_t alternate = { .ss_size = ALTERNATE_BYTES };

    pthread_once(&once, install);
    alternate.ss_sp = mmap(NULL, ALTERNATE_BYTES, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (alternate.ss_sp == MAP_FAILED)
        return -errno;
    watch = (struct thread_watch){ .alternate = alternate };
    sigaltstack(&alternate, &watch.replaced);
    return 0;
}

/* May be called without having entered: a run that fails early leaves in the
 * same way as one that ends. */
void stack_overflow_leave(void)
{
    if (!watch.alternate.ss_sp)
        return;
    sigaltstack(&watch.replaced, NULL);
    munmap(watch.alternate.ss_sp, watch.alternate.ss_size);
    watch = (struct thread_watch){ .place = NULL };
}

void stack_overflow_watch_stacks(const struct stack_pool *pool,
                                 stack_overflow_who *who, const void *context)
{
    watch.stacks = (struct pool_watch){ pool, who, context };
}

void stack_overflow_watch_programs(const struct stack_pool *pool,
                                   stack_overflow_who *who, const void *context)
{
    watch.programs = (struct pool_watch){ pool, who, context };
}

void stack_overflow_watch_thread(const void *low, const void *high,
                                 const struct stack_overflow_place *place)
{
    watch.low = (uintptr_t)low;
    watch.high = (uintptr_t)high;
    watch.place = place;
    atomic_signal_fence(memory_order_seq_cst); /* before it overflows */
}
