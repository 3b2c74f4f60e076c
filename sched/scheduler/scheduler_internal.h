/*
 * scheduler_internal.h -- what the files of the scheduler share.
 *
 * Each file calls only those below it:
 *
 *   scheduler.c          making one, beginning, ending, alarms
 *   perform.c            a task performs a request, or is done
 *   perform_shared.c     reading and setting shared variables
 *   perform_fail.c       steps that cannot be performed
 *   dispatch.c           who is next at a machine
 *   yield_fast.c         the commonest step of all, a yield, the short way
 *   replay.c             decisions that are made elsewhere
 *   spin.c               loops that wait for a change
 *   sync_select.c        the first of several sends and receives
 *   sync_leave.c         leaving a queue early; being cancelled
 *   sync_condition.c     condition variables: they release and take locks
 *   sync.c               channels, barriers, join
 *   sync_lock.c          locks, and priorities that they lend
 *   sync_semaphore.c     semaphores
 *   sync_rwlock.c        readers together, a writer alone
 *   sync_queue.c         beginning to wait
 *   work.c gil.c         work; the GIL
 *   transition.c         a task goes from one place to the next
 *   scheduler_queries.c  what hosts may ask
 *   scheduler_state.c    the state of a run as a number
 *   script.c             the trace a run follows
 *   rank.c               what the policy is told, and what it says
 *   jobs.c               periods and deadlines
 *   scheduler_events.c   writing events
 *
 * Only these files include it.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_SCHEDULER_INTERNAL_H
#define CONCVIZ_SCHED_SCHEDULER_SCHEDULER_INTERNAL_H

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/scheduler/alarm_heap.h"
#include "sched/scheduler/ready_queue.h"
#include "sched/scheduler/scheduler.h"
#include "sched/scheduler/wait_queue.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

/* What a task copied from a shared variable. */
struct copy {
    int shared;
    int64_t value;
};

/* The control block of a task. Indices of tasks are -1 where there is none.
 * What is added here, or below, and makes a difference to what happens later
 * belongs in scheduler_state, too, or a search will leave schedules out. */
struct task_control {
    int64_t left_ns;  /* work asked for and not yet done */
    int64_t rest_ns;  /* of a slice somebody more important ended; or 0 */
    int64_t asked_ns; /* the whole of that work */
    int64_t until_ns; /* AWAY, HELD, SWITCHING */
    int64_t since_ns; /* began to wait for the GIL */
    int64_t value;    /* the message it sends, or has received */
    int64_t result;
    uint64_t checksum;
    struct copy *copy;
    struct spin *spin; /* NULL: it never was in a loop without a count */
    int copies;
    struct wait_queue waiters; /* who joins it, or waits to call it */
    int first_after;           /* who comes after it: scheduler.follower[] */
    int company;               /* with whom it comes after others, or -1 */
    int machine;
    int priority;
    int own_priority; /* without what waiters of its locks lend it */
    int wait_object;  /* BLOCKED: what it waits for, … */
    int wait_lock;    /* … and, if that is a condition, for which lock then */
    uint8_t wait_kind; /* BLOCKED: enum wait_kind */
    int *reading;      /* rwlocks it reads with */
    int readings;
    int callee; /* CALLING, or stopped in a call: the generator */
    int caller; /* a generator in a call: for whom */
    uint8_t place;
    bool expected; /* it was spawned, or needs no spawn */
    bool working;
    bool entered;     /* a generator that was stopped within its turn */
    bool received;    /* the last recv got a value */
    bool without_gil; /* RUNNING, but it does not compute */
    int fd;           /* it waits for this descriptor, or -1 … */
    short events;     /* … and for what of it */
    bool wants_call;
    const struct choice *choice; /* BLOCKED in a select: of the cursor */
    int choices;
    int chosen;         /* by its last select */
    uint64_t came;      /* when it began to wait, by s->comers */
    int64_t attempt_ns; /* how long its step may wait */
    int canceller;      /* who has cancelled it, or -1 */
    bool quits;         /* it is to end instead of its next step */
    bool yielded;       /* IN_LINE because it stepped aside */
    uint64_t waited;    /* a bit for each loop around: in the round under way
                           it waited, woke somebody, or others changed
                           a variable */
    uint64_t changes;   /* of variables, by this task; and by others, … */
    uint64_t noticed;   /* … as far as that has been looked at */
    bool still;    /* the last round of its loop found nothing new (spin.c) */
    bool polite;   /* that loop yields */
    bool spinning; /* it has work that is only waiting … */
    bool spun;     /* … and is to end */
};

