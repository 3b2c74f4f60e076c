/*
 * claims.c -- is something so that the workload says never is?
 *
 * It is looked at whenever a shared variable has changed. What happens as one,
 * in `atomic ( … )`, is looked at only when all of it is done, which shows in
 * the next request that does not belong to it: so who changed something is kept
 * until then.
 */
#include "sched/base/i18n.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/workload/workload_claim.h"

void claims_changed(struct scheduler *s, int task,
                    const struct request *request)
{
    if (s->workload->claim_count == 0)
        return;
    s->claim = (struct due_claim){ true, task, request->line, request->column };
    if (!request->within)
        claims_check(s);
}

/* The first one is told. */
void claims_check(struct scheduler *s)
{
    const struct due_claim *due = &s->claim;
    const struct workload *workload = s->workload;
    int broken;

    if (!due->is_due)
        return;
    s->claim.is_due = false;
    broken = workload_claim_find(workload, false, s->shared);
    if (broken < 0 || s->failed)
        return;
    s->failed = true;
    diag_set(&s->failure, workload->file, due->line, due->column,
             _("%s: \"never %s\" is broken here"),
             workload->task[due->task].name, workload->claim[broken].text);
}
