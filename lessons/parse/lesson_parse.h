/*
 * lesson_parse.h -- what the parts of the lesson parser share.
 *
 * lesson_parse.c cuts the file into lines and sections, lesson_screen.c reads
 * a section, lesson_settings.c its settings and what a modify screen unlocks,
 * lesson_resolve.c then looks up everything that speaks of something else.
 */
#ifndef CONCVIZ_LESSONS_PARSE_LESSON_PARSE_H
#define CONCVIZ_LESSONS_PARSE_LESSON_PARSE_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct diags;
struct lesson;
struct lesson_change;
struct lesson_screen;
struct lesson_settings;

/* One line of the file, cleaned, without its end. */
struct line {
    const char *text;
    int number;
    int indent; /* leading spaces */
};

struct parser {
    struct lesson *lesson;
    struct diags *diags;
};

/* What stands between two headings; borrowed from the list of lines. */
struct section {
    const struct line *line;
    size_t count;
};

/* Report a problem at a column (from 1) of a line. */
void parser_problem(struct parser *parser, const struct line *line, int column,
                    const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/*
 * If line is "KEY: value" (KEY made of a-z and -), give where the value
 * begins, and the length of the key; else NULL.
 */
const char *line_key(const struct line *line, size_t *length);

/* Whether line is "KEY: …" with this key; gives the value. */
bool line_is(const struct line *line, const char *key, const char **value);

bool line_is_blank(const struct line *line);

/* Column of at, which points into the text of line. */
int line_column(const struct line *line, const char *at);

/* Copy of what arrays have gathered, living in the lesson's arena. */
void *parser_keep(struct parser *parser, const void *items, size_t bytes);

/* The lines from first on joined by \n, without blank lines at both ends;
 * *number becomes the line where the text begins. NULL if there is none. */
const char *section_text(struct parser *parser, const struct section *section,
                         int *number);

/*
 * The same for indented lines without their common indentation. *line and
 * *column become the place of the text.
 */
const char *section_block(struct parser *parser, const struct section *section,
                          int *line, int *column);

/* Read what stands below the heading of screen. */
void screen_parse(struct parser *parser, struct lesson_screen *screen,
                  const struct section *section);

/* Whether line is a setting ("mode: …"); if so it is read, and a wrong value
 * is reported. */
bool settings_parse(struct parser *parser, const struct line *line,
                    struct lesson_settings *settings);

/* Read the value of a "change:" line. */
void change_parse(struct parser *parser, const struct line *line,
                  const char *value, struct lesson_change *change);

/* Look everything up: workloads, runs, tasks, placeholders. */
void lesson_resolve(struct parser *parser);

#endif
