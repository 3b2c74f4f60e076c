/*
 * round_trip.h -- what is printed of a workload parses to the same workload and
 * prints as the same text.
 */
#ifndef CONCVIZ_TESTS_SCHED_ROUND_TRIP_H
#define CONCVIZ_TESTS_SCHED_ROUND_TRIP_H

#include <stdio.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "sched/workload/workload_print.h"
#include "tests/suite.h"

/* text is where the workload came from: it is shown if this fails. */
static inline void round_trip(const struct workload *workload, const char *text)
{
    struct strbuf once, twice;
    struct diag diag = { .message = "" };
    struct workload *second;

    strbuf_init(&once);
    strbuf_init(&twice);
    workload_print(&once, workload);
    second = workload_parse("test", "test", once.text, once.length, &diag);
    if (!second)
        fprintf(stderr, "%s\n%s", text, once.text);
    ck_assert_msg(second != NULL, "%d:%d: %s", diag.line, diag.column,
                  diag.message);
    workload_print(&twice, second);
    if (strcmp(once.text, twice.text) != 0)
        fprintf(stderr, "%s\n%s\n%s", text, once.text, twice.text);
    ck_assert(strcmp(once.text, twice.text) == 0);
    workload_free(second);
    strbuf_fini(&once);
    strbuf_fini(&twice);
}

#endif
