/*
 * edit_change.c -- numbers, settings, steps and lines, changed one at a time.
 */
#include <stdlib.h>
#include <string.h>

#include "lessons/edit/edit_internal.h"
#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

enum {
    NUMBER_MAX = 99999
};

/* The statement the cursor is in, or NULL. */
static struct edit_statement *current(struct edit *edit,
                                      const struct edit_spot **spot)
{
    size_t row;

    *spot = edit_cursor(edit, &row);
    if (!*spot || row < edit->setting_count)
        return NULL;
    return &edit->statements.statement[row - edit->setting_count];
}

/* Put the cursor on a step of its row, if it can be there. */
static void go_to_step(struct edit *edit, size_t step)
{
    const struct edit_row *row = &edit->row[edit->now.row];

    for (size_t i = 0; i < row->spot_count; i++)
        if (row->spot[i].kind == SPOT_STEP && row->spot[i].step == step)
            edit->now.spot = i;
}

/* --- numbers and settings ------------------------------------------------- */

/* The next number above or below that is round for its size. */
static long next_round(long number, int by)
{
    long size = by > 0 ? number : number - 1;
    long grain = size < 20 ? 1 : size < 100 ? 5 : size < 1000 ? 10 : 100;

    if (by > 0)
        return (number / grain + 1) * grain;
    return (number - 1) / grain * grain;
}

static int bounded(long number, struct lesson_range range)
{
    return number < range.min   ? range.min
           : number > range.max ? range.max
                                : (int)number;
}

static const char *next_mode(const struct lesson_change *change,
                             const char *mode, int by)
{
    const struct lesson_names *modes = &change->modes;
    size_t at = 0;

    while (at < modes->count && strcmp(modes->name[at], mode) != 0)
        at++;
    if (at == modes->count)
        return modes->name[0];
    return modes->name[(at + (by > 0 ? 1 : modes->count - 1)) % modes->count];
}

/* Off is below the smallest value. */
static int next_gil(const struct lesson_change *change, long ms, int by)
{
    if (ms == 0)
        return by > 0 ? change->gil.min : 0;
    if (by < 0 && ms <= change->gil.min && change->gil_off)
        return 0;
    return bounded(next_round(ms, by), change->gil);
}

static void add_setting(const struct lesson_change *change,
                        enum lesson_unlock setting, int by,
                        struct lesson_settings *settings)
{
    long slice_ms = (long)(settings->slice_ns / NS_PER_MS);
    long gil_ms = (long)(settings->gil_ns / NS_PER_MS);

    if (setting == UNLOCK_MODE)
        settings->mode = next_mode(change, settings->mode, by);
    else if (setting == UNLOCK_MACHINES)
        settings->machines = bounded(settings->machines + by, change->machines);
    else if (setting == UNLOCK_SLICE)
        settings->slice_ns = NS_PER_MS *
                             bounded(next_round(slice_ms, by), change->slice);
    else
        settings->gil_ns = NS_PER_MS * next_gil(change, gil_ms, by);
}

/* Returns whether the settings are others than before. */
static bool set(struct edit *edit, const struct lesson_settings *settings)
{
    if (lesson_settings_same(settings, &edit->now.settings))
        return false;
    edit_remember(edit);
    edit->now.settings = *settings;
    edit_build(edit);
    return true;
}

static bool change_setting(struct edit *edit, int by)
{
    struct lesson_settings settings = edit->now.settings;

    add_setting(edit->change, edit->setting[edit->now.row], by, &settings);
    return set(edit, &settings);
}

/* Write number in the place of the one under the cursor. */
static bool put_number(struct edit *edit, long number)
{
    const struct edit_spot *spot;
    struct edit_statement *statement = current(edit, &spot);
    const char *row = edit->row[edit->now.row].text;
    struct strbuf text;

    strbuf_init(&text);
    strbuf_addf(&text, "%.*s%ld%s", (int)spot->start, row, number,
                row + spot->start + spot->length);
    edit_remember(edit);
    *statement = *edit_text_cut(edit->arena, text.text).statement;
    strbuf_fini(&text);
    return edit_commit(edit);
}

/* The spot that + and digits are about: on a step its first number, for on
 * "cpu 100" a student means the 100; else the cursor itself. */
static const struct edit_spot *meant(const struct edit *edit, size_t *row)
{
    const struct edit_spot *spot = edit_cursor(edit, row);

    for (size_t i = 0; spot && i < edit->row[*row].spot_count; i++) {
        const struct edit_spot *other = &edit->row[*row].spot[i];

        if (spot->kind == SPOT_STEP && other->kind == SPOT_NUMBER &&
            other->step == spot->step)
            return other;
    }
    return spot;
}

