/*
 * lesson_parse.c -- from a text file to a lesson.
 *
 * A lesson is a head of "key: value" lines and then screens, each begun by a
 * heading "## …". Sizes are limited, and a problem is noted and stepped over,
 * so that one pass finds all of them.
 */
#include <string.h>

#include "lessons/claim/number.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "lessons/parse/parse_internal.h"
#include "lessons/parse/source.h"
#include "sched/base/arena.h"
#include "sched/base/i18n.h"

/* The words of the headings, in the languages that have them. */
static const struct {
    const char *english, *korean;
} headings[LESSON_KINDS] = {
    [LESSON_EXPLAIN] = { "Explain", "설명" },
    [LESSON_WORKLOAD] = { "Workload", "작업" },
    [LESSON_PREDICT] = { "Predict", "예측" },
    [LESSON_RUN] = { "Run", "실행" },
    [LESSON_OBSERVE] = { "Observe", "관찰" },
    [LESSON_REFLECT] = { "Reflect", "돌아보기" },
    [LESSON_MODIFY] = { "Modify", "바꿔 보기" },
    [LESSON_SUMMARY] = { "Summary", "정리" },
    [LESSON_LECTURER] = { "Lecturer", "강의 노트" },
};

/* --- the head ------------------------------------------------------------- */

static bool is_id(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return length > 0 && length <= 40 && text[length] == '\0';
}

static void head_number(struct source *source, const struct source_line *line,
                        const char *value, int most, int *number)
{
    int read = number_parse_all(value, most);

    if (read >= 1)
        *number = read;
    else
        source_problem(source, line->number, source_column(line, value),
                       _("expected a number from 1 to %d"), most);
}

static void head_text(struct source *source, const struct source_line *line,
                      const char *value, const char **text)
{
    if (*text)
        source_problem(source, line->number, 1, _("duplicate key"));
    else if (!*value)
        source_problem(source, line->number, source_column(line, value),
                       _("the value is missing"));
    else
        *text = value;
}

static void head_line(struct source *source, const struct source_line *line)
{
    struct lesson *lesson = source->lesson;
    const struct {
        const char *key;
        const char **text;
        int *number, most; /* where text is NULL */
    } keys[] = {
        { "id", &lesson->id, NULL, 0 },
        { "language", &lesson->language, NULL, 0 },
        { "needs", &lesson->needs, NULL, 0 },
        { "teaches", &lesson->teaches, NULL, 0 },
        { "misconception", &lesson->misconception, NULL, 0 },
        { "objective", &lesson->objective, NULL, 0 },
        { "minutes", NULL, &lesson->minutes, 600 },
        { "lines", NULL, &lesson->lines, 9 },
    };
    const char *value;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!source_is(line, keys[i].key, &value))
            continue;
        if (keys[i].text)
            head_text(source, line, value, keys[i].text);
        else
            head_number(source, line, value, keys[i].most, keys[i].number);
        return;
    }
    if (!value || strncmp(line->text, "title-", 6) != 0)
        source_problem(source, line->number, 1,
                       _("only lines like \"id: …\" and \"language: …\" are "
                         "allowed before the first heading"));
}

static void check_head(struct source *source)
{
    const char *id = source->lesson->id, *language = source->lesson->language;

    if (!id)
        source_problem(source, 1, 1, _("the line \"id: …\" is missing"));
    else if (!is_id(id))
        source_problem(source, 1, 1,
                       _("an id is up to 40 lowercase letters, digits and -"));
    if (!language)
        source_problem(source, 1, 1, _("the line \"language: …\" is missing"));
    else if (language[strspn(language, "abcdefghijklmnopqrstuvwxyz")] ||
             strlen(language) > 3)
        source_problem(source, 1, 1,
                       _("a language is two or three letters, like en"));
}

/* Read the head; returns the index of the first heading. */
static size_t read_head(struct source *source, const struct source_line *line,
                        size_t count)
{
    size_t i = 1;

    if (strncmp(line[0].text, "# ", 2) == 0 && line[0].text[2])
        source->lesson->title = line[0].text + 2;
    else
        source_problem(source, 1, 1,
                       _("the first line must be \"# \" and the title"));
    for (; i < count && line[i].text[0] != '#'; i++)
        if (!source_is_blank(&line[i]))
            head_line(source, &line[i]);
    check_head(source);
    return i;
}

/* --- screens -------------------------------------------------------------- */

static struct lesson_screen *add_screen(struct lesson *lesson)
{
    struct lesson_screen *screen;

