/*
 * explore_live.c -- a page of findings, and the live screen for one of them.
 *
 * The schedule is walked in the model, where it was found: there every step
 * takes exactly the time that the page says, and nobody waits for it.
 */
#include "cli/explore/explore_live.h"

#include <stdlib.h>

#include "cli/explore/explore_list.h"
#include "cli/explore/explore_page.h"
#include "cli/options/options.h"
#include "cli/report/explore_report.h"
#include "cli/report/explore_rerun.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/explore/explore.h"
#include "sched/workload/workload.h"

struct explore_screen {
    const struct explore_report *report;
    struct explore_entry *entry;
    size_t count;
    bool is_run;
    struct explore_rerun rerun; /* if so: of the selected one */
};

static void select_entry(struct explore_list *list)
{
    struct explore_screen *live = list->subject;
    const struct explore_entry *entry = &live->entry[list->selected];

    if (live->is_run)
        explore_rerun_fini(&live->rerun);
    explore_rerun_init(&live->rerun, live->report, entry->schedule,
                       entry->finding);
    live->is_run = true;
}

static const struct history *history_of(const struct explore_list *list)
{
    const struct explore_screen *live = list->subject;

    return live->rerun.history;
}

static int put_rows(struct explore_list *list, struct page_text *text,
                    int steps)
{
    const struct explore_screen *live = list->subject;
    struct explore_page page = {
        .report = live->report,
        .entry = live->entry,
        .count = live->count,
        .selected = list->selected,
        .rerun = &live->rerun,
        .cells = page_view_cells(&list->pages),
        .steps = steps,
    };

    return explore_page(text, &page);
}

/* What was said is for the search; how it looks holds here as well. */
static bool plan_walk(const struct explore_list *list, struct run_plan *plan,
                      struct options *own, struct diag *diag)
{
    const struct explore_screen *live = list->subject;
    const struct explore_entry *entry = &live->entry[list->selected];

    *own = *list->options;
    own->model = own->step = true;
    own->seed = own->slice_ns = own->gil_ns = own->switch_cost_ns = own->lines =
        NOT_SAID;
    own->policy.policy = POLICY_FIFO;
    own->machines = 0;
    own->said = 0;
    if (!run_plan_make(plan, executor_find(live->report->mode),
                       live->report->workload, own, 1, diag) ||
        !run_plan_replay(plan, entry->schedule, own, diag))
        return false;
    plan->run.events_max = explore_rerun_events(live->report, entry->finding);
    return true;
}

static enum player_left walk(struct explore_list *list, struct diag *diag)
{
    struct runner *runner[2] = { NULL, NULL };
    struct options own;
    struct run_plan plan;
    enum player_left left;

    if (!plan_walk(list, &plan, &own, diag))
        return PLAYER_FAILED;
    left = player_visit(&plan, NULL, &own, 1, runner, diag);
    runner_free(runner[0]);
    runner_free(runner[1]);
    return left;
}

bool explore_live(const struct explore_report *report,
                  const struct options *options, struct diag *diag)
{
    static const struct explore_rules rules = { select_entry, history_of,
                                                put_rows, walk };
    struct explore_screen live = { .report = report };
    struct explore_list list = {
        .rules = &rules,
        .subject = &live,
        .options = options,
        .title = report->workload->name,
        .caption = _("MODEL: the run that shows it"),
    };
    bool shown;

    live.entry = explore_page_entries(report, &live.count);
    list.count = live.count;
    shown = explore_list(&list, diag);
    if (live.is_run)
        explore_rerun_fini(&live.rerun);
    free(live.entry);
    return shown;
}
