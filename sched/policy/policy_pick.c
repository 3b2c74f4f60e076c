/*
 * policy_pick.c -- a person says who is next. The line is in order of arrival,
 * so that it can be shown; where only one stands in it nobody is asked.
 */
#include "sched/policy/policy.h"

const struct policy_rules policy_pick = {
    .name = "pick",
    .line = LINE_ORDER,
    .sliced = true,
};
