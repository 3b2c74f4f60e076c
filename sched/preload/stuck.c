/*
 * stuck.c -- the sentences of a deadlock.
 *
 * One line for each who waits: who, for what, and who has it. A thread is called
 * as pthread_setname_np said, else after the function it began with; a lock as
 * the program calls it, with its place if it is one of many (forks[3]). What has
 * no name, because it lies on a stack or comes from malloc, gets a number here.
 *
 * The program's own words come first: what it has printed and not yet written
 * is written.
 */
#include "sched/preload/stuck.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/preload/activate.h"
#include "sched/preload/fiber.h"
#include "sched/preload/order.h"
#include "sched/preload/order_board.h"
#include "sched/preload/symbol.h"
#include "sched/preload/tell.h"

enum {
    SHOWN = 40,   /* more lines are not read */
    NAMELESS = 64 /* objects that are told apart by number */
};

struct stuck_telling {
    const volatile void *nameless[NAMELESS];
    int count;
};

void stuck_name(char text[STUCK_NAME_BYTES], const struct fiber *fiber)
{
    struct symbol symbol;

    if (fiber->name[0])
        snprintf(text, STUCK_NAME_BYTES, "%s", fiber->name);
    else if (fiber->number == 1)
        snprintf(text, STUCK_NAME_BYTES, "main");
    else if (!symbol_find(&symbol, (const void *)(uintptr_t)fiber->start) ||
             !symbol.own)
        snprintf(text, STUCK_NAME_BYTES, _("thread %d"), fiber->number - 1);
    else if (fiber->ordinal > 1)
        snprintf(text, STUCK_NAME_BYTES, "%s %d", symbol.is.name,
                 fiber->ordinal);
    else
        snprintf(text, STUCK_NAME_BYTES, "%s", symbol.is.name);
}

static int number_of(struct stuck_telling *telling,
                     const volatile void *address)
{
    int i = 0;

    while (i < telling->count && telling->nameless[i] != address)
        i++;
    if (i == telling->count && i < NAMELESS)
        telling->nameless[telling->count++] = address;
    return i + 1;
}

/* one is the size of one of them, where they may stand in an array. */
static void name_object(char text[STUCK_NAME_BYTES],
                        struct stuck_telling *telling,
                        const volatile void *address, size_t one)
{
    struct symbol symbol;

    if (!symbol_find(&symbol, address))
        snprintf(text, STUCK_NAME_BYTES, "%d", number_of(telling, address));
    else
        elf_symbol_write(text, STUCK_NAME_BYTES, &symbol.is, one);
}

static const struct fiber *owner_of(const struct fiber *fiber)
{
    if (fiber->wait == WAIT_MUTEX_FREE) {
        const pthread_mutex_t *mutex = (const void *)(uintptr_t)fiber->address;

        return fiber_of_number(mutex->__data.__owner);
    }
    if (fiber->wait == WAIT_READ_LOCK || fiber->wait == WAIT_WRITE_LOCK) {
        const pthread_rwlock_t *lock = (const void *)(uintptr_t)fiber->address;

        return fiber_of_number(lock->__data.__cur_writer);
    }
    return NULL;
}

/* What is said of somebody who waits for a thing, and the thing's size. */
static const struct {
    const char *sentence; /* NULL: nothing in particular */
    size_t bytes;
} thing[WAIT_CHILD + 1] = {
    [WAIT_MUTEX_FREE] = { N_("%s waits for mutex %s"),
                          sizeof(pthread_mutex_t) },
    [WAIT_CONDITION_SIGNAL] = { N_("%s waits for condition %s to be signalled"),
                                sizeof(pthread_cond_t) },
    [WAIT_SEMAPHORE_UP] = { N_("%s waits for semaphore %s"), sizeof(sem_t) },
    [WAIT_READ_LOCK] = { N_("%s waits to read under rwlock %s"),
                         sizeof(pthread_rwlock_t) },
    [WAIT_WRITE_LOCK] = { N_("%s waits to write under rwlock %s"),
                          sizeof(pthread_rwlock_t) },
    [WAIT_BARRIER_FULL] = { N_("%s waits at barrier %s"),
                            sizeof(pthread_barrier_t) },
    [WAIT_SPIN_LOCK] = { N_("%s waits for spin lock %s"),
                         sizeof(pthread_spinlock_t) },
    [WAIT_FUTEX] = { N_("%s waits for a change of %s"), sizeof(int) },
    [WAIT_END_OF] = { N_("%s waits for the end of %s"), 0 },
    [WAIT_CALL_OF] = { N_("%s waits until its subroutine %s returns"), 0 },
};

