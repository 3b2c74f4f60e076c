/*
 * record.h -- the file that --record writes.
 */
#ifndef CONCVIZ_CLI_REPORT_RECORD_H
#define CONCVIZ_CLI_REPORT_RECORD_H

#include <stdbool.h>

struct options;
struct run_plan;
struct tape_record;

/* If a recording is wanted, have the next run of plan recorded. Returns false
 * after saying why that cannot be. */
bool record_begin(struct run_plan *plan, const struct options *options);

/* End it (NULL: there is none) once the run is over, and say so if it is
 * incomplete. Returns status, or EXIT_INCOMPLETE in the place of EXIT_DONE. */
int record_end(struct tape_record *record, const struct options *options,
               int status);

#endif