bool edit_can_add(const struct edit *edit)
{
    size_t row;
    const struct edit_spot *spot = meant(edit, &row);

    return spot && (spot->kind == SPOT_NUMBER || spot->kind == SPOT_SETTING);
}

/* The same, where the cursor goes with it. */
static const struct edit_spot *go_to_meant(struct edit *edit, size_t *row)
{
    const struct edit_spot *spot = meant(edit, row);

    if (spot)
        edit->now.spot = (size_t)(spot - edit->row[*row].spot);
    return spot;
}

bool edit_add(struct edit *edit, int by)
{
    size_t row;
    const struct edit_spot *spot = go_to_meant(edit, &row);
    long number, next;

    edit->typed = 0;
    if (!spot)
        return false;
    if (spot->kind == SPOT_SETTING)
        return change_setting(edit, by);
    if (spot->kind != SPOT_NUMBER)
        return false;
    number = strtol(edit->row[row].text + spot->start, NULL, 10);
    next = bounded(next_round(number, by),
                   (struct lesson_range){ 1, NUMBER_MAX });
    return next != number && put_number(edit, next);
}

/* A digit of a setting. What has been typed so far may still be too small: the
 * setting is then the smallest value, until the next digit. */
static bool type_setting(struct edit *edit, int digit)
{
    enum lesson_unlock setting = edit->setting[edit->now.row];
    const struct lesson_change *change = edit->change;
    const struct lesson_range range = setting == UNLOCK_MACHINES
                                          ? change->machines
                                      : setting == UNLOCK_SLICE ? change->slice
                                                                : change->gil;
    struct lesson_settings settings = edit->now.settings;
    long number = edit->typed * 10 + digit;

    if (number > range.max)
        number = digit;
    if (setting == UNLOCK_MODE ||
        (number == 0 && !(setting == UNLOCK_GIL && change->gil_off)))
        return false;
    edit->typed = number;
    if (setting == UNLOCK_MACHINES)
        settings.machines = bounded(number, range);
    else if (setting == UNLOCK_SLICE)
        settings.slice_ns = NS_PER_MS * bounded(number, range);
    else
        settings.gil_ns = number ? NS_PER_MS * bounded(number, range) : 0;
    set(edit, &settings);
    return true;
}

bool edit_digit(struct edit *edit, int digit)
{
    size_t row;
    const struct edit_spot *spot = go_to_meant(edit, &row);
    long number = edit->typed * 10 + digit;

    if (spot && spot->kind == SPOT_SETTING)
        return type_setting(edit, digit);
    if (!spot || spot->kind != SPOT_NUMBER || number < 1 || number > NUMBER_MAX)
        return false;
    edit->typed = number;
    return put_number(edit, number);
}

/* --- steps and lines ------------------------------------------------------ */

static bool may(struct edit *edit, const struct edit_statement *statement,
                unsigned right)
{
    return statement && (edit_rights(edit, statement) & right);
}

static void swap_items(struct edit_statement *statement, size_t a, size_t b)
{
    const char *item = statement->item[a];

    statement->item[a] = statement->item[b];
    statement->item[b] = item;
}

bool edit_shift_step(struct edit *edit, int by)
{
    const struct edit_spot *spot;
    struct edit_statement *statement = current(edit, &spot);
    size_t from, to;

    if (!may(edit, statement, UNLOCK_STEP_ORDER) || spot->kind == SPOT_LINE)
        return false;
    from = to = spot->step;
    if (!edit_next(&to, by, statement->item_count))
        return false;
    swap_items(statement, from, to);
    if (!edit_text_balanced(statement)) {
        swap_items(statement, from, to);
        return false;
    }
    edit_remember(edit);
    edit_commit(edit);
    go_to_step(edit, to);
    return true;
}

bool edit_shift_line(struct edit *edit, int by)
{
    const struct edit_spot *spot;
    struct edit_statement *statement = current(edit, &spot), *other, moved;
    size_t to = edit->now.row - edit->setting_count;

    if (!may(edit, statement, UNLOCK_ORDER) ||
        !edit_next(&to, by, edit->statements.count))
        return false;
    other = &edit->statements.statement[to];
    if (!other->task)
        return false;
    edit_remember(edit);
    moved = *statement;
    *statement = *other;
    *other = moved;
    edit->now.row = edit->setting_count + to;
    return edit_commit(edit);
}

/* Offers that change the step at the cursor. */
static bool needs_step(const char *offer)
{
    return strncmp(offer, "by ", 3) == 0 || strncmp(offer, "repeat ", 7) == 0;
}

