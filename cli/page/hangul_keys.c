/*
 * Unicode arranges syllables as ((initial * 21) + vowel) * 28 + final from
 * U+AC00 on (The Unicode Standard, section 3.12), so taking one apart is
 * arithmetic. The tables give the keys of the two-set layout (KS X 5002).
 */
#include "cli/page/hangul_keys.h"

#include <string.h>

enum {
    JAMO_FIRST = 0x3131, /* ㄱ */
    JAMO_LAST = 0x3163,  /* ㅣ */
    SYLLABLE_FIRST = 0xAC00,
    SYLLABLE_LAST = 0xD7A3,
    VOWELS = 21,
    FINALS = 28,
    CONSONANTS = 30, /* among the single jamo, before the vowels */
};

static const char initial_key[][2] = { "r", "R", "s", "e", "E", "f", "a",
                                       "q", "Q", "t", "T", "d", "w", "W",
                                       "c", "z", "x", "v", "g" };

static const char vowel_key[VOWELS][3] = {
    "k",  "o", "i", "O",  "j",  "p",  "u", "P", "h",  "hk", "ho",
    "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
};

static const char final_key[FINALS][3] = {
    "",   "r",  "R",  "rt", "s",  "sw", "sg", "e", "f",  "fr",
    "fa", "fq", "ft", "fx", "fv", "fg", "a",  "q", "qt", "t",
    "T",  "d",  "w",  "c",  "z",  "x",  "v",  "g",
};

static const char consonant_key[CONSONANTS][3] = {
    "r",  "R",  "rt", "s",  "sw", "sg", "e", "E", "f", "fr",
    "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "Q", "qt",
    "t",  "T",  "d",  "w",  "W",  "c",  "z", "x", "v", "g",
};

size_t hangul_keys(char key[HANGUL_KEYS_MAX + 1], uint32_t rune)
{
    key[0] = '\0';
    if (rune >= JAMO_FIRST && rune <= JAMO_LAST) {
        uint32_t i = rune - JAMO_FIRST;

        strcat(key,
               i < CONSONANTS ? consonant_key[i] : vowel_key[i - CONSONANTS]);
    } else if (rune >= SYLLABLE_FIRST && rune <= SYLLABLE_LAST) {
        uint32_t i = rune - SYLLABLE_FIRST;

        strcat(key, initial_key[i / FINALS / VOWELS]);
        strcat(key, vowel_key[i / FINALS % VOWELS]);
        strcat(key, final_key[i % FINALS]);
    }
    return strlen(key);
}
