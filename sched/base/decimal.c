/*
 * decimal.c -- integers divided by hand: printf would ask the locale for the
 * decimal point, and a double cannot hold every count of nanoseconds.
 */
#include "sched/base/decimal.h"

#include <stdbool.h>

#include "sched/base/clock.h"
#include "sched/base/strbuf.h"

enum {
    DIGITS_MOST = 20 /* of 64 bits */
};

/* Append a whole number, with zeros before it until it has so many digits. */
static void add_digits(struct strbuf *buf, uint64_t value, int least)
{
    char digits[DIGITS_MOST];
    size_t first = sizeof digits;

    for (; value || least > 0; least--) {
        digits[--first] = (char)('0' + value % 10);
        value /= 10;
    }
    strbuf_add(buf, digits + first, sizeof digits - first);
}

/* Append a fraction of `digits` decimals, at least `least` of them. */
static void add_fraction(struct strbuf *buf, uint64_t fraction, int digits,
                         int least)
{
    for (; digits > least && fraction % 10 == 0; digits--)
        fraction /= 10;
    if (digits > 0) {
        strbuf_addc(buf, '.');
        add_digits(buf, fraction, digits);
    }
}

/* INT64_MIN has no positive twin among the signed numbers. */
static uint64_t magnitude(int64_t value)
{
    return value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
}

static void add_sign(struct strbuf *buf, bool minus)
{
    if (minus)
        strbuf_addc(buf, '-');
}

void decimal_uint(struct strbuf *buf, uint64_t value)
{
    add_digits(buf, value, 1);
}

void decimal_int(struct strbuf *buf, int64_t value)
{
    add_sign(buf, value < 0);
    add_digits(buf, magnitude(value), 1);
}

/* Six digits are exactly the nanoseconds of a millisecond, so nothing is ever
 * rounded. */
void decimal_ms(struct strbuf *buf, int64_t ns)
{
    uint64_t size = magnitude(ns), unit = (uint64_t)NS_PER_MS;

    add_sign(buf, ns < 0);
    add_digits(buf, size / unit, 1);
    add_fraction(buf, size % unit, 6, 0);
}

/* The sign is written separately, so digits are cut towards zero for negative
 * times as well, and -0.5 keeps its minus. */
void decimal_seconds(struct strbuf *buf, int64_t ns, int least, int most)
{
    uint64_t size = magnitude(ns), unit = (uint64_t)NS_PER_S, cut = 1;

    for (int digits = 9; digits > most; digits--)
        cut *= 10;
    add_sign(buf, ns < 0);
    add_digits(buf, size / unit, 1);
    add_fraction(buf, size % unit / cut, most, least);
}

/* Halves round away from zero, and what rounds to nothing has no sign. */
void decimal_real(struct strbuf *buf, double value, int digits)
{
    uint64_t unit = 1, size;
    int i;

    for (i = 0; i < digits; i++)
        unit *= 10;
    size = (uint64_t)((value < 0 ? -value : value) * (double)unit + 0.5);
    add_sign(buf, value < 0 && size);
    add_digits(buf, size / unit, 1);
    add_fraction(buf, size % unit, digits, 1);
}
