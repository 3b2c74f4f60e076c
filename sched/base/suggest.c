/*
 * suggest.c -- how far two words are apart, and when that is near.
 *
 * The distance is that of Damerau and Levenshtein in its restricted form
 * (optimal string alignment): a table of the distances of all beginnings, of
 * which three rows are enough. F. J. Damerau, "A technique for computer
 * detection and correction of spelling errors", CACM 7(3), 1964.
 */
#include "sched/base/suggest.h"

#include <stdbool.h>
#include <string.h>

enum {
    LETTERS_MAX = 63
};

/* The limit lets suggest_distance keep its table on the stack, whatever was
 * typed. */
static size_t letters(const char *word)
{
    return strnlen(word, LETTERS_MAX);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* ASCII alone: the words offered are ours, and the locale has no say. */
static char upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

static bool same(char a, char b)
{
    return upper(a) == upper(b);
}

/* row[j]: from the first i letters of a to the first j of b. */
size_t suggest_distance(const char *a, const char *b)
{
    size_t rows = letters(a), columns = letters(b);
    size_t table[3][LETTERS_MAX + 1];
    size_t *above2 = table[0], *above = table[1], *row = table[2];

    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        size_t *free_row = above2;

        above2 = above;
        above = row;
        row = free_row;
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t replaced = above[j - 1] + !same(a[i - 1], b[j - 1]);

            row[j] = least(least(above[j], row[j - 1]) + 1, replaced);
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
                same(a[i - 2], b[j - 1]))
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return row[columns];
}

/* A third of the word wrong is a slip, more is another word. */
static bool is_slip(const char *typed, const char *word, size_t distance)
{
    size_t longer = letters(typed);

    if (letters(word) > longer)
        longer = letters(word);
    return distance <= longer / 3;
}

/* Who is sure only of the beginning types that. */
static bool is_beginning(const char *typed, const char *word)
{
    size_t length = letters(typed);

    return length >= 3 && strncmp(typed, word, length) == 0;
}

/* A beginning is near however long the word is, but a word with fewer wrong
 * letters comes first. */
void suggest(struct suggestion *suggestion, const char *word)
{
    size_t distance = suggest_distance(suggestion->typed, word);

    if (!is_slip(suggestion->typed, word, distance) &&
        !is_beginning(suggestion->typed, word))
        return;
    if (suggestion->word && suggestion->distance <= distance)
        return;
    suggestion->word = word;
    suggestion->distance = distance;
}
