/*
 * program_lines.h -- two outputs, compared line by line in any order.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_LINES_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

/* Of each output the place of the first line that the other one lacks, or has
 * less often; the output's length if there is none. */
struct program_lines {
    size_t is, usual;
};

/* Returns whether the two have the same lines, each as often; order does not
 * count. *differ may be NULL. */
bool program_lines_same(const struct strbuf *is, const struct strbuf *usual,
                        struct program_lines *differ);

#endif
