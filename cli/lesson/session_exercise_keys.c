#include <stdio.h>

#include "cli/lesson/session.h"
#include "cli/lesson/session_exercise.h"
#include "lessons/edit/edit.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

enum {
    ALL_THE_WAY = 1000 /* rows; a page scrolls no further than it must */
};

/* Say it below the checks; a small screen goes there. */
static void say_here(struct session *sitting, const char *text, bool bad)
{
    snprintf(sitting->editing.said, sizeof sitting->editing.said, "%s", text);
    sitting->editing.said_bad = bad;
    sitting->scroll = ALL_THE_WAY;
}

/* --- running -------------------------------------------------------------- */

bool session_exercise_fulfilled(const struct session *sitting,
                                const struct lesson_request *request)
{
    if (!sitting->editing.tried)
        return false;
    for (size_t i = 0; i < request->screen->predicate_count; i++)
        if (!request->fulfilled || !request->fulfilled[i])
            return false;
    return true;
}

/* The model judges; then it is really run and shown; then the checks. */
static void try_it(struct session *sitting)
{
    const struct lesson_request *request;
    struct lesson_settings settings;
    const struct workload *workload;
    struct diag diag;

    if (!lesson_run_try(sitting->run, &diag)) {
        say_here(sitting, diag.message, true);
        return;
    }
    workload = lesson_run_tried(sitting->run, &settings);
    if (workload)
        session_try(sitting, workload, &settings);
    sitting->editing.tried = true;
    request = lesson_run_request(sitting->run);
    if (session_exercise_fulfilled(sitting, request))
        say_here(sitting, _("Everything is fulfilled."), false);
    else
        say_here(sitting, _("Not yet. Change something and run it again."),
                 true);
}

static void run_or_go_on(struct session *sitting,
                         const struct lesson_request *request)
{
    if (session_exercise_fulfilled(sitting, request))
        lesson_run_next(sitting->run);
    else
        try_it(sitting);
}

/* --- hints ---------------------------------------------------------------- */

static void hint(struct session *sitting)
{
    sitting->scroll = ALL_THE_WAY;
    if (!lesson_run_hint(sitting->run))
        say_here(sitting, _("There are no more hints. s: the solution"), false);
}

static void solution(struct session *sitting)
{
    if (lesson_run_solution(sitting->run)) {
        sitting->editing.tried = false;
        say_here(sitting, _("This is a solution. Enter runs it."), false);
    } else {
        say_here(sitting, _("The solution comes after the last hint."), false);
    }
}

/* --- the palette ---------------------------------------------------------- */

static void palette_key(struct session *sitting, struct edit *edit,
                        uint32_t key)
{
    struct editing *editing = &sitting->editing;
    const char *const *offer;
    size_t count = edit_offers(edit, &offer);

    if (count && (key == TKEY_LEFT || key == TKEY_UP))
        editing->offer = (editing->offer + count - 1) % count;
    else if (count && (key == TKEY_RIGHT || key == TKEY_DOWN ||
                       key == TKEY_TAB || key == 'i'))
        editing->offer = (editing->offer + 1) % count;
    else if (key == TKEY_RESIZED)
        return;
    else if (key == STAGE_GONE)
        sitting->left = LEFT_QUIT;
    else if ((key == TKEY_ENTER || key == ' ') && editing->offer < count)
        editing->palette = !edit_insert(edit, offer[editing->offer]);
    else
        editing->palette = false;
    if (!editing->palette)
        editing->tried = false;
}

static void open_palette(struct session *sitting, struct edit *edit)
{
    const char *const *offer;

    if (edit_offers(edit, &offer) == 0) {
        say_here(sitting, _("Nothing can be inserted here."), true);
        return;
    }
    sitting->editing.palette = true;
    sitting->scroll = 0;
    sitting->editing.offer = 0;
}

/* --- the program ---------------------------------------------------------- */

static bool go(struct edit *edit, uint32_t key)
{
    switch (key) {
    case TKEY_LEFT:
        edit_go_spot(edit, -1);
        return true;
    case TKEY_RIGHT:
        edit_go_spot(edit, 1);
        return true;
    case TKEY_UP:
        edit_go_row(edit, -1);
        return true;
    case TKEY_DOWN:
        edit_go_row(edit, 1);
        return true;
    default:
        return false;
    }
}

/* A key that changes something; whether it was one is *known. Returns whether
 * something has changed. */
static bool change(struct edit *edit, uint32_t key, bool *known)
{
    *known = true;
    switch (key) {
    case '+':
    case '=':
        return edit_add(edit, 1);
    case '-':
    case '_':
        return edit_add(edit, -1);
    case TKEY_SHIFT_LEFT:
    case '<':
        return edit_shift_step(edit, -1);
    case TKEY_SHIFT_RIGHT:
    case '>':
        return edit_shift_step(edit, 1);
    case TKEY_SHIFT_UP:
    case '{':
        return edit_shift_line(edit, -1);
    case TKEY_SHIFT_DOWN:
    case '}':
        return edit_shift_line(edit, 1);
    case 'd':
    case TKEY_DELETE:
        return edit_delete(edit);
    case 'u':
        return edit_undo(edit);
    default:
        *known = key >= '0' && key <= '9';
        return *known && edit_digit(edit, (int)(key - '0'));
    }
}

/* Returns whether the key was one that edits. */
static bool edit_key(struct session *sitting, struct edit *edit, uint32_t key)
{
    bool known = false;

    if (go(edit, key)) {
        sitting->scroll = 0;
        return true;
    }
    if (change(edit, key, &known)) {
        sitting->scroll = 0;
        sitting->editing.tried = false;
        sitting->editing.said[0] = '\0';
        return true;
    }
    if (known)
        say_here(sitting, _("That cannot be changed here."), true);
    return known;
}

void session_exercise_key(struct session *sitting,
                          const struct lesson_request *request, uint32_t key)
{
    struct edit *edit = request->edit;

    if (sitting->editing.palette) {
        palette_key(sitting, edit, key);
        return;
    }
    if (key >= 'A' && key <= 'Z') /* Caps Lock is no mistake */
        key += 'a' - 'A';
    if (edit_key(sitting, edit, key))
        return;
    switch (key) {
    case TKEY_ENTER:
        run_or_go_on(sitting, request);
        break;
    case 'i':
    case TKEY_INSERT:
        open_palette(sitting, edit);
        break;
    case 'h':
        hint(sitting);
        break;
    case 's':
        solution(sitting);
        break;
    case TKEY_ESCAPE:
    case TKEY_PAGE_DOWN:
        lesson_run_next(sitting->run);
        break;
    case ' ':
        break;
    default:
        session_move(sitting, key);
        break;
    }
}
