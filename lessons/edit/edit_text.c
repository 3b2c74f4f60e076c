/*
 * edit_text.c -- a statement cut into items, and put together again.
 *
 * Cutting does not parse: the text has been accepted by the workload's parser
 * before, so commas, brackets and quotes are where they belong.
 */
#include "lessons/edit/edit_text.h"

#include <string.h>

#include "lessons/lesson.h"
#include "sched/base/arena.h"
#include "sched/base/strbuf.h"

bool edit_text_opens(const char *item)
{
    return strncmp(item, "repeat", 6) == 0 && item[strlen(item) - 1] == '(';
}

bool edit_text_closes(const char *item)
{
    return strcmp(item, ")") == 0;
}

/* Bytes up to one of the stops, not looking into quoted texts. */
static size_t until(const char *text, const char *stops)
{
    size_t length = 0;
    bool quoted = false;

    for (; text[length]; length++) {
        if (text[length] == '"')
            quoted = !quoted;
        if (!quoted && strchr(stops, text[length]))
            break;
    }
    return length;
}

static size_t trimmed(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

/* Bytes of the item at the start of text. */
static size_t item_length(const char *text)
{
    size_t bracket;

    if (*text == ')')
        return 1;
    bracket = until(text, "(,)");
    return text[bracket] == '(' ? bracket + 1 : trimmed(text, bracket);
}

static void cut_items(struct arena *arena, const char *text,
                      struct edit_statement *statement)
{
    for (text += strspn(text, " ,"); *text; text += strspn(text, " ,")) {
        size_t length = item_length(text);

        statement->item = arena_grow(arena, statement->item,
                                     statement->item_count,
                                     sizeof *statement->item);
        statement->item[statement->item_count++] = arena_copy(arena, text,
                                                              length);
        text += length;
    }
}

static void cut_statement(struct arena *arena, const char *line, size_t length,
                          struct edit_statement *statement)
{
    char *text = arena_copy(arena, line, length);
    size_t colon;

    text[until(text, "#")] = '\0';
    text += strspn(text, " ");
    text[trimmed(text, strlen(text))] = '\0';
    statement->task = strncmp(text, "task ", 5) == 0 ||
                      strncmp(text, "generator ", 10) == 0;
    colon = statement->task ? until(text, ":") : strlen(text);
    statement->head = arena_copy(arena, text, trimmed(text, colon));
    if (text[colon])
        cut_items(arena, text + colon + 1, statement);
}

struct edit_statements edit_text_cut(struct arena *arena, const char *text)
{
    struct edit_statements cut = { NULL, 0 };

    while (*text) {
        size_t length = strcspn(text, "\n");
        struct edit_statement statement = { NULL, false, NULL, 0 };

        cut_statement(arena, text, length, &statement);
        if (*statement.head) {
            cut.statement = arena_grow(arena, cut.statement, cut.count,
                                       sizeof statement);
            cut.statement[cut.count++] = statement;
        }
        text += length + (text[length] == '\n');
    }
    return cut;
}

void edit_text_head(struct strbuf *out, const struct edit_statement *statement)
{
    strbuf_addf(out, "%s%s", statement->head, statement->task ? ":" : "");
}

size_t edit_text_item(struct strbuf *out,
                      const struct edit_statement *statement, size_t index)
{
    const char *item = statement->item[index];

    if (index == 0)
        strbuf_addc(out, ' ');
    else if (!edit_text_closes(item) &&
             !edit_text_opens(statement->item[index - 1]))
        strbuf_adds(out, ", ");
    strbuf_adds(out, item);
    return out->length - strlen(item);
}

void edit_text_write(struct strbuf *out,
                     const struct edit_statements *statements)
{
    for (size_t i = 0; i < statements->count; i++) {
        const struct edit_statement *statement = &statements->statement[i];

        edit_text_head(out, statement);
        for (size_t n = 0; n < statement->item_count; n++)
            edit_text_item(out, statement, n);
        strbuf_addc(out, '\n');
    }
}

bool edit_text_balanced(const struct edit_statement *statement)
{
    int depth = 0;

    for (size_t i = 0; i < statement->item_count; i++) {
        depth += edit_text_opens(statement->item[i]);
        depth -= edit_text_closes(statement->item[i]);
        if (depth < 0)
            return false;
        if (i > 0 && edit_text_closes(statement->item[i]) &&
            edit_text_opens(statement->item[i - 1]))
            return false; /* an empty repeat */
    }
    return depth == 0;
}

size_t edit_text_partner(const struct edit_statement *statement, size_t index)
{
    bool opens = edit_text_opens(statement->item[index]);
    int depth = 0;

    if (!opens && !edit_text_closes(statement->item[index]))
        return index;
    for (size_t i = index; i < statement->item_count;
         i = opens ? i + 1 : i - 1) {
        depth += edit_text_opens(statement->item[i]);
        depth -= edit_text_closes(statement->item[i]);
        if (depth == 0)
            return i;
    }
    return index;
}

static bool listed(const char *name, size_t length,
                   const struct lesson_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (strlen(names->name[i]) == length &&
            memcmp(names->name[i], name, length) == 0)
            return true;
    return false;
}

bool edit_text_named(const struct edit_statement *statement,
                     const struct lesson_names *names)
{
    static const char *const words[] = { "line", "priority", "at", "after" };
    static const struct lesson_names attributes = { words, 4 };
    const char *at = statement->head;

    if (!statement->task || names->count == 0)
        return false;
    at += strcspn(at, " ");
    for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");

        if (listed(at, length, &attributes))
            break;
        if (!listed(at, length, names))
            return false;
        at += length;
    }
    return true;
}

static bool name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c >= '0' && c <= '9');
}

size_t edit_text_number(const char *text, size_t from, size_t *start)
{
    bool quoted = false;

    for (size_t i = 0; text[i]; i++) {
        size_t length = strspn(text + i, "0123456789");

        if (text[i] == '"')
            quoted = !quoted;
        if (length == 0)
            continue;
        if (i >= from && !quoted && (i == 0 || !name_byte(text[i - 1]))) {
            *start = i;
            return length;
        }
        i += length - 1;
    }
    return 0;
}
