/*
 * explore_live.c -- a page of findings, and the live screen for one of them.
 *
 * The schedule is walked in the model, where it was found: there every step
 * takes exactly the time that the page says, and nobody waits for it.
 */
#include "cli/explore/explore_live.h"

#include <stdlib.h>

#include "cli/explore/explore_page.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "cli/page/page_view.h"
#include "cli/player/player.h"
#include "cli/report/explore_report.h"
#include "cli/report/explore_rerun.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/explore/explore.h"
#include "sched/history/history.h"
#include "sched/workload/workload.h"

enum {
    ALL_BUT_STEPS = 12, /* rows of a page with one short entry */
    STEPS_LEAST = 4,
    STEPS_MOST = 24,
    WITH_PICTURE = 30, /* rows of a screen that has a picture as well … */
    PICTURE_MORE = 6   /* … of so many rows besides those of people */
};

struct explore_screen {
    const struct explore_report *report;
    const struct options *options;
    struct page_view pages;
    struct explore_entry *entry;
    size_t count, selected;
    struct explore_rerun rerun; /* of the selected one */
    struct view view;
    bool quit;
};

/* --- one of them ---------------------------------------------------------- */

static void select_entry(struct explore_screen *live, size_t i)
{
    const struct explore_entry *entry = &live->entry[i];

    live->selected = i;
    explore_rerun_init(&live->rerun, live->report, entry->schedule,
                       entry->finding);
}

/* What was said is for the search; how it looks holds here as well. */
static bool plan_walk(const struct explore_screen *live, struct run_plan *plan,
                      struct options *own, struct diag *diag)
{
    *own = *live->options;
    own->model = own->step = true;
    own->seed = own->slice_ns = own->gil_ns = own->switch_cost_ns = own->lines =
        NOT_SAID;
    own->policy.policy = POLICY_FIFO;
    own->machines = 0;
    own->said = 0;
    if (!run_plan_make(plan, executor_find(live->report->mode),
                       live->report->workload, own, 1, diag) ||
        !run_plan_replay(plan, live->entry[live->selected].schedule, own, diag))
        return false;
    plan->run.events_max = explore_rerun_events(
        live->report, live->entry[live->selected].finding);
    return true;
}

static void walk(void *screen, int unused)
{
    struct explore_screen *live = screen;
    struct runner *runner[2] = { NULL, NULL };
    struct options own;
    struct run_plan plan;
    struct diag diag;
    enum player_left left;

    (void)unused;
    if (!plan_walk(live, &plan, &own, &diag)) {
        page_view_notice(&live->pages, diag.message);
        return;
    }
    left = player_visit(&plan, NULL, &own, 1, runner, &diag);
    runner_free(runner[0]);
    runner_free(runner[1]);
    if (left == PLAYER_FAILED)
        page_view_notice(&live->pages, diag.message);
    live->quit = left == PLAYER_GONE;
}

/* --- keys ----------------------------------------------------------------- */

static void go(struct explore_screen *live, size_t to)
{
    if (to >= live->count || to == live->selected)
        return;
    explore_rerun_fini(&live->rerun);
    select_entry(live, to);
}

static void go_by(void *screen, int by)
{
    struct explore_screen *live = screen;

    if (by > 0 || live->selected > 0)
        go(live, by > 0 ? live->selected + 1 : live->selected - 1);
}

static void go_to_end(void *screen, int direction)
{
    struct explore_screen *live = screen;

    go(live, direction > 0 ? live->count - 1 : 0);
}

static void go_to(void *screen, int place)
{
    go(screen, (size_t)place);
}

static void quit(void *screen, int unused)
{
    struct explore_screen *live = screen;

    (void)unused;
    live->quit = true;
}

static const struct key_binding keys[] = {
    { KEYS(TKEY_ENTER), ACT(walk, 0), HELP(N_("walk it, step by step")),
      FOOTER(N_("walk it"), PAGE_VIEW_FOOTER, 0) },
    { KEYS(TKEY_DOWN, 'j', TKEY_PAGE_DOWN, TKEY_TAB), ACT(go_by, 1),
      HELP(N_("the next one")), FOOTER(N_("choose"), PAGE_VIEW_FOOTER, 1),
      .label = "↑↓" },
    { KEYS(TKEY_UP, 'k', TKEY_PAGE_UP, TKEY_BACKTAB), ACT(go_by, -1),
      HELP(N_("the one before")) },
    { KEYS('g', TKEY_HOME), ACT(go_to_end, -1), HELP(N_("the first one")) },
    { KEYS('G', TKEY_END), ACT(go_to_end, 1), HELP(N_("the last one")) },
    { KEYS('1'), .last = '9', ACT(go_to, 0), HELP(N_("this one")),
      .keys = "1-9" },
    { KEYS('q'), ACT(quit, 0), HELP(N_("quit")),
      FOOTER(N_("quit"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

/* --- the page ------------------------------------------------------------- */

static int steps_shown(const struct explore_screen *live)
{
    int tasks = (int)live->report->workload->task_count;
    int rows = live->pages.height - ALL_BUT_STEPS - (int)live->count;

    if (live->pages.height >= WITH_PICTURE)
        rows -= tasks + PICTURE_MORE;
    return rows < STEPS_LEAST  ? STEPS_LEAST
           : rows > STEPS_MOST ? STEPS_MOST
                               : rows;
}

static void set_view(struct explore_screen *live)
{
    struct view *view = &live->view;

    view_init(view);
    view->t_ns = view->total_ns = history_end(live->rerun.history);
    view->play = PLAY_ENDED;
    view->motion = false;
    view->glyphs = live->pages.glyphs;
}

/* The selected entry stays in sight: what is above it may go. */
static void ask_key(struct explore_screen *live)
{
    struct explore_page list = {
        .report = live->report,
        .entry = live->entry,
        .count = live->count,
        .selected = live->selected,
        .rerun = &live->rerun,
        .cells = page_view_cells(&live->pages),
        .steps = steps_shown(live),
    };
    struct page page = {
        .name = _("EXPLORE"),
        .title = live->report->workload->name,
        .history = live->rerun.history,
        .view = &live->view,
        .caption = _("MODEL: the run that shows it"),
    };
    struct page_text text;

    page_text_init(&text);
    set_view(live);
    page.scroll = explore_page(&text, &list);
    page.text = page_text_rows(&text);
    page_view_ask(&live->pages, &page, keys, PAGE_VIEW_FOOTER, live);
    page_text_fini(&text);
}

bool explore_live(const struct explore_report *report,
                  const struct options *options, struct diag *diag)
{
    struct explore_screen live = { .report = report, .options = options };

    if (!page_view_open(&live.pages, options, diag))
        return false;
    live.entry = explore_page_entries(report, &live.count);
    select_entry(&live, 0);
    while (!live.quit)
        ask_key(&live);
    explore_rerun_fini(&live.rerun);
    free(live.entry);
    page_view_close(&live.pages);
    return true;
}
