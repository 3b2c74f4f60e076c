#include "sched/base/phrase.h"

#include <stdint.h>
#include <string.h>

#include "sched/base/korean_particle.h"
#include "sched/base/text.h"

struct target {
    char *out;
    size_t size, length;
};

static void add(struct target *target, const char *text)
{
    uint32_t rune;
    size_t bytes;

    for (; (bytes = text_decode(text, &rune)); text += bytes) {
        if (target->length + bytes >= target->size)
            return;
        memcpy(target->out + target->length, text, bytes);
        target->length += bytes;
    }
}

static const char *particle(char letter, const char *word)
{
    static const char letters[] = "tsowd";
    const char *at = strchr(letters, letter);

    return at && *at
               ? korean_particle_for((enum korean_particle)(at - letters), word)
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

void phrase_add(char *out, size_t size, const char *template,
                const char *const part[])
{
    struct target target = { out, size, strlen(out) };
    size_t count = 0;

    while (part[count])
        count++;
    while (*template) {
        size_t bytes = fill(&target, template, count, part);
        char plain[5] = "";
        uint32_t rune;

        if (bytes == 0) {
            bytes = text_decode(template, &rune);
            memcpy(plain, template, bytes);
            add(&target, plain);
        }
        template += bytes;
    }
    target.out[target.length] = '\0';
}
