/*
 * fixed_point.c -- digits are gathered as one whole number, and where the point
 * would be is counted; what is asked for is then some zeros more or less.
 *
 * A time in microseconds since 1970 with three decimals has 19 digits; a double
 * would move it by up to a quarter of a microsecond.
 */
#include "sched/exchange/fixed_point.h"

#define LARGEST INT64_C(4000000000000000000)

enum {
    EXPONENT_MOST = 10000 /* whatever is further away is 0 or too large */
};

struct number {
    uint64_t digits;
    int exponent; /* of ten */
    int seen;     /* digits in the text */
    bool halved;  /* the first digit that was left out was 5 or more */
    bool full;    /* no more digits fit */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_digit(struct number *number, char c, bool fraction)
{
    number->seen++;
    if (!number->full && number->digits <= (uint64_t)LARGEST / 10) {
        number->digits = number->digits * 10 + (uint64_t)(c - '0');
        number->exponent -= fraction;
        return;
    }
    if (!number->full)
        number->halved = c >= '5';
    number->full = true;
    number->exponent += !fraction;
}

/* Returns where the digits and the point end. */
static const char *read_digits(struct number *number, const char *at,
                               const char *end)
{
    bool fraction = false;

    for (; at < end; at++) {
        if (is_digit(*at))
            add_digit(number, *at, fraction);
        else if (*at == '.' && !fraction)
            fraction = true;
        else
            break;
    }
    return at;
}

static bool read_exponent(struct number *number, const char *at,
                          const char *end)
{
    bool negative = false;
    int value = 0;

    if (at == end)
        return true;
    if ((*at != 'e' && *at != 'E') || ++at == end)
        return false;
    if (*at == '-' || *at == '+')
        negative = *at++ == '-';
    if (at == end)
        return false;
    for (; at < end; at++) {
        if (!is_digit(*at))
            return false;
        if (value < EXPONENT_MOST)
            value = value * 10 + (*at - '0');
    }
    number->exponent += negative ? -value : value;
    return true;
}

/* Zeros are added or digits taken away, until the exponent is 0. */
static bool settle(struct number *number)
{
    for (; number->exponent > 0 && number->digits; number->exponent--) {
        if (number->digits > (uint64_t)LARGEST / 10)
            return false;
        number->digits *= 10;
    }
    for (; number->exponent < 0 && number->digits; number->exponent++) {
        number->halved = number->digits % 10 >= 5;
        number->digits /= 10;
    }
    if (number->exponent < 0)
        number->halved = false;
    number->digits += number->halved;
    return number->digits <= (uint64_t)LARGEST;
}

bool fixed_point_read(const char *text, size_t length, int digits,
                      int64_t *value)
{
    struct number number = { .exponent = digits };
    const char *at = text, *end = text + length;
    bool negative = at < end && *at == '-';

    at = read_digits(&number, at + negative, end);
    if (number.seen == 0 || !read_exponent(&number, at, end) ||
        !settle(&number))
        return false;
    *value = negative ? -(int64_t)number.digits : (int64_t)number.digits;
    return true;
}
