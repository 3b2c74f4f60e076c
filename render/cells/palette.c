/*
 * palette.c -- the colours of eight tasks, and of everything else.
 *
 * The task colours start from those of M. Okabe and K. Ito, "Color Universal
 * Design" (2008), moved within the 256-colour cube until the worst pair is as
 * far apart as possible for normal, protan, deutan and tritan eyes (dichromacy
 * as simulated by Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009). A
 * letter and a texture always say the same as the colour.
 */
#include "render/cells/palette.h"

#include <stdbool.h>

#include "render/cells/glyphs.h"

enum {
    BLACK = 16, /* fixed in every 256-colour terminal, unlike 0 to 15 */
    WHITE = 231,
    WAIT_PERCENT = 30, /* ink of a light shade */
};

/*                                       A    B   C    D    E   F    G    H */
static const uint8_t dark[TASK_COLOURS] = {
    178, 110, 79, 132, 227, 25, 209, 93
};
static const uint8_t light[TASK_COLOURS] = {
    208, 39, 65, 175, 143, 25, 130, 93
};
/* The same with the ink of a light shade: the nearest of the 256, which has
 * little choice among dark colours. */
static const uint8_t dark_wait[TASK_COLOURS] = { 58, 237, 237, 236,
                                                 58, 234, 237, 17 };
static const uint8_t light_wait[TASK_COLOURS] = { 223, 153, 151, 225,
                                                  187, 146, 180, 183 };
static const uint8_t eight[TASK_COLOURS] = { 3, 6, 2, 5, 3, 4, 1, 6 };
static const uint8_t sixteen[TASK_COLOURS] = { 3, 6, 2, 5, 11, 4, 1, 14 };

/* What a role looks like where it is not about a task. */
static const struct chrome {
    unsigned attributes;
    int16_t dark, light, eight; /* foreground; PALETTE_DEFAULT for text */
} chrome[ROLE_COUNT] = {
    [ROLE_TEXT] = { 0, -1, -1, -1 },
    [ROLE_DIM] = { 0, 245, 242, -1 },
    [ROLE_STRONG] = { PAINT_BOLD, -1, -1, -1 },
    [ROLE_TITLE] = { PAINT_REVERSE, -1, -1, -1 },
    [ROLE_KEY] = { PAINT_REVERSE | PAINT_BOLD, -1, -1, -1 },
    [ROLE_FRAME] = { PAINT_BOLD, -1, -1, -1 },
    [ROLE_AWAY] = { 0, -1, -1, -1 },
    [ROLE_NOW] = { PAINT_BOLD, -1, -1, -1 },
    [ROLE_METER] = { PAINT_BOLD | PAINT_REVERSE, -1, -1, -1 },
    [ROLE_REAL] = { PAINT_BOLD, -1, -1, -1 },
    [ROLE_MODEL] = { PAINT_BOLD | PAINT_UNDERLINE, -1, -1, -1 },
    [ROLE_TASK] = { PAINT_BOLD | PAINT_REVERSE, -1, -1, -1 },
    [ROLE_TASK_BAR] = { 0, -1, -1, -1 },
    [ROLE_TASK_WAIT] = { 0, -1, -1, -1 },
    [ROLE_TASK_LINE] = { 0, -1, -1, -1 },
    [ROLE_ALERT] = { PAINT_BOLD, 203, 160, 1 },
    [ROLE_GOOD] = { PAINT_BOLD, 114, 28, 2 },
    [ROLE_BAD] = { PAINT_BOLD, 203, 160, 1 },
    [ROLE_SELECTED] = { PAINT_REVERSE | PAINT_BOLD, -1, -1, -1 },
};

/* --- numbers of colours --------------------------------------------------- */

/* 0xRRGGBB of one of the 256 usual colours (xterm's). */
static uint32_t rgb(int index)
{
    static const uint32_t first[16] = {
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
        0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
        0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
    };
    static const uint8_t level[6] = { 0, 95, 135, 175, 215, 255 };
    uint32_t grey;

    if (index < 16)
        return first[index];
    if (index < 232) {
        index -= 16;
        return (uint32_t)level[index / 36] << 16 |
               (uint32_t)level[index / 6 % 6] << 8 | level[index % 6];
    }
    grey = (uint32_t)(8 + 10 * (index - 232));
    return grey << 16 | grey << 8 | grey;
}

/* The number to use for colour `index` of 256. */
static int32_t number(const struct palette *palette, int index)
{
    return palette->colours == PALETTE_DIRECT ? (int32_t)rgb(index) : index;
}

void palette_init(struct palette *palette, enum theme theme, int colours)
{
    palette->theme = theme == THEME_AUTO ? THEME_DARK : theme;
    palette->colours = colours >= PALETTE_DIRECT ? PALETTE_DIRECT
                       : colours >= 256          ? 256
                       : colours >= 16           ? 16
                       : colours >= 8            ? 8
                                                 : 0;
    if (theme == THEME_MONO)
        palette->colours = 0;
    if (palette->colours == 0)
        palette->theme = THEME_MONO;
}

/* --- colours of tasks ----------------------------------------------------- */

static bool rich(const struct palette *palette)
{
    return palette->colours >= 256;
}

