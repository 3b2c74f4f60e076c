/*
 * predicate.c -- is a claim true of a run that has been measured?
 *
 * Both sides become numbers (never is infinity, yes is 1) and are compared;
 * only orders and logs are compared as words.
 */
#include "lessons/claim/predicate.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

const char *const predicate_sign[OP_COUNT] = {
    "==", "!=", "<=", ">=", "<", ">"
};

static bool compare(enum predicate_op op, double left, double right)
{
    switch (op) {
    case OP_EQ:
        return left == right;
    case OP_NE:
        return left != right;
    case OP_LE:
        return left <= right;
    case OP_GE:
        return left >= right;
    case OP_LT:
        return left < right;
    default:
        return left > right;
    }
}

/* Round to the decimals a person wrote, so that 3.333 equals 10/3. */
static double rounded(double value, int decimals)
{
    double scale = 1;

    while (decimals-- > 0)
        scale *= 10;
    if (!isfinite(value) || value * scale > 1e15 || value * scale < -1e15)
        return value;
    value *= scale;
    return (double)(int64_t)(value < 0 ? value - 0.5 : value + 0.5) / scale;
}

static bool same_words(const struct predicate *predicate,
                       const struct metric_run *measured)
{
    struct strbuf actual;
    bool same;

    strbuf_init(&actual);
    metric_print(&actual, &predicate->metric, measured);
    same = strcmp(actual.text, predicate->words) == 0;
    strbuf_fini(&actual);
    return same;
}

bool predicate_holds(const struct predicate *predicate,
                     const struct metric_run *measured, metric_run_get *runs,
                     void *context)
{
    bool equality = predicate->op == OP_EQ || predicate->op == OP_NE;
    double left, right = predicate->number;
    const struct metric_run *other;

    if (predicate->right == RIGHT_ORDER || predicate->right == RIGHT_LOG)
        return same_words(predicate, measured) == (predicate->op == OP_EQ);
    left = metric_value(&predicate->metric, measured);
    if (predicate->right == RIGHT_NEVER) {
        right = INFINITY;
    } else if (predicate->right == RIGHT_RUN) {
        other = runs(context, predicate->other_run);
        if (!other)
            return false;
        right = metric_value(&predicate->other, other);
        right *= predicate->percent / 100;
    } else if (equality) {
        left = rounded(left, predicate->decimals);
        right = rounded(right, predicate->decimals);
    }
    return compare(predicate->op, left, right);
}

/* "50% of run 1", with the other number if it is not the one on the left. */
static void print_other(struct strbuf *out, const struct predicate *predicate)
{
    const struct metric *other = &predicate->other;

    strbuf_addf(out, _("%g%% of run %d"), predicate->percent,
                predicate->other_run);
    if (other->kind != predicate->metric.kind ||
        other->name != predicate->metric.name) {
        strbuf_adds(out, ": ");
        metric_print_title(out, other);
    }
}

void predicate_print(struct strbuf *out, const struct predicate *predicate)
{
    char number[64];

    metric_print_title(out, &predicate->metric);
    strbuf_addf(out, "%s ", predicate_sign[predicate->op]);
    switch (predicate->right) {
    case RIGHT_NUMBER:
        snprintf(number, sizeof number, "%.*f", predicate->decimals,
                 predicate->number);
        metric_print_number(out, &predicate->metric, number);
        break;
    case RIGHT_YES_NO:
        strbuf_adds(out, predicate->number > 0 ? _("yes") : _("no"));
        break;
    case RIGHT_NEVER:
        strbuf_adds(out, _("never"));
        break;
    case RIGHT_RUN:
        print_other(out, predicate);
        break;
    default:
        strbuf_adds(out, predicate->words);
    }
}

void predicate_measured(struct strbuf *out, const struct predicate *predicate,
                        const struct metric_run *measured)
{
    const struct metric *metric = &predicate->metric;
    double value;

    metric_print_word(out, metric);
    strbuf_adds(out, "== ");
    if (predicate->right != RIGHT_NUMBER) {
        metric_print(out, metric, measured);
        return;
    }
    value = metric_value(metric, measured);
    if (!isfinite(value))
        strbuf_adds(out, "never");
    else if (predicate->decimals > 0)
        strbuf_addf(out, "%.*f", predicate->decimals, value);
    else
        strbuf_addf(out, "%.6g", value);
}
