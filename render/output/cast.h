/*
 * cast.h -- a picture that moves, as an asciicast: what a terminal would have
 * been sent, with times.
 *
 * asciinema and its player on web pages show it. One thread at a time.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_CAST_H
#define CONCVIZ_RENDER_OUTPUT_CAST_H

#include <stdint.h>

#include "render/cells/cells.h"
#include "render/cells/palette.h"

struct strbuf;

struct cast_options {
    int version; /* of the format: 2 or 3 */
    int width, height;
    enum theme theme;
    const char *title;
};

struct cast {
    struct strbuf *out; /* borrowed */
    struct cast_options options;
    struct palette palette;
    struct cells shown; /* what the terminal shows now … */
    struct paint pen;   /* … and how it would write on */
    int64_t last_us;    /* of the last event */
};

/* Append the beginning of the file to out. The title is not needed later. */
void cast_init(struct cast *cast, struct strbuf *out,
               const struct cast_options *options);
void cast_fini(struct cast *cast);

/* All of these append to out what happens at t_us, which never goes back. The
 * picture becomes cells (of the size of the cast): what is different is sent. */
void cast_frame(struct cast *cast, int64_t t_us, const struct cells *cells);

/* Something to go to. */
void cast_marker(struct cast *cast, int64_t t_us, const char *label);

#endif
