/*
 * workload_claim.c -- see workload_claim.h. The terms are those of any
 * calculation (calculate.h), but all values are at hand at once: nobody comes
 * between.
 */
#include "sched/workload/workload_claim.h"

#include "sched/workload/calculate.h"
#include "sched/workload/workload.h"

/* The numbers of a calculation; there is always room (WORKLOAD_VALUES_MAX). */
struct numbers {
    int64_t value[WORKLOAD_VALUES_MAX];
    int count;
};

static bool push(struct numbers *numbers, int64_t value)
{
    numbers->value[numbers->count++] = value;
    return true;
}

static bool push_element(struct numbers *numbers, const struct term *term,
                         const int64_t *shared)
{
    int64_t *top = &numbers->value[numbers->count - 1];

    if (*top < 0 || *top >= term->value)
        return false;
    *top = shared[term->object + *top];
    return true;
}

static bool apply(struct numbers *numbers, enum term_kind kind)
{
    int64_t b = numbers->value[--numbers->count];
    int64_t a = calculate_takes(kind) == 2 ? numbers->value[--numbers->count]
                                           : 0;
    enum failure unused;
    uint64_t chance = 0;
    int64_t result;

    return calculate_apply(kind, a, b, &chance, &result, &unused) &&
           push(numbers, result);
}

/* How many terms to pass because the left side of and, or says all. */
static int64_t passed(struct numbers *numbers, const struct term *term)
{
    int64_t *top = &numbers->value[numbers->count - 1];

    *top = *top != 0;
    return *top == (term->kind == TERM_UNLESS_TRUE) ? term->value : 0;
}

/* Returns false where there is no result. */
static bool calculate(const struct claim_spec *claim, const int64_t *shared,
                      int64_t *result)
{
    struct numbers numbers = { .count = 0 };
    bool good = true;

    for (int i = 0; i < claim->terms && good; i++) {
        const struct term *term = &claim->term[i];

        switch (term->kind) {
        case TERM_NUMBER:
            good = push(&numbers, term->value);
            break;
        case TERM_SHARED:
            good = push(&numbers, shared[term->object]);
            break;
        case TERM_ELEMENT:
            good = push_element(&numbers, term, shared);
            break;
        case TERM_UNLESS_FALSE:
        case TERM_UNLESS_TRUE:
            i += (int)passed(&numbers, term);
            break;
        default:
            good = apply(&numbers, term->kind);
        }
    }
    *result = good ? numbers.value[0] : 0;
    return good;
}

bool workload_claim_broken(const struct claim_spec *claim,
                           const int64_t *shared)
{
    int64_t result;
    bool is_so = calculate(claim, shared, &result) && result != 0;

    return is_so != claim->finally;
}

int workload_claim_find(const struct workload *workload, bool finally,
                        const int64_t *shared)
{
    for (size_t i = 0; i < workload->claim_count; i++)
        if (workload->claim[i].finally == finally &&
            workload_claim_broken(&workload->claim[i], shared))
            return (int)i;
    return -1;
}
