/*
 * workload_print.c -- a workload as canonical text.
 *
 * What is the default is left out. Tasks that one statement declared are
 * printed as one again, unless they stand in lines of their own that the
 * default would not give them.
 */
#include "sched/workload/workload_print.h"

#include <string.h>

#include "sched/base/strbuf.h"
#include "sched/workload/policy_text.h"
#include "sched/workload/print_steps.h"
#include "sched/workload/workload.h"

/*
 * Print the word and the name of a declaration; an array is declared once, at
 * the first of its elements. Returns how many things it declares.
 */
static size_t print_name(struct strbuf *out, const struct workload *workload,
                         enum array_kind kind, size_t object, const char *word,
                         const char *name)
{
    const struct array_spec *array = workload_array(workload, kind,
                                                    (int)object);

    strbuf_addf(out, "%s %s", word, array ? array->name : name);
    if (array)
        strbuf_addf(out, "[%d]", array->count);
    return array ? (size_t)array->count : 1;
}

/* One number for all, or one for each. */
static size_t print_shared(struct strbuf *out, const struct workload *workload,
                           size_t first)
{
    const struct shared_spec *shared = workload->shared + first;
    size_t count = print_name(out, workload, ARRAY_SHARED, first, "shared",
                              shared->name);
    size_t alike = 1;

    strbuf_addf(out, " = %lld", (long long)shared->initial);
    while (alike < count && shared[alike].initial == shared->initial)
        alike++;
    for (size_t i = 1; i < count && alike < count; i++)
        strbuf_addf(out, ", %lld", (long long)shared[i].initial);
    strbuf_addc(out, '\n');
    return count;
}

static size_t print_channel(struct strbuf *out, const struct workload *workload,
                            size_t first)
{
    const struct channel_spec *channel = workload->channel + first;
    size_t count = print_name(out, workload, ARRAY_CHANNEL, first, "channel",
                              channel->name);

    if (channel->size > 0)
        strbuf_addf(out, " size %lld", (long long)channel->size);
    strbuf_addc(out, '\n');
    return count;
}

static size_t print_barrier(struct strbuf *out, const struct workload *workload,
                            size_t first)
{
    const struct barrier_spec *barrier = workload->barrier + first;
    size_t count = print_name(out, workload, ARRAY_BARRIER, first, "barrier",
                              barrier->name);

    strbuf_addf(out, " %lld\n", (long long)barrier->size);
    return count;
}

static size_t print_semaphore(struct strbuf *out,
                              const struct workload *workload, size_t first)
{
    const struct semaphore_spec *semaphore = workload->semaphore + first;
    size_t count = print_name(out, workload, ARRAY_SEMAPHORE, first,
                              "semaphore", semaphore->name);

    strbuf_addf(out, " = %lld\n", (long long)semaphore->initial);
    return count;
}

static size_t print_condition(struct strbuf *out,
                              const struct workload *workload, size_t first)
{
    size_t count = print_name(out, workload, ARRAY_CONDITION, first,
                              "condition", workload->condition[first]);

    strbuf_addc(out, '\n');
    return count;
}

static size_t print_rwlock(struct strbuf *out, const struct workload *workload,
                           size_t first)
{
    const struct rwlock_spec *rwlock = workload->rwlock + first;
    size_t count = print_name(out, workload, ARRAY_RWLOCK, first, "rwlock",
                              rwlock->name);

    strbuf_adds(out, rwlock->readers ? " readers\n" : "\n");
    return count;
}

/* Only what a lock's first mention does not say. */
static size_t print_lock(struct strbuf *out, const struct workload *workload,
                         size_t first)
{
    size_t count;

    if (!workload->inherits[first] &&
        !workload_array(workload, ARRAY_LOCK, (int)first))
        return 1;
    count = print_name(out, workload, ARRAY_LOCK, first, "mutex",
                       workload->lock[first]);
    strbuf_adds(out, workload->inherits[first] ? " inherit\n" : "\n");
    return count;
}

/* Before the tasks, so that a reader knows each name when it is used. */
static void print_declarations(struct strbuf *out,
                               const struct workload *workload)
{
    const struct {
        size_t count;
        size_t (*print)(struct strbuf *out, const struct workload *workload,
                        size_t first);
    } kind[] = {
        { workload->shared_count, print_shared },
        { workload->channel_count, print_channel },
        { workload->barrier_count, print_barrier },
        { workload->semaphore_count, print_semaphore },
        { workload->condition_count, print_condition },
        { workload->rwlock_count, print_rwlock },
        { workload->lock_count, print_lock },
    };

    if (workload->lines_own)
        strbuf_adds(out, "lines own\n");
    if (workload->machines > 0)
        strbuf_addf(out, "machines %d\n", workload->machines);
    if (workload->slice_ns != WORKLOAD_NO_SLICE) {
        strbuf_adds(out, "slice ");
        policy_text_duration(out, workload->slice_ns);
        strbuf_addc(out, '\n');
    }
    if (workload->policy.policy != POLICY_FIFO) {
        strbuf_adds(out, "policy ");
        policy_text_print(out, &workload->policy);
        strbuf_addc(out, '\n');
    }
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++)
        for (size_t j = 0; j < kind[i].count;)
            j += kind[i].print(out, workload, j);
    for (size_t i = 0; i < workload->claim_count; i++)
        strbuf_addf(out, "%s %s\n",
                    workload->claim[i].finally ? "finally" : "never",
                    workload->claim[i].text);
}

