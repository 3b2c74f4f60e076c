/*
 * workload_print.c -- a workload as canonical text.
 *
 * What is the default is left out. Tasks that one statement declared are
 * printed as one again, unless they stand in lines of their own that the
 * default would not give them.
 */
#include "sched/workload/workload_print.h"

#include "sched/base/strbuf.h"
#include "sched/workload/policy_text.h"
#include "sched/workload/workload.h"

/* Only these two are escaped: the text was cleaned when it was parsed. */
static void print_text(struct strbuf *out, const char *text)
{
    strbuf_addc(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            strbuf_addc(out, '\\');
        strbuf_addc(out, *text);
    }
    strbuf_addc(out, '"');
}

static void print_cpu(struct strbuf *out, const struct step *step)
{
    if (step->ns == STEP_FOREVER) {
        strbuf_adds(out, "forever");
        return;
    }
    policy_text_duration(out, step->ns);
    if (step->by_ns > 0) {
        strbuf_adds(out, " by ");
        policy_text_duration(out, step->by_ns);
    }
}

/* What follows a step's word when it is the name of something. */
static const char *object_name(const struct workload *workload,
                               const struct step *step)
{
    switch (step->kind) {
    case STEP_LOCK:
    case STEP_UNLOCK:
        return workload->lock[step->object];
    case STEP_READ:
    case STEP_WRITE:
        return workload->shared[step->object].name;
    case STEP_SEND:
    case STEP_RECV:
    case STEP_CLOSE:
        return workload->channel[step->object].name;
    case STEP_WAIT:
        return workload->barrier[step->object].name;
    case STEP_ACQUIRE:
    case STEP_RELEASE:
        return workload->semaphore[step->object].name;
    case STEP_AWAIT:
    case STEP_SIGNAL:
    case STEP_BROADCAST:
        return workload->condition[step->object];
    case STEP_RLOCK:
    case STEP_WLOCK:
    case STEP_RELINQUISH:
        return workload->rwlock[step->object].name;
    case STEP_SPAWN:
    case STEP_JOIN:
    case STEP_CANCEL:
    case STEP_NEXT:
        return workload->task[step->object].name;
    default:
        return "";
    }
}

/* Numbers that count backwards would be refused, so nothing has a word. */
static void print_sum(struct strbuf *out, const struct step *step)
{
    if (step->last < step->value)
        strbuf_adds(out, "nothing");
    else
        strbuf_addf(out, "%lld..%lld", (long long)step->value,
                    (long long)step->last);
}

/* What follows a step's word and name. */
static void print_operand(struct strbuf *out, const struct step *step)
{
    switch (step->kind) {
    case STEP_CPU:
        print_cpu(out, step);
        break;
    case STEP_SLEEP:
    case STEP_BLOCK:
        policy_text_duration(out, step->ns);
        break;
    case STEP_WRITE:
        strbuf_addf(out, "%+lld", (long long)step->value);
        break;
    case STEP_SAY:
        print_text(out, step->text);
        break;
    case STEP_SUM:
        print_sum(out, step);
        break;
    case STEP_PRIORITY:
        strbuf_addf(out, "%lld", (long long)step->value);
        break;
    case STEP_REPEAT:
        strbuf_addf(out, "%lld (", (long long)step->value);
        break;
    default:
        break;
    }
}

static void print_step(struct strbuf *out, const struct workload *workload,
                       const struct step *step)
{
    strbuf_adds(out, workload_step_word(step->kind));
    if (step->kind == STEP_YIELD) {
        if (step->object >= 0)
            strbuf_addf(out, " to %s", workload->task[step->object].name);
        return;
    }
    strbuf_addf(out, " %s", object_name(workload, step));
    if (step->kind == STEP_AWAIT)
        strbuf_addf(out, " with %s", workload->lock[step->value]);
    print_operand(out, step);
}

/* Commas stand between steps, not where a block begins or ends. */
static void print_steps(struct strbuf *out, const struct workload *workload,
                        const struct steps *steps)
{
    bool first = true;

    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];

        if (step->kind == STEP_AGAIN) {
            strbuf_addc(out, ')');
        } else {
            if (!first)
                strbuf_adds(out, ", ");
            print_step(out, workload, step);
        }
        first = step->kind == STEP_REPEAT;
    }
}

/* Only what a lock's first mention does not say. */
static void print_sync(struct strbuf *out, const struct workload *workload)
{
    for (size_t i = 0; i < workload->semaphore_count; i++)
        strbuf_addf(out, "semaphore %s = %lld\n", workload->semaphore[i].name,
                    (long long)workload->semaphore[i].initial);
    for (size_t i = 0; i < workload->condition_count; i++)
        strbuf_addf(out, "condition %s\n", workload->condition[i]);
    for (size_t i = 0; i < workload->rwlock_count; i++)
        strbuf_addf(out, "rwlock %s%s\n", workload->rwlock[i].name,
                    workload->rwlock[i].readers ? " readers" : "");
    for (size_t i = 0; i < workload->lock_count; i++)
        if (workload->inherits[i])
            strbuf_addf(out, "mutex %s inherit\n", workload->lock[i]);
}

/* Before the tasks, so that a reader knows each name when it is used. */
static void print_declarations(struct strbuf *out,
                               const struct workload *workload)
{
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
    for (size_t i = 0; i < workload->shared_count; i++)
        strbuf_addf(out, "shared %s = %lld\n", workload->shared[i].name,
                    (long long)workload->shared[i].initial);
    for (size_t i = 0; i < workload->channel_count; i++) {
        strbuf_addf(out, "channel %s", workload->channel[i].name);
        if (workload->channel[i].size > 0)
            strbuf_addf(out, " size %lld",
                        (long long)workload->channel[i].size);
        strbuf_addc(out, '\n');
    }
    for (size_t i = 0; i < workload->barrier_count; i++)
        strbuf_addf(out, "barrier %s %lld\n", workload->barrier[i].name,
                    (long long)workload->barrier[i].size);
    print_sync(out, workload);
}

/* Do both do the same, so that one statement can declare them? */
static bool alike(const struct task_spec *a, const struct task_spec *b)
{
    return a->steps.step == b->steps.step && a->generator == b->generator &&
           a->daemon == b->daemon && a->program == b->program &&
           a->priority == b->priority && a->at_ns == b->at_ns &&
           a->at_spawn == b->at_spawn && a->after == b->after &&
           a->period_ns == b->period_ns && a->deadline_ns == b->deadline_ns &&
           a->times == b->times && a->tickets == b->tickets &&
           a->nice == b->nice;
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
    for (size_t i = 0; i < count; i++)
        strbuf_addf(out, " %s", task[i].name);
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
