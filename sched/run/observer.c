/*
 * observer.c -- what the kernel knows, put into the trace in time.
 *
 * With switch records (OBSERVED_KERNEL) it is known to the microsecond when a
 * thread lost its core and when it got one back, as soon as either has
 * happened. They are read before anything is written, so they come in order:
 * whoever reads the run's clock looks at the records, too, so that nothing is
 * written about an instant before what happened until then.
 *
 * Elsewhere (OBSERVED_CLOCK) the processor time of every thread that serves a
 * machine is read now and then: what it is short of real time was stolen. When
 * within the stretch is not known; it is written at its end. What other events
 * leave no room for is kept and written with the next: the sums are right.
 *
 * A program in C that waits without our knowing (it may call sleep) is not
 * stolen: that is its own will. Steps of a text have none: what keeps them off
 * the core is a lock of ours, whose owner others keep from the core. A thread
 * that was woken to compute and has not come yet is: others have its core. What
 * lasts less than SHORT_NS is the kernel's own housekeeping and the way from
 * one thread to the next, and not worth two events.
 *
 * Records are of the cores that threads were bound to. Who is found on another
 * one was moved by somebody: its records end there, so clocks have to do.
 */
#include "sched/run/observer.h"

#include <stdlib.h>
#include <time.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/cores.h"
#include "sched/cpu/switch_records.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

static const int64_t SHORT_NS = 100 * NS_PER_US;

/* How often to look at most. A clock of another thread costs 0.5 us. */
static const int64_t RECORDS_NS = 20 * NS_PER_US, CLOCKS_NS = 200 * NS_PER_US;

/* Who computes at a machine. */
struct server {
    int cpu;          /* its thread is bound to it; -1: to none */
    int tid;          /* 0: nobody yet */
    bool is_off;      /* not on a core … */
    bool is_own;      /* … by its own will */
    int64_t since_ns; /* since when it is so, or on a core */
    int stolen;       /* the task said to be STOLEN, or -1 */
    /* OBSERVED_CLOCK: both clocks when they were read last, and what has been
     * found since that could not be written yet. */
    int64_t read_ns, cpu_ns, owed_ns;
};

struct observer {
    struct observer_due due;           /* first: see observer_look */
    const struct scheduler *scheduler; /* borrowed, as is the trace */
    struct trace *trace;
    struct switch_records *records;  /* NULL: OBSERVED_CLOCK */
    const struct workload *workload; /* borrowed from the trace */
    int machines;
    struct server server[];
};

struct observer *observer_new(const struct scheduler *scheduler,
                              const struct run_options *options,
                              struct trace *trace, const int *cpu)
{
    struct observer *observer;

    if (!trace || options->observe == OBSERVE_NOTHING || cores_thread() == 0)
        return NULL; /* who has no number cannot be observed */
    observer = xcalloc(1, sizeof *observer + (size_t)options->machines *
                                                 sizeof observer->server[0]);
    observer->scheduler = scheduler;
    observer->trace = trace;
    observer->workload = trace_workload(trace);
    observer->due.due_ns = TIME_NEVER;
    observer->machines = options->machines;
    for (int i = 0; i < options->machines; i++)
        observer->server[i] = (struct server){ .cpu = cpu[i], .stolen = -1 };
    if (options->observe == OBSERVE_BEST)
        switch_records_new(&observer->records, cpu, options->machines);
    return observer;
}

void observer_free(struct observer *observer)
{
    if (!observer)
        return;
    switch_records_free(observer->records);
    free(observer);
}

/* Processor time of any thread of ours; what pthread_getcpuclockid finds, for
 * whoever knows its id only. */
static int64_t thread_cpu_ns(int tid)
{
    clockid_t clock = (clockid_t)(~(unsigned)tid << 3 | 6);
    struct timespec time = { 0 };

    clock_gettime(clock, &time);
    return time.tv_sec * NS_PER_S + time.tv_nsec;
}

static void write_observed(struct observer *observer, int64_t t_ns)
{
    trace_add(observer->trace, (struct event){
                                   .t_ns = t_ns,
                                   .task = EVENT_NO_TASK,
                                   .object = observer->records ? OBSERVED_KERNEL
                                                               : OBSERVED_CLOCK,
                                   .kind = EVENT_OBSERVED,
                                   .machine = EVENT_NO_MACHINE,
                               });
}