/*
 * Do both do the same, so that one statement can declare them? An array stays
 * with those it was declared with: in such a statement everybody has a `me`.
 * `daemon` is a name only where it comes first.
 */
static bool alike(const struct task_spec *a, const struct task_spec *b)
{
    if (a != b && strcmp(b->name, "daemon") == 0)
        return false;
    return a->steps.step == b->steps.step &&
           ((!a->numbered && !b->numbered) ||
            a->source_line == b->source_line) &&
           a->generator == b->generator && a->daemon == b->daemon &&
           a->program == b->program && a->priority == b->priority &&
           a->at_ns == b->at_ns && a->at_spawn == b->at_spawn &&
           a->after == b->after && a->period_ns == b->period_ns &&
           a->deadline_ns == b->deadline_ns && a->times == b->times &&
           a->tickets == b->tickets && a->nice == b->nice;
}

/*
 * Count the tasks from first on that one statement can declare. *said tells
 * whether it must give their line. standing counts the tasks before first that
 * stand in lines: the default alternates between two.
 */
static size_t count_alike(const struct workload *workload, size_t first,
                          size_t standing, bool *said)
{
    const struct task_spec *task = workload->task + first;
    size_t left = workload->task_count - first, by_default = 0, same = 0;

    while (by_default < left && alike(task, task + by_default) &&
           (task->generator ||
            task[by_default].line == (int)((standing + by_default) % 2) + 1))
        by_default++;
    while (same < left && alike(task, task + same) &&
           task[same].line == task->line)
        same++;
    *said = same > by_default;
    return *said ? same : by_default;
}

/* A deadline that is the period goes without saying. */
static void print_period(struct strbuf *out, const struct task_spec *task)
{
    if (task->period_ns > 0) {
        strbuf_adds(out, " period ");
        policy_text_duration(out, task->period_ns);
    }
    if (task->deadline_ns != task->period_ns) {
        strbuf_adds(out, " deadline ");
        policy_text_duration(out, task->deadline_ns);
    }
    if (task->period_ns > 0 && task->times > 0)
        strbuf_addf(out, " times %lld", (long long)task->times);
}

static void print_attributes(struct strbuf *out,
                             const struct workload *workload,
                             const struct task_spec *task, bool say_line)
{
    if (say_line)
        strbuf_addf(out, " line %d", task->line);
    if (task->priority != 0)
        strbuf_addf(out, " priority %d", task->priority);
    if (task->daemon)
        strbuf_adds(out, " daemon");
    if (task->at_spawn)
        strbuf_adds(out, " at spawn");
    if (task->at_ns > 0) {
        strbuf_adds(out, " at ");
        policy_text_duration(out, task->at_ns);
    }
    for (int i = 0; i < task->afters; i++)
        strbuf_addf(out, "%s %s", i == 0 ? " after" : "",
                    workload->task[task->after[i]].name);
    print_period(out, task);
    if (task->tickets != POLICY_TICKETS)
        strbuf_addf(out, " tickets %lld", (long long)task->tickets);
    if (task->nice != 0)
        strbuf_addf(out, " nice %d", task->nice);
}

/* Print the statement that declares the task at first; returns how many. */
static size_t print_statement(struct strbuf *out,
                              const struct workload *workload, size_t first,
                              size_t standing)
{
    const struct task_spec *task = workload->task + first;
    bool say_line;
    size_t count = count_alike(workload, first, standing, &say_line);

    strbuf_adds(out, task->generator ? "generator" : "task");
    for (size_t i = 0; i < count;)
        i += print_name(out, workload, ARRAY_TASK, first + i, "", task[i].name);
    print_attributes(out, workload, task, say_line);
    strbuf_adds(out, task->steps.count > 0 ? ": " : ":");
    print_steps(out, workload, &task->steps);
    if (task->program)
        strbuf_adds(out, " # its steps are written in C");
    strbuf_addc(out, '\n');
    return count;
}

void workload_print(struct strbuf *out, const struct workload *workload)
{
    size_t standing = 0, count;

    print_declarations(out, workload);
    for (size_t i = 0; i < workload->task_count; i += count) {
        count = print_statement(out, workload, i, standing);
        if (!workload->task[i].generator)
            standing += count;
    }
}
