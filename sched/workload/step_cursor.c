/*
 * step_cursor.c -- the only interpreter of steps.
 *
 * A place in steps is a number, since blocks stand among them (workload.h);
 * what else a task remembers lies in one array: its variables, a counter for
 * each loop around it, and the numbers of the calculation under way. Nothing
 * is ever written out: `repeat 1000000000 (…)` costs one number.
 *
 * A calculation stops wherever it needs a shared variable, because reading one
 * is a step that others may come before: it goes on when the answer is there.
 *
 * A repeat whose body asks for nothing has no counter and is passed over; a
 * task that calculates for long pauses, so that whoever runs it can look around
 * meanwhile: nobody can make a cursor turn for ever.
 */
#include "sched/workload/step_cursor.h"

#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/workload/calculate.h"

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

/* The numbers of the calculation under way. */
static int64_t *stack(const struct step_cursor *cursor)
{
    return &cursor->memory[cursor->steps->variables + cursor->steps->counters];
}

/* Counters of loops that are over mean nothing any more. */
static int loops_around(const struct step_cursor *cursor)
{
    return cursor->next < cursor->steps->count
               ? cursor->steps->step[cursor->next].depth
               : 0;
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
    int loops = loops_around(cursor);
    int remembered = cursor->steps->variables + loops;
    uint64_t still = loops ? cursor->still << (64 - loops) : 0;
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
        hash = mix(hash, stack(cursor)[i]);
    return hash;
}

/* --- requests ------------------------------------------------------------- */

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

static void ask(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;

    *request = (struct request){
        .kind = (int)step->kind,
        .line = step->line,
        .column = step->column,
        .object = step->object,
        .ns = step->ns,
        .value = step->value,
        .last = step->last,
        .together = cursor->together == 2,
        .within = cursor->together != 0,
    };
    if (cursor->together == 1)
        cursor->together = 2;
}

/* The task ends here, and the run with it. */
static bool fail(struct step_cursor *cursor, struct request *request,
                 enum failure failure, int64_t number, int elements)
{
    ask(cursor, request);
    request->kind = REQUEST_FAIL;
    request->value = failure;
    request->last = number;
    request->object = elements;
    cursor->busy = NULL;
    cursor->next = cursor->steps->count;
    return true;
}

/* The step under way is done; the next one is so many further. */
static bool go(struct step_cursor *cursor, int steps)
{
    cursor->next += (size_t)steps;
    cursor->busy = NULL;
    return false;
}

/* --- calculations --------------------------------------------------------- */

static bool load(struct step_cursor *cursor, struct request *request,
                 int shared)
{
    ask(cursor, request);
    request->kind = REQUEST_LOAD;
    request->object = shared;
    cursor->asked = cursor->loading = true;
    return true;
}

/* The top of the stack is an index. */
static bool load_element(struct step_cursor *cursor, struct request *request,
                         const struct term *term)
{
    int64_t index = stack(cursor)[--cursor->values];

    if (index < 0 || index >= term->value)
        return fail(cursor, request, FAILURE_INDEX, index, (int)term->value);
    return load(cursor, request, term->object + (int)index);
}

static bool apply(struct step_cursor *cursor, struct request *request,
                  enum term_kind kind)
{
    int64_t *top = stack(cursor) + cursor->values - 1;
    int64_t right = *top, left = 0;
    enum failure failure;

    if (calculate_takes(kind) == 2) {
        left = *--top;
        cursor->values--;
    }
    return !calculate_apply(kind, left, right, &cursor->chance, top,
                            &failure) &&
           fail(cursor, request, failure, right, 0);
}

static bool push(struct step_cursor *cursor, int64_t value)
{
    stack(cursor)[cursor->values++] = value;
    return false;
}

/* Where a condition is decided, its rest is passed over. */
static bool jump(struct step_cursor *cursor, const struct term *term)
{
    bool is_true = stack(cursor)[cursor->values - 1] != 0;

    if (is_true == (term->kind == TERM_UNLESS_TRUE)) {
        stack(cursor)[cursor->values - 1] = is_true;
        cursor->term += (int)term->value;
    }
    return false;
}

