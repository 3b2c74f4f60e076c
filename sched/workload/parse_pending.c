/*
 * parse_pending.c -- the steps of a line while it is read.
 *
 * They are collected in parser->pending, where those that lead somewhere can
 * still learn how far that is; when the line ends they move into the arena as
 * one array.
 */
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* The step's terms are complete by now. */
size_t parse_add_step(struct parser *parser, struct step step)
{
    size_t bytes = parser->term_count * sizeof(struct term);

    step.depth = parser->loops;
    step.terms = (int)parser->term_count;
    if (bytes > 0) {
        struct term *term = arena_alloc(parser->workload->arena, bytes);

        memcpy(term, parser->term, bytes);
        step.term = term;
    }
    parser->term_count = 0;
    parser->values = 0;
    parser->pending = xgrow(parser->pending, parser->pending_count,
                            &parser->pending_capacity, sizeof *parser->pending);
    parser->pending[parser->pending_count] = step;
    return parser->pending_count++;
}

void parse_lead_here(struct parser *parser, size_t from)
{
    parser->pending[from].skip = (int)(parser->pending_count - from);
}

static bool has_loop(const struct parser *parser)
{
    for (size_t i = 0; i < parser->pending_count; i++)
        if (parser->pending[i].kind == STEP_LOOP)
            return true;
    return false;
}

/* `stop` leads behind the array. */
void parse_move_steps(struct parser *parser, struct steps *steps)
{
    size_t count = parser->pending_count;
    bool loop = has_loop(parser);
    struct step *step;

    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        struct step *pending = &parser->pending[i];

        if (pending->kind == STEP_STOP)
            parse_lead_here(parser, i);
        if (pending->kind == STEP_YIELD)
            pending->value = pending->depth > 0 && loop;
    }
    step = arena_alloc(parser->workload->arena, count * sizeof *step);
    memcpy(step, parser->pending, count * sizeof *step);
    *steps = (struct steps){
        .step = step,
        .count = count,
        .counters = parser->counters,
        .values = parser->most_values,
        .choices = parser->choices,
    };
}
