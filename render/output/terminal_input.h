/*
 * terminal_input.h -- where keys come from. Main thread only.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_TERMINAL_INPUT_H
#define CONCVIZ_RENDER_OUTPUT_TERMINAL_INPUT_H

#include <stdbool.h>
#include <stdio.h>

struct diag;

struct terminal_input {
    FILE *file;
    int fd; /* the same */
};

/* Returns false with diag filled if there is no terminal to read keys from. */
bool terminal_input_open(struct terminal_input *input, struct diag *diag);

/* Close what was opened. Safe to call twice. */
void terminal_input_close(struct terminal_input *input);

#endif
