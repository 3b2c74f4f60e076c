#include "lessons/edit/edit_text.h"

#include <stdlib.h>
#include <string.h>

#include "lessons/lesson.h"
#include "sched/base/arena.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

bool item_opens(const char *item)
{
    return strncmp(item, "repeat", 6) == 0 && item[strlen(item) - 1] == '(';
}

bool item_closes(const char *item)
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
                      struct statement *statement)
{
    size_t capacity = 0;
    char **item = NULL;
    size_t bytes;

    for (text += strspn(text, " ,"); *text; text += strspn(text, " ,")) {
        size_t length = item_length(text);

        item = xgrow(item, statement->item_count, &capacity, sizeof *item);
        item[statement->item_count++] = arena_copy(arena, text, length);
        text += length;
    }
    bytes = statement->item_count * sizeof *item;
    statement->item = arena_alloc(arena, bytes + 2 * sizeof *item);
    if (bytes)
        memcpy(statement->item, item, bytes);
    free(item);
}

static void cut_statement(struct arena *arena, const char *line, size_t length,
                          struct statement *statement)
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

struct statements statements_cut(struct arena *arena, const char *text)
{
    struct statements statements = { NULL, 0 };
    size_t most = 1;

    for (const char *c = text; *c; c++)
        most += *c == '\n';
    statements.statement = arena_alloc(arena,
                                       most * sizeof *statements.statement);
    while (*text) {
        size_t length = strcspn(text, "\n");
        struct statement *statement = &statements.statement[statements.count];

        cut_statement(arena, text, length, statement);
        statements.count += *statement->head != '\0';
        text += length + (text[length] == '\n');
    }
    return statements;
}

void statement_write(struct strbuf *out, const struct statement *statement,
                     size_t *start)
{
    strbuf_adds(out, statement->head);
    if (statement->task)
        strbuf_addc(out, ':');
    for (size_t i = 0; i < statement->item_count; i++) {
        const char *item = statement->item[i];
        const char *before = i ? statement->item[i - 1] : "";

        if (i == 0)
            strbuf_addc(out, ' ');
        else if (!item_closes(item) && !item_opens(before))
            strbuf_adds(out, ", ");
        if (start)
            start[i] = out->length;
        strbuf_adds(out, item);
    }
}

void statements_write(struct strbuf *out, const struct statements *statements)
{
    for (size_t i = 0; i < statements->count; i++) {
        statement_write(out, &statements->statement[i], NULL);
        strbuf_addc(out, '\n');
    }
}

bool statement_balanced(const struct statement *statement)
{
    int depth = 0;

    for (size_t i = 0; i < statement->item_count; i++) {
        depth += item_opens(statement->item[i]);
        depth -= item_closes(statement->item[i]);
        if (depth < 0)
            return false;
        if (i > 0 && item_closes(statement->item[i]) &&
            item_opens(statement->item[i - 1]))
            return false; /* an empty repeat */
    }
    return depth == 0;
}

size_t statement_partner(const struct statement *statement, size_t index)
{
    bool opens = item_opens(statement->item[index]);
    int depth = 0;

    if (!opens && !item_closes(statement->item[index]))
        return index;
    for (size_t i = index; i < statement->item_count;
         i = opens ? i + 1 : i - 1) {
        depth += item_opens(statement->item[i]);
        depth -= item_closes(statement->item[i]);
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

bool statement_named(const struct statement *statement,
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

size_t number_find(const char *text, size_t from, size_t *start)
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