/* Tasks in a row that come after the same ones, of which some are missing; and
 * one of those: the lists of all tasks lie in one array. */
struct company {
    int first, count, missing;
};

struct follower {
    int company;
    int next; /* for the same task, in the order of the file, or -1 */
};

struct machine {
    int turn;         /* whose turn it is, -1: free */
    int served;       /* who was served last, -1: nobody yet */
    int promised;     /* who is next by `yield to`, or -1 */
    int queue;        /* which queue it serves */
    int64_t slice_ns; /* when the slice ends */
    bool stepped;     /* this turn's task has begun a step */
};

struct lock {
    int owner;
    struct wait_queue waiting;
};

struct channel {
    int64_t *value; /* a ring of room values, of which count are taken */
    size_t room, first, count;
    int64_t size;
    bool closed;
    struct wait_queue senders, receivers;
};

struct barrier {
    int64_t waiting;
    struct wait_queue queue;
};

struct semaphore {
    int64_t count;
    struct wait_queue waiting;
};

struct condition {
    int64_t count; /* who waits */
    struct wait_queue waiting;
};

/* Each who waits knows what for: WAIT_READ or WAIT_WRITE. */
struct rwlock {
    int64_t readers;
    int writer;
    struct wait_queue waiting;
};

struct gil {
    int holder;
    int64_t since_ns; /* of the last hand-over */
    struct wait_queue waiting;
};

struct scheduler {
    const struct workload *workload;   /* borrowed */
    const struct run_options *options; /* borrowed */
    struct trace *trace;               /* borrowed; NULL: nobody looks */
    int64_t now_ns;  /* as the host said in the call under way */
    unsigned traits; /* enum mode_trait */
    uint64_t random;
    int64_t sleeps; /* how many alarms were set so far */
    size_t unfinished;
    int running;    /* tasks RUNNING or SWITCHING */
    int free;       /* machines nobody is at */
    int for_ever;   /* machines held for ever */
    size_t outside; /* tasks that wait for a descriptor */
    size_t ready;   /* tasks in all queues, promised ones too */
    struct task_control *task;
    struct company *company;
    struct follower *follower;
    struct machine *machine;
    struct ready_queue *queue; /* queues of them: &only_queue if it is one */
    struct ready_queue only_queue; /* here, as finding it costs a yield 1 ns */
    int queues;
    struct wait_link *link;
    int *position; /* in a queue or in the heap of alarms */
    struct alarm_heap alarms;
    struct lock *lock;
    struct channel *channel;
    struct barrier *barrier;
    struct semaphore *semaphore;
    struct condition *condition;
    struct rwlock *rwlock;
    int64_t *shared;
    uint64_t shared_hash; /* of their values, permits, … (spin.c) */
    int *watching;        /* tasks whose last round found nothing new */
    size_t watchers;
    uint64_t changes; /* of shared variables */
    int64_t steps;    /* performed so far */
    struct due_claim {
        bool is_due;
        int task, line, column;
    } claim; /* to be looked at: who changed something, and where */
    bool failed;
    struct diag failure;
    struct wait_queue selecting; /* who waits in a select */
    uint64_t comers;             /* so many have begun to wait */
    struct gil gil;
    const struct policy_rules *policy;
    struct policy_levels levels;
    struct policy_task *known; /* by task; NULL: the policy asks nothing */
    bool ranked;               /* the policy says a rank of each task */
    bool allots;               /* its slices are allotments */
    bool stops;                /* a smaller rank in line stops who runs */
    int64_t slice_ns;          /* 0: none */
    int64_t boost_ns;          /* when all are boosted next, or TIME_NEVER */
    scheduler_ahead *ahead;    /* NULL: nobody has begun */
    const void *host;          /* for ahead */
    struct jobs *jobs;         /* NULL: no task has a period or deadline */
    size_t resting_jobs;       /* tasks that wait for their next job */
    struct decision_source *decisions; /* borrowed; NULL: nobody */
    const struct trace *script;        /* borrowed; NULL: none, or left */
    size_t noted;                      /* events written so far */
    bool plain;                        /* scheduler_yield_fast may be tried */
    bool inherits;                     /* there are locks that lend priority */
    bool resting;                /* nobody is served before the next alarm */
    struct postponed *postponed; /* by task; NULL: none so far */
};

