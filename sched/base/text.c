/*
 * text.c -- what each character is, and a cleaner that goes by it.
 *
 * utf8proc knows every character; here is only what a terminal makes of it.
 * What must not be written (control, format, private, unassigned, invisible)
 * becomes U+FFFD; a space that is not the plain one becomes the plain one.
 *
 * text_clean works on whole clusters (a character and what joins it), so that
 * a cut never tears a mark off the letter it belongs to.
 */
#include "sched/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "sched/base/xalloc.h"

enum kind {
    KIND_UNSEEN,
    KIND_SPACE,
    KIND_JOINS, /* takes no cell of its own */
    KIND_NARROW,
    KIND_WIDE
};

enum {
    JOINED_MAX = 2
};

static const char ellipsis[] = "\u2026";

/*
 * Categories decide before widths do, because utf8proc_charwidth answers
 * another question in four places: format characters and unassigned ones have
 * a width there, a soft hyphen takes a cell, spacing marks (Mc) take none
 * although terminals draw them, and the vowels and final consonants of Hangul
 * take one although terminals join them to the syllable before. A character of
 * ambiguous width is narrow, as it is outside of legacy East Asian terminals.
 */
static enum kind rune_kind(uint32_t rune)
{
    const utf8proc_property_t *property;

    if (rune >= 0x20 && rune < 0x7F)
        return rune == ' ' ? KIND_SPACE : KIND_NARROW;
    property = utf8proc_get_property((utf8proc_int32_t)rune);
    switch (property->category) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return KIND_UNSEEN;
    case UTF8PROC_CATEGORY_ZS:
        return KIND_SPACE;
    default:
        break;
    }
    if (property->ignorable)
        return KIND_UNSEEN;
    if (property->category == UTF8PROC_CATEGORY_MN ||
        property->category == UTF8PROC_CATEGORY_ME ||
        property->boundclass == UTF8PROC_BOUNDCLASS_V ||
        property->boundclass == UTF8PROC_BOUNDCLASS_T)
        return KIND_JOINS;
    return property->charwidth == 2 ? KIND_WIDE : KIND_NARROW;
}

/* The filler characters of Hangul, for one, are letters nobody sees. */
bool text_begins_name(uint32_t rune)
{
    const utf8proc_property_t *property;

    if (rune < 0x80)
        return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
    property = utf8proc_get_property((utf8proc_int32_t)rune);
    return property->category >= UTF8PROC_CATEGORY_LU &&
           property->category <= UTF8PROC_CATEGORY_LO && !property->ignorable;
}

/* Marks (the vowel signs of Indic scripts, for example) and digits may continue
 * a name but not begin one, following Unicode Standard Annex 31. */
bool text_is_in_name(uint32_t rune)
{
    const utf8proc_property_t *property;

    if (rune < 0x80)
        return text_begins_name(rune) || (rune >= '0' && rune <= '9');
    property = utf8proc_get_property((utf8proc_int32_t)rune);
    return text_begins_name(rune) ||
           (!property->ignorable &&
            (property->category == UTF8PROC_CATEGORY_MN ||
             property->category == UTF8PROC_CATEGORY_MC ||
             property->category == UTF8PROC_CATEGORY_ND));
}

bool text_is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* Without memory utf8proc says no; then xalloc ends the program. */
char *text_normal(const char *text, size_t length)
{
    utf8proc_uint8_t *normal = NULL;
    char *copy;

    if (utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length,
                     &normal, UTF8PROC_STABLE | UTF8PROC_COMPOSE) >= 0)
        return (char *)normal;
    copy = xcalloc(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

/* ASCII first: most text is nothing else. */
size_t text_decode(const char *text, uint32_t *rune)
{
    utf8proc_int32_t value;
    utf8proc_ssize_t length;

    *rune = (unsigned char)*text;
    if (*rune < 0x80)
        return *rune != 0;
    /* Stops at the first wrong byte, so it never looks past the NUL. */
    length = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &value);
    *rune = length > 0 ? (uint32_t)value : TEXT_BAD;
    return length > 0 ? (size_t)length : 1;
}

/* rune_kind decides both what is written and how wide it is, so what was
 * measured is what appears on the screen. */
size_t text_encode(char out[4], uint32_t rune)
{
    switch (rune_kind(rune)) {
    case KIND_UNSEEN:
        rune = TEXT_BAD;
        break;
    case KIND_SPACE:
        rune = ' ';
        break;
    default:
        break;
    }
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)rune,
                                        (utf8proc_uint8_t *)out);
}

/* What is never written takes the cell of the U+FFFD that replaces it. */
int text_rune_cells(uint32_t rune)
{
    switch (rune_kind(rune)) {
    case KIND_JOINS:
        return 0;
    case KIND_WIDE:
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
 * Write the cluster at *source, cleaned, into out; moves *source past it.
 * Marks beyond the second are left out. Returns the bytes written.
 */
static size_t clean_cluster(char out[4 * (1 + JOINED_MAX)], const char **source)
{
    uint32_t rune;
    size_t length, step = text_decode(*source, &rune);

    /* A mark with nothing before it would join whatever is on the screen. */
    if (rune_kind(rune) == KIND_JOINS)
        rune = TEXT_BAD;
    length = text_encode(out, rune);
    *source += step;
    for (int joined = 0; (step = text_decode(*source, &rune)) > 0; joined++) {
        if (rune_kind(rune) != KIND_JOINS)
            break;
        if (joined < JOINED_MAX)
            length += text_encode(out + length, rune);
        *source += step;
    }
    return length;
}

/* room_for_ellipsis is the last length at which an ellipsis would still fit. */
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

char *text_clean_bytes(char *target, size_t size, const char *source,
                       size_t length)
{
    char *copy = xcalloc(length + 1, 1);

    memcpy(copy, source, length);
    text_clean(target, size, copy);
    free(copy);
    return target;
}
