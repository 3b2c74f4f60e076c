#include "sched/base/suggest.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORD_MAX = 64,
    LIMIT_MAX = 8
};

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* row[0] is the current row of the distance matrix, row[1] the one above. */
static void fill_row(int row[3][WORD_MAX + 1], const char *a, const char *b,
                     size_t i)
{
    size_t width = strlen(b);

    memmove(row[1], row[0], 2 * sizeof row[0]);
    row[0][0] = (int)i;
    for (size_t j = 1; j <= width; j++) {
        int change = lower(a[i - 1]) != lower(b[j - 1]);

        row[0][j] = least(least(row[1][j], row[0][j - 1]) + 1,
                          row[1][j - 1] + change);
        if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
            lower(a[i - 2]) == lower(b[j - 1]))
            row[0][j] = least(row[0][j], row[2][j - 2] + 1);
    }
}

int suggest_distance(const char *a, const char *b, int limit)
{
    size_t height = strlen(a), width = strlen(b);
    int row[3][WORD_MAX + 1] = { { 0 } };

    if (limit > LIMIT_MAX)
        limit = LIMIT_MAX;
    if (height > WORD_MAX || width > WORD_MAX ||
        abs((int)height - (int)width) > limit)
        return limit + 1;
    for (size_t j = 0; j <= width; j++)
        row[0][j] = (int)j;
    for (size_t i = 1; i <= height; i++)
        fill_row(row, a, b, i);
    return least(row[0][width], limit + 1);
}

int suggest_limit(const char *word)
{
    return strlen(word) <= 3 ? 1 : 2;
}

const char *suggest(const char *word, const char *const *candidates)
{
    int nearest = suggest_limit(word) + 1;
    const char *found = NULL;

    for (; *candidates; candidates++) {
        int distance = suggest_distance(word, *candidates, nearest - 1);

        if (distance < nearest) {
            nearest = distance;
            found = *candidates;
        }
    }
    return found;
}
