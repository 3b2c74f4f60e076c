/*
 * parse_object.c -- what the operands of many steps begin or end with: an
 * object, which may be one of an array, and a time.
 */
#include "sched/base/i18n.h"
#include "sched/workload/parse_internal.h"

bool parse_element_index(struct parser *parser, struct step *step,
                         enum computed computed)
{
    if (!scan_accept(&parser->scan, '['))
        return true;
    step->computed |= computed;
    return parse_index(parser);
}

bool parse_object(struct parser *parser, struct step *step,
                  const struct syntax *syntax)
{
    return parse_name(parser, syntax->object, &step->object, syntax->example) &&
           parse_element_index(parser, step, COMPUTED_INDEX);
}

/* A number with a sign and nothing else deserves a message of its own. */
static bool parse_calculated_time(struct parser *parser, const char *example)
{
    const char *start = scan_peek(&parser->scan).text;
    size_t first = parser->term_count;

    if (!parse_expression(parser))
        return false;
    if (parser->term_count != first + 2 ||
        parser->term[first].kind != TERM_NUMBER ||
        parser->term[first + 1].kind != TERM_NEGATE)
        return true;
    return scan_fail(&parser->scan, start,
                     _("a time cannot be negative; write it as in \"%s\""),
                     example);
}

/* With a unit it stands alone: calculations have none. */
bool parse_duration(struct parser *parser, struct step *step, int64_t *ns,
                    int64_t least_ns, enum computed computed,
                    const char *example)
{
    struct scan before;

    if (scan_sees_digit(&parser->scan)) {
        before = parser->scan;
        if (!scan_duration(&parser->scan, ns, least_ns, example))
            return false;
        if (!parse_sees_operation(parser))
            return true;
        parser->scan = before;
        *ns = 0;
    } else if (scan_peek(&parser->scan).length == 0 &&
               !scan_sees(&parser->scan, "(") &&
               !scan_sees(&parser->scan, "-")) {
        return scan_duration(&parser->scan, ns, least_ns, example);
    }
    step->computed |= computed;
    return parse_calculated_time(parser, example);
}

bool parse_limit(struct parser *parser, struct step *step)
{
    return parse_duration(parser, step, &step->ns, 0, COMPUTED_LIMIT,
                          "try lock m for 30 (cpu 5)");
}
