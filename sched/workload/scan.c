/*
 * scan.c -- lines, marks and words from one statement of workload text.
 *
 * The scanner is two pointers into the text, so nothing is copied: a token
 * points to where it stands, and that is also how a message finds its line and
 * column. Numbers and times are in scan_number.c.
 */
#include "sched/workload/scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/workload/scan_internal.h"
#include "sched/workload/workload.h"

static const char *end_of_line(const char *start, const char *text_end)
{
    const char *newline = memchr(start, '\n', (size_t)(text_end - start));
    const char *end = newline ? newline : text_end;

    return end > start && end[-1] == '\r' ? end - 1 : end;
}

/* The column is counted only when a message or a step asks for it. Lines end
 * with LF or CR LF; the last one may end with the text. */
void scan_line(struct scan *scan, const char *start, int line)
{
    scan->pos = scan->start = scan->counted = start;
    scan->end = end_of_line(start, scan->text_end);
    scan->line = line;
    scan->column = scan->first_column;
}

bool scan_next_line(struct scan *scan)
{
    const char *next = scan->end;

    while (next < scan->text_end && *next != '\n')
        next++;
    if (next == scan->text_end)
        return false;
    scan_line(scan, next + 1, scan->line + 1);
    return true;
}

/* Steps ask from left to right, so a long line is counted only once. */
int scan_column(struct scan *scan, const char *at)
{
    for (; scan->counted < at; scan->counted++)
        if (((unsigned char)*scan->counted & 0xC0) != 0x80)
            scan->column++;
    while (scan->counted > at)
        if (((unsigned char)*--scan->counted & 0xC0) != 0x80)
            scan->column--;
    return scan->column;
}

/* The place may stand in a line before: walk back to the start of that. */
bool scan_fail(struct scan *scan, const char *at, const char *format, ...)
{
    const char *start = scan->start;
    struct scan there = *scan;
    int line = scan->line;
    va_list arguments;

    for (; at < start; line--)
        for (start--; start > scan->text && start[-1] != '\n';)
            start--;
    if (line < scan->line)
        scan_line(&there, start, line);
    va_start(arguments, format);
    diag_vset(scan->diag, scan->file, line, scan_column(&there, at), format,
              arguments);
    va_end(arguments);
    return false;
}

bool scan_fail_at(struct scan *scan, int line, int column, const char *format,
                  ...)
{
    va_list arguments;

    va_start(arguments, format);
    diag_vset(scan->diag, scan->file, line, column, format, arguments);
    va_end(arguments);
    return false;
}

/* Names are of any script. */
bool scan_begins_name(const char *at)
{
    uint32_t rune;

    text_decode(at, &rune);
    return rune == '_' || text_begins_name(rune);
}

struct token scan_token_here(const struct scan *scan)
{
    struct token token = { scan->pos, 0 };
    const char *at = scan->pos;
    uint32_t rune;

