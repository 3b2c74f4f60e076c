/*
 * explore_list.c -- see explore_list.h. Only keys and room on the screen are
 * known here; what was found is its owner's business.
 */
#include "cli/explore/explore_list.h"

#include "cli/page/page_text.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    ALL_BUT_STEPS = 12, /* rows of a page with one short entry */
    STEPS_LEAST = 4,
    STEPS_MOST = 24,
    WITH_PICTURE = 30, /* rows of a screen that has a picture as well … */
    PICTURE_MORE = 6   /* … of so many rows besides those of people */
};

/* --- keys ----------------------------------------------------------------- */

static void walk(void *screen, int unused)
{
    struct explore_list *list = screen;
    struct diag diag;
    enum player_left left = list->rules->walk(list, &diag);

    (void)unused;
    if (left == PLAYER_FAILED)
        page_view_notice(&list->pages, diag.message);
    list->quit = left == PLAYER_GONE;
}

static void go(struct explore_list *list, size_t to)
{
    if (to >= list->count || to == list->selected)
        return;
    list->selected = to;
    list->rules->select(list);
}

static void go_by(void *screen, int by)
{
    struct explore_list *list = screen;

    if (by > 0 || list->selected > 0)
        go(list, by > 0 ? list->selected + 1 : list->selected - 1);
}

static void go_to_end(void *screen, int direction)
{
    struct explore_list *list = screen;

    go(list, direction > 0 ? list->count - 1 : 0);
}

static void go_to(void *screen, int place)
{
    go(screen, (size_t)place);
}

static void quit(void *screen, int unused)
{
    struct explore_list *list = screen;

    (void)unused;
    list->quit = true;
}

static const struct key_binding keys[] = {
    { KEYS(TKEY_ENTER), ACT(walk, 0), HELP(N_("walk it, step by step")),
      FOOTER(N_("walk it"), PAGE_VIEW_FOOTER, 0) },
    { KEYS(TKEY_DOWN, 'j', TKEY_PAGE_DOWN, TKEY_TAB), ACT(go_by, 1),
      HELP(N_("the next one")), FOOTER(N_("choose"), PAGE_VIEW_FOOTER, 1),
      .label = "↑↓" },
    { KEYS(TKEY_UP, 'k', TKEY_PAGE_UP, TKEY_BACKTAB), ACT(go_by, -1),
      HELP(N_("the one before")) },
    { KEYS('g', TKEY_HOME), ACT(go_to_end, -1), HELP(N_("the first one")) },
    { KEYS('G', TKEY_END), ACT(go_to_end, 1), HELP(N_("the last one")) },
    { KEYS('1'), .last = '9', ACT(go_to, 0), HELP(N_("this one")),
      .keys = "1-9" },
    { KEYS('q'), ACT(quit, 0), HELP(N_("quit")),
      FOOTER(N_("quit"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

/* --- the page ------------------------------------------------------------- */

static int steps_shown(const struct explore_list *list,
                       const struct history *history)
{
    int rows = list->pages.height - ALL_BUT_STEPS - (int)list->count;

    if (history && list->pages.height >= WITH_PICTURE)
        rows -= (int)trace_workload(history_trace(history))->task_count +
                PICTURE_MORE;
    return rows < STEPS_LEAST  ? STEPS_LEAST
           : rows > STEPS_MOST ? STEPS_MOST
                               : rows;
}

static void set_view(struct explore_list *list, const struct history *history)
{
    struct view *view = &list->view;

    view_init(view);
    if (history)
        view->t_ns = view->total_ns = history_end(history);
    view->play = PLAY_ENDED;
    view->motion = false;
    view->glyphs = list->pages.glyphs;
}

/* The selected entry stays in sight: what is above it may go. */
static void ask_key(struct explore_list *list)
{
    const struct history *history = list->rules->history(list);
    struct page page = {
        .name = _("EXPLORE"),
        .title = list->title,
        .history = history,
        .view = &list->view,
        .caption = list->caption,
    };
    struct page_text text;

    page_text_init(&text);
    set_view(list, history);
    page.scroll = list->rules->rows(list, &text, steps_shown(list, history));
    page.text = page_text_rows(&text);
    page_view_ask(&list->pages, &page, keys, PAGE_VIEW_FOOTER, list);
    page_text_fini(&text);
}

bool explore_list(struct explore_list *list, struct diag *diag)
{
    if (!page_view_open(&list->pages, list->options, diag))
        return false;
    list->selected = 0;
    list->quit = false;
    list->rules->select(list);
    while (!list->quit)
        ask_key(list);
    page_view_close(&list->pages);
    return true;
}
