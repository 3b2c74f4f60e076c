/*
 * terminal_stuck.h -- drawing on a terminal that does not read any more.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_TERMINAL_STUCK_H
#define CONCVIZ_RENDER_OUTPUT_TERMINAL_STUCK_H

#include <stdbool.h>

/* Before the first frame: where it is written, and where keys come from. Takes
 * SIGURG, which nothing else here uses. */
void terminal_stuck_init(int output, int keys);
void terminal_stuck_fini(void);

/* Around writing to the terminal. Returns whether some of it was thrown away,
 * and everything has to be painted again. */
void terminal_stuck_begin(void);
bool terminal_stuck_end(void);

#endif
