/*
 * diagnose_internal.h -- what is known while a trace is read; for diagnose*.c
 * only.
 *
 *   diagnose.c        where everybody is, event by event
 *   diagnose_rules.c  what is wrong with that
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_DIAGNOSE_INTERNAL_H
#define CONCVIZ_SCHED_ANALYSIS_DIAGNOSE_INTERNAL_H

#include "sched/analysis/diagnose.h"
#include "sched/trace/event.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum where {
    ELSEWHERE,
    IN_LINE,
    AT_MACHINE,
    HELD,
    BLOCKED,
};

struct problem_task {
    enum where where;
    int64_t since_ns;
    int wait, object;  /* BLOCKED, and HELD for ever: enum wait_kind */
    int step_line;     /* of its last step */
    int64_t ahead;     /* in its line when it came, and … */
    int64_t served;    /* … how many had been served from it then */
    int64_t line_ns;   /* HELD: d->line_ns when that began */
    int64_t stood_ns;  /* AT_MACHINE: how long it was in line before, … */
    int64_t stolen_ns; /* … for how long others had its core since then, … */
    int64_t off_ns;    /* … and since when they have it, or TIME_NEVER */
    int machine;
    int parent;      /* who spawned it; -1: nobody */
    bool joined;     /* somebody waits for it, or has */
    int64_t done_ns; /* TIME_NEVER: it is not */
};

/* A long turn at a machine: the last one there. */
struct turn {
    int task;
    int64_t from_ns, to_ns;
};

struct lock_state {
    int owner;
    int64_t since_ns;
    int64_t chain_ns; /* it is not free since then */
    int64_t hands, blocked_ns;
    int member[DIAGNOSE_CONVOY_TASKS]; /* some who had it in the chain */
    int members;
};

struct queue_state {
    int64_t count, served;
};

struct diagnose {
    const struct history *history;
    const struct trace *trace;
    const struct workload *workload;
    const struct trace_info *info;
    bool cooperative, ended;
    size_t read;
    struct problem_task *task;
    struct turn *turn; /* by machine */
    struct lock_state *lock;
    struct queue_state *line; /* by line number; 0: all, unless they are own */
    int64_t in_line, line_since_ns;
    int64_t line_ns; /* time during which somebody was in line */
    int64_t turns, switching_ns, work_ns;
    struct problem *problem;
    size_t count, room;
    bool news;
};

static inline struct queue_state *diagnose_line(struct diagnose *d, int task)
{
    return &d->line[d->info->lines_own ? d->workload->task[task].line : 0];
}

/* How long a task at a machine has been on the core there. */
static inline int64_t diagnose_on_ns(const struct problem_task *task,
                                     int64_t now_ns)
{
    int64_t off_ns = task->off_ns < now_ns ? task->off_ns : now_ns;

    return off_ns - task->since_ns - task->stolen_ns;
}

/* How long somebody was in line so far. */
static inline int64_t diagnose_line_ns(const struct diagnose *d, int64_t now_ns)
{
    return d->line_ns + (d->in_line > 0 ? now_ns - d->line_since_ns : 0);
}

/* A task begins to wait: is it the last of a cycle? */
void diagnose_cycle(struct diagnose *d, int start, int64_t now_ns);

/* A task leaves the line, or stands in it at the end. */
void diagnose_starvation(struct diagnose *d, int task, int64_t now_ns);

/* other stood in line while a turn went on: was that far too long for what it
 * needed then? need_ns -1: not known. */
void diagnose_hog(struct diagnose *d, const struct turn *turn, int other,
                  int64_t stood_from_ns, int64_t need_ns, int64_t now_ns);

/* A task that was held goes on. */
void diagnose_blocking(struct diagnose *d, int task, int64_t now_ns);

/* A lock becomes free, or is taken at the end. */
void diagnose_convoy(struct diagnose *d, int lock, int64_t now_ns);

/* The run has ended. */
void diagnose_end(struct diagnose *d, int64_t now_ns);

#endif
