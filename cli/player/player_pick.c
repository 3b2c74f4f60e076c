/*
 * player_pick.c -- the scheduler asks through the gate whom to run next, and
 * the person at the keyboard answers with a digit. Afterwards the result is
 * compared with what the policies would have achieved.
 */
#include "cli/player/player_pick.h"

#include <string.h>

#include "cli/player/player_notice.h"
#include "cli/report/score_report.h"
#include "cli/run/run_plan.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"
#include "sched/workload/workload.h"

static void say_candidates(const struct player_pick *pick,
                           const struct workload *workload,
                           struct player_notice *notice)
{
    struct strbuf text;

    strbuf_init(&text);
    if (pick->count)
        strbuf_adds(&text, _("Who is next?"));
    for (size_t i = 0; i < pick->count; i++)
        strbuf_addf(&text, "  %zu %s", i + 1,
                    workload->task[pick->candidate[i]].name);
    player_notice_set(notice, text.text, 0);
    strbuf_fini(&text);
}

bool player_pick_ask(struct player_pick *pick, struct gate *gate,
                     const struct workload *workload,
                     struct player_notice *notice)
{
    int candidate[PICK_MAX] = { 0 };
    size_t count = gate_question(gate, candidate, PICK_MAX);

    if (count > PICK_MAX)
        count = PICK_MAX;
    if (count == pick->count &&
        memcmp(candidate, pick->candidate, sizeof candidate) == 0)
        return false;
    pick->count = count;
    memcpy(pick->candidate, candidate, sizeof candidate);
    say_candidates(pick, workload, notice);
    return true;
}

void player_pick_answer(const struct player_pick *pick, struct gate *gate,
                        size_t index)
{
    if (index < pick->count)
        gate_answer(gate, index);
}

bool player_pick_score(struct player_pick *pick, const struct history *history,
                       const struct run_plan *plan)
{
    if (pick->score || plan->run.policy != POLICY_PICK ||
        !history_ended(history) || history_outcome(history) != OUTCOME_FINISHED)
        return false;
    pick->score = score_report_rows(history, plan);
    return true;
}

void player_pick_forget(struct player_pick *pick)
{
    score_report_free(pick->score);
    *pick = (struct player_pick){ .count = 0 };
}
