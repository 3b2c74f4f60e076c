/*
 * cast.c -- a frame becomes the bytes that change the last one into it.
 *
 * An event is one frame, so that no character is ever divided between two.
 * Each piece of a row that is different is written where it stands; how it
 * looks is said again only where that changes. Version 2 writes times since the
 * beginning, version 3 since the event before; both are differences of the same
 * rounded times, so that nothing adds up.
 */
#include "render/output/cast.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    COLOURS = 256,    /* what terminals and players have */
    COLOUR_SIZE = 16, /* "#rrggbb" */
    TIME_DIGITS = 6   /* of a second */
};

/* --- the head ------------------------------------------------------------- */

static void add_colour(struct json *json, const char *name, uint32_t colour)
{
    char text[COLOUR_SIZE];

    snprintf(text, sizeof text, "#%06" PRIx32, colour);
    json_string(json, name, text);
}

/* The two colours that the picture takes from its terminal, and the 16 that a
 * theme must name. */
static void add_theme(struct json *json, enum theme theme)
{
    struct palette_ground ground = palette_ground(theme);

    json_begin(json, "theme", '{');
    add_colour(json, "fg", ground.fg);
    add_colour(json, "bg", ground.bg);
    json_string(json, "palette",
                "#000000:#cd0000:#00cd00:#cdcd00:#0000ee:#cd00cd:#00cdcd:"
                "#e5e5e5:#7f7f7f:#ff0000:#00ff00:#ffff00:#5c5cff:#ff00ff:"
                "#00ffff:#ffffff");
    json_end(json, '}');
}

static void add_head(struct cast *cast)
{
    const struct cast_options *options = &cast->options;
    bool old = options->version == 2;
    struct json json;

    json_init(&json, cast->out, false);
    json_begin(&json, NULL, '{');
    json_int(&json, "version", options->version);
    if (!old)
        json_begin(&json, "term", '{');
    json_int(&json, old ? "width" : "cols", options->width);
    json_int(&json, old ? "height" : "rows", options->height);
    if (!old)
        json_string(&json, "type", "xterm-256color");
    add_theme(&json, options->theme);
    if (!old)
        json_end(&json, '}');
    json_string(&json, "title", options->title);
    json_end(&json, '}');
    strbuf_addc(cast->out, '\n');
}

void cast_init(struct cast *cast, struct strbuf *out,
               const struct cast_options *options)
{
    *cast = (struct cast){ .out = out, .options = *options };
    palette_init(&cast->palette, options->theme, COLOURS);
    add_head(cast);
    cast->options.title = NULL;
}

void cast_fini(struct cast *cast)
{
    cells_fini(&cast->shown);
}

/* --- events --------------------------------------------------------------- */

static void add_event(struct cast *cast, int64_t t_us, const char *code,
                      const char *data)
{
    int64_t since_us = cast->options.version == 2 ? 0 : cast->last_us;
    struct json json;

    json_init(&json, cast->out, false);
    json_begin(&json, NULL, '[');
    json_scaled(&json, NULL, t_us - since_us, TIME_DIGITS);
    json_string(&json, NULL, code);
    json_string(&json, NULL, data);
    json_end(&json, ']');
    strbuf_addc(cast->out, '\n');
    cast->last_us = t_us;
}

void cast_marker(struct cast *cast, int64_t t_us, const char *label)
{
    add_event(cast, t_us, "m", label);
}

/* --- frames --------------------------------------------------------------- */

static bool same_look(const struct paint *a, const struct paint *b)
{
    return a->fg == b->fg && a->bg == b->bg && a->attributes == b->attributes;
}

/* ECMA-48, SGR; colours as xterm has them. */
static void set_look(struct strbuf *bytes, const struct paint *paint)
{
    strbuf_adds(bytes, "\033[0");
    if (paint->attributes & PAINT_BOLD)
        strbuf_adds(bytes, ";1");
    if (paint->attributes & PAINT_DIM)
        strbuf_adds(bytes, ";2");
    if (paint->attributes & PAINT_UNDERLINE)
        strbuf_adds(bytes, ";4");
    if (paint->attributes & PAINT_REVERSE)
        strbuf_adds(bytes, ";7");
    if (paint->fg >= 0)
        strbuf_addf(bytes, ";38;5;%d", (int)paint->fg);
    if (paint->bg >= 0)
        strbuf_addf(bytes, ";48;5;%d", (int)paint->bg);
    strbuf_addc(bytes, 'm');
}

static bool differs(const struct cast *cast, const struct cells *cells, int x,
                    int y)
{
    const struct cell *a = cells_at(&cast->shown, x, y);
    const struct cell *b = cells_at(cells, x, y);

    return a->rune != b->rune || a->width != b->width || a->role != b->role ||
           a->task != b->task || a->under != b->under;
}

static void add_cell(struct cast *cast, struct strbuf *bytes,
                     const struct cell *cell)
{
    struct paint paint = palette_paint(&cast->palette, cell);
    char utf8[4];

    if (!same_look(&paint, &cast->pen))
        set_look(bytes, &paint);
    cast->pen = paint;
    strbuf_add(bytes, utf8, text_encode(utf8, paint.rune));
}

/* What is different in a row, from the first half of a wide character on. */
static void add_row(struct cast *cast, struct strbuf *bytes,
                    const struct cells *cells, int y)
{
    int x = 0;

    while (x < cells->width) {
        int from = x;

        if (!differs(cast, cells, x, y)) {
            x++;
            continue;
        }
        while (from > 0 && cells_at(cells, from, y)->width == 0)
            from--;
        strbuf_addf(bytes, "\033[%d;%dH", y + 1, from + 1);
        for (; from < cells->width &&
               (from <= x || differs(cast, cells, from, y));
             from++)
            if (cells_at(cells, from, y)->width > 0)
                add_cell(cast, bytes, cells_at(cells, from, y));
        x = from;
    }
}

void cast_frame(struct cast *cast, int64_t t_us, const struct cells *cells)
{
    struct strbuf bytes;

    strbuf_init(&bytes);
    if (!cast->shown.cell) { /* without a cursor, on an empty screen */
        cells_init(&cast->shown, cells->width, cells->height);
        strbuf_adds(&bytes, "\033[?25l\033[0m\033[2J");
        cast->pen = (struct paint){ PALETTE_DEFAULT, PALETTE_DEFAULT, 0, 0 };
    }
    for (int y = 0; y < cells->height; y++)
        add_row(cast, &bytes, cells, y);
    if (bytes.length) {
        add_event(cast, t_us, "o", bytes.text);
        cells_copy(&cast->shown, 0, 0, cells, 0, cells->height);
    }
    strbuf_fini(&bytes);
}
