/*
 * duration.c -- choose the unit that leaves two to four digits.
 */
#include "render/words/duration.h"

#include <inttypes.h>
#include <stdio.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"

const struct unit_choice duration_choice[DURATION_CHOICES] = {
    { 7200 * NS_PER_S, { 3600 * NS_PER_S, "h", 2 } },
    { 600 * NS_PER_S, { 60 * NS_PER_S, "min", 1 } },
    { 100 * NS_PER_S, { NS_PER_S, "s", 0 } },
    { 2 * NS_PER_S, { NS_PER_S, "s", 1 } },
    { 50 * NS_PER_MS, { NS_PER_MS, "ms", 0 } },
    { 2 * NS_PER_MS, { NS_PER_MS, "ms", 1 } },
    { 50000, { 1000, "us", 0 } },
    { 2000, { 1000, "us", 1 } },
    { 0, { 1, "ns", 0 } },
};

struct unit duration_unit(int64_t span_ns)
{
    int i = 0;

    while (i < DURATION_CHOICES - 1 && span_ns < duration_choice[i].from_ns)
        i++;
    return duration_choice[i].unit;
}

const char *duration_digits(char out[DURATION_SIZE], int64_t ns,
                            struct unit unit)
{
    if (ns == TIME_NEVER)
        snprintf(out, DURATION_SIZE, "%s", _("never"));
    else
        snprintf(out, DURATION_SIZE, "%.*f", unit.decimals,
                 (double)ns / (double)unit.ns);
    return out;
}

const char *duration_text(char out[DURATION_SIZE], int64_t ns, struct unit unit)
{
    char digits[DURATION_SIZE];

    if (ns == TIME_NEVER)
        return duration_digits(out, ns, unit);
    snprintf(out, DURATION_SIZE, "%.24s%s", duration_digits(digits, ns, unit),
             unit.sign);
    return out;
}