    lesson->screen = arena_grow(lesson->arena, lesson->screen,
                                lesson->screen_count, sizeof *screen);
    screen = &lesson->screen[lesson->screen_count++];
    *screen = (struct lesson_screen){ .workload = -1 };
    lesson_settings_init(&screen->settings);
    return screen;
}

/* Whether text begins with word, and nothing, a space or a colon follows. */
static bool begins(const char *text, const char *word, const char **rest)
{
    size_t length = strlen(word);

    if (strncmp(text, word, length) != 0 ||
        (text[length] && !strchr(" :", text[length])))
        return false;
    *rest = text + length + strspn(text + length, " ");
    return true;
}

/* The kind of screen a heading begins, and what follows its word;
 * LESSON_KINDS if it is none. */
static enum lesson_kind heading_kind(const char *text, const char **rest)
{
    int kind = 0;

    if (strncmp(text, "## ", 3) != 0)
        return LESSON_KINDS;
    text += 3 + strspn(text + 3, " ");
    while (kind < LESSON_KINDS && !begins(text, headings[kind].english, rest) &&
           !begins(text, headings[kind].korean, rest))
        kind++;
    return (enum lesson_kind)kind;
}

/* "N" or "N: title" after the word of a run. */
static void run_heading(struct source *source, const struct source_line *line,
                        const char *rest)
{
    const char *end;
    int number = number_parse(rest, NUMBER_RUNS_MAX, &end);

    if (number < 1 || (*end && *end != ':')) {
        source_problem(source, line->number, source_column(line, rest),
                       _("write a run as \"## Run 1: title\""));
        return;
    }
    source->screen->run = number;
    source->screen->title = *end ? end + 1 + strspn(end + 1, " ") : "";
}

static void read_heading(struct source *source, const struct source_line *line)
{
    struct lesson_screen *screen = source->screen;
    const char *rest;

    screen->line = line->number;
    screen->kind = heading_kind(line->text, &rest);
    if (screen->kind == LESSON_KINDS)
        source_problem(source, line->number, 1,
                       _("unknown heading; there are Explain, Workload, "
                         "Predict, Run, Observe, Reflect, Modify, Summary and "
                         "Lecturer"));
    else if (screen->kind == LESSON_RUN)
        run_heading(source, line, rest);
    else if (screen->kind == LESSON_WORKLOAD)
        screen->title = rest;
    else if (*rest)
        source_problem(source, line->number, source_column(line, rest),
                       _("unexpected text after the heading"));
}

static void read_screens(struct source *source, const struct source_line *line,
                         size_t count)
{
    for (size_t i = 0; i < count;) {
        struct source_section section = { &line[i + 1], 0 };

        if (source->lesson->screen_count == LESSON_SCREENS_MAX) {
            source_problem(source, line[i].number, 1,
                           _("a lesson may have at most %d screens"),
                           LESSON_SCREENS_MAX);
            return;
        }
        source->screen = add_screen(source->lesson);
        read_heading(source, &line[i]);
        for (i++; i < count && line[i].text[0] != '#'; i++)
            section.count++;
        if (source->screen->kind != LESSON_KINDS)
            lesson_screen_parse(source, &section);
    }
    if (source->lesson->screen_count == 0)
        source_problem(source, 1, 1,
                       _("there is no screen: no line begins with ##"));
}

static void parse_all(struct source *source, const char *text, size_t length)
{
    struct source_section file = source_split(source, text, length);
    size_t first;

    if (file.count == 0) {
        source_problem(source, 1, 1, _("the file is empty"));
        return;
    }
    first = read_head(source, file.line, file.count);
    read_screens(source, file.line + first, file.count - first);
    lesson_resolve(source);
}

struct lesson *lesson_parse(const char *file, const char *text, size_t length,
                            struct diags *diags)
{
    struct arena *arena = arena_new();
    struct lesson *lesson = arena_alloc(arena, sizeof *lesson);
    struct source source = { lesson, diags, NULL };
    size_t before = diags->found;

    lesson->arena = arena;
    lesson->lines = 1;
    lesson->file = arena_copy(arena, file, strlen(file));
    if (length > LESSON_FILE_BYTES_MAX)
        source_problem(&source, 0, 0, _("a lesson may have at most %d bytes"),
                       LESSON_FILE_BYTES_MAX);
    else if (memchr(text, '\0', length))
        source_problem(&source, 0, 0, _("not a text file"));
    else
        parse_all(&source, text, length);
    if (diags->found == before)
        return lesson;
    lesson_free(lesson);
    return NULL;
}
