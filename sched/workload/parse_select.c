/*
 * parse_select.c -- `select ( recv a x: … ; send b 1: … ; after 100: … )`.
 *
 * The choices lie one behind the other, each with its steps (parse_steps.c).
 * Each leads to the next one, since all are looked at before anything is done;
 * the last one leads to the end, where it is decided which one it is, and that
 * one's steps lead behind the end:
 *
 *     SELECT  recv … LEAVE  send … LEAVE  AFTER … LEAVE  DECIDE
 */
#include "sched/base/i18n.h"
#include "sched/workload/parse_internal.h"

/* Take what comes before the colon. */
static bool take_choice(struct parser *parser, struct step *choice)
{
    struct scan *scan = &parser->scan;
    struct token token = scan_token(scan);

    choice->choice = true;
    choice->line = scan->line;
    choice->column = scan_column(scan, token.text);
    choice->kind = parse_step_kind(token);
    if (choice->kind == STEP_RECV || choice->kind == STEP_SEND) {
        const struct syntax *syntax = parse_syntax(choice->kind);

        return syntax->parse(parser, choice, syntax);
    }
    if (scan_token_is(token, "else")) {
        choice->kind = STEP_OTHERWISE;
        return true;
    }
    if (scan_token_is(token, "after")) {
        choice->kind = STEP_AFTER;
        return parse_limit(parser, choice);
    }
    return scan_fail(scan, token.text,
                     _("a choice begins with recv, send, after or else, not "
                       "with %s, as in \"%s\""),
                     scan_quote(token).text,
                     parse_syntax(STEP_SELECT)->example);
}

/* Only one choice can be for when no other is possible. */
static bool check_last(struct parser *parser, const struct step *choice,
                       bool *has_last)
{
    bool last = choice->kind == STEP_AFTER || choice->kind == STEP_OTHERWISE;

    if (last && *has_last)
        return scan_fail_at(&parser->scan, choice->line, choice->column,
                            _("a select has one \"after\" or one \"else\"; "
                              "keep one of them"));
    *has_last |= last;
    return true;
}

bool parse_choice(struct parser *parser, bool *has_last, size_t *first)
{
    struct scan *scan = &parser->scan;
    struct step choice = { .object = 0 };

    if (!take_choice(parser, &choice) || !check_last(parser, &choice, has_last))
        return false;
    if (!scan_accept(scan, ':'))
        return scan_fail(scan, scan->pos,
                         _("a colon is missing before %s; write it as in "
                           "\"%s\""),
                         scan_found(scan).text,
                         parse_syntax(STEP_SELECT)->example);
    *first = parse_add_step(parser, choice);
    return true;
}

/* The end of every choice leads behind that of all. */
void parse_end_select(struct parser *parser, size_t first, int64_t count)
{
    struct step *select = &parser->pending[first];
    struct step decide = { .kind = STEP_DECIDE,
                           .line = select->line,
                           .column = select->column,
                           .value = count };

    select->value = count;
    if (parser->choices < count)
        parser->choices = (int)count;
    parse_add_step(parser, decide);
    for (size_t i = first + 1; i < parser->pending_count; i++) {
        const struct step *step = &parser->pending[i];

        if (step->kind == STEP_LEAVE && step->skip == 0)
            parse_lead_here(parser, i);
    }
    parse_lead_here(parser, first);
}