/* What edit_offers returns, growing. */
struct offers {
    struct arena *arena;
    const char **text;
    size_t count;
};

static void add_offer(struct offers *offers, const char *text)
{
    for (size_t i = 0; i < offers->count; i++)
        if (strcmp(offers->text[i], text) == 0)
            return;
    offers->text = arena_grow(offers->arena, offers->text, offers->count,
                              sizeof text);
    offers->text[offers->count++] = text;
}

/* The steps the workload has already. */
static void offer_items(struct offers *offers,
                        const struct edit_statement *statement)
{
    for (size_t i = 0; i < statement->item_count; i++)
        if (!edit_text_opens(statement->item[i]) &&
            !edit_text_closes(statement->item[i]))
            add_offer(offers, statement->item[i]);
}

size_t edit_offers(struct edit *edit, const char *const **offer)
{
    static const char *const always[] = { "cpu 100",  "yield",  "sleep 100",
                                          "repeat 2", "lock m", "unlock m" };
    struct offers offers = { edit->arena, NULL, 0 };
    const struct edit_spot *spot;
    const struct edit_statement *here = current(edit, &spot);
    bool on_step;

    if (!may(edit, here, UNLOCK_STEPS))
        return 0;
    on_step = spot->kind != SPOT_LINE;
    if (on_step && strncmp(here->item[spot->step], "cpu ", 4) == 0 &&
        !strstr(here->item[spot->step], " by "))
        add_offer(&offers, "by 100");
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (on_step || !needs_step(always[i]))
            add_offer(&offers, always[i]);
    for (size_t i = 0; i < edit->statements.count; i++)
        offer_items(&offers, &edit->statements.statement[i]);
    *offer = offers.text;
    return offers.count;
}

/* Put text in front of item index. */
static void put_item(struct edit *edit, struct edit_statement *statement,
                     size_t index, const char *text)
{
    statement->item = arena_grow(edit->arena, statement->item,
                                 statement->item_count,
                                 sizeof *statement->item);
    memmove(statement->item + index + 1, statement->item + index,
            (statement->item_count - index) * sizeof *statement->item);
    statement->item[index] = arena_copy(edit->arena, text, strlen(text));
    statement->item_count++;
}

static void append_by(struct edit *edit, const char **item, const char *offer)
{
    struct strbuf text;

    strbuf_init(&text);
    strbuf_addf(&text, "%s %s", *item, offer);
    *item = arena_copy(edit->arena, text.text, text.length);
    strbuf_fini(&text);
}

bool edit_insert(struct edit *edit, const char *offer)
{
    const struct edit_spot *spot;
    struct edit_statement *statement = current(edit, &spot);
    bool on_step;
    size_t at;

    if (!may(edit, statement, UNLOCK_STEPS))
        return false;
    on_step = spot->kind != SPOT_LINE;
    if (!on_step && needs_step(offer))
        return false;
    at = spot->step + on_step;
    edit_remember(edit);
    if (strncmp(offer, "by ", 3) == 0) {
        append_by(edit, &statement->item[spot->step], offer);
        at--;
    } else if (strncmp(offer, "repeat ", 7) == 0) {
        size_t partner = edit_text_partner(statement, spot->step);
        size_t last = partner > spot->step ? partner : spot->step;

        at = partner < spot->step ? partner : spot->step;
        put_item(edit, statement, last + 1, ")");
        put_item(edit, statement, at, "repeat 2 (");
    } else {
        put_item(edit, statement, at, offer);
    }
    edit_commit(edit);
    go_to_step(edit, at);
    return true;
}

static void take_item(struct edit_statement *statement, size_t index)
{
    statement->item_count--;
    memmove(statement->item + index, statement->item + index + 1,
            (statement->item_count - index) * sizeof *statement->item);
}

bool edit_delete(struct edit *edit)
{
    const struct edit_spot *spot;
    struct edit_statement *statement = current(edit, &spot);
    size_t step, partner;

    if (!may(edit, statement, UNLOCK_STEPS) || spot->kind == SPOT_LINE ||
        statement->item_count < 2)
        return false;
    step = spot->step;
    partner = edit_text_partner(statement, step);
    edit_remember(edit);
    take_item(statement, partner > step ? partner : step);
    if (partner != step)
        take_item(statement, partner < step ? partner : step);
    if (!edit_text_balanced(statement)) { /* an empty repeat was left */
        edit_build(edit);
        edit_undo(edit);
        return false;
    }
    edit_commit(edit);
    return true;
}
