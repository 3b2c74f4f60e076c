/*
 * session.c -- a lesson from its first page to its last.
 *
 * The progress is kept after every page, so that nothing is lost whatever
 * ends the program.
 */
#include "cli/lesson/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command/run_helpers.h"
#include "cli/lesson/lesson_plan.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "cli/run/runner.h"
#include "lessons/catalog.h"
#include "lessons/session/progress.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"

bool session_open(struct session *sitting, const struct options *options,
                  struct diag *diag)
{
    struct diag damaged;

    *sitting = (struct session){ .options = options,
                                 .usable = request_machines() };
    if (!page_view_open(&sitting->stage, options, diag))
        return false;
    sitting->catalog = catalog_new(language_is_korean() ? "ko" : "en");
    sitting->progress = progress_load(NULL, &damaged);
    if (damaged.message[0])
        page_view_notice(&sitting->stage, damaged.message);
    return true;
}

void session_close(struct session *sitting)
{
    page_view_close(&sitting->stage);
    session_forget(sitting);
    progress_free(sitting->progress);
    catalog_free(sitting->catalog);
}

void session_forget(struct session *sitting)
{
    history_free(sitting->history);
    runner_free(sitting->runner);
    sitting->history = NULL;
    sitting->runner = NULL;
    sitting->shown = NULL;
}

/* --- what pages have in common -------------------------------------------- */

static const char *lesson_name(const struct session *sitting, char *text,
                               size_t size)
{
    if (sitting->number)
        snprintf(text, size, _("LESSON %d of %d"), sitting->number,
                 (int)catalog_count(sitting->catalog));
    else
        snprintf(text, size, "%s", _("LESSON"));
    return text;
}

void session_page(struct session *sitting, const struct lesson_request *request,
                  struct page *page)
{
    static const char *const help[] = {
        N_("Enter Space PgDn\tgo on"),
        N_("b PgUp\tgo back"),
        N_("1-5\tanswer"),
        N_("0 d\tI don't know"),
        N_("arrows\tmove the cursor in the picture; scroll"),
        N_("p\tlook at the run again, large"),
        N_("L\ttwo real threads race (lesson 14)"),
        N_("t\tdark, light, or no colours"),
        N_("m\tall lessons"),
        N_("q\tquit; you go on here next time"),
    };
    static const char *translated[sizeof help / sizeof *help + 1];
    static char name[64];

    for (size_t i = 0; i < sizeof help / sizeof *help; i++)
        translated[i] = _(help[i]);
    *page = (struct page){
        .name = lesson_name(sitting, name, sizeof name),
        .title = sitting->lesson->title,
        .dots = request->positions,
        .dot = request->position < request->positions ? request->position
                                                      : request->positions,
        .help = translated,
        .footer = "",
    };
}

/* Above the picture: which run, and MODEL where it was not really run. */
static const char *write_caption(const struct session *sitting)
{
    static char text[160];
    const char *title = sitting->shown ? sitting->shown->title : NULL;

    if (!sitting->plan.run.model)
        return title;
    snprintf(text, sizeof text, "%s  %s", _("MODEL"), title ? title : "");
    return text;
}

void session_picture(struct session *sitting, struct page *page)
{
    if (!sitting->history)
        return;
    if (sitting->view.cursor_ns < 0)
        sitting->view.cursor_ns = history_end(sitting->history) / 2;
    sitting->view.glyphs = sitting->stage.glyphs;
    page->history = sitting->history;
    page->view = &sitting->view;
    page->caption = write_caption(sitting);
}

/* About a sixtieth of the run, as a round number. */
static int64_t cursor_step(const struct session *sitting)
{
    int64_t step = NS_PER_US, wanted = history_end(sitting->history) / 60;

    while (step < wanted && step < NS_PER_S * 1000)
        step *= step * 2 >= wanted ? 2 : step * 5 >= wanted ? 5 : 10;
    return step;
}

static void move_cursor(struct session *sitting, int by)
{
    int64_t step = cursor_step(sitting), end = history_end(sitting->history);
    int64_t t_ns = sitting->view.cursor_ns;

    t_ns = t_ns < 0 ? 0 : (t_ns / step + by) * step;
    sitting->view.cursor_ns = t_ns < 0 ? 0 : t_ns > end ? end : t_ns;
}

