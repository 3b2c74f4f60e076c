/*
 * step_cursor.c -- the only interpreter of steps.
 *
 * A place in steps is a number, since blocks stand among them (workload.h);
 * what else a task remembers lies in one array: its variables, a counter for
 * each loop around it, and the numbers of the calculation under way. Nothing
 * is ever written out: `repeat 1000000000 (…)` costs one number.
 *
 * What a step asks for, and the numbers for that, are the subject of
 * step_cursor_request.c; here the cursor goes from step to step.
 *
 * A repeat whose body asks for nothing has no counter and is passed over; a
 * task that calculates for long pauses, so that whoever runs it can look around
 * meanwhile: nobody can make a cursor turn for ever.
 */
#include "sched/workload/step_cursor.h"

#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/workload/step_cursor_internal.h"

enum {
    QUIET_MAX = 1000 /* steps in a row that ask for nothing */
};

void step_cursor_init(struct step_cursor *cursor,
                      const struct workload *workload, int task, uint64_t seed)
{
    const struct steps *steps = &workload->task[task].steps;
    int memory = steps->variables + steps->counters + steps->values;

    *cursor = (struct step_cursor){
        .steps = steps,
        .me = workload->task[task].number,
        .chance = random_mix(seed ^ random_mix((uint64_t)task + 1)),
    };
    if (memory > 0)
        cursor->memory = xcalloc((size_t)memory, sizeof *cursor->memory);
}

bool step_cursor_again(struct step_cursor *cursor)
{
    if (cursor->stopped)
        return false;
    *cursor = (struct step_cursor){
        .steps = cursor->steps,
        .memory = cursor->memory,
        .me = cursor->me,
        .chance = cursor->chance,
        .choice = cursor->choice,
    };
    return true;
}

void step_cursor_fini(struct step_cursor *cursor)
{
    free(cursor->choice);
    free(cursor->memory);
    cursor->choice = NULL;
    cursor->memory = NULL;
}

static int64_t *counter(const struct step_cursor *cursor,
                        const struct step *step)
{
    return &cursor->memory[cursor->steps->variables + step->object];
}

/* Counters of loops that are over mean nothing any more, and those that are
 * innermost may have none. */
static int counters_around(const struct step_cursor *cursor)
{
    const struct steps *steps = cursor->steps;
    int loops = cursor->next < steps->count ? steps->step[cursor->next].depth
                                            : 0;

    return loops < steps->counters ? loops : steps->counters;
}

/* The bit of a loop whose counter is the index-th. */
static uint64_t bit(int index)
{
    return UINT64_C(1) << index;
}

static uint64_t mix(uint64_t hash, int64_t more)
{
    return random_mix(hash + (uint64_t)more);
}

uint64_t step_cursor_hash(const struct step_cursor *cursor)
{
    int counters = counters_around(cursor);
    int remembered = cursor->steps->variables + counters;
    uint64_t still = counters ? cursor->still << (64 - counters) : 0;
    int64_t flags = (cursor->busy != NULL) | cursor->turn_ended << 1 |
                    cursor->asked << 2 | cursor->answered << 3 |
                    cursor->got << 4 | cursor->turning << 5 |
                    cursor->together << 6 | cursor->loading << 8;
    uint64_t hash = mix(mix((uint64_t)flags, cursor->turns_left_ns),
                        (int64_t)still);

    hash = mix(hash, (int64_t)cursor->next);
    for (int i = 0; i < remembered; i++)
        hash = mix(hash, cursor->memory[i]);
    if (cursor->steps->chance)
        hash = mix(hash, (int64_t)cursor->chance);
    for (int i = 0; i < cursor->choices; i++)
        hash = mix(
            mix(mix(hash, cursor->choice[i].object), cursor->choice[i].value),
            cursor->choice[i].ns);
    if (!cursor->busy)
        return hash;
    hash = mix(mix(hash, cursor->term), cursor->answer);
    hash = mix(mix(hash, cursor->turn_ns), cursor->target);
    for (int i = 0; i < cursor->values; i++)
        hash = mix(hash, step_cursor_stack(cursor)[i]);
    return hash;
}

/* --- steps ---------------------------------------------------------------- */

