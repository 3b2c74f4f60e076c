/*
 * gophers.c -- Pike's gophers burn a pile of books.
 *
 *      pile ─Load─> cart ─Push─> fire ─Burn─> empty cart ─Back─> pile
 *
 * One gopher could do it all. Four do one thing each, and meet at places where
 * a cart is left: that is concurrency, a way to cut the job into pieces that
 * need not wait for each other. A second team at the same pile is one more way.
 * How many of them work at the same instant is another matter, and depends on
 * the machines. The way with the cart takes time, but no machine.
 *
 * Rob Pike, Concurrency is not Parallelism (Heroku Waza, 2012).
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    ROLES = 4, /* Load, Push, Burn, Back: task % ROLES, team task / ROLES */
    TEAMS = 2,
    CARTS = 2, /* of each team */
    BOOKS_A_CART = 10,
    PILE = 0, /* the lock around the shared pile */
};

static const int64_t load_ns = 150 * NS_PER_MS, burn_ns = 200 * NS_PER_MS,
                     push_ns = 300 * NS_PER_MS, back_ns = 150 * NS_PER_MS;

struct yard {
    int carts_left; /* how many loads are in the pile */
    int burnt[TEAMS];
    int teams_done;
};

static void *open_yard(int size, bool foretells)
{
    struct yard *yard = xcalloc(1, sizeof *yard);

    (void)foretells;
    yard->carts_left = size;
    return yard;
}

/* Channel a role of a team takes carts from; it leaves them at the next. */
static int place(int task, int role)
{
    return task / ROLES * ROLES + role % ROLES;
}

/* Both teams load from one pile, so looking and taking are one step. */
static bool take_books(struct task_calls *calls)
{
    struct yard *yard = task_data(calls);
    bool more;

    task_lock(calls, PILE);
    more = yard->carts_left > 0;
    yard->carts_left -= more;
    task_unlock(calls, PILE);
    return more;
}

/* How many loads each team gets is not fixed: whoever comes first takes one. */
static void load(struct task_calls *calls, int task)
{
    int64_t cart, loads = 0;

    while (take_books(calls)) {
        if (loads >= CARTS) /* the first carts stand here already */
            task_recv(calls, place(task, 0), &cart);
        task_cpu(calls, load_ns);
        task_result(calls, ++loads);
        task_send(calls, place(task, 1), BOOKS_A_CART);
    }
    task_say(calls, _("no books are left"));
    task_close(calls, place(task, 1));
}

/* The way takes time and no machine: carts of both teams can be on it while
 * somebody else computes. */
static void push(struct task_calls *calls, int task)
{
    int64_t books;

    while (task_recv(calls, place(task, 1), &books)) {
        task_sleep(calls, push_ns);
        task_send(calls, place(task, 2), books);
    }
    task_close(calls, place(task, 2));
}

/* The one who ends last knows whether every book was burnt once. */
static void burn(struct task_calls *calls, int task)
{
    struct yard *yard = task_data(calls);
    int64_t books, all = 0;

    while (task_recv(calls, place(task, 2), &books)) {
        task_cpu(calls, burn_ns);
        all += books;
        task_result(calls, all);
        task_send(calls, place(task, 3), 0);
    }
    task_close(calls, place(task, 3));
    task_lock(calls, PILE);
    yard->burnt[task / ROLES] = (int)all;
    yard->teams_done++;
    all = yard->burnt[0] + yard->burnt[1];
    if (yard->teams_done == TEAMS &&
        all != (int64_t)task_size(calls) * BOOKS_A_CART)
        task_fail(calls, _("%lld books were burnt, not %d"), (long long)all,
                  task_size(calls) * BOOKS_A_CART);
    task_unlock(calls, PILE);
}

static void bring_back(struct task_calls *calls, int task)
{
    int64_t cart;

    while (task_recv(calls, place(task, 3), &cart)) {
        task_sleep(calls, back_ns);
        task_send(calls, place(task, 0), cart);
    }
}

static const struct part part[] = {
    { "Load1", load },    { "Load2", load }, { "Push1", push },
    { "Push2", push },    { "Burn1", burn }, { "Burn2", burn },
    { NULL, bring_back },
};

static const char *const lock[] = { "pile" };

const struct program_source program_gophers = {
    .name = "gophers",
    .file = "gophers.c",
    .text = "channel pile1 size 4\nchannel cart1 size 4\n"
            "channel fire1 size 4\nchannel empty1 size 4\n"
            "channel pile2 size 4\nchannel cart2 size 4\n"
            "channel fire2 size 4\nchannel empty2 size 4\n"
            "task Load1 line 1:\ntask Push1 line 1:\n"
            "task Burn1 line 1:\ntask Back1 line 1:\n"
            "task Load2 line 2:\ntask Push2 line 2:\n"
            "task Burn2 line 2:\ntask Back2 line 2:\n",
    .part = part,
    .lock = lock,
    .locks = 1,
    .open = open_yard,
    .close = free,
};
