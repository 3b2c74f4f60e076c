/*
 * setting.c -- a command line within the command line: it is cut into words as
 * a shell would do it, and then read by the same table of options.
 */
#include "cli/options/setting.h"

#include <stdlib.h>
#include <string.h>

#include "cli/options/options.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"

/* The words of a text, which is changed for it: each ends with a NUL. */
struct words {
    char **word;
    size_t count, room;
};

/* Cut the word at *from off and unquote it in place; *from then is where the
 * next one may begin. Returns false if a quote is not closed. */
static bool cut_word(char **from)
{
    char *in = *from, *out = *from, quote = '\0';

    for (; *in && (quote || !strchr(" \t\r\n", *in)); in++) {
        if (*in == quote)
            quote = '\0';
        else if (!quote && (*in == '\'' || *in == '"'))
            quote = *in;
        else
            *out++ = *in;
    }
    *from = in + (*in != '\0');
    *out = '\0';
    return !quote;
}

static bool cut(struct words *words, char *text)
{
    bool closed = true;

    for (text += strspn(text, " \t\r\n"); *text && closed;
         text += strspn(text, " \t\r\n")) {
        words->word = xgrow(words->word, words->count, &words->room,
                            sizeof *words->word);
        words->word[words->count++] = text;
        closed = cut_word(&text);
    }
    return closed;
}

/* What is about the screen or the search is said once, for both. */
static bool is_foreign(const struct options *own, struct diag *diag)
{
    for (int i = 0; option_table[i].name; i++) {
        const struct option_spec *spec = &option_table[i];

        if (!(own->said >> i & 1) ||
            (spec->group == GROUP_RUN && spec->scope & FOR_RUN))
            continue;
        diag_set(diag, NULL, 0, 0, _("--%s does not apply to one of two runs"),
                 spec->name);
        return true;
    }
    return false;
}

static bool read_words(struct options *own, const struct words *words,
                       struct diag *diag)
{
    const struct mode *mode = words->count ? mode_find(words->word[0]) : NULL;

    if (!mode) {
        diag_set(diag, NULL, 0, 0,
                 _("first comes a mode, then its options, as in 'threads "
                   "--slice 20'"));
        return false;
    }
    if (!options_parse(own, (int)words->count - 1, words->word + 1, diag) ||
        is_foreign(own, diag))
        return false;
    if (own->word_count > 0) {
        diag_set(diag, NULL, 0, 0, _("too many arguments: %s"), own->word[0]);
        return false;
    }
    if (own->machines_last) {
        diag_set(diag, NULL, 0, 0,
                 _("--machines %d-%d: only concviz what-if takes a range"),
                 (int)own->machines, (int)own->machines_last);
        return false;
    }
    own->mode = (int)(mode - mode_table);
    return true;
}

/* Options that have a text are refused, but had been read by then. */
static void free_texts(struct options *own)
{
    struct options unneeded = *own;

    options_fini(&unneeded);
    options_disown(own);
}

bool setting_read(struct options *own, const char *text,
                  const struct options *base, struct diag *diag)
{
    struct words words = { .word = NULL };
    char *copy = xstrdup(text);
    bool good;

    *own = *base;
    options_disown(own);
    good = cut(&words, copy);
    if (!good)
        diag_set(diag, NULL, 0, 0, _("a quote is not closed"));
    else
        good = read_words(own, &words, diag);
    free_texts(own);
    free(words.word);
    free(copy);
    return good;
}
