/*
 * edit_internal.h -- what edit.c and edit_change.c share.
 */
#ifndef CONCVIZ_LESSONS_EDIT_EDIT_INTERNAL_H
#define CONCVIZ_LESSONS_EDIT_EDIT_INTERNAL_H

#include "lessons/edit/edit.h"
#include "lessons/edit/edit_text.h"
#include "lessons/lesson.h"

enum {
    EDIT_SETTINGS = 4
};

struct edit_snapshot {
    char *text;
    struct lesson_settings settings;
    size_t row, spot;
};

struct edit {
    const struct lesson_change *change; /* borrowed */
    struct edit_snapshot now;
    struct edit_snapshot *past;
    size_t past_count, past_capacity;
    long typed; /* the next digit is appended to this; 0: nothing yet */

    /* Built from `now`; lives in the arena. */
    struct arena *arena;
    struct edit_statements statements;
    enum lesson_unlock setting[EDIT_SETTINGS]; /* of the first rows */
    size_t setting_count;
    struct edit_row *row;
    size_t row_count;
};

/* Build the rows from what the editor holds now. */
void edit_build(struct edit *edit);

/* Put what the editor holds now on the undo stack. */
void edit_remember(struct edit *edit);

/* The statements have been changed: make that the text. Returns true. */
bool edit_commit(struct edit *edit);

/* Go to the item before (by < 0) or after *at, one of count; false if there
 * is none. */
bool edit_next(size_t *at, int by, size_t count);

/* What may be done with a statement, as enum lesson_unlock bits. */
unsigned edit_rights(const struct edit *edit,
                     const struct edit_statement *statement);

#endif
