/*
 * source.h -- the file of a lesson as lines, and what is wrong with them.
 *
 * Nothing in the file is trusted: each line is cleaned before anything looks
 * at it. Everything returned lives in the lesson's arena. One thread at a
 * time.
 */
#ifndef CONCVIZ_LESSONS_PARSE_SOURCE_H
#define CONCVIZ_LESSONS_PARSE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct diags;
struct lesson;
struct lesson_screen;

/* One line of the file, cleaned, without its end and the spaces there. */
struct source_line {
    const char *text;
    int number; /* in the file, from 1 */
    int indent; /* leading spaces */
};

/* Lines one after the other: what is below a heading, or the whole file. */
struct source_section {
    const struct source_line *line;
    size_t count;
};

/* What is passed on while a lesson is read. */
struct source {
    struct lesson *lesson;
    struct diags *diags;
    struct lesson_screen *screen; /* the one being read */
};

/* Cut length bytes of text into lines; lines that are too long are reported. */
struct source_section source_split(struct source *source, const char *text,
                                   size_t length);

/* Report a problem of the lesson; line and column count from 1. */
void source_problem(struct source *source, int line, int column,
                    const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Column of at, which points into the text of line. */
int source_column(const struct source_line *line, const char *at);

bool source_is_blank(const struct source_line *line);

/*
 * If line is "KEY: value" (KEY made of a-z and -), return where the value
 * begins and give the length of the key; else NULL.
 */
const char *source_key(const struct source_line *line, size_t *length);

/* Whether line is "KEY: …" with this key; gives the value. */
bool source_is(const struct source_line *line, const char *key,
               const char **value);

/*
 * The lines of section joined by \n, without blank lines at both ends; NULL
 * if none is left. *line becomes the line where the text begins. With column
 * the lines lose the indentation they have in common, and *column becomes the
 * column where the text begins.
 */
const char *source_text(struct source *source,
                        const struct source_section *section, int *line,
                        int *column);

#endif
