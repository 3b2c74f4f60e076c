/*
 * lesson_parse.c -- from a text file to a lesson.
 *
 * A lesson is a head of "key: value" lines and then screens, each begun by a
 * heading "## …". Nothing in it is trusted: all text is cleaned line by line
 * before anything looks at it, sizes are limited, and a problem is noted and
 * stepped over, so that one pass finds all of them.
 */
#include "lessons/parse/lesson_parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "lessons/parse/lesson_words.h"
#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

enum {
    TAB_CELLS = 4
};

void parser_problem(struct parser *parser, const struct line *line, int column,
                    const char *format, ...)
{
    char message[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    diags_add(parser->diags, parser->lesson->file, line->number, column, "%s",
              message);
}

/* --- lines ---------------------------------------------------------------- */

/* Clean one raw line: tabs become spaces, the rest is text_clean's work. */
static const char *clean_line(struct arena *arena, const char *raw,
                              size_t length)
{
    char *spaced = xcalloc(length + 1, TAB_CELLS);
    size_t size = 0, room;
    char *clean;

    for (size_t i = 0; i < length; i++) {
        bool tab = raw[i] == '\t';
        size_t cells = tab && size % TAB_CELLS == 0 ? TAB_CELLS : 1;

        for (size_t n = 0; n < cells; n++)
            spaced[size++] = tab ? ' ' : raw[i];
    }
    while (size > 0 && spaced[size - 1] == ' ')
        size--;
    spaced[size] = '\0';
    room = size * 3 + 4; /* every byte may become U+FFFD */
    clean = arena_alloc(arena, room);
    text_clean(clean, room, spaced);
    free(spaced);
    return clean;
}

static void add_line(struct parser *parser, const char *raw, size_t length,
                     struct line *line)
{
    if (length > 0 && raw[length - 1] == '\r')
        length--;
    if (length > LESSON_LINE_BYTES_MAX) {
        line->text = "";
        parser_problem(parser, line, 1, _("a line may have %d bytes at most"),
                       LESSON_LINE_BYTES_MAX);
        return;
    }
    line->text = clean_line(parser->lesson->arena, raw, length);
    line->indent = (int)strspn(line->text, " ");
}

static size_t split(struct parser *parser, const char *text, size_t length,
                    struct line **lines)
{
    size_t count = 0, capacity = 0, start = 0;

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    while (start < length) {
        const char *end = memchr(text + start, '\n', length - start);
        size_t stop = end ? (size_t)(end - text) : length;

        *lines = xgrow(*lines, count, &capacity, sizeof **lines);
        (*lines)[count] = (struct line){ .number = (int)count + 1 };
        add_line(parser, text + start, stop - start, &(*lines)[count]);
        count++;
        start = stop + 1;
    }
    return count;
}

bool line_is_blank(const struct line *line)
{
    return line->text[line->indent] == '\0';
}

int line_column(const struct line *line, const char *at)
{
    return (int)(at - line->text) + 1;
}

const char *line_key(const struct line *line, size_t *length)
{
    *length = strspn(line->text, "abcdefghijklmnopqrstuvwxyz-");
    if (*length == 0 || line->text[*length] != ':')
        return NULL;
    return line->text + *length + 1 + strspn(line->text + *length + 1, " ");
}

bool line_is(const struct line *line, const char *key, const char **value)
{
    size_t length;

    *value = line_key(line, &length);
    return *value && strlen(key) == length &&
           memcmp(key, line->text, length) == 0;
}

void *parser_keep(struct parser *parser, const void *items, size_t bytes)
{
    void *copy;

    if (bytes == 0)
        return NULL;
    copy = arena_alloc(parser->lesson->arena, bytes);
    memcpy(copy, items, bytes);
    return copy;
}

/* --- sections ------------------------------------------------------------- */

static const char *join(struct parser *parser, const struct section *section,
                        size_t first, size_t last, int indent)
{
    size_t size = 0, length = 0;
    char *text;

    for (size_t i = first; i < last; i++)
        size += strlen(section->line[i].text) + 1;
    text = arena_alloc(parser->lesson->arena, size);
    for (size_t i = first; i < last; i++) {
        const struct line *line = &section->line[i];
        const char *from = line->text +
                           (line_is_blank(line) ? line->indent : indent);

        memcpy(text + length, from, strlen(from));
        length += strlen(from);
        text[length++] = i + 1 < last ? '\n' : '\0';
    }
    return text;
}

/* Narrow [*first, *last) to what has text at both ends. */
static bool trim(const struct section *section, size_t *first, size_t *last)
{
    *first = 0;
    *last = section->count;
    while (*first < *last && line_is_blank(&section->line[*first]))
        ++*first;
    while (*last > *first && line_is_blank(&section->line[*last - 1]))
        --*last;
    return *first < *last;
}

const char *section_text(struct parser *parser, const struct section *section,
                         int *number)
{
    size_t first, last;

    if (!trim(section, &first, &last))
        return NULL;
    *number = section->line[first].number;
    return join(parser, section, first, last, 0);
}

const char *section_block(struct parser *parser, const struct section *section,
                          int *number, int *column)
{
    size_t first, last;
    int indent;

    if (!trim(section, &first, &last))
        return NULL;
    indent = section->line[first].indent;
    for (size_t i = first; i < last; i++)
        if (!line_is_blank(&section->line[i]) &&
            section->line[i].indent < indent)
            indent = section->line[i].indent;
    *number = section->line[first].number;
    *column = indent + 1;
    return join(parser, section, first, last, indent);
}

/* --- the head ------------------------------------------------------------- */

static bool is_id(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return length > 0 && length <= 40 && text[length] == '\0';
}

static int small_number(const char *text, int most)
{
    char *end;
    long number = strtol(text, &end, 10);

    if (end == text || *end || number < 1 || number > most)
        return 0;
    return (int)number;
}

/* One of the keys whose value is plain text. */
static const char **text_key(struct lesson *lesson, const char *key,
                             size_t length)
{
    const struct {
        const char *key;
        const char **place;
    } keys[] = {
        { "id", &lesson->id },
        { "language", &lesson->language },
        { "needs", &lesson->needs },
        { "teaches", &lesson->teaches },
        { "misconception", &lesson->misconception },
        { "objective", &lesson->objective },
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i].key) == length &&
            memcmp(keys[i].key, key, length) == 0)
            return keys[i].place;
    return NULL;
}

