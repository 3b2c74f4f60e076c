/*
 * options.c -- finding the option that is meant, and its value.
 *
 * Values are stored by the setters of option_table.c. A name that is not known
 * is answered with the nearest one that is.
 */
#include "cli/options/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options/option_set.h"
#include "cli/options/value.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"

enum {
    NAME_BYTES = 64
};

void options_init(struct options *options)
{
    *options = (struct options){
        .slice_ns = NOT_SAID,
        .gil_ns = NOT_SAID,
        .switch_cost_ns = NOT_SAID,
        .limit_ns = NOT_SAID,
        .policy = { .policy = POLICIES },
        .tie = NOT_SAID,
        .preempted = NOT_SAID,
        .lines = NOT_SAID,
        .seed = NOT_SAID,
        .mode = NOT_SAID,
        .schedules = NOT_SAID,
        .max_preemptions = NOT_SAID,
        .at_ns = NOT_SAID,
        .show = NOT_SAID,
        .to = NOT_SAID,
        .cast = 2,
        .speed = 1.0,
        .modes = { MODE_COROUTINE, MODE_PARALLEL },
    };
    if (getenv("LANGUAGE"))
        options->environment_language = xstrdup(getenv("LANGUAGE"));
}

void options_fini(struct options *options)
{
    free(options->word);
    free(options->sound);
    free(options->record);
    free(options->input);
    free(options->save);
    free(options->question);
    free(options->schedule);
    free(options->name);
    free(options->with[0]);
    free(options->with[1]);
    free(options->vary);
    free(options->environment_language);
    *options = (struct options){ .word = NULL };
}

void options_disown(struct options *copy)
{
    copy->word = NULL;
    copy->word_count = 0;
    copy->sound = copy->record = copy->input = copy->save = copy->schedule =
        copy->name = copy->vary = NULL;
    copy->with[0] = copy->with[1] = copy->environment_language = NULL;
    copy->said = 0;
}

static const struct option_spec *find(const char *name)
{
    for (const struct option_spec *spec = option_table; spec->name; spec++)
        if (strcmp(spec->name, name) == 0)
            return spec;
    return NULL;
}

/* Flags can be taken back: --no-mouse, and --motion for --no-motion. */
static const struct option_spec *find_opposite(const char *name)
{
    char opposite[NAME_BYTES + 4] = "no-";
    const struct option_spec *spec;

    if (strncmp(name, "no-", 3) == 0)
        spec = find(name + 3);
    else
        spec = find(strncat(opposite, name, NAME_BYTES));
    return spec && !spec->argument && spec->scope != FOR_ALL ? spec : NULL;
}

static bool refuse_unknown(const char *name, struct diag *diag)
{
    struct suggestion near = { .typed = name };

    for (int i = 0; option_table[i].name; i++)
        suggest(&near, option_table[i].name);
    if (near.word)
        diag_set(diag, NULL, 0, 0,
                 _("--%s is not an option; did you mean --%s?"), name,
                 near.word);
    else
        diag_set(diag, NULL, 0, 0,
                 _("--%s is not an option; see concviz --help"), name);
    return false;
}

/* --name=value for a flag, or a value that is missing. */
static bool check_arity(const struct option_spec *spec, const char *inside,
                        const char *value, struct diag *diag)
{
    if (!spec->argument && inside) {
        diag_set(diag, NULL, 0, 0, _("--%s takes no value"), spec->name);
        return false;
    }
    if (spec->argument && !value) {
        diag_set(diag, NULL, 0, 0, _("--%s needs a value: --%s %s"), spec->name,
                 spec->name, spec->argument);
        return false;
    }
    return true;
}

static bool store(struct options *options, const struct option_spec *spec,
                  const char *text, struct diag *diag)
{
    options->said |= UINT64_C(1) << (spec - option_table);
    return spec->set(options,
                     &(struct option_value){ spec, text, false, diag });
}

