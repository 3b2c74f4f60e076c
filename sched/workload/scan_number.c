/*
 * scan_number.c -- numbers and times from one statement of workload text.
 *
 * Digits are added up with an eye on the largest number that fits, so that
 * none is ever read as another one. Of a time, the unit comes last: only then
 * is it known how large the number is.
 */
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/workload/scan_internal.h"
#include "sched/workload/workload.h"

/* Only ASCII, whatever the locale: <ctype.h> would ask it. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
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
    scan_skip_blanks(scan);
    return scan->pos < scan->end && is_digit(*scan->pos);
}

bool scan_integer(struct scan *scan, int64_t *value)
{
    const char *start = scan->pos;

    if (!scan_digits(scan, value, INT64_MAX))
        return scan_fail(scan, start,
                         _("this number is too large; the largest is %lld"),
                         (long long)INT64_MAX);
    if (scan->pos < scan->end && scan_begins_name(scan->pos))
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

    scan_skip_blanks(scan);
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
    if (scan->pos < scan->end && scan_begins_name(scan->pos))
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
    struct token token = scan_token_here(scan);

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

    scan_skip_blanks(scan);
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
