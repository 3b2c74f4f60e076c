/*
 * event_code.c -- an event is two bytes and what differs:
 *
 *   kind | same | [time] [task] [machine] [object] [value] [spare]
 *
 * `same` has a bit for each field that is what it was: time and task as in the
 * event before, the others as in the last event of this kind. The time is the
 * distance to the event before. A value that is not before the time of its
 * event may be a time itself (until when somebody sleeps) and is written as the
 * distance to it. Numbers that may be below zero fold: 0, -1, 1, -2, …
 */
#include "sched/trace/event_code.h"

#include <assert.h>
#include <string.h>

#include "sched/workload/workload.h"

enum unchanged {
    SAME_TIME = 1 << 0,
    SAME_TASK = 1 << 1,
    SAME_MACHINE = 1 << 2,
    SAME_OBJECT = 1 << 3,
    SAME_VALUE = 1 << 4,
    SAME_SPARE = 1 << 5,
    VALUE_IS_LATER = 1 << 6, /* the distance is written */
    SAME_UNKNOWN = 1 << 7,   /* no version writes this yet */
};

/* No run lasts longer; whoever adds up the times of two stays within int64_t.
 */
static const int64_t last_ns = INT64_C(2) * WORKLOAD_LASTING_MAX_S * 1000000000;

_Static_assert((int)EVENT_KINDS <= (int)EVENT_CODE_KINDS,
               "a kind is seven bits");

void event_code_init(struct event_code *code)
{
    memset(code, 0, sizeof *code);
    code->task = EVENT_NO_TASK;
    for (int i = 0; i < EVENT_CODE_KINDS; i++)
        code->last[i].machine = EVENT_NO_MACHINE;
}

/* --- numbers -------------------------------------------------------------- */

uint8_t *event_code_put_number(uint8_t *at, uint64_t number)
{
    for (; number > 0x7f; number >>= 7)
        *at++ = (uint8_t)(number | 0x80);
    *at++ = (uint8_t)number;
    return at;
}

const uint8_t *event_code_get_number(const uint8_t *at, const uint8_t *end,
                                     uint64_t *number)
{
    *number = 0;
    for (unsigned shift = 0; shift < 64 && at < end; shift += 7) {
        uint64_t bits = *at & 0x7f;

        if (bits << shift >> shift != bits)
            return NULL;
        *number |= bits << shift;
        if (!(*at++ & 0x80))
            return at;
    }
    return NULL;
}

static uint64_t fold(int64_t number)
{
    uint64_t twice = (uint64_t)number << 1;

    return number < 0 ? ~twice : twice;
}

static int64_t unfold(uint64_t number)
{
    int64_t half = (int64_t)(number >> 1);

    return number & 1 ? -half - 1 : half;
}

/* --- events --------------------------------------------------------------- */

static inline void remember(struct event_code *code, const struct event *event)
{
    code->t_ns = event->t_ns;
    code->task = event->task;
    code->last[event->kind] = (struct event_code_kind){
        .value = event->value,
        .object = event->object,
        .spare = event->spare,
        .machine = event->machine,
    };
}

static inline uint8_t *put_value(uint8_t *at, unsigned *same,
                                 const struct event *event)
{
    if (event->value < event->t_ns)
        return event_code_put_number(at, fold(event->value));
    *same |= VALUE_IS_LATER;
    return event_code_put_number(at, (uint64_t)(event->value - event->t_ns));
}

uint8_t *event_code_put(struct event_code *code, uint8_t *at,
                        const struct event *event)
{
    const struct event_code_kind *last = &code->last[event->kind];
    uint8_t *head = at;
    unsigned same = 0;

    assert(event->kind < EVENT_CODE_KINDS);
    at += 2;
    if (event->t_ns == code->t_ns)
        same |= SAME_TIME;
    else
        at = event_code_put_number(at, (uint64_t)(event->t_ns - code->t_ns));
    if (event->task == code->task)
        same |= SAME_TASK;
    else /* nobody is 0 */
        at = event_code_put_number(at, (uint32_t)(event->task + 1));
    if (event->machine == last->machine)
        same |= SAME_MACHINE;
    else
        at = event_code_put_number(at, (uint16_t)(event->machine + 1));
    if (event->object == last->object)
        same |= SAME_OBJECT;
    else
        at = event_code_put_number(at, fold(event->object));
    if (event->value == last->value)
        same |= SAME_VALUE;
    else
        at = put_value(at, &same, event);
    if (event->spare == last->spare)
        same |= SAME_SPARE;
    else
        at = event_code_put_number(at, event->spare);
    head[0] = (uint8_t)event->kind;
    head[1] = (uint8_t)same;
    remember(code, event);
    return at;
}

/* A number that is not written is left as it is. */
static inline const uint8_t *get(const uint8_t *at, const uint8_t *end,
                                 unsigned is_same, uint64_t *number)
{
    return is_same || !at ? at : event_code_get_number(at, end, number);
}

static bool is_time(int64_t before_ns, uint64_t later_ns)
{
    return later_ns <= (uint64_t)(last_ns - before_ns);
}

static bool get_value(unsigned same, uint64_t value, struct event *event)
{
    if (!(same & VALUE_IS_LATER))
        event->value = unfold(value);
    else if (value <= (uint64_t)(INT64_MAX - event->t_ns))
        event->value = event->t_ns + (int64_t)value;
    else
        return false;
    return true;
}

/* Nothing that is read is believed: it may be longer than its field. */
const uint8_t *event_code_get(struct event_code *code, const uint8_t *at,
                              const uint8_t *end, struct event *event)
{
    uint64_t later = 0, task = (uint32_t)(code->task + 1), machine, object;
    uint64_t value = 0, spare;
    const struct event_code_kind *last;
    unsigned same;

    if (end - at < 2 || at[0] >= EVENT_CODE_KINDS || (at[1] & SAME_UNKNOWN))
        return NULL;
    last = &code->last[at[0]];
    event->kind = at[0];
    same = at[1];
    machine = (uint16_t)(last->machine + 1);
    object = fold(last->object);
    spare = last->spare;
    at = get(at + 2, end, same & SAME_TIME, &later);
    at = get(at, end, same & SAME_TASK, &task);
    at = get(at, end, same & SAME_MACHINE, &machine);
    at = get(at, end, same & SAME_OBJECT, &object);
    at = get(at, end, same & SAME_VALUE, &value);
    at = get(at, end, same & SAME_SPARE, &spare);
    if (!at || !is_time(code->t_ns, later) || task > UINT32_MAX ||
        machine > UINT16_MAX || object > UINT32_MAX || spare > UINT32_MAX)
        return NULL;
    event->t_ns = code->t_ns + (int64_t)later;
    event->task = (uint32_t)(task - 1);
    event->machine = (uint16_t)(machine - 1);
    event->object = (int32_t)unfold(object);
    event->spare = (uint32_t)spare;
    if (same & SAME_VALUE)
        event->value = last->value;
    else if (!get_value(same, value, event))
        return NULL;
    remember(code, event);
    return at;
}
