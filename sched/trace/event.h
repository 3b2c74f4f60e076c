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
 *                            ├─> AWAIT ─> READY …    (sleep)
 *                            ├─> BLOCKED ─> READY …  (lock, channel, …)
 *                            └─> DONE
 */
#ifndef CONCVIZ_SCHED_TRACE_EVENT_H
#define CONCVIZ_SCHED_TRACE_EVENT_H

#include <stdint.h>

/*        name       word         place? meaning of object and value */
#define EVENT_TABLE(X)                                                         \
    /* The run. */                                                             \
    X(START, "start", 0)     /* value: machines */                             \
    X(MACHINE, "machine", 0) /* machine; object: CPU id or -1, value: tid */   \
    X(END, "end", 0)         /* object: enum outcome */                        \
    /* Where a task is. */                                                     \
    X(CREATED, "created", 1) /* known, not yet in line; value: priority */     \
    X(READY, "ready", 1)     /* object: enum ready_cause; value: task that\
                                    caused it, or -1: stopped by a task, it   \
                                    goes to the front of its class (R9), at   \
                                    the end of its slice (-1) to the tail */    \
    X(SWITCH, "switch", 1)   /* machine starts changing over to task;     \
                                    value: cost in ns */    \
    X(RUN, "run", 1)         /* at machine, computing from now on;        \
                                    object: 0 from the line, 1 went on after  \
                                    HOLD or CALL (no new entry), 2 resumed at \
                                    once after a yield (a new entry) */    \
    X(HOLD, "hold", 1)       /* at machine, not computing;                \
                                    object: enum wait_kind, value: until when,\
                                    or TIME_NEVER; spare: as BLOCKED's value */    \
    X(CALL, "call", 1)       /* at machine while a generator runs in its  \
                                    place; value: the generator's task */    \
    X(PAUSE, "pause", 1)     /* a generator gave a value: it is nowhere   \
                                    until the next call; value: the caller */    \
    X(AWAIT, "await", 1)     /* away; value: until when, or TIME_NEVER:   \
                                    until a file is ready */    \
    X(BLOCKED, "blocked", 1) /* away; object: enum wait_kind, value: index\
                                    of the lock, channel, barrier or task */    \
    X(DONE, "done", 1)                                                         \
    /* What a task does. */                                                    \
    X(STEP, "step", 0)         /* object: line, value: column in the file */   \
    X(CPU, "cpu", 0)           /* begins to work; value: ns of work asked */   \
    X(WORKED, "worked", 0)     /* stops working; value: ns of work done in  \
                                    this piece, object: 1 if step complete */  \
    X(LOCKED, "locked", 0)     /* object: lock */                              \
    X(UNLOCKED, "unlocked", 0) /* object: lock; value: next owner or -1 */     \
    X(READ, "read", 0)         /* object: shared; value: what was read */      \
    X(WRITE, "write", 0)       /* object: shared; value: what is stored */     \
    X(SENT, "sent", 0)         /* object: channel; value */                    \
    X(RECEIVED, "received", 0) /* object: channel; value */                    \
    X(CLOSED, "closed", 0)     /* object: channel */                           \
    X(PASSED, "passed", 0)     /* object: barrier: it opened */                \
    X(SPAWNED, "spawned", 0)   /* object: the task spawned */                  \
    X(JOINED, "joined", 0)     /* object: the task that was done */            \
    X(CALLED, "called", 0)     /* object: the generator asked */               \
    X(SAY, "say", 0)           /* object: line, value: column of the step;\
                                    object 0: a task in C, value: number of \
                                    the text (trace_text) */    \
    X(SUM, "sum", 0)           /* object: how many numbers (cut at INT_MAX);\
                                    value: the task's result so far */  \
    X(PRIORITY, "priority", 0) /* value: the new priority */                   \
    X(KEY, "key", 0)           /* the task holds the GIL's key now */          \
    /* Facts about a task, known when it is done. */                           \
    X(THREAD, "thread", 0)     /* value: thread id of the system */            \
    X(CPU_ID, "cpu-id", 0)     /* value: id of a CPU it was seen on */         \
    X(CPU_TIME, "cpu-time", 0) /* value: processor time in ns */               \
    X(RESULT, "result", 0)     /* value: its result, if not 0 */               \
    X(CHECKSUM, "checksum", 0) /* value: bits of its checksum,\
                                    if it did any work; they are added up */                \
    X(PICK, "pick", 0)         /* a person chose the task; value: waited ns */

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

enum wait_kind {
    WAIT_TIME, /* block, or sleep in sequential mode */
    WAIT_LOCK,
    WAIT_SEND, /* the channel is full */
    WAIT_RECV, /* the channel is empty */
    WAIT_BARRIER,
    WAIT_JOIN,
    WAIT_KEY, /* the GIL */
};

enum outcome {
    OUTCOME_FINISHED,
    OUTCOME_DEADLOCK,
    OUTCOME_LIMIT,   /* --limit reached */
    OUTCOME_STOPPED, /* a person stopped it */
    OUTCOME_FAILED,  /* the system refused something */
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
                         barrier or task it waits for; else 0 */
};

_Static_assert(sizeof(struct event) == 32, "two events a cache line");

#endif
