/*
 * text.h -- untrusted bytes made safe, and how many cells text takes.
 *
 * What a character is comes from utf8proc and does not depend on the locale.
 * No function writes control, format, private or unassigned characters. Any
 * thread.
 */
#ifndef CONCVIZ_SCHED_BASE_TEXT_H
#define CONCVIZ_SCHED_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TEXT_BAD = 0xFFFD /* what a byte that is not valid UTF-8 becomes */
};

/*
 * Decode one character of NUL-terminated strict UTF-8 (no overlong forms, no
 * surrogates). Returns the bytes it took, at least 1 and never past the NUL
 * (0 only at the NUL); a wrong byte gives TEXT_BAD and takes 1.
 */
size_t text_decode(const char *text, uint32_t *rune);

/* Encode rune into out (up to 4 bytes, no NUL); returns the bytes written. */
size_t text_encode(char out[4], uint32_t rune);

/* Cells a character takes: 0 (combining), 1 or 2. */
int text_rune_cells(uint32_t rune);

/* Cells the whole text takes. */
int text_cells(const char *text);

/* May a name begin with rune: a letter of any script? May it go on with it: a
 * letter, a digit, or a mark of one? Invisible characters are neither. */
bool text_begins_name(uint32_t rune);
bool text_is_in_name(uint32_t rune);

/* Is every one of length bytes ASCII? */
bool text_is_ascii(const char *text, size_t length);

/*
 * A line of `length` bytes as a terminal would show it: without what it would
 * obey, tabs as blanks. Writes what fits into target and a NUL; returns the
 * bytes before that. Not cleaned.
 */
size_t text_shown(char *target, size_t size, const char *line, size_t length);

/*
 * The normal form (NFC) of length bytes of valid UTF-8: texts that read the
 * same are the same bytes in it, however they were typed. The caller frees it.
 */
char *text_normal(const char *text, size_t length);

/*
 * Copy source into target of size bytes, replacing everything that is not a
 * visible character or a space by U+FFFD and every other space by a plain one,
 * keeping at most two combining marks a character, and ending with an ellipsis
 * where it had to be cut. Cleaning again changes nothing. Returns target.
 */
char *text_clean(char *target, size_t size, const char *source);

/* The same of so many bytes that end without a NUL. */
char *text_clean_bytes(char *target, size_t size, const char *source,
                       size_t length);

#endif
