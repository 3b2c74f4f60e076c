/*
 * tell.c -- see tell.h.
 *
 * What the program calls something is not looked up here but by who reads: an
 * address is told once, with the next number of its kind, and a table remembers
 * which number that is. The clock is read once for each call of the program.
 *
 * A signal's handler that comes in the middle of an event and calls us writes
 * nothing: half a record would be worse.
 */
#include "sched/preload/tell.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/tell_known.h"
#include "sched/preload/virtual_clock.h"
#include "sched/trace/diary.h"
#include "sched/workload/workload.h"

enum {
    LEAST_BYTES = 64 << 20, /* where the program may not have all we ask for */
};

/* A write that was announced, and is not told yet. */
struct tell_write {
    const volatile void *address; /* NULL: none */
    size_t bytes;
    const void *from;
    const struct fiber *by;
    bool unless; /* it is as before: */
    int64_t before;
};

static struct {
    struct diary diary;
    int64_t now_ns;   /* since it began */
    const void *from; /* where we were called, not told yet; or NULL */
    struct tell_write write;
    uint32_t variables; /* that were told of */
    volatile sig_atomic_t busy;
} tell;

bool tell_on;

/* The first and the last byte of our own code. */
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
extern const char etext[] __attribute__((visibility("hidden")));

/* --- events --------------------------------------------------------------- */

/* Returns false in a handler that has come in the middle of this. */
static bool enter(void)
{
    if (tell.busy)
        return false;
    tell.busy = true;
    return true;
}

static void leave(void)
{
    tell.busy = false;
}

static uint32_t task_of(const struct fiber *fiber)
{
    return (uint32_t)fiber->number - 1;
}

static int64_t value_of(const struct fiber *fiber)
{
    return fiber ? (int64_t)task_of(fiber) : -1;
}

void tell_time(void)
{
    if (tell_on)
        tell.now_ns = virtual_clock_real_ns() - tell.diary.head->began_ns;
}

static void put_event(const struct fiber *fiber, enum event_kind kind,
                      int object, int64_t value, uint16_t machine)
{
    diary_event(&tell.diary, &(struct event){ .t_ns = tell.now_ns,
                                              .task = task_of(fiber),
                                              .kind = (uint16_t)kind,
                                              .object = object,
                                              .value = value,
                                              .machine = machine });
}

static void put_place(const struct fiber *fiber, const void *from)
{
    tell_time();
    put_event(fiber, EVENT_STEP,
              (int)tell_known_number(&tell.diary, from, TELL_PLACE), 0,
              EVENT_NO_MACHINE);
}

static int64_t value_at(const volatile void *address, size_t bytes)
{
    switch (bytes) {
    case 1:
        return *(const volatile int8_t *)address;
    case 2:
        return *(const volatile int16_t *)address;
    case 4:
        return *(const volatile int32_t *)address;
    default:
        return *(const volatile int64_t *)address;
    }
}

/* With what it was worth when we first heard of it. */
static int variable(const volatile void *address, int64_t value)
{
    uint32_t number = tell_known_number(&tell.diary, address, ARRAY_SHARED);

    if (number == tell.variables) {
        diary_record(&tell.diary, DIARY_INITIAL,
                     (const uint64_t[]){ (uint64_t)value }, 1, NULL);
        tell.variables++;
    }
    return (int)number;
}

/* Nobody else has run since it was announced. */
static void settle(void)
{
    struct tell_write write = tell.write;
    int64_t value;

    if (!write.address)
        return;
    tell.write.address = NULL;
    value = value_at(write.address, write.bytes);
    if (write.unless && value == write.before)
        return;
    put_place(write.by, write.from);
    put_event(write.by, EVENT_WRITE, variable(write.address, write.before),
              value, EVENT_NO_MACHINE);
}

