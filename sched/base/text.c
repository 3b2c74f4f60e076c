/*
 * text.c -- a strict decoder, a table of character kinds, a cleaner.
 *
 * The table holds runs: each says where it begins and of which kind all
 * characters are up to the next run. What must not be written (control,
 * format, private, unassigned, invisible) is UNSEEN and becomes U+FFFD; a
 * space that is not the plain one becomes the plain one.
 *
 * text_clean works on whole clusters (a character and what joins it), so that
 * a cut never tears a mark off the letter it belongs to.
 */
#include "sched/base/text.h"

#include <stdbool.h>
#include <string.h>

enum kind {
    KIND_U,
    KIND_S,
    KIND_0,
    KIND_1,
    KIND_2,
    KIND_BITS = 3
};

#define RUN(first, kind) (UINT32_C(first) << KIND_BITS | KIND_##kind),
static const uint32_t run_table[] = {
#include "sched/base/text_table.h"
};
#undef RUN

enum {
    RUNS = sizeof run_table / sizeof *run_table,
    RUNE_MAX = 0x10FFFF,
    JOINED_MAX = 2
};

static const char ellipsis[] = "\u2026";

static enum kind rune_kind(uint32_t rune)
{
    size_t low = 0, high = RUNS;

    if (rune > RUNE_MAX)
        return KIND_U;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (run_table[middle] >> KIND_BITS <= rune)
            low = middle;
        else
            high = middle;
    }
    return (enum kind)(run_table[low] & ((1U << KIND_BITS) - 1));
}

/* How many bytes a lead byte promises, and the bits of the rune it holds. */
static size_t lead(unsigned char byte, uint32_t *bits)
{
    if (byte < 0x80)
        return *bits = byte, 1;
    if (byte >= 0xC2 && byte <= 0xDF)
        return *bits = byte & 0x1FU, 2;
    if (byte >= 0xE0 && byte <= 0xEF)
        return *bits = byte & 0x0FU, 3;
    if (byte >= 0xF0 && byte <= 0xF4)
        return *bits = byte & 0x07U, 4;
    return *bits = TEXT_BAD, 0;
}

static bool well_formed(uint32_t rune, size_t length)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

    return rune >= least[length] && rune <= RUNE_MAX &&
           !(rune >= 0xD800 && rune <= 0xDFFF);
}

size_t text_decode(const char *text, uint32_t *rune)
{
    size_t length = lead((unsigned char)*text, rune);
    uint32_t value = *rune;

    if (length == 1)
        return *text != '\0';
    *rune = TEXT_BAD;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | ((unsigned char)text[i] & 0x3FU);
    }
    if (length == 0 || !well_formed(value, length))
        return 1;
    *rune = value;
    return length;
}

size_t text_encode(char out[4], uint32_t rune)
{
    enum kind kind = rune_kind(rune);

    if (kind == KIND_U)
        rune = TEXT_BAD;
    if (kind == KIND_S)
        rune = ' ';
    if (rune < 0x80)
        return out[0] = (char)rune, 1;
    if (rune < 0x800) {
        out[0] = (char)(0xC0 | rune >> 6);
        out[1] = (char)(0x80 | (rune & 0x3F));
        return 2;
    }
    if (rune < 0x10000) {
        out[0] = (char)(0xE0 | rune >> 12);
        out[1] = (char)(0x80 | (rune >> 6 & 0x3F));
        out[2] = (char)(0x80 | (rune & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | rune >> 18);
    out[1] = (char)(0x80 | (rune >> 12 & 0x3F));
    out[2] = (char)(0x80 | (rune >> 6 & 0x3F));
    out[3] = (char)(0x80 | (rune & 0x3F));
    return 4;
}

int text_rune_cells(uint32_t rune)
{
    if (rune >= 0x20 && rune < 0x7F)
        return 1;
    switch (rune_kind(rune)) {
    case KIND_0:
        return 0;
    case KIND_2:
        return 2;
    default:
        return 1;
    }
}

int text_cells(const char *text)
{
    uint32_t rune;
    int cells = 0;

    for (size_t step; (step = text_decode(text, &rune)) > 0; text += step)
        cells += text_rune_cells(rune);
    return cells;
}

/*
 * Write the cluster at *source, cleaned, into out; moves *source behind it.
 * Marks beyond the second are left out. Returns the bytes written.
 */
static size_t clean_cluster(char out[4 * (1 + JOINED_MAX)], const char **source)
{
    uint32_t rune;
    size_t length, step = text_decode(*source, &rune);

    /* A mark with nothing before it would join whatever is on the screen. */
    if (rune_kind(rune) == KIND_0)
        rune = TEXT_BAD;
    length = text_encode(out, rune);
    *source += step;
    for (int joined = 0; (step = text_decode(*source, &rune)) > 0; joined++) {
        if (rune_kind(rune) != KIND_0)
            break;
        if (joined < JOINED_MAX)
            length += text_encode(out + length, rune);
        *source += step;
    }
    return length;
}

char *text_clean(char *target, size_t size, const char *source)
{
    char cluster[4 * (1 + JOINED_MAX)];
    size_t length = 0, room_for_ellipsis = 0;

    if (size == 0)
        return target;
    while (*source) {
        size_t bytes = clean_cluster(cluster, &source);

        if (length + sizeof ellipsis <= size)
            room_for_ellipsis = length;
        if (length + bytes >= size) {
            length = room_for_ellipsis;
            if (sizeof ellipsis <= size) {
                memcpy(target + length, ellipsis, sizeof ellipsis - 1);
                length += sizeof ellipsis - 1;
            }
            break;
        }
        memcpy(target + length, cluster, bytes);
        length += bytes;
    }
    target[length] = '\0';
    return target;
}
