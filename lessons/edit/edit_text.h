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

struct edit_statement {
    const char *head; /* the whole line if it is not a task */
    bool task;
    const char **item; /* made with arena_grow */
    size_t item_count;
};

struct edit_statements {
    struct edit_statement *statement;
    size_t count;
};

/* Cut text, which has been parsed as a workload before, in arena. */
struct edit_statements edit_text_cut(struct arena *arena, const char *text);

/* Append the head of a statement; append one item, with what separates it
 * from what is before it, and return where it begins in out. */
void edit_text_head(struct strbuf *out, const struct edit_statement *statement);
size_t edit_text_item(struct strbuf *out,
                      const struct edit_statement *statement, size_t index);

/* Append all statements, each on a line of its own. */
void edit_text_write(struct strbuf *out,
                     const struct edit_statements *statements);

bool edit_text_opens(const char *item);  /* "repeat 2 (" */
bool edit_text_closes(const char *item); /* ")" */

/* Whether every bracket has its other one. */
bool edit_text_balanced(const struct edit_statement *statement);

/* Index of the bracket that belongs to the one at index; index if none. */
size_t edit_text_partner(const struct edit_statement *statement, size_t index);

/* Whether all tasks the statement declares are among names. */
bool edit_text_named(const struct edit_statement *statement,
                     const struct lesson_names *names);

/*
 * The next number in text from byte `from` on that is not part of a name or
 * a quoted text: gives its start; returns its length, 0 if there is none.
 */
size_t edit_text_number(const char *text, size_t from, size_t *start);

#endif
