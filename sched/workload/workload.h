/*
 * workload.h -- what a run is asked to do: tasks and their steps.
 *
 * A workload is immutable once it is made, and every run reads the same one.
 * All its memory belongs to it: free it with workload_free. Names in it are
 * [A-Za-z_][A-Za-z0-9_.-]{0,63}, so they are safe to print; the texts of
 * `say` have been cleaned (text.h). Any thread may read.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_WORKLOAD_H
#define CONCVIZ_SCHED_WORKLOAD_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/policy/policy.h"

struct arena;
struct diag;
struct task_calls; /* what a C program may ask for: sched/program/task.h */

#define STEP_FOREVER INT64_MAX /* the ns of `cpu forever` */

/* Limits of what a text may ask for; each has its own message. */
#define WORKLOAD_DURATION_MAX_NS INT64_C(1000000000000000)
/* Of all tasks together; leaves room to add up the times they wait. */
#define WORKLOAD_LASTING_MAX_S 100000000
#define WORKLOAD_NUMBER_MAX    INT64_C(1000000000)

enum {
    WORKLOAD_TASKS_MAX = 1000000,
    WORKLOAD_NESTING_MAX = 64,
    WORKLOAD_LINE_BYTES_MAX = 64 * 1024,
    WORKLOAD_FILE_BYTES_MAX = 1024 * 1024,      /* a file */
    WORKLOAD_TEXT_BYTES_MAX = 64 * 1024 * 1024, /* any text */
    WORKLOAD_NAME_MAX = 64,                     /* characters */
    WORKLOAD_SAY_BYTES_MAX = 255,
    WORKLOAD_VARIABLES_MAX = 64,   /* of a task's own */
    WORKLOAD_VALUES_MAX = 64,      /* that a calculation keeps at once */
    WORKLOAD_ELEMENTS_MAX = 10000, /* of an array */
    WORKLOAD_LINES_MAX = 1000,     /* of tasks, not of text */
    WORKLOAD_MACHINES_MAX = 1000,  /* of the `machines` line */
    WORKLOAD_NO_SLICE = -1,        /* there is no `slice` line */
    WORKLOAD_WARNINGS_MAX = 20,    /* that are kept */
    /* Steps done by all tasks together, repeats and turns counted. */
    WORKLOAD_PERFORMED_MAX = 100000000,
};

/*
 * A calculation is a list of terms that a machine with a stack of numbers goes
 * through: `2 * n + 1` is NUMBER 2, SHARED n, MULTIPLY, NUMBER 1, ADD.
 */
enum term_kind {
    TERM_NUMBER,  /* value */
    TERM_NAME,    /* object: number of a name; value: where it stands; … */
    TERM_INDEXED, /* … the same with an index: until names are resolved */
    TERM_OWN,     /* object: variable of the task */
    TERM_SHARED,  /* object: shared index */
    TERM_ELEMENT, /* object: shared index of the first of value elements */
    TERM_ME,      /* the task's number among those of its array */
    TERM_NEGATE,
    TERM_NOT,
    TERM_ADD,
    TERM_SUBTRACT,
    TERM_MULTIPLY,
    TERM_DIVIDE,
    TERM_MOD,
    TERM_CHANCE, /* a number by chance between two */
    TERM_EQUAL,
    TERM_UNEQUAL,
    TERM_LESS,
    TERM_AT_MOST,
    TERM_GREATER,
    TERM_AT_LEAST,
    TERM_AND,
    TERM_OR,
    TERM_UNLESS_FALSE, /* if false: value terms further, past the AND */
    TERM_UNLESS_TRUE,  /* if true: value terms further, past the OR */
};

struct term {
    enum term_kind kind;
    int object;
    int64_t value;
};

/* What the terms of a step leave on the stack, in the order of the text. */
enum computed {
    COMPUTED_INDEX = 1 << 0,  /* of the object in its array */
    COMPUTED_TARGET = 1 << 1, /* index of the target in its array */
    COMPUTED_TIME = 1 << 2,   /* ns, in ms */
    COMPUTED_BY = 1 << 3,     /* by_ns, in ms */
    COMPUTED_VALUE = 1 << 4,
    COMPUTED_LIMIT = 1 << 6, /* ns of what is tried, in ms */
    COMPUTED_TEXT = 1 << 5,  /* a number for each place in the text */
    COMPUTED_WITH = 1 << 7,  /* index of the lock in its array; after INDEX */
};

enum step_kind {
    STEP_CPU,      /* ns; by_ns > 0: in turns of by_ns, a yield between */
    STEP_SLEEP,    /* ns */
    STEP_BLOCK,    /* ns */
    STEP_YIELD,    /* object: task index, or -1 for whoever is next; value: it
                      may be part of a round that changes nothing */
    STEP_LOCK,     /* object: lock index */
    STEP_UNLOCK,   /* object: lock index */
    STEP_READ,     /* object: shared index */
    STEP_WRITE,    /* object: shared index; value: K of n+K */
    STEP_SEND,     /* object: channel index; COMPUTED_VALUE: what is sent */
    STEP_RECV,     /* object: channel index; target */
    STEP_CLOSE,    /* object: channel index */
    STEP_WAIT,     /* object: barrier index */
    STEP_SPAWN,    /* object: task index */
    STEP_JOIN,     /* object: task index */
    STEP_NEXT,     /* object: task index of a generator */
    STEP_SAY,      /* text */
    STEP_SUM,      /* value..last, both included; last < value: nothing */
    STEP_PRIORITY, /* value */

