/*
 * reflect.c -- reads placeholders, and fills in what was measured.
 *
 * A text that is not quite a placeholder stays as it is: lessons are checked
 * before they are shown, so here nothing can be reported anymore.
 */
#include "lessons/session/reflect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

/* How far measured and ideal values may differ before both are shown. */
static const double tolerance = 0.02;

size_t reflect_parse(struct arena *arena, const char *text,
                     struct placeholder *placeholder)
{
    const char *at = text;
    size_t length;
    char *end;

    *placeholder = (struct placeholder){ 0 };
    if (strncmp(at, "{run ", 5) != 0)
        return 0;
    placeholder->run = (int)strtol(at + 5, &end, 10);
    if (placeholder->run < 1 || placeholder->run > 999 || *end != ' ')
        return 0;
    at = end + 1;
    length = metric_parse(arena, at, &placeholder->metric);
    if (length == 0)
        return 0;
    at += length;
    if (*at == ':') {
        placeholder->width = (int)strtol(at + 1, &end, 10);
        at = end;
        if (placeholder->width < 1 || placeholder->width > REFLECT_WIDTH_MAX)
            return 0;
    }
    return *at == '}' ? (size_t)(at - text) + 1 : 0;
}

static bool differs(const struct metric *metric, const struct metric_run *live,
                    const struct metric_run *ideal)
{
    double a, b;

    if (metric->kind == METRIC_ORDER || metric->kind == METRIC_LOG)
        return false;
    a = metric_value(metric, live);
    b = metric_value(metric, ideal);
    if (isinf(a) || isinf(b))
        return isinf(a) != isinf(b);
    return fabs(a - b) > tolerance * fabs(b);
}

/* One placeholder, as text. */
struct filling {
    struct strbuf value; /* empty: not measured, though others were */
    struct strbuf ideal; /* empty: need not be told */
};

static void fill(struct filling *filling, const struct placeholder *placeholder,
                 const struct metric_run *live, const struct metric_run *ideal,
                 bool measured)
{
    const struct metric *metric = &placeholder->metric;

    if (metric->kind == METRIC_SPEEDUP && live && !live->single)
        live = NULL; /* it was not run on one machine */
    strbuf_init(&filling->value);
    strbuf_init(&filling->ideal);
    metric_print_local(&filling->ideal, metric, ideal);
    if (live)
        metric_print_local(&filling->value, metric, live);
    if (!live && !measured)
        strbuf_adds(&filling->value, filling->ideal.text);
    if ((live || !measured) &&
        (!live || strcmp(filling->value.text, filling->ideal.text) == 0 ||
         !differs(metric, live, ideal)))
        strbuf_clear(&filling->ideal);
}

/* Read the placeholder at *text, if one is there, go past it, and fill it. */
static bool take(const char **text, struct placeholder *placeholder,
                 struct filling *filling, const struct reflect_runs *runs)
{
    struct arena *arena = arena_new();
    size_t length = reflect_parse(arena, *text, placeholder);
    const struct metric_run *ideal = length ? runs->ideal(runs->context,
                                                          placeholder->run)
                                            : NULL;

    if (ideal) {
        fill(filling, placeholder, runs->live(runs->context, placeholder->run),
             ideal, runs->measured);
        *text += length;
    }
    arena_free(arena);
    return ideal != NULL;
}

static void empty(struct filling *filling)
{
    strbuf_fini(&filling->value);
    strbuf_fini(&filling->ideal);
}

/* --- sentences ------------------------------------------------------------ */

static void add_ideal(struct strbuf *out, const char *ideal)
{
    strbuf_addf(out, "%s(%s)%s", REFLECT_IDEAL_BEGIN, ideal, REFLECT_IDEAL_END);
}

static void spaces(struct strbuf *out, int count)
{
    while (count-- > 0)
        strbuf_addc(out, ' ');
}

/* A value of the model alone, where others were measured, says what it is. */
static void add_value(struct strbuf *out, const struct filling *filling)
{
    bool measured = filling->value.length > 0;

    strbuf_adds(out, measured ? filling->value.text : filling->ideal.text);
    if (!filling->ideal.length)
        return;
    strbuf_addc(out, ' ');
    add_ideal(out, measured ? filling->ideal.text : _("MODEL"));
}

static void fill_sentence(struct strbuf *out, const char *text, size_t length,
                          const struct reflect_runs *runs)
{
    const char *end = text + length;
    struct placeholder placeholder;
    struct filling filling;

    while (text < end) {
        if (*text != '{' || !take(&text, &placeholder, &filling, runs)) {
            strbuf_addc(out, *text++);
            continue;
        }
        spaces(out, placeholder.width - text_cells(filling.value.text));
        add_value(out, &filling);
        empty(&filling);
    }
}

/* --- tables --------------------------------------------------------------- */

/* A line of a table as it grows, and the one with what is in brackets. */
struct table_line {
    struct strbuf row, below;
    int below_cells;
    int owed; /* cells by which values were too wide for their columns */
};

/* Take back spaces at the end of the row that are owed; one stays. */
static void pay(struct table_line *line)
{
    struct strbuf *row = &line->row;

    while (line->owed > 0 && row->length > 1 &&
           row->text[row->length - 1] == ' ' &&
           row->text[row->length - 2] == ' ') {
        row->text[--row->length] = '\0';
        line->owed--;
    }
}

static void put_value(struct table_line *line, int width,
                      const struct filling *filling)
{
    const char *value = filling->value.length ? filling->value.text : "-";
    int cells = text_cells(value), column;

    spaces(&line->row, width - cells);
    if (width > 0 && cells > width)
        line->owed += cells - width;
    pay(line);
    strbuf_adds(&line->row, value);
    if (!filling->ideal.length)
        return;
    column = text_cells(line->row.text) - text_cells(filling->ideal.text) - 1;
    if (column < line->below_cells + 2) /* also indented enough to be kept */
        column = line->below_cells + 2;
    spaces(&line->below, column - line->below_cells);
    add_ideal(&line->below, filling->ideal.text);
    line->below_cells = column + text_cells(filling->ideal.text) + 2;
}

static void fill_table(struct strbuf *out, const char *text, size_t length,
                       const struct reflect_runs *runs)
{
    const char *end = text + length;
    struct table_line line = { .owed = 0 };
    struct placeholder placeholder;
    struct filling filling;

    strbuf_init(&line.row);
    strbuf_init(&line.below);
    while (text < end)
        if (*text == '{' && take(&text, &placeholder, &filling, runs)) {
            put_value(&line, placeholder.width, &filling);
            empty(&filling);
        } else {
            strbuf_addc(&line.row, *text++);
            pay(&line);
        }
    strbuf_adds(out, line.row.text);
    if (line.below.length)
        strbuf_addf(out, "\n%s", line.below.text);
    strbuf_fini(&line.row);
    strbuf_fini(&line.below);
}

void reflect_fill(struct strbuf *out, const char *text,
                  const struct reflect_runs *runs)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        (strncmp(text, "  ", 2) == 0 ? fill_table
                                     : fill_sentence)(out, text, length, runs);
        text += length;
        if (*text)
            strbuf_addc(out, *text++);
    }
}
