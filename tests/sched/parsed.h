/*
 * parsed.h -- a workload from its text, which must be right, for tests.
 */
#ifndef CONCVIZ_TESTS_SCHED_PARSED_H
#define CONCVIZ_TESTS_SCHED_PARSED_H

#include <check.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

/* Free it with workload_free. */
static inline struct workload *parsed_as(const char *file, const char *name,
                                         const char *text)
{
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse(file, name, text, strlen(text),
                                               &diag);

    ck_assert_msg(workload != NULL, "%s:%d:%d: %s\n%s", file, diag.line,
                  diag.column, diag.message, text);
    return workload;
}

static inline struct workload *parsed(const char *text)
{
    return parsed_as("test", "test", text);
}

#endif
