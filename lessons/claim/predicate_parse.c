/*
 * predicate_parse.c -- from "run 1 finish C == 600" to a predicate.
 *
 * The reader is at a place in the text; each take_ function takes one
 * thing there and the spaces after it.
 */
#include <stdlib.h>
#include <string.h>

#include "lessons/claim/number.h"
#include "lessons/claim/predicate.h"
#include "sched/base/arena.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

struct predicate_reader {
    struct arena *arena;
    const char *file;
    int line, column; /* of start */
    const char *start, *at;
    struct diag *diag;
};

static bool wrong(struct predicate_reader *reader, const char *message)
{
    diag_set(reader->diag, reader->file, reader->line,
             reader->column + (int)(reader->at - reader->start), "%s", message);
    return false;
}

static void skip_spaces(struct predicate_reader *reader)
{
    reader->at += strspn(reader->at, " ");
}

/* Take a word if it comes next. */
static bool take(struct predicate_reader *reader, const char *word)
{
    size_t length = strlen(word);
    char next;

    if (strncmp(reader->at, word, length) != 0)
        return false;
    next = reader->at[length];
    if (next && next != ' ')
        return false;
    reader->at += length;
    skip_spaces(reader);
    return true;
}

/* "run 3" */
static bool take_run(struct predicate_reader *reader, int *run)
{
    const char *end;

    if (!take(reader, "run"))
        return false;
    *run = number_parse(reader->at, NUMBER_RUNS_MAX, &end);
    if (*run < 1)
        return false;
    reader->at = end;
    skip_spaces(reader);
    return true;
}

static bool take_metric(struct predicate_reader *reader, struct metric *metric)
{
    size_t length = metric_parse(reader->arena, reader->at, metric);

    reader->at += length;
    skip_spaces(reader);
    return length > 0;
}

static bool take_op(struct predicate_reader *reader, enum predicate_op *op)
{
    for (int i = 0; i < OP_COUNT; i++) {
        size_t length = strlen(predicate_sign[i]);

        if (strncmp(reader->at, predicate_sign[i], length) != 0)
            continue;
        *op = (enum predicate_op)i;
        reader->at += length;
        skip_spaces(reader);
        return true;
    }
    return false;
}

/* Digits with at most one point; 15 digits at most stay exact. */
static bool take_number(struct predicate_reader *reader, double *number,
                        int *decimals)
{
    const char *at = reader->at;
    size_t digits = strspn(at, "0123456789");
    size_t after = 0;

    if (digits == 0 || digits > 15)
        return false;
    if (at[digits] == '.') {
        after = strspn(at + digits + 1, "0123456789");
        if (after == 0 || after > 6)
            return false;
    }
    *number = strtod(at, NULL);
    *decimals = (int)after;
    reader->at += digits + (after ? after + 1 : 0);
    return true;
}

/* Take the rest of the line with single spaces between its words. */
static const char *take_words(struct predicate_reader *reader)
{
    size_t length = 0;
    char *words = arena_copy(reader->arena, reader->at, strlen(reader->at));

    for (const char *c = words; *c; c++)
        if (*c != ' ' || (length > 0 && words[length - 1] != ' '))
            words[length++] = *c;
    while (length > 0 && words[length - 1] == ' ')
        length--;
    words[length] = '\0';
    reader->at += strlen(reader->at);
    return words;
}

/* "run 1", "run 1 makespan", after an optional "50% of". */
static bool right_run(struct predicate_reader *reader,
                      struct predicate *predicate)
{
    predicate->right = RIGHT_RUN;
    if (!take_run(reader, &predicate->other_run))
        return wrong(reader, _("expected \"run\" and its number"));
    predicate->other = predicate->metric;
    if (*reader->at && !take_metric(reader, &predicate->other))
        return wrong(reader, _("a run has no such number"));
    if (predicate->other.kind == METRIC_ORDER ||
        predicate->other.kind == METRIC_LOG)
        return wrong(reader,
                     _("an order or a log cannot be compared like this"));
    return true;
}

static bool right_number(struct predicate_reader *reader,
                         struct predicate *predicate)
{
    predicate->right = RIGHT_NUMBER;
    if (!take_number(reader, &predicate->number, &predicate->decimals))
        return wrong(reader, _("expected a number"));
    if (*reader->at != '%') {
        skip_spaces(reader);
        return true;
    }
    reader->at++;
    skip_spaces(reader);
    if (!take(reader, "of"))
        /* xgettext:no-c-format */
        return wrong(reader, _("expected \"of run\" and a number after %"));
    predicate->percent = predicate->number;
    return right_run(reader, predicate);
}

static bool right_side(struct predicate_reader *reader,
                       struct predicate *predicate)
{
    predicate->percent = 100;
    if (take(reader, "never")) {
        predicate->right = RIGHT_NEVER;
        return true;
    }
    if (strncmp(reader->at, "run ", 4) == 0)
        return right_run(reader, predicate);
    return right_number(reader, predicate);
}

/* Metrics whose values are words can only be compared with == and !=. */
static bool right_of_words(struct predicate_reader *reader,
                           struct predicate *predicate)
{
    if (predicate->op != OP_EQ && predicate->op != OP_NE)
        return wrong(reader, _("only == and != make sense here"));
    if (predicate->metric.kind == METRIC_DEADLOCK) {
        predicate->right = RIGHT_YES_NO;
        predicate->number = take(reader, "yes");
        if (predicate->number > 0 || take(reader, "no"))
            return true;
        return wrong(reader, _("expected yes or no"));
    }
    predicate->right = predicate->metric.kind == METRIC_ORDER ? RIGHT_ORDER
                                                              : RIGHT_LOG;
    if (!*reader->at)
        return wrong(reader, _("the right side is missing"));
    predicate->words = take_words(reader);
    return true;
}

bool predicate_parse(struct arena *arena, const char *file, int line,
                     int column, const char *text, struct predicate *predicate,
                     struct diag *diag)
{
    struct predicate_reader reader = { arena, file, line, column,
                                       text,  text, diag };
    bool words;

    *predicate = (struct predicate){ .line = line, .column = column };
    predicate->text = arena_copy(arena, text, strlen(text));
    skip_spaces(&reader);
    if (strncmp(reader.at, "run ", 4) == 0 &&
        !take_run(&reader, &predicate->run))
        return wrong(&reader, _("expected a number after \"run\""));
    if (!take_metric(&reader, &predicate->metric))
        return wrong(&reader, _("a run has no such number"));
    if (!take_op(&reader, &predicate->op))
        return wrong(&reader, _("expected == != <= >= < or >"));
    words = predicate->metric.kind == METRIC_ORDER ||
            predicate->metric.kind == METRIC_LOG ||
            predicate->metric.kind == METRIC_DEADLOCK;
    if (!(words ? right_of_words : right_side)(&reader, predicate))
        return false;
    if (*reader.at)
        return wrong(&reader, _("unexpected text at the end"));
    return true;
}
