/*
 * player_knobs.c -- what can be changed between two runs: machines, slice,
 * policy, lines. A change begins another run; the picture keeps its scale.
 */
#include "cli/player/player_internal.h"

#include <stdio.h>

#include "cli/options/options.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"

enum {
    MACHINES_MOST = 64
};

static const int64_t notice_ns = 4 * NS_PER_S;

static const int64_t slices[] = { 0,
                                  20 * NS_PER_MS,
                                  50 * NS_PER_MS,
                                  100 * NS_PER_MS,
                                  200 * NS_PER_MS,
                                  500 * NS_PER_MS };

/* Turn the number of machines; false with a reason in text. */
static bool turn_machines(const struct player *player, struct run_plan *plan,
                          int step, char text[NOTICE_BYTES])
{
    int wanted = plan->run.machines + step;
    int most = plan->run.model ? MACHINES_MOST : player->usable;

    if (!(plan->executor->mode->traits & PARALLEL)) {
        snprintf(text, NOTICE_BYTES, "%s",
                 _("this mode has one machine; Tab goes to others"));
        return false;
    }
    if (wanted < 1 || wanted > most) {
        snprintf(text, NOTICE_BYTES, _("machines: from 1 to %d here"), most);
        return false;
    }
    plan->run.machines = wanted;
    snprintf(text, NOTICE_BYTES, _("machines: %d"), wanted);
    return true;
}

static bool turn_slice(struct run_plan *plan, char text[NOTICE_BYTES])
{
    size_t count = sizeof slices / sizeof *slices, next = 0;

    if (!(plan->executor->mode->traits & PREEMPTIVE)) {
        snprintf(text, NOTICE_BYTES, "%s",
                 _("in this mode nobody is stopped: there is no slice"));
        return false;
    }
    while (next < count && slices[next] <= plan->run.slice_ns)
        next++;
    plan->run.slice_ns = slices[next % count];
    snprintf(text, NOTICE_BYTES, _("time slice: %d ms (0: none)"),
             (int)(plan->run.slice_ns / NS_PER_MS));
    return true;
}

static bool turn_policy(struct run_plan *plan, char text[NOTICE_BYTES])
{
    static const char *const name[] = { "fifo", "priority", "random" };
    enum policy next = plan->run.policy == POLICY_FIFO       ? POLICY_PRIORITY
                       : plan->run.policy == POLICY_PRIORITY ? POLICY_RANDOM
                                                             : POLICY_FIFO;

    if (plan->executor->mode->traits & TO_THE_END) {
        snprintf(text, NOTICE_BYTES, "%s",
                 _("in this mode everybody goes to the end, in order"));
        return false;
    }
    plan->run.policy = next;
    plan->run.seed = (uint64_t)clock_now_ns() % PLAN_SEED_LIMIT;
    snprintf(text, NOTICE_BYTES, _("policy: %s"), name[next]);
    return true;
}

static bool turn_lines(struct run_plan *plan, char text[NOTICE_BYTES])
{
    plan->run.lines_own = !plan->run.lines_own;
    snprintf(text, NOTICE_BYTES, "%s",
             plan->run.lines_own ? _("every machine has its own line")
                                 : _("all machines serve all lines"));
    return true;
}

void player_turn(struct player *player, enum knob knob)
{
    struct run_plan next = player->wanted ? player->next : *player->plan;
    char text[NOTICE_BYTES];
    bool turned;

    if (player->guest || player->pair.on || next.run.schedule ||
        next.run.policy == POLICY_PICK)
        return;
    next.note[0] = '\0';
    switch (knob) {
    case KNOB_MORE:
    case KNOB_FEWER:
        turned = turn_machines(player, &next, knob == KNOB_MORE ? 1 : -1, text);
        break;
    case KNOB_SLICE:
        turned = turn_slice(&next, text);
        break;
    case KNOB_POLICY:
        turned = turn_policy(&next, text);
        break;
    default:
        turned = turn_lines(&next, text);
    }
    player_notice(player, text, notice_ns);
    if (turned)
        player_want(player, &next);
}
