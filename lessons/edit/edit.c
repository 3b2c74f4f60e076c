/*
 * edit.c -- what can be done to a workload, and undone.
 *
 * The text of the workload is the truth. Every change cuts it into statements
 * (edit_text.h), changes those, writes a new text and builds the rows anew; the
 * old text, settings and cursor go on the undo stack. Texts are a few lines
 * long, so nothing cleverer is needed.
 */
#include "lessons/edit/edit_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

/* --- rows ----------------------------------------------------------------- */

static void setting_value(const struct edit *edit, enum lesson_unlock setting,
                          char *value, size_t size)
{
    const struct lesson_settings *settings = &edit->now.settings;

    if (setting == UNLOCK_MODE)
        snprintf(value, size, "%s", settings->mode);
    else if (setting == UNLOCK_MACHINES)
        snprintf(value, size, "%d", settings->machines);
    else if (setting == UNLOCK_SLICE)
        snprintf(value, size, "%lld",
                 (long long)(settings->slice_ns / NS_PER_MS));
    else if (settings->gil_ns == 0)
        snprintf(value, size, "off");
    else
        snprintf(value, size, "%lld",
                 (long long)(settings->gil_ns / NS_PER_MS));
}

static void build_setting(struct edit *edit, const char *word,
                          enum lesson_unlock setting)
{
    struct edit_row *row = &edit->row[edit->row_count];
    char value[32], text[64];

    if (!(edit->change->unlocked & setting))
        return;
    setting_value(edit, setting, value, sizeof value);
    snprintf(text, sizeof text, "%s: %s", word, value);
    row->text = arena_copy(edit->arena, text, strlen(text));
    row->spot = arena_alloc(edit->arena, sizeof *row->spot);
    row->spot[0] = (struct edit_spot){ SPOT_SETTING, strlen(word) + 2,
                                       strlen(value), 0 };
    row->spot_count = 1;
    edit->setting[edit->setting_count++] = setting;
    edit->row_count++;
}

/* What may be done with a statement, as enum lesson_unlock bits. */
unsigned edit_rights(const struct edit *edit, const struct statement *statement)
{
    const struct lesson_change *change = edit->change;
    unsigned all = UNLOCK_ORDER | UNLOCK_NUMBERS | UNLOCK_STEP_ORDER |
                   UNLOCK_STEPS;
    unsigned steps = UNLOCK_NUMBERS | UNLOCK_STEP_ORDER | UNLOCK_STEPS;
    unsigned granted = 0;

    if (!statement->task)
        return 0;
    if (change->unlocked & UNLOCK_ALL)
        return all;
    if (change->unlocked & UNLOCK_ORDER)
        granted |= UNLOCK_ORDER;
    if (statement_named(statement, &change->numbers))
        granted |= UNLOCK_NUMBERS;
    if (statement_named(statement, &change->step_order))
        granted |= UNLOCK_STEP_ORDER;
    if (statement_named(statement, &change->steps))
        granted |= steps;
    return granted;
}

static void add_spot(struct edit_row *row, enum edit_spot_kind kind,
                     size_t start, size_t length, size_t step)
{
    row->spot[row->spot_count++] = (struct edit_spot){ kind, start, length,
                                                       step };
}

static void add_numbers(struct edit_row *row, const char *item, size_t start,
                        size_t step)
{
    size_t at = 0, length;

    while ((length = number_find(item, at, &at)) > 0) {
        add_spot(row, SPOT_NUMBER, start + at, length, step);
        at += length;
    }
}

static void build_statement(struct edit *edit,
                            const struct statement *statement)
{
    struct edit_row *row = &edit->row[edit->row_count++];
    unsigned granted = edit_rights(edit, statement);
    size_t *start = xcalloc(statement->item_count, sizeof *start);
    struct strbuf text;

    strbuf_init(&text);
    statement_write(&text, statement, start);
    row->text = arena_copy(edit->arena, text.text, text.length);
    /* No more spots than bytes: each begins at a byte of its own, but for a
     * line and the step that stands first in it. */
    row->spot = arena_alloc(edit->arena, (text.length + 2) * sizeof *row->spot);
    if (granted & UNLOCK_ORDER)
        add_spot(row, SPOT_LINE, 0, strlen(statement->head), 0);
    for (size_t i = 0; i < statement->item_count; i++) {
        if (granted & UNLOCK_STEP_ORDER)
            add_spot(row, SPOT_STEP, start[i], strlen(statement->item[i]), i);
        if (granted & UNLOCK_NUMBERS)
            add_numbers(row, statement->item[i], start[i], i);
    }
    strbuf_fini(&text);
    free(start);
}

