/*
 * perform_fail.c -- steps that cannot be performed, and end the run.
 *
 * Most mistakes are found in the text. What shows only in a run is told here,
 * with the place of the step and the name of the task: calculations that have
 * no result, and an unlock of what the task does not hold.
 */
#include <stdarg.h>
#include <stdio.h>

#include "sched/base/i18n.h"
#include "sched/scheduler/scheduler_internal.h"

/* The first failure is told; it ends the run. */
__attribute__((format(printf, 4, 5))) static void fail(
    struct scheduler *s, int task, const struct request *request,
    const char *format, ...)
{
    char why[160];
    va_list arguments;

    if (s->failed)
        return;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    s->failed = true;
    diag_set(&s->failure, s->workload->file,
             request->line ? request->line : request->call_line,
             request->column, "%s: %s", s->workload->task[task].name, why);
}

/* Only where it cannot be seen in the text which lock it is, or on which path
 * the task comes; and in C. */
bool perform_holds(struct scheduler *s, int task, int lock,
                   const struct request *request)
{
    if (s->lock[lock].owner == task)
        return true;
    fail(s, task, request, _("\"%s\" is not held here"),
         s->workload->lock[lock]);
    return false;
}

void perform_fail(struct scheduler *s, int task, const struct request *request)
{
    long long number = (long long)request->last;

    switch (request->value) {
    case FAILURE_DIVISION:
        fail(s, task, request, _("this divides by zero"));
        break;
    case FAILURE_INDEX:
        fail(s, task, request,
             _("there is no number %lld: they go from 0 to %d"), number,
             request->object - 1);
        break;
    case FAILURE_TIME:
        fail(s, task, request, _("%lld ms is no time a step can take"), number);
        break;
    case FAILURE_CHANCE:
        fail(s, task, request,
             _("a number by chance needs the smaller end first"));
        break;
    default:
        fail(s, task, request, _("this number does not fit into 64 bits"));
    }
}
