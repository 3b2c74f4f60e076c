/*
 * policy.c -- all policies by name. Everything else about one is in its file.
 */
#include "sched/policy/policy.h"

#include <string.h>

#include "sched/base/clock.h"

const struct policy_rules *const policy_table[POLICIES] = {
    [POLICY_FIFO] = &policy_fifo,     [POLICY_PRIORITY] = &policy_priority,
    [POLICY_RANDOM] = &policy_random, [POLICY_PICK] = &policy_pick,
    [POLICY_SJF] = &policy_sjf,       [POLICY_SRTF] = &policy_srtf,
    [POLICY_MLFQ] = &policy_mlfq,     [POLICY_LOTTERY] = &policy_lottery,
    [POLICY_FAIR] = &policy_fair,     [POLICY_RM] = &policy_rm,
    [POLICY_EDF] = &policy_edf,
};

enum policy policy_find(const char *name, size_t length)
{
    int policy = 0;

    while (policy < POLICIES &&
           (strlen(policy_table[policy]->name) != length ||
            memcmp(policy_table[policy]->name, name, length) != 0))
        policy++;
    return (enum policy)policy;
}

bool policy_same(const struct policy_choice *a, const struct policy_choice *b)
{
    bool same = a->policy == b->policy && a->levels.count == b->levels.count &&
                a->levels.boost_ns == b->levels.boost_ns;

    for (int i = 0; same && i < a->levels.count; i++)
        same = a->levels.allotment_ns[i] == b->levels.allotment_ns[i];
    return same;
}

double policy_weight(int nice)
{
    double weight = 1;

    for (; nice < 0; nice++)
        weight *= 1.25;
    for (; nice > 0; nice--)
        weight /= 1.25;
    return weight;
}

struct policy_levels policy_default_levels(void)
{
    return (struct policy_levels){
        .count = 3,
        .allotment_ns = { 10 * NS_PER_MS, 20 * NS_PER_MS, 40 * NS_PER_MS },
    };
}
