/*
 * session_menu.c -- all lessons: what is done, and where to go on.
 */
#include <stdio.h>

#include "cli/lesson/quiz_source.h"
#include "cli/lesson/session.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "lessons/catalog.h"
#include "lessons/lesson.h"
#include "lessons/session/progress.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    NUMBER_CELLS = 5,
    STATE_CELLS = 18, /* at the right */
};

struct menu {
    int selected;
    bool korean;
    bool quit;
};

/* --- drawing -------------------------------------------------------------- */

static void put_state(struct page_text *sheet, const struct lesson *lesson,
                      const struct progress_entry *entry, bool next)
{
    if (entry && entry->done) {
        page_text_putf(sheet, STYLE(ROLE_GOOD), "✓ %s",
                       entry->modify == MODIFY_SOLVED ? _("done, solved")
                                                      : _("done"));
        return;
    }
    if (entry)
        page_text_putf(sheet, STYLE(ROLE_STRONG), "▶ %s", _("go on here"));
    else if (next)
        page_text_putf(sheet, STYLE(ROLE_STRONG), "▶ %s", _("begin here"));
    else if (lesson->minutes)
        page_text_putf(sheet, STYLE(ROLE_DIM), _("%d min"), lesson->minutes);
}

static void put_lesson(struct session *sitting, struct page_text *sheet,
                       int index, bool selected, bool next)
{
    const struct lesson *lesson = catalog_lesson(sitting->catalog,
                                                 (size_t)index);
    int right = page_view_cells(&sitting->stage) - STATE_CELLS;
    struct style style = STYLE(selected ? ROLE_SELECTED : ROLE_TEXT);

    page_text_row(sheet);
    page_text_putf(sheet, style, "%s%2d  ", selected ? ">" : " ", index + 1);
    page_text_tab(sheet, NUMBER_CELLS);
    page_text_put(sheet, style, lesson->title);
    page_text_tab(sheet, right);
    put_state(sheet, lesson, progress_find(sitting->progress, lesson->id),
              next);
}

static void write_menu(struct session *sitting, struct page_text *sheet,
                       const struct menu *menu)
{
    int count = (int)catalog_count(sitting->catalog);
    int next = progress_next(sitting->progress, sitting->catalog);

    page_text_put(sheet, STYLE(ROLE_TEXT),
                  _("A person is a task, a line is where ready tasks stand, "
                    "a machine is a core."));
    if (sitting->stage.height > count + 4)
        page_text_row(sheet);
    for (int i = 0; i < count; i++)
        put_lesson(sitting, sheet, i, i == menu->selected, i == next);
}

/* --- doing ---------------------------------------------------------------- */

static void open_selected(struct session *sitting, struct menu *menu)
{
    int count = (int)catalog_count(sitting->catalog);
    enum session_left left;

    do {
        left = session_lesson(
            sitting, catalog_lesson(sitting->catalog, (size_t)menu->selected),
            menu->selected + 1);
        if (left == LEFT_NEXT && menu->selected + 1 < count)
            menu->selected++;
    } while (left == LEFT_NEXT);
    menu->quit = left == LEFT_QUIT;
}

/* The other language, for all that is said from here on. */
static void change_language(struct session *sitting)
{
    bool korean = !language_is_korean();

    language_set(korean ? "ko" : "en");
    catalog_free(sitting->catalog);
    sitting->catalog = catalog_new(korean ? "ko" : "en");
}

static void act(struct session *sitting, struct menu *menu, uint32_t key)
{
    int last = (int)catalog_count(sitting->catalog) - 1;

    switch (key) {
    case TKEY_UP:
    case 'k':
        menu->selected -= menu->selected > 0;
        break;
    case TKEY_DOWN:
    case 'j':
        menu->selected += menu->selected < last;
        break;
    case TKEY_HOME:
        menu->selected = 0;
        break;
    case TKEY_END:
        menu->selected = last;
        break;
    case TKEY_ENTER:
    case ' ':
        open_selected(sitting, menu);
        break;
    case TKEY_TAB:
        change_language(sitting);
        break;
    case 'e':
        menu->quit = !quiz_paint(&sitting->stage, NULL, 1);
        break;
    case 'q':
    case 'Q':
    case STAGE_GONE:
        menu->quit = true;
        break;
    default:
        break;
    }
}

static const char *const help[] = {
    N_("arrows j k\tchoose"),
    N_("Enter Space\topen the lesson"),
    N_("e\tpaint a timeline: exercises without end"),
    N_("Tab\t한국어 / English"),
    N_("t\tdark, light, or no colours"),
    N_("q\tquit"),
};

/* The selected lesson is to be seen, however small the screen is. */
static int scroll_to(const struct session *sitting,
                     const struct page_text *sheet, const struct menu *menu)
{
    int count = (int)catalog_count(sitting->catalog);
    int room = sitting->stage.height - 3;
    int row = (int)sheet->count - count + menu->selected;

    return row > room - 1 ? row - room + 1 : 0;
}

void session_menu(struct session *sitting)
{
    static const char *translated[sizeof help / sizeof *help + 1];
    int next = progress_next(sitting->progress, sitting->catalog);
    struct menu menu = { .selected = next > 0 ? next : 0 };

    while (!menu.quit) {
        struct page page = { .name = "concviz" };
        struct page_text sheet;
        uint32_t key;

        for (size_t i = 0; i < sizeof help / sizeof *help; i++)
            translated[i] = _(help[i]);
        page_text_init(&sheet);
        write_menu(sitting, &sheet, &menu);
        page.title = _("concurrency and parallelism in 18 lessons");
        page.text = page_text_text(&sheet);
        page.scroll = scroll_to(sitting, &sheet, &menu);
        page.help = translated;
        page.footer = _("↑↓\tchoose\nEnter\topen\ne\texercises\n"
                        "Tab\t한국어\n?\thelp\nq\tquit");
        key = page_view_ask(&sitting->stage, &page);
        page_text_fini(&sheet);
        act(sitting, &menu, key);
    }
}
