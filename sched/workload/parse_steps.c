/*
 * parse_steps.c -- the steps of one task.
 *
 * Steps are collected in parser->pending, those of a block behind the step that
 * begins it; at the end of the line they move into the arena as one array.
 */
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

static bool parse_sequence(struct parser *parser, int depth);

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
    for (enum step_kind kind = 0; kind < STEP_WORDS; kind++)
        suggest(&near, workload_step_word(kind));
    if (near.word)
        return scan_fail(&parser->scan, token.text,
                         _("there is no step %s; did you mean \"%s\"?"),
                         scan_quote(token).text, near.word);
    return scan_fail(&parser->scan, token.text,
                     _("there is no step %s; the steps are cpu, sleep, block, "
                       "yield, lock, unlock, read, write, send, recv, close, "
                       "wait, spawn, join, next, say, sum, priority, "
                       "acquire, release, signal, broadcast, rlock, wlock, "
                       "cancel and repeat"),
                     scan_quote(token).text);
}

static size_t add_step(struct parser *parser, struct step step)
{
    parser->pending = xgrow(parser->pending, parser->pending_count,
                            &parser->pending_capacity, sizeof *parser->pending);
    parser->pending[parser->pending_count] = step;
    return parser->pending_count++;
}

/* start is where the word `repeat` stands. */
static bool parse_body(struct parser *parser, const char *start, int depth)
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
    if (!parse_sequence(parser, depth + 1))
        return false;
    if (!scan_accept(scan, ')'))
        return scan_fail(scan, parenthesis,
                         _("this ( is never closed; put a ) after the last "
                           "step that is repeated"));
    return true;
}

/* Does a round of the body that begins at first ask for anything? */
static bool speaks(const struct parser *parser, size_t first)
{
    for (size_t i = first; i < parser->pending_count; i++) {
        const struct step *step = &parser->pending[i];

        if (step->kind == STEP_REPEAT && step->object < 0)
            i += (size_t)step->skip - 1;
        else if (step->kind < STEP_REPEAT)
            return true;
    }
    return false;
}

/* Close the block that the step at first begins. */
static void end_repeat(struct parser *parser, size_t first, int depth)
{
    struct step *repeat = &parser->pending[first];
    int length = (int)(parser->pending_count - first);

    repeat->object = repeat->value > 0 && speaks(parser, first) ? depth : -1;
    repeat->skip = length + 1;
    if (parser->counters < depth + 1)
        parser->counters = depth + 1;
    add_step(parser, (struct step){
                         .kind = STEP_AGAIN,
                         .object = repeat->object,
                         .skip = 1 - length,
                     });
}

/* Take one step and, if it is a repeat, what it repeats. */
static bool parse_step(struct parser *parser, int depth)
{
    struct token token = scan_token(&parser->scan);
    struct step step = { .kind = parse_step_kind(token) };
    const struct syntax *syntax;
    size_t index;

    if (step.kind == STEP_WORDS)
        return unknown_step(parser, token);
    step.line = parser->scan.line;
    step.column = scan_column(&parser->scan, token.text);
    syntax = parse_syntax(step.kind);
    if (!syntax->parse(parser, &step, syntax))
        return false;
    index = add_step(parser, step);
    if (step.kind != STEP_REPEAT)
        return true;
    if (!parse_body(parser, token.text, depth))
        return false;
    end_repeat(parser, index, depth);
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

/* Take steps up to a `)` or the end of the line. */
static bool parse_sequence(struct parser *parser, int depth)
{
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
    return true;
}

/* The steps are complete: they become one array. */
static void move_to_arena(struct parser *parser, struct steps *steps)
{
    size_t count = parser->pending_count;
    struct step *step;

    if (count == 0)
        return;
    step = arena_alloc(parser->workload->arena, count * sizeof *step);
    memcpy(step, parser->pending, count * sizeof *step);
    *steps = (struct steps){ step, count, parser->counters };
}

/* parse_sequence stops at any `)`; one that is left belongs to no repeat. */
bool parse_steps(struct parser *parser, struct steps *steps)
{
    parser->pending_count = 0;
    parser->counters = 0;
    if (!parse_sequence(parser, 0))
        return false;
    if (scan_accept(&parser->scan, ')'))
        return scan_fail(&parser->scan, parser->scan.pos - 1,
                         _("this ) closes nothing; remove it, or put a ( "
                           "after \"repeat N\""));
    move_to_arena(parser, steps);
    return true;
}
