/*
 * parse_statement.c -- one line: what it begins with, and all but the tasks.
 */
#include <string.h>

#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

static bool parse_shared(struct parser *parser)
{
    static const char example[] = "shared n = 0";
    struct workload *workload = parser->workload;
    struct shared_spec shared;

    if (!parse_declaration(parser, NAME_SHARED, workload->shared_count,
                           &shared.name, example))
        return false;
    if (!scan_accept(&parser->scan, '='))
        return scan_fail(&parser->scan, parser->scan.pos,
                         _("a = is missing before %s; write it as in \"%s\""),
                         scan_found(&parser->scan).text, example);
    if (!scan_number(&parser->scan, &shared.initial, -WORKLOAD_NUMBER_MAX,
                     WORKLOAD_NUMBER_MAX, example))
        return false;
    workload->shared = xgrow(workload->shared, workload->shared_count,
                             &parser->shared_capacity, sizeof shared);
    workload->shared[workload->shared_count++] = shared;
    return true;
}

static bool parse_channel(struct parser *parser)
{
    static const char example[] = "channel c size 3";
    struct workload *workload = parser->workload;
    struct channel_spec channel = { 0 };

    if (!parse_declaration(parser, NAME_CHANNEL, workload->channel_count,
                           &channel.name, example))
        return false;
    if (word_is(scan_peek(&parser->scan), "size")) {
        scan_word(&parser->scan);
        if (!scan_number(&parser->scan, &channel.size, 0, WORKLOAD_TASKS_MAX,
                         example))
            return false;
    }
    workload->channel = xgrow(workload->channel, workload->channel_count,
                              &parser->channel_capacity, sizeof channel);
    workload->channel[workload->channel_count++] = channel;
    return true;
}

static bool parse_barrier(struct parser *parser)
{
    static const char example[] = "barrier b 4";
    struct workload *workload = parser->workload;
    struct barrier_spec barrier;

    if (!parse_declaration(parser, NAME_BARRIER, workload->barrier_count,
                           &barrier.name, example) ||
        !scan_number(&parser->scan, &barrier.size, 1, WORKLOAD_TASKS_MAX,
                     example))
        return false;
    workload->barrier = xgrow(workload->barrier, workload->barrier_count,
                              &parser->barrier_capacity, sizeof barrier);
    workload->barrier[workload->barrier_count++] = barrier;
    return true;
}

static bool said_twice(struct parser *parser, const char *word)
{
    return scan_fail(&parser->scan, parser->scan.pos - strlen(word),
                     _("\"%s\" is given twice; keep one of them"), word);
}

static bool parse_lines(struct parser *parser)
{
    struct word word;

    if (parser->lines_said)
        return said_twice(parser, "lines");
    parser->lines_said = true;
    word = scan_peek(&parser->scan);
    parser->workload->lines_own = word_is(word, "own");
    if (!word_is(word, "own") && !word_is(word, "shared"))
        return scan_fail(&parser->scan, word.text,
                         _("lines are shared or own, not %s; write \"lines "
                           "own\" for a machine per line, or \"lines "
                           "shared\""),
                         scan_found(&parser->scan).text);
    scan_word(&parser->scan);
    return true;
}

static bool parse_machines(struct parser *parser)
{
    int64_t machines;

    if (parser->machines_said)
        return said_twice(parser, "machines");
    parser->machines_said = true;
    if (!scan_number(&parser->scan, &machines, 1, WORKLOAD_MACHINES_MAX,
                     "machines 2"))
        return false;
    parser->workload->machines = (int)machines;
    return true;
}

static const struct statement {
    const char *word;
    bool (*parse)(struct parser *parser);
} statement_table[] = {
    { "task", parse_task },         { "generator", parse_generator },
    { "shared", parse_shared },     { "channel", parse_channel },
    { "barrier", parse_barrier },   { "lines", parse_lines },
    { "machines", parse_machines },
};

enum {
    STATEMENTS = sizeof statement_table / sizeof *statement_table
};

static bool unknown_statement(struct parser *parser, struct word word)
{
    char text[WORKLOAD_NAME_BYTES_MAX + 1] = "";
    struct suggestion near = { .typed = text };

    if (word.length < sizeof text)
        memcpy(text, word.text, word.length);
    for (int kind = 0; kind < STEP_KINDS; kind++)
        if (word_is(word, step_word((enum step_kind)kind)))
            return scan_fail(&parser->scan, word.text,
                             _("%s is a step; steps stand behind a task, as "
                               "in \"%s\""),
                             word_quote(word).text, "task A: cpu 30");
    for (size_t i = 0; i < STATEMENTS; i++)
        suggest(&near, statement_table[i].word);
    if (near.word)
        return scan_fail(&parser->scan, word.text,
                         _("a line cannot begin with %s; did you mean "
                           "\"%s\"?"),
                         scan_found(&parser->scan).text, near.word);
    return scan_fail(&parser->scan, word.text,
                     _("a line cannot begin with %s; it begins with task, "
                       "generator, shared, channel, barrier, lines, machines "
                       "or #"),
                     scan_found(&parser->scan).text);
}

bool parse_statement(struct parser *parser)
{
    struct scan *scan = &parser->scan;
    struct word word;

    if (scan_done(scan))
        return true;
    word = scan_peek(scan);
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (!word_is(word, statement_table[i].word))
            continue;
        scan_word(scan);
        if (!statement_table[i].parse(parser))
            return false;
        if (!scan_done(scan))
            return scan_fail(scan, scan->pos,
                             _("this line is complete before %s; take the "
                               "rest away, or put # before it"),
                             scan_found(scan).text);
        return true;
    }
    return unknown_statement(parser, word);
}