    STEP_ACQUIRE,    /* object: semaphore index */
    STEP_RELEASE,    /* object: semaphore index */
    STEP_AWAIT,      /* object: condition index; value: lock index;
                        COMPUTED_WITH: of last elements from value on */
    STEP_SIGNAL,     /* object: condition index */
    STEP_BROADCAST,  /* object: condition index */
    STEP_RLOCK,      /* object: rwlock index */
    STEP_WLOCK,      /* object: rwlock index */
    STEP_RELINQUISH, /* object: rwlock index */
    STEP_CANCEL,     /* object: task index */

    STEP_REPEAT, /* value: times; object: its counter, or -1: its rounds
                      ask for nothing; skip: behind its end */
    STEP_WHILE,  /* value; skip: if false, behind the end of the loop */
    STEP_IF,     /* value; skip: if false, behind the ELSE, or the END */
    STEP_FOR,    /* recv; skip: if closed, behind the end of the loop */
    STEP_BREAK,  /* skip: behind the end of the loop */
    STEP_STOP,   /* skip: behind the last step */
    STEP_SELECT, /* value: choices; skip: behind the DECIDE */
    STEP_TRY,    /* only while it is parsed: the step that is tried */
    STEP_ATOMIC, /* ends with an END whose value is 1 */
    STEP_WORDS,  /* those before it begin with a word */

    STEP_AFTER = STEP_WORDS, /* ns */
    STEP_OTHERWISE,
    STEP_LEAVE,  /* ends a choice; skip: behind the DECIDE */
    STEP_DECIDE, /* ends a select; value: choices */
    STEP_SET,    /* target; value */
    STEP_LOOP,   /* begins a loop without a count; object: its counter */
    STEP_AGAIN,  /* the end of a repeat: object: its counter; skip: to the
                   beginning of a round */
    STEP_ROUND,  /* the end of a loop; object, skip: the same */
    STEP_ELSE,   /* skip: behind the END */
    STEP_END,    /* of an if, or of what is atomic */
    STEP_KINDS
};

/*
 * A task's steps lie one behind the other; blocks stand among them, between
 * the step that begins one and the step that ends it:
 *
 *     cpu 1, repeat 2 (cpu 5, yield)     cpu  REPEAT  cpu  yield  AGAIN
 *                                                4└──────────────────>
 *                                                     <────────────┘-2
 *
 *     while C (cpu 5)                    LOOP  WHILE  cpu  ROUND
 *     if C (cpu 1) else (cpu 2)          IF  cpu  ELSE  cpu  END
 *     try lock m (cpu 1)                 lock  cpu  END
 */
struct steps {
    const struct step *step;
    size_t count;
    int counters;  /* a cursor needs as many: loops inside each other … */
    int values;    /* … as many numbers on its stack … */
    int variables; /* … and variables of its own */
    int choices;   /* … of a select, at most */
    bool chance;   /* something is left to chance */
    const char **variable; /* their names */
};

/* Where a number goes. */
struct step_target {
    enum {
        TARGET_NOTHING,
        TARGET_OWN,    /* object: variable of the task */
        TARGET_SHARED, /* object: shared index */
        TARGET_NAME,   /* object: number of a name, until it is resolved */
    } kind;
    int object;
    int array; /* COMPUTED_TARGET: elements from object on; of TARGET_NAME the
                  number in the brackets + 1, if it is one alone */
};

struct step {
    enum step_kind kind;
    bool choice;      /* of a select; skip: to the next one, or the DECIDE */
    bool tries;       /* begins a block: it waits no longer than ns; skip: if
                         that was not enough, behind the ELSE, or the END */
    int line, column; /* where it stands in the file, from 1 */
    int object;
    int array;         /* COMPUTED_INDEX: elements from object on; else 0 */
    int skip;          /* of control: how many steps further the task goes on */
    int depth;         /* loops around it */
    unsigned computed; /* enum computed */
    const struct term *term;
    int terms;
    struct step_target target;
    int64_t ns, by_ns;
    int64_t value, last;
    const char *text;
};