static void head_number(struct parser *parser, const struct line *line,
                        const char *value, int *number, int most)
{
    *number = small_number(value, most);
    if (*number == 0)
        parser_problem(parser, line, line_column(line, value),
                       _("here a number from 1 to %d must stand"), most);
}

static void head_line(struct parser *parser, const struct line *line)
{
    struct lesson *lesson = parser->lesson;
    const char *value;
    const char **place;
    size_t length;

    if (line_is(line, "minutes", &value)) {
        head_number(parser, line, value, &lesson->minutes, 600);
        return;
    }
    if (line_is(line, "lines", &value)) {
        head_number(parser, line, value, &lesson->lines, 9);
        lesson->lines += lesson->lines == 0;
        return;
    }
    value = line_key(line, &length);
    place = value ? text_key(lesson, line->text, length) : NULL;
    if (place && *place)
        parser_problem(parser, line, 1, _("this is said twice"));
    else if (place && !*value)
        parser_problem(parser, line, line_column(line, value),
                       _("the value is missing"));
    else if (place)
        *place = value;
    else if (!value || strncmp(line->text, "title-", 6) != 0)
        parser_problem(parser, line, 1,
                       _("before the first heading only lines like "
                         "\"id: …\" and \"language: …\" may stand"));
}

static void check_head(struct parser *parser, const struct line *first)
{
    struct lesson *lesson = parser->lesson;

    if (!lesson->id)
        parser_problem(parser, first, 1, _("the line \"id: …\" is missing"));
    else if (!is_id(lesson->id))
        parser_problem(parser, first, 1,
                       _("an id has up to 40 small letters, digits and -"));
    if (!lesson->language)
        parser_problem(parser, first, 1,
                       _("the line \"language: …\" is missing"));
    else if (strspn(lesson->language, "abcdefghijklmnopqrstuvwxyz") !=
                 strlen(lesson->language) ||
             strlen(lesson->language) > 3)
        parser_problem(parser, first, 1,
                       _("a language is two or three letters, like en"));
}

/* Read the head; returns the index of the first heading. */
static size_t read_head(struct parser *parser, const struct line *line,
                        size_t count)
{
    size_t i = 1;

    if (strncmp(line[0].text, "# ", 2) == 0 && line[0].text[2])
        parser->lesson->title = line[0].text + 2;
    else
        parser_problem(parser, &line[0], 1,
                       _("the first line must be \"# \" and the title"));
    for (; i < count && line[i].text[0] != '#'; i++)
        if (!line_is_blank(&line[i]))
            head_line(parser, &line[i]);
    check_head(parser, &line[0]);
    return i;
}

