/*
 * session.c -- a lesson from its first page to its last.
 *
 * The pages return what the student did; only here it is decided what comes
 * next. Progress is saved after every page, so that nothing is lost whatever
 * ends the program.
 */
#include <stdlib.h>

#include "cli/lesson/lesson_plan.h"
#include "cli/lesson/session_internal.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "lessons/catalog.h"
#include "lessons/session/progress.h"
#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/cores.h"

struct session *session_new(const struct options *options, struct diag *diag)
{
    struct session *session = xcalloc(1, sizeof *session);
    struct diag damaged;

    if (!page_view_open(&session->pages, options, diag)) {
        free(session);
        return NULL;
    }
    session->options = options;
    session->usable = cores_usable();
    session->catalog = catalog_new(language_is_korean() ? "ko" : "en");
    session->progress = progress_load(NULL, &damaged);
    if (damaged.message[0])
        page_view_notice(&session->pages, damaged.message);
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    page_view_close(&session->pages);
    progress_free(session->progress);
    catalog_free(session->catalog);
    free(session);
}

bool session_printed(const struct session *session)
{
    return session->pages.printed;
}

int session_pages(const struct session *session)
{
    return session->pages.turned;
}

/* Save the progress; where it cannot be saved, the student is told. What a
 * class does is not the lecturer's own progress. */
static void save(struct session *session, bool done)
{
    struct diag diag;

    if (page_view_is_still(&session->pages) || session->options->class_mode)
        return;
    progress_note(session->progress, session->lesson->id, session->run, done);
    if (!progress_save(session->progress, &diag))
        page_view_notice(&session->pages, diag.message);
}

static void begin(struct session *session)
{
    session_run_forget(session);
    lesson_run_free(session->run);
    session->run = lesson_run_new(session->lesson, &lesson_plan_runner,
                                  session->options->lecturer);
    session->votes.count = 0;
    session->left = DID_NOTHING;
}

static void end(struct session *session)
{
    session_run_forget(session);
    lesson_run_free(session->run);
    session->run = NULL;
}

/* A student who was here before goes on where she left. */
static void resume(struct session *session)
{
    const struct progress_entry *entry = progress_find(session->progress,
                                                       session->lesson->id);

    if (!entry || entry->at < 2 || page_view_is_still(&session->pages) ||
        session->options->class_mode)
        return;
    progress_resume(entry, session->run);
    page_view_notice(
        &session->pages,
        lesson_run_shown(session->run)
            ? _("You continue where you left off; earlier runs are the "
                "model's. r: from the start")
            : _("You continue where you left off. r: from the start"));
}

static enum session_did show(struct session *session)
{
    if (session->request->kind != WANT_RUN &&
        session->request->kind != WANT_END)
        session_run_recall(session);
    switch (session->request->kind) {
    case WANT_SHOW:
        return session_text(session);
    case WANT_ASK:
        return session->options->class_mode ? session_vote(session)
                                            : session_question(session);
    case WANT_RUN:
        return session_run(session);
    case WANT_VERDICT:
        return session_question_verdict(session);
    case WANT_EDIT:
        return session_exercise(session);
    default:
        return session_text_end(session);
    }
}

/* An answer to a prediction was given with the run in view. */
static void answer(struct session *session, int choice)
{
    bool predict = session->request->screen->kind == LESSON_PREDICT;

    if (lesson_run_choose(session->run, choice))
        session->announced = predict;
}

/* A run was seen to its end. */
static void see_run(struct session *session)
{
    struct metrics *metrics = session->history && !session->plan.run.model
                                  ? metrics_new(session->history)
                                  : NULL;

    session->taken = metrics ? metrics_others(metrics) : 0;
    lesson_run_ran(session->run, metrics);
}

static void follow(struct session *session, enum session_did did)
{
    switch (did) {
    case DID_NOTHING:
        break;
    case DID_GO_ON:
        lesson_run_next(session->run);
        break;
    case DID_GO_BACK:
        lesson_run_back(session->run);
        break;
    case DID_RESTART:
        begin(session);
        break;
    case DID_LEAVE:
    case DID_FINISH:
    case DID_QUIT:
        session->left = did;
        break;
    case DID_SEE_RUN:
        see_run(session);
        break;
    case DID_REPLAY:
        if (session->history)
            follow(session, session_run_replay(session));
        break;
    case DID_MODEL:
        if (session->history)
            follow(session, session_run_model(session));
        break;
    case DID_RACE:
        session_race(session);
        break;
    case DID_NOT_KNOW:
        answer(session, CHOICE_UNKNOWN);
        break;
    default:
        answer(session, (int)did - DID_ANSWER);
        break;
    }
}

/* One page or run; then something else is wanted, or the same again. */
static void take_one(struct session *session)
{
    const struct lesson_screen *screen;
    enum lesson_want kind;

    session->request = lesson_run_request(session->run);
    screen = session->request->screen;
    kind = session->request->kind;
    follow(session, show(session));
    session->request = lesson_run_request(session->run);
    if (session->request->screen == screen && session->request->kind == kind &&
        !session->left)
        return;
    session->scroll = 0;
    save(session, session->request->kind == WANT_END);
}

bool session_lesson(struct session *session, const struct lesson *lesson,
                    int number)
{
    do {
        session->lesson = lesson;
        session->number = number;
        session->scroll = 0;
        begin(session);
        resume(session);
        while (!session->left)
            take_one(session);
        end(session);
        if (page_view_is_still(&session->pages))
            break; /* the next lesson has pages of its own */
        if (session->left == DID_FINISH)
            lesson = catalog_lesson(session->catalog, (size_t)number++);
    } while (session->left == DID_FINISH);
    return session->left == DID_LEAVE;
}