/* Could it be done again and again, and nothing would ever be different? */
static bool is_still(const struct step *step)
{
    switch (step->kind) {
    case STEP_CPU:
    case STEP_SLEEP:
    case STEP_BLOCK:
    case STEP_SEND:
    case STEP_RECV:
    case STEP_FOR:
    case STEP_WAIT:
    case STEP_SPAWN:
    case STEP_JOIN:
    case STEP_NEXT:
        return false;
    default:
        return true;
    }
}

/* The step under way is done; the next one is so many further. */
static bool go(struct step_cursor *cursor, int steps)
{
    cursor->next += (size_t)steps;
    cursor->busy = NULL;
    return false;
}

/* The value goes to the target of the step: into the task's memory, or as a
 * step of its own. */
static bool set(struct step_cursor *cursor, struct request *request,
                int64_t value)
{
    const struct step *step = cursor->busy;
    int target = cursor->target;

    if (step->target.kind == TARGET_OWN) {
        cursor->memory[target] = value;
        return false;
    }
    step_cursor_ask(cursor, request);
    request->kind = STEP_SET;
    request->object = target;
    request->value = value;
    return true;
}

/* `cpu N by K`: a turn, or the yield that ended the last one. */
static bool ask_turn(struct step_cursor *cursor, struct request *request)
{
    step_cursor_ask(cursor, request);
    if (cursor->turn_ended) {
        cursor->turn_ended = false;
        request->kind = STEP_YIELD;
        request->object = -1;
        return true;
    }
    if (cursor->turns_left_ns > cursor->turn_ns) {
        request->ns = cursor->turn_ns;
        cursor->turn_ended = true;
        cursor->turns_left_ns -= request->ns;
        return true;
    }
    request->ns = cursor->turns_left_ns;
    cursor->turns_left_ns = 0;
    cursor->turning = false;
    go(cursor, 1);
    return true;
}

/* A message came, or the channel was closed; `for` ends then. */
static bool accept_value(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;
    int64_t value = cursor->got ? cursor->answer : 0;
    bool asks = false;

    cursor->answered = false;
    cursor->answer = 0;
    if (step->tries && (!cursor->got || step->target.kind == TARGET_NOTHING))
        return go(cursor, cursor->got ? 1 : step->skip);
    if (step->kind == STEP_FOR && !cursor->got) {
        go(cursor, step->skip);
        return false;
    }
    asks = set(cursor, request, value);
    go(cursor, 1);
    return asks;
}

/* What the task itself remembers, but for the loop and those inside it. It must
 * not begin with 0, which mixes to 0: then one variable could look like another
 * of those that all share. */
static uint64_t hash_memory(const struct step_cursor *cursor, int counters)
{
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) +
                    (cursor->steps->chance ? cursor->chance : 0);

    for (int i = 0; i < cursor->steps->variables + counters; i++)
        hash = mix(hash, cursor->memory[i]);
    return hash;
}

/* A round begins: what the last one began with lies in the loop's counter, if
 * it can be compared. */
static bool begin_round(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;
    bool first = step->kind == STEP_LOOP;

    go(cursor, first ? 1 : step->skip);
    if (step->object < 0)
        return false;
    if (first || !(cursor->still & bit(step->object)))
        *counter(cursor, step) = 0;
    cursor->still |= bit(step->object);
    *request = (struct request){
        .kind = REQUEST_ROUND,
        .object = step->object,
        .value = (int64_t)hash_memory(cursor, step->object),
        .spot = counter(cursor, step),
    };
    return true;
}

static bool repeat(struct step_cursor *cursor, int64_t times)
{
    const struct step *step = cursor->busy;

    if (step->object < 0 || times <= 0)
        return go(cursor, step->skip);
    *counter(cursor, step) = times - 1;
    return go(cursor, 1);
}

static bool again(struct step_cursor *cursor)
{
    const struct step *step = cursor->busy;
    int64_t *rounds = counter(cursor, step);

    if (*rounds == 0)
        return go(cursor, 1);
    --*rounds;
    return go(cursor, step->skip);
}

/* A step that is a request; some go on after it has been performed. */
static bool request_step(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;

    if ((!is_still(step) && (step->kind != STEP_CPU || request->ns > 0)) ||
        (step->tries && request->ns > 0))
        cursor->still = 0;
    if (step->kind == STEP_CPU && cursor->turn_ns > 0) {
        cursor->turning = true;
        cursor->turns_left_ns = request->ns;
        return ask_turn(cursor, request);
    }
    if (step->kind == STEP_FOR)
        request->kind = STEP_RECV;
    request->tries = step->tries;
    cursor->asked = step->tries || step->target.kind != TARGET_NOTHING;
    if (!cursor->asked)
        go(cursor, 1);
    return true;
}

