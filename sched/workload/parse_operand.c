/*
 * parse_operand.c -- what follows the word of a step: one table of all steps,
 * and a function for each kind of operand.
 *
 * Kinds with an operand of the same shape share a function; what differs (the
 * kind of name, the example for messages) stands in the table.
 */
#include <string.h>

#include <limits.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/workload/parse_internal.h"

static bool parse_time(struct parser *parser, struct step *step,
                       const struct syntax *syntax)
{
    return parse_duration(parser, step, &step->ns, 0, COMPUTED_TIME,
                          syntax->example);
}

/* `by` divides the time into turns with a yield between them. */
static bool parse_cpu(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;

    if (scan_accept_word(scan, "forever")) {
        step->ns = STEP_FOREVER;
        return true;
    }
    return parse_time(parser, step, syntax) &&
           (!scan_accept_word(scan, "by") ||
            parse_duration(parser, step, &step->by_ns, 1, COMPUTED_BY,
                           "cpu 300 by 100"));
}

/* Without a name: to whoever is next. */
static bool parse_yield(struct parser *parser, struct step *step,
                        const struct syntax *syntax)
{
    step->object = -1;
    return !scan_accept_word(&parser->scan, "to") ||
           (parse_name(parser, syntax->object, &step->object, "yield to B") &&
            parse_element_index(parser, step, COMPUTED_INDEX));
}

/* Does the step end here? A `(` begins a block, and `for` a time limit. */
static bool at_end(struct parser *parser)
{
    struct scan *scan = &parser->scan;

    return scan_done(scan) || strchr(",;:()", *scan->pos) ||
           scan_token_is(scan_peek(scan), "for");
}

static bool parse_send(struct parser *parser, struct step *step,
                       const struct syntax *syntax)
{
    if (!parse_object(parser, step, syntax))
        return false;
    if (at_end(parser))
        return true;
    step->computed |= COMPUTED_VALUE;
    return parse_expression(parser);
}

/* A name that gets a value. */
static void name_target(struct parser *parser, struct step *step,
                        struct token token)
{
    step->target.kind = TARGET_NAME;
    step->target.object = names_number(&parser->names, parser->workload->arena,
                                       token.text, token.length);
}

/* A number alone is kept, to be looked at when the array is known. */
static bool parse_target_index(struct parser *parser, struct step *step)
{
    size_t first = parser->term_count;
    const struct term *index;

    if (!parse_element_index(parser, step, COMPUTED_TARGET))
        return false;
    if (parser->term_count != first + 1)
        return true;
    index = &parser->term[first];
    if (index->kind == TERM_NUMBER)
        step->target.array = index->value < INT_MAX ? (int)index->value + 1
                                                    : INT_MAX;
    return true;
}

static bool parse_recv(struct parser *parser, struct step *step,
                       const struct syntax *syntax)
{
    struct token token;

    if (!parse_object(parser, step, syntax))
        return false;
    if (at_end(parser))
        return true;
    if (!scan_name(&parser->scan, &token, "recv c x"))
        return false;
    name_target(parser, step, token);
    return parse_target_index(parser, step);
}

/* `for x from c` is a recv whose block is done for each message. */
static bool parse_for(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    struct token token;

    if (!scan_name(scan, &token, syntax->example))
        return false;
    name_target(parser, step, token);
    if (!scan_accept_word(scan, "from"))
        return scan_fail(scan, scan->pos,
                         _("\"from\" is missing before %s; write it as in "
                           "\"%s\""),
                         scan_found(scan).text, syntax->example);
    return parse_object(parser, step, syntax);
}

/* is_set has seen the `=` or the `[`. */
bool parse_set(struct parser *parser, struct step *step, struct token name)
{
    struct scan *scan = &parser->scan;

    if (scan_token_is_long(name)) {
        scan->pos = name.text;
        return scan_name(scan, &name, "x = n + 1");
    }
    name_target(parser, step, name);
    if (!parse_target_index(parser, step))
        return false;
    if (!scan_accept(scan, '='))
        return scan_fail(scan, scan->pos,
                         _("a = is missing before %s; write it as in \"%s\""),
                         scan_found(scan).text, "x = n + 1");
    step->computed |= COMPUTED_VALUE;
    return parse_expression(parser);
}

/* What an `if` or a `while` asks. */
static bool parse_question(struct parser *parser, struct step *step,
                           const struct syntax *syntax)
{
    (void)syntax;
    step->computed = COMPUTED_VALUE;
    return parse_expression(parser);
}

static bool parse_nothing(struct parser *parser, struct step *step,
                          const struct syntax *syntax)
{
    (void)parser;
    (void)step;
    (void)syntax;
    return true;
}

/*
 * In `n-1` the scanner sees one name, as names may hold dots and dashes. The
 * number is what must come last, so the last dash that only digits follow
 * ends the name.
 */
