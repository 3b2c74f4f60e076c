/*
 * step_cursor.h -- where a task is in its steps: the only interpreter of them.
 *
 * A cursor is asked for one request after the other and says "the end" when
 * there are no more. What is asked for is then performed by whoever runs the
 * task (scheduler_perform for everything that takes no time), so all modes
 * understand the workload language in the same way.
 *
 * Some requests have an answer (a shared variable is read, a message received):
 * while cursor.asked is true, the cursor must get it before the next request.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_STEP_CURSOR_H
#define CONCVIZ_SCHED_WORKLOAD_STEP_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/workload/workload.h"

/* Requests that are no steps of their own. */
enum {
    /* What only a task in C asks for: wait until the file descriptor `object`
     * is ready for the poll events `value`. */
    REQUEST_FD = STEP_KINDS,
    REQUEST_LOAD,  /* read the shared variable `object`; the answer is its
                     value */
    REQUEST_ROUND, /* a round of a loop begins: if *spot is what it was when
                      the last one did, the task waits for a change. value: of
                      what the task itself remembers */
    REQUEST_PAUSE, /* it calculated for long: nothing, but let others look */
    REQUEST_FAIL,  /* value: enum failure; last: the number */
};

enum failure {
    FAILURE_OVERFLOW,
    FAILURE_DIVISION, /* by zero */
    FAILURE_INDEX,    /* last: the index; object: how many elements */
    FAILURE_TIME,     /* last: the time in ms, below zero or too long */
    FAILURE_CHANCE,   /* between numbers that count backwards */
};

/* One choice of a select. */
struct choice {
    int kind; /* STEP_RECV, STEP_SEND, STEP_AFTER or STEP_OTHERWISE */
    int object;
    bool valued;
    int64_t value, ns;
    int target;   /* for the cursor: where what is received goes, … */
    size_t place; /* … and the index of the step */
};

/*
 * One primitive thing a task wants: a step, but never one of control, and
 * `cpu N by K` comes as cpu K, yield, cpu K, … Only the fields its kind uses
 * mean something; they are those of struct step.
 */
struct request {
    int kind;         /* enum step_kind, or REQUEST_ … */
    int line, column; /* of the step; 0 when a C program asks: then */
    int call_line;    /* is that of the call, or 0 if it is not known */
    int object;
    bool valued;   /* of STEP_SEND: value is what it sends */
    bool together; /* as one with the request before: nobody comes between */
    bool within;   /* … in an atomic block, which may go on */
    int64_t ns;
    int64_t value, last;
    const struct choice *choice; /* of STEP_SELECT: so many of them; they stay
                                    until it has been answered */
    int choices;
    bool tries;   /* what makes others wait: no longer than for ns */
    uint64_t sum; /* of STEP_SUM, if it has been added up (sum.h) */
    bool summed;
    int64_t *spot;           /* of REQUEST_ROUND: the cursor's memory for it */
    const struct step *step; /* of STEP_SAY, with … */
    const int64_t *said;     /* … the numbers in its text; or NULL */
};

/* A task that needs no memory of its own has none. Stays where it is. */
struct step_cursor {
    const struct steps *steps;
    size_t next;             /* index of the next step */
    const struct step *busy; /* the step under way, or NULL */
    int64_t *memory; /* variables, counters of loops, numbers on the stack */
    int term;        /* of the step under way: what is calculated next */
    int values;      /* on the stack */
    int me;
    int target; /* where the answer goes */
    int64_t answer;
    struct choice *choice; /* of the select under way; NULL: none so far */
    int choices, chosen;
    bool asked;   /* the last request has an answer, which is not there */
    bool loading; /* it goes on the stack */
    bool answered, got;
    bool stopped;             /* it met a stop */
    bool turning, turn_ended; /* `cpu N by K`; next comes the yield */
    uint8_t together;         /* in an atomic block: 1, and then 2 */
    int64_t turns_left_ns, turn_ns;
    uint64_t chance;
    uint64_t still; /* a bit for each loop around: nothing but reading, setting
                       and the like since its round began */
};

/* Set cursor before the first step of a task of workload, which is borrowed.
 * What it leaves to chance depends on seed and its number. */
void step_cursor_init(struct step_cursor *cursor,
                      const struct workload *workload, int task, uint64_t seed);

/* Go back to the first step; variables, and luck, stay what they are. Returns
 * false if the task is at its end because it stopped. */
bool step_cursor_again(struct step_cursor *cursor);

/* Release what a cursor holds; may be called in the middle. */
void step_cursor_fini(struct step_cursor *cursor);

/* A number for where the cursor is: equal for cursors over the same steps that
 * have the same still before them. */
uint64_t step_cursor_hash(const struct step_cursor *cursor);

/* Fill request with what comes next. Returns false at the end. */
bool step_cursor_next(struct step_cursor *cursor, struct request *request);

/* The answer to the last request: a value, and whether there is one (no: the
 * channel is closed); of a select: the number of the choice. */
void step_cursor_answer(struct step_cursor *cursor, int64_t value, bool got,
                        int chosen);

/*
 * The yield that comes next, which step_cursor_skip then passes; NULL if
 * something else does, or if it would take long to find out.
 */
static inline const struct step *step_cursor_yield(struct step_cursor *cursor)
{
    const struct step *step;
    int64_t *rounds;

    if (cursor->busy || cursor->next == cursor->steps->count)
        return NULL;
    step = &cursor->steps->step[cursor->next];
    if (step->kind == STEP_AGAIN) { /* as step_cursor_next would */
        rounds = &cursor->memory[cursor->steps->variables + step->object];
        if (*rounds == 0)
            return NULL;
        --*rounds;
        step += step->skip;
        cursor->next = (size_t)(step - cursor->steps->step);
    }
    return step->kind == STEP_YIELD && !step->value ? step : NULL;
}

static inline void step_cursor_skip(struct step_cursor *cursor)
{
    cursor->next++;
}

#endif