static int task_index(const struct palette *palette, int colour)
{
    if (!rich(palette))
        return palette->colours == 16 ? sixteen[colour] : eight[colour];
    return palette->theme == THEME_LIGHT ? light[colour] : dark[colour];
}

static uint32_t mix(uint32_t a, uint32_t b, unsigned percent)
{
    uint32_t result = 0;

    for (int shift = 0; shift <= 16; shift += 8) {
        uint32_t one = a >> shift & 255, two = b >> shift & 255;

        result |= (one * percent + two * (100 - percent)) / 100 << shift;
    }
    return result;
}

static int32_t dimmed(const struct palette *palette, int colour)
{
    bool is_light = palette->theme == THEME_LIGHT;

    if (!rich(palette))
        return PALETTE_DEFAULT;
    if (palette->colours == PALETTE_DIRECT)
        return (int32_t)mix(rgb(task_index(palette, colour)),
                            rgb(is_light ? WHITE : BLACK), WAIT_PERCENT);
    return is_light ? light_wait[colour] : dark_wait[colour];
}

static int32_t background(const struct palette *palette, int under)
{
    if (under < 0)
        return PALETTE_DEFAULT;
    if (under >= UNDER_DIMMED)
        return dimmed(palette, under - UNDER_DIMMED);
    return number(palette, task_index(palette, under));
}

/* Black on light blocks, white on dark ones. */
static int32_t letter(const struct palette *palette, int colour)
{
    int index = task_index(palette, colour);

    if (!rich(palette))
        return index == 1 || index == 4 || index == 5 ? 7 : 0;
    return number(palette, index == 25 || index == 93 ? WHITE : BLACK);
}

/* Eight colours are too few for eight tasks on black and on white: two have the
 * colour of an earlier one and are bold, which many terminals show brighter. */
static bool shares_colour(const struct palette *palette, int colour)
{
    bool shared = false;

    for (int i = 0; i < colour; i++)
        shared |= eight[i] == eight[colour];
    return palette->colours == 8 && shared;
}

/* --- paint ---------------------------------------------------------------- */

/* Without enough colours for two in one cell, an edge falls between cells:
 * something solid on one side or on both makes it solid. */
static void round_edge(struct paint *paint, const struct cell *cell)
{
    bool is_full = cell->under >= 0 || paint->rune <= 0x258C;

    paint->rune = is_full ? 0x2588 : ' ';
}

static void paint_mono(struct paint *paint, const struct cell *cell)
{
    if (cell->role == ROLE_TASK &&
        (glyphs_is_block(paint->rune) || paint->rune == ' '))
        paint->attributes = PAINT_BOLD; /* a big letter is ink by itself */
    if (cell->role == ROLE_TASK_BAR || cell->role == ROLE_TASK_WAIT) {
        if (glyphs_is_eighth(paint->rune))
            round_edge(paint, cell);
        else if (!glyphs_is_block(paint->rune))
            paint->attributes |= PAINT_REVERSE;
    }
}

static void paint_task(const struct palette *palette, struct paint *paint,
                       const struct cell *cell)
{
    int32_t colour = number(palette, task_index(palette, cell->task));

    paint->fg = colour;
    paint->bg = background(palette, cell->under);
    paint->attributes = shares_colour(palette, cell->task) ? PAINT_BOLD : 0;
    if (cell->role == ROLE_TASK) {
        paint->attributes = PAINT_BOLD;
        paint->fg = letter(palette, cell->task);
        paint->bg = colour;
    } else if (cell->role == ROLE_TASK_BAR && !glyphs_is_block(paint->rune)) {
        paint->bg = colour;
    } else if (cell->role == ROLE_TASK_WAIT && glyphs_is_eighth(paint->rune)) {
        paint->fg = dimmed(palette, cell->task);
    }
}

struct palette_ground palette_ground(enum theme theme)
{
    if (theme == THEME_LIGHT)
        return (struct palette_ground){ 0x1c1c1c, 0xfafaf5 };
    return (struct palette_ground){ 0xe6e6e6, 0x101318 };
}

struct paint palette_paint(const struct palette *palette,
                           const struct cell *cell)
{
    const struct chrome *look = &chrome[cell->role];
    struct paint paint = { PALETTE_DEFAULT, PALETTE_DEFAULT, look->attributes,
                           cell->rune };
    bool of_task = cell->role >= ROLE_TASK && cell->role <= ROLE_TASK_LINE;

    if (palette->colours == 0) {
        paint_mono(&paint, cell);
        return paint;
    }
    if (of_task && !rich(palette) && glyphs_is_eighth(paint.rune) &&
        (cell->under >= 0 || cell->task < 0))
        round_edge(&paint, cell);
    if (of_task && cell->task >= 0) {
        paint_task(palette, &paint, cell);
    } else if (of_task && cell->under >= 0) {
        paint.fg = background(palette, cell->under);
        paint.attributes = glyphs_is_eighth(paint.rune) ? PAINT_REVERSE : 0;
    } else if (rich(palette)) {
        int index = palette->theme == THEME_LIGHT ? look->light : look->dark;

        paint.fg = index < 0 ? PALETTE_DEFAULT : number(palette, index);
    } else {
        paint.fg = look->eight;
    }
    return paint;
}
