/*
 * session_exercise.c -- the page of an exercise: goal, program and checks.
 *
 * lessons/edit/edit.h knows what may be changed. What cannot be changed is
 * dim; what has been changed is strong, and its row begins with a star.
 */
#include <stdio.h>
#include <string.h>

#include "cli/lesson/session_internal.h"
#include "lessons/claim/metric.h"
#include "lessons/claim/predicate.h"
#include "lessons/edit/edit.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"

enum {
    MARGIN = 2,       /* the star and a space */
    HANG = 4,         /* further rows of a statement are indented by this */
    CHECK_CELLS = 28, /* of a check and its mark, if none is wider */
    FRAME_ROWS = 3    /* of a page: the title, an empty row, the footer */
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
static enum role look(const struct edit_row *row, const struct same *same,
                      const struct edit_spot *cursor, size_t at)
{
    size_t length = strlen(row->text);

    if (cursor && at >= cursor->start && at < cursor->start + cursor->length)
        return ROLE_SELECTED;
    if (at >= same->front && at < length - same->back)
        return ROLE_STRONG;
    return row->spot_count ? ROLE_TEXT : ROLE_DIM;
}

/* The bytes from `from` to `to`, in stretches of one look. */
static void put_stretches(struct page_text *text, const struct edit_row *row,
                          const struct same *same,
                          const struct edit_spot *cursor, size_t from,
                          size_t to)
{
    while (from < to) {
        enum role role = look(row, same, cursor, from);
        size_t end = from + 1;

        while (end < to && look(row, same, cursor, end) == role)
            end++;
        page_text_putf(text, role, "%.*s", (int)(end - from), row->text + from);
        from = end;
    }
}

static void write_row(struct page_text *text, const struct edit_row *row,
                      const char *before, const struct edit_spot *cursor,
                      int cells)
{
    struct same same = compare(row->text, before);
    size_t from = 0, length = strlen(row->text);
    bool changed = same.front + same.back < length || strlen(before) != length;

    while (from < length) {
        int indent = MARGIN + (from > 0 ? HANG : 0);
        struct wrap_row part = wrap_steps(row->text + from, cells - indent);

        page_text_row(text);
        if (from == 0)
            page_text_put(text, ROLE_STRONG, changed ? "*" : " ");
        page_text_tab(text, indent);
        put_stretches(text, row, &same, cursor, from, from + part.bytes);
        from += part.next;
    }
    if (row->choices)
        page_text_putf(text, ROLE_DIM, "   (%s)", row->choices);
}

static void write_program(struct page_text *text, const struct edit *edit,
                          const struct edit *start, int cells)
{
    size_t at = 0;
    const struct edit_spot *cursor = edit_cursor(edit, &at);

    for (size_t i = 0; i < edit_rows(edit); i++) {
        const struct edit_row *row = edit_row(edit, i);

        write_row(text, row, origin(start, row->text, i),
                  i == at ? cursor : NULL, cells);
    }
}

/* --- what is wanted, and what has been reached ---------------------------- */

static void write_goal(struct page_text *text,
                       const struct lesson_screen *screen, int cells)
{
    page_text_putf(text, ROLE_STRONG, "%s ", _("GOAL"));
    page_text_wrap(text, ROLE_TEXT, cells, screen->goal);
    page_text_row(text);
}

/* Where the column of what the model says begins. */
static int check_column(const struct lesson_screen *screen)
{
    int column = CHECK_CELLS;
    struct strbuf check;

    strbuf_init(&check);
    for (size_t i = 0; i < screen->predicate_count; i++) {
        int cells;

        strbuf_clear(&check);
        predicate_print(&check, &screen->predicate[i]);
        cells = MARGIN + text_cells(check.text);
        column = cells > column ? cells : column;
    }
    strbuf_fini(&check);
    return column;
}

/* fulfilled: as the model has judged it; NULL: it has not seen this program. */
static void write_check(struct page_text *text,
                        const struct predicate *predicate,
                        const bool *fulfilled,
                        const struct metric_run *measured, int column)
{
    struct strbuf value;

    page_text_row(text);
    page_text_put(text,
                  !fulfilled   ? ROLE_DIM
                  : *fulfilled ? ROLE_GOOD
                               : ROLE_BAD,
                  !fulfilled   ? "○ "
                  : *fulfilled ? "✓ "
                               : "✗ ");
    strbuf_init(&value);
    predicate_print(&value, predicate);
    page_text_put(text, fulfilled && *fulfilled ? ROLE_GOOD : ROLE_TEXT,
                  value.text);
    if (fulfilled && measured) {
        strbuf_clear(&value);
        metric_print_named(&value, &predicate->metric, measured);
        page_text_tab(text, column);
        page_text_putf(text, ROLE_DIM, " %s: %s", _("MODEL"), value.text);
    }
    strbuf_fini(&value);
}

static void write_checks(const struct session *session, struct page_text *text)
{
    const struct lesson_request *request = session->request;
    const struct lesson_screen *screen = request->screen;
    const struct metric_run *measured = lesson_run_measured(session->run);
    bool judged = session->exercise.tried && request->fulfilled;
    int column = check_column(screen);

    page_text_row(text);
    for (size_t i = 0; i < screen->predicate_count; i++)
        write_check(text, &screen->predicate[i],
                    judged ? &request->fulfilled[i] : NULL, measured, column);
}

/* The latest hint, and what is to be said about the last key. */
static void write_advice(const struct session *session, struct page_text *text,
                         int cells)
{
    const struct lesson_request *request = session->request;
    const struct exercise *exercise = &session->exercise;
    size_t hints = request->hints;

    if (hints) {
        page_text_row(text);
        page_text_putf(text, ROLE_STRONG, _("Hint %zu of %zu: "), hints,
                       request->screen->hint_count);
        page_text_wrap(text, ROLE_TEXT, cells,
                       request->screen->hint[hints - 1]);
    }
    if (exercise->said[0]) {
        page_text_row(text);
        page_text_wrap(text, exercise->said_bad ? ROLE_ALERT : ROLE_GOOD, cells,
                       exercise->said);
    }
}

static void write_palette(const struct session *session, struct page_text *text,
                          int cells)
{
    const char *const *offer;
    size_t count = edit_offers(session->request->edit, &offer);

    page_text_row(text);
    for (size_t i = 0; i < count; i++) {
        if (text->cells + text_cells(offer[i]) + 2 > cells)
            page_text_row(text);
        page_text_putf(text,
                       i == session->exercise.offer ? ROLE_SELECTED : ROLE_TEXT,
                       " %s ", offer[i]);
    }
}

/* What can be done where the cursor is. */
static unsigned state_here(struct edit *edit)
{
    const char *const *offer;
    bool may_insert = edit_offers(edit, &offer) > 0;
    size_t row;
    const struct edit_spot *spot = edit_cursor(edit, &row);
    unsigned state = EXERCISE_AT_SPOT;

    if (!spot)
        return 0;
    if (may_insert)
        state |= EXERCISE_MAY_INSERT;
    if (may_insert && spot->kind != SPOT_LINE)
        state |= EXERCISE_MAY_DELETE;
    if (edit_can_add(edit))
        state |= EXERCISE_AT_VALUE;
    return state | (spot->kind == SPOT_LINE   ? EXERCISE_AT_LINE
                    : spot->kind == SPOT_STEP ? EXERCISE_AT_STEP
                                              : 0);
}

/* The keys that change the program are listed below it, as in a footer. */
static void write_keys_here(const struct session *session,
                            struct page_text *text)
{
    struct strbuf keys;
    const char *at;

