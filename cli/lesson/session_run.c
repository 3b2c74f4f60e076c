/*
 * session_run.c -- the runs of a lesson: really run, and looked at.
 *
 * What the system refuses to run is modelled, and says so. The last run is
 * kept: later pages show its picture, and it can be looked at once more.
 */
#include <stdio.h>

#include "cli/lesson/lesson_plan.h"
#include "cli/lesson/session_internal.h"
#include "cli/player/player.h"
#include "cli/run/runner.h"
#include "render/scene/panes.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/history/history.h"

enum {
    STATE_CELLS = 38, /* at the right of a title: "MODEL  ENDED 0.25x  …" */
    TITLE_BYTES = 160
};

void session_run_forget(struct session *session)
{
    history_free(session->history);
    runner_free(session->runner);
    session->history = NULL;
    session->runner = NULL;
    session->shown = NULL;
}

/* The run is kept whole, to be shown small next to what is said about it. */
static void keep(struct session *session, struct runner *runner,
                 const struct lesson_screen *screen)
{
    int64_t end;

    session_run_forget(session);
    session->runner = runner;
    session->history = runner_history(runner);
    session->shown = screen;
    end = history_end(session->history);
    view_init(&session->view);
    session->view.t_ns = session->view.total_ns = end;
    session->view.play = PLAY_ENDED;
    session->view.motion = false;
}

/* --- showing -------------------------------------------------------------- */

/* "LESSON 5  two lines, one machine"; the run alone where that is too long. */
static void write_title(const struct session *session, char title[TITLE_BYTES],
                        const char *run)
{
    *title = '\0';
    if (session->number)
        snprintf(title, TITLE_BYTES, _("LESSON %d  %s"), session->number, run);
    if (!*title || text_cells(title) + STATE_CELLS > session->pages.width)
        snprintf(title, TITLE_BYTES, "%s", run);
}

/* Show a run as a part of the lesson. *runner is yours, or guest's own. */
static enum player_left show(struct session *session, struct run_plan *plan,
                             struct player_guest *guest, const char *name,
                             struct runner **runner)
{
    char title[TITLE_BYTES];
    const struct diag *why;
    enum player_left left;
    struct diag diag;

    write_title(session, title, name ? name : "");
    guest->title = title;
    left = player_show(plan, session->options, session->usable, guest, runner,
                       &diag);
    if (left == PLAYER_FAILED)
        page_view_notice(&session->pages, diag.message);
    if (left != PLAYER_GONE || !runner_wait(*runner, 0) ||
        !runner_error(*runner, &why) || plan->run.model)
        return left;
    snprintf(plan->note, sizeof plan->note, _("%.180s: showing the model"),
             why->message);
    plan->run.model = true;
    runner_free(*runner);
    return player_show(plan, session->options, session->usable, guest, runner,
                       &diag);
}

/* What a run shows besides the people. */
static unsigned panes_of_run(const struct lesson_screen *run)
{
    return (run->show & LESSON_SHOW_PROGRAM ? PANE_PROGRAM : 0U) |
           (run->show & LESSON_SHOW_VALUES ? PANE_VALUES : 0U) |
           (run->show & LESSON_SHOW_OUTPUT ? PANE_OUTPUT : 0U);
}

/* What leaving a run means where it makes no difference whether it ended. */
static enum session_did done(enum player_left left)
{
    return left == PLAYER_QUIT || left == PLAYER_GONE ? DID_QUIT : DID_NOTHING;
}

enum session_did session_run_replay(struct session *session)
{
    int64_t from_ns = session->view.cursor_ns;
    struct player_guest guest = {
        .mystery = session->shown && session->shown->hide,
        .panes = session->shown ? panes_of_run(session->shown) : 0,
        .runner = session->runner,
        .from_ns = from_ns > 0 ? from_ns - from_ns / 8 : 0
    };
    struct run_plan plan = session->plan;
    struct runner *runner;

    plan.note[0] = '\0';
    return done(show(session, &plan, &guest,
                     session->shown ? session->shown->title : NULL, &runner));
}

