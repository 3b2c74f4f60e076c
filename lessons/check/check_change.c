/*
 * check_change.c -- can a student reach the solution?
 *
 * Start and solution are cut into statements. A statement that is unlocked
 * may differ in what is unlocked: numbers, the order of its steps, or all of
 * its steps; everything else must be the same.
 */
#include <stdlib.h>
#include <string.h>

#include "lessons/check/check_internal.h"
#include "lessons/edit/edit_text.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

/* --- one statement -------------------------------------------------------- */

/* Whether two items are the same when their numbers are not looked at. */
static bool same_but_numbers(const char *a, const char *b)
{
    for (;;) {
        size_t start_a, start_b;
        size_t length_a = edit_text_number(a, 0, &start_a);
        size_t length_b = edit_text_number(b, 0, &start_b);

        if (length_a == 0 || length_b == 0)
            return strcmp(a, b) == 0;
        if (start_a != start_b || memcmp(a, b, start_a) != 0)
            return false;
        a += start_a + length_a;
        b += start_b + length_b;
    }
}

static bool same_items(const struct edit_statement *a,
                       const struct edit_statement *b, bool numbers)
{
    if (a->item_count != b->item_count)
        return false;
    for (size_t i = 0; i < a->item_count; i++)
        if (numbers ? !same_but_numbers(a->item[i], b->item[i])
                    : strcmp(a->item[i], b->item[i]) != 0)
            return false;
    return true;
}

/* Whether b has the items of a in any order. */
static bool same_set(const struct edit_statement *a,
                     const struct edit_statement *b)
{
    bool *taken = xcalloc(b->item_count, sizeof *taken);
    size_t found = 0;

    for (size_t i = 0; i < a->item_count; i++)
        for (size_t n = 0; n < b->item_count; n++)
            if (!taken[n] && strcmp(a->item[i], b->item[n]) == 0) {
                taken[n] = true;
                found++;
                break;
            }
    free(taken);
    return found == a->item_count && found == b->item_count;
}

static bool reachable(const struct lesson_change *change,
                      const struct edit_statement *start,
                      const struct edit_statement *solution)
{
    if (strcmp(start->head, solution->head) != 0)
        return false;
    if (start->task && (change->unlocked & UNLOCK_ALL))
        return true;
    if (edit_text_named(start, &change->steps) ||
        same_items(start, solution, false))
        return true;
    return (edit_text_named(start, &change->numbers) &&
            same_items(start, solution, true)) ||
           (edit_text_named(start, &change->step_order) &&
            same_set(start, solution));
}

/* --- all of them ---------------------------------------------------------- */

/* Which statement of the solution belongs to number index of the start: the
 * one in its place or, where the order is free, the one with its head. */
static const struct edit_statement *partner(
    const struct lesson_change *change, const struct edit_statements *solution,
    const struct edit_statement *start, size_t index)
{
    bool free_order = change->unlocked & (UNLOCK_ORDER | UNLOCK_ALL);

    for (size_t i = 0; i < solution->count && free_order; i++)
        if (strcmp(solution->statement[i].head, start->head) == 0)
            return &solution->statement[i];
    return &solution->statement[index];
}

static void check_text(struct lesson_check *check,
                       const struct lesson_screen *screen)
{
    struct arena *arena = arena_new();
    struct edit_statements start = edit_text_cut(
        arena, check->lesson->workload[screen->workload].text);
    struct edit_statements solution = edit_text_cut(arena, screen->solution);
    bool good = start.count == solution.count;

    for (size_t i = 0; i < start.count && good; i++)
        good = reachable(
            &screen->change, &start.statement[i],
            partner(&screen->change, &solution, &start.statement[i], i));
    if (!good)
        diags_add(check->diags, check->lesson->file, screen->solution_line,
                  screen->solution_column,
                  _("the solution changes what \"change:\" does not "
                    "unlock"));
    arena_free(arena);
}

/* Whether a setting is unlocked, and may have this value. */
static bool may_be(const struct lesson_change *change, enum lesson_unlock what,
                   int64_t value, struct lesson_range range)
{
    return (change->unlocked & what) && value >= range.min &&
           value <= range.max;
}

static bool has_mode(const struct lesson_names *modes, const char *mode)
{
    for (size_t i = 0; i < modes->count; i++)
        if (modes->name[i] == mode)
            return true;
    return false;
}

/* Whether the editor can make the settings of the end out of those of the
 * start. */
static bool can_be_set(const struct lesson_change *change,
                       struct lesson_settings start,
                       const struct lesson_settings *end)
{
    if (has_mode(&change->modes, end->mode))
        start.mode = end->mode;
    if (may_be(change, UNLOCK_MACHINES, end->machines, change->machines))
        start.machines = end->machines;
    if (may_be(change, UNLOCK_SLICE, end->slice_ns / NS_PER_MS, change->slice))
        start.slice_ns = end->slice_ns;
    if (may_be(change, UNLOCK_GIL, end->gil_ns / NS_PER_MS, change->gil) ||
        (end->gil_ns == 0 && change->gil_off))
        start.gil_ns = end->gil_ns;
    return lesson_settings_same(&start, end);
}

void check_change(struct lesson_check *check)
{
    for (size_t i = 0; i < check->lesson->screen_count; i++) {
        const struct lesson_screen *screen = &check->lesson->screen[i];
        struct lesson_settings start, end;

        if (screen->kind != LESSON_MODIFY)
            continue;
        start = lesson_run_screen(check->lesson, screen->run)->settings;
        end = start;
        lesson_settings_apply(&end, &screen->settings);
        lesson_settings_complete(&start);
        lesson_settings_complete(&end);
        if (!can_be_set(&screen->change, start, &end))
            diags_add(check->diags, check->lesson->file, screen->line, 1,
                      _("the solution needs a setting that \"change:\" "
                        "does not unlock"));
        if (screen->solution)
            check_text(check, screen);
    }
}