/* With the place of the call before the first event of it. */
static void put(const struct fiber *fiber, enum event_kind kind, int object,
                int64_t value, uint16_t machine)
{
    settle();
    if (tell.from)
        put_place(fiber_current(), tell.from);
    tell.from = NULL;
    put_event(fiber, kind, object, value, machine);
}

static void put_one(const struct fiber *fiber, enum event_kind kind, int object,
                    int64_t value)
{
    if (!tell_on || !enter())
        return;
    put(fiber, kind, object, value, EVENT_NO_MACHINE);
    leave();
}

void tell_from(const void *caller)
{
    const char *byte = caller;

    if (byte < __ehdr_start || byte >= etext)
        tell.from = caller;
}

/* --- the life of a fiber -------------------------------------------------- */

void tell_created(const struct fiber *fiber, const struct fiber *by)
{
    if (!tell_on || !enter())
        return;
    tell_known_files(&tell.diary);
    diary_record(
        &tell.diary, DIARY_TASK,
        (const uint64_t[]){ (uintptr_t)fiber->start, (uint64_t)fiber->ordinal },
        2, NULL);
    if (by)
        put(by, EVENT_SPAWNED, (int)task_of(fiber), 0, EVENT_NO_MACHINE);
    put(fiber, EVENT_CREATED, 0, 0, EVENT_NO_MACHINE);
    put(fiber, EVENT_READY, READY_ARRIVED, value_of(by), EVENT_NO_MACHINE);
    leave();
}

void tell_named(const struct fiber *fiber)
{
    if (!tell_on || !enter())
        return;
    diary_record(&tell.diary, DIARY_NAMED, (const uint64_t[]){ task_of(fiber) },
                 1, fiber->name);
    leave();
}

/* What waits for what, in the words of events; object kind -1: for nothing that
 * has a name. */
static const struct {
    enum wait_kind kind;
    int object;
} waiting[WAIT_CHILD + 1] = {
    [WAIT_MUTEX_FREE] = { WAIT_LOCK, ARRAY_LOCK },
    [WAIT_CONDITION_SIGNAL] = { WAIT_CONDITION, ARRAY_CONDITION },
    [WAIT_SEMAPHORE_UP] = { WAIT_SEMAPHORE, ARRAY_SEMAPHORE },
    [WAIT_READ_LOCK] = { WAIT_READ, ARRAY_RWLOCK },
    [WAIT_WRITE_LOCK] = { WAIT_WRITE, ARRAY_RWLOCK },
    [WAIT_BARRIER_FULL] = { WAIT_BARRIER, ARRAY_BARRIER },
    [WAIT_SPIN_LOCK] = { WAIT_LOCK, ARRAY_LOCK },
    [WAIT_ONCE_DONE] = { WAIT_LOCK, ARRAY_LOCK },
    [WAIT_END_OF] = { WAIT_JOIN, ARRAY_TASK },
    [WAIT_CALL_OF] = { WAIT_JOIN, ARRAY_TASK },
    [WAIT_FUTEX] = { WAIT_CONDITION, ARRAY_CONDITION },
    [WAIT_FILE_LOCK] = { WAIT_LOCK, ARRAY_LOCK },
    [WAIT_A_TIME] = { WAIT_TIME, -1 },
    [WAIT_FILES] = { WAIT_TIME, -1 },
    [WAIT_SIGNAL] = { WAIT_TIME, -1 },
    [WAIT_CHILD] = { WAIT_TIME, -1 },
};

/* What it waits for has an address, and so a number. */
static int64_t awaited(const struct fiber *fiber)
{
    int kind = waiting[fiber->wait].object;

    if (kind == ARRAY_TASK)
        return value_of((const void *)(uintptr_t)fiber->address);
    return tell_known_number(&tell.diary, fiber->address, (uint32_t)kind);
}

/* Only who waits for nothing but a time knows when it is over. */
static int64_t until(const struct fiber *fiber)
{
    if (fiber->wait != WAIT_A_TIME || !fiber->deadline_at)
        return TIME_NEVER;
    return tell.now_ns + fiber->deadline.ns -
           deadlines_now(fiber->deadline.clock);
}

