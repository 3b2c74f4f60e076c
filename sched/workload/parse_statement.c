/*
 * parse_statement.c -- one line: what it begins with, and all but the tasks.
 *
 * A statement is a row of a table: its first word and who reads the rest.
 */
#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"
#include "sched/workload/policy_text.h"

static bool add_shared(struct parser *parser, const char *name, int64_t initial)
{
    struct workload *workload = parser->workload;

    if (workload->shared_count == WORKLOAD_TASKS_MAX)
        return scan_fail(&parser->scan, parser->scan.pos,
                         _("there are too many of these; at most %d"),
                         WORKLOAD_TASKS_MAX);
    workload->shared = xgrow(workload->shared, workload->shared_count,
                             &parser->shared_capacity,
                             sizeof *workload->shared);
    workload->shared[workload->shared_count++] = (struct shared_spec){
        .name = name,
        .initial = initial,
    };
    return true;
}

/* An array has one number for all, or one for each. */
static bool parse_shared(struct parser *parser)
{
    const char *example = names_kind_words(NAME_SHARED)->example;
    struct scan *scan = &parser->scan;
    struct array_spec array;
    int64_t initial = 0;
    bool each = false;

    if (!parse_array(parser, NAME_SHARED, parser->workload->shared_count,
                     &array))
        return false;
    if (!scan_accept(scan, '='))
        return scan_fail(scan, scan->pos,
                         _("a = is missing before %s; write it as in \"%s\""),
                         scan_found(scan).text, example);
    for (size_t i = 0; i < parse_elements(&array); i++) {
        bool more = i == 0 || scan_accept(scan, ',');

        each |= i == 1 && more;
        if (!more && each)
            return scan_fail(scan, scan->pos,
                             _("\"%s\" has %d elements: give one number for "
                               "all, or one for each"),
                             array.name, array.count);
        if (more && !scan_number(scan, &initial, -WORKLOAD_NUMBER_MAX,
                                 WORKLOAD_NUMBER_MAX, example))
            return false;
        if (!add_shared(parser, parse_element(parser, &array, i), initial))
            return false;
    }
    return true;
}

/* Without a size it is a rendezvous. */
static bool parse_channel(struct parser *parser)
{
    struct workload *workload = parser->workload;
    struct channel_spec channel = { 0 };
    struct array_spec array;

    if (!parse_array(parser, NAME_CHANNEL, workload->channel_count, &array))
        return false;
    if (scan_accept_word(&parser->scan, "size") &&
        !scan_number(&parser->scan, &channel.size, 0, WORKLOAD_TASKS_MAX,
                     names_kind_words(NAME_CHANNEL)->example))
        return false;
    for (size_t i = 0; i < parse_elements(&array); i++) {
        channel.name = parse_element(parser, &array, i);
        workload->channel = xgrow(workload->channel, workload->channel_count,
                                  &parser->channel_capacity, sizeof channel);
        workload->channel[workload->channel_count++] = channel;
    }
    return true;
}

static bool parse_barrier(struct parser *parser)
{
    struct workload *workload = parser->workload;
    struct barrier_spec barrier;
    struct array_spec array;

    if (!parse_array(parser, NAME_BARRIER, workload->barrier_count, &array) ||
        !scan_number(&parser->scan, &barrier.size, 1, WORKLOAD_TASKS_MAX,
                     names_kind_words(NAME_BARRIER)->example))
        return false;
    for (size_t i = 0; i < parse_elements(&array); i++) {
        barrier.name = parse_element(parser, &array, i);
        workload->barrier = xgrow(workload->barrier, workload->barrier_count,
                                  &parser->barrier_capacity, sizeof barrier);
        workload->barrier[workload->barrier_count++] = barrier;
    }
    return true;
}

static bool parse_lines(struct parser *parser)
{
    struct scan *scan = &parser->scan;

    parser->workload->lines_own = scan_accept_word(scan, "own");
    if (parser->workload->lines_own || scan_accept_word(scan, "shared"))
        return true;
    return scan_fail(scan, scan->pos,
                     _("lines are shared or own, not %s; write \"lines "
                       "own\" for a machine per line, or \"lines "
                       "shared\""),
                     scan_found(scan).text);
}

