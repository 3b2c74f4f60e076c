/*
 * parse_steps.c -- the steps of one task.
 *
 * Those of a block are added behind the step that begins it (parse_pending.c).
 * A step that leads to the end of its block learns how far that is when the end
 * has come.
 */
#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/workload/parse_internal.h"

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
                       "cancel, repeat, while, if, for, break, stop, try, "
                       "select, atomic and x = E"),
                     scan_quote(token).text);
}

static bool parse_sequence(struct parser *parser, int depth);

/* Take the `(` of a block; start is where the word before it stands. */
static bool open_block(struct parser *parser, const char *start,
                       const char *example, int depth)
{
    struct scan *scan = &parser->scan;

    if (depth == WORKLOAD_NESTING_MAX)
        return scan_fail(scan, start,
                         _("blocks are nested too deeply; at most %d may be "
                           "inside each other"),
                         WORKLOAD_NESTING_MAX);
    return scan_accept(scan, '(') ||
           scan_fail(scan, scan->pos,
                     _("a ( is missing before %s; write it as in \"%s\""),
                     scan_found(scan).text, example);
}

/* Take the `)` of a block that begins at parenthesis. */
static bool close_block(struct parser *parser, const char *parenthesis)
{
    return scan_accept(&parser->scan, ')') ||
           scan_fail(&parser->scan, parenthesis,
                     _("this ( is never closed; put a ) after the last "
                       "step of the block"));
}

static bool parse_body(struct parser *parser, const char *start,
                       const char *example, int depth)
{
    bool chooses = parser->chooses;
    const char *parenthesis;

    if (!open_block(parser, start, example, depth))
        return false;
    parenthesis = parser->scan.pos - 1;
    parser->chooses = false;
    if (!parse_sequence(parser, depth + 1))
        return false;
    parser->chooses = chooses;
    return close_block(parser, parenthesis);
}

/* --- loops ---------------------------------------------------------------- */

/* Does a round of the body that begins at first ask for anything? */
static bool speaks(const struct parser *parser, size_t first)
{
    for (size_t i = first; i < parser->pending_count; i++) {
        const struct step *step = &parser->pending[i];

        if (step->kind == STEP_REPEAT && step->object < 0)
            i += (size_t)step->skip - 1;
        else if (step->kind != STEP_REPEAT && step->kind != STEP_AGAIN)
            return true;
    }
    return false;
}

/* Breaks of the loop at first lead behind its end; those of a loop inside have
 * been led already. */
static void lead_breaks(struct parser *parser, size_t first)
{
    for (size_t i = first; i < parser->pending_count; i++) {
        const struct step *step = &parser->pending[i];

        if ((step->kind == STEP_BREAK || step->kind == STEP_WHILE) &&
            step->skip == 0)
            parse_lead_here(parser, i);
    }
}

/* The counter of the loop at first; -1: it needs none. */
static int counter_of(struct parser *parser, size_t first)
{
    const struct step *loop = &parser->pending[first];

    if (loop->kind == STEP_FOR)
        return -1; /* each of its rounds receives something */
    if (loop->kind == STEP_REPEAT && !loop->computed &&
        (loop->value <= 0 || !speaks(parser, first + 1)))
        return -1;
    if (parser->counters < parser->loops)
        parser->counters = parser->loops;
    return parser->loops - 1;
}

/* End the loop that begins at first, and whose rounds do at round. */
static void end_loop(struct parser *parser, size_t first, size_t round)
{
    struct step *loop = &parser->pending[first];
    struct step end = { .kind = STEP_ROUND,
                        .line = loop->line,
                        .column = loop->column };

    end.object = counter_of(parser, first);
    end.skip = (int)round - (int)parser->pending_count;
    if (loop->kind == STEP_REPEAT)
        end.kind = STEP_AGAIN;
    if (loop->kind != STEP_FOR)
        loop->object = end.object;
    parse_add_step(parser, end);
    parse_lead_here(parser, first);
    lead_breaks(parser, first);
    parser->loops--;
}

/* The terms read so far are those of step. */
static void begin_while(struct parser *parser, struct step loop)
{
    size_t terms = parser->term_count;

    parser->term_count = 0;
    parse_add_step(parser, loop);
    parser->term_count = terms;
    parser->loops++;
}

static bool parse_loop(struct parser *parser, struct step step,
                       const char *start, int depth)
{
    const char *example = parse_syntax(step.kind)->example;
    struct step loop = { .kind = STEP_LOOP,
                         .line = step.line,
                         .column = step.column };
    size_t first = parser->pending_count, round = first + 1;

    if (step.kind == STEP_WHILE)
        begin_while(parser, loop);
    else if (step.kind == STEP_REPEAT && step.value == STEP_FOREVER)
        step = loop;
    else if (step.kind == STEP_FOR)
        round = first;
    parse_add_step(parser, step);
    if (step.kind != STEP_WHILE)
        parser->loops++;
    if (!parse_body(parser, start, example, depth))
        return false;
    end_loop(parser, first, round);
    return true;
}

/* --- other blocks --------------------------------------------------------- */

static bool parse_if(struct parser *parser, struct step step, const char *start,
                     int depth)
{
    const char *example = parse_syntax(step.tries ? STEP_TRY : STEP_IF)
                              ->example;
    size_t first = parse_add_step(parser, step), otherwise;

    if (!parse_body(parser, start, example, depth))
        return false;
    if (scan_accept_word(&parser->scan, "else")) {
        otherwise = parse_add_step(parser, (struct step){ .kind = STEP_ELSE });
        parse_lead_here(parser, first);
        if (!parse_body(parser, start, example, depth))
            return false;
        parse_add_step(parser, (struct step){ .kind = STEP_END });
        parse_lead_here(parser, otherwise);
    } else {
        parse_add_step(parser, (struct step){ .kind = STEP_END });
        parse_lead_here(parser, first);
    }
    return true;
}

