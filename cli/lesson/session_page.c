/*
 * session_page.c -- what all pages of a lesson have in common.
 *
 * A page is begun, written, and asked for what the student does with it. Keys
 * that change only how the page is looked at are handled here, so that each
 * kind of page has to know only its own.
 */
#include <stdio.h>
#include <string.h>

#include "cli/lesson/session_internal.h"
#include "lessons/catalog.h"
#include "lessons/session/reflect.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"

enum {
    PROGRAM_CELLS =
        4,            /* before a statement; its further rows hang by as many */
    CURSOR_STEPS = 60 /* from one end of a run to the other */
};

/* --- writing -------------------------------------------------------------- */

void session_page_begin(struct session *session, struct session_page *page)
{
    const struct lesson_request *request = session->request;

    *page = (struct session_page){ .page.title = session->lesson->title };
    page_text_init(&page->text);
    page_text_init(&page->box);
    if (session->number)
        snprintf(page->name, sizeof page->name, _("LESSON %d of %d"),
                 session->number, (int)catalog_count(session->catalog));
    else
        snprintf(page->name, sizeof page->name, "%s", _("LESSON"));
    page->page.name = page->name;
    page->page.dots = request->positions;
    page->page.dot = request->position < request->positions
                         ? request->position
                         : request->positions;
}

/* Say of a run that others have disturbed that they have. */
static void warn(struct session *session)
{
    char text[PAGE_VIEW_NOTICE_BYTES];

    if (!session->taken || session->pages.notice[0])
        return;
    snprintf(
        text, sizeof text,
        _("others took %d %% of this run's time · c: on the ideal machine"),
        session->taken);
    page_view_notice(&session->pages, text);
}

void session_page_picture(struct session *session, struct session_page *page)
{
    const char *title = session->shown && session->shown->title
                            ? session->shown->title
                            : "";

    if (!session->history)
        return;
    if (session->view.cursor_ns < 0)
        session->view.cursor_ns = history_end(session->history) / 2;
    session->view.glyphs = session->pages.glyphs;
    session->view.mystery = session->shown && session->shown->hide &&
                            session->request->kind == WANT_ASK;
    page->page.history = session->history;
    page->page.view = &session->view;
    if (session->plan.run.model)
        snprintf(page->caption, sizeof page->caption, "%s  %s", _("MODEL"),
                 title);
    else
        snprintf(page->caption, sizeof page->caption, "%s", title);
    page->page.caption = page->caption[0] ? page->caption : NULL;
    warn(session);
}

void session_page_announce(const struct session *session,
                           struct session_page *page, int number)
{
    const struct lesson *lesson = session->lesson;
    const struct lesson_screen *run = lesson_run_screen(lesson, number);

    if (!run)
        return;
    page_text_row(&page->text);
    page_text_putf(&page->text, ROLE_STRONG, _("RUN %d"), number);
    if (run->title)
        page_text_putf(&page->text, ROLE_STRONG, ": %s", run->title);
    if (!run->hide && run->workload >= 0)
        page_text_program(&page->text, lesson->workload[run->workload].text,
                          page_view_cells(&session->pages));
}

void session_page_note(const struct session *session, struct session_page *page)
{
    if (!session->request->note)
        return;
    if (page->text.count) {
        page_text_row(&page->text);
        page_text_row(&page->text);
    }
    page_text_putf(&page->text, ROLE_KEY, " %s ", _("FOR THE LECTURER"));
    page_text_put(&page->text, ROLE_TEXT, " ");
    page_text_wrap(&page->text, ROLE_TEXT, page_view_cells(&session->pages),
                   session->request->note);
}

void session_page_legend(struct page_text *text, const char *said)
{
    if (!strstr(said, REFLECT_IDEAL_BEGIN))
        return;
    page_text_row(text);
    page_text_row(text);
    page_text_put(text, ROLE_DIM,
                  _("measured (REAL); in brackets: the ideal machine (MODEL)"));
}

/* --- keys ----------------------------------------------------------------- */

void session_page_leave(void *screen, int did)
{
    struct session *session = screen;

    session->did = (enum session_did)did;
}

