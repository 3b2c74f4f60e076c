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

static bool begins(const char *item, const char *word)
{
    size_t length = strlen(word);

    return strncmp(item, word, length) == 0 &&
           (item[length] == ' ' || item[length] == '(');
}

bool edit_text_opens(const char *item)
{
    return item[strlen(item) - 1] == '(';
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

static bool name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c >= '0' && c <= '9') || (c & 0x80);
}

/* After these words a bracket belongs to a calculation, not to a block. */
static bool expects_operand(const char *word, size_t length)
{
    static const char *const words[] = { "and", "or", "not", "mod" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
            return true;
    return false;
}

/* Bytes of a text in brackets, both of them included. */
static size_t bracketed(const char *text)
{
    size_t length = 1;

    for (;;) {
        length += until(text + length, "()[]");
        if (!text[length] || strchr(")]", text[length]))
            return length + (text[length] != '\0');
        length += bracketed(text + length);
    }
}

static size_t quotation(const char *text)
{
    size_t length = 1 + strcspn(text + 1, "\"");

    return length + (text[length] != '\0');
}

/*
 * Bytes of the item at the start of text. A bracket where a calculation goes on
 * is part of it; one after a whole calculation, or after a word that needs none,
 * opens a block. A select is one item: its cases are not steps.
 */
static size_t item_length(const char *text)
{
    bool whole = begins(text, "repeat") || begins(text, "else") ||
                 begins(text, "atomic");
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");

    if (*text == ')')
        return 1;
    if (begins(text, "select"))
        return strcspn(text, "(") + bracketed(text + strcspn(text, "("));
    while (text[length] && !strchr(",)", text[length])) {
        size_t word = 0;

        if (text[length] == '(' && whole)
            return length + 1;
        while (name_byte(text[length + word]))
            word++;
        if (word > 0) {
            whole = !expects_operand(text + length, word);
            length += word;
        } else if (strchr("([\"", text[length])) {
            whole = true;
            length += text[length] == '"' ? quotation(text + length)
                                          : bracketed(text + length);
        } else {
            whole = whole && text[length] == ' ';
            length++;
        }
    }
    return trimmed(text, length);
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

/* Comments and ends of lines become blanks. */
static void flatten(char *text)
{
    for (size_t at = until(text, "#\n"); text[at];
         at += until(text + at, "#\n"))
        memset(text + at, ' ', text[at] == '#' ? strcspn(text + at, "\n") : 1);
}

static void cut_statement(struct arena *arena, const char *line, size_t length,
                          struct edit_statement *statement)
{
    char *text = arena_copy(arena, line, length);
    size_t colon;

    flatten(text);
    text += strspn(text, " ");
    text[trimmed(text, strlen(text))] = '\0';
    statement->task = strncmp(text, "task ", 5) == 0 ||
                      strncmp(text, "generator ", 10) == 0;
    colon = statement->task ? until(text, ":") : strlen(text);
    statement->head = arena_copy(arena, text, trimmed(text, colon));
    if (text[colon])
        cut_items(arena, text + colon + 1, statement);
}

/* Bytes of the statement at the start of text: a line, or several where one
 * ends within brackets or with a mark that wants more. */
static size_t statement_length(const char *text)
{
    size_t length = 0;
    char last = '\0';
    int depth = 0;

    for (; text[length]; length++) {
        char c = text[length];

        if (c == '\n' && depth <= 0 && (!last || !strchr(":,;", last)))
            break;
        if (c == '#') {
            length += strcspn(text + length, "\n") - 1;
            continue;
        }
        if (c == '"')
            length += quotation(text + length) - 1;
        depth += c == '(';
        depth -= c == ')';
        if (c != ' ' && c != '\n')
            last = c;
    }
    return length;
}

struct edit_statements edit_text_cut(struct arena *arena, const char *text)
{
    struct edit_statements cut = { NULL, 0 };

    while (*text) {
        size_t length = statement_length(text);
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

    if (index == 0 || begins(item, "else"))
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

/* Is the block before an else one that may have one? */
static bool follows_branch(const struct edit_statement *statement, size_t index)
{
    const char *before;

    if (index == 0 || !edit_text_closes(statement->item[index - 1]))
        return false;
    before = statement->item[edit_text_partner(statement, index - 1)];
    return begins(before, "if") || begins(before, "try");
}

bool edit_text_balanced(const struct edit_statement *statement)
{
    const char *const *item = statement->item;
    int depth = 0;

    for (size_t i = 0; i < statement->item_count; i++) {
        depth += edit_text_opens(item[i]);
        depth -= edit_text_closes(item[i]);
        if (depth < 0)
            return false;
        if (i > 0 && edit_text_closes(item[i]) && begins(item[i - 1], "repeat"))
            return false; /* an empty repeat */
        if (begins(item[i], "else") && !follows_branch(statement, i))
            return false;
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
    static const char *const words[] = { "line",     "priority", "at",
                                         "after",    "daemon",   "period",
                                         "deadline", "times",    "tickets",
                                         "nice" };
    static const struct lesson_names attributes = { words, sizeof words /
                                                               sizeof *words };
    const char *at = statement->head;

    if (!statement->task || names->count == 0)
        return false;
    at += strcspn(at, " ");
    for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");

        if (listed(at, length, &attributes))
            break;
        if (!listed(at, strcspn(at, "[ "), names))
            return false;
        at += length;
    }
    return true;
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
