/*
 * policy_lottery.c -- a ticket is drawn among those in line whenever a machine
 * is free (Waldspurger and Weihl, "Lottery Scheduling", OSDI 1994): who has
 * twice the tickets gets twice the turns, in the long run.
 */
#include "sched/policy/policy.h"

const struct policy_rules policy_lottery = {
    .name = "lottery",
    .line = LINE_TICKETS,
    .sliced = true,
    .seeded = true,
};
