/*
 * scan.c -- tokens, numbers and times from one statement of workload text.
 *
 * The scanner is two pointers into the text, so nothing is copied: a token
 * points to where it stands, and that is also how a message finds its line and
 * column.
 */
#include "sched/workload/scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
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

/* Only ASCII, whatever the locale: <ctype.h> would ask it. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Does a name begin at a place of the text? Names are of any script. */
static bool begins_name(const char *at)
{
    uint32_t rune;

    text_decode(at, &rune);
    return rune == '_' || text_begins_name(rune);
}

/* The token at pos, also if a name cannot begin like that ("3x"). */
static struct token token_here(const struct scan *scan)
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
    struct token token = token_here(scan);

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

static void skip_blanks(struct scan *scan)
{
    do
        skip_in_line(scan);
    while ((scan->pos == scan->end || *scan->pos == '#') && cross(scan));
}

/* A comment may begin wherever a token may. */
bool scan_done(struct scan *scan)
{
    skip_blanks(scan);
    return scan->pos == scan->end || *scan->pos == '#';
}

bool scan_accept(struct scan *scan, char c)
{
    skip_blanks(scan);
    if (scan->pos == scan->end || *scan->pos != c)
        return false;
    scan->pos++;
    scan->parentheses += (c == '(') - (c == ')');
    return true;
}

bool scan_sees(struct scan *scan, const char *text)
{
    size_t length = strlen(text);

    skip_blanks(scan);
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
    skip_blanks(scan);
    if (scan->pos < scan->end && begins_name(scan->pos))
        return token_here(scan);
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
    token = token_here(scan);
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

/* Take digits; false when the number passes most. At least one digit must
 * stand at pos. */
static bool scan_digits(struct scan *scan, int64_t *value, int64_t most)
{
    *value = 0;
    for (; scan->pos < scan->end && is_digit(*scan->pos); scan->pos++) {
        int digit = *scan->pos - '0';

        if (*value > (most - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    return true;
}

bool scan_sees_digit(struct scan *scan)
{
    skip_blanks(scan);
    return scan->pos < scan->end && is_digit(*scan->pos);
}

bool scan_integer(struct scan *scan, int64_t *value)
{
    const char *start = scan->pos;

    if (!scan_digits(scan, value, INT64_MAX))
        return scan_fail(scan, start,
                         _("this number is too large; the largest is %lld"),
                         (long long)INT64_MAX);
    if (scan->pos < scan->end && begins_name(scan->pos))
        return scan_fail(scan, start,
                         _("in a calculation numbers have no unit; times are "
                           "in ms there"));
    return true;
}

/* Does c come next, and then a digit? A minus sign, or a decimal point. */
static bool before_digit(const struct scan *scan, char c)
{
    return scan->pos + 1 < scan->end && *scan->pos == c &&
           is_digit(scan->pos[1]);
}

/* A minus sign belongs to a number only if a digit follows directly. */
bool scan_number(struct scan *scan, int64_t *value, int64_t least, int64_t most,
                 const char *example)
{
    const char *start;
    int sign = 1;
    bool fits;

    skip_blanks(scan);
    start = scan->pos;
    if (before_digit(scan, '-')) {
        sign = -1;
        scan->pos++;
    }
    if (scan->pos == scan->end || !is_digit(*scan->pos))
        return scan_fail(scan, scan->pos,
                         _("a whole number is missing before %s; write it as "
                           "in \"%s\""),
                         scan_found(scan).text, example);
    fits = scan_digits(scan, value, WORKLOAD_NUMBER_MAX);
    *value *= sign;
    if (!fits || *value < least || *value > most)
        return scan_fail(scan, start,
                         _("this number is out of range: \"%s\" takes one "
                           "from %lld to %lld"),
                         example, (long long)least, (long long)most);
    if (scan->pos < scan->end && begins_name(scan->pos))
        return scan_fail(scan, start,
                         _("\"%s\" takes a plain whole number, with no "
                           "letters after it"),
                         example);
    return true;
}

/* Take the unit at pos; returns its ns, 0 if there is no such unit. */
static int64_t scan_unit(struct scan *scan)
{
    static const struct {
        const char *word;
        int64_t ns;
    } unit[] = { { "", NS_PER_MS },
                 { "ms", NS_PER_MS },
                 { "us", NS_PER_US },
                 { "s", NS_PER_S } };
    struct token token = token_here(scan);

    if (scan->end - scan->pos > 2 && memcmp(scan->pos, "..", 2) == 0)
        token.length = 0; /* a number by chance */
    for (size_t i = 0; i < sizeof unit / sizeof *unit; i++)
        if (scan_token_is(token, unit[i].word)) {
            scan->pos += token.length;
            return unit[i].ns;
        }
    return 0;
}

/*
 * Add the digits after a decimal point, which pos stands at, to *ns; false
 * when they say less than a microsecond.
 */
static bool add_fraction(const char *pos, int64_t unit_ns, int64_t *ns)
{
    while (is_digit(*++pos)) {
        int64_t part = unit_ns / 10 * (*pos - '0');

        if (*pos != '0' && (part == 0 || part % NS_PER_US != 0))
            return false;
        *ns += part;
        unit_ns /= 10;
    }
    return true;
}

/* A negative time deserves a message of its own. */
static bool scan_time_missing(struct scan *scan, const char *example)
{
    if (before_digit(scan, '-'))
        return scan_fail(scan, scan->pos,
                         _("a time cannot be negative; write it as in \"%s\""),
                         example);
    return scan_fail(scan, scan->pos,
                     _("a time is missing before %s; write it as in \"%s\""),
                     scan_found(scan).text, example);
}

static void skip_digits(struct scan *scan)
{
    while (scan->pos < scan->end && is_digit(*scan->pos))
        scan->pos++;
}

/*
 * Take `12` or `12.5`: the whole part and the place of the point, if any.
 * False when the whole part is larger than any time.
 */
static bool scan_decimal(struct scan *scan, int64_t *whole, const char **point)
{
    bool fits = scan_digits(scan, whole, WORKLOAD_DURATION_MAX_NS);

    *point = NULL;
    skip_digits(scan);
    if (before_digit(scan, '.')) {
        *point = scan->pos++;
        skip_digits(scan);
    }
    return fits;
}

/* The unit comes last, so only then is the size of the number known. */
bool scan_duration(struct scan *scan, int64_t *ns, int64_t least_ns,
                   const char *example)
{
    const char *start, *point;
    int64_t whole, unit_ns;
    bool fits;

    skip_blanks(scan);
    start = scan->pos;
    if (scan->pos == scan->end || !is_digit(*scan->pos))
        return scan_time_missing(scan, example);
    fits = scan_decimal(scan, &whole, &point);
    unit_ns = scan_unit(scan);
    if (unit_ns == 0)
        return scan_fail(scan, scan->pos,
                         _("%s is not a unit of time; write ms, us or s (a "
                           "plain number is milliseconds)"),
                         scan_found(scan).text);
    fits = fits && whole <= WORKLOAD_DURATION_MAX_NS / unit_ns;
    *ns = fits ? whole * unit_ns : 0;
    if (fits && point && !add_fraction(point, unit_ns, ns))
        return scan_fail(scan, start,
                         _("this time is too fine; the finest is 1us"));
    if (!fits || *ns > WORKLOAD_DURATION_MAX_NS)
        return scan_fail(scan, start,
                         _("this time is too long; the longest is 1000000s"));
    if (*ns < least_ns)
        return scan_fail(scan, start,
                         _("this time must be longer than zero, as in \"%s\""),
                         example);
    return true;
}
