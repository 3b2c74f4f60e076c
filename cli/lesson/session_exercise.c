/*
 * session_exercise.c -- the exercise: what is to be reached, the program, checks.
 *
 * lessons/edit/edit.h knows what may be changed; here it is drawn and gets its
 * keys. What cannot be changed is dim, what has been changed is strong and
 * has a star at its row.
 */
#include "cli/lesson/session_exercise.h"

#include <stdio.h>
#include <string.h>

#include "cli/lesson/session.h"
#include "cli/page/page_text.h"
#include "lessons/claim/metric.h"
#include "lessons/claim/predicate.h"
#include "lessons/edit/edit.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"

enum {
    MARGIN = 2, /* the star and a space */
    HANG = 4,   /* further rows of a statement are indented by this */
    CHECK_CELLS = 28,
    FRAME_ROWS = 3 /* of a page: the title, an empty row, the footer */
};

/* --- the program ---------------------------------------------------------- */

/* Bytes that are the same at the front and at the back of two texts. */
struct same {
    size_t front, back;
};

static struct same compare(const char *now, const char *before)
{
    size_t a = strlen(now), b = strlen(before), least = a < b ? a : b;
    struct same same = { 0, 0 };

    while (same.front < least && now[same.front] == before[same.front])
        same.front++;
    while (same.back < least - same.front &&
           now[a - 1 - same.back] == before[b - 1 - same.back])
        same.back++;
    return same;
}

/* The row of the start that a row came from: the same one, else the one it
 * begins like. */
static const char *origin(const struct edit *start, const char *text,
                          size_t index)
{
    size_t count = edit_rows(start), head = strcspn(text, ":");

    for (size_t i = 0; i < count; i++)
        if (strcmp(edit_row(start, i)->text, text) == 0)
            return text;
    for (size_t i = 0; i < count; i++)
        if (strncmp(edit_row(start, i)->text, text, head + 1) == 0)
            return edit_row(start, i)->text;
    return index < count ? edit_row(start, index)->text : "";
}

/* How a byte of a row looks. */
static struct style look(const struct edit_row *row, const struct same *same,
                         const struct edit_spot *cursor, size_t at)
{
    size_t length = strlen(row->text);

    if (cursor && at >= cursor->start && at < cursor->start + cursor->length)
        return STYLE(ROLE_SELECTED);
    if (at >= same->front && at < length - same->back)
        return STYLE(ROLE_STRONG);
    return STYLE(row->spot_count ? ROLE_TEXT : ROLE_DIM);
}

/* The bytes from `from` to `to`, in stretches of one look. */
static void put_stretches(struct page_text *sheet, const struct edit_row *row,
                          const struct same *same,
                          const struct edit_spot *cursor, size_t from,
                          size_t to)
{
    while (from < to) {
        struct style style = look(row, same, cursor, from);
        size_t end = from + 1;

        while (end < to && look(row, same, cursor, end).role == style.role)
            end++;
        page_text_putf(sheet, style, "%.*s", (int)(end - from),
                       row->text + from);
        from = end;
    }
}

static void write_row(struct page_text *sheet, const struct edit_row *row,
                      const char *before, const struct edit_spot *cursor,
                      int cells)
{
    struct same same = compare(row->text, before);
    size_t from = 0, length = strlen(row->text);
    bool changed = same.front + same.back < length || strlen(before) != length;

    while (from < length) {
        int indent = MARGIN + (from > 0 ? HANG : 0);
        size_t to = from + wrap_steps(row->text + from, cells - indent).next;

        page_text_row(sheet);
        if (from == 0)
            page_text_put(sheet, STYLE(ROLE_STRONG), changed ? "*" : " ");
        page_text_tab(sheet, indent);
        put_stretches(sheet, row, &same, cursor, from, to);
        from = to;
    }
}

static void write_program(struct page_text *sheet, const struct edit *edit,
                          const struct edit *start, int cells)
{
    size_t at = 0;
    const struct edit_spot *cursor = edit_cursor(edit, &at);

    for (size_t i = 0; i < edit_rows(edit); i++) {
        const struct edit_row *row = edit_row(edit, i);

        write_row(sheet, row, origin(start, row->text, i),
                  i == at ? cursor : NULL, cells);
    }
}

