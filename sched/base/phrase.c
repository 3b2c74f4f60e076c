/*
 * phrase.c -- fill the gaps of a template, character by character.
 */
#include "sched/base/phrase.h"

#include <stdint.h>
#include <string.h>

#include "sched/base/korean_particle.h"
#include "sched/base/text.h"

struct target {
    char *out;
    size_t size, length;
};

/* Append the character at text; returns its bytes, 0 at the end of text. Where
 * one had no room none fits any more, so that the text ends there. */
static size_t add_character(struct target *target, const char *text)
{
    uint32_t rune;
    size_t bytes = text_decode(text, &rune);

    if (target->length + bytes >= target->size) {
        target->size = 0;
        return bytes;
    }
    memcpy(target->out + target->length, text, bytes);
    target->length += bytes;
    return bytes;
}

static void add(struct target *target, const char *text)
{
    for (size_t bytes; (bytes = add_character(target, text)) > 0;)
        text += bytes;
}

/* Letters stand in the order of enum korean_particle. */
static const char *particle(char letter, const char *word)
{
    static const char letters[] = "tsowd";
    const char *at = strchr(letters, letter);

    return at ? korean_particle_for((enum korean_particle)(at - letters), word)
              : "";
}

/* Fill the gap at text ("{0}" or "{0:t}"); returns its bytes, or 0. */
static size_t fill(struct target *target, const char *text, size_t count,
                   const char *const part[])
{
    size_t which = (size_t)(text[1] - '0');

    if (text[0] != '{' || text[1] < '0' || text[1] > '9')
        return 0;
    if (text[2] != '}' && !(text[2] == ':' && text[3] && text[4] == '}'))
        return 0;
    if (which < count)
        add(target, part[which]);
    if (text[2] == '}')
        return 3;
    if (which < count)
        add(target, particle(text[3], part[which]));
    return 5;
}

/* A brace that begins no gap is copied like any character: a mistake in a
 * translation must not swallow text. */
void phrase_add(char *out, size_t size, const char *template,
                const char *const part[])
{
    struct target target = { out, size, strlen(out) };
    size_t count = 0;

    while (part[count])
        count++;
    for (size_t bytes; *template; template += bytes) {
        bytes = fill(&target, template, count, part);
        if (bytes == 0)
            bytes = add_character(&target, template);
    }
    out[target.length] = '\0';
}
