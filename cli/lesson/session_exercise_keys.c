/*
 * session_exercise_keys.c -- what keys do to an exercise.
 *
 * Three tables: while steps to insert are offered, all keys belong to that
 * palette; else some keys belong to the exercise, and the others edit. Those
 * are listed on the page itself, since they depend on where the cursor is.
 */
#include <stdio.h>

#include "cli/lesson/session_internal.h"
#include "lessons/edit/edit.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

enum {
    ALL_THE_WAY = 1000 /* rows; a page scrolls no further than it must */
};

/* Say it below the checks, and scroll a small screen there. */
static void say_here(struct session *session, const char *text, bool bad)
{
    snprintf(session->exercise.said, sizeof session->exercise.said, "%s", text);
    session->exercise.said_bad = bad;
    session->scroll = ALL_THE_WAY;
}

/* --- trying --------------------------------------------------------------- */

bool session_exercise_fulfilled(const struct session *session)
{
    const struct lesson_request *request = session->request;

    if (!session->exercise.tried || !request->fulfilled)
        return false;
    for (size_t i = 0; i < request->screen->predicate_count; i++)
        if (!request->fulfilled[i])
            return false;
    return true;
}

/* The model judges; then it is really run and shown; then the checks. */
static void try_it(struct session *session)
{
    struct lesson_settings settings;
    struct diag diag;

    if (!lesson_run_try(session->run, &diag)) {
        say_here(session, diag.message, true);
        return;
    }
    session->did = session_run_try(
        session, lesson_run_tried(session->run, &settings), &settings);
    session->exercise.tried = true;
    session->request = lesson_run_request(session->run);
    if (session_exercise_fulfilled(session))
        say_here(session, _("Everything is fulfilled."), false);
    else
        say_here(session, _("Not yet. Change something and run it again."),
                 true);
}

static void try_or_go_on(void *screen, int did)
{
    struct session *session = screen;

    if (session_exercise_fulfilled(session))
        session_page_leave(session, did);
    else
        try_it(session);
}

/* --- hints ---------------------------------------------------------------- */

static void hint(void *screen, int by)
{
    struct session *session = screen;

    (void)by;
    session->scroll = ALL_THE_WAY;
    if (!lesson_run_hint(session->run))
        say_here(session, _("There are no more hints. s: the solution"), false);
}

static void solution(void *screen, int by)
{
    struct session *session = screen;

    (void)by;
    if (lesson_run_solution(session->run)) {
        session->exercise.tried = false;
        say_here(session, _("This is a solution. Enter runs it."), false);
    } else {
        say_here(session, _("The solution comes after the last hint."), false);
    }
}

/* --- the palette ---------------------------------------------------------- */

static void open_palette(void *screen, int by)
{
    struct session *session = screen;
    const char *const *offer;

    (void)by;
    if (edit_offers(session->request->edit, &offer) == 0) {
        say_here(session, _("Nothing can be inserted here."), true);
        return;
    }
    session->exercise.palette = true;
    session->exercise.offer = 0;
    session->scroll = 0;
}

static void close_palette(void *screen, int by)
{
    struct session *session = screen;

    (void)by;
    session->exercise.palette = false;
    session->exercise.tried = false;
}

static void choose_offer(void *screen, int by)
{
    struct session *session = screen;
    struct exercise *exercise = &session->exercise;
    const char *const *offer;
    int count = (int)edit_offers(session->request->edit, &offer);

    if (count > 0)
        exercise->offer = (size_t)(((int)exercise->offer + count + by) % count);
}

static void insert_offer(void *screen, int by)
{
    struct session *session = screen;
    const char *const *offer;
    size_t count = edit_offers(session->request->edit, &offer);
    size_t chosen = session->exercise.offer;

    if (chosen >= count || edit_insert(session->request->edit, offer[chosen]))
        close_palette(session, by);
}

const struct key_binding session_exercise_palette_keys[] = {
    { KEYS(TKEY_LEFT, TKEY_UP), ACT(choose_offer, -1), HELP(N_("choose")),
      .keys = "←→", FOOTER(N_("choose"), PAGE_VIEW_FOOTER, 0), .label = "←→" },
    { KEYS(TKEY_RIGHT, TKEY_DOWN, TKEY_TAB, 'i'), ACT(choose_offer, 1) },
    { KEYS(TKEY_ENTER, ' '), ACT(insert_offer, 0), HELP(N_("insert")),
      FOOTER(N_("insert"), PAGE_VIEW_FOOTER, 0) },
    { KEYS(TKEY_ESCAPE), ACT(close_palette, 0), HELP(N_("close")),
      FOOTER(N_("close"), PAGE_VIEW_FOOTER, 0) },
    { KEYS(1), .last = TKEY_END, ACT(close_palette, 0) }, /* any other */
    { KEYS_END },
};

/* --- the program ---------------------------------------------------------- */

static struct edit *edit_of(void *screen)
{
    struct session *session = screen;

    session->scroll = 0; /* what is edited must be visible */
    return session->request->edit;
}

static void go_spot(void *screen, int by)
{
    edit_go_spot(edit_of(screen), by);
}

