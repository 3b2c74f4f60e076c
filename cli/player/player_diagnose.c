#include "cli/player/player_diagnose.h"

#include "sched/analysis/diagnose.h"
#include "sched/analysis/sentence.h"
#include "sched/history/history.h"

/* The end of a deadlock is told by the picture itself. */
static bool is_told(const struct history *history,
                    const struct problem *problem)
{
    return problem->kind == PROBLEM_DEADLOCK && history_ended(history) &&
           history_outcome(history) == OUTCOME_DEADLOCK;
}

bool player_diagnose_next(struct player_diagnose *diagnose,
                          const struct history *history, int64_t t_ns,
                          struct strbuf *text)
{
    const struct problem *problem;

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
    sentence_diagnosis(text, history, problem);
    return true;
}

void player_diagnose_forget(struct player_diagnose *diagnose)
{
    diagnose_free(diagnose->diagnose);
    *diagnose = (struct player_diagnose){ .shown = 0 };
}
