/*
 * value.c -- numbers, times and words as people type them.
 *
 * Everything is read with integers and without the locale, so that a time is
 * exactly what was typed.
 */
#include "cli/options/value.h"

#include <string.h>

#include "sched/base/clock.h"

enum {
    SIZE_SIDE_MAX = 1000
};

#define DURATION_MAX_NS INT64_C(1000000000000000)

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Read digits; false if there are none or they say more than max. */
static bool read_count(const char **text, uint64_t max, uint64_t *value)
{
    const char *p = *text;
    uint64_t sum = 0;

    for (; is_digit(*p); p++) {
        uint64_t digit = (uint64_t)(*p - '0');

        if (sum > (max - digit) / 10 || digit > max)
            return false;
        sum = sum * 10 + digit;
    }
    if (p == *text)
        return false;
    *text = p;
    *value = sum;
    return true;
}

bool value_count(const char *text, uint64_t max, uint64_t *value)
{
    uint64_t count;

    if (!read_count(&text, max, &count) || *text)
        return false;
    *value = count;
    return true;
}

bool value_range(const char *text, uint64_t max, uint64_t *first,
                 uint64_t *last)
{
    uint64_t from, to = 0;

    if (!read_count(&text, max, &from))
        return false;
    if (*text == '-') {
        text++;
        if (!read_count(&text, max, &to) || to < from || to == 0)
            return false;
    }
    if (*text)
        return false;
    *first = from;
    *last = to;
    return true;
}

/* "12" or "12.5": the digits without the point, and 10 to the power of how
 * many there were after it. */
static bool read_decimal(const char **text, uint64_t *digits, uint64_t *scale)
{
    uint64_t whole, fraction;
    const char *begin;

    *scale = 1;
    if (!read_count(text, DURATION_MAX_NS, &whole))
        return false;
    *digits = whole;
    if (**text != '.')
        return true;
    begin = ++*text;
    if (!read_count(text, 999999999, &fraction) || *text - begin > 9)
        return false;
    for (const char *p = begin; p < *text; p++)
        *scale *= 10;
    if (whole > (UINT64_MAX - fraction) / *scale)
        return false;
    *digits = whole * *scale + fraction;
    return true;
}

bool value_duration(const char *text, int64_t *ns)
{
    static const struct {
        const char *word;
        int64_t ns;
    } unit[] = { { "", NS_PER_MS },   { "ms", NS_PER_MS }, { "s", NS_PER_S },
                 { "us", NS_PER_US }, { "ns", 1 },         { NULL, 0 } };
    uint64_t digits, scale;

    if (!read_decimal(&text, &digits, &scale))
        return false;
    for (int i = 0; unit[i].word; i++) {
        uint64_t factor = (uint64_t)unit[i].ns, product;

        if (strcmp(text, unit[i].word) != 0)
            continue;
        if (digits > UINT64_MAX / factor)
            return false;
        product = digits * factor;
        if (product % scale || product / scale > DURATION_MAX_NS)
            return false;
        *ns = (int64_t)(product / scale);
        return true;
    }
    return false;
}

bool value_factor(const char *text, double *value)
{
    uint64_t digits, scale;
    double factor;

    if (!read_decimal(&text, &digits, &scale))
        return false;
    if (*text == 'x')
        text++;
    factor = (double)digits / (double)scale;
    if (*text || factor < 0.01 || factor > 1000)
        return false;
    *value = factor;
    return true;
}

bool value_size(const char *text, int *width, int *height)
{
    uint64_t w, h;

    if (!read_count(&text, SIZE_SIDE_MAX, &w) || *text++ != 'x' ||
        !read_count(&text, SIZE_SIDE_MAX, &h) || *text || !w || !h)
        return false;
    *width = (int)w;
    *height = (int)h;
    return true;
}

bool value_choice(const char *text, const char *words, int *index)
{
    size_t wanted = strlen(text);

    for (int i = 0; *words; i++) {
        size_t length = strcspn(words, "|");

        if (length == wanted && memcmp(words, text, length) == 0) {
            *index = i;
            return true;
        }
        words += length + (words[length] == '|');
    }
    return false;
}