/* --- what is wanted, and what has been reached ---------------------------- */

static void write_goal(struct page_text *sheet,
                       const struct lesson_screen *screen, int cells)
{
    page_text_putf(sheet, STYLE(ROLE_STRONG), "%s ", _("GOAL"));
    page_text_wrap(sheet, STYLE(ROLE_TEXT), cells, screen->goal);
    page_text_row(sheet);
}

static void write_check(struct page_text *sheet,
                        const struct predicate *predicate,
                        const bool *fulfilled,
                        const struct metric_run *measured)
{
    struct strbuf value;

    page_text_row(sheet);
    page_text_put(sheet,
                  STYLE(!fulfilled   ? ROLE_DIM
                        : *fulfilled ? ROLE_GOOD
                                     : ROLE_BAD),
                  !fulfilled   ? "○ "
                  : *fulfilled ? "✓ "
                               : "✗ ");
    page_text_put(sheet, STYLE(fulfilled && *fulfilled ? ROLE_GOOD : ROLE_TEXT),
                  predicate->text);
    if (!fulfilled || !measured)
        return;
    strbuf_init(&value);
    metric_print_named(&value, &predicate->metric, measured);
    page_text_tab(sheet, CHECK_CELLS);
    page_text_putf(sheet, STYLE(ROLE_DIM), " %s", value.text);
    strbuf_fini(&value);
}

static void write_checks(struct session *sitting, struct page_text *sheet,
                         const struct lesson_request *request)
{
    const struct lesson_screen *screen = request->screen;
    const struct metric_run *measured = lesson_run_measured(sitting->run);

    page_text_row(sheet);
    for (size_t i = 0; i < screen->predicate_count; i++)
        write_check(sheet, &screen->predicate[i],
                    request->fulfilled ? &request->fulfilled[i] : NULL,
                    measured);
}

/* The hint asked for last, and what there is to say now. */
static void write_help(struct session *sitting, struct page_text *sheet,
                       const struct lesson_request *request, int cells)
{
    const struct editing *editing = &sitting->editing;
    size_t hints = request->hints;

    if (hints) {
        page_text_row(sheet);
        page_text_putf(sheet, STYLE(ROLE_STRONG), _("Hint %zu of %zu: "), hints,
                       request->screen->hint_count);
        page_text_wrap(sheet, STYLE(ROLE_TEXT), cells,
                       request->screen->hint[hints - 1]);
    }
    if (editing->said[0]) {
        page_text_row(sheet);
        page_text_wrap(sheet, STYLE(editing->said_bad ? ROLE_ALERT : ROLE_GOOD),
                       cells, editing->said);
    }
}

static void write_palette(struct session *sitting, struct page_text *sheet,
                          struct edit *edit)
{
    const char *const *offer;
    size_t count = edit_offers(edit, &offer);
    int cells = page_view_cells(&sitting->stage);

    page_text_row(sheet);
    for (size_t i = 0; i < count; i++) {
        if (sheet->cells + text_cells(offer[i]) + 2 > cells)
            page_text_row(sheet);
        page_text_putf(
            sheet,
            STYLE(i == sitting->editing.offer ? ROLE_SELECTED : ROLE_TEXT),
            " %s ", offer[i]);
    }
}

/* What can be done where the cursor is. */
static void add_keys_here(struct strbuf *out, struct edit *edit)
{
    const char *const *offer;
    bool may_insert = edit_offers(edit, &offer) > 0;
    size_t row;
    const struct edit_spot *spot = edit_cursor(edit, &row);

    if (!spot)
        return;
    if (spot->kind == SPOT_LINE)
        strbuf_adds(out, _("Shift-↑↓\tmove\n"));
    else if (spot->kind == SPOT_STEP)
        strbuf_adds(out, _("Shift-←→\tmove\n"));
    else
        strbuf_adds(out, _("+-\tchange\n"));
    if (may_insert)
        strbuf_adds(out, _("i\tinsert\n"));
    if (may_insert && spot->kind != SPOT_LINE)
        strbuf_adds(out, _("d\tdelete\n"));
    strbuf_adds(out, _("u\tundo"));
}

