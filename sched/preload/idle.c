/*
 * idle.c -- one ppoll for the files of all, the nearest deadline, and signals.
 *
 * Handlers run in that call and nowhere else here: a signal that came between a
 * look at the line and the call would be missed by it. What comes after it is
 * held back for whoever gets the turn.
 */
#include "sched/preload/idle.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/line.h"
#include "sched/preload/pages.h"
#include "sched/preload/signals.h"
#include "sched/preload/stuck.h"
#include "sched/preload/tell.h"
#include "sched/preload/virtual_clock.h"

enum {
    LATER_S = 2, /* wait so long before saying that only a signal helps */
    PATIENCE_NS = 2000000, /* for files, before virtual time jumps */
};

const char idle_files = 0;

static struct {
    struct pollfd *file; /* of all who wait for files, one after another */
    size_t bytes;
    bool told; /* that only a signal can help */
} idle;

/* Returns how many files there are; one place is left free. */
static size_t gather(void)
{
    size_t count = 0, at = 0;

    for (struct fiber *f = line_waiting(&idle_files); f;
         f = line_waiting_after(f))
        count += f->files;
    idle.file = pages_grow(idle.file, &idle.bytes,
                           (count + 1) * sizeof *idle.file);
    for (struct fiber *f = line_waiting(&idle_files); f;
         f = line_waiting_after(f)) {
        memcpy(&idle.file[at], f->file, f->files * sizeof *f->file);
        at += f->files;
    }
    return count;
}

/* Wake those of whose files something is to be said. */
static void hand_out(void)
{
    size_t at = 0;

    for (struct fiber *f = line_waiting(&idle_files), *next; f; f = next) {
        bool ready = false;

        next = line_waiting_after(f);
        for (size_t i = 0; i < f->files; i++) {
            f->file[i].revents = idle.file[at + i].revents;
            ready = ready || f->file[i].revents;
        }
        at += f->files;
        if (ready)
            line_rouse(f, WAIT_ENDED);
    }
}

static long poll_all(size_t count, struct timespec *wait,
                     const sigset_t *blocked)
{
    long result = kernel_call_poll(idle.file, count, wait, blocked);

    tell_time();
    return result;
}

static void expire(void)
{
    struct fiber *fiber;

    while ((fiber = deadlines_passed()))
        line_rouse(fiber, WAIT_TIMED_OUT);
}

void idle_look(void)
{
    sigset_t unused;

    expire();
    if (line_waiting(&idle_files) &&
        poll_all(gather(), &(struct timespec){ 0 }, NULL) > 0)
        hand_out();
    if (signals_awaited(&unused) || signals_differ())
        signals_look();
}

static unsigned blocked(const struct fiber *fiber)
{
    uint64_t set;

    memcpy(&set, &fiber->masked, sizeof set);
    return (unsigned)__builtin_popcountll(set);
}

/* As the system does it: main if it takes signals, else somebody who does. */
struct fiber *idle_host(struct fiber *me)
{
    struct fiber *best = NULL;

    for (struct fiber *f = fiber_first(); f; f = f->newer) {
        if (f->ended || f->wait == WAIT_NOTHING)
            continue;
        if (!best || blocked(f) < blocked(best))
            best = f;
        if (!signals_differ())
            break;
    }
    return best ? best : me;
}

/* Nobody waits for time or files. */
static void only_signals(struct timespec *wait, bool awaited)
{
    if (awaited || signals_could_help()) {
        if (!awaited && !idle.told)
            *wait = (struct timespec){ .tv_sec = LATER_S };
        return;
    }
    stuck_for_ever();
}

/* One long look. */
static void wait_once(void)
{
    int64_t ns = deadlines_wait(), jump = virtual_clock_runs() ? ns : INT64_MAX;
    size_t count = gather();
    sigset_t awaited;
    bool some = signals_awaited(&awaited), forever = ns == INT64_MAX;
    struct timespec wait = { .tv_sec = -1 };
    int pending = -1;
    long result;

    if (jump < INT64_MAX)
        wait = (struct timespec){ 0, count > 0 ? PATIENCE_NS : 0 };
    else if (!forever)
        wait = (struct timespec){ ns / NS_PER_S, ns % NS_PER_S };
    else if (count == 0)
        only_signals(&wait, some);
    if (some && !sigisemptyset(&awaited)) {
        pending = (int)kernel_call(SYS_signalfd4, -1,
                                   kernel_call_pointer(&awaited),
                                   KERNEL_CALL_SET_BYTES, 0);
        idle.file[count++] = (struct pollfd){ pending, POLLIN, 0 };
    }
    result = poll_all(count, wait.tv_sec < 0 ? NULL : &wait,
                      &fiber_current()->masked);
    if (pending >= 0)
        kernel_call(SYS_close, pending);
    if (result > 0)
        hand_out();
    else if (result == -EINTR)
        signals_interrupt(fiber_current());
    else if (result == 0 && jump < INT64_MAX)
        virtual_clock_pass(jump);
    else if (result == 0 && forever && count == 0 && !idle.told) {
        idle.told = true;
        stuck_but_for_signals();
    }
    if (some || signals_differ())
        signals_look();
}

void idle_wait(void)
{
    signals_hold();
    for (expire(); !line_anybody(); expire())
        wait_once();
}

enum wait_end idle_in_handler(bool files, const struct deadline *until,
                              const sigset_t *blocked)
{
    const struct fiber *me = fiber_current();
    int64_t ns = until ? until->ns - deadlines_now(until->clock) : 0;
    bool jumps = until && virtual_clock_runs();
    struct timespec wait = { 0, files ? PATIENCE_NS : 0 };
    long result;

    ns = ns > 0 ? ns : 0;
    if (!jumps)
        wait = (struct timespec){ ns / NS_PER_S, ns % NS_PER_S };
    result = kernel_call_poll(files ? me->file : NULL, files ? me->files : 0,
                              until ? &wait : NULL, blocked);
    if (result != 0)
        return result > 0 ? WAIT_ENDED : WAIT_INTERRUPTED;
    if (jumps)
        virtual_clock_pass(ns);
    return WAIT_TIMED_OUT;
}
