/*
 * parse_steps.c -- the steps of one task.
 *
 * Steps are collected in parser->pending. When the `)` of a repeat or the end
 * of the line comes, those since its beginning move into the arena as one
 * array, so that a body is an array inside the step that repeats it:
 *
 *   cpu 1, repeat 2 (cpu 5, yield), …
 *   pending:  [cpu 1][cpu 5][yield]      at the `)`
 *   pending:  [cpu 1][repeat 2 *]        after it; * -> [cpu 5][yield]
 */
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

static bool parse_sequence(struct parser *parser, struct steps *steps,
                           int depth);

/* No step at all, or a slip of the keyboard, or nothing we know. */
static bool unknown_step(struct parser *parser, struct token token)
{
    struct suggestion near = {
        .typed = arena_copy(parser->workload->arena, token.text, token.length),
    };

    if (token.length == 0)
        return scan_fail(&parser->scan, parser->scan.pos,
                         _("a step is missing before %s; write one as in "
                           "\"cpu 30\", or remove the comma"),
                         scan_found(&parser->scan).text);
    for (enum step_kind kind = 0; kind < STEP_KINDS; kind++)
        suggest(&near, workload_step_word(kind));
    if (near.word)
        return scan_fail(&parser->scan, token.text,
                         _("there is no step %s; did you mean \"%s\"?"),
                         scan_quote(token).text, near.word);
    return scan_fail(&parser->scan, token.text,
                     _("there is no step %s; the steps are cpu, sleep, block, "
                       "yield, lock, unlock, read, write, send, recv, close, "
                       "wait, spawn, join, next, say, sum, priority and "
                       "repeat"),
                     scan_quote(token).text);
}

/* start is where the word `repeat` stands. */
static bool parse_body(struct parser *parser, struct step *step,
                       const char *start, int depth)
{
    struct scan *scan = &parser->scan;
    const char *parenthesis;

    if (depth == WORKLOAD_NESTING_MAX)
        return scan_fail(scan, start,
                         _("repeats are nested too deeply; at most %d may be "
                           "inside each other"),
                         WORKLOAD_NESTING_MAX);
    if (!scan_accept(scan, '('))
        return scan_fail(scan, scan->pos,
                         _("a ( is missing before %s; write it as in \"%s\""),
                         scan_found(scan).text, "repeat 3 (cpu 10, yield)");
    parenthesis = scan->pos - 1;
    if (!parse_sequence(parser, &step->body, depth + 1))
        return false;
    if (!scan_accept(scan, ')'))
        return scan_fail(scan, parenthesis,
                         _("this ( is never closed; put a ) after the last "
                           "step that is repeated"));
    return true;
}

/* Take one step and, if it is a repeat, what it repeats. */
static bool parse_step(struct parser *parser, int depth)
{
    struct token token = scan_token(&parser->scan);
    struct step step = { .kind = parse_step_kind(token) };
    const struct syntax *syntax;

    if (step.kind == STEP_KINDS)
        return unknown_step(parser, token);
    step.line = parser->scan.line;
    step.column = scan_column(&parser->scan, token.text);
    syntax = parse_syntax(step.kind);
    if (!syntax->parse(parser, &step, syntax) ||
        (step.kind == STEP_REPEAT &&
         !parse_body(parser, &step, token.text, depth)))
        return false;
    parser->pending = xgrow(parser->pending, parser->pending_count,
                            &parser->pending_capacity, sizeof *parser->pending);
    parser->pending[parser->pending_count++] = step;
    return true;
}

/* `cpu 30 ms` reads as two steps; most who write it mean one. */
static bool missing_comma(struct parser *parser)
{
    struct scan *scan = &parser->scan;
    struct token token = scan_peek(scan);

    if (scan_token_is(token, "ms") || scan_token_is(token, "us") ||
        scan_token_is(token, "s"))
        return scan_fail(scan, token.text,
                         _("the unit %s must follow its number directly, as "
                           "in \"30ms\""),
                         scan_quote(token).text);
    return scan_fail(scan, scan->pos,
                     _("a comma is missing before %s; steps are separated by "
                       "commas"),
                     scan_found(scan).text);
}

static bool at_end(struct parser *parser)
{
    return scan_done(&parser->scan) || *parser->scan.pos == ')';
}

/* The steps from first on are complete: they become one array. */
static void move_to_arena(struct parser *parser, struct steps *steps,
                          size_t first)
{
    size_t count = parser->pending_count - first;
    struct step *step;

    parser->pending_count = first;
    if (count == 0)
        return;
    step = arena_alloc(parser->workload->arena, count * sizeof *step);
    memcpy(step, parser->pending + first, count * sizeof *step);
    *steps = (struct steps){ step, count };
}

/* Take steps up to a `)` or the end of the line. */
static bool parse_sequence(struct parser *parser, struct steps *steps,
                           int depth)
{
    size_t first = parser->pending_count;

    if (!at_end(parser))
        for (;;) {
            if (!parse_step(parser, depth))
                return false;
            if (scan_accept(&parser->scan, ','))
                continue;
            if (at_end(parser))
                break;
            return missing_comma(parser);
        }
    move_to_arena(parser, steps, first);
    return true;
}

/* parse_sequence stops at any `)`; one that is left belongs to no repeat. */
bool parse_steps(struct parser *parser, struct steps *steps)
{
    parser->pending_count = 0;
    if (!parse_sequence(parser, steps, 0))
        return false;
    if (scan_accept(&parser->scan, ')'))
        return scan_fail(&parser->scan, parser->scan.pos - 1,
                         _("this ) closes nothing; remove it, or put a ( "
                           "after \"repeat N\""));
    return true;
}
