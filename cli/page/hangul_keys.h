/*
 * hangul_keys.h -- which keys were pressed when Hangul arrived.
 *
 * With the Korean input method on, the key q sends ㅂ, and q k in a row may
 * send the one syllable 바. Any thread.
 */
#ifndef CONCVIZ_CLI_PAGE_HANGUL_KEYS_H
#define CONCVIZ_CLI_PAGE_HANGUL_KEYS_H

#include <stddef.h>
#include <stdint.h>

enum {
    HANGUL_KEYS_MAX = 6
};

/*
 * Write the letters of the keys (two-set layout) that make up a jamo or a
 * syllable into key, with a NUL; returns how many, 0 for what is no Hangul.
 */
size_t hangul_keys(char key[HANGUL_KEYS_MAX + 1], uint32_t rune);

#endif
