/*
 * session_text.c -- pages that are only read, and the last one.
 */
#include <stdio.h>
#include <string.h>

#include "cli/lesson/session.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "lessons/catalog.h"
#include "lessons/markup.h"
#include "lessons/session/progress.h"
#include "lessons/session/reflect.h"
#include "sched/base/i18n.h"

static const char *heading(enum lesson_kind kind)
{
    switch (kind) {
    case LESSON_SUMMARY:
        return _("IN SHORT");
    case LESSON_LECTURER:
        return _("FOR THE LECTURER");
    default:
        return NULL;
    }
}

/* The picture of the run; and what the numbers in brackets are, if any. */
static void add_picture(struct session *sitting, struct page *page,
                        const char *text, char *caption, size_t size)
{
    session_picture(sitting, page);
    if (!page->caption || !strstr(text, REFLECT_IDEAL_BEGIN))
        return;
    snprintf(caption, size, _("%s · in brackets: the ideal machine"),
             page->caption);
    page->caption = caption;
}

void session_show(struct session *sitting, const struct lesson_request *request)
{
    const char *title = heading(request->screen->kind);
    struct page_text sheet;
    struct page page;
    char caption[256];
    uint32_t key;

    page_text_init(&sheet);
    session_page(sitting, request, &page);
    if (title) {
        page_text_put(&sheet, STYLE(ROLE_STRONG), title);
        page_text_row(&sheet);
        page_text_row(&sheet);
    }
    page_text_wrap(&sheet, STYLE(ROLE_TEXT), page_view_cells(&sitting->stage),
                   request->text);
    page.text = page_text_text(&sheet);
    if (request->screen->kind == LESSON_REFLECT)
        add_picture(sitting, &page, request->text, caption, sizeof caption);
    page.footer = page.history ? _("Enter\tgo on\nb\tback\np\tthe run again\n"
                                   "?\thelp\nq\tquit")
                               : _("Enter\tgo on\nb\tback\nm\tall lessons\n"
                                   "?\thelp\nq\tquit");
    key = session_ask(sitting, &page);
    page_text_fini(&sheet);
    if (key == 'l' || key == 'L')
        session_race(sitting);
    else if (!session_move(sitting, key))
        session_look(sitting, key);
}

/* --- the end -------------------------------------------------------------- */

static void add_predictions(struct session *sitting, struct page_text *sheet)
{
    size_t answered = 0, right = 0, at = 0;
    int choice[PROGRESS_ANSWERS_MAX];
    size_t count = lesson_run_answers(sitting->run, choice,
                                      PROGRESS_ANSWERS_MAX);

    for (size_t i = 0; i < sitting->lesson->screen_count && at < count; i++) {
        const struct lesson_screen *screen = &sitting->lesson->screen[i];

        if (screen->kind != LESSON_PREDICT && screen->kind != LESSON_OBSERVE)
            continue;
        if (at < PROGRESS_ANSWERS_MAX && choice[at] != CHOICE_NONE) {
            answered++;
            right += choice[at] >= 0 && screen->choice[choice[at]].right;
        }
        at++;
    }
    if (count == 0)
        return;
    page_text_putf(sheet, STYLE(ROLE_TEXT),
                   _("Questions: %zu of %zu answered, %zu right."), answered,
                   count, right);
    page_text_row(sheet);
}

static void add_exercise(struct session *sitting, struct page_text *sheet)
{
    int tries, hints;

    switch (lesson_run_modify(sitting->run, &tries, &hints)) {
    case MODIFY_SOLVED:
        page_text_putf(sheet, STYLE(ROLE_GOOD),
                       _("Exercise: solved (tries: %d)."), tries);
        break;
    case MODIFY_SEEN:
        page_text_put(sheet, STYLE(ROLE_TEXT),
                      _("Exercise: you have seen the solution."));
        break;
    case MODIFY_TRIED:
        page_text_put(sheet, STYLE(ROLE_TEXT), _("Exercise: not solved yet."));
        break;
    default:
        break;
    }
}

void session_end(struct session *sitting, const struct lesson_request *request)
{
    bool more = sitting->number > 0 &&
                sitting->number < (int)catalog_count(sitting->catalog);
    struct page_text sheet;
    struct page page;
    uint32_t key;

    page_text_init(&sheet);
    session_page(sitting, request, &page);
    page_text_put(&sheet, STYLE(ROLE_STRONG), _("This lesson is done."));
    page_text_row(&sheet);
    page_text_row(&sheet);
    add_predictions(sitting, &sheet);
    add_exercise(sitting, &sheet);
    page.text = page_text_text(&sheet);
    page.footer = more ? _("Enter\tthe next lesson\nm\tall lessons\nb\tback\n"
                           "r\tfrom the start\nq\tquit")
                       : _("m\tall lessons\nb\tback\nr\tfrom the start\n"
                           "q\tquit");
    key = session_ask(sitting, &page);
    page_text_fini(&sheet);
    if (key == TKEY_ENTER || key == ' ' || key == TKEY_PAGE_DOWN)
        sitting->left = more ? LEFT_NEXT : LEFT_MENU;
    else
        session_move(sitting, key);
}
