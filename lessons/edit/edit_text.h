/*
 * edit_text.h -- one statement of a workload, cut into what can be edited.
 *
 * "task A B: repeat 2 (cpu 50, yield)" is the head "task A B", and the items
 * "repeat 2 (", "cpu 50", "yield", ")". A bracket is an item of its own, so
 * that moving and deleting need no tree.
 */
#ifndef CONCVIZ_LESSONS_EDIT_EDIT_TEXT_H
#define CONCVIZ_LESSONS_EDIT_EDIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct lesson_names;
struct strbuf;

struct statement {
    char *head; /* the whole line if it is no task */
    bool task;
    char **item; /* room for one more than item_count */
    size_t item_count;
};

struct statements {
    struct statement *statement;
    size_t count;
};

/* Cut text, which has been parsed as a workload before, in arena. */
struct statements statements_cut(struct arena *arena, const char *text);

/* Write them down again. */
void statements_write(struct strbuf *out, const struct statements *statements);

/* Append one; if start is not NULL, start[i] becomes where item i begins. */
void statement_write(struct strbuf *out, const struct statement *statement,
                     size_t *start);

bool item_opens(const char *item);  /* "repeat 2 (" */
bool item_closes(const char *item); /* ")" */

/* Whether every bracket has its other one. */
bool statement_balanced(const struct statement *statement);

/* Index of the bracket that belongs to the one at index; index if none. */
size_t statement_partner(const struct statement *statement, size_t index);

/* Whether all tasks the statement declares are among names. */
bool statement_named(const struct statement *statement,
                     const struct lesson_names *names);

/*
 * The next number in text from byte `from` on that is not part of a name or
 * a quoted text: gives its start; returns its length, 0 if there is none.
 */
size_t number_find(const char *text, size_t from, size_t *start);

#endif
