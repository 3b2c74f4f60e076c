/*
 * policy_random.c -- anybody in line may be next, each with the same chance.
 */
#include "sched/policy/policy.h"

const struct policy_rules policy_random = {
    .name = "random",
    .line = LINE_CHANCE,
    .sliced = true,
    .seeded = true,
};