static void tell(struct stuck_telling *telling, const struct fiber *fiber)
{
    char who[STUCK_NAME_BYTES], what[STUCK_NAME_BYTES], owner[STUCK_NAME_BYTES];
    const char *format = thing[fiber->wait].sentence;
    const struct fiber *holder = owner_of(fiber);

    stuck_name(who, fiber);
    dprintf(STDERR_FILENO, "concviz:   ");
    if (!format) {
        dprintf(STDERR_FILENO, _("%s waits"), who);
    } else {
        if (fiber->wait == WAIT_END_OF || fiber->wait == WAIT_CALL_OF)
            stuck_name(what, (const void *)(uintptr_t)fiber->address);
        else
            name_object(what, telling, fiber->address,
                        thing[fiber->wait].bytes);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        dprintf(STDERR_FILENO, _(format), who, what);
#pragma GCC diagnostic pop
    }
    if (holder) {
        stuck_name(owner, holder);
        dprintf(STDERR_FILENO,
                holder == fiber ? _(", which it holds itself")
                                : _(", held by %s"),
                owner);
    }
    dprintf(STDERR_FILENO, "\n");
}

static void tell_all(void)
{
    struct stuck_telling telling = { .count = 0 };
    size_t told = 0;

    for (const struct fiber *f = fiber_first(); f; f = f->newer)
        if (!f->ended && f->wait != WAIT_NOTHING && told++ < SHOWN)
            tell(&telling, f);
    if (told > SHOWN)
        dprintf(STDERR_FILENO, _("concviz:   and %zu more\n"), told - SHOWN);
}

/* All that is waited for but ends of threads, mixed into a number: deadlocks
 * that agree in it are one to a search. */
static uint64_t number_of_all(void)
{
    uint64_t number = 0;

    for (const struct fiber *f = fiber_first(); f; f = f->newer) {
        bool is_new = !f->ended && f->wait != WAIT_NOTHING &&
                      f->wait != WAIT_END_OF;

        for (const struct fiber *g = fiber_first(); is_new && g != f;
             g = g->newer)
            is_new = g->ended || g->wait != f->wait || g->address != f->address;
        if (is_new)
            number += random_mix((uint64_t)(uintptr_t)f->address + f->wait);
    }
    return number;
}

static void tell_search(struct order_board *board)
{
    if (!board)
        return;
    board->stuck = number_of_all();
    board->deadlock = true;
}

/* A replay that is none is not to look like one. */
static __attribute__((destructor)) void tell_departure(void)
{
    if (!order_has_departed())
        return;
    activate_language();
    dprintf(STDERR_FILENO, "concviz: %s\n",
            _("this run has not gone as its schedule says: the program depends "
              "on more than the order of its threads"));
}

void stuck_for_ever(void)
{
    tell_deadlock();
    tell_search(order_told());
    fflush(NULL);
    activate_language();
    dprintf(STDERR_FILENO, "concviz: %s\n", _("deadlock: no thread can go on"));
    tell_all();
    tell_departure();
    _exit(STUCK_EXIT);
}

void stuck_but_for_signals(void)
{
    dprintf(STDERR_FILENO, "concviz: %s\n",
            _("no thread can go on unless a signal comes"));
    tell_all();
}

void stuck_overflowed(const struct fiber *fiber)
{
    char who[STUCK_NAME_BYTES], why[2 * STUCK_NAME_BYTES];

    stuck_name(who, fiber);
    snprintf(why, sizeof why, _("thread %s overflowed its stack"), who);
    tell_failure(why);
    dprintf(STDERR_FILENO, "concviz: %s\n", why);
}

void stuck_behind(const struct fiber *fiber)
{
    char who[STUCK_NAME_BYTES];

    stuck_name(who, fiber);
    dprintf(STDERR_FILENO, "concviz: ");
    dprintf(STDERR_FILENO,
            _("%s computes for 2 s, and %zu wait; nobody takes the turn away "
              "from it"),
            who, fiber_alive() - 1);
    dprintf(STDERR_FILENO, "\n");
}