bool options_set(struct options *options, const char *text, const char *value,
                 bool *used_value, struct diag *diag)
{
    char name[NAME_BYTES];
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : strlen(text);
    const struct option_spec *spec;

    *used_value = false;
    if (length >= sizeof name)
        length = sizeof name - 1;
    memcpy(name, text, length);
    name[length] = '\0';
    spec = find(name);
    if (!spec && !equals && (spec = find_opposite(name)))
        return spec->set(options,
                         &(struct option_value){ spec, NULL, true, diag });
    if (!spec)
        return refuse_unknown(name, diag);
    if (equals)
        value = equals + 1;
    if (!check_arity(spec, equals, value, diag))
        return false;
    *used_value = spec->argument && !equals;
    return store(options, spec, spec->argument ? value : NULL, diag);
}

/* One or more letters after one dash. One that takes a value is the last: its
 * value is the rest of the letters or, without any, the next argument. */
static bool set_letters(struct options *options, const char *letters,
                        const char *value, bool *used_value, struct diag *diag)
{
    for (const char *p = letters; *p; p++) {
        const struct option_spec *spec = option_table;

        while (spec->name && spec->letter != *p)
            spec++;
        if (!spec->name) {
            diag_set(diag, NULL, 0, 0,
                     _("-%s is not an option; see concviz --help"), letters);
            return false;
        }
        if (spec->argument) {
            *used_value = !p[1];
            value = p[1] ? p + 1 : value;
            return check_arity(spec, NULL, value, diag) &&
                   store(options, spec, value, diag);
        }
        if (!store(options, spec, NULL, diag))
            return false;
    }
    return true;
}

bool options_parse(struct options *options, int count, char *const *argument,
                   struct diag *diag)
{
    bool words_only = false;

    options->word = xreallocarray(options->word, (size_t)count + 1,
                                  sizeof *options->word);
    options->word_count = options->dashes = 0;
    options->given = argument;
    options->given_count = count;
    for (int i = 0; i < count; i++) {
        const char *text = argument[i];
        const char *value = i + 1 < count ? argument[i + 1] : NULL;
        bool used_value = false;

        if (words_only || text[0] != '-' || !text[1]) {
            options->word[options->word_count++] = text;
            if (strcmp(options->word[0], "cc") == 0)
                words_only = true; /* its options are the compiler's */
        } else if (strcmp(text, "--") == 0)
            words_only = true, options->dashes = options->word_count;
        else if (text[1] != '-'
                     ? !set_letters(options, text + 1, value, &used_value, diag)
                     : !options_set(options, text + 2, value, &used_value,
                                    diag))
            return false;
        i += used_value;
    }
    options->word[options->word_count] = NULL;
    return true;
}

/* The option that "--name" or "--name=value" sets, or NULL. */
static const struct option_spec *find_in(const char *text)
{
    char name[NAME_BYTES];

    if (strncmp(text, "--", 2) != 0)
        return NULL;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text + 2, "="), text + 2);
    return find(name);
}

size_t options_of_group(const struct options *options, enum option_group group,
                        const char **out)
{
    size_t count = 0;

    for (int i = 0; i < options->given_count; i++) {
        const char *text = options->given[i];
        const struct option_spec *spec = find_in(text);
        bool valued = spec && spec->argument && !strchr(text, '=');

        if (spec ? spec->group == group : text[0] != '-') {
            out[count++] = text;
            if (valued && i + 1 < options->given_count)
                out[count++] = options->given[i + 1];
        }
        i += valued;
    }
    return count;
}

bool options_said(const struct options *options, const char *name)
{
    return options->said >> (find(name) - option_table) & 1;
}

const char *options_language(int count, char *const *argument)
{
    const char *found = NULL;

    for (int i = 0; i < count && strcmp(argument[i], "--") != 0; i++) {
        const char *value = NULL;
        int unused;

        if (strncmp(argument[i], "--lang=", 7) == 0)
            value = argument[i] + 7;
        else if (strcmp(argument[i], "--lang") == 0 && i + 1 < count)
            value = argument[i + 1];
        if (value && value_choice(value, find("lang")->argument, &unused))
            found = value;
    }
    return found;
}
