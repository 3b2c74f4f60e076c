/*
 * lesson_settings.c -- "mode: parallel" and "change: machines 1-6".
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/lesson.h"
#include "lessons/parse/lesson_parse.h"
#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"

enum {
    MS_MAX = 3600 * 1000, /* an hour: no lesson waits longer */
};

/* Read a whole number that fills the text; -1 if it does not. */
static int64_t whole(const char *text, int64_t most)
{
    size_t digits = strspn(text, "0123456789");
    int64_t number;

    if (digits == 0 || digits > 9 || text[digits])
        return -1;
    number = strtoll(text, NULL, 10);
    return number > most ? -1 : number;
}

static void read_ms(struct parser *parser, const struct line *line,
                    const char *value, int64_t *ns)
{
    int64_t ms = whole(value, MS_MAX);

    if (ms < 0)
        parser_problem(parser, line, line_column(line, value),
                       _("here a number of milliseconds must stand"));
    else
        *ns = ms * NS_PER_MS;
}

static void read_mode(struct parser *parser, const struct line *line,
                      const char *value, const char **mode)
{
    const struct mode *found = mode_find(value);

    *mode = mode_table[found ? found - mode_table : MODE_SEQUENTIAL].name;
    if (found)
        return;
    parser_problem(parser, line, line_column(line, value),
                   _("the modes are sequential, coroutine, threads, parallel "
                     "and hybrid"));
}

static void read_machines(struct parser *parser, const struct line *line,
                          const char *value, int *machines)
{
    int64_t number = whole(value, LESSON_MACHINES_MAX);

    if (number < 1)
        parser_problem(parser, line, line_column(line, value),
                       _("here a number from 1 to %d must stand"),
                       LESSON_MACHINES_MAX);
    else
        *machines = (int)number;
}

static void read_policy(struct parser *parser, const struct line *line,
                        const char *value, int *priority)
{
    if (strcmp(value, "priority") == 0)
        *priority = 1;
    else if (strcmp(value, "fifo") == 0)
        *priority = 0;
    else
        parser_problem(parser, line, line_column(line, value),
                       _("here priority or fifo must stand"));
}

bool settings_parse(struct parser *parser, const struct line *line,
                    struct lesson_settings *settings)
{
    const char *value;

    if (line_is(line, "mode", &value))
        read_mode(parser, line, value, &settings->mode);
    else if (line_is(line, "machines", &value))
        read_machines(parser, line, value, &settings->machines);
    else if (line_is(line, "slice", &value))
        read_ms(parser, line, value, &settings->slice_ns);
    else if (line_is(line, "switch-cost", &value))
        read_ms(parser, line, value, &settings->switch_cost_ns);
    else if (line_is(line, "limit", &value))
        read_ms(parser, line, value, &settings->limit_ns);
    else if (line_is(line, "policy", &value))
        read_policy(parser, line, value, &settings->priority);
    else if (line_is(line, "gil", &value) && strcmp(value, "off") == 0)
        settings->gil_ns = 0;
    else if (line_is(line, "gil", &value))
        read_ms(parser, line, value, &settings->gil_ns);
    else
        return false;
    return true;
}

/* --- change: -------------------------------------------------------------- */

struct words {
    const char *word[64];
    size_t count;
};

/* Cut the text of one item, "numbers A B", into its words. */
static void cut(struct parser *parser, const char *text, size_t length,
                struct words *words)
{
    struct arena *arena = parser->lesson->arena;
    size_t at = 0;

    words->count = 0;
    while (at < length && words->count < 64) {
        size_t start;

        while (at < length && text[at] == ' ')
            at++;
        start = at;
        while (at < length && text[at] != ' ')
            at++;
        if (at > start)
            words->word[words->count++] = arena_copy(arena, text + start,
                                                     at - start);
    }
}

/* "1-6" */
static bool range(const char *word, int *min, int *max, int most)
{
    char *end;
    long from = strtol(word, &end, 10), to;

    if (end == word || *end != '-')
        return false;
    word = end + 1;
    to = strtol(word, &end, 10);
    if (end == word || *end || from < 1 || to < from || to > most)
        return false;
    *min = (int)from;
    *max = (int)to;
    return true;
}

/* Words after "numbers", "steps" or "step-order": the tasks unlocked. */
static bool tasks(struct parser *parser, const struct words *words,
                  struct lesson_names *names)
{
    if (words->count < 2)
        return false;
    names->count = words->count - 1;
    names->name = parser_keep(parser, words->word + 1,
                              names->count * sizeof *words->word);
    return true;
}

static bool unlock_gil(const struct words *words, struct lesson_change *change)
{
    size_t last = words->count - 1;

    change->gil_off = words->count == 3 && !strcmp(words->word[1], "off");
    return words->count >= 2 && words->count <= 3 &&
           (words->count == 2 || change->gil_off) &&
           range(words->word[last], &change->gil_min, &change->gil_max, MS_MAX);
}

static bool unlock_mode(struct parser *parser, const struct words *words,
                        struct lesson_change *change)
{
    const char *mode[64];

    for (size_t i = 1; i < words->count; i++) {
        const struct mode *found = mode_find(words->word[i]);

        if (!found)
            return false;
        mode[i - 1] = found->name;
    }
    change->mode_count = words->count - 1;
    change->mode = parser_keep(parser, mode, change->mode_count * sizeof *mode);
    return change->mode_count > 0;
}

static bool unlock(struct parser *parser, const struct words *words,
                   struct lesson_change *change)
{
    static const char *const name[] = {
        "order",    "numbers", "step-order", "steps", "all",
        "machines", "slice",   "gil",        "mode",
    };
    unsigned bit = 0;

    for (size_t i = 0; i < sizeof name / sizeof *name && words->count; i++)
        if (strcmp(words->word[0], name[i]) == 0)
            bit = 1u << i;
    change->unlocked |= bit;
    switch (bit) {
    case UNLOCK_ORDER:
    case UNLOCK_ALL:
        return words->count == 1;
    case UNLOCK_NUMBERS:
        return tasks(parser, words, &change->numbers);
    case UNLOCK_STEP_ORDER:
        return tasks(parser, words, &change->step_order);
    case UNLOCK_STEPS:
        return tasks(parser, words, &change->steps);
    case UNLOCK_MACHINES:
        return words->count == 2 &&
               range(words->word[1], &change->machines_min,
                     &change->machines_max, LESSON_MACHINES_MAX);
    case UNLOCK_SLICE:
        return words->count == 2 && range(words->word[1], &change->slice_min,
                                          &change->slice_max, MS_MAX);
    case UNLOCK_GIL:
        return unlock_gil(words, change);
    case UNLOCK_MODE:
        return unlock_mode(parser, words, change);
    default:
        return false;
    }
}

void change_parse(struct parser *parser, const struct line *line,
                  const char *value, struct lesson_change *change)
{
    struct words words;

    for (;;) {
        size_t length = strcspn(value, ",");

        cut(parser, value, length, &words);
        if (!unlock(parser, &words, change))
            parser_problem(parser, line, line_column(line, value),
                           _("what can be unlocked is: order, numbers A, "
                             "step-order A, steps A, all, machines 1-6, "
                             "slice 1-200, gil off 5-100, mode threads"));
        if (!value[length])
            return;
        value += length + 1;
        value += strspn(value, " ");
    }
}
