/*
 * turn.c -- one switch.
 *
 *     running ──park──> table by address ──wake──> line ──first──> running
 *        └──────────────────yield──────────────────^
 *
 * Whoever leaves picks the next one itself. If nobody is in line, somebody waits
 * for time, files and signals (idle.c), until there is. That is done on the
 * stack of whoever would get a signal, main if it lives, so that a handler finds
 * itself where it would have been with threads: `chosen` tells a fiber that
 * gets control whether it is its turn or its time to wait for all.
 *
 * A switch changes three things: the base of thread-local storage, the blocked
 * signals where they differ (a system call), and the stack. One that has ended
 * cannot free what it stands on: the next one does.
 */
#include "sched/preload/turn.h"

#include "sched/preload/access_seen.h"
#include "sched/preload/cancel.h"
#include "sched/preload/happened.h"
#include "sched/preload/idle.h"
#include "sched/preload/line.h"
#include "sched/preload/order.h"
#include "sched/preload/signals.h"
#include "sched/preload/tell.h"
#include "sched/preload/tls_block.h"
#include "sched/preload/virtual_clock.h"

enum {
    LOOK_EVERY = 16, /* turns: has time come, is a file ready? */
    YIELD_NS = 1000, /* of virtual time: who only yields may wait for it */
};

static struct {
    struct fiber *chosen; /* whose turn it is; NULL: wait for all */
    bool nobodys;         /* somebody waits for all */
    struct fiber *ended;  /* to be buried */
    uint64_t count;
} turn;

/* Who gets control now: the next in line, or who waits for all. */
static struct fiber *next_one(struct fiber *me)
{
    if (++turn.count % LOOK_EVERY == 0)
        idle_look();
    while (!line_anybody()) {
        struct fiber *host = idle_host(me);

        turn.chosen = NULL;
        turn.nobodys = true;
        if (host != me)
            return host;
        line_leave();
        idle_wait();
        line_enter();
    }
    turn.nobodys = false;
    turn.chosen = line_take();
    return turn.chosen;
}

static void switch_to(struct fiber *me, struct fiber *to)
{
    fiber_set_current(to);
    tls_block_enter(to->tls);
    context_switch(&me->context, &to->context);
}

/* Who never began cannot wait for all, so it is always its turn. */
void turn_arrived(void)
{
    struct fiber *ended = turn.ended;

    turn.ended = NULL;
    if (ended) {
        fiber_leave_stack(ended);
        if (ended->detached)
            fiber_free(ended);
    }
    signals_install(fiber_current());
    if (happened_on)
        access_seen_forget();
    tell_turn(fiber_current());
    line_leave();
}

/* Hand control to whoever is next, until it is our turn. */
static void leave(struct fiber *me)
{
    do {
        struct fiber *to = next_one(me);

        if (to == me)
            continue;
        switch_to(me, to);
        if (turn.chosen != me)
            signals_hold();
    } while (turn.chosen != me);
    turn_arrived();
    signals_deliver(me);
}

void turn_yield(void)
{
    struct fiber *me = fiber_current();

    if (turn.nobodys)
        return;
    line_enter();
    order_step_aside(me);
    virtual_clock_pass(YIELD_NS);
    line_add(me);
    tell_yields(me);
    leave(me);
}

void turn_give(size_t places)
{
    struct fiber *me = fiber_current();

    line_enter();
    line_promise(places);
    line_add(me);
    tell_stopped(me);
    leave(me);
}

void turn_end(void)
{
    line_enter();
    turn.ended = fiber_current();
    leave(turn.ended);
    __builtin_unreachable();
}

static enum wait_end park(struct fiber *me, const struct turn_wait *waiting)
{
    line_enter();
    me->wait = waiting->kind;
    me->address = waiting->address;
    me->cancellable = waiting->cancellable;
    line_wait(me, waiting->until);
    tell_waits(me);
    leave(me);
    if (me->cancel_anywhere)
        cancel_point(me);
    return me->end;
}

static enum wait_end park_blocking(const struct turn_wait *waiting,
                                   const sigset_t *blocked)
{
    struct fiber *me = fiber_current();
    enum wait_end end = WAIT_INTERRUPTED;
    sigset_t before;

    if (waiting->cancellable && cancel_is_due(me))
        return WAIT_CANCELLED;
    if (turn.nobodys)
        return idle_in_handler(waiting->kind == WAIT_FILES, waiting->until,
                               blocked);
    if (!blocked)
        return park(me, waiting);
    before = me->masked;
    if (signals_lend(blocked))
        end = park(me, waiting);
    signals_block(&before);
    return end;
}

enum wait_end turn_park(const struct turn_wait *waiting)
{
    return park_blocking(waiting, NULL);
}

enum wait_end turn_wait_blocking(const struct turn_wait *waiting,
                                 const sigset_t *blocked)
{
    enum wait_end end = park_blocking(waiting, blocked);

    if (end == WAIT_CANCELLED)
        cancel_now();
    return end;
}

enum wait_end turn_wait(const struct turn_wait *waiting)
{
    return turn_wait_blocking(waiting, NULL);
}

bool turn_is_nobodys(void)
{
    return turn.nobodys;
}

uint64_t turn_count(void)
{
    return turn.count;
}
