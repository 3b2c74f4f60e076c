/*
 * whatif_live.c -- one number that can be turned: how many machines.
 *
 * All numbers have been computed before; what a key costs is one run of the
 * model, for its timeline. Timelines have the scale of one machine, so that
 * more machines are seen to take less time, and not only told.
 */
#include "cli/whatif/whatif_live.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "cli/page/page_view.h"
#include "cli/player/player.h"
#include "cli/report/whatif_report.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "cli/whatif/whatif_page.h"
#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/explore/whatif.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

struct whatif_screen {
    const struct whatif_live *ask;
    struct page_view pages;
    struct whatif_measured measured;
    struct trace *trace;   /* the model's … */
    struct runner *runner; /* … or the real run that is shown */
    struct history *history;
    struct view view;
    int machines, most;
    bool fit; /* each timeline as wide as the screen */
    bool quit;
};

int64_t whatif_live_makespan(const struct runner *runner)
{
    struct history *history = runner_history(runner);
    struct metrics *metrics = metrics_new(history);
    int64_t makespan_ns = metrics->outcome == OUTCOME_FINISHED
                              ? metrics->makespan_ns
                              : -1;

    metrics_free(metrics);
    history_free(history);
    return makespan_ns;
}

/* --- runs ----------------------------------------------------------------- */

static void forget(struct whatif_screen *live)
{
    history_free(live->history);
    trace_free(live->trace);
    runner_free(live->runner);
    live->history = NULL;
    live->trace = NULL;
    live->runner = NULL;
}

/* The timeline of so many machines, as the model computes it. */
static void compute(struct whatif_screen *live, int machines)
{
    const struct whatif_live *ask = live->ask;
    struct run_options run = ask->run;
    struct diag diag;

    forget(live);
    live->machines = machines;
    run.machines = machines;
    run.model = run.foretell = true;
    live->trace = executor_trace(ask->executor, ask->workload, &run);
    if (executor_run(ask->executor, ask->workload, &run, live->trace, &diag))
        page_view_notice(&live->pages, diag.message);
    live->history = history_new(live->trace);
    history_update(live->history);
}

/* A real run was seen: it stands beside what was computed. */
static void keep(struct whatif_screen *live, struct runner *runner)
{
    forget(live);
    live->runner = runner;
    live->history = runner_history(runner);
    live->measured.count = live->ask->usable;
    live->measured.makespan_ns[live->machines - 1] = whatif_live_makespan(
        runner);
}

static void run_planned(struct whatif_screen *live, struct run_plan *plan)
{
    const struct whatif_live *ask = live->ask;
    struct player_guest guest = { .title = NULL };
    struct runner *runner = NULL;
    const struct diag *why;
    enum player_left left;
    struct diag diag;
    char title[80];

    snprintf(title, sizeof title, _("really run, machines: %d"),
             live->machines);
    guest.title = title;
    run_plan_note_busy(plan);
    left = player_show(plan, ask->options, ask->usable, &guest, &runner, &diag);
    if (left == PLAYER_ON) {
        keep(live, runner);
        return;
    }
    live->quit = left == PLAYER_QUIT;
    if (left == PLAYER_FAILED) {
        page_view_notice(&live->pages, diag.message);
    } else if (left == PLAYER_GONE) {
        live->quit = true;
        if (runner_wait(runner, 0) && runner_error(runner, &why)) {
            page_view_notice(&live->pages, why->message);
            live->quit = false;
        }
    }
    runner_free(runner);
}

static void run(struct whatif_screen *live)
{
    const struct whatif_live *ask = live->ask;
    struct options options = *ask->options;
    struct run_plan plan;
    struct diag diag;
    char text[160];

    options.machines = live->machines;
    options.machines_last = 0;
    if (options.model) {
        page_view_notice(&live->pages, _("--model never really runs anything"));
    } else if (live->machines > ask->usable) {
        snprintf(text, sizeof text,
                 _("cores that can be used here: %d; beyond that there is only "
                   "the model"),
                 ask->usable);
        page_view_notice(&live->pages, text);
    } else if (run_plan_make(&plan, ask->executor, ask->workload, &options,
                             ask->usable, &diag)) {
        run_planned(live, &plan);
    } else {
        page_view_notice(&live->pages, diag.message);
    }
}

/* --- the page ------------------------------------------------------------- */

