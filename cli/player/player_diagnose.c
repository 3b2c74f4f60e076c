/*
 * player_diagnose.c -- what is wrong with the run, said when the picture has
 * come to where it shows.
 */
#include "cli/player/player_internal.h"
#include "sched/analysis/diagnose.h"
#include "sched/analysis/sentence.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"

static const int64_t shown_ns = 12 * NS_PER_S;

void player_diagnose_drop(struct player *player)
{
    diagnose_free(player->diagnose);
    player->diagnose = NULL;
    player->diagnosed = 0;
}

/* The end of a deadlock is told by the picture itself. */
static bool is_told(const struct player *player, const struct problem *finding)
{
    return finding->kind == PROBLEM_DEADLOCK &&
           history_ended(player->history) &&
           history_outcome(player->history) == OUTCOME_DEADLOCK;
}

void player_diagnose(struct player *player)
{
    const struct problem *finding;
    struct strbuf text;

    if (player->pair.on || player->guest)
        return;
    if (!player->diagnose)
        player->diagnose = diagnose_new(player->history);
    diagnose_update(player->diagnose);
    if (player->diagnosed == diagnose_count(player->diagnose))
        return;
    finding = diagnose_problem(player->diagnose, player->diagnosed);
    if (finding->t_ns > player->playback.t_ns || player->notice[0])
        return;
    player->diagnosed++;
    if (is_told(player, finding))
        return;
    strbuf_init(&text);
    sentence_diagnosis(&text, player->history, finding);
    player_notice(player, text.text, shown_ns);
    strbuf_fini(&text);
}