static bool parse_machines(struct parser *parser)
{
    int64_t machines = 0;

    if (!scan_number(&parser->scan, &machines, 1, WORKLOAD_MACHINES_MAX,
                     "machines 2"))
        return false;
    parser->workload->machines = (int)machines;
    return true;
}

static bool parse_slice(struct parser *parser)
{
    return scan_duration(&parser->scan, &parser->workload->slice_ns, 0,
                         "slice 20");
}

static bool parse_policy(struct parser *parser)
{
    return policy_text_scan(&parser->scan, &parser->workload->policy);
}

struct statement {
    const char *word;
    bool (*parse)(struct parser *parser);
    bool once; /* in a workload */
};

static const struct statement statement_table[] = {
    { "task", parse_task, false },
    { "generator", parse_generator, false },
    { "shared", parse_shared, false },
    { "channel", parse_channel, false },
    { "barrier", parse_barrier, false },
    { "semaphore", parse_semaphore, false },
    { "condition", parse_condition, false },
    { "rwlock", parse_rwlock, false },
    { "mutex", parse_mutex, false },
    { "never", parse_never, false },
    { "finally", parse_finally, false },
    { "lines", parse_lines, true },
    { "machines", parse_machines, true },
    { "slice", parse_slice, true },
    { "policy", parse_policy, true },
};

enum {
    STATEMENTS = sizeof statement_table / sizeof *statement_table
};

/* A step without a task, a slip of the keyboard, or nothing we know. */
static bool unknown_statement(struct parser *parser, struct token token)
{
    struct suggestion near = {
        .typed = arena_copy(parser->workload->arena, token.text, token.length),
    };

    if (parse_step_kind(token) < STEP_WORDS)
        return scan_fail(&parser->scan, token.text,
                         _("%s is a step; steps follow the name of a task, "
                           "as in \"%s\""),
                         scan_quote(token).text, "task A: cpu 30");
    for (size_t i = 0; i < STATEMENTS; i++)
        suggest(&near, statement_table[i].word);
    if (near.word)
        return scan_fail(&parser->scan, token.text,
                         _("a line cannot begin with %s; did you mean "
                           "\"%s\"?"),
                         scan_found(&parser->scan).text, near.word);
    return scan_fail(&parser->scan, token.text,
                     _("a line cannot begin with %s; it begins with task, "
                       "generator, shared, channel, barrier, semaphore, "
                       "condition, rwlock, mutex, never, finally, lines, "
                       "machines, slice, policy or #"),
                     scan_found(&parser->scan).text);
}

/* Read a line by row i of the table, which its first word names. */
static bool parse_known(struct parser *parser, struct token token, size_t i)
{
    const struct statement *statement = &statement_table[i];
    unsigned bit = statement->once ? 1U << i : 0;
    struct scan *scan = &parser->scan;

    if (parser->settled & bit)
        return scan_fail(scan, token.text,
                         _("\"%s\" is given twice; keep one of them"),
                         statement->word);
    parser->settled |= bit;
    scan_token(scan);
    if (!statement->parse(parser))
        return false;
    if (!scan_done(scan))
        return scan_fail(scan, scan->pos,
                         _("this line is complete before %s; remove the rest, "
                           "or put # before it"),
                         scan_found(scan).text);
    return true;
}

bool parse_is_statement(struct token token)
{
    size_t i = 0;

    while (i < STATEMENTS && !scan_token_is(token, statement_table[i].word))
        i++;
    return i < STATEMENTS;
}

bool parse_statement(struct parser *parser)
{
    struct token token;

    if (scan_done(&parser->scan))
        return true;
    token = scan_peek(&parser->scan);
    for (size_t i = 0; i < STATEMENTS; i++)
        if (scan_token_is(token, statement_table[i].word))
            return parse_known(parser, token, i);
    return unknown_statement(parser, token);
}