/* The keys that change the program stand below it, like those of a footer. */
static void write_keys_here(struct page_text *sheet, struct edit *edit)
{
    struct strbuf keys;
    const char *at;

    strbuf_init(&keys);
    add_keys_here(&keys, edit);
    page_text_row(sheet);
    for (at = keys.text; *at;) {
        size_t key = strcspn(at, "\t"), meaning = strcspn(at + key, "\n");

        page_text_put(sheet, STYLE(ROLE_TEXT), "  ");
        page_text_putf(sheet, STYLE(ROLE_KEY), "%.*s", (int)key, at);
        page_text_putf(sheet, STYLE(ROLE_TEXT), " %.*s", (int)meaning - 1,
                       at + key + 1);
        at += key + meaning + (at[key + meaning] == '\n');
    }
    strbuf_fini(&keys);
}

static void write_footer(const struct session *sitting, struct strbuf *out,
                         const struct lesson_request *request)
{
    bool solved = session_exercise_fulfilled(sitting, request);
    bool no_more = request->hints == request->screen->hint_count;

    if (sitting->editing.palette) {
        strbuf_adds(out, _("←→\tchoose\nEnter\tinsert\nEsc\tclose"));
        return;
    }
    strbuf_adds(out, solved ? _("Enter\tgo on\n") : _("Enter\trun\n"));
    strbuf_adds(out, _("←→↑↓\tchoose\n"));
    if (!solved) {
        strbuf_adds(out, no_more ? _("s\tsolution\n") : _("h\thint\n"));
        strbuf_adds(out, _("Esc\tgo on\n"));
    }
    strbuf_adds(out, _("b\tback\n?\thelp\nq\tquit"));
}

static void write_editor(struct session *sitting, struct page_text *sheet,
                         const struct lesson_request *request, bool keys)
{
    int cells = page_view_cells(&sitting->stage);
    struct edit *start = lesson_run_start(sitting->run);

    write_goal(sheet, request->screen, cells);
    write_program(sheet, request->edit, start, cells);
    if (sitting->editing.palette)
        write_palette(sitting, sheet, request->edit);
    else if (keys)
        write_keys_here(sheet, request->edit);
    write_checks(sitting, sheet, request);
    write_help(sitting, sheet, request, cells);
    edit_free(start);
}

static const char *const help[] = {
    N_("arrows\tchoose a step, a number, a line"),
    N_("+ -\tmore or less; the next choice"),
    N_("0-9\ttype a number"),
    N_("Shift-arrows < >\tmove a step; { } a line"),
    N_("i d u\tinsert a step, delete it, undo"),
    N_("Enter\trun it"),
    N_("h s\ta hint; after the last one the solution"),
    N_("Esc PgDn\tgo on"),
    N_("PgUp b\tgo back"),
    N_("m q\tall lessons; quit"),
};

void session_edit(struct session *sitting, const struct lesson_request *request)
{
    static const char *translated[sizeof help / sizeof *help + 1];
    struct strbuf footer;
    struct page_text sheet;
    struct page page;
    uint32_t key;

    if (sitting->editing.screen != request->screen)
        sitting->editing = (struct editing){ .screen = request->screen };
    for (size_t i = 0; i < sizeof help / sizeof *help; i++)
        translated[i] = _(help[i]);
    page_text_init(&sheet);
    session_page(sitting, request, &page);
    write_editor(sitting, &sheet, request, true);
    if ((int)sheet.count + FRAME_ROWS > sitting->stage.height) {
        page_text_fini(&sheet);
        page_text_init(&sheet);
        write_editor(sitting, &sheet, request, false);
    }
    page.text = page_text_text(&sheet);
    page.help = translated;
    strbuf_init(&footer);
    write_footer(sitting, &footer, request);
    page.footer = footer.text;
    key = session_ask(sitting, &page);
    strbuf_fini(&footer);
    page_text_fini(&sheet);
    session_exercise_key(sitting, request, key);
}
