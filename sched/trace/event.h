/*
 * event.h -- the vocabulary: everything that can happen in a run.
 *
 * All modes, real or modelled, speak this one language, and everything a
 * person sees is derived from it. Two kinds of events:
 *
 *  - events of *place* say where a task is from now on; only they change the
 *    state of a task, and a scheduler writes them;
 *  - events of *steps* say what a task did; they take no time.
 *
 * The life of a task, in events of place:
 *
 *   CREATED ─> READY ─> RUN ─┬─> READY ─> RUN …      (yield, preempted)
 *                            ├─> HOLD ─> RUN …       (block: stays there)
 *                            ├─> STOLEN ─> BACK …    (off its core, and back)
 *                            ├─> AWAIT ─> READY …    (sleep)
 *                            ├─> BLOCKED ─> READY …  (lock, channel, …)
 *                            └─> DONE
 */
#ifndef CONCVIZ_SCHED_TRACE_EVENT_H
#define CONCVIZ_SCHED_TRACE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * X(constant, word, is it an event of place?), with the meaning of the fields:
 *
 *  (1) the task that woke or stopped this one, or -1. A task stopped by another
 *      goes to the front of its class (R9), one whose slice ended to the back
 *  (2) object: enum wait_kind; value: until when, or TIME_NEVER; spare: what it
 *      waits for, as in BLOCKED. WAIT_GIL: it does what needs no GIL, and RUN
 *      follows when it has it; if it cannot have it, BLOCKED
 *  (3) the generator is nowhere until the next call; value -1: an imported run
 *      does not say where the task is
 *  (4) TIME_NEVER: until a file is ready; in an imported run, nobody knows
 *  (5) index of the lock, channel, barrier, semaphore, … or task. Of a task that
 *      is blocked already: it was woken from `wait c with m`, and queues for m
 *  (6) object 0: a task in C; value: number of the text (trace_text). Without a
 *      task: the program of others wrote it, nobody knows which task of it
 *  (7) how many numbers: cut at INT_MAX
 *  (8) the checksums of all tasks but daemons are added up
 *  (9) object 1: no value is asked for or given. The caller's turn ended in the
 *      middle of the call: the generator stopped with it, and goes on with it
 *  (10) real runs only: others have its core. The task does nothing until BACK,
 *      after which it goes on as if nothing had happened
 *  (11) column 0: in a program in C, where the task has called
 *  (12) object 1: not by itself: lent by whoever waits for a lock of its, or
 *      given back
 *  (13) of somebody who waited, at the moment when it is let in
 *  (14) what was only tried; without a machine: its time is over
 *  (15) a job was not done in time. Real runs may notice some time after the
 *      deadline
 *  (16) number of a text, LINE:COLUMN:WHY, where a step failed; else 0
 */
#define EVENT_TABLE(X)                                                         \
    /* The run. */                                                             \
    X(START, "start", 0)       /* value: number of machines */                 \
    X(MACHINE, "machine", 0)   /* object: CPU id or -1; value: thread id. A */ \
                               /* second one: others moved it, CPU -1 */       \
    X(OBSERVED, "observed", 0) /* from now on; object: enum observed */        \
    X(END, "end", 0)           /* object: enum outcome; value: why (16) */     \
    /* Where a task is. */                                                     \
    X(CREATED, "created", 1) /* known, not yet in line; value: priority */     \
    X(READY, "ready", 1)   /* object: enum ready_cause; value: by whom (1) */  \
    X(SWITCH, "switch", 1) /* changes over to task; value: cost in ns */       \
    X(RUN, "run", 1)       /* at machine, computing; object: enum run_cause */ \
    X(HOLD, "hold", 1)     /* at machine, not computing (2) */                 \
    X(STOLEN, "stolen", 1) /* at machine, its thread on no core (10) */        \
    X(BACK, "back", 1)     /* at machine, on its core again */                 \
    X(CALL, "call", 1)     /* at machine; value: generator in its place (9) */ \
    X(PAUSE, "pause", 1) /* a generator gave a value; value: caller (3) (9) */ \
    X(AWAIT, "await", 1) /* away; value: until when, or TIME_NEVER (4) */      \
    X(BLOCKED, "blocked", 1) /* object: enum wait_kind; value: what (5) */     \
    X(DONE, "done", 1)                                                         \
    /* What a task does. */                                                    \
    X(STEP, "step", 0)     /* object: line, value: column in the file (11) */  \
    X(CPU, "cpu", 0)       /* begins to work; value: ns of work asked for */   \
    X(WORKED, "worked", 0) /* value: ns done; object: 1 if that was all */     \
    X(LOCKED, "locked", 0) /* object: lock */                                  \
    X(UNLOCKED, "unlocked", 0) /* object: lock; value: next owner or -1 */     \
    X(READ, "read", 0)   /* object: shared variable; value: what was read */   \
    X(WRITE, "write", 0) /* object: shared variable; value: what is stored */  \
    X(SENT, "sent", 0)   /* object: channel; value */                          \
    X(RECEIVED, "received", 0) /* object: channel; value */                    \
    X(CLOSED, "closed", 0)     /* object: channel */                           \
    X(PASSED, "passed", 0)     /* object: barrier, which opened */             \
    X(SPAWNED, "spawned", 0)   /* object: the task spawned */                  \
    X(JOINED, "joined", 0)     /* object: the task that was done */            \
    X(CALLED, "called", 0)     /* object: the generator asked for a value */   \
    X(SAY, "say", 0) /* object: line, value: column of the step (6) */         \
    X(SUM, "sum", 0) /* object: how many numbers; value: result so far (7) */  \
    X(PRIORITY, "priority", 0) /* value: the new priority (12) */              \
    X(GIL, "gil", 0)           /* the task holds the GIL now */                \
    /* Facts about a task, known when it is done. */                           \
    X(THREAD, "thread", 0)     /* value: thread id of the system */            \
    X(CPU_ID, "cpu-id", 0)     /* value: id of a CPU it was seen on */         \
    X(CPU_TIME, "cpu-time", 0) /* value: processor time in ns */               \
    X(RESULT, "result", 0)     /* value: its result, if not 0 */               \
    X(CHECKSUM, "checksum", 0) /* value: its bits, if the task worked (8) */   \
    X(PICK, "pick", 0)         /* a person chose the task; value: waited ns */ \
    /* What a task does with semaphores and their like. */                     \
    X(ACQUIRED, "acquired", 0) /* object: semaphore; value: it has now (13) */ \
    X(RELEASED, "released", 0) /* object: semaphore; value: it has now */      \
    X(SIGNALLED, "signalled", 0) /* object: condition; value: whom, or -1 */   \
    X(BROADCAST, "broadcast", 0) /* object: condition; value: to how many */   \
    X(RLOCKED, "rlocked", 0)     /* object: rwlock; value: readers now (13) */ \
    X(WLOCKED, "wlocked", 0)     /* object: rwlock (13) */                     \
    X(RELINQUISHED, "relinquished", 0) /* object: rwlock; value: readers */    \
    X(GAVE_UP, "gave-up", 0) /* object: enum wait_kind; value: what (14) */    \
    X(CANCELLED, "cancelled", 0) /* object: the task that is to end */         \
    X(QUIT, "quit", 0) /* ends as it was cancelled; value: by whom */          \
    /* Tasks with a period or a deadline. */                                   \
    X(JOB, "job", 0) /* one arrives; object: number; value: deadline */        \
    X(JOB_DONE, "job-done", 0) /* object: its number, from 1 */                \
    X(MISSED, "missed", 0)     /* object: number; value: its deadline (15) */  \
    X(CHOSE, "chose", 0) /* object: of a select, the choice, from 0 (14) */    \
    /* Other people's programs. */                                             \
    X(EXIT, "exit", 0) /* the program is gone; value: as in waitpid */