/* --- screens -------------------------------------------------------------- */

static struct lesson_screen *add_screen(struct parser *parser, size_t *capacity)
{
    struct lesson *lesson = parser->lesson;
    struct lesson_screen *screen;

    lesson->screen = xgrow(lesson->screen, lesson->screen_count, capacity,
                           sizeof *lesson->screen);
    screen = &lesson->screen[lesson->screen_count++];
    *screen = (struct lesson_screen){ .workload = -1 };
    lesson_settings_init(&screen->settings);
    return screen;
}

/* "N" or "N: title" behind the word of a run. */
static void run_heading(struct parser *parser, const struct line *line,
                        const char *rest, struct lesson_screen *screen)
{
    char *end;
    long number = strtol(rest, &end, 10);

    if (end == rest || number < 1 || number > 999 || (*end && *end != ':')) {
        parser_problem(parser, line, line_column(line, rest),
                       _("a run is written \"## Run 1: title\""));
        return;
    }
    screen->run = (int)number;
    screen->title = *end ? end + 1 + strspn(end + 1, " ") : "";
}

static void read_heading(struct parser *parser, const struct line *line,
                         struct lesson_screen *screen)
{
    const char *rest;

    screen->line = line->number;
    if (!heading_parse(line->text, &screen->kind, &rest)) {
        parser_problem(parser, line, 1,
                       _("this heading is unknown; there are Explain, "
                         "Workload, Predict, Run, Observe, Reflect, Modify, "
                         "Summary and Lecturer"));
        screen->kind = LESSON_KINDS;
        return;
    }
    if (screen->kind == LESSON_RUN)
        run_heading(parser, line, rest, screen);
    else if (screen->kind == LESSON_WORKLOAD)
        screen->title = rest;
    else if (*rest)
        parser_problem(parser, line, line_column(line, rest),
                       _("nothing may stand behind this heading"));
}

static void read_screens(struct parser *parser, const struct line *line,
                         size_t count)
{
    size_t capacity = 0;

    for (size_t i = 0; i < count;) {
        struct section section = { &line[i + 1], 0 };
        struct lesson_screen *screen;

        if (parser->lesson->screen_count == LESSON_SCREENS_MAX) {
            parser_problem(parser, &line[i], 1,
                           _("a lesson may have %d screens at most"),
                           LESSON_SCREENS_MAX);
            return;
        }
        screen = add_screen(parser, &capacity);
        read_heading(parser, &line[i], screen);
        for (i++; i < count && line[i].text[0] != '#'; i++)
            section.count++;
        if (screen->kind != LESSON_KINDS)
            screen_parse(parser, screen, &section);
    }
    if (parser->lesson->screen_count == 0)
        diags_add(parser->diags, parser->lesson->file, 1, 1,
                  _("there is no screen: no line begins with ##"));
}

static void parse_all(struct parser *parser, const char *text, size_t length)
{
    struct line *line = NULL;
    size_t count = split(parser, text, length, &line);
    size_t first;

    if (count > 0) {
        first = read_head(parser, line, count);
        read_screens(parser, line + first, count - first);
        lesson_resolve(parser);
    } else {
        diags_add(parser->diags, parser->lesson->file, 1, 1,
                  _("the file is empty"));
    }
    free(line);
}

struct lesson *lesson_parse(const char *file, const char *text, size_t length,
                            struct diags *diags)
{
    struct arena *arena = arena_new();
    struct lesson *lesson = arena_alloc(arena, sizeof *lesson);
    struct parser parser = { lesson, diags };
    size_t before = diags->found;

    lesson->arena = arena;
    lesson->lines = 1;
    lesson->file = arena_copy(arena, file, strlen(file));
    if (length > LESSON_FILE_BYTES_MAX)
        diags_add(diags, file, 0, 0, _("a lesson may have %d bytes at most"),
                  LESSON_FILE_BYTES_MAX);
    else if (memchr(text, '\0', length))
        diags_add(diags, file, 0, 0, _("this is no text file"));
    else
        parse_all(&parser, text, length);
    if (diags->found == before)
        return lesson;
    lesson_free(lesson);
    return NULL;
}