    strbuf_init(&keys);
    page_keys_footer(&keys, session_exercise_edit_keys,
                     state_here(session->request->edit),
                     session->pages.glyphs == GLYPHS_ASCII);
    page_text_row(text);
    for (at = keys.text; *at;) {
        size_t key = strcspn(at, "\t"), meaning = strcspn(at + key, "\n");

        page_text_put(text, ROLE_TEXT, "  ");
        page_text_putf(text, ROLE_KEY, "%.*s", (int)key, at);
        page_text_putf(text, ROLE_TEXT, " %.*s", (int)meaning - 1,
                       at + key + 1);
        at += key + meaning + (at[key + meaning] == '\n');
    }
    strbuf_fini(&keys);
}

static void write_editor(const struct session *session, struct page_text *text,
                         bool keys)
{
    const struct lesson_request *request = session->request;
    int cells = page_view_cells(&session->pages);
    struct edit *start = lesson_run_start(session->run);

    write_goal(text, request->screen, cells);
    write_program(text, request->edit, start, cells);
    if (session->exercise.palette)
        write_palette(session, text, cells);
    else if (keys)
        write_keys_here(session, text);
    write_checks(session, text);
    write_advice(session, text, cells);
    edit_free(start);
}

static unsigned footer_state(const struct session *session)
{
    const struct lesson_request *request = session->request;

    if (session_exercise_fulfilled(session))
        return EXERCISE_SOLVED;
    return EXERCISE_OPEN |
           (request->hints < request->screen->hint_count ? EXERCISE_HINTS
                                                         : EXERCISE_NO_HINTS);
}

enum session_did session_exercise(struct session *session)
{
    struct exercise *exercise = &session->exercise;
    struct session_page page;

    if (exercise->screen != session->request->screen)
        *exercise = (struct exercise){ .screen = session->request->screen };
    session_page_begin(session, &page);
    write_editor(session, &page.text, true);
    if ((int)page.text.count + FRAME_ROWS > session->pages.height) {
        page_text_clear(&page.text);
        write_editor(session, &page.text, false);
    }
    session_page_note(session, &page);
    return session_page_ask(session, &page,
                            exercise->palette ? session_exercise_palette_keys
                                              : session_exercise_keys,
                            footer_state(session));
}
