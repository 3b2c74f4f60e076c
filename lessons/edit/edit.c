/*
 * edit.c -- what can be done to a workload, and undone.
 *
 * The text of the workload is the truth. Every change cuts it into statements
 * (edit_text.h), changes those, writes a new text and builds the rows again;
 * the old text, settings and cursor go on the undo stack. Texts are a few lines
 * long, so nothing cleverer is needed.
 */
#include "lessons/edit/edit_internal.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

/* --- rows ----------------------------------------------------------------- */

static void add_spot(struct edit *edit, struct edit_row *row,
                     struct edit_spot spot)
{
    row->spot = arena_grow(edit->arena, row->spot, row->spot_count,
                           sizeof spot);
    row->spot[row->spot_count++] = spot;
}

static void print_setting(struct strbuf *out, enum lesson_unlock setting,
                          const struct lesson_settings *settings)
{
    int64_t ns = setting == UNLOCK_SLICE ? settings->slice_ns
                                         : settings->gil_ns;

    if (setting == UNLOCK_MODE)
        strbuf_adds(out, settings->mode);
    else if (setting == UNLOCK_MACHINES)
        strbuf_addf(out, "%d", settings->machines);
    else if (setting == UNLOCK_GIL && ns == 0)
        strbuf_adds(out, "off");
    else
        strbuf_addf(out, "%d", (int)(ns / NS_PER_MS));
}

static void print_choices(struct strbuf *out, enum lesson_unlock setting,
                          const struct lesson_change *change)
{
    const struct lesson_range *range = setting == UNLOCK_MACHINES
                                           ? &change->machines
                                       : setting == UNLOCK_SLICE
                                           ? &change->slice
                                           : &change->gil;

    if (setting != UNLOCK_MODE)
        strbuf_addf(out, "%s%d-%d",
                    setting == UNLOCK_GIL && change->gil_off ? "off " : "",
                    range->min, range->max);
    for (size_t i = 0; setting == UNLOCK_MODE && i < change->modes.count; i++)
        strbuf_addf(out, "%s%s", i ? " " : "", change->modes.name[i]);
}

static void build_setting(struct edit *edit, const char *word,
                          enum lesson_unlock setting)
{
    struct edit_row *row = &edit->row[edit->row_count];
    size_t start = strlen(word) + 2;
    struct strbuf text;

    if (!(edit->change->unlocked & setting))
        return;
    strbuf_init(&text);
    strbuf_addf(&text, "%s: ", word);
    print_setting(&text, setting, &edit->now.settings);
    row->text = arena_copy(edit->arena, text.text, text.length);
    add_spot(edit, row,
             (struct edit_spot){ SPOT_SETTING, start, text.length - start, 0 });
    strbuf_clear(&text);
    print_choices(&text, setting, edit->change);
    row->choices = arena_copy(edit->arena, text.text, text.length);
    strbuf_fini(&text);
    edit->setting[edit->setting_count++] = setting;
    edit->row_count++;
}

unsigned edit_rights(const struct edit *edit,
                     const struct edit_statement *statement)
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
    if (edit_text_named(statement, &change->numbers))
        granted |= UNLOCK_NUMBERS;
    if (edit_text_named(statement, &change->step_order))
        granted |= UNLOCK_STEP_ORDER;
    if (edit_text_named(statement, &change->steps))
        granted |= steps;
    return granted;
}

static void build_statement(struct edit *edit,
                            const struct edit_statement *statement)
{
    struct edit_row *row = &edit->row[edit->row_count++];
    unsigned granted = edit_rights(edit, statement);
    struct strbuf text;

    strbuf_init(&text);
    edit_text_head(&text, statement);
    if (granted & UNLOCK_ORDER)
        add_spot(
            edit, row,
            (struct edit_spot){ SPOT_LINE, 0, strlen(statement->head), 0 });
    for (size_t i = 0; i < statement->item_count; i++) {
        const char *item = statement->item[i];
        size_t start = edit_text_item(&text, statement, i), at = 0, length;

        if (granted & UNLOCK_STEP_ORDER)
            add_spot(edit, row,
                     (struct edit_spot){ SPOT_STEP, start, strlen(item), i });
        if (!(granted & UNLOCK_NUMBERS))
            continue;
        for (; (length = edit_text_number(item, at, &at)) > 0; at += length)
            add_spot(edit, row,
                     (struct edit_spot){ SPOT_NUMBER, start + at, length, i });
    }
    row->text = arena_copy(edit->arena, text.text, text.length);
    strbuf_fini(&text);
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
    edit->statements = edit_text_cut(edit->arena, edit->now.text);
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
    edit->typed = 0;
    edit_build(edit);
    return true;
}

bool edit_commit(struct edit *edit)
{
    struct strbuf text;

    strbuf_init(&text);
    edit_text_write(&text, &edit->statements);
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
    edit->typed = 0;
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

bool edit_next(size_t *at, int by, size_t count)
{
    if (by < 0 ? *at == 0 : *at + 1 >= count)
        return false;
    *at = by < 0 ? *at - 1 : *at + 1;
    return true;
}

bool edit_go_row(struct edit *edit, int by)
{
    size_t row = edit->now.row;

    edit->typed = 0;
    do
        if (!edit_next(&row, by, edit->row_count))
            return false;
    while (edit->row[row].spot_count == 0);
    edit->now.row = row;
    clamp_cursor(edit);
    return true;
}

bool edit_go_spot(struct edit *edit, int by)
{
    size_t row;

    edit->typed = 0;
    return edit_cursor(edit, &row) &&
           edit_next(&edit->now.spot, by, edit->row[row].spot_count);
}
