/*
 * wrap.h -- where a row of text ends.
 *
 * The only place that breaks lines. A caller takes row after row:
 *
 *     for (; *text; text += row.next) {
 *         row = wrap_words(text, cells);
 *         ... show row.bytes bytes of text ...
 *     }
 *
 * Further rows are indented by giving them fewer cells. Text is UTF-8 without
 * line ends; widths are those of text.h. Any thread.
 */
#ifndef CONCVIZ_SCHED_BASE_WRAP_H
#define CONCVIZ_SCHED_BASE_WRAP_H

#include <stddef.h>

struct wrap_row {
    size_t bytes; /* of the row, without the spaces at its end */
    size_t next;  /* bytes to the start of the next row; > 0 if there is text */
};

/*
 * Find the first row of text, at most `cells` cells wide. It ends at the last
 * space that fits; a word that is longer than a row is cut, and a character
 * that does not fit at all is taken anyway. Spaces before the first word stay.
 */
struct wrap_row wrap_words(const char *text, int cells);

/* The same for statements of a workload: rather end after a comma. */
struct wrap_row wrap_steps(const char *text, int cells);

#endif
