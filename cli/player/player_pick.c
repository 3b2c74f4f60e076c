/*
 * player_pick.c -- --policy pick: the person is the scheduler.
 */
#include "cli/player/player_internal.h"

#include <string.h>

#include "cli/report/score_report.h"
#include "cli/run/runner.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"
#include "sched/workload/workload.h"

static void say_candidates(struct player *player)
{
    const struct workload *workload = player->plan->workload;
    struct strbuf text;

    strbuf_init(&text);
    if (player->asked)
        strbuf_adds(&text, _("Who is next?"));
    for (size_t i = 0; i < player->asked; i++)
        strbuf_addf(&text, "  %zu %s", i + 1,
                    workload->task[player->candidate[i]].name);
    player_notice(player, text.text, 0);
    strbuf_fini(&text);
}

void player_ask(struct player *player)
{
    int candidate[PICK_MAX] = { 0 };
    size_t count = gate_question(runner_gate(player->runner), candidate,
                                 PICK_MAX);

    if (count > PICK_MAX)
        count = PICK_MAX;
    if (count == player->asked &&
        memcmp(candidate, player->candidate, sizeof candidate) == 0)
        return;
    player->asked = count;
    memcpy(player->candidate, candidate, sizeof candidate);
    player->view.candidate = player->candidate;
    player->view.candidates = (int)count;
    player->began_ns = TIME_NEVER;
    say_candidates(player);
}

void player_score(struct player *player)
{
    if (player->score || player->plan->run.policy != POLICY_PICK ||
        player->wanted || !history_ended(player->history) ||
        player->playback.t_ns < player->edge_ns ||
        history_outcome(player->history) != OUTCOME_FINISHED)
        return;
    player->score = score_report_rows(player->history, player->plan);
    player->view.score = (const char *const *)player->score;
    player->view.panel = PANEL_SCORE;
    player->dirty = true;
}

void player_forget_score(struct player *player)
{
    score_report_free(player->score);
    player->score = NULL;
    player->view.score = NULL;
    player->view.candidates = 0;
    player->asked = 0;
    if (player->view.panel == PANEL_SCORE)
        player->view.panel = PANEL_NONE;
}
