/*
 * lookalike.c -- two names of one workload that a person cannot tell apart.
 *
 * A Cyrillic \u0410 looks like a Latin A, and a task that waits for one of them
 * would seem to wait for the other. Each name is written with the Latin letters
 * its own look like; two names that are then the same are refused. The pairs
 * are the letters of Greek and Cyrillic among the confusables of Unicode
 * Technical Standard #39 whose twin is one Latin letter, and full-width forms.
 */
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* letter[i] looks like latin[i]. */
static const char latin[] = "ABCEHIJKMOPSTXYaceijopsxyABEZHIKMNOPTYXov";
static const uint32_t letter[] = {
    0x410, 0x412, 0x421, 0x415, 0x41D, 0x406, 0x408, 0x41A, 0x41C, 0x41E, 0x420,
    0x405, 0x422, 0x425, 0x4AE, 0x430, 0x441, 0x435, 0x456, 0x458, 0x43E, 0x440,
    0x455, 0x445, 0x443, 0x391, 0x392, 0x395, 0x396, 0x397, 0x399, 0x39A, 0x39C,
    0x39D, 0x39F, 0x3A1, 0x3A4, 0x3A5, 0x3A7, 0x3BF, 0x3BD,
};

enum {
    LETTERS = sizeof letter / sizeof *letter,
    FULL_WIDTH = 0xFF00, /* '!' to '~' follow, in the order of ASCII */
};

static char twin_of(uint32_t rune)
{
    if (rune > FULL_WIDTH && rune <= FULL_WIDTH + '~' - ' ')
        return (char)(rune - FULL_WIDTH + ' ');
    for (size_t i = 0; i < LETTERS; i++)
        if (letter[i] == rune)
            return latin[i];
    return '\0';
}

/* What a name looks like, in Latin letters where there are twins. */
static void write_looks(struct strbuf *looks, const char *name)
{
    uint32_t rune;

    for (size_t step; (step = text_decode(name, &rune)) > 0; name += step) {
        char twin = rune < 0x80 ? '\0' : twin_of(rune);

        if (twin)
            strbuf_addc(looks, twin);
        else
            strbuf_add(looks, name, step);
    }
}

/* Then nothing needs to be compared: ASCII letters look like themselves. */
static bool is_ascii(const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (!text_is_ascii(names->entry[i].text, strlen(names->entry[i].text)))
            return false;
    return true;
}

/* Number i of looks belongs to name owner[i]. */
static bool check_names(struct parser *parser, const struct names *names)
{
    struct names looks;
    const struct name **owner;
    bool apart = true;

    if (is_ascii(names))
        return true;
    owner = xcalloc(names->count, sizeof *owner);
    names_init(&looks);
    for (size_t i = 0; i < names->count && apart; i++) {
        const struct name *name = &names->entry[i];
        struct strbuf text;
        int number;

        if (names == &parser->names && name->kind == NAME_UNDECLARED)
            continue; /* of an unlock: it is looked at among the locks */
        strbuf_init(&text);
        write_looks(&text, name->text);
        number = names_number(&looks, parser->workload->arena, text.text,
                              text.length);
        strbuf_fini(&text);
        apart = !owner[number];
        if (!apart)
            scan_fail_at(&parser->scan, name->line, name->column,
                         _("the name \"%s\" looks like another, in line %d, "
                           "column %d, but its letters are of another script; "
                           "write both alike, or change one"),
                         name->text, owner[number]->line,
                         owner[number]->column);
        owner[number] = name;
    }
    names_fini(&looks);
    free(owner);
    return apart;
}

bool lookalike_check(struct parser *parser)
{
    return check_names(parser, &parser->names) &&
           check_names(parser, &parser->locks);
}
