/*
 * parse_operand.c -- what follows the word of a step: one table of all steps,
 * and a function for each kind of operand.
 *
 * Kinds with an operand of the same shape share a function; what differs (the
 * kind of name, the example for messages) stands in the table.
 */
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/workload/parse_internal.h"

static bool parse_object(struct parser *parser, struct step *step,
                         const struct syntax *syntax)
{
    return parse_name(parser, syntax->object, &step->object, syntax->example);
}

static bool parse_time(struct parser *parser, struct step *step,
                       const struct syntax *syntax)
{
    return scan_duration(&parser->scan, &step->ns, 0, syntax->example);
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
    return scan_duration(scan, &step->ns, 0, syntax->example) &&
           (!scan_accept_word(scan, "by") ||
            scan_duration(scan, &step->by_ns, 1, "cpu 300 by 100"));
}

/* Without a name: to whoever is next. */
static bool parse_yield(struct parser *parser, struct step *step,
                        const struct syntax *syntax)
{
    step->object = -1;
    return !scan_accept_word(&parser->scan, "to") ||
           parse_name(parser, syntax->object, &step->object, "yield to B");
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
    if (scan_done(scan) || *scan->pos != '+')
        split_number(scan, &name);
    if (name.length == 0 || scan_token_is_long(name)) {
        scan->pos = name.text;
        return scan_name(scan, &name, syntax->example);
    }
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
    step->object = names_number(&parser->names, parser->workload->arena,
                                name.text, name.length);
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

/* A priority may be negative, a number of rounds may not. */
static bool parse_value(struct parser *parser, struct step *step,
                        const struct syntax *syntax)
{
    int64_t least = step->kind == STEP_REPEAT ? 0 : -WORKLOAD_NUMBER_MAX;

    return scan_number(&parser->scan, &step->value, least, WORKLOAD_NUMBER_MAX,
                       syntax->example);
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
        [STEP_SEND] = { NAME_CHANNEL, parse_object, "send c" },
        [STEP_RECV] = { NAME_CHANNEL, parse_object, "recv c" },
        [STEP_CLOSE] = { NAME_CHANNEL, parse_object, "close c" },
        [STEP_WAIT] = { NAME_BARRIER, parse_wait, "wait b" },
        [STEP_SPAWN] = { NAME_TASK, parse_object, "spawn B" },
        [STEP_JOIN] = { NAME_TASK, parse_object, "join B" },
        [STEP_NEXT] = { NAME_GENERATOR, parse_object, "next G" },
        [STEP_SAY] = { 0, parse_say, "say \"hello\"" },
        [STEP_SUM] = { 0, parse_sum, "sum 0..99" },
        [STEP_PRIORITY] = { 0, parse_value, "priority 2" },
        [STEP_ACQUIRE] = { NAME_SEMAPHORE, parse_object, "acquire s" },
        [STEP_RELEASE] = { NAME_SEMAPHORE, parse_object, "release s" },
        [STEP_AWAIT] = { NAME_CONDITION, parse_wait, "wait c with m" },
        [STEP_SIGNAL] = { NAME_CONDITION, parse_object, "signal c" },
        [STEP_BROADCAST] = { NAME_CONDITION, parse_object, "broadcast c" },
        [STEP_RLOCK] = { NAME_RWLOCK, parse_object, "rlock r" },
        [STEP_WLOCK] = { NAME_RWLOCK, parse_object, "wlock r" },
        [STEP_CANCEL] = { NAME_TASK, parse_cancel, "cancel B" },
        [STEP_RELINQUISH] = { NAME_LOCK, parse_unlock, "unlock r" },
        [STEP_REPEAT] = { 0, parse_value, "repeat 3 (cpu 10, yield)" },
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
