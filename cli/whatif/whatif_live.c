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

struct turning {
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

int64_t whatif_makespan(const struct history *history)
{
    struct metrics *numbers = metrics_new(history);
    int64_t makespan_ns = numbers->outcome == OUTCOME_FINISHED
                              ? numbers->makespan_ns
                              : -1;

    metrics_free(numbers);
    return makespan_ns;
}

/* --- runs ----------------------------------------------------------------- */

static void forget(struct turning *turning)
{
    history_free(turning->history);
    trace_free(turning->trace);
    if (turning->runner)
        runner_free(turning->runner);
    turning->history = NULL;
    turning->trace = NULL;
    turning->runner = NULL;
}

static void look(struct turning *turning, const struct trace *trace)
{
    turning->history = history_new(trace);
    history_update(turning->history);
}

/* The timeline of so many machines, as the model computes it. */
static void compute(struct turning *turning, int machines)
{
    const struct whatif_live *ask = turning->ask;
    struct run_options run = ask->run;
    struct diag diag;

    forget(turning);
    turning->machines = machines;
    run.machines = machines;
    run.model = run.foretell = true;
    turning->trace = executor_trace(ask->executor, ask->workload, &run);
    if (executor_run(ask->executor, ask->workload, &run, turning->trace, &diag))
        page_view_notice(&turning->pages, diag.message);
    look(turning, turning->trace);
}

/* A real run was seen: it stands beside what was computed. */
static void keep(struct turning *turning, struct runner *runner)
{
    forget(turning);
    turning->runner = runner;
    look(turning, runner_trace(runner));
    turning->measured.count = turning->ask->usable;
    turning->measured.makespan_ns[turning->machines - 1] = whatif_makespan(
        turning->history);
}

static void run_planned(struct turning *turning, struct run_plan *plan)
{
    const struct whatif_live *ask = turning->ask;
    struct player_guest guest = { .title = NULL };
    struct runner *runner = NULL;
    const struct diag *why;
    enum player_left left;
    struct diag diag;
    char title[80];

    snprintf(title, sizeof title, _("really run, machines: %d"),
             turning->machines);
    guest.title = title;
    run_plan_note_busy(plan);
    left = player_show(plan, ask->options, ask->usable, &guest, &runner, &diag);
    if (left == PLAYER_ON) {
        keep(turning, runner);
        return;
    }
    turning->quit = left == PLAYER_QUIT;
    if (left == PLAYER_FAILED) {
        page_view_notice(&turning->pages, diag.message);
    } else if (left == PLAYER_GONE) {
        turning->quit = true;
        if (runner_wait(runner, 0) && runner_error(runner, &why)) {
            page_view_notice(&turning->pages, why->message);
            turning->quit = false;
        }
    }
    if (runner)
        runner_free(runner);
}

static void run(struct turning *turning)
{
    const struct whatif_live *ask = turning->ask;
    struct options options = *ask->options;
    struct run_plan plan;
    struct diag diag;
    char text[160];

    options.machines = turning->machines;
    options.machines_last = 0;
    if (options.model) {
        page_view_notice(&turning->pages,
                         _("with --model nothing is really run"));
    } else if (turning->machines > ask->usable) {
        snprintf(text, sizeof text,
                 _("cores that can be used here: %d; for more there is only "
                   "the model"),
                 ask->usable);
        page_view_notice(&turning->pages, text);
    } else if (run_plan_make(&plan, ask->executor, ask->workload, &options,
                             ask->usable, &diag)) {
        run_planned(turning, &plan);
    } else {
        page_view_notice(&turning->pages, diag.message);
    }
}

/* --- the page ------------------------------------------------------------- */

static void write_page(const struct turning *turning, struct page_text *text)
{
    const struct whatif_live *ask = turning->ask;
    struct whatif_page page = {
        .whatif = ask->whatif,
        .measured = &turning->measured,
        .machines = turning->machines,
        .shown = ask->shown,
        .tasks = (int)ask->workload->task_count,
        .cells = page_view_cells(&turning->pages),
        .height = turning->pages.height,
        .ascii = turning->pages.glyphs == GLYPHS_ASCII,
    };

    whatif_page(text, &page);
}

static void set_view(struct turning *turning)
{
    struct view *view = &turning->view;
    int64_t end = history_end(turning->history);

    view_init(view);
    view->t_ns = view->total_ns = end;
    if (!turning->fit && turning->ask->whatif->one_ns > end)
        view->total_ns = turning->ask->whatif->one_ns;
    view->play = PLAY_ENDED;
    view->motion = false;
    view->glyphs = turning->pages.glyphs;
}

/* --- keys ----------------------------------------------------------------- */

static void choose(struct turning *turning, int machines)
{
    if (machines >= 1 && machines <= turning->most &&
        (machines != turning->machines || turning->runner))
        compute(turning, machines);
}

static void choose_more(void *screen, int by)
{
    struct turning *turning = screen;

    choose(turning, turning->machines + by);
}

static void choose_one(void *screen, int machines)
{
    choose(screen, machines);
}

static void choose_most(void *screen, int by)
{
    struct turning *turning = screen;

    (void)by;
    choose(turning, turning->most);
}

static void really_run(void *screen, int by)
{
    (void)by;
    run(screen);
}

static void change_scale(void *screen, int by)
{
    struct turning *turning = screen;

    (void)by;
    turning->fit = !turning->fit;
}

static void quit(void *screen, int by)
{
    struct turning *turning = screen;

    (void)by;
    turning->quit = true;
}

static const struct key_binding keys[] = {
    { KEYS('+', '=', TKEY_RIGHT), ACT(choose_more, 1),
      HELP(N_("one machine more")), FOOTER(N_("machines"), PAGE_VIEW_FOOTER, 0),
      .label = "+-" },
    { KEYS('-', '_', TKEY_LEFT), ACT(choose_more, -1),
      HELP(N_("one machine fewer")) },
    { KEYS('G', TKEY_END), ACT(choose_most, 0), HELP(N_("the most")),
      FOOTER(N_("the most"), PAGE_VIEW_FOOTER, 2) },
    { KEYS('g', TKEY_HOME), ACT(choose_one, 1), HELP(N_("one machine")),
      FOOTER(N_("1"), PAGE_VIEW_FOOTER, 1) },
    { KEYS(TKEY_ENTER), ACT(really_run, 0),
      HELP(N_("really run it with so many machines")),
      FOOTER(N_("really run"), PAGE_VIEW_FOOTER, 3) },
    { KEYS('z'), ACT(change_scale, 0),
      HELP(N_("one scale for all timelines, or the whole width")),
      FOOTER(N_("scale"), PAGE_VIEW_FOOTER, 4) },
    { KEYS('q'), ACT(quit, 0), HELP(N_("quit")),
      FOOTER(N_("quit"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

static void ask_key(struct turning *turning)
{
    struct page page = {
        .name = _("WHAT IF"),
        .title = turning->ask->workload->name,
        .history = turning->history,
        .view = &turning->view,
        .keep_picture = true,
        .caption = turning->runner ? _("REAL: the run that was measured")
                                   : _("MODEL: computed, nothing is run"),
    };
    struct page_text text;

    page_text_init(&text);
    set_view(turning);
    write_page(turning, &text);
    page.text = page_text_rows(&text);
    page_view_ask(&turning->pages, &page, keys, PAGE_VIEW_FOOTER, turning);
    page_text_fini(&text);
}

bool whatif_live(const struct whatif_live *ask, struct diag *diag)
{
    struct turning turning = { .ask = ask };

    if (!page_view_open(&turning.pages, ask->options, diag))
        return false;
    turning.most = (int)ask->whatif->count;
    turning.measured.makespan_ns = xcalloc(
        (size_t)ask->usable, sizeof *turning.measured.makespan_ns);
    for (int i = 0; i < ask->usable; i++)
        turning.measured.makespan_ns[i] = -1;
    compute(&turning, ask->machines);
    while (!turning.quit)
        ask_key(&turning);
    forget(&turning);
    free(turning.measured.makespan_ns);
    page_view_close(&turning.pages);
    return true;
}
