#include "cli/options/options.h"

#include <stdlib.h>
#include <string.h>

#include "cli/options/values.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"

enum {
    NAME_BYTES = 64,
    MACHINES_MAX = 10000
};

void options_init(struct options *options)
{
    *options = (struct options){
        .slice_ns = NOT_SAID,
        .gil_ns = NOT_SAID,
        .switch_cost_ns = NOT_SAID,
        .limit_ns = NOT_SAID,
        .policy = NOT_SAID,
        .lines = NOT_SAID,
        .seed = NOT_SAID,
        .explore_mode = NOT_SAID,
        .schedules = NOT_SAID,
        .max_preemptions = NOT_SAID,
        .at_ns = NOT_SAID,
        .speed = 1.0,
        .modes = { 1, 3 }, /* coroutine, parallel */
    };
}

void options_fini(struct options *options)
{
    free(options->word);
    free(options->sound);
    options->word = NULL;
    options->sound = NULL;
    options->word_count = 0;
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
    return spec && spec->kind == OPTION_FLAG && spec->scope != FOR_ALL ? spec
                                                                       : NULL;
}

static bool refuse_unknown(const char *name, struct diag *diag)
{
    struct suggestion near = { .typed = name };

    for (int i = 0; option_later[i]; i++)
        if (strcmp(option_later[i], name) == 0) {
            diag_set(diag, NULL, 0, 0,
                     _("--%s is not an option of this version"), name);
            return false;
        }
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

static bool refuse_choice(const struct option_spec *spec, const char *value,
                          struct diag *diag)
{
    struct suggestion near = { .typed = value };

    for (int i = 0; spec->choice[i]; i++)
        suggest(&near, spec->choice[i]);
    if (near.word)
        diag_set(diag, NULL, 0, 0,
                 _("--%s %s: did you mean %s? (possible: %s)"), spec->name,
                 value, near.word, spec->argument);
    else
        diag_set(diag, NULL, 0, 0, _("--%s %s: possible are %s"), spec->name,
                 value, spec->argument);
    return false;
}

static bool refuse_value(const struct option_spec *spec, const char *value,
                         const char *wanted, struct diag *diag)
{
    diag_set(diag, NULL, 0, 0, _("--%s %s: must be %s"), spec->name, value,
             wanted);
    return false;
}

static bool set_range(int64_t *first, int64_t *last,
                      const struct option_spec *spec, const char *value,
                      struct diag *diag)
{
    uint64_t from = 0, to = 0;

    if (!value_range(value, MACHINES_MAX, &from, &to) || from < 1)
        return refuse_value(spec, value, _("a number from 1 to 10000"), diag);
    *first = (int64_t)from;
    *last = (int64_t)to;
    return true;
}

static bool set_count(int64_t *field, const struct option_spec *spec,
                      const char *value, struct diag *diag)
{
    uint64_t count = 0;

    if (!value_count(value, INT64_MAX, &count))
        return refuse_value(spec, value, _("a number from 0"), diag);
    *field = (int64_t)count;
    return true;
}

static bool set_file(char **field, const struct option_spec *spec,
                     const char *value, struct diag *diag)
{
    if (!value[0])
        return refuse_value(spec, value, _("the name of a file"), diag);
    free(*field);
    *field = xstrdup(value);
    return true;
}

/* Put value into the field of options that spec names. */
static bool store(struct options *options, const struct option_spec *spec,
                  const char *value, struct diag *diag)
{
    void *field = (char *)options + spec->offset;
    int index;

    options->said |= UINT64_C(1) << (spec - option_table);
    switch (spec->kind) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_RANGE:
        return set_range(field, (int64_t *)field + 1, spec, value, diag);
    case OPTION_NUMBER:
        return set_count(field, spec, value, diag);
    case OPTION_DURATION:
        return value_duration(value, field) ||
               refuse_value(spec, value, _("a time like 30, 30ms, 500us or 2s"),
                            diag);
    case OPTION_FACTOR:
        return value_factor(value, field) ||
               refuse_value(spec, value, _("a factor from 0.01 to 1000"), diag);
    case OPTION_SIZE:
        return value_size(value, field, (int *)field + 1) ||
               refuse_value(spec, value,
                            _("columns x rows like 80x24, up to 1000x1000"),
                            diag);
    case OPTION_CHOICE:
        return value_choice(value, spec->choice, field) ||
               refuse_choice(spec, value, diag);
    case OPTION_PAIR:
        return value_pair(value, spec->choice, field, (int *)field + 1) ||
               refuse_value(spec, value, _("two modes like coroutine,threads"),
                            diag);
    case OPTION_FILE:
        return set_file(field, spec, value, diag);
    case OPTION_LANGUAGE:
        if (!value_choice(value, spec->choice, &index))
            return refuse_choice(spec, value, diag);
        *(const char **)field = spec->choice[index];
        return true;
    case OPTION_TEXT:
        *(const char **)field = value;
        return true;
    }
    return false;
}

/* --name=value for a flag, or a value that is missing. */
static bool check_arity(const struct option_spec *spec, const char *inside,
                        const char *value, struct diag *diag)
{
    if (spec->kind == OPTION_FLAG && inside) {
        diag_set(diag, NULL, 0, 0, _("--%s takes no value"), spec->name);
        return false;
    }
    if (spec->kind != OPTION_FLAG && !value) {
        diag_set(diag, NULL, 0, 0, _("--%s needs a value: --%s %s"), spec->name,
                 spec->name, spec->argument);
        return false;
    }
    return true;
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
    if (!spec && !equals && (spec = find_opposite(name))) {
        *(bool *)((char *)options + spec->offset) = false;
        return true;
    }
    if (!spec)
        return refuse_unknown(name, diag);
    if (!check_arity(spec, equals, equals ? equals + 1 : value, diag))
        return false;
    *used_value = spec->kind != OPTION_FLAG && !equals;
    return store(options, spec, equals ? equals + 1 : value, diag);
}

/* One or more letters behind one dash; none of them takes a value. */
static bool set_letters(struct options *options, const char *letters,
                        struct diag *diag)
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
    options->word_count = 0;
    for (int i = 0; i < count; i++) {
        const char *text = argument[i];
        const char *value = i + 1 < count ? argument[i + 1] : NULL;
        bool used_value = false;

        if (words_only || text[0] != '-' || !text[1])
            options->word[options->word_count++] = text;
        else if (strcmp(text, "--") == 0)
            words_only = true;
        else if (text[1] != '-' ? !set_letters(options, text + 1, diag)
                                : !options_set(options, text + 2, value,
                                               &used_value, diag))
            return false;
        i += used_value;
    }
    return true;
}

const char *options_language(int count, char *const *argument)
{
    const char *found = NULL;

    for (int i = 0; i < count && strcmp(argument[i], "--") != 0; i++) {
        const char *value = NULL;
        int index;

        if (strncmp(argument[i], "--lang=", 7) == 0)
            value = argument[i] + 7;
        else if (strcmp(argument[i], "--lang") == 0 && i + 1 < count)
            value = argument[i + 1];
        if (value && value_choice(value, find("lang")->choice, &index))
            found = find("lang")->choice[index];
    }
    return found;
}