void tell_waits(const struct fiber *fiber)
{
    if (!tell_on || !enter())
        return;
    if (waiting[fiber->wait].object < 0)
        put(fiber, EVENT_AWAIT, 0, until(fiber), EVENT_NO_MACHINE);
    else
        put(fiber, EVENT_BLOCKED, (int)waiting[fiber->wait].kind,
            awaited(fiber), EVENT_NO_MACHINE);
    leave();
}

void tell_away(int64_t ns)
{
    if (!tell_on || !enter())
        return;
    tell_time();
    put(fiber_current(), EVENT_AWAIT, 0,
        ns < TIME_NEVER - tell.now_ns ? tell.now_ns + ns : TIME_NEVER,
        EVENT_NO_MACHINE);
    leave();
}

void tell_back(void)
{
    if (!tell_on || !enter())
        return;
    tell_time();
    put(fiber_current(), EVENT_READY, READY_WOKEN, -1, EVENT_NO_MACHINE);
    put(fiber_current(), EVENT_RUN, RUN_FROM_LINE, 0, 0);
    leave();
}

void tell_yields(const struct fiber *fiber)
{
    put_one(fiber, EVENT_READY, READY_YIELDED, -1);
}

void tell_stopped(const struct fiber *fiber)
{
    put_one(fiber, EVENT_READY, READY_PREEMPTED, -1);
}

/* Whoever runs, or was last to, has done it; but not that a time has come. */
void tell_woken(const struct fiber *fiber)
{
    bool by_other = fiber->end == WAIT_ENDED &&
                    waiting[fiber->wait].object >= 0;

    if (!tell_on || !enter())
        return;
    if (fiber->end == WAIT_TIMED_OUT && waiting[fiber->wait].object >= 0)
        put(fiber, EVENT_GAVE_UP, (int)waiting[fiber->wait].kind,
            awaited(fiber), EVENT_NO_MACHINE);
    put(fiber, EVENT_READY, READY_WOKEN,
        by_other ? value_of(fiber_current()) : -1, EVENT_NO_MACHINE);
    leave();
}

void tell_turn(const struct fiber *fiber)
{
    if (!tell_on || !enter())
        return;
    put(fiber, EVENT_RUN, RUN_FROM_LINE, 0, 0);
    leave();
}

void tell_ended(const struct fiber *fiber)
{
    if (!tell_on || !enter())
        return;
    tell_time();
    put(fiber, EVENT_DONE, 0, 0, EVENT_NO_MACHINE);
    leave();
}

void tell_joined(const struct fiber *fiber, const struct fiber *other)
{
    put_one(fiber, EVENT_JOINED, (int)task_of(other), 0);
}

void tell_cancelled(const struct fiber *fiber, const struct fiber *other)
{
    put_one(fiber, EVENT_CANCELLED, (int)task_of(other), 0);
}

/* --- deeds ---------------------------------------------------------------- */

