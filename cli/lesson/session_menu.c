/*
 * session_menu.c -- all lessons: what is done, and where to go on; and the way
 * to free play.
 */
#include <stdio.h>

#include "cli/lesson/free_play.h"
#include "cli/lesson/quiz_paint.h"
#include "cli/lesson/session_internal.h"
#include "cli/options/language.h"
#include "lessons/catalog.h"
#include "lessons/lesson.h"
#include "lessons/session/progress.h"
#include "sched/base/i18n.h"

enum {
    NUMBER_CELLS = 5,
    STATE_CELLS = 18,   /* at the right */
    LESSONS_MANY = 1000 /* more than there are */
};

struct menu {
    struct session *session;
    int selected;
    bool quit;
};

/* --- drawing -------------------------------------------------------------- */

static void put_state(struct page_text *text, const struct lesson *lesson,
                      const struct progress_entry *entry, bool next)
{
    if (entry && entry->done)
        page_text_putf(text, ROLE_GOOD, "✓ %s",
                       entry->modify == MODIFY_SOLVED ? _("done, solved")
                                                      : _("done"));
    else if (entry)
        page_text_putf(text, ROLE_STRONG, "▶ %s", _("go on here"));
    else if (next)
        page_text_putf(text, ROLE_STRONG, "▶ %s", _("begin here"));
    else if (lesson->minutes)
        page_text_putf(text, ROLE_DIM, _("%d min"), lesson->minutes);
}

static void put_lesson(const struct session *session, struct page_text *text,
                       int index, bool selected, bool next)
{
    const struct lesson *lesson = catalog_lesson(session->catalog,
                                                 (size_t)index);
    int right = page_view_cells(&session->pages) - STATE_CELLS;
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;

    page_text_row(text);
    page_text_putf(text, role, "%s%2d  ", selected ? ">" : " ", index + 1);
    page_text_tab(text, NUMBER_CELLS);
    page_text_put(text, role, lesson->title);
    page_text_put(text, ROLE_TEXT, " ");
    page_text_tab(text, right);
    put_state(text, lesson, progress_find(session->progress, lesson->id), next);
}

/* What else there is, for whoever never asks for help: after the lessons, and
 * chosen like one. */
static void put_free_play(struct page_text *text, bool selected)
{
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;

    page_text_row(text);
    page_text_put(text, role, selected ? "> f" : "  f");
    page_text_tab(text, NUMBER_CELLS);
    page_text_put(text, role,
                  _("Free play: watch any mode, compare, run your own file"));
}

static void write_menu(const struct menu *menu, struct page_text *text)
{
    const struct session *session = menu->session;
    int count = (int)catalog_count(session->catalog);
    int next = progress_next(session->progress, session->catalog);

    page_text_put(text, ROLE_TEXT,
                  _("A person is a task, a line is where ready tasks stand, "
                    "a machine is a core."));
    if (session->pages.height > count + 5)
        page_text_row(text);
    for (int i = 0; i < count; i++)
        put_lesson(session, text, i, i == menu->selected, i == next);
    put_free_play(text, menu->selected == count);
}

/* --- keys ----------------------------------------------------------------- */

static void move(void *screen, int by)
{
    struct menu *menu = screen;
    int free_play = (int)catalog_count(menu->session->catalog);
    int to = menu->selected + by;

    menu->selected = to < 0 ? 0 : to > free_play ? free_play : to;
}

static void play_freely(void *screen, int by)
{
    struct menu *menu = screen;

    (void)by;
    menu->quit = !free_play(&menu->session->pages, menu->session->usable);
}

static void open_selected(void *screen, int by)
{
    struct menu *menu = screen;
    struct session *session = menu->session;

    if (menu->selected == (int)catalog_count(session->catalog)) {
        play_freely(screen, by);
        return;
    }
    menu->quit = !session_lesson(
        session, catalog_lesson(session->catalog, (size_t)menu->selected),
        menu->selected + 1);
    menu->selected = session->number - 1; /* where the student left off */
}

/* The other language, for all that is said from here on. */
static void change_language(void *screen, int by)
{
    struct menu *menu = screen;
    const char *language = language_is_korean() ? "en" : "ko";

    (void)by;
    language_set(language);
    catalog_free(menu->session->catalog);
    menu->session->catalog = catalog_new(language);
}

static void paint(void *screen, int difficulty)
{
    struct menu *menu = screen;

    menu->quit = !quiz_paint(&menu->session->pages, NULL, difficulty);
}

static void quit(void *screen, int by)
{
    struct menu *menu = screen;

    (void)by;
    menu->quit = true;
}

static const struct key_binding keys[] = {
    { KEYS(TKEY_UP, 'k'), ACT(move, -1), HELP(N_("choose")), .keys = "↑↓ j k",
      FOOTER(N_("choose"), PAGE_VIEW_FOOTER, 0), .label = "↑↓" },
    { KEYS(TKEY_DOWN, 'j'), ACT(move, 1) },
    { KEYS(TKEY_HOME), ACT(move, -LESSONS_MANY), HELP(N_("the first lesson")) },
    { KEYS(TKEY_END), ACT(move, LESSONS_MANY),
      HELP(N_("the end of the list")) },
    { KEYS(TKEY_ENTER, ' '), ACT(open_selected, 0), HELP(N_("open the lesson")),
      FOOTER(N_("open"), PAGE_VIEW_FOOTER, 0) },
    { KEYS('f'), ACT(play_freely, 0),
      HELP(N_("free play: run, compare, your own")),
      FOOTER(N_("free play"), PAGE_VIEW_FOOTER, 0) },
    { KEYS('e'), ACT(paint, 0),
      HELP(N_("paint a timeline: exercises without end")),
      FOOTER(N_("exercises"), PAGE_VIEW_FOOTER, 0) },
    { KEYS(TKEY_TAB), ACT(change_language, 0), HELP(N_("한국어 / English")),
      FOOTER(N_("한국어"), PAGE_VIEW_FOOTER, 0) },
    { KEYS('q'), ACT(quit, 0), HELP(N_("quit")),
      FOOTER(N_("quit"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

/* The selected lesson must be visible, however small the screen is. */
static int scroll_to(const struct menu *menu)
{
    int count = (int)catalog_count(menu->session->catalog);
    int room = menu->session->pages.height - 3;
    int above = menu->session->pages.height > count + 5 ? 2 : 1;
    int row = above + menu->selected;

    return row > room - 1 ? row - room + 1 : 0;
}

void session_menu(struct session *session)
{
    int next = progress_next(session->progress, session->catalog);
    struct menu menu = { .session = session, .selected = next > 0 ? next : 0 };

    while (!menu.quit) {
        struct page page = {
            .name = "concviz",
            .title = _("concurrency and parallelism in 25 lessons"),
        };
        struct page_text text;

        page_text_init(&text);
        write_menu(&menu, &text);
        page.text = page_text_rows(&text);
        page.scroll = scroll_to(&menu);
        page_view_ask(&session->pages, &page, keys, PAGE_VIEW_FOOTER, &menu);
        page_text_fini(&text);
    }
}
