/*
 * lesson_settings.c -- "mode: parallel" and "change: machines 1-6".
 */
#include <string.h>

#include "lessons/claim/number.h"
#include "lessons/lesson.h"
#include "lessons/parse/parse_internal.h"
#include "lessons/parse/source.h"
#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/trace/mode.h"
#include "sched/workload/policy_text.h"

enum {
    MS_MAX = 3600 * 1000, /* an hour: no lesson waits longer */
};

static void read_ms(struct source *source, const struct source_line *line,
                    const char *value, int64_t *ns)
{
    int ms = number_parse_all(value, MS_MAX);

    if (ms < 0)
        source_problem(source, line->number, source_column(line, value),
                       _("expected a number of milliseconds"));
    else
        *ns = ms * NS_PER_MS;
}

static void read_mode(struct source *source, const struct source_line *line,
                      const char *value, const char **name)
{
    const struct mode *mode = mode_find(value);

    if (!mode) {
        source_problem(source, line->number, source_column(line, value),
                       _("the modes are sequential, coroutine, threads, "
                         "parallel and hybrid"));
        mode = mode_table; /* so that it is not called missing as well */
    }
    *name = mode->name;
}

static void read_machines(struct source *source, const struct source_line *line,
                          const char *value, int *machines)
{
    int number = number_parse_all(value, LESSON_MACHINES_MAX);

    if (number < 1)
        source_problem(source, line->number, source_column(line, value),
                       _("expected a number from 1 to %d"),
                       LESSON_MACHINES_MAX);
    else
        *machines = number;
}

/* Nobody is there to pick, as a lesson knows what will come out. */
static void read_policy(struct source *source, const struct source_line *line,
                        const char *value, struct policy_choice *policy)
{
    struct policy_choice choice;
    struct diag why;

    if (!policy_text_parse(value, &choice, &why))
        source_problem(source, line->number, source_column(line, value), "%s",
                       why.message);
    else if (choice.policy == POLICY_PICK)
        source_problem(source, line->number, source_column(line, value),
                       _("a lesson cannot wait until somebody picks; choose "
                         "another policy"));
    else
        *policy = choice;
}

bool lesson_settings_parse(struct source *source,
                           const struct source_line *line,
                           struct lesson_settings *settings)
{
    const char *value;

    if (source_is(line, "mode", &value))
        read_mode(source, line, value, &settings->mode);
    else if (source_is(line, "machines", &value))
        read_machines(source, line, value, &settings->machines);
    else if (source_is(line, "slice", &value))
        read_ms(source, line, value, &settings->slice_ns);
    else if (source_is(line, "switch-cost", &value))
        read_ms(source, line, value, &settings->switch_cost_ns);
    else if (source_is(line, "limit", &value))
        read_ms(source, line, value, &settings->limit_ns);
    else if (source_is(line, "policy", &value))
        read_policy(source, line, value, &settings->policy);
    else if (source_is(line, "gil", &value) && strcmp(value, "off") == 0)
        settings->gil_ns = 0;
    else if (source_is(line, "gil", &value))
        read_ms(source, line, value, &settings->gil_ns);
    else
        return false;
    return true;
}

/* --- change: -------------------------------------------------------------- */

/* Cut one item, "numbers A B", into its words; returns how many. */
static size_t cut(struct arena *arena, const char *text, size_t length,
                  const char ***word)
{
    const char *end = text + length;
    size_t count = 0;

    *word = NULL;
    for (text += strspn(text, " "); text < end; text += strspn(text, " ")) {
        size_t bytes = strcspn(text, " ,");

        *word = arena_grow(arena, *word, count, sizeof **word);
        (*word)[count++] = arena_copy(arena, text, bytes);
        text += bytes;
    }
    return count;
}

/* "1-6" */
static bool read_range(const char *word, int most, struct lesson_range *range)
{
    const char *end;

    range->min = number_parse(word, most, &end);
    range->max = *end == '-' ? number_parse_all(end + 1, most) : -1;
    return range->min >= 1 && range->max >= range->min;
}

/* Whether all names are modes; they become those of mode_table. */
static bool known_modes(const char **name, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct mode *mode = mode_find(name[i]);

        if (!mode)
            return false;
        name[i] = mode->name;
    }
    return count > 0;
}

/* Unlock what the first word says; count words follow it. */
static bool unlock(enum lesson_unlock what, const char **word, size_t count,
                   struct lesson_change *change)
{
    struct lesson_names names = { word, count };

    change->unlocked |= what;
    switch (what) {
    case UNLOCK_ORDER:
    case UNLOCK_ALL:
        return count == 0;
    case UNLOCK_NUMBERS:
        change->numbers = names;
        return count > 0;
    case UNLOCK_STEP_ORDER:
        change->step_order = names;
        return count > 0;
    case UNLOCK_STEPS:
        change->steps = names;
        return count > 0;
    case UNLOCK_MACHINES:
        return count == 1 &&
               read_range(word[0], LESSON_MACHINES_MAX, &change->machines);
    case UNLOCK_SLICE:
        return count == 1 && read_range(word[0], MS_MAX, &change->slice);
    case UNLOCK_GIL:
        change->gil_off = count == 2 && strcmp(word[0], "off") == 0;
        return count == (change->gil_off ? 2 : 1) &&
               read_range(word[count - 1], MS_MAX, &change->gil);
    default:
        change->modes = names;
        return known_modes(word, count);
    }
}

/* Read one item of "change:". */
static bool read_item(struct arena *arena, const char *text, size_t length,
                      struct lesson_change *change)
{
    static const char *const name[] = {
        "order",    "numbers", "step-order", "steps", "all",
        "machines", "slice",   "gil",        "mode",
    };
    const char **word;
    size_t count = cut(arena, text, length, &word);

    for (size_t i = 0; i < sizeof name / sizeof *name && count > 0; i++)
        if (strcmp(word[0], name[i]) == 0)
            return unlock((enum lesson_unlock)(1 << i), word + 1, count - 1,
                          change);
    return false;
}

void lesson_settings_change(struct source *source,
                            const struct source_line *line, const char *value,
                            struct lesson_change *change)
{
    for (;;) {
        size_t length = strcspn(value, ",");

        if (!read_item(source->lesson->arena, value, length, change))
            source_problem(source, line->number, source_column(line, value),
                           _("what can be unlocked: order, numbers A, "
                             "step-order A, steps A, all, machines 1-6, slice "
                             "1-200, gil off 5-100, mode threads"));
        if (!value[length])
            return;
        value += length + 1;
        value += strspn(value, " ");
    }
}