/* ns after start_ns; a sum that is too large never comes. */
static inline int64_t time_after(int64_t start_ns, int64_t ns)
{
    return ns > TIME_NEVER - start_ns ? TIME_NEVER : start_ns + ns;
}

/* --- scheduler_events.c --------------------------------------------------- */

/* Write an event. EVENT_NO_TASK and EVENT_NO_MACHINE are what -1 becomes. */
static inline void scheduler_put(struct scheduler *s, enum event_kind kind,
                                 int task, int machine, int object,
                                 int64_t value)
{
    struct event *event;

    s->noted++;
    if (!s->trace)
        return;
    event = trace_place(s->trace, s->now_ns);
    event->value = value;
    event->task = (uint32_t)task;
    event->object = object;
    event->kind = (uint16_t)kind;
    event->machine = (uint16_t)machine;
    event->spare = 0;
    trace_placed(s->trace);
}

/* Write an event about a task; its machine is filled in. */
void scheduler_note(struct scheduler *s, enum event_kind kind, int task,
                    int object, int64_t value);

/* Write that a task waits at its machine for what will never come. */
void scheduler_note_stuck(struct scheduler *s, int task, enum wait_kind kind,
                          int object);

/* Write a task's result and checksum, if it has any. */
void scheduler_note_facts(struct scheduler *s, int task);

/* --- script.c: with a script only ----------------------------------------- */

/* Is the next event of this kind, about that task? */
bool script_wants(const struct scheduler *s, int task, enum event_kind kind,
                  int object);

/* Whose alarm goes off next; -1: something else comes first. */
int script_alarm(const struct scheduler *s);

/* Who is to be dispatched; -1: nobody before the next alarm. */
int script_next(struct scheduler *s);

/* --- scheduler_queries.c -------------------------------------------------- */

/* Whose alarm goes off next, or -1. */
int scheduler_next_alarm(const struct scheduler *s);

/* When that is, or TIME_NEVER. */
int64_t scheduler_alarm_ns(const struct scheduler *s);

/* --- rank.c --------------------------------------------------------------- */

/* Set what the policy of the run needs: before there are queues. */
void rank_init(struct scheduler *s);

/* With a policy that ranks: the rank of a task that comes into a queue now; of
 * the task whose turn it is at a machine, now, and when its slice will end. */
int64_t rank_in_line(struct scheduler *s, int task,
                     const struct ready_queue *queue);
int64_t rank_at_machine(const struct scheduler *s, int m);
int64_t rank_after_slice(const struct scheduler *s, int m);

/* How long the next turn of a task may be; 0: as long as it likes. */
int64_t rank_allotment_ns(const struct scheduler *s, int task);
static inline int64_t rank_slice_ns(const struct scheduler *s, int task)
{
    return s->allots ? rank_allotment_ns(s, task) : s->slice_ns;
}

/* With a policy whose slices are allotments: it is used up; the task leaves its
 * machine before that. */
void rank_used_up(struct scheduler *s, int task);
void rank_leaves(struct scheduler *s, int task);

/* It is time to boost all. */
void rank_boost(struct scheduler *s);

/* --- jobs.c --------------------------------------------------------------- */

/* Arrivals at one instant come after all sleepers, in file order (R7). */
#define JOBS_ORDER (INT64_C(1) << 62)

/* s->jobs is made if a task has a period or a deadline. */
void jobs_init(struct scheduler *s);
void jobs_fini(struct scheduler *s);

/* When the job under way must be done, when the next job arrives, and when
 * anything happens; TIME_NEVER if there is none. */
int64_t jobs_deadline_ns(const struct scheduler *s, int task);
int64_t jobs_arrival_ns(const struct scheduler *s);
int64_t jobs_next_ns(const struct scheduler *s);

/* A task arrives for the first time. */
void jobs_begin(struct scheduler *s, int task, int64_t first_ns);

/* Does the next job arrive before an alarm (NULL: none) goes off? Let it arrive;
 * returns its task if that has waited for it, else -1. */
