/*
 * source.c -- bytes become clean lines, and lines become texts again.
 */
#include "lessons/parse/source.h"

#include <stdarg.h>
#include <string.h>

#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    TAB_CELLS = 4
};

void source_problem(struct source *source, int line, int column,
                    const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    diags_vadd(source->diags, source->lesson->file, line, column, format,
               arguments);
    va_end(arguments);
}

int source_column(const struct source_line *line, const char *at)
{
    return (int)(at - line->text) + 1;
}

/* Clean one raw line. A tab at a tab stop becomes as many spaces as it takes
 * on a screen, so that indentation by tabs works; any other becomes one. */
static const char *clean_line(struct arena *arena, const char *raw,
                              size_t length)
{
    struct strbuf spaced;
    size_t room;
    char *clean;

    strbuf_init(&spaced);
    for (size_t i = 0; i < length; i++)
        if (raw[i] == '\t')
            strbuf_adds(&spaced, spaced.length % TAB_CELLS == 0 ? "    " : " ");
        else
            strbuf_addc(&spaced, raw[i]);
    while (spaced.length > 0 && spaced.text[spaced.length - 1] == ' ')
        spaced.text[--spaced.length] = '\0';
    room = spaced.length * 3 + 4; /* every byte may become U+FFFD */
    clean = text_clean(arena_alloc(arena, room), room, spaced.text);
    strbuf_fini(&spaced);
    return clean;
}

static struct source_line read_line(struct source *source, int number,
                                    const char *raw, size_t length)
{
    struct source_line line = { "", number, 0 };

    if (length > 0 && raw[length - 1] == '\r')
        length--;
    if (length > LESSON_LINE_BYTES_MAX) {
        source_problem(source, number, 1, _("a line may have at most %d bytes"),
                       LESSON_LINE_BYTES_MAX);
        return line;
    }
    line.text = clean_line(source->lesson->arena, raw, length);
    line.indent = (int)strspn(line.text, " ");
    return line;
}

struct source_section source_split(struct source *source, const char *text,
                                   size_t length)
{
    bool marked = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    struct source_line *line = NULL;
    size_t count = 0;

    for (size_t start = marked ? 3 : 0; start < length;) {
        const char *end = memchr(text + start, '\n', length - start);
        size_t stop = end ? (size_t)(end - text) : length;

        line = arena_grow(source->lesson->arena, line, count, sizeof *line);
        line[count] = read_line(source, (int)count + 1, text + start,
                                stop - start);
        count++;
        start = stop + 1;
    }
    return (struct source_section){ line, count };
}

bool source_is_blank(const struct source_line *line)
{
    return line->text[line->indent] == '\0';
}

const char *source_key(const struct source_line *line, size_t *length)
{
    const char *value;

    *length = strspn(line->text, "abcdefghijklmnopqrstuvwxyz-");
    if (*length == 0 || line->text[*length] != ':')
        return NULL;
    value = line->text + *length + 1;
    return value + strspn(value, " ");
}

bool source_is(const struct source_line *line, const char *key,
               const char **value)
{
    size_t length;

    *value = source_key(line, &length);
    return *value && strlen(key) == length &&
           memcmp(key, line->text, length) == 0;
}

/* The lines without their first `indent` spaces, joined. */
static const char *join(struct arena *arena,
                        const struct source_section *section, int indent)
{
    struct strbuf text;
    const char *copy;

    strbuf_init(&text);
    for (size_t i = 0; i < section->count; i++) {
        const struct source_line *line = &section->line[i];

        if (i > 0)
            strbuf_addc(&text, '\n');
        strbuf_adds(&text, line->text +
                               (source_is_blank(line) ? line->indent : indent));
    }
    copy = arena_copy(arena, text.text, text.length);
    strbuf_fini(&text);
    return copy;
}

/* The least indentation of lines that are not blank. */
static int common_indent(const struct source_section *section)
{
    int indent = section->line[0].indent;

    for (size_t i = 1; i < section->count; i++) {
        const struct source_line *line = &section->line[i];

        if (!source_is_blank(line) && line->indent < indent)
            indent = line->indent;
    }
    return indent;
}

const char *source_text(struct source *source,
                        const struct source_section *section, int *line,
                        int *column)
{
    struct source_section rest = *section;
    int indent;

    for (; rest.count > 0 && source_is_blank(rest.line); rest.line++)
        rest.count--;
    while (rest.count > 0 && source_is_blank(&rest.line[rest.count - 1]))
        rest.count--;
    if (rest.count == 0)
        return NULL;
    indent = column ? common_indent(&rest) : 0;
    if (column)
        *column = indent + 1;
    *line = rest.line->number;
    return join(source->lesson->arena, &rest, indent);
}
