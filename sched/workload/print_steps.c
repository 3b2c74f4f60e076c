/*
 * print_steps.c -- the steps of a task as canonical text.
 *
 * The words are those the parser knows; what is calculated comes from
 * print_terms.c, in the order in which a step has it.
 */
#include "sched/workload/print_steps.h"

#include "sched/base/strbuf.h"
#include "sched/workload/policy_text.h"
#include "sched/workload/print_terms.h"
#include "sched/workload/workload.h"

enum {
    LINE_BYTES = 8 * 1024 /* of text: then a new line begins */
};

/* A step on its way: the calculations that were not printed yet. */
struct printing {
    struct strbuf *out;
    const struct workload *workload;
    const struct steps *steps;
    struct strbuf term[PRINT_TERMS_MAX];
    int next;
    size_t line; /* where it began in out */
};

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

/* The kind of thing a step names, and what that one is called. */
static enum array_kind object_kind(const struct workload *workload,
                                   const struct step *step, const char **name)
{
    size_t object = (size_t)step->object;

    switch (step->kind) {
    case STEP_LOCK:
    case STEP_UNLOCK:
        *name = workload->lock[object];
        return ARRAY_LOCK;
    case STEP_READ:
    case STEP_WRITE:
        *name = workload->shared[object].name;
        return ARRAY_SHARED;
    case STEP_SEND:
    case STEP_RECV:
    case STEP_FOR:
    case STEP_CLOSE:
        *name = workload->channel[object].name;
        return ARRAY_CHANNEL;
    case STEP_WAIT:
        *name = workload->barrier[object].name;
        return ARRAY_BARRIER;
    case STEP_ACQUIRE:
    case STEP_RELEASE:
        *name = workload->semaphore[object].name;
        return ARRAY_SEMAPHORE;
    case STEP_AWAIT:
    case STEP_SIGNAL:
    case STEP_BROADCAST:
        *name = workload->condition[object];
        return ARRAY_CONDITION;
    case STEP_RLOCK:
    case STEP_WLOCK:
    case STEP_RELINQUISH:
        *name = workload->rwlock[object].name;
        return ARRAY_RWLOCK;
    case STEP_YIELD:
    case STEP_SPAWN:
    case STEP_JOIN:
    case STEP_CANCEL:
    case STEP_NEXT:
        *name = step->object < 0 ? NULL : workload->task[object].name;
        return ARRAY_TASK;
    default:
        *name = NULL;
        return ARRAY_TASK;
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

/* The next calculation, after before. */
static void print_term(struct printing *printing, const char *before)
{
    strbuf_adds(printing->out, before);
    strbuf_adds(printing->out, printing->term[printing->next++].text);
}

/* The one of an array that is calculated. */
static void print_element(struct printing *printing, enum array_kind kind,
                          int first)
{
    strbuf_adds(printing->out,
                workload_array(printing->workload, kind, first)->name);
    print_term(printing, "[");
    strbuf_addc(printing->out, ']');
}

/* The name of an object. */
static void print_object(struct printing *printing, const struct step *step)
{
    const char *name;
    enum array_kind kind = object_kind(printing->workload, step, &name);

    if (!name)
        return;
    if (step->kind == STEP_YIELD)
        strbuf_adds(printing->out, " to");
    strbuf_addc(printing->out, ' ');
    if (step->array)
        print_element(printing, kind, step->object);
    else
        strbuf_adds(printing->out, name);
}

/* The lock that is given away meanwhile. */
static void print_with(struct printing *printing, const struct step *step)
{
    strbuf_adds(printing->out, " with ");
    if (step->computed & COMPUTED_WITH)
        print_element(printing, ARRAY_LOCK, (int)step->value);
    else
        strbuf_adds(printing->out, printing->workload->lock[step->value]);
}

static void print_target(struct printing *printing, const struct step *step)
{
    const struct step_target *target = &step->target;
    const struct workload *workload = printing->workload;

    if (target->kind == TARGET_OWN) {
        strbuf_adds(printing->out, printing->steps->variable[target->object]);
    } else if (!target->array) {
        strbuf_adds(printing->out, workload->shared[target->object].name);
    } else {
        print_element(printing, ARRAY_SHARED, target->object);
    }
}

/* A time that stands there, or is calculated. */
static void print_time(struct printing *printing, const struct step *step,
                       enum computed computed, int64_t ns)
{
    if (step->computed & computed)
        print_term(printing, " ");
    else if (ns == STEP_FOREVER)
        strbuf_adds(printing->out, " forever");
    else {
        strbuf_addc(printing->out, ' ');
        policy_text_duration(printing->out, ns);
    }
}

static void print_cpu(struct printing *printing, const struct step *step)
{
    print_time(printing, step, COMPUTED_TIME, step->ns);
    if (step->by_ns == 0 && !(step->computed & COMPUTED_BY))
        return;
    strbuf_adds(printing->out, " by");
    print_time(printing, step, COMPUTED_BY, step->by_ns);
}

static void print_number(struct printing *printing, const struct step *step)
{
    if (step->computed & COMPUTED_VALUE)
        print_term(printing, " ");
    else
        strbuf_addf(printing->out, " %lld", (long long)step->value);
}

/* What follows a step's word and name. */
static void print_operand(struct printing *printing, const struct step *step)
{
    struct strbuf *out = printing->out;

    switch (step->kind) {
    case STEP_CPU:
        print_cpu(printing, step);
        break;
    case STEP_SLEEP:
    case STEP_BLOCK:
        print_time(printing, step, COMPUTED_TIME, step->ns);
        break;
    case STEP_WRITE:
        strbuf_addf(out, "%+lld", (long long)step->value);
        break;
    case STEP_SEND:
        if (step->computed & COMPUTED_VALUE)
            print_term(printing, " ");
        break;
    case STEP_RECV:
        if (step->target.kind != TARGET_NOTHING) {
            strbuf_addc(out, ' ');
            print_target(printing, step);
        }
        break;
    case STEP_AWAIT:
        print_with(printing, step);
        break;
    case STEP_SAY:
        strbuf_addc(out, ' ');
        print_text(out, step->text);
        break;
    case STEP_SUM:
        strbuf_addc(out, ' ');
        print_sum(out, step);
        break;
    case STEP_PRIORITY:
    case STEP_REPEAT:
    case STEP_WHILE:
    case STEP_IF:
        print_number(printing, step);
        break;
    default:
        break;
    }
}

static bool begins_block(const struct step *step)
{
    if (step->tries || step->choice)
        return true;
    switch (step->kind) {
    case STEP_REPEAT:
    case STEP_LOOP:
    case STEP_WHILE:
    case STEP_FOR:
    case STEP_IF:
    case STEP_ELSE:
    case STEP_ATOMIC:
    case STEP_SELECT:
        return true;
    default:
        return false;
    }
}

static bool ends_block(const struct step *step)
{
    return step->kind == STEP_AGAIN || step->kind == STEP_ROUND ||
           step->kind == STEP_END || step->kind == STEP_ELSE ||
           step->kind == STEP_DECIDE;
}

/* `for x from c` and `x = E` have their names in other places. */
static void print_step(struct printing *printing, const struct step *step)
{
    struct strbuf *out = printing->out;

    printing->next = 0;
    if (!(step->computed & COMPUTED_TEXT))
        print_terms(printing->term, printing->workload, printing->steps, step);
    if (step->kind == STEP_SET) {
        print_target(printing, step);
        print_term(printing, " = ");
    } else {
        if (step->tries)
            strbuf_adds(out, "try ");
        strbuf_adds(out, workload_step_word(step->kind));
        if (step->kind == STEP_FOR) {
            strbuf_addc(out, ' ');
            print_target(printing, step);
            strbuf_adds(out, " from");
        }
        print_object(printing, step);
        print_operand(printing, step);
    }
    if (step->tries && (step->ns > 0 || step->computed & COMPUTED_LIMIT)) {
        strbuf_adds(out, " for");
        print_time(printing, step, COMPUTED_LIMIT, step->ns);
    }
    if (step->kind == STEP_AFTER)
        print_time(printing, step, COMPUTED_LIMIT, step->ns);
    if (step->choice)
        strbuf_adds(out, step[1].kind == STEP_LEAVE ? ":" : ": ");
    else if (begins_block(step))
        strbuf_adds(out, " (");
    for (int i = 0; i < PRINT_TERMS_MAX && !(step->computed & COMPUTED_TEXT);
         i++)
        strbuf_fini(&printing->term[i]);
}

/* Between two steps; a line of text that is read may not be longer than 64
 * KiB. */
static void print_comma(struct printing *printing)
{
    struct strbuf *out = printing->out;

    if (out->length - printing->line < LINE_BYTES) {
        strbuf_adds(out, ", ");
        return;
    }
    strbuf_adds(out, ",\n");
    printing->line = out->length;
    strbuf_adds(out, "  ");
}

/* Commas stand between steps, not where a block begins or ends. A `while` is
 * two steps, of which the second has the word. */
void print_steps(struct strbuf *out, const struct workload *workload,
                 const struct steps *steps)
{
    struct printing printing = { out, workload, steps, .line = out->length };
    bool first = true;

    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];

        if (step->kind == STEP_LEAVE)
            continue;
        if (ends_block(step))
            strbuf_addc(out, ')');
        else if (step->choice && step[-1].kind == STEP_LEAVE)
            strbuf_adds(out, "; ");
        else if (!first)
            print_comma(&printing);
        if (step->kind == STEP_ELSE)
            strbuf_addc(out, ' ');
        if (step->kind == STEP_LOOP && i + 1 < steps->count &&
            step[1].kind == STEP_WHILE) {
            first = true;
            continue;
        }
        if (!ends_block(step) || step->kind == STEP_ELSE)
            print_step(&printing, step);
        first = begins_block(step);
    }
}
