/*
 * step_cursor_request.c -- a step becomes a request, once its numbers are
 * known.
 *
 * A calculation stops wherever it needs a shared variable, because reading one
 * is a step that others may come before: it goes on when the answer is there.
 * What has no result, or is no time or index, makes a request of its own, with
 * which the task ends.
 */
#include "sched/base/clock.h"
#include "sched/workload/calculate.h"
#include "sched/workload/step_cursor_internal.h"

/* The task ends here, and the run with it. */
static bool fail(struct step_cursor *cursor, struct request *request,
                 enum failure failure, int64_t number, int elements)
{
    step_cursor_ask(cursor, request);
    request->kind = REQUEST_FAIL;
    request->value = failure;
    request->last = number;
    request->object = elements;
    cursor->busy = NULL;
    cursor->next = cursor->steps->count;
    return true;
}

/* --- calculations --------------------------------------------------------- */

static bool load(struct step_cursor *cursor, struct request *request,
                 int shared)
{
    step_cursor_ask(cursor, request);
    request->kind = REQUEST_LOAD;
    request->object = shared;
    cursor->asked = cursor->loading = true;
    return true;
}

/* The top of the stack is an index. */
static bool load_element(struct step_cursor *cursor, struct request *request,
                         const struct term *term)
{
    int64_t index = step_cursor_stack(cursor)[--cursor->values];

    if (index < 0 || index >= term->value)
        return fail(cursor, request, FAILURE_INDEX, index, (int)term->value);
    return load(cursor, request, term->object + (int)index);
}

static bool apply(struct step_cursor *cursor, struct request *request,
                  enum term_kind kind)
{
    int64_t *top = step_cursor_stack(cursor) + cursor->values - 1;
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

/* Where a condition is decided, its rest is passed over. */
static bool jump(struct step_cursor *cursor, const struct term *term)
{
    bool is_true = step_cursor_stack(cursor)[cursor->values - 1] != 0;

    if (is_true == (term->kind == TERM_UNLESS_TRUE)) {
        step_cursor_stack(cursor)[cursor->values - 1] = is_true;
        cursor->term += (int)term->value;
    }
    return false;
}

bool step_cursor_go_through(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;
    bool asks = false;

    while (!asks && cursor->term < step->terms) {
        const struct term *term = &step->term[cursor->term++];

        switch (term->kind) {
        case TERM_NUMBER:
            step_cursor_push(cursor, term->value);
            break;
        case TERM_OWN:
            step_cursor_push(cursor, cursor->memory[term->object]);
            break;
        case TERM_ME:
            step_cursor_push(cursor, cursor->me);
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

/* The numbers lie on the stack in the order of their bits. */
bool step_cursor_fill(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->busy;
    const int64_t *value = step_cursor_stack(cursor);

    if (step->computed & COMPUTED_INDEX) {
        if (*value < 0 || *value >= step->array)
            return fail(cursor, request, FAILURE_INDEX, *value, step->array);
        request->object += (int)*value++;
    }
    if (step->computed & COMPUTED_WITH) {
        if (*value < 0 || *value >= step->last)
            return fail(cursor, request, FAILURE_INDEX, *value,
                        (int)step->last);
        request->value += *value++;
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
