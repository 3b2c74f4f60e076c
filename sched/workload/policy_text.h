/*
 * policy_text.h -- a policy as people write it: "mlfq 10,20,40 boost 200".
 *
 * The same words follow `policy` in a file and --policy on the command line.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_POLICY_TEXT_H
#define CONCVIZ_SCHED_WORKLOAD_POLICY_TEXT_H

#include <stdbool.h>
#include <stdint.h>

struct diag;
struct policy_choice;
struct scan;
struct strbuf;

/* Take the policy that comes next. Returns false with the scanner's diag
 * filled. */
bool policy_text_scan(struct scan *scan, struct policy_choice *choice);

/* Read a whole text. Returns false with diag filled, without a place. */
bool policy_text_parse(const char *text, struct policy_choice *choice,
                       struct diag *diag);

/* Append it; settings that are the default are left out. */
void policy_text_print(struct strbuf *out, const struct policy_choice *choice);

/* Append a time in whole ms or us, as files have it. */
void policy_text_duration(struct strbuf *out, int64_t ns);

#endif
