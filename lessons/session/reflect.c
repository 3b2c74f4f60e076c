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

static void pad(struct strbuf *out, int width, const char *value)
{
    for (int cells = text_cells(value); cells < width; cells++)
        strbuf_addc(out, ' ');
}

static void fill(struct strbuf *out, const struct placeholder *placeholder,
                 const struct metric_run *live, const struct metric_run *ideal)
{
    const struct metric *metric = &placeholder->metric;
    struct strbuf value, model;

    if (metric->kind == METRIC_SPEEDUP && live && !live->single)
        live = NULL; /* it was not run on one machine */
    strbuf_init(&value);
    strbuf_init(&model);
    metric_print_local(&value, metric, live ? live : ideal);
    metric_print_local(&model, metric, ideal);
    pad(out, placeholder->width, value.text);
    strbuf_adds(out, value.text);
    if (live && strcmp(value.text, model.text) != 0 &&
        differs(metric, live, ideal))
        strbuf_addf(out, "%s(%s)%s", REFLECT_IDEAL_BEGIN, model.text,
                    REFLECT_IDEAL_END);
    strbuf_fini(&model);
    strbuf_fini(&value);
}

void reflect_fill(struct strbuf *out, const char *text, metric_run_get *live,
                  metric_run_get *ideal, void *context)
{
    struct arena *arena = arena_new();
    struct placeholder placeholder;

    while (*text) {
        size_t plain = strcspn(text, "{"), length;
        const struct metric_run *model;

        strbuf_add(out, text, plain);
        text += plain;
        length = *text ? reflect_parse(arena, text, &placeholder) : 0;
        model = length ? ideal(context, placeholder.run) : NULL;
        if (model)
            fill(out, &placeholder, live(context, placeholder.run), model);
        else if (*text)
            strbuf_add(out, text, length ? length : 1);
        text += length ? length : *text != '\0';
    }
    arena_free(arena);
}