static void split_number(struct scan *scan, struct token *name)
{
    size_t i = name->length;

    while (i > 0 && name->text[i - 1] >= '0' && name->text[i - 1] <= '9')
        i--;
    if (i >= 2 && i < name->length && name->text[i - 1] == '-') {
        name->length = i - 1;
        scan->pos = name->text + name->length;
    }
}

/* The sign is required: `write n 5` would read as if 5 were stored. */
static bool parse_write(struct parser *parser, struct step *step,
                        const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    struct token name = scan_peek(scan);
    int sign = 1;

    scan->pos += name.length;
    if (scan_done(scan) || (*scan->pos != '+' && *scan->pos != '['))
        split_number(scan, &name);
    if (name.length == 0 || scan_token_is_long(name)) {
        scan->pos = name.text;
        return scan_name(scan, &name, syntax->example);
    }
    step->object = names_number(&parser->names, parser->workload->arena,
                                name.text, name.length);
    if (!parse_element_index(parser, step, COMPUTED_INDEX))
        return false;
    if (scan_accept(scan, '-'))
        sign = -1;
    else if (!scan_accept(scan, '+'))
        return scan_fail(scan, scan->pos,
                         _("\"write\" stores the copy plus a number: write it "
                           "as in \"%s\""),
                         syntax->example);
    if (!scan_number(scan, &step->value, 0, WORKLOAD_NUMBER_MAX,
                     syntax->example))
        return false;
    step->value *= sign;
    return true;
}

/* Copy the text between the quotes; \" and \\ stand for " and \. */
static void unescape(char *raw, size_t size, const char *text, const char *end)
{
    size_t length = 0;

    for (; text < end && length + 1 < size; text++) {
        if (*text == '\\' && (text[1] == '"' || text[1] == '\\'))
            text++;
        raw[length++] = *text;
    }
    raw[length] = '\0';
}

/* Cleaning can make a text longer (U+FFFD has three bytes) and would cut it
 * without a word, so both lengths are looked at. */
static bool parse_say(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    char raw[WORKLOAD_SAY_BYTES_MAX + 2], clean[3 * sizeof raw];
    const char *start, *end;

    if (!scan_accept(scan, '"'))
        return scan_fail(scan, scan->pos,
                         _("quoted text is missing before %s; write it as in "
                           "'%s'"),
                         scan_found(scan).text, syntax->example);
    start = end = scan->pos;
    while (end < scan->end && *end != '"')
        end += *end == '\\' && end + 1 < scan->end ? 2 : 1;
    if (end >= scan->end)
        return scan_fail(scan, start - 1,
                         _("this text has no end; close it with \""));
    scan->pos = end + 1;
    unescape(raw, sizeof raw, start, end);
    text_clean(clean, sizeof clean, raw);
    if (strlen(raw) > WORKLOAD_SAY_BYTES_MAX ||
        strlen(clean) > WORKLOAD_SAY_BYTES_MAX)
        return scan_fail(scan, start - 1,
                         _("this text is too long; say at most %d bytes"),
                         WORKLOAD_SAY_BYTES_MAX);
    step->text = arena_copy(parser->workload->arena, clean, strlen(clean));
    return true;
}

/* The dots are compared by hand, as no token begins with one. */
static bool parse_sum(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    const char *start;

    if (scan_accept_word(scan, "nothing")) {
        step->last = -1; /* before value, which is 0 */
        return true;
    }
    start = scan->pos;
    if (!scan_number(scan, &step->value, -WORKLOAD_NUMBER_MAX,
                     WORKLOAD_NUMBER_MAX, syntax->example))
        return false;
    if (scan_done(scan) || scan->end - scan->pos < 2 ||
        memcmp(scan->pos, "..", 2) != 0)
        return scan_fail(scan, scan->pos,
                         _("two dots are missing before %s; write it as in "
                           "\"%s\""),
                         scan_found(scan).text, syntax->example);
    scan->pos += 2;
    if (!scan_number(scan, &step->last, -WORKLOAD_NUMBER_MAX,
                     WORKLOAD_NUMBER_MAX, syntax->example))
        return false;
    if (step->last < step->value)
        return scan_fail(scan, start,
                         _("these numbers count backwards; put the smaller "
                           "one first, or write \"sum nothing\""));
    return true;
}

static bool parse_priority_of_step(struct parser *parser, struct step *step,
                                   const struct syntax *syntax)
{
    return scan_number(&parser->scan, &step->value, -WORKLOAD_NUMBER_MAX,
                       WORKLOAD_NUMBER_MAX, syntax->example);
}

/* How often: a number, or a calculation; for ever if the block follows. */
static bool parse_times(struct parser *parser, struct step *step,
                        const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    struct scan before;

    step->value = STEP_FOREVER;
    if (scan_sees(scan, "("))
        return true;
    before = *scan;
    if (scan_peek(scan).length == 0) {
        if (!scan_number(scan, &step->value, 0, WORKLOAD_NUMBER_MAX,
                         syntax->example))
            return false;
        if (!parse_sees_operation(parser))
            return true;
        *scan = before;
    }
    step->value = 0;
    step->computed = COMPUTED_VALUE;
    return parse_expression(parser);
}