    for (size_t step; at < scan->end; at += step) {
        step = text_decode(at, &rune);
        if (!text_is_in_name(rune) && rune != '_' && rune != '.' && rune != '-')
            break;
    }
    token.length = (size_t)(at - token.text);
    return token;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void skip_in_line(struct scan *scan)
{
    while (scan->pos < scan->end && is_blank(*scan->pos))
        scan->pos++;
}

/* Is the statement still open at the end of a line? */
static bool is_open(const struct scan *scan)
{
    const char *last = scan->pos;

    while (last > scan->start && is_blank(last[-1]))
        last--;
    return scan->parentheses > 0 ||
           (last > scan->start && memchr(":,;", last[-1], 3));
}

/* A word before `=` is set, even if statements begin with it. */
static bool begins_statement(struct scan *scan)
{
    struct scan after = *scan;
    struct token token = scan_token_here(scan);

    after.pos += token.length;
    skip_in_line(&after);
    return scan->is_statement(token) &&
           (after.pos == after.end || !memchr("=[", *after.pos, 2));
}

/* At the end of a line: go on in the next one that says something, if the
 * statement does. */
static bool cross(struct scan *scan)
{
    struct scan next = *scan;

    if (!scan->is_statement || !is_open(scan))
        return false;
    do {
        if (!scan_next_line(&next))
            return false;
        skip_in_line(&next);
    } while (next.pos == next.end || *next.pos == '#');
    if (begins_statement(&next))
        return false;
    *scan = next;
    return true;
}

void scan_skip_blanks(struct scan *scan)
{
    do
        skip_in_line(scan);
    while ((scan->pos == scan->end || *scan->pos == '#') && cross(scan));
}

/* A comment may begin wherever a token may. */
bool scan_done(struct scan *scan)
{
    scan_skip_blanks(scan);
    return scan->pos == scan->end || *scan->pos == '#';
}

bool scan_accept(struct scan *scan, char c)
{
    scan_skip_blanks(scan);
    if (scan->pos == scan->end || *scan->pos != c)
        return false;
    scan->pos++;
    scan->parentheses += (c == '(') - (c == ')');
    return true;
}

bool scan_sees(struct scan *scan, const char *text)
{
    size_t length = strlen(text);

    scan_skip_blanks(scan);
    return (size_t)(scan->end - scan->pos) >= length &&
           memcmp(scan->pos, text, length) == 0;
}

bool scan_accept_mark(struct scan *scan, const char *mark)
{
    if (!scan_sees(scan, mark))
        return false;
    scan->pos += strlen(mark);
    return true;
}

bool scan_accept_word(struct scan *scan, const char *text)
{
    struct token token = scan_peek(scan);

    if (!scan_token_is(token, text))
        return false;
    scan->pos += token.length;
    return true;
}

/* What begins like a number is not a token, although it may hold letters. */
struct token scan_peek(struct scan *scan)
{
    scan_skip_blanks(scan);
    if (scan->pos < scan->end && scan_begins_name(scan->pos))
        return scan_token_here(scan);
    return (struct token){ scan->pos, 0 };
}

struct token scan_token(struct scan *scan)
{
    struct token token = scan_peek(scan);

    scan->pos += token.length;
    return token;
}

struct token scan_word(struct scan *scan)
{
    struct token token = scan_peek(scan);
    uint32_t rune;
    size_t length = 0;

    while (length < token.length) {
        size_t step = text_decode(token.text + length, &rune);

        if (rune != '_' && !text_is_in_name(rune))
            break;
        length += step;
    }
    token.length = length;
    scan->pos += length;
    return token;
}

bool scan_token_is(struct token token, const char *text)
{
    return strlen(text) == token.length &&
           memcmp(token.text, text, token.length) == 0;
}

/* A byte that goes on with a character is not counted. */
bool scan_token_is_long(struct token token)
{
    int characters = 0;

    for (size_t i = 0; i < token.length; i++)
        characters += ((unsigned char)token.text[i] & 0xC0) != 0x80;
    return characters > WORKLOAD_NAME_MAX;
}

/* raw may be longer than what is shown, so that text_clean sees the cut. */
struct quoted scan_quote(struct token token)
{
    struct quoted quoted;
    char raw[2 * sizeof quoted.text], clean[sizeof quoted.text - 2];
    size_t length = token.length < sizeof raw ? token.length : sizeof raw - 1;

    memcpy(raw, token.text, length);
    raw[length] = '\0';
    text_clean(clean, sizeof clean, raw);
    snprintf(quoted.text, sizeof quoted.text, "\"%s\"", clean);
    return quoted;
}

/* What is no token is shown as the one character that stands there. */
struct quoted scan_found(struct scan *scan)
{
    struct token token;
    struct quoted quoted;
    uint32_t rune;

    if (scan_done(scan)) {
        snprintf(quoted.text, sizeof quoted.text, "%s",
                 _("the end of the line"));
        return quoted;
    }
    token = scan_token_here(scan);
    if (token.length == 0)
        token.length = text_decode(token.text, &rune);
    return scan_quote(token);
}

/* No other part of the parser meets a longer name. */
bool scan_name(struct scan *scan, struct token *name, const char *example)
{
    *name = scan_token(scan);
    if (name->length == 0)
        return scan_fail(scan, scan->pos,
                         _("a name is missing before %s; write it as in "
                           "\"%s\" (a name begins with a letter or _)"),
                         scan_found(scan).text, example);
    if (scan_token_is_long(*name))
        return scan_fail(scan, name->text,
                         _("the name %s is too long; a name has at most %d "
                           "letters"),
                         scan_quote(*name).text, WORKLOAD_NAME_MAX);
    return true;
}
