/*
 * parse_claim.c -- `never C` and `finally C`: a condition of shared variables.
 *
 * It stands in no task, so there are no variables of a task in it, and nothing
 * that is left to chance.
 */
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"
#include "sched/workload/print_terms.h"
#include "sched/workload/workload_claim.h"

static bool parse_claim(struct parser *parser, bool finally)
{
    struct workload *workload = parser->workload;
    struct scan *scan = &parser->scan;
    struct claim_spec claim = { .finally = finally, .line = scan->line };
    struct term *term;

    claim.column = scan_column(scan, scan_peek(scan).text);
    parser->term_count = 0;
    parser->values = parser->most_values = 0;
    if (!parse_expression(parser))
        return false;
    claim.terms = (int)parser->term_count;
    term = arena_alloc(workload->arena, parser->term_count * sizeof *term);
    memcpy(term, parser->term, parser->term_count * sizeof *term);
    claim.term = term;
    parser->term_count = 0;
    parser->values = parser->most_values = 0;
    workload->claim = xgrow(workload->claim, workload->claim_count,
                            &parser->claim_capacity, sizeof claim);
    workload->claim[workload->claim_count++] = claim;
    return true;
}

bool parse_never(struct parser *parser)
{
    return parse_claim(parser, false);
}

bool parse_finally(struct parser *parser)
{
    return parse_claim(parser, true);
}

static bool has_chance(const struct claim_spec *claim)
{
    for (int i = 0; i < claim->terms; i++)
        if (claim->term[i].kind == TERM_CHANCE)
            return true;
    return false;
}

/* As it is printed, for messages. */
static const char *text_of(struct parser *parser,
                           const struct claim_spec *claim)
{
    struct step step = { .computed = COMPUTED_VALUE,
                         .term = claim->term,
                         .terms = claim->terms };
    struct strbuf text[PRINT_TERMS_MAX];
    struct steps none = { .count = 0 };
    const char *copy;

    print_terms(text, parser->workload, &none, &step);
    copy = arena_copy(parser->workload->arena, text[0].text, text[0].length);
    for (int i = 0; i < PRINT_TERMS_MAX; i++)
        strbuf_fini(&text[i]);
    return copy;
}

/* What is so from the beginning cannot be claimed never to be. */
static bool check_beginning(struct parser *parser)
{
    const struct workload *workload = parser->workload;
    int64_t *initial = xcalloc(workload->shared_count + 1, sizeof *initial);
    const struct claim_spec *claim;
    int broken;

    for (size_t i = 0; i < workload->shared_count; i++)
        initial[i] = workload->shared[i].initial;
    broken = workload_claim_find(workload, false, initial);
    free(initial);
    if (broken < 0)
        return true;
    claim = &workload->claim[broken];
    return scan_fail_at(&parser->scan, claim->line, claim->column,
                        _("\"never %s\" is broken before the first step; "
                          "change the claim, or how its variables begin"),
                        claim->text);
}

bool resolve_claims(struct parser *parser)
{
    struct workload *workload = parser->workload;

    for (size_t i = 0; i < workload->claim_count; i++) {
        struct claim_spec *claim = &workload->claim[i];

        if (has_chance(claim))
            return scan_fail_at(&parser->scan, claim->line, claim->column,
                                _("a claim cannot be left to chance; remove "
                                  "the .. from it"));
        if (!resolve_condition(parser, claim->term, claim->terms))
            return false;
        claim->text = text_of(parser, claim);
    }
    return check_beginning(parser);
}