/* May the step be tried? It must wait for something that may not come. */
static bool may_be_tried(enum step_kind kind)
{
    switch (kind) {
    case STEP_LOCK:
    case STEP_ACQUIRE:
    case STEP_RECV:
    case STEP_SEND:
    case STEP_JOIN:
    case STEP_AWAIT:
    case STEP_RLOCK:
    case STEP_WLOCK:
        return true;
    default:
        return false;
    }
}

/* The step becomes the one that is tried; its block follows. */
static bool parse_try(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    struct token token = scan_token(scan);
    const struct syntax *tried;

    step->kind = parse_step_kind(token);
    if (step->kind < STEP_WORDS && step->kind != STEP_TRY) {
        tried = parse_syntax(step->kind);
        if ((step->kind == STEP_WAIT || may_be_tried(step->kind)) &&
            !tried->parse(parser, step, tried))
            return false;
    }
    if (!may_be_tried(step->kind))
        return scan_fail(scan, token.text,
                         _("%s cannot be tried; lock, acquire, recv, send, "
                           "join, wait c with m, rlock and wlock can, as in "
                           "\"%s\""),
                         scan_quote(token).text, syntax->example);
    step->tries = true;
    return !scan_accept_word(scan, "for") || parse_limit(parser, step);
}

const struct syntax *parse_syntax(enum step_kind kind)
{
    static const struct syntax table[STEP_KINDS] = {
        [STEP_CPU] = { 0, parse_cpu, "cpu 30" },
        [STEP_SLEEP] = { 0, parse_time, "sleep 30" },
        [STEP_BLOCK] = { 0, parse_time, "block 30" },
        [STEP_YIELD] = { NAME_TASK, parse_yield, "yield" },
        [STEP_LOCK] = { NAME_LOCK, parse_object, "lock m" },
        [STEP_UNLOCK] = { NAME_LOCK, parse_unlock, "unlock m" },
        [STEP_READ] = { NAME_SHARED, parse_object, "read n" },
        [STEP_WRITE] = { NAME_SHARED, parse_write, "write n+1" },
        [STEP_SEND] = { NAME_CHANNEL, parse_send, "send c" },
        [STEP_RECV] = { NAME_CHANNEL, parse_recv, "recv c" },
        [STEP_CLOSE] = { NAME_CHANNEL, parse_object, "close c" },
        [STEP_WAIT] = { NAME_BARRIER, parse_wait, "wait b" },
        [STEP_SPAWN] = { NAME_TASK, parse_object, "spawn B" },
        [STEP_JOIN] = { NAME_TASK, parse_object, "join B" },
        [STEP_NEXT] = { NAME_GENERATOR, parse_object, "next G" },
        [STEP_SAY] = { 0, parse_say, "say \"hello\"" },
        [STEP_SUM] = { 0, parse_sum, "sum 0..99" },
        [STEP_PRIORITY] = { 0, parse_priority_of_step, "priority 2" },
        [STEP_ACQUIRE] = { NAME_SEMAPHORE, parse_object, "acquire s" },
        [STEP_RELEASE] = { NAME_SEMAPHORE, parse_object, "release s" },
        [STEP_AWAIT] = { NAME_CONDITION, parse_wait, "wait c with m" },
        [STEP_SIGNAL] = { NAME_CONDITION, parse_object, "signal c" },
        [STEP_BROADCAST] = { NAME_CONDITION, parse_object, "broadcast c" },
        [STEP_RLOCK] = { NAME_RWLOCK, parse_object, "rlock r" },
        [STEP_WLOCK] = { NAME_RWLOCK, parse_object, "wlock r" },
        [STEP_CANCEL] = { NAME_TASK, parse_cancel, "cancel B" },
        [STEP_RELINQUISH] = { NAME_LOCK, parse_unlock, "unlock r" },
        [STEP_REPEAT] = { 0, parse_times, "repeat 3 (cpu 10, yield)" },
        [STEP_WHILE] = { 0, parse_question, "while n < 3 (n = n + 1)" },
        [STEP_IF] = { 0, parse_question, "if n == 0 (cpu 5) else (cpu 10)" },
        [STEP_FOR] = { NAME_CHANNEL, parse_for, "for x from c (cpu x)" },
        [STEP_BREAK] = { 0, parse_nothing, "break" },
        [STEP_STOP] = { 0, parse_nothing, "stop" },
        [STEP_SELECT] = { 0, parse_nothing,
                          "select (recv a x: cpu x; after 100: stop)" },
        [STEP_TRY] = { 0, parse_try, "try lock m (cpu 5) else (cpu 1)" },
        [STEP_ATOMIC] = { 0, parse_nothing, "atomic (x = n, n = 1)" },
    };

    return &table[kind];
}

/* So few words that looking at one after the other is fast enough. */
enum step_kind parse_step_kind(struct token token)
{
    enum step_kind kind = 0;

    while (kind < STEP_WORDS && !scan_token_is(token, workload_step_word(kind)))
        kind++;
    return kind;
}
