/*
 * scan_internal.h -- what the files of the scanner share: scan.c takes lines,
 * marks and words, scan_number.c numbers and times.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_SCAN_INTERNAL_H
#define CONCVIZ_SCHED_WORKLOAD_SCAN_INTERNAL_H

#include "sched/workload/scan.h"

/* Move to what comes next, in this line or, if the statement goes on, in one
 * after it. */
void scan_skip_blanks(struct scan *scan);

/* Does a name begin at a place of the text? */
bool scan_begins_name(const char *at);

/* The token at the scanner's position, also if a name cannot begin like that
 * ("3x"). */
struct token scan_token_here(const struct scan *scan);

#endif
