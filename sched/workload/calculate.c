/*
 * calculate.c -- arithmetic that says when it fails.
 *
 * Division goes towards zero and `mod` has the sign of its right side, so that
 * (me - 1) mod 5 is a neighbour in a circle of five.
 */
#include "sched/workload/calculate.h"

#include "sched/base/random.h"

int calculate_takes(enum term_kind kind)
{
    switch (kind) {
    case TERM_NUMBER:
    case TERM_NAME:
    case TERM_OWN:
    case TERM_SHARED:
    case TERM_ME:
        return 0;
    case TERM_INDEXED:
    case TERM_ELEMENT:
    case TERM_NEGATE:
    case TERM_NOT:
    case TERM_UNLESS_FALSE:
    case TERM_UNLESS_TRUE:
        return 1;
    default:
        return 2;
    }
}

/* The only quotient that 64 bits cannot hold is that of the least number. */
static bool divide(enum term_kind kind, int64_t a, int64_t b, int64_t *result,
                   enum failure *failure)
{
    *failure = b == 0 ? FAILURE_DIVISION : FAILURE_OVERFLOW;
    if (b == 0 || (b == -1 && a == INT64_MIN))
        return false;
    *result = kind == TERM_DIVIDE ? a / b : a % b;
    if (kind == TERM_MOD && *result != 0 && (*result < 0) != (b < 0))
        *result += b;
    return true;
}

/* One of the numbers from a to b; there may be 2^64 of them. */
static bool draw(int64_t a, int64_t b, uint64_t *chance, int64_t *result,
                 enum failure *failure)
{
    uint64_t count = (uint64_t)b - (uint64_t)a + 1;
    uint64_t drawn;

    *failure = FAILURE_CHANCE;
    if (b < a)
        return false;
    drawn = random_next(chance);
    *result = (int64_t)((uint64_t)a + (count ? drawn % count : drawn));
    return true;
}

static int64_t compare(enum term_kind kind, int64_t a, int64_t b)
{
    switch (kind) {
    case TERM_NOT:
        return b == 0;
    case TERM_EQUAL:
        return a == b;
    case TERM_UNEQUAL:
        return a != b;
    case TERM_LESS:
        return a < b;
    case TERM_AT_MOST:
        return a <= b;
    case TERM_GREATER:
        return a > b;
    case TERM_AT_LEAST:
        return a >= b;
    case TERM_AND:
        return a && b;
    default:
        return a || b;
    }
}

bool calculate_apply(enum term_kind kind, int64_t a, int64_t b,
                     uint64_t *chance, int64_t *result, enum failure *failure)
{
    *failure = FAILURE_OVERFLOW;
    switch (kind) {
    case TERM_NEGATE:
        return !__builtin_sub_overflow(INT64_C(0), b, result);
    case TERM_ADD:
        return !__builtin_add_overflow(a, b, result);
    case TERM_SUBTRACT:
        return !__builtin_sub_overflow(a, b, result);
    case TERM_MULTIPLY:
        return !__builtin_mul_overflow(a, b, result);
    case TERM_DIVIDE:
    case TERM_MOD:
        return divide(kind, a, b, result, failure);
    case TERM_CHANCE:
        return draw(a, b, chance, result, failure);
    default:
        *result = compare(kind, a, b);
        return true;
    }
}
