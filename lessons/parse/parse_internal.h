/*
 * parse_internal.h -- what the parts of the lesson parser call of each other.
 *
 * source.c cuts the file into lines; lesson_parse.c reads the head and finds
 * the screens, lesson_screen.c reads what is below a heading,
 * lesson_settings.c its settings and what a modify screen unlocks; in the end
 * lesson_resolve.c looks up everything that refers to something else.
 */
#ifndef CONCVIZ_LESSONS_PARSE_PARSE_INTERNAL_H
#define CONCVIZ_LESSONS_PARSE_PARSE_INTERNAL_H

#include <stdbool.h>

struct lesson_change;
struct lesson_settings;
struct source;
struct source_line;
struct source_section;

/* Read what is below the heading of source->screen. */
void lesson_screen_parse(struct source *source,
                         const struct source_section *section);

/* Whether line is a setting ("mode: …"); if so it is read, and a wrong value
 * is reported. */
bool lesson_settings_parse(struct source *source,
                           const struct source_line *line,
                           struct lesson_settings *settings);

/* Read the value of a "change:" line. */
void lesson_settings_change(struct source *source,
                            const struct source_line *line, const char *value,
                            struct lesson_change *change);

/* Look everything up: workloads, runs, tasks, placeholders. */
void lesson_resolve(struct source *source);

#endif
