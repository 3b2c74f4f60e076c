/*
 * number.c -- digits, read without overflow and without a locale.
 */
#include "lessons/claim/number.h"

#include <string.h>

int number_parse(const char *text, int most, const char **end)
{
    int number = 0;

    text += strspn(text, " ");
    *end = text + strspn(text, "0123456789");
    if (*end == text)
        return -1;
    for (; text < *end; text++) {
        int digit = *text - '0';

        if (number > (most - digit) / 10)
            return -1;
        number = 10 * number + digit;
    }
    return number;
}

int number_parse_all(const char *text, int most)
{
    const char *end;
    int number = number_parse(text, most, &end);

    return *end ? -1 : number;
}