void tell_did(enum tell_deed deed, const volatile void *object, long number)
{
    static const struct {
        enum event_kind event;
        uint32_t kind;
    } row[] = {
        [TELL_LOCKED] = { EVENT_LOCKED, ARRAY_LOCK },
        [TELL_UNLOCKED] = { EVENT_UNLOCKED, ARRAY_LOCK },
        [TELL_NOT_LOCKED] = { EVENT_GAVE_UP, ARRAY_LOCK },
        [TELL_ACQUIRED] = { EVENT_ACQUIRED, ARRAY_SEMAPHORE },
        [TELL_RELEASED] = { EVENT_RELEASED, ARRAY_SEMAPHORE },
        [TELL_SIGNALLED] = { EVENT_SIGNALLED, ARRAY_CONDITION },
        [TELL_BROADCAST] = { EVENT_BROADCAST, ARRAY_CONDITION },
        [TELL_READS] = { EVENT_RLOCKED, ARRAY_RWLOCK },
        [TELL_WRITES] = { EVENT_WLOCKED, ARRAY_RWLOCK },
        [TELL_LETS_GO] = { EVENT_RELINQUISHED, ARRAY_RWLOCK },
        [TELL_PASSED] = { EVENT_PASSED, ARRAY_BARRIER },
    };
    int index;

    if (!tell_on || !enter())
        return;
    index = (int)tell_known_number(&tell.diary, object, row[deed].kind);
    if (deed == TELL_NOT_LOCKED)
        put(fiber_current(), EVENT_GAVE_UP, WAIT_LOCK, index, 0);
    else
        put(fiber_current(), row[deed].event, index, number, EVENT_NO_MACHINE);
    leave();
}

/* --- memory ---------------------------------------------------------------- */

void tell_used(enum tell_use use, const volatile void *address, size_t bytes,
               const void *from)
{
    int64_t value;

    if ((bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) || !enter())
        return;
    settle();
    value = value_at(address, bytes);
    tell.from = from;
    if (use != TELL_WRITE)
        put(fiber_current(), EVENT_READ, variable(address, value), value,
            EVENT_NO_MACHINE);
    tell.from = NULL;
    if (use != TELL_READ)
        tell.write = (struct tell_write){
            address, bytes, from, fiber_current(), use == TELL_UPDATE, value
        };
    leave();
}

void tell_settle(void)
{
    if (!tell_on || !enter())
        return;
    settle();
    leave();
}

/* --- the end -------------------------------------------------------------- */

static void tell_outcome(enum outcome outcome, const char *why)
{
    if (!tell_on || !enter())
        return;
    tell_time();
    diary_record(&tell.diary, DIARY_OUTCOME,
                 (const uint64_t[]){ outcome, (uint64_t)tell.now_ns }, 2, why);
    leave();
}

void tell_deadlock(void)
{
    tell_outcome(OUTCOME_DEADLOCK, NULL);
}

void tell_failure(const char *why)
{
    tell_outcome(OUTCOME_FAILED, why);
}

/* --- beginning ------------------------------------------------------------ */

/* exit, by whoever runs. */
static __attribute__((destructor)) void tell_exit(void)
{
    if (tell_on && !fiber_current()->ended)
        tell_ended(fiber_current());
}

void tell_forget(void)
{
    tell_on = false;
}

/* As much of the memory as the program may have. */
static void *map(int fd, size_t *bytes)
{
    struct stat status;
    void *memory = MAP_FAILED;

    if (fstat(fd, &status) != 0)
        return NULL;
    *bytes = (size_t)status.st_size;
    while (*bytes >= LEAST_BYTES) {
        memory = mmap(NULL, *bytes, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_NORESERVE, fd, 0);
        if (memory != MAP_FAILED)
            break;
        *bytes /= 2;
    }
    if (memory == MAP_FAILED)
        return NULL;
    madvise(memory, *bytes, MADV_DONTDUMP);
    return memory;
}

/* main is there already, and runs. */
static void tell_main(void)
{
    const struct fiber *me = fiber_current();

    tell_created(me, NULL);
    tell_turn(me);
}

void tell_open(void)
{
    const char *text = getenv("CONCVIZ_DIARY");
    size_t bytes;
    void *memory;
    int fd;

    if (!text || sscanf(text, "%d", &fd) != 1)
        return;
    unsetenv("CONCVIZ_DIARY");
    memory = map(fd, &bytes);
    kernel_call(SYS_close, fd);
    if (!memory || !tell_known_begin() ||
        !diary_begin(&tell.diary, memory, bytes, virtual_clock_real_ns()))
        return;
    tell_on = true;
    pthread_atfork(NULL, NULL, tell_forget);
    tell_main();
}