/* The records of a thread that may be on any core would be incomplete. */
void observer_begin(struct observer *observer, bool pinned)
{
    if (!observer)
        return;
    if (!pinned) {
        switch_records_free(observer->records);
        observer->records = NULL;
        for (int i = 0; i < observer->machines; i++)
            observer->server[i].cpu = -1;
    }
    observer->due.due_ns = 0;
    write_observed(observer, 0);
}

void observer_end(struct observer *observer)
{
    if (observer)
        observer->due.due_ns = TIME_NEVER;
}

/* --- writing -------------------------------------------------------------- */

static void write_event(struct observer *observer, int machine, int task,
                        enum event_kind kind, int64_t t_ns)
{
    trace_add(observer->trace, (struct event){
                                   .t_ns = t_ns,
                                   .task = (uint32_t)task,
                                   .kind = (uint16_t)kind,
                                   .machine = (uint16_t)machine,
                               });
}

/* Who computes at the machine, as far as the trace says; -1: nobody. */
static int computing(const struct observer *observer, int machine)
{
    int task = scheduler_runner(observer->scheduler, machine);

    return task >= 0 && scheduler_computes(observer->scheduler, task) ? task
                                                                      : -1;
}

/* The first of those who have been off their cores for so long that it is to be
 * written, or -1. */
static int first_off(const struct observer *observer, int64_t now_ns)
{
    int first = -1;

    for (int i = 0; i < observer->machines; i++) {
        const struct server *server = &observer->server[i];

        if (server->is_off && !server->is_own && server->stolen < 0 &&
            now_ns - server->since_ns >= SHORT_NS &&
            computing(observer, i) >= 0 &&
            (first < 0 || server->since_ns < observer->server[first].since_ns))
            first = i;
    }
    return first;
}

/* Write who is off, before anything that happens at now_ns. */
static void write_off(struct observer *observer, int64_t now_ns)
{
    int i;

    while ((i = first_off(observer, now_ns)) >= 0) {
        struct server *server = &observer->server[i];

        server->stolen = computing(observer, i);
        write_event(observer, i, server->stolen, EVENT_STOLEN,
                    server->since_ns);
    }
}

static void write_back(struct observer *observer, int machine, int64_t t_ns)
{
    struct server *server = &observer->server[machine];

    if (server->stolen >= 0 && server->stolen == computing(observer, machine))
        write_event(observer, machine, server->stolen, EVENT_BACK, t_ns);
    server->stolen = -1;
    server->is_off = false;
    server->since_ns = t_ns;
}

/* --- by the processor time of threads ------------------------------------- */

static void set_clocks(struct server *server, int64_t now_ns)
{
    server->read_ns = now_ns;
    server->cpu_ns = thread_cpu_ns(server->tid);
    server->owed_ns = 0;
}

/* The time of the last event: nothing can be written before it. */
static int64_t last_ns(const struct trace *trace)
{
    return trace_at(trace, trace_count(trace) - 1)->t_ns;
}

/* How long was the thread off its core? All of it is told to lie at the end,
 * unless it is too little, or there is no room for it. */
static void read_clocks(struct server *server, int64_t last_ns, int64_t now_ns)
{
    int64_t cpu_ns = thread_cpu_ns(server->tid);

    server->owed_ns += now_ns - server->read_ns - (cpu_ns - server->cpu_ns);
    server->read_ns = now_ns;
    server->cpu_ns = cpu_ns;
    if (server->owed_ns < 0)
        server->owed_ns = 0;
    server->since_ns = now_ns - server->owed_ns;
    if (server->since_ns < last_ns)
        server->since_ns = last_ns;
    server->is_off = now_ns - server->since_ns >= SHORT_NS;
    if (server->is_off)
        server->owed_ns -= now_ns - server->since_ns;
}

static void look_at_clocks(struct observer *observer, int64_t now_ns)
{
    int64_t last = last_ns(observer->trace);

    for (int i = 0; i < observer->machines; i++)
        if (observer->server[i].tid && computing(observer, i) >= 0)
            read_clocks(&observer->server[i], last, now_ns);
    write_off(observer, now_ns);
    for (int i = 0; i < observer->machines; i++)
        write_back(observer, i, now_ns);
}

/* --- by the kernel's records ---------------------------------------------- */

static struct server *find(struct observer *observer, int tid)
{
    for (int i = 0; i < observer->machines; i++)
        if (observer->server[i].tid == tid)
            return &observer->server[i];
    return NULL;
}