static void clamp_cursor(struct edit *edit)
{
    struct edit_snapshot *now = &edit->now;

    if (now->row >= edit->row_count)
        now->row = 0;
    for (size_t i = 0; i < edit->row_count; i++) {
        if (edit->row[now->row].spot_count > 0)
            break;
        now->row = (now->row + 1) % edit->row_count;
    }
    if (now->spot >= edit->row[now->row].spot_count)
        now->spot = edit->row[now->row].spot_count
                        ? edit->row[now->row].spot_count - 1
                        : 0;
}

void edit_build(struct edit *edit)
{
    arena_free(edit->arena);
    edit->arena = arena_new();
    edit->statements = statements_cut(edit->arena, edit->now.text);
    edit->row = arena_alloc(edit->arena,
                            (edit->statements.count + EDIT_SETTINGS) *
                                sizeof *edit->row);
    edit->row_count = 0;
    edit->setting_count = 0;
    build_setting(edit, "mode", UNLOCK_MODE);
    build_setting(edit, "machines", UNLOCK_MACHINES);
    build_setting(edit, "slice", UNLOCK_SLICE);
    build_setting(edit, "gil", UNLOCK_GIL);
    for (size_t i = 0; i < edit->statements.count; i++)
        build_statement(edit, &edit->statements.statement[i]);
    clamp_cursor(edit);
}

/* --- the past ------------------------------------------------------------- */

void edit_remember(struct edit *edit)
{
    edit->past = xgrow(edit->past, edit->past_count, &edit->past_capacity,
                       sizeof *edit->past);
    edit->past[edit->past_count] = edit->now;
    edit->past[edit->past_count++].text = xstrdup(edit->now.text);
}

bool edit_undo(struct edit *edit)
{
    if (edit->past_count == 0)
        return false;
    free(edit->now.text);
    edit->now = edit->past[--edit->past_count];
    edit->typing = false;
    edit_build(edit);
    return true;
}

/* The statements have been changed: make that the text. */
bool edit_commit(struct edit *edit)
{
    struct strbuf text;

    strbuf_init(&text);
    statements_write(&text, &edit->statements);
    free(edit->now.text);
    edit->now.text = text.text;
    edit_build(edit);
    return true;
}

struct edit *edit_new(const struct lesson_change *change,
                      const struct lesson_settings *settings, const char *text)
{
    struct edit *edit = xcalloc(1, sizeof *edit);

    edit->change = change;
    edit->now.text = xstrdup(text);
    edit->now.settings = *settings;
    edit_build(edit);
    return edit;
}

void edit_free(struct edit *edit)
{
    if (!edit)
        return;
    for (size_t i = 0; i < edit->past_count; i++)
        free(edit->past[i].text);
    free(edit->past);
    free(edit->now.text);
    arena_free(edit->arena);
    free(edit);
}

void edit_set(struct edit *edit, const struct lesson_settings *settings,
              const char *text)
{
    char *copy = xstrdup(text);

    edit_remember(edit);
    free(edit->now.text);
    edit->now.text = copy;
    edit->now.settings = *settings;
    edit->typing = false;
    edit_build(edit);
}

const char *edit_text(const struct edit *edit)
{
    return edit->now.text;
}

const struct lesson_settings *edit_settings(const struct edit *edit)
{
    return &edit->now.settings;
}

size_t edit_rows(const struct edit *edit)
{
    return edit->row_count;
}

const struct edit_row *edit_row(const struct edit *edit, size_t row)
{
    return &edit->row[row];
}

/* --- the cursor ----------------------------------------------------------- */

const struct edit_spot *edit_cursor(const struct edit *edit, size_t *row)
{
    if (edit->row_count == 0 || edit->row[edit->now.row].spot_count == 0)
        return NULL;
    *row = edit->now.row;
    return &edit->row[edit->now.row].spot[edit->now.spot];
}

bool edit_go_row(struct edit *edit, int by)
{
    size_t row = edit->now.row;

    edit->typing = false;
    for (;;) {
        if (by < 0 ? row == 0 : row + 1 >= edit->row_count)
            return false;
        row = by < 0 ? row - 1 : row + 1;
        if (edit->row[row].spot_count > 0)
            break;
    }
    edit->now.row = row;
    clamp_cursor(edit);
    return true;
}

bool edit_go_spot(struct edit *edit, int by)
{
    size_t row;

    edit->typing = false;
    if (!edit_cursor(edit, &row) || (by < 0 && edit->now.spot == 0) ||
        (by > 0 && edit->now.spot + 1 >= edit->row[row].spot_count))
        return false;
    edit->now.spot += by < 0 ? (size_t)-1 : 1;
    return true;
}
