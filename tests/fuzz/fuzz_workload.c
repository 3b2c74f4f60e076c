/*
 * fuzz_workload.c -- any bytes are a workload or are refused, and what is a
 * workload survives printing.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "sched/workload/workload_print.h"
#include "tests/fuzz/target.h"

/* A refusal has a place, says something, and moves no cursor. */
static void check_diag(const struct diag *diag)
{
    char clean[sizeof diag->message];

    target_demand(diag->line > 0 && diag->column > 0 && diag->message[0]);
    target_demand(strcmp(text_clean(clean, sizeof clean, diag->message),
                         diag->message) == 0);
}

static void check_print(const struct workload *workload)
{
    struct strbuf once, twice;
    struct diag diag = { 0 };
    struct workload *again;

    strbuf_init(&once);
    strbuf_init(&twice);
    workload_print(&once, workload);
    again = workload_parse("f", "f", once.text, once.length, &diag);
    /* Only a text near the limits may grow beyond them when printed. */
    target_demand(again || once.length > WORKLOAD_LINE_BYTES_MAX);
    if (again) {
        workload_print(&twice, again);
        target_demand(strcmp(once.text, twice.text) == 0);
        target_demand(again->task_count == workload->task_count);
    }
    workload_free(again);
    strbuf_fini(&once);
    strbuf_fini(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct diag diag = { 0 };
    struct workload *workload = workload_parse("f", "f", (const char *)data,
                                               size, &diag);

    if (workload)
        check_print(workload);
    else
        check_diag(&diag);
    workload_free(workload);
    return 0;
}