enum event_kind {
#define X(name, word, place) EVENT_##name,
    EVENT_TABLE(X)
#undef X
    EVENT_KINDS
};

enum ready_cause {
    READY_ARRIVED,   /* its time has come, or what it comes after is done */
    READY_YIELDED,   /* stepped aside */
    READY_PREEMPTED, /* its slice ended, or somebody more important came */
    READY_WOKEN,     /* what it waited for has happened */
};

enum run_cause {
    RUN_FROM_LINE, /* its turn has come: control enters the task */
    RUN_CONTINUED, /* after HOLD or CALL: control never left it */
    RUN_RESUMED,   /* at once after a yield: control enters it again */
};

enum wait_kind {
    WAIT_TIME, /* block, or sleep in sequential mode */
    WAIT_LOCK,
    WAIT_SEND, /* the channel is full */
    WAIT_RECV, /* the channel is empty */
    WAIT_BARRIER,
    WAIT_JOIN,
    WAIT_GIL, /* the GIL */
    WAIT_SEMAPHORE,
    WAIT_CONDITION,
    WAIT_READ,   /* a readers-writer lock, to read … */
    WAIT_WRITE,  /* … and to write */
    WAIT_SELECT, /* for the first of several messages; value: of how many */
};

/* How a real run tells computing from STOLEN. Its report says the last one. */
enum observed {
    OBSERVED_NOT,
    OBSERVED_KERNEL, /* by the kernel's own records of every switch */
    OBSERVED_CLOCK, /* by the processor time of its threads: how much of a short
                        stretch was stolen, but not when within it */
    OBSERVED_LIBRARY, /* by a library inside somebody else's program: what is
                         stolen is not known */
    OBSERVED_BOTH,    /* by the kernel's records and by such a library */
    OBSERVED_PROC,    /* by how long the kernel says each ran and stood in line:
                      when, between two looks, is not known */
};

enum outcome {
    OUTCOME_FINISHED,
    OUTCOME_DEADLOCK,
    OUTCOME_LIMIT,    /* --limit reached */
    OUTCOME_STOPPED,  /* a person stopped it */
    OUTCOME_FAILED,   /* the system refused something, or a task calculated what
                        is no number */
    OUTCOME_LIVELOCK, /* all go round for ever, and nothing changes */
};

#define EVENT_NO_TASK    UINT32_MAX
#define EVENT_NO_MACHINE UINT16_MAX

/* 32 bytes; fields that mean nothing for a kind are 0, or the NO_ value. */
struct event {
    int64_t t_ns; /* since the run began; never goes back in a trace */
    int64_t value;
    uint32_t task; /* index in the workload, or EVENT_NO_TASK */
    int32_t object;
    uint16_t kind;    /* enum event_kind */
    uint16_t machine; /* from 0 (people say 1), or EVENT_NO_MACHINE */
    uint32_t spare;   /* HOLD, unless WAIT_TIME: index of the lock, channel,
                         … or task it waits for; else 0 */
};

_Static_assert(sizeof(struct event) == 32, "two events a cache line");

/* The word of a kind, "run"; whether it says where a task is. kind is less
 * than EVENT_KINDS: whoever reads a trace that may be damaged asks first. */
const char *event_word(enum event_kind kind);

_Static_assert(EVENT_KINDS <= 64, "a kind is a bit");

static inline bool event_is_place(enum event_kind kind)
{
#define X(name, word, place) | UINT64_C(place) << EVENT_##name
    return (0 EVENT_TABLE(X)) >> kind & 1;
#undef X
}

#endif
