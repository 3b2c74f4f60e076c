/*
 * korean_particle.c -- how a word ends when it is read aloud.
 *
 * A Hangul syllable says it itself: (code - 0xAC00) % 28 is its final
 * consonant, 0 for none and 8 for ㄹ. Latin letters and digits have Korean
 * names, and English words are read as loanwords, by rules that are right for
 * the words in our lessons and for most others.
 */
#include "sched/base/korean_particle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "sched/base/text.h"

enum sound {
    OPEN,   /* ends in a vowel */
    LIQUID, /* ends in ㄹ, which 로 treats like a vowel */
    CLOSED
};

/* How the letters A-Z and the digits 0-9 end when read out in Korean. */
static enum sound letter_sound(char letter)
{
    if (strchr("LR178", letter))
        return LIQUID;
    return strchr("MN036", letter) ? CLOSED : OPEN;
}

/* Not toupper, whose answer depends on the locale. */
static char upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

/* How an English word ends as a Korean loanword: n, m and l always close the
 * last syllable; k, p and t do after a vowel (컵, 록) and get a vowel of their
 * own elsewhere (디스크). */
static enum sound word_sound(const char *word, size_t length)
{
    char last = upper(word[length - 1]), before = upper(word[length - 2]);

    if (last == 'L')
        return LIQUID;
    if (last == 'M' || last == 'N' || (last == 'G' && before == 'N'))
        return CLOSED;
    if (last == 'K' && before == 'C')
        return CLOSED;
    if (strchr("KPT", last) && strchr("AEIOU", before))
        return CLOSED;
    return OPEN;
}

static bool is_letter(char c)
{
    c = upper(c);
    return c >= 'A' && c <= 'Z';
}

/* Short names are read letter by letter, from three letters on as a word. */
static enum sound latin_sound(const char *word)
{
    size_t length = strlen(word);
    char last = word[length - 1];

    if (last >= '0' && last <= '9')
        return letter_sound(last);
    if (!is_letter(last))
        return OPEN;
    if (length < 3 || !is_letter(word[length - 2]))
        return letter_sound(upper(last));
    return word_sound(word, length);
}

/* The last character decides; what is neither Hangul nor ASCII is not known. */
static enum sound sound_of(const char *word)
{
    uint32_t rune = 0, last = 0;
    size_t bytes;

    for (const char *at = word; (bytes = text_decode(at, &rune)); at += bytes)
        last = rune;
    if (last >= 0xAC00 && last <= 0xD7A3) { /* a Hangul syllable */
        uint32_t final = (last - 0xAC00) % 28;

        return final == 0 ? OPEN : final == 8 ? LIQUID : CLOSED;
    }
    return last && last < 0x80 ? latin_sound(word) : OPEN;
}

/* Only 로 tells ㄹ from the other consonants. */
const char *korean_particle_for(enum korean_particle particle, const char *word)
{
    static const char *const pair[][2] = {
        [PARTICLE_TOPIC] = { "는", "은" },
        [PARTICLE_SUBJECT] = { "가", "이" },
        [PARTICLE_OBJECT] = { "를", "을" },
        [PARTICLE_WITH] = { "와", "과" },
        [PARTICLE_TOWARDS] = { "로", "으로" },
    };
    enum sound sound = sound_of(word);

    if (particle == PARTICLE_TOWARDS && sound == LIQUID)
        sound = OPEN;
    return pair[particle][sound != OPEN];
}
