/*
 * A rule that does not hold is told with the event that broke it.
 */
#include "sched/base/diag.h"
#include "sched/trace/trace.h"
#include "tests/check/trace_check_internal.h"

bool trace_check_rule(struct check *check, bool holds, const char *what)
{
    const struct event *event = trace_at(check->trace, check->index);

    if (!holds)
        diag_set(check->diag, NULL, 0, 0, "event %zu (%s): %s", check->index,
                 event->kind < EVENT_KINDS
                     ? event_word((enum event_kind)event->kind)
                     : "?",
                 what);
    return holds;
}
