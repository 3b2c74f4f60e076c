/*
 * player_diagnose.c -- problems are reported one at a time, in the order in
 * which they became clear, and never before the picture shows that instant.
 */
#include "cli/player/player_diagnose.h"

#include "cli/player/player_notice.h"
#include "sched/analysis/diagnose.h"
#include "sched/analysis/sentence.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"

static const int64_t shown_ns = 12 * NS_PER_S;

/* The end of a deadlock is told by the picture itself. */
static bool is_told(const struct history *history,
                    const struct problem *problem)
{
    return problem->kind == PROBLEM_DEADLOCK && history_ended(history) &&
           history_outcome(history) == OUTCOME_DEADLOCK;
}

bool player_diagnose_say(struct player_diagnose *diagnose,
                         const struct history *history, int64_t t_ns,
                         struct player_notice *notice)
{
    const struct problem *problem;
    struct strbuf text;

    if (notice->text[0])
        return false;
    if (!diagnose->diagnose)
        diagnose->diagnose = diagnose_new(history);
    diagnose_update(diagnose->diagnose);
    if (diagnose->shown == diagnose_count(diagnose->diagnose))
        return false;
    problem = diagnose_problem(diagnose->diagnose, diagnose->shown);
    if (problem->t_ns > t_ns)
        return false;
    diagnose->shown++;
    if (is_told(history, problem))
        return false;
    strbuf_init(&text);
    sentence_diagnosis(&text, history, problem);
    player_notice_set(notice, text.text, shown_ns);
    strbuf_fini(&text);
    return true;
}

void player_diagnose_forget(struct player_diagnose *diagnose)
{
    diagnose_free(diagnose->diagnose);
    *diagnose = (struct player_diagnose){ .shown = 0 };
}