static bool is_program(const struct observer *observer,
                       const struct server *server)
{
    int task = scheduler_runner(observer->scheduler,
                                (int)(server - observer->server));

    return task >= 0 && observer->workload->task[task].program;
}

/* Records of before since_ns are of the wait before it was woken. */
static void apply(struct observer *observer, const struct switch_record *record,
                  int64_t t_ns)
{
    struct server *server = find(observer, record->tid);

    if (!server || t_ns < server->since_ns ||
        (record->kind == SWITCH_IN) != server->is_off)
        return;
    if (record->kind == SWITCH_IN) {
        write_back(observer, (int)(server - observer->server), t_ns);
        return;
    }
    server->is_off = true;
    server->is_own = record->kind == SWITCH_WAITS &&
                     is_program(observer, server);
    server->since_ns = t_ns;
}

/* Records are missing, or will be: from now on the clocks have to do. */
static void fall_back(struct observer *observer, int64_t now_ns)
{
    switch_records_free(observer->records);
    observer->records = NULL;
    write_observed(observer, now_ns);
    for (int i = 0; i < observer->machines; i++) {
        write_back(observer, i, now_ns);
        if (observer->server[i].tid)
            set_clocks(&observer->server[i], now_ns);
    }
}

/* Write all that the records say. Returns whether somebody is off its core. */
static bool look_at_records(struct observer *observer, int64_t now_ns,
                            int64_t zero_ns)
{
    struct switch_record record;
    bool is_off = false;

    while (switch_records_next(observer->records, &record)) {
        if (record.kind == SWITCH_LOST) {
            fall_back(observer, now_ns);
            return false;
        }
        write_off(observer, record.t_ns - zero_ns);
        apply(observer, &record, record.t_ns - zero_ns);
    }
    write_off(observer, now_ns);
    for (int i = 0; i < observer->machines; i++)
        is_off = is_off || observer->server[i].stolen >= 0;
    return is_off;
}

/* --- exported ------------------------------------------------------------- */

/* While somebody is off its core every look counts: nothing may be written of
 * it before it is back. */
void observer_look_now(struct observer *observer, int64_t now_ns,
                       int64_t zero_ns)
{
    if (!observer->records) {
        look_at_clocks(observer, now_ns);
        observer->due.due_ns = now_ns + CLOCKS_NS;
    } else if (!look_at_records(observer, now_ns, zero_ns)) {
        observer->due.due_ns = now_ns + RECORDS_NS;
    } else {
        observer->due.due_ns = 0;
    }
}

/* What the records said before comes first. */
bool observer_find_moved(struct observer *observer, int machine, int64_t now_ns)
{
    struct server *server = observer ? &observer->server[machine] : NULL;

    if (!server || server->cpu < 0 || server->cpu == cores_here() ||
        observer->due.due_ns == TIME_NEVER)
        return false;
    server->cpu = -1;
    trace_add(observer->trace, (struct event){
                                   .t_ns = now_ns,
                                   .value = server->tid,
                                   .task = EVENT_NO_TASK,
                                   .object = -1,
                                   .kind = EVENT_MACHINE,
                                   .machine = (uint16_t)machine,
                               });
    if (observer->records)
        fall_back(observer, now_ns);
    return true;
}

/* A thread that was woken is off until the kernel says otherwise, or it comes
 * (it may have been awake). */
void observer_serve(struct observer *observer, int machine, int tid, bool is_on,
                    int64_t now_ns)
{
    struct server *server;

    if (!observer)
        return;
    server = find(observer, tid);
    if (server)
        server->tid = 0; /* it has left that machine */
    server = &observer->server[machine];
    server->tid = tid;
    server->is_off = !is_on;
    server->is_own = false; /* it was woken to compute */
    server->since_ns = now_ns;
    server->stolen = -1;
    if (!observer->records)
        set_clocks(server, now_ns);
}

/* Most come soon: then nothing is written, and to look at once would cost more
 * than to come. Who comes is on its core, though no record says so: it was
 * awake before it was served, and others had the whole machine since. */
void observer_arrive(struct observer *observer, int machine, int64_t now_ns,
                     int64_t zero_ns)
{
    struct server *server;

    if (!observer || observer->due.due_ns == TIME_NEVER)
        return;
    server = &observer->server[machine];
    if (server->is_off && now_ns - server->since_ns >= SHORT_NS)
        observer->due.due_ns = 0;
    observer_look(observer, now_ns, zero_ns);
    if (server->is_off)
        write_back(observer, machine, now_ns);
}
