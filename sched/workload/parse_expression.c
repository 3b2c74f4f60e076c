/*
 * parse_expression.c -- calculations and conditions.
 *
 * A level of precedence is a row of a table, from the loosest to the tightest;
 * terms come out in the order in which a machine with a stack needs them
 * (workload.h). A condition is a number, too: 1 or 0.
 */
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

struct operation {
    const char *mark;
    enum term_kind kind;
};

enum {
    OPERATIONS = 6, /* in a level, at most */
    COMPARISON = 2, /* its level */
    RANGE = 3,
    LEVELS = 6,
    WORDS_END = 2, /* levels below this one are words */
};

/* Longer marks come before those they begin with. */
static const struct operation level_table[LEVELS][OPERATIONS + 1] = {
    { { "or", TERM_OR } },
    { { "and", TERM_AND } },
    { { "==", TERM_EQUAL },
      { "!=", TERM_UNEQUAL },
      { "<=", TERM_AT_MOST },
      { ">=", TERM_AT_LEAST },
      { "<", TERM_LESS },
      { ">", TERM_GREATER } },
    { { "..", TERM_CHANCE } },
    { { "+", TERM_ADD }, { "-", TERM_SUBTRACT } },
    { { "*", TERM_MULTIPLY }, { "/", TERM_DIVIDE }, { "mod", TERM_MOD } },
};

/* A word is not the beginning of a longer one: `order` is no `or`. */
static bool takes(struct scan *scan, const char *mark)
{
    return mark[0] >= 'a' ? scan_accept_word(scan, mark)
                          : scan_accept_mark(scan, mark);
}

static enum term_kind take_operation(struct scan *scan, int level)
{
    const struct operation *operation = level_table[level];

    while (operation->mark && !takes(scan, operation->mark))
        operation++;
    return operation->mark ? operation->kind : TERM_NUMBER;
}

bool parse_sees_operation(struct parser *parser)
{
    struct scan before = parser->scan;
    bool sees = false;

    for (int level = 0; level < LEVELS && !sees; level++)
        sees = take_operation(&parser->scan, level) != TERM_NUMBER;
    parser->scan = before;
    return sees;
}

/* grows says how many numbers more are on the stack after this term. */
static bool add_term(struct parser *parser, struct term term, int grows)
{
    parser->term = xgrow(parser->term, parser->term_count,
                         &parser->term_capacity, sizeof *parser->term);
    parser->term[parser->term_count++] = term;
    parser->values += grows;
    if (parser->values > parser->most_values)
        parser->most_values = parser->values;
    return parser->values <= WORKLOAD_VALUES_MAX ||
           scan_fail(&parser->scan, parser->scan.pos,
                     _("this calculation is too deep; do it in two steps"));
}

static bool parse_level(struct parser *parser, int level);

/* A place in the text, so that a name can be found wanting later. */
static int64_t place_of(struct parser *parser, const char *at)
{
    return (int64_t)parser->scan.line << 32 | scan_column(&parser->scan, at);
}

bool parse_index(struct parser *parser)
{
    struct scan *scan = &parser->scan;

    if (!parse_level(parser, 0))
        return false;
    return scan_accept(scan, ']') ||
           scan_fail(scan, scan->pos,
                     _("a ] is missing before %s; write it as in \"%s\""),
                     scan_found(scan).text, "want[2]");
}

/* `me` and the variables of a task are told from shared ones later. */
static bool parse_variable(struct parser *parser)
{
    struct scan *scan = &parser->scan;
    struct token token = scan_word(scan);
    struct term term = { .kind = TERM_NAME };

    if (token.length == 0)
        return scan_fail(scan, scan->pos,
                         _("a number or a name is missing before %s; write it "
                           "as in \"%s\""),
                         scan_found(scan).text, "x = 2 * n + 1");
    if (scan_token_is_long(token)) {
        scan->pos = token.text;
        return scan_name(scan, &token, "n + 1");
    }
    term.value = place_of(parser, token.text);
    term.object = names_number(&parser->names, parser->workload->arena,
                               token.text, token.length);
    if (!scan_accept(scan, '['))
        return add_term(parser, term, 1);
    term.kind = TERM_INDEXED;
    return parse_index(parser) && add_term(parser, term, 0);
}

static bool parse_in_parentheses(struct parser *parser)
{
    struct scan *scan = &parser->scan;
    const char *parenthesis = scan->pos - 1;

    if (!parse_level(parser, 0))
        return false;
    return scan_accept(scan, ')') ||
           scan_fail(scan, parenthesis,
                     _("this ( is never closed; put a ) "
                       "after the calculation"));
}

/* What stands before an operand binds tightest, except `not`. */
static bool parse_operand(struct parser *parser)
{
    struct scan *scan = &parser->scan;
    struct term term = { .kind = TERM_NUMBER };
    bool fine;

    if (++parser->inside > WORKLOAD_NESTING_MAX)
        return scan_fail(scan, scan->pos,
                         _("this calculation is too deep; do it in two "
                           "steps"));
    if (scan_accept(scan, '-'))
        fine = parse_operand(parser) &&
               add_term(parser, (struct term){ .kind = TERM_NEGATE }, 0);
    else if (scan_accept_word(scan, "not"))
        fine = parse_level(parser, COMPARISON) &&
               add_term(parser, (struct term){ .kind = TERM_NOT }, 0);
    else if (scan_accept(scan, '('))
        fine = parse_in_parentheses(parser);
    else if (scan_sees_digit(scan))
        fine = scan_integer(scan, &term.value) && add_term(parser, term, 1);
    else
        fine = parse_variable(parser);
    parser->inside--;
    return fine;
}

/* Between its sides stands the jump past the right one. */
static bool parse_logical(struct parser *parser, enum term_kind kind, int level)
{
    size_t jump = parser->term_count;
    enum term_kind jumps = kind == TERM_AND ? TERM_UNLESS_FALSE
                                            : TERM_UNLESS_TRUE;

    if (!add_term(parser, (struct term){ .kind = jumps }, 0) ||
        !parse_level(parser, level + 1) ||
        !add_term(parser, (struct term){ .kind = kind }, -1))
        return false;
    parser->term[jump].value = (int64_t)(parser->term_count - jump - 1);
    return true;
}

/* Operations of a level go from the left; two comparisons or ranges in a row
 * mean something else to everybody. */
static bool parse_level(struct parser *parser, int level)
{
    enum term_kind kind;
    int count = 0;

    if (level == LEVELS)
        return parse_operand(parser);
    if (!parse_level(parser, level + 1))
        return false;
    for (;; count++) {
        const char *at = scan_peek(&parser->scan).text;

        kind = take_operation(&parser->scan, level);
        if (kind == TERM_NUMBER)
            return true;
        if (count > 0 && (level == COMPARISON || level == RANGE))
            return scan_fail(&parser->scan, at,
                             _("compare two numbers at a time, and join the "
                               "comparisons with \"and\""));
        if (level < WORDS_END) {
            if (!parse_logical(parser, kind, level))
                return false;
        } else if (!parse_level(parser, level + 1) ||
                   !add_term(parser, (struct term){ .kind = kind }, -1)) {
            return false;
        }
    }
}

bool parse_expression(struct parser *parser)
{
    return parse_level(parser, 0);
}