static bool parse_atomic(struct parser *parser, struct step step,
                         const char *start, int depth)
{
    size_t first = parse_add_step(parser, step);

    parser->atomic = true;
    if (!parse_body(parser, start, parse_syntax(STEP_ATOMIC)->example, depth))
        return false;
    parser->atomic = false;
    parse_add_step(parser, (struct step){ .kind = STEP_END, .value = 1 });
    parse_lead_here(parser, first);
    return true;
}

/* A choice, and its steps. */
static bool parse_case(struct parser *parser, int depth, bool *has_last)
{
    size_t first = 0;

    if (!parse_choice(parser, has_last, &first))
        return false;
    parser->chooses = true;
    if (!parse_sequence(parser, depth + 1))
        return false;
    parse_add_step(parser, (struct step){ .kind = STEP_LEAVE });
    parse_lead_here(parser, first);
    return true;
}

static bool parse_select(struct parser *parser, struct step step,
                         const char *start, int depth)
{
    const char *example = parse_syntax(STEP_SELECT)->example;
    struct scan *scan = &parser->scan;
    size_t first = parse_add_step(parser, step);
    bool chooses = parser->chooses, has_last = false;
    const char *parenthesis;
    int64_t count = 0;

    if (!open_block(parser, start, example, depth))
        return false;
    parenthesis = scan->pos - 1;
    do {
        if (count == WORKLOAD_NESTING_MAX)
            return scan_fail(scan, start, _("a select has at most %d choices"),
                             WORKLOAD_NESTING_MAX);
        if (!parse_case(parser, depth, &has_last))
            return false;
        count++;
    } while (scan_accept(scan, ';'));
    parser->chooses = chooses;
    if (!close_block(parser, parenthesis))
        return false;
    parse_end_select(parser, first, count);
    return true;
}

/* What takes time, waits or goes round cannot be done as one. */
static bool may_be_atomic(enum step_kind kind)
{
    switch (kind) {
    case STEP_SET:
    case STEP_READ:
    case STEP_WRITE:
    case STEP_IF:
    case STEP_SAY:
    case STEP_SUM:
        return true;
    default:
        return false;
    }
}

/* Does the step stand where it may? */
static bool check_place(struct parser *parser, const struct step *step,
                        const char *start)
{
    if (parser->atomic && !may_be_atomic(step->kind))
        return scan_fail(&parser->scan, start,
                         _("\"%s\" cannot stand in an atomic block, whose "
                           "steps take no time and do not wait: x = E, read, "
                           "write, if, say and sum can"),
                         workload_step_word(step->kind));
    if (step->kind == STEP_BREAK && parser->loops == 0)
        return scan_fail(&parser->scan, start,
                         _("\"break\" leaves a loop, and there is none around "
                           "it; \"stop\" ends the task"));
    return true;
}

/* --- steps ---------------------------------------------------------------- */

/* A word before `=` is set, whatever it is; and so is one with an index. */
static bool is_set(struct scan *scan)
{
    return scan_sees(scan, "[") ||
           (scan_sees(scan, "=") && !scan_sees(scan, "=="));
}

/* Take the word of a step, and what follows it but a block. */
static bool parse_head(struct parser *parser, struct step *step,
                       struct token token)
{
    const struct syntax *syntax;

    step->line = parser->scan.line;
    step->column = scan_column(&parser->scan, token.text);
    if (token.length > 0 && is_set(&parser->scan)) {
        step->kind = STEP_SET;
        return parse_set(parser, step, token) &&
               check_place(parser, step, token.text);
    }
    step->kind = parse_step_kind(token);
    if (step->kind == STEP_WORDS)
        return unknown_step(parser, token);
    syntax = parse_syntax(step->kind);
    return check_place(parser, step, token.text) &&
           syntax->parse(parser, step, syntax);
}

/* Take one step and the block that it begins. */
static bool parse_step(struct parser *parser, int depth)
{
    struct token token = scan_token(&parser->scan);
    struct step step = { .object = 0 };

    if (!parse_head(parser, &step, token))
        return false;
    if (step.tries)
        return parse_if(parser, step, token.text, depth);
    switch (step.kind) {
    case STEP_REPEAT:
    case STEP_WHILE:
    case STEP_FOR:
        return parse_loop(parser, step, token.text, depth);
    case STEP_IF:
        return parse_if(parser, step, token.text, depth);
    case STEP_ATOMIC:
        return parse_atomic(parser, step, token.text, depth);
    case STEP_SELECT:
        return parse_select(parser, step, token.text, depth);
    default:
        parse_add_step(parser, step);
        return true;
    }
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
    return scan_done(&parser->scan) || *parser->scan.pos == ')' ||
           (parser->chooses && *parser->scan.pos == ';');
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

/* parse_sequence stops at any `)`; one that is left belongs to no repeat. */
bool parse_steps(struct parser *parser, struct steps *steps)
{
    parser->pending_count = 0;
    parser->counters = 0;
    parser->choices = 0;
    parser->chooses = false;
    parser->most_values = 0;
    if (!parse_sequence(parser, 0))
        return false;
    if (scan_accept(&parser->scan, ')'))
        return scan_fail(&parser->scan, parser->scan.pos - 1,
                         _("this ) closes nothing; remove it, or put a ( "
                           "before the steps that belong together"));
    parse_move_steps(parser, steps);
    return true;
}