/* Nothing is done before all choices are known. */
static bool note_choice(struct step_cursor *cursor,
                        const struct request *request)
{
    const struct step *step = cursor->busy;

    if (!cursor->choice)
        cursor->choice = xcalloc((size_t)cursor->steps->choices,
                                 sizeof *cursor->choice);
    cursor->choice[cursor->choices++] = (struct choice){
        .kind = (int)step->kind,
        .object = request->object,
        .valued = request->valued,
        .value = request->value,
        .ns = request->ns,
        .target = cursor->target,
        .place = cursor->next,
    };
    if (step->kind == STEP_AFTER)
        cursor->still = 0;
    return go(cursor, step->skip);
}

static bool decide(struct step_cursor *cursor, struct request *request)
{
    request->kind = STEP_SELECT;
    request->choice = cursor->choice;
    request->choices = cursor->choices;
    cursor->asked = true;
    return true;
}

/* It is known which choice it is: its steps come next. */
static bool choose(struct step_cursor *cursor, struct request *request)
{
    const struct choice *choice = &cursor->choice[cursor->chosen];
    const struct step *step = &cursor->steps->step[choice->place];
    int64_t value = cursor->got ? cursor->answer : 0;
    bool asks = false;

    cursor->answered = false;
    cursor->answer = 0;
    cursor->next = choice->place;
    cursor->busy = step;
    cursor->target = choice->target;
    if (step->kind == STEP_RECV && step->target.kind != TARGET_NOTHING)
        asks = set(cursor, request, value);
    cursor->choices = 0;
    go(cursor, 1);
    return asks;
}

/* All is known that the step under way needs. */
static bool act(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;
    bool asks;

    if (step_cursor_use(cursor, request))
        return true;
    if (step->choice)
        return note_choice(cursor, request);
    switch (step->kind) {
    case STEP_SELECT:
        cursor->choices = 0;
        return go(cursor, 1);
    case STEP_DECIDE:
        return decide(cursor, request);
    case STEP_LEAVE:
        return go(cursor, step->skip);
    case STEP_REPEAT:
        return repeat(cursor, request->value);
    case STEP_AGAIN:
        return again(cursor);
    case STEP_LOOP:
    case STEP_ROUND:
        return begin_round(cursor, request);
    case STEP_IF:
    case STEP_WHILE:
        return go(cursor, request->value ? 1 : step->skip);
    case STEP_STOP:
        cursor->stopped = true;
        return go(cursor, step->skip);
    case STEP_BREAK:
    case STEP_ELSE:
        return go(cursor, step->skip);
    case STEP_ATOMIC:
    case STEP_END:
        if (step->kind == STEP_ATOMIC || step->value)
            cursor->together = step->kind == STEP_ATOMIC;
        return go(cursor, 1);
    case STEP_SET:
        asks = set(cursor, request, request->value);
        go(cursor, 1);
        return asks;
    default:
        return request_step(cursor, request);
    }
}

/* Go on with the step under way; true: request is filled. */
static bool go_on(struct step_cursor *cursor, struct request *request)
{
    if (cursor->turning)
        return ask_turn(cursor, request);
    if (cursor->answered && cursor->busy->kind == STEP_DECIDE)
        return choose(cursor, request);
    if (cursor->answered)
        return accept_value(cursor, request);
    return step_cursor_calculate(cursor, request) || act(cursor, request);
}

bool step_cursor_next(struct step_cursor *cursor, struct request *request)
{
    for (int quiet = 0; quiet < QUIET_MAX; quiet++) {
        if (!cursor->busy) {
            if (cursor->next == cursor->steps->count)
                return false;
            cursor->busy = &cursor->steps->step[cursor->next];
            cursor->term = cursor->values = 0;
        }
        if (go_on(cursor, request))
            return true;
    }
    *request = (struct request){ .kind = REQUEST_PAUSE };
    return true;
}

void step_cursor_answer(struct step_cursor *cursor, int64_t value, bool got,
                        int chosen)
{
    cursor->asked = false;
    if (cursor->loading) {
        cursor->loading = false;
        step_cursor_push(cursor, value);
        return;
    }
    cursor->answered = true;
    cursor->got = got;
    cursor->answer = value;
    cursor->chosen = chosen;
}
