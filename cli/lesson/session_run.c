/*
 * session_run.c -- the runs of a lesson: really run, and looked at.
 */
#include <stdio.h>

#include "cli/lesson/lesson_plan.h"
#include "cli/lesson/session.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "cli/player/player.h"
#include "cli/run/runner.h"
#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/history/history.h"

enum {
    STATE_CELLS = 38 /* at the right of a title: "MODEL  ENDED 0.25x  …" */
};

/* "LESSON 5  two lines, one machine"; the run alone where that is too long. */
static void write_title(const struct session *sitting, char *title, size_t size,
                        const char *run)
{
    *title = '\0';
    if (sitting->number)
        snprintf(title, size, _("LESSON %d  %s"), sitting->number, run);
    if (!*title || text_cells(title) + STATE_CELLS > sitting->stage.width)
        snprintf(title, size, "%s", run);
}

/* Show a run; what the system refuses is modelled. */
static enum player_left show(struct session *sitting, struct run_plan *plan,
                             const struct player_guest *guest,
                             struct runner **runner)
{
    const struct diag *why;
    struct diag diag;
    enum player_left left = player_show(plan, sitting->options, sitting->usable,
                                        guest, runner, &diag);

    if (left == PLAYER_FAILED) {
        page_view_notice(&sitting->stage, diag.message);
        return left;
    }
    if (left != PLAYER_GONE || !runner_wait(*runner, 0) ||
        !runner_error(*runner, &why) || plan->run.model)
        return left;
    snprintf(plan->note, sizeof plan->note, _("%.180s: this is the model"),
             why->message);
    plan->run.model = true;
    runner_free(*runner);
    return player_show(plan, sitting->options, sitting->usable, guest, runner,
                       &diag);
}

static void leave(struct session *sitting, enum player_left left)
{
    if (left == PLAYER_QUIT || left == PLAYER_GONE)
        sitting->left = LEFT_QUIT;
}

/* The whole run, to be shown small beside what is said about it. */
static void look_whole(struct session *sitting)
{
    int64_t end = history_end(sitting->history);

    view_init(&sitting->view);
    sitting->view.t_ns = sitting->view.total_ns = end;
    sitting->view.play = PLAY_ENDED;
    sitting->view.motion = false;
}

static void keep_run(struct session *sitting,
                     const struct lesson_screen *screen, struct runner *runner)
{
    session_forget(sitting);
    sitting->runner = runner;
    sitting->history = lesson_history(runner);
    sitting->shown = screen;
    look_whole(sitting);
    lesson_run_ran(sitting->run, sitting->plan.run.model
                                     ? NULL
                                     : metrics_new(sitting->history));
}

/* Nothing runs before the person knows what, and wants it to. */
static bool announce(struct session *sitting,
                     const struct lesson_request *request)
{
    struct page_text sheet;
    struct page page;
    uint32_t key;

    if (sitting->announced)
        return true;
    page_text_init(&sheet);
    session_page(sitting, request, &page);
    session_announce(sitting, &sheet, request->screen->run);
    page.text = page_text_text(&sheet);
    page.footer = _("Enter\trun it\nb\tback\nm\tall lessons\n?\thelp\nq\tquit");
    key = session_ask(sitting, &page);
    page_text_fini(&sheet);
    if (key == TKEY_ENTER || key == ' ' || key == TKEY_PAGE_DOWN)
        return sitting->stage.below == 0 || !session_look(sitting, TKEY_DOWN);
    if (!session_move(sitting, key))
        session_look(sitting, key);
    return false;
}

/* Where nobody looks, the model will do. */
static void model_unseen(struct session *sitting,
                         const struct lesson_request *request)
{
    struct run_plan *plan = &sitting->plan;
    struct runner *runner;
    struct diag diag;

    lesson_plan(plan, request->workload, &request->settings, sitting->options,
                sitting->usable);
    plan->run.model = true;
    runner = runner_start(plan->executor, plan->workload, &plan->run, &diag);
    if (!runner) {
        sitting->left = LEFT_QUIT;
        return;
    }
    runner_wait(runner, -1);
    keep_run(sitting, request->screen, runner);
}

void session_run(struct session *sitting, const struct lesson_request *request)
{
    const struct lesson_screen *screen = request->screen;
    struct player_guest guest = { .title = NULL };
    struct runner *runner;
    enum player_left left;
    char title[160];

    if (page_view_is_still(&sitting->stage)) {
        model_unseen(sitting, request);
        return;
    }
    if (!announce(sitting, request))
        return;
    sitting->announced = false;
    write_title(sitting, title, sizeof title,
                screen->title ? screen->title : "");
    guest.title = title;
    lesson_plan(&sitting->plan, request->workload, &request->settings,
                sitting->options, sitting->usable);
    left = show(sitting, &sitting->plan, &guest, &runner);
    if (left == PLAYER_ON) {
        keep_run(sitting, screen, runner);
        return;
    }
    runner_free(runner);
    leave(sitting, left);
    if (left == PLAYER_FAILED) { /* go on with what the model says */
        session_forget(sitting);
        lesson_run_ran(sitting->run, NULL);
    } else if (left == PLAYER_BACK) {
        lesson_run_back(sitting->run);
    }
}

void session_replay(struct session *sitting, int64_t from_ns)
{
    char title[160];
    struct player_guest guest = { .runner = sitting->runner };
    struct run_plan plan = sitting->plan;
    struct runner *runner;
    enum player_left left;

    write_title(sitting, title, sizeof title,
                sitting->shown && sitting->shown->title ? sitting->shown->title
                                                        : "");
    guest.title = title;
    plan.note[0] = '\0';
    guest.from_ns = from_ns > 0 ? from_ns - from_ns / 8 : 0;
    left = show(sitting, &plan, &guest, &runner);
    leave(sitting, left);
}

void session_try(struct session *sitting, const struct workload *workload,
                 const struct lesson_settings *settings)
{
    struct player_guest guest = { .title = NULL };
    struct runner *runner;
    struct run_plan plan;
    char title[160];

    write_title(sitting, title, sizeof title, _("your run"));
    guest.title = title;
    lesson_plan(&plan, workload, settings, sitting->options, sitting->usable);
    leave(sitting, show(sitting, &plan, &guest, &runner));
    runner_free(runner);
}
