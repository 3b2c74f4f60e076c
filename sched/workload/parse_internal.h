/*
 * parse_internal.h -- what the files that parse a workload share.
 *
 *   workload_parse.c   the text as a whole
 *   parse_statement.c  one line
 *   parse_task.c       a line that declares tasks
 *   parse_steps.c      their steps; an object is still the number of a name
 *   parse_select.c     choices
 *   parse_pending.c    the steps of a line so far
 *   parse_operand.c    what follows the word of a step
 *   parse_expression.c calculations and conditions
 *   parse_claim.c      what is claimed of shared variables
 *   parse_sync.c       semaphores, condition variables, readers-writer locks
 *   parse_object.c     objects and times
 *   parse_name.c       names, where they are used and declared
 *   resolve.c          numbers become indexes, once every line has been read
 *   resolve_terms.c    the same for what is calculated
 *   check.c            mistakes that show only when the steps are followed
 *   check_begin.c      tasks that would never begin
 *
 * Each function that returns a bool returns false with the diag filled.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_PARSE_INTERNAL_H
#define CONCVIZ_SCHED_WORKLOAD_PARSE_INTERNAL_H

#include "sched/workload/names.h"
#include "sched/workload/scan.h"
#include "sched/workload/workload.h"

/* A task that must be done first, as it is written. */
struct after_name {
    int name;        /* its number */
    int64_t element; /* of an array; -1: all of it, or it is none */
};

/* The tasks one line declares; they share their steps. */
struct task_group {
    size_t first, count;
    const struct after_name *after; /* in the arena */
    int afters;
    int after_line, after_column;
};

struct term;

struct parser {
    struct workload *workload;
    struct scan scan;
    struct names names; /* all but the locks */
    struct names locks;
    struct task_group *group;
    size_t group_count, group_capacity;
    struct step *pending; /* the steps of the line so far */
    size_t pending_count, pending_capacity;
    int choices;       /* of the select of the line that has most */
    bool chooses;      /* a ; ends the steps: they are those of a choice */
    int counters;      /* that they need */
    int loops;         /* around the step that is read */
    bool atomic;       /* is it in an atomic block? */
    struct term *term; /* of the step that is read */
    size_t term_count, term_capacity;
    int values, most_values; /* that they keep on the stack; of all steps */
    int inside;              /* parentheses, signs, and the like */
    size_t task_capacity, channel_capacity, barrier_capacity, shared_capacity;
    size_t array_capacity, claim_capacity, warning_capacity;
    size_t semaphore_capacity, condition_capacity, rwlock_capacity;
    int standing;     /* tasks that are not generators and so stand in lines */
    unsigned settled; /* a bit for each statement that may not come again */
};

/* Does a statement begin with this word? */
bool parse_is_statement(struct token token);

/* Take one statement; a task; a generator. */
bool parse_statement(struct parser *parser);
bool parse_task(struct parser *parser);
bool parse_generator(struct parser *parser);

/* Take a name that is used here; example shows the step or attribute. */
bool parse_name(struct parser *parser, enum name_kind kind, int *number,
                const char *example);

/* Take a name that is declared here, for the index-th thing of its kind, with
 * `[5]` behind it or not: then the count is 0. The same for a lock, of which
 * only the name's number is known. */
bool parse_array(struct parser *parser, enum name_kind kind, size_t index,
                 struct array_spec *array);
bool parse_lock_array(struct parser *parser, int *number);
void parse_add_array(struct parser *parser, const struct array_spec *array);

/* How many things the declaration makes, and the name of one of them. */
size_t parse_elements(const struct array_spec *array);
const char *parse_element(struct parser *parser, const struct array_spec *array,
                          size_t element);

/* Take the `[2]` that may follow a name; -1: there is none. */
bool parse_fixed_index(struct parser *parser, int64_t *element);

/* Take a calculation, or a condition; its terms come behind those the step has
 * already. The same for what follows a `[`, with the `]`. */
bool parse_expression(struct parser *parser);
bool parse_index(struct parser *parser);

/* Does a calculation go on here? */
bool parse_sees_operation(struct parser *parser);

/* Take the `= E` of a step that sets the name; false: with the diag filled. */
bool parse_set(struct parser *parser, struct step *step, struct token name);

struct syntax;
typedef bool step_parser(struct parser *parser, struct step *step,
                         const struct syntax *syntax);

/* How a step is written. */
struct syntax {
    enum name_kind object; /* what it names; NAME_UNDECLARED: nothing */
    step_parser *parse;
    const char *example;
};

/* The name of an object, and the `[E]` that may follow; that alone. */
step_parser parse_object;
bool parse_element_index(struct parser *parser, struct step *step,
                         enum computed computed);

/* Take a time of at least least_ns; or a calculation in ms, which the step then
 * says with the bit `computed`. The same for how long a step that is tried may
 * wait. */
bool parse_duration(struct parser *parser, struct step *step, int64_t *ns,
                    int64_t least_ns, enum computed computed,
                    const char *example);
bool parse_limit(struct parser *parser, struct step *step);

/* parse_sync.c: lines, and steps, of semaphores and their like. */
bool parse_semaphore(struct parser *parser);
bool parse_condition(struct parser *parser);
bool parse_rwlock(struct parser *parser);
bool parse_mutex(struct parser *parser);
step_parser parse_wait;
step_parser parse_unlock;
step_parser parse_cancel;

/* `never C`, `finally C`; and their names, once all are known. */
bool parse_never(struct parser *parser);
bool parse_finally(struct parser *parser);
bool resolve_claims(struct parser *parser);

/* What only all names together tell of a step; before its own is resolved. */
bool resolve_sync(struct parser *parser, struct step *step);

/* The syntax of a kind of step. */
const struct syntax *parse_syntax(enum step_kind kind);

/* The kind of the step that begins with token; STEP_WORDS: there is none. */
enum step_kind parse_step_kind(struct token token);

/* Add a step, with the terms read so far; returns its index. And let the one at
 * `from` lead behind the last one so far. */
size_t parse_add_step(struct parser *parser, struct step step);
void parse_lead_here(struct parser *parser, size_t from);

/* The steps are complete: they become one array. */
void parse_move_steps(struct parser *parser, struct steps *steps);

/* parse_select.c: take a choice with its colon; *first is the index of its
 * step, *has_last: one is for when no other is possible. */
bool parse_choice(struct parser *parser, bool *has_last, size_t *first);

/* The select at first ends here, after so many choices. */
void parse_end_select(struct parser *parser, size_t first, int64_t count);

/* Take the steps up to the end of the line. */
bool parse_steps(struct parser *parser, struct steps *steps);

bool resolve_names(struct parser *parser);

/* Names of the steps' calculations, targets and texts. */
bool resolve_terms(struct parser *parser, const struct task_group *group,
                   struct steps *steps);

/* Names of a condition that stands in no task. */
bool resolve_condition(struct parser *parser, const struct term *term,
                       int terms);

/* Has the step an index if and only if what it names is an array? */
bool resolve_element(struct parser *parser, struct step *step,
                     const struct name *name);

/* The same for the lock of `wait c with m`; before that of c. */
bool resolve_with(struct parser *parser, struct step *step);

/* The steps of a task as the parser may still write to them. */
struct step *resolve_writable(const struct step *step);

/* Are there no two names that look alike in letters of different scripts? */
bool lookalike_check(struct parser *parser);
bool check_steps(struct parser *parser);

/* Will every task begin? spawner holds who spawns each task, or -1. */
bool check_beginnings(struct parser *parser, const int *spawner);

#endif