bool jobs_come_before(const struct scheduler *s, const struct alarm *alarm);
int jobs_arrive(struct scheduler *s);

/* Note deadlines that have passed; note that a task's job is done. */
void jobs_settle(struct scheduler *s);
void jobs_done(struct scheduler *s, int task);

/* Has the task another job after the one under way? After jobs_done: when that
 * will arrive, for which the task waits now; -1: it is here already. */
bool jobs_has_next(const struct scheduler *s, int task);
int64_t jobs_rest(struct scheduler *s, int task);

/* A task does not wait for its next job any more; false: it did not. */
bool jobs_calm(struct scheduler *s, int task);

/* There will be no more of a task's jobs. */
void jobs_end(struct scheduler *s, int task);

/* A number for where a task is in its jobs. */
uint64_t jobs_state(const struct scheduler *s, int task);

/* --- transition.c --------------------------------------------------------- */

#include "sched/scheduler/transition_internal.h"

/* --- sync.c and sync_*.c ------------------------------------------------- */

#include "sched/scheduler/sync_internal.h"

/* --- perform_shared.c ----------------------------------------------------- */

/* A shared variable gets a value, without an event. */
void perform_store(struct scheduler *s, int shared, int64_t value);

/* A task copies a shared variable; stores its copy plus the request's value;
 * stores a value; or reads the variable for a calculation, whose answer it
 * is. */
void perform_read(struct scheduler *s, int task, int shared);
void perform_write(struct scheduler *s, int task,
                   const struct request *request);
void perform_set(struct scheduler *s, int task, const struct request *request,
                 int64_t value);
void perform_load(struct scheduler *s, int task, int shared);

/* --- perform_fail.c ------------------------------------------------------- */

/* Does the task hold the lock it would give back? If not, the run fails. */
bool perform_holds(struct scheduler *s, int task, int lock,
                   const struct request *request);

/* A calculation has no result (REQUEST_FAIL): the run fails. */
void perform_fail(struct scheduler *s, int task, const struct request *request);

/* --- spin.c --------------------------------------------------------------- */

/* A round of a loop begins. */
enum performed spin_round(struct scheduler *s, int task,
                          const struct request *request);

/* What a task does, for its loops. */
void spin_note(struct scheduler *s, int task, const struct request *request);

/* By whom a shared variable was changed; -1: something else was. */
void spin_changed(struct scheduler *s, int by, int shared);
void spin_free(struct scheduler *s);

/* There are more (or less) permits, messages or readers of an object. */
void spin_counted(struct scheduler *s, enum wait_kind kind, int object,
                  int more);

/* Have others changed a variable since the last round of the task began? */
bool spin_disturbed(const struct scheduler *s, int task);

/* --- claims.c ------------------------------------------------------------- */

/* The request of a task has changed a shared variable. */
void claims_changed(struct scheduler *s, int task,
                    const struct request *request);

/* Is a claim broken, if that has not been looked at since? Then the run has
 * failed. */
void claims_check(struct scheduler *s);

/* --- gil.c ---------------------------------------------------------------- */

/* The task (not a generator) is going to work. PERFORMED_GO_ON: it has the GIL,
 * or there is none; else it waits for it. */
enum performed gil_take(struct scheduler *s, int task);

/* The task sleeps, waits or ends: release the GIL if it has it. */
void gil_release(struct scheduler *s, int task);

/* --- replay.c ------------------------------------------------------------- */

/* Does somebody else make the decisions? */
static inline bool is_directed(const struct scheduler *s)
{
    return s->decisions || s->script;
}

/* Who leaves the queue, which is not empty; -1: nobody before the next alarm.
 * */
int replay_next(struct scheduler *s);

/* A task that runs asks for something: is it stopped before? Then it has left
 * its machine, and the request waits in scheduler_postponed. */
bool replay_stops(struct scheduler *s, int task, const struct request *request);

/* Does the task have a request that was not performed yet? */
bool replay_is_postponed(const struct scheduler *s, int task);

/* A number for that step, with all it has calculated already; 0: none. */
uint64_t replay_hash(const struct scheduler *s, int task);

/* --- yield_fast.c --------------------------------------------------------- */

/* May scheduler_yield_fast be used? Nothing that it depends on changes. */
bool scheduler_is_plain(const struct scheduler *s);

#endif