static void go_row(void *screen, int by)
{
    edit_go_row(edit_of(screen), by);
}

/* After a key that edits: what was tried is no longer what is there. Where
 * nothing was changed, why says so. */
static void changed(struct session *session, bool anything, const char *why)
{
    if (!anything) {
        say_here(session, why, true);
        return;
    }
    session->exercise.tried = false;
    session->exercise.said[0] = '\0';
}

static const char *locked(void)
{
    return _("That cannot be changed here.");
}

/* Why there is no other number: none is here, or this one is at its limit. */
static const char *stuck(struct edit *edit)
{
    return edit_can_add(edit) ? _("It cannot go any further.")
                              : _("There is no number here. ←→: to the next");
}

static void add(void *screen, int by)
{
    struct edit *edit = edit_of(screen);

    changed(screen, edit_add(edit, by), stuck(edit));
}

static void type_digit(void *screen, int digit)
{
    struct edit *edit = edit_of(screen);

    changed(screen, edit_digit(edit, digit), stuck(edit));
}

static void shift_step(void *screen, int by)
{
    changed(screen, edit_shift_step(edit_of(screen), by), locked());
}

static void shift_line(void *screen, int by)
{
    changed(screen, edit_shift_line(edit_of(screen), by), locked());
}

static void delete_step(void *screen, int by)
{
    (void)by;
    changed(screen, edit_delete(edit_of(screen)), locked());
}

static void undo(void *screen, int by)
{
    (void)by;
    changed(screen, edit_undo(edit_of(screen)), locked());
}

const struct key_binding session_exercise_edit_keys[] = {
    { KEYS('+', '='), ACT(add, 1), HELP(N_("more or less; the next choice")),
      .keys = "+ -", FOOTER(N_("change"), EXERCISE_AT_VALUE, 0),
      .label = "+-" },
    { KEYS('-', '_'), ACT(add, -1) },
    { KEYS('0'), .last = '9', ACT(type_digit, 0), HELP(N_("type a number")),
      .keys = "0-9", FOOTER(N_("type"), EXERCISE_AT_VALUE, 0), .label = "0-9" },
    { KEYS(TKEY_SHIFT_LEFT, '<'), ACT(shift_step, -1), HELP(N_("move a step")),
      .keys = "Shift-←→ < >", FOOTER(N_("move"), EXERCISE_AT_STEP, 0),
      .label = "Shift-←→" },
    { KEYS(TKEY_SHIFT_RIGHT, '>'), ACT(shift_step, 1) },
    { KEYS(TKEY_SHIFT_UP, '{'), ACT(shift_line, -1), HELP(N_("move a line")),
      .keys = "Shift-↑↓ { }", FOOTER(N_("move"), EXERCISE_AT_LINE, 0),
      .label = "Shift-↑↓" },
    { KEYS(TKEY_SHIFT_DOWN, '}'), ACT(shift_line, 1) },
    { KEYS('i', TKEY_INSERT), ACT(open_palette, 0), HELP(N_("insert a step")),
      FOOTER(N_("insert"), EXERCISE_MAY_INSERT, 0) },
    { KEYS('d', TKEY_DELETE), ACT(delete_step, 0), HELP(N_("delete a step")),
      FOOTER(N_("delete"), EXERCISE_MAY_DELETE, 0) },
    { KEYS('u'), ACT(undo, 0), HELP(N_("undo")),
      FOOTER(N_("undo"), EXERCISE_AT_SPOT, 0) },
    { KEYS_GO_ON(session_page_keys) },
};

const struct key_binding session_exercise_keys[] = {
    { KEYS(TKEY_ENTER), ACT(try_or_go_on, DID_GO_ON), HELP(N_("run it")),
      FOOTER(N_("run"), EXERCISE_OPEN, 0) },
    { FOOTER(N_("go on"), EXERCISE_SOLVED, 0), .label = "Enter" },
    { KEYS(TKEY_LEFT), ACT(go_spot, -1),
      HELP(N_("choose a step, a number, a line")), .keys = "←→↑↓",
      FOOTER(N_("choose"), PAGE_VIEW_FOOTER, 1), .label = "←→↑↓" },
    { KEYS(TKEY_RIGHT), ACT(go_spot, 1) },
    { KEYS(TKEY_UP), ACT(go_row, -1) },
    { KEYS(TKEY_DOWN), ACT(go_row, 1) },
    { KEYS('h'), ACT(hint, 0), HELP(N_("a hint")),
      FOOTER(N_("hint"), EXERCISE_HINTS, 2) },
    { KEYS('s'), ACT(solution, 0),
      HELP(N_("the solution, after the last hint")),
      FOOTER(N_("solution"), EXERCISE_NO_HINTS, 2) },
    { KEYS('n', TKEY_PAGE_DOWN), ACT(session_page_leave, DID_GO_ON),
      HELP(N_("go on")), FOOTER(N_("go on"), EXERCISE_OPEN, 3) },
    { KEYS(' '), ACT(session_page_leave, 0) }, /* does nothing */
    { KEYS_GO_ON(session_exercise_edit_keys) },
};
