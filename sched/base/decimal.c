/*
 * decimal.c -- integers divided by hand: printf would ask the locale for the
 * decimal point, and a double cannot hold every count of nanoseconds.
 */
#include "sched/base/decimal.h"

#include <inttypes.h>

#include "sched/base/clock.h"
#include "sched/base/strbuf.h"

/* Append a fraction of `digits` decimals, at least `least` of them. */
static void add_fraction(struct strbuf *buf, uint64_t fraction, int digits,
                         int least)
{
    for (; digits > least && fraction % 10 == 0; digits--)
        fraction /= 10;
    if (digits > 0)
        strbuf_addf(buf, ".%0*" PRIu64, digits, fraction);
}

/* INT64_MIN has no positive twin among the signed numbers. */
static uint64_t magnitude(int64_t value)
{
    return value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
}

/* Six digits are exactly the nanoseconds of a millisecond, so nothing is ever
 * rounded. */
void decimal_ms(struct strbuf *buf, int64_t ns)
{
    uint64_t size = magnitude(ns), unit = (uint64_t)NS_PER_MS;

    strbuf_addf(buf, "%s%" PRIu64, ns < 0 ? "-" : "", size / unit);
    add_fraction(buf, size % unit, 6, 0);
}

/* The sign is written separately, so digits are cut towards zero for negative
 * times as well, and -0.5 keeps its minus. */
void decimal_seconds(struct strbuf *buf, int64_t ns, int least, int most)
{
    uint64_t size = magnitude(ns), unit = (uint64_t)NS_PER_S, cut = 1;

    for (int digits = 9; digits > most; digits--)
        cut *= 10;
    strbuf_addf(buf, "%s%" PRIu64, ns < 0 ? "-" : "", size / unit);
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
    strbuf_addf(buf, "%s%" PRIu64, value < 0 && size ? "-" : "", size / unit);
    add_fraction(buf, size % unit, digits, 1);
}
