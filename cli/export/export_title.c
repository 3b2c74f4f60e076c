/*
 * export_title.c -- what a run is called where it is shown to people, and where
 * it comes from: whoever sees it elsewhere must know whether it was real.
 */
#include <stdio.h>

#include "cli/export/export.h"
#include "cli/run/kept_runs.h"
#include "render/words/mode_words.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

void export_origin(char out[EXPORT_ORIGIN_BYTES], const struct export *export,
                   int run)
{
    const struct trace_info *info = trace_info(
        history_trace(export->history[run]));

    if (info->imported)
        snprintf(out, EXPORT_ORIGIN_BYTES, "%s", info->imported);
    else
        kept_runs_origin(out, EXPORT_ORIGIN_BYTES, info);
}

void export_title(struct strbuf *out, const struct export *export, int run)
{
    const struct trace *trace = history_trace(export->history[run]);
    char origin[EXPORT_ORIGIN_BYTES];

    export_origin(origin, export, run);
    strbuf_addf(out, "%s: %s (%s%s%s)", trace_workload(trace)->name,
                _(mode_words_find(export->label[run]).title),
                trace_info(trace)->real ? _("REAL") : _("MODEL"),
                *origin ? ", " : "", origin);
}