void session_page_go_on(void *screen, int did)
{
    struct session *session = screen;

    if (session->pages.below > 0)
        session->scroll += session->pages.height > 1 ? session->pages.height / 2
                                                     : 1;
    else
        session_page_leave(session, did);
}

static void scroll(void *screen, int by)
{
    struct session *session = screen;

    if (by < 0 ? session->scroll > 0 : session->pages.below > 0)
        session->scroll += by;
}

/* A fraction of the run, as a round number. */
static int64_t cursor_step(const struct session *session)
{
    int64_t wanted = history_end(session->history) / CURSOR_STEPS;
    int64_t step = NS_PER_US;

    while (step < wanted && step < NS_PER_S * 1000)
        step *= step * 2 >= wanted ? 2 : step * 5 >= wanted ? 5 : 10;
    return step;
}

static void move_cursor(void *screen, int by)
{
    struct session *session = screen;
    int64_t t_ns = session->view.cursor_ns, step, end;

    if (!session->history)
        return;
    step = cursor_step(session);
    end = history_end(session->history);
    t_ns = t_ns < 0 ? 0 : (t_ns / step + by) * step;
    session->view.cursor_ns = t_ns < 0 ? 0 : t_ns > end ? end : t_ns;
}

const struct key_binding session_page_keys[] = {
    { KEYS(TKEY_ENTER, ' ', TKEY_PAGE_DOWN), ACT(session_page_go_on, DID_GO_ON),
      HELP(N_("go on")), FOOTER(N_("go on"), SESSION_READ, 0) },
    { KEYS('b', TKEY_PAGE_UP, TKEY_BACKSPACE),
      ACT(session_page_leave, DID_GO_BACK), HELP(N_("go back")),
      FOOTER(N_("back"), PAGE_VIEW_FOOTER, 4) },
    { KEYS('m'), ACT(session_page_leave, DID_LEAVE), HELP(N_("all lessons")),
      FOOTER(N_("all lessons"), SESSION_PLAIN | SESSION_END, 5) },
    { KEYS('r'), ACT(session_page_leave, DID_RESTART),
      HELP(N_("from the start")),
      FOOTER(N_("from the start"), SESSION_END, 6) },
    { KEYS('q'), ACT(session_page_leave, DID_QUIT),
      HELP(N_("quit; next time you continue here")),
      FOOTER(N_("quit"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

const struct key_binding session_page_look_keys[] = {
    { KEYS(TKEY_LEFT), ACT(move_cursor, -1),
      HELP(N_("move the cursor in the picture")), .keys = "←→",
      FOOTER(N_("cursor"), SESSION_PICTURE, 2), .label = "←→" },
    { KEYS(TKEY_RIGHT), ACT(move_cursor, 1) },
    { KEYS(TKEY_SHIFT_LEFT), ACT(move_cursor, -5) },
    { KEYS(TKEY_SHIFT_RIGHT), ACT(move_cursor, 5) },
    { KEYS(TKEY_UP), ACT(scroll, -1), HELP(N_("scroll")), .keys = "↑↓" },
    { KEYS(TKEY_DOWN), ACT(scroll, 1) },
    { KEYS('p'), ACT(session_page_leave, DID_REPLAY),
      HELP(N_("show the run again, full screen")),
      FOOTER(N_("the run again"), SESSION_PICTURE, 3) },
    { KEYS('c'), ACT(session_page_leave, DID_MODEL),
      HELP(N_("show the run on the ideal machine")) },
    { KEYS_GO_ON(session_page_keys) },
};

enum session_did session_page_ask(struct session *session,
                                  struct session_page *page,
                                  const struct key_binding *keys,
                                  unsigned state)
{
    page->page.text = page_text_rows(&page->text);
    page->page.box = page_text_rows(&page->box);
    page->page.scroll = session->scroll;
    if (state & SESSION_PICTURE &&
        !page_shows_picture(&page->page, session->pages.height))
        state = (state & ~(unsigned)SESSION_PICTURE) | SESSION_PLAIN;
    session->did = DID_NOTHING;
    page_view_ask(&session->pages, &page->page, keys, state, session);
    page_text_fini(&page->box);
    page_text_fini(&page->text);
    return session->did;
}