struct task_spec {
    const char *name;
    int source_line, source_column;
    int line;            /* which line it stands in, from 1 */
    int priority;        /* default 0; a higher number goes first */
    int64_t at_ns;       /* when it arrives; default 0 */
    bool at_spawn;       /* arrives when another task spawns it */
    bool generator;      /* runs inside its caller's turn (rule R14) */
    bool daemon;         /* the run does not last for its sake */
    const int *after;    /* tasks that must be done first; shared by … */
    int afters;          /* … all tasks of one statement, like its steps */
    int64_t period_ns;   /* a job arrives each; 0: the task is one job */
    int64_t deadline_ns; /* after the arrival of a job; 0: none */
    int64_t times;       /* how many jobs; 0: without end */
    int64_t tickets;     /* of the policy lottery */
    int nice;            /* of the policy fair */
    bool numbered;       /* it is one of an array … */
    int number;          /* … and this one of it */
    struct steps steps;  /* shared by all tasks of one statement */
    /* Instead of steps, for workloads written in C; else NULL. */
    void (*program)(struct task_calls *calls, int task);
};

/*
 * What the tasks of a workload written in C share in one run. A workload is
 * immutable and may be run many times, so each run opens data of its own.
 */
struct program_data {
    int size;           /* how much there is to do */
    int hurry;          /* divides all times; 0: they stay as they are */
    bool takes_turns;   /* run one after the other, tasks would never end */
    size_t stack_bytes; /* of each task; 0: as much as ours need */
    /* NULL: there is nothing to share. If foretells is set (task_foretells),
     * what only announced work reads may be left out. */
    void *(*open)(int size, bool foretells);
    void (*close)(void *data);
};

struct channel_spec {
    const char *name;
    int64_t size; /* 0 is a rendezvous */
};

struct barrier_spec {
    const char *name;
    int64_t size; /* how many must wait before all go on, at least 1; 0: not
                   * known, of a program that was watched */
};

struct semaphore_spec {
    const char *name;
    int64_t initial; /* at least 0 */
};

struct rwlock_spec {
    const char *name;
    bool readers; /* who reads may pass writers that wait */
};

struct shared_spec {
    const char *name;
    int64_t initial;
};

/* `never C` or `finally C` of the shared variables. */
struct claim_spec {
    bool finally;
    int line, column; /* of C */
    const struct term *term;
    int terms;
    const char *text; /* C, as it is printed */
};

/* Things declared together, as in `channel ring[5]`: their names are ring[0],
 * ring[1], … */
struct array_spec {
    const char *name;
    enum array_kind {
        ARRAY_TASK,
        ARRAY_SHARED,
        ARRAY_CHANNEL,
        ARRAY_BARRIER,
        ARRAY_LOCK,
        ARRAY_SEMAPHORE,
        ARRAY_CONDITION,
        ARRAY_RWLOCK,
    } kind;
    int first, count; /* indices of that kind */
};

struct workload {
    struct arena *arena;
    const char *name;   /* "cafeteria", or the file's name without folders */
    const char *file;   /* for diags: the path as given, "-" or the name */
    const char *source; /* the text it was parsed from, NUL-terminated */
    /* What people see as its text, which STEP events name places of: the
     * source, or that of a program in C. NUL-terminated; NULL: there is none.
     * Where it begins in the file. */
    const char *listing;
    int listing_line, listing_column;
    /* Of definitions: tasks that got another name, in that order. */
    const int *renamed;
    size_t renamed_count;
    bool lines_own;              /* rule R18 */
    int machines;                /* of the `machines` line; 0: not given */
    int64_t slice_ns;            /* of the `slice` line, or WORKLOAD_NO_SLICE */
    struct policy_choice policy; /* of the `policy` line; fifo */
    int line_count;              /* the highest line of a task, at least 1 */

    struct task_spec *task;
    size_t task_count;
    const char **lock; /* locks are declared by their first mention */
    size_t lock_count;
    bool *inherits; /* a lock: priority goes from who waits to who has it */
    struct channel_spec *channel;
    size_t channel_count;
    struct barrier_spec *barrier;
    size_t barrier_count;
    struct semaphore_spec *semaphore;
    size_t semaphore_count;
    const char **condition;
    size_t condition_count;
    struct rwlock_spec *rwlock;
    size_t rwlock_count;
    struct shared_spec *shared;
    size_t shared_count;
    bool cancels; /* a step cancels somebody */
    struct claim_spec *claim;
    size_t claim_count;
    struct array_spec *array; /* of one kind in the order of their indices */
    size_t array_count;
    struct diag *warning; /* what is allowed and hardly meant */
    size_t warning_count;
    struct program_data data; /* all zero: no task is written in C */
};

/* Free all that belongs to a workload; NULL is fine. */
void workload_free(struct workload *workload);

/* Index of the task called name, or -1. */
int workload_find_task(const struct workload *workload, const char *name);

/* The steps of the block that step begins, without its end. */
static inline struct steps workload_block(const struct step *step)
{
    return (struct steps){ .step = step + 1, .count = (size_t)step->skip - 2 };
}

/* Does what a task does depend on the seed of the run? */
bool workload_has_chance(const struct workload *workload);

/* The array an object belongs to, or NULL. */
const struct array_spec *workload_array(const struct workload *workload,
                                        enum array_kind kind, int object);

/* The word for a step kind in the workload language: "cpu", "sleep", … */
const char *workload_step_word(enum step_kind kind);

#endif
