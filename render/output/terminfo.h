/*
 * terminfo.h -- what the terminal can do, asked of the system's database.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_TERMINFO_H
#define CONCVIZ_RENDER_OUTPUT_TERMINFO_H

#include <stdbool.h>
#include <stddef.h>

#include "render/cells/palette.h"

struct diag;

/*
 * Look TERM up and see whether a picture can be drawn on standard output,
 * before a byte is sent to it. Returns false with diag filled.
 */
bool terminfo_can_draw(struct diag *diag);

/* Write what gives the terminal back as it is now into bytes; returns the
 * length. Before the terminal is opened. */
size_t terminfo_undo(char *bytes, size_t size);

/* Whether the terminal has light or dark colours: a guess. */
enum theme terminfo_theme(void);

/* The rest needs an open terminal. */

/* A capability by its short name, or NULL where the terminal has none. */
const char *terminfo_string(const char *name);

/* Do colour numbers from 8 on mean 0xRRGGBB? */
bool terminfo_direct_color(void);

enum {
    REGION_BYTES_MAX = 32,
    PLAIN_BYTES_MAX = 32
};

/*
 * Write what makes all `rows` rows scroll into bytes (size >= 1, cut to it
 * and terminated); returns bytes, empty where the terminal has no such thing.
 */
const char *terminfo_whole_region(char *bytes, size_t size, int rows);

/* Write what ends an unfinished sequence and all attributes into bytes (size
 * >= 1, cut to it and terminated). */
void terminfo_plain(char *bytes, size_t size);

#endif
