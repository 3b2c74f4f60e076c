/*
 * session_text.c -- pages that are only read, and the last one.
 */
#include <stdio.h>

#include "cli/lesson/session_internal.h"
#include "lessons/catalog.h"
#include "sched/base/i18n.h"
#include "sched/workload/workload.h"

static void write_heading(struct page_text *text, const char *heading)
{
    page_text_put(text, ROLE_STRONG, heading);
    page_text_row(text);
    page_text_row(text);
}

enum {
    TEXT_RACE = SESSION_OWN /* a race belongs here */
};

static const struct key_binding text_keys[] = {
    { KEYS('l', 'L'), ACT(session_page_leave, DID_RACE),
      HELP(N_("two real threads race (lesson 14)")), .keys = "L",
      FOOTER(N_("two real threads"), TEXT_RACE, 1), .label = "L" },
    { KEYS_GO_ON(session_page_look_keys) },
};

/* Where what was shared is looked back at, real threads can lose something. */
static bool has_race(const struct session *session)
{
    const struct lesson_screen *shown = lesson_run_shown(session->run);
    const struct lesson *lesson = session->lesson;

    return session->request->screen->kind == LESSON_REFLECT && shown &&
           lesson->workload[shown->workload].workload->shared_count > 0;
}

enum session_did session_text(struct session *session)
{
    const struct lesson_request *request = session->request;
    unsigned state = SESSION_READ | (has_race(session) ? TEXT_RACE : 0);
    struct session_page page;

    session_page_begin(session, &page);
    if (request->screen->kind == LESSON_SUMMARY)
        write_heading(&page.text, _("IN SHORT"));
    page_text_wrap(&page.text, ROLE_TEXT, page_view_cells(&session->pages),
                   request->text);
    session_page_legend(&page.text, request->text);
    session_page_note(session, &page);
    if (request->screen->kind == LESSON_REFLECT)
        session_page_picture(session, &page);
    return session_page_ask(
        session, &page, text_keys,
        state | (page.page.history ? SESSION_PICTURE : SESSION_PLAIN));
}

/* --- the end -------------------------------------------------------------- */

static void add_score(const struct session *session, struct page_text *text)
{
    size_t count = lesson_run_answers(session->run, NULL, 0), answered, right;

    if (count == 0)
        return;
    lesson_run_score(session->run, &answered, &right);
    page_text_putf(text, ROLE_TEXT,
                   _("Questions: %zu of %zu answered, %zu right."), answered,
                   count, right);
    page_text_row(text);
}

static void add_exercise(const struct session *session, struct page_text *text)
{
    int tries, hints;

    switch (lesson_run_modify(session->run, &tries, &hints)) {
    case MODIFY_SOLVED:
        page_text_putf(text, ROLE_GOOD, _("Exercise: solved (tries: %d)."),
                       tries);
        break;
    case MODIFY_SEEN:
        page_text_put(text, ROLE_TEXT,
                      _("Exercise: you have seen the solution."));
        break;
    case MODIFY_TRIED:
        page_text_put(text, ROLE_TEXT, _("Exercise: not solved yet."));
        break;
    default:
        break;
    }
}

static const struct key_binding end_keys[] = {
    { KEYS(TKEY_ENTER, ' ', TKEY_PAGE_DOWN), ACT(session_page_leave, DID_LEAVE),
      HELP(N_("all lessons")) },
    { KEYS_GO_ON(session_page_keys) },
};

static const struct key_binding next_keys[] = {
    { KEYS(TKEY_ENTER, ' ', TKEY_PAGE_DOWN),
      ACT(session_page_leave, DID_FINISH), HELP(N_("the next lesson")),
      FOOTER(N_("the next lesson"), SESSION_END, 0) },
    { KEYS_GO_ON(session_page_keys) },
};

enum session_did session_text_end(struct session *session)
{
    bool more = session->number > 0 &&
                session->number < (int)catalog_count(session->catalog);
    struct session_page page;

    session_page_begin(session, &page);
    write_heading(&page.text, _("This lesson is done."));
    add_score(session, &page.text);
    add_exercise(session, &page.text);
    return session_page_ask(session, &page, more ? next_keys : end_keys,
                            SESSION_END);
}
