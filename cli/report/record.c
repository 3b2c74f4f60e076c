/*
 * record.c -- see record.h.
 */
#include "cli/report/record.h"

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/run/run_plan.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/tape/tape_record.h"
#include "sched/tape/tape_writer.h"

bool record_begin(struct run_plan *plan, const struct options *options)
{
    struct diag diag;

    if (!options->record)
        return true;
    plan->record = tape_record_new(options->record, &diag);
    plan->run.listener = tape_record_listener(plan->record);
    if (!plan->record)
        message_diag(&diag);
    return plan->record != NULL;
}

int record_end(struct tape_record *record, const struct options *options,
               int status)
{
    int error = tape_record_error(record);

    tape_record_free(record);
    if (error == 0)
        return status;
    message(_("%s holds only the beginning of this run: %s"), options->record,
            tape_writer_why(error));
    return status == EXIT_DONE ? EXIT_INCOMPLETE : status;
}