enum session_did session_run_model(struct session *session)
{
    const struct lesson_screen *shown = session->shown;
    struct player_guest guest = { .mystery = shown && shown->hide,
                                  .panes = shown ? panes_of_run(shown) : 0 };
    struct run_plan plan = session->plan;
    struct runner *runner;
    enum session_did did;

    plan.note[0] = '\0';
    plan.run.model = true;
    did = done(
        show(session, &plan, &guest, shown ? shown->title : NULL, &runner));
    runner_free(runner);
    return did;
}

enum session_did session_run_try(struct session *session,
                                 const struct workload *workload,
                                 const struct lesson_settings *settings)
{
    struct player_guest guest = { .title = NULL };
    struct runner *runner;
    struct run_plan plan;
    enum session_did did;

    lesson_plan(&plan, workload, settings, session->options, session->usable);
    did = done(show(session, &plan, &guest, _("your run"), &runner));
    runner_free(runner);
    return did;
}

/* --- the run of a screen -------------------------------------------------- */

static const struct key_binding announce_keys[] = {
    { KEYS(TKEY_ENTER, ' ', TKEY_PAGE_DOWN),
      ACT(session_page_go_on, DID_SEE_RUN), HELP(N_("run it")),
      FOOTER(N_("run it"), PAGE_VIEW_FOOTER, 0) },
    { KEYS_GO_ON(session_page_look_keys) },
};

/* Nothing runs before the student knows what, and wants it to. */
static enum session_did announce(struct session *session)
{
    struct session_page page;

    session_page_begin(session, &page);
    session_page_announce(session, &page, session->request->screen->run);
    session_page_note(session, &page);
    return session_page_ask(session, &page, announce_keys, SESSION_PLAIN);
}

/* Where nobody looks, the model will do. */
static enum session_did model_unseen(struct session *session,
                                     const struct lesson_screen *screen)
{
    struct run_plan *plan = &session->plan;
    struct runner *runner;
    struct diag diag;

    plan->run.model = true;
    runner = runner_start(plan->executor, plan->workload, &plan->run, &diag);
    if (!runner)
        return DID_QUIT;
    runner_wait(runner, -1);
    keep(session, runner, screen);
    return DID_SEE_RUN;
}

void session_run_recall(struct session *session)
{
    const struct lesson_screen *screen = lesson_run_shown(session->run);
    struct lesson_settings settings;

    if (!screen || screen == session->shown)
        return;
    settings = screen->settings;
    lesson_settings_complete(&settings);
    lesson_plan(&session->plan,
                session->lesson->workload[screen->workload].workload, &settings,
                session->options, session->usable);
    session->taken = 0;
    model_unseen(session, screen);
}

/* Show the planned run; where that failed, the lesson goes on with the verdict
 * of the model. */
static enum session_did run(struct session *session)
{
    const struct lesson_screen *screen = session->request->screen;
    struct player_guest guest = { .mystery = screen->hide,
                                  .panes = panes_of_run(screen) };
    struct runner *runner;
    enum player_left left = show(session, &session->plan, &guest,
                                 session->request->screen->title, &runner);

    if (left == PLAYER_ON) {
        keep(session, runner, session->request->screen);
        return DID_SEE_RUN;
    }
    runner_free(runner);
    if (left == PLAYER_BACK)
        return DID_GO_BACK;
    if (left != PLAYER_FAILED)
        return DID_QUIT;
    session_run_forget(session);
    return DID_SEE_RUN;
}

enum session_did session_run(struct session *session)
{
    const struct lesson_request *request = session->request;
    bool still = page_view_is_still(&session->pages);

    if (!still && (!session->announced || request->note)) {
        enum session_did did = announce(session);

        if (did != DID_SEE_RUN)
            return did;
    }
    session->announced = false;
    lesson_plan(&session->plan, request->workload, &request->settings,
                session->options, session->usable);
    if (request->screen->hide && session->plan.note[0]) /* not why */
        snprintf(session->plan.note, sizeof session->plan.note, "%s",
                 _("showing the model"));
    return still ? model_unseen(session, request->screen) : run(session);
}
