/*
 * input.h -- the bytes of a file that somebody gave us, block by block.
 *
 * A file packed by gzip is unpacked on the way; what is read at once stays the
 * same however large the file is. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_INPUT_H
#define CONCVIZ_SCHED_EXCHANGE_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;
struct input;

/* What a file may hold, unpacked: more is not read. */
#define INPUT_BYTES_MAX (INT64_C(2) << 30)

enum input_end {
    INPUT_WHOLE,   /* everything was read, so far or at all */
    INPUT_TOO_BIG, /* INPUT_BYTES_MAX were read */
    INPUT_CUT,     /* packed data end too early */
    INPUT_DAMAGED, /* they are wrong */
    INPUT_FAILED,  /* the system could not read on */
};

/* Open a regular file; NULL: diag says why not. Free it with input_close (NULL
 * is fine). */
struct input *input_open(const char *path, struct diag *diag);
void input_close(struct input *input);

/* The first block, without taking it, before anything else is asked; input_next
 * returns it again. A mark of UTF-8 at the beginning is left out. */
const char *input_peek(struct input *input, size_t *length);

/* The next block, until the one after it is asked for; NULL at the end, where
 * input_end says why. */
const char *input_next(struct input *input, size_t *length);
enum input_end input_end(const struct input *input);

#endif
