/*
 * option_set.c -- see option_set.h. What is refused is refused with an example
 * of what would be right.
 */
#include "cli/options/option_set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options/options.h"
#include "cli/options/value.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/policy/policy.h"
#include "sched/workload/policy_text.h"

enum {
    MACHINES_MAX = 10000,
    WORDS_BYTES = 64
};

bool option_set_refuse(const struct option_value *value, const char *wanted)
{
    diag_set(value->diag, NULL, 0, 0, _("--%s %s: must be %s"),
             value->spec->name, value->text, wanted);
    return false;
}

bool option_set_flag(const struct option_value *value, bool *field)
{
    *field = !value->off;
    return true;
}

bool option_set_number(const struct option_value *value, int64_t *field)
{
    uint64_t count;

    if (!value_count(value->text, INT64_MAX, &count))
        return option_set_refuse(value, _("a number, 0 or more"));
    *field = (int64_t)count;
    return true;
}

bool option_set_range(const struct option_value *value, int64_t *first,
                      int64_t *last)
{
    uint64_t from, to;

    if (!value_range(value->text, MACHINES_MAX, &from, &to) || from < 1)
        return option_set_refuse(value, _("a number from 1 to 10000"));
    *first = (int64_t)from;
    *last = (int64_t)to;
    return true;
}

bool option_set_duration(const struct option_value *value, int64_t *field)
{
    return value_duration(value->text, field) ||
           option_set_refuse(value, _("a time like 30, 30ms, 500us or 2s"));
}

bool option_set_factor(const struct option_value *value, double *field)
{
    return value_factor(value->text, field) ||
           option_set_refuse(value, _("a factor from 0.01 to 1000"));
}

bool option_set_size(const struct option_value *value, int *width, int *height)
{
    return value_size(value->text, width, height) ||
           option_set_refuse(value, _("columns x rows like 80x24, up to "
                                      "1000x1000"));
}

/* Suggest the nearest of the words, if one is near. */
static bool refuse_choice(const struct option_value *value)
{
    const char *name = value->spec->name, *possible = value->spec->argument;
    struct suggestion near = { .typed = value->text };
    char words[WORDS_BYTES];

    snprintf(words, sizeof words, "%s", possible);
    for (char *word = words, *next; word; word = next) {
        next = strchr(word, '|');
        if (next)
            *next++ = '\0';
        suggest(&near, word);
    }
    if (near.word)
        diag_set(value->diag, NULL, 0, 0,
                 _("--%s %s: did you mean %s? (possible: %s)"), name,
                 value->text, near.word, possible);
    else
        diag_set(value->diag, NULL, 0, 0, _("--%s %s: must be one of %s"), name,
                 value->text, possible);
    return false;
}

bool option_set_choice(const struct option_value *value, int *field)
{
    return value_choice(value->text, value->spec->argument, field) ||
           refuse_choice(value);
}

bool option_set_policy(const struct option_value *value,
                       struct policy_choice *field)
{
    struct diag why;
    struct policy_choice choice;

    if (policy_text_parse(value->text, &choice, &why)) {
        *field = choice;
        return true;
    }
    diag_set(value->diag, NULL, 0, 0, "--%s %s: %s", value->spec->name,
             value->text, why.message);
    return false;
}

bool option_set_text(const struct option_value *value, char **field)
{
    free(*field);
    *field = xstrdup(value->text);
    return true;
}

bool option_set_file(const struct option_value *value, char **field)
{
    if (!value->text[0])
        return option_set_refuse(value, _("the name of a file"));
    return option_set_text(value, field);
}