/* Go through the terms; true: there is a request first. */
static bool calculate(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;
    bool asks = false;

    while (!asks && cursor->term < step->terms) {
        const struct term *term = &step->term[cursor->term++];

        switch (term->kind) {
        case TERM_NUMBER:
            asks = push(cursor, term->value);
            break;
        case TERM_OWN:
            asks = push(cursor, cursor->memory[term->object]);
            break;
        case TERM_ME:
            asks = push(cursor, cursor->me);
            break;
        case TERM_SHARED:
            asks = load(cursor, request, term->object);
            break;
        case TERM_ELEMENT:
            asks = load_element(cursor, request, term);
            break;
        case TERM_UNLESS_FALSE:
        case TERM_UNLESS_TRUE:
            asks = jump(cursor, term);
            break;
        default:
            asks = apply(cursor, request, term->kind);
        }
    }
    return asks;
}

/* --- what was calculated -------------------------------------------------- */

/* A number of ms becomes a time. */
static bool time_of(struct step_cursor *cursor, struct request *request,
                    int64_t ms, int64_t least_ms, int64_t *ns)
{
    if (ms < least_ms || ms > WORKLOAD_DURATION_MAX_NS / NS_PER_MS)
        return fail(cursor, request, FAILURE_TIME, ms, 0);
    *ns = ms * NS_PER_MS;
    return false;
}

/* Fill request with the step and its numbers, which are on the stack in the
 * order of their bits. Returns true if one of them cannot be. */
static bool use(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;
    const int64_t *value;

    ask(cursor, request);
    cursor->turn_ns = step->by_ns;
    cursor->target = step->target.object;
    if (!step->computed)
        return false;
    value = stack(cursor);
    if (step->computed & COMPUTED_INDEX) {
        if (*value < 0 || *value >= step->array)
            return fail(cursor, request, FAILURE_INDEX, *value, step->array);
        request->object += (int)*value++;
    }
    if (step->computed & COMPUTED_TARGET) {
        if (*value < 0 || *value >= step->target.array)
            return fail(cursor, request, FAILURE_INDEX, *value,
                        step->target.array);
        cursor->target += (int)*value++;
    }
    if (step->computed & COMPUTED_TIME &&
        time_of(cursor, request, *value++, 0, &request->ns))
        return true;
    if (step->computed & COMPUTED_BY &&
        time_of(cursor, request, *value++, 1, &cursor->turn_ns))
        return true;
    if (step->computed & COMPUTED_VALUE) {
        request->value = *value++;
        request->valued = true;
    }
    if (step->computed & COMPUTED_LIMIT &&
        time_of(cursor, request, *value++, 0, &request->ns))
        return true;
    if (step->computed & COMPUTED_TEXT) {
        request->step = step;
        request->said = value;
    }
    return false;
}

/* --- steps ---------------------------------------------------------------- */

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
    ask(cursor, request);
    request->kind = STEP_SET;
    request->object = target;
    request->value = value;
    return true;
}

/* `cpu N by K`: a turn, or the yield that ended the last one. */
static bool ask_turn(struct step_cursor *cursor, struct request *request)
{
    ask(cursor, request);
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
static bool accept(struct step_cursor *cursor, struct request *request)
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

/* What the task itself remembers, but for the loop and those inside it. */
static uint64_t hash_memory(const struct step_cursor *cursor, int counters)
{
    uint64_t hash = cursor->steps->chance ? cursor->chance : 0;

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

    if (use(cursor, request))
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
        return accept(cursor, request);
    return calculate(cursor, request) || act(cursor, request);
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
        push(cursor, value);
        return;
    }
    cursor->answered = true;
    cursor->got = got;
    cursor->answer = value;
    cursor->chosen = chosen;
}
