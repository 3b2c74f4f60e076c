/*
 * edit.h -- the editor of a modify screen, without the screen.
 *
 * What is edited is shown as rows: the settings that are unlocked, then the
 * statements of the workload. A row has spots the cursor can be on:
 * a setting, a line, a step, a number; what the lesson does not unlock has no
 * spot. Every function that changes something returns whether it did, and
 * what it did can be undone.
 */
#ifndef CONCVIZ_LESSONS_EDIT_EDIT_H
#define CONCVIZ_LESSONS_EDIT_EDIT_H

#include <stdbool.h>
#include <stddef.h>

struct edit;
struct lesson_change;
struct lesson_settings;
struct strbuf;

enum edit_spot_kind {
    SPOT_SETTING,
    SPOT_LINE, /* the whole statement, to be moved up and down */
    SPOT_STEP,
    SPOT_NUMBER
};

struct edit_spot {
    enum edit_spot_kind kind;
    size_t start, length; /* bytes in the row's text */
    size_t step;          /* SPOT_STEP, SPOT_NUMBER: which step */
};

struct edit_row {
    const char *text;
    const char *choices; /* what a setting may be: "off 5-100"; else NULL */
    struct edit_spot *spot;
    size_t spot_count; /* 0: locked */
};

/* Begin with complete settings and a workload's text; change is borrowed. */
struct edit *edit_new(const struct lesson_change *change,
                      const struct lesson_settings *settings, const char *text);
void edit_free(struct edit *edit);

/* What is to be drawn; valid until the next change. */
size_t edit_rows(const struct edit *edit);
const struct edit_row *edit_row(const struct edit *edit, size_t row);

/* The spot the cursor is on, and its row; NULL if nothing is unlocked. */
const struct edit_spot *edit_cursor(const struct edit *edit, size_t *row);

/* Move the cursor: to another row with spots, or along this one. */
bool edit_go_row(struct edit *edit, int by);
bool edit_go_spot(struct edit *edit, int by);

/* +1, -1: change a number by a round step of its size, or the next choice of
 * a setting. On a step, its first number is meant: the cursor goes there. */
bool edit_add(struct edit *edit, int by);

/* Whether there is anything under the cursor that edit_add can change. */
bool edit_can_add(const struct edit *edit);

/* Type a digit into the number or the setting under the cursor: the first one
 * after the cursor has moved replaces it. 0 is off, where a GIL may be. */
bool edit_digit(struct edit *edit, int digit);

/* Move the step under the cursor along its line, or the line up or down. */
bool edit_shift_step(struct edit *edit, int by);
bool edit_shift_line(struct edit *edit, int by);

/* The steps that can be inserted here: count texts, valid until the next
 * change; 0: none. "by 100" goes on the cpu step at the cursor, "repeat 2"
 * around it. */
size_t edit_offers(struct edit *edit, const char *const **offer);
bool edit_insert(struct edit *edit, const char *offer);
bool edit_delete(struct edit *edit);

bool edit_undo(struct edit *edit);

/* Replace everything, as the solution does; can be undone. */
void edit_set(struct edit *edit, const struct lesson_settings *settings,
              const char *text);

/* What has been made: the workload's text, and complete settings. */
const char *edit_text(const struct edit *edit);
const struct lesson_settings *edit_settings(const struct edit *edit);

#endif