static void write_page(const struct whatif_screen *live, struct page_text *text)
{
    const struct whatif_live *ask = live->ask;
    struct whatif_page page = {
        .whatif = ask->whatif,
        .measured = &live->measured,
        .machines = live->machines,
        .shown = ask->shown,
        .tasks = (int)ask->workload->task_count,
        .cells = page_view_cells(&live->pages),
        .height = live->pages.height,
        .ascii = live->pages.glyphs == GLYPHS_ASCII,
    };

    whatif_page(text, &page);
}

static void set_view(struct whatif_screen *live)
{
    struct view *view = &live->view;
    int64_t end = history_end(live->history);

    view_init(view);
    view->t_ns = view->total_ns = end;
    if (!live->fit && live->ask->whatif->one_ns > end)
        view->total_ns = live->ask->whatif->one_ns;
    view->play = PLAY_ENDED;
    view->motion = false;
    view->glyphs = live->pages.glyphs;
}

/* --- keys ----------------------------------------------------------------- */

static void choose(struct whatif_screen *live, int machines)
{
    if (machines >= 1 && machines <= live->most &&
        (machines != live->machines || live->runner))
        compute(live, machines);
}

static void choose_more(void *screen, int by)
{
    struct whatif_screen *live = screen;

    choose(live, live->machines + by);
}

static void choose_end(void *screen, int direction)
{
    struct whatif_screen *live = screen;

    choose(live, direction > 0 ? live->most : 1);
}

static void really_run(void *screen, int by)
{
    (void)by;
    run(screen);
}

static void change_scale(void *screen, int by)
{
    struct whatif_screen *live = screen;

    (void)by;
    live->fit = !live->fit;
}

static void quit(void *screen, int by)
{
    struct whatif_screen *live = screen;

    (void)by;
    live->quit = true;
}

static const struct key_binding keys[] = {
    { KEYS('+', '=', TKEY_RIGHT), ACT(choose_more, 1),
      HELP(N_("one more machine")), FOOTER(N_("machines"), PAGE_VIEW_FOOTER, 0),
      .label = "+-" },
    { KEYS('-', '_', TKEY_LEFT), ACT(choose_more, -1),
      HELP(N_("one fewer machine")) },
    { KEYS('G', TKEY_END), ACT(choose_end, 1), HELP(N_("the most")),
      FOOTER(N_("the most"), PAGE_VIEW_FOOTER, 2) },
    { KEYS('g', TKEY_HOME), ACT(choose_end, -1), HELP(N_("one machine")),
      FOOTER(N_("1"), PAGE_VIEW_FOOTER, 1) },
    { KEYS(TKEY_ENTER), ACT(really_run, 0),
      HELP(N_("really run it on this number of machines")),
      FOOTER(N_("really run"), PAGE_VIEW_FOOTER, 3) },
    { KEYS('z'), ACT(change_scale, 0),
      HELP(N_("same scale for all timelines, or the full width")),
      FOOTER(N_("scale"), PAGE_VIEW_FOOTER, 4) },
    { KEYS('q'), ACT(quit, 0), HELP(N_("quit")),
      FOOTER(N_("quit"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

static void ask_key(struct whatif_screen *live)
{
    struct page page = {
        .name = _("WHAT IF"),
        .title = live->ask->workload->name,
        .history = live->history,
        .view = &live->view,
        .keep_picture = true,
        .caption = live->runner ? _("REAL: the run that was measured")
                                : _("MODEL: computed, nothing is run"),
    };
    struct page_text text;

    page_text_init(&text);
    set_view(live);
    write_page(live, &text);
    page.text = page_text_rows(&text);
    page_view_ask(&live->pages, &page, keys, PAGE_VIEW_FOOTER, live);
    page_text_fini(&text);
}

bool whatif_live(const struct whatif_live *ask, struct diag *diag)
{
    struct whatif_screen live = { .ask = ask };

    if (!page_view_open(&live.pages, ask->options, diag))
        return false;
    live.most = (int)ask->whatif->count;
    live.measured.makespan_ns = xcalloc((size_t)ask->usable,
                                        sizeof *live.measured.makespan_ns);
    for (int i = 0; i < ask->usable; i++)
        live.measured.makespan_ns[i] = -1;
    compute(&live, ask->machines);
    while (!live.quit)
        ask_key(&live);
    forget(&live);
    free(live.measured.makespan_ns);
    page_view_close(&live.pages);
    return true;
}