bool session_look(struct session *sitting, uint32_t key)
{
    switch (key) {
    case TKEY_UP:
        sitting->scroll -= sitting->scroll > 0;
        return true;
    case TKEY_DOWN:
        sitting->scroll += sitting->stage.below > 0;
        return true;
    case TKEY_LEFT:
    case TKEY_RIGHT:
        if (sitting->history)
            move_cursor(sitting, key == TKEY_RIGHT ? 1 : -1);
        return true;
    case TKEY_SHIFT_LEFT:
    case TKEY_SHIFT_RIGHT:
        if (sitting->history)
            move_cursor(sitting, key == TKEY_SHIFT_RIGHT ? 5 : -5);
        return true;
    case 'p':
    case 'P':
        if (sitting->history)
            session_replay(sitting, sitting->view.cursor_ns);
        return true;
    default:
        return false;
    }
}

/* On, but first to the end of the page. */
static void go_on(struct session *sitting)
{
    if (sitting->stage.below > 0) {
        sitting->scroll += sitting->stage.height / 2;
        return;
    }
    lesson_run_next(sitting->run);
}

bool session_move(struct session *sitting, uint32_t key)
{
    switch (key) {
    case TKEY_ENTER:
    case ' ':
    case TKEY_PAGE_DOWN:
        go_on(sitting);
        return true;
    case 'b':
    case 'B':
    case TKEY_PAGE_UP:
    case TKEY_BACKSPACE:
        lesson_run_back(sitting->run);
        return true;
    case 'm':
    case 'M':
    case TKEY_ESCAPE:
        sitting->left = LEFT_MENU;
        return true;
    case 'q':
    case 'Q':
    case STAGE_GONE:
        sitting->left = LEFT_QUIT;
        return true;
    case 'r':
        sitting->left = LEFT_AGAIN;
        return true;
    default:
        return false;
    }
}

uint32_t session_ask(struct session *sitting, struct page *page)
{
    page->scroll = sitting->scroll;
    return page_view_ask(&sitting->stage, page);
}

/* --- the lesson ----------------------------------------------------------- */

static void keep(struct session *sitting, bool done)
{
    struct diag diag;

    if (page_view_is_still(&sitting->stage))
        return;
    progress_note(sitting->progress, sitting->lesson->id, sitting->run, done);
    if (!progress_save(sitting->progress, &diag))
        page_view_notice(&sitting->stage, diag.message);
}

static void fulfil(struct session *sitting,
                   const struct lesson_request *request)
{
    switch (request->kind) {
    case WANT_SHOW:
        session_show(sitting, request);
        break;
    case WANT_ASK:
        if (sitting->options->class_mode)
            session_vote(sitting, request);
        else
            session_question(sitting, request);
        break;
    case WANT_RUN:
        session_run(sitting, request);
        break;
    case WANT_VERDICT:
        session_verdict(sitting, request);
        break;
    case WANT_EDIT:
        session_edit(sitting, request);
        break;
    case WANT_END:
        session_end(sitting, request);
        break;
    }
}

/* Somebody was here before: on from there, or from the start? */
static void offer_resume(struct session *sitting)
{
    const struct progress_entry *entry = progress_find(sitting->progress,
                                                       sitting->lesson->id);

    if (!entry || entry->at < 2 || page_view_is_still(&sitting->stage))
        return;
    progress_resume(entry, sitting->run);
    page_view_notice(&sitting->stage,
                     _("You go on where you left. r: from the start"));
}

static void begin(struct session *sitting)
{
    session_forget(sitting);
    lesson_run_free(sitting->run);
    sitting->run = lesson_run_new(sitting->lesson, &lesson_model_runner,
                                  sitting->options->lecturer);
    sitting->left = LEFT_NOT;
}

/* One page or run; then another request stands, or the same one again. */
static void take_one(struct session *sitting)
{
    const struct lesson_request *request = lesson_run_request(sitting->run);
    const struct lesson_screen *screen = request->screen;
    enum lesson_want kind = request->kind;

    fulfil(sitting, request);
    if (sitting->left == LEFT_AGAIN)
        begin(sitting);
    request = lesson_run_request(sitting->run);
    if (request->screen == screen && request->kind == kind && !sitting->left)
        return;
    sitting->scroll = 0;
    keep(sitting, request->kind == WANT_END);
}

enum session_left session_lesson(struct session *sitting,
                                 const struct lesson *lesson, int number)
{
    sitting->lesson = lesson;
    sitting->number = number;
    sitting->scroll = 0;
    begin(sitting);
    offer_resume(sitting);
    while (sitting->left == LEFT_NOT)
        take_one(sitting);
    session_forget(sitting);
    lesson_run_free(sitting->run);
    sitting->run = NULL;
    return sitting->left;
}
