/*
 * program_lines.c -- see program_lines.h. Both outputs are sorted by line; side
 * by side, lines that are in one of them only are plain to see.
 */
#include "cli/program/program_lines.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

struct output_line {
    const char *text; /* without its newline */
    size_t length;
};

struct output_lines {
    struct output_line *line;
    size_t count, room;
};

static int compare(const struct output_line *left,
                   const struct output_line *right)
{
    size_t shorter = left->length < right->length ? left->length
                                                  : right->length;
    int order = memcmp(left->text, right->text, shorter);

    if (order != 0)
        return order;
    return (left->length > right->length) - (left->length < right->length);
}

/* Equal lines stay in their order. */
static int compare_places(const void *a, const void *b)
{
    const struct output_line *left = a, *right = b;
    int order = compare(left, right);

    if (order != 0)
        return order;
    return (left->text > right->text) - (left->text < right->text);
}

static struct output_lines sort(const struct strbuf *text)
{
    struct output_lines lines = { .line = NULL };
    const char *at = text->text, *end = text->text + text->length;

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));

        if (!stop)
            stop = end;
        lines.line = xgrow(lines.line, lines.count, &lines.room,
                           sizeof *lines.line);
        lines.line[lines.count++] = (struct output_line){ at,
                                                          (size_t)(stop - at) };
        at = stop + 1;
    }
    if (lines.count > 0)
        qsort(lines.line, lines.count, sizeof *lines.line, compare_places);
    return lines;
}

/* The earlier of first and where the line stands. */
static void note(size_t *first, const struct strbuf *text,
                 const struct output_line *line)
{
    size_t place = (size_t)(line->text - text->text);

    if (place < *first)
        *first = place;
}

bool program_lines_same(const struct strbuf *is, const struct strbuf *usual,
                        struct program_lines *differ)
{
    struct output_lines left = sort(is), right = sort(usual);
    struct program_lines first = { is->length, usual->length };
    size_t i = 0, k = 0;

    while (i < left.count || k < right.count) {
        int order = i == left.count    ? 1
                    : k == right.count ? -1
                                       : compare(&left.line[i], &right.line[k]);

        if (order < 0)
            note(&first.is, is, &left.line[i++]);
        else if (order > 0)
            note(&first.usual, usual, &right.line[k++]);
        else {
            i++;
            k++;
        }
    }
    free(left.line);
    free(right.line);
    if (differ)
        *differ = first;
    return first.is == is->length && first.usual == usual->length;
}
