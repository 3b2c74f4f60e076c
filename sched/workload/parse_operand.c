/*
 * parse_operand.c -- what stands behind the word of a step: one table of all
 * steps, and a function for each kind of operand.
 */
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/workload/parse_internal.h"

static bool take_name(struct parser *parser, int *number, const char *example)
{
    struct word word;

    if (!scan_name(&parser->scan, &word, example))
        return false;
    *number = names_number(&parser->names, parser->workload->arena, word.text,
                           word.length);
    return true;
}

static bool parse_object(struct parser *parser, struct step *step,
                         const struct syntax *syntax)
{
    return take_name(parser, &step->object, syntax->example);
}

static bool parse_time(struct parser *parser, struct step *step,
                       const struct syntax *syntax)
{
    return scan_duration(&parser->scan, &step->ns, 0, syntax->example);
}

static bool parse_cpu(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;

    if (word_is(scan_peek(scan), "forever")) {
        scan_word(scan);
        step->ns = STEP_FOREVER;
        return true;
    }
    if (!scan_duration(scan, &step->ns, 0, syntax->example))
        return false;
    if (!word_is(scan_peek(scan), "by"))
        return true;
    scan_word(scan);
    return scan_duration(scan, &step->by_ns, 1, "cpu 300 by 100");
}

static bool parse_yield(struct parser *parser, struct step *step,
                        const struct syntax *syntax)
{
    (void)syntax;
    step->object = -1;
    if (!word_is(scan_peek(&parser->scan), "to"))
        return true;
    scan_word(&parser->scan);
    return take_name(parser, &step->object, "yield to B");
}

static bool parse_lock(struct parser *parser, struct step *step,
                       const struct syntax *syntax)
{
    struct word word;

    if (!scan_name(&parser->scan, &word, syntax->example))
        return false;
    step->object = names_number(&parser->locks, parser->workload->arena,
                                word.text, word.length);
    return true;
}

/*
 * In `n-1` the scanner sees one name, as names may hold dots and dashes. The
 * number is what must come last, so the last dash that only digits follow
 * ends the name.
 */
static void split_number(struct scan *scan, struct word *name)
{
    size_t i = name->length;

    while (i > 0 && name->text[i - 1] >= '0' && name->text[i - 1] <= '9')
        i--;
    if (i >= 2 && i < name->length && name->text[i - 1] == '-') {
        name->length = i - 1;
        scan->pos = name->text + name->length;
    }
}

static bool parse_write(struct parser *parser, struct step *step,
                        const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    struct word name = scan_peek(scan);
    int sign = 1;

    scan->pos += name.length;
    if (scan_done(scan) || *scan->pos != '+')
        split_number(scan, &name);
    if (name.length == 0 || name.length > WORKLOAD_NAME_BYTES_MAX) {
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

/* Copy what stands between the quotes; \" and \\ stand for " and \. */
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

static bool parse_say(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    char raw[WORKLOAD_SAY_BYTES_MAX + 2], clean[3 * sizeof raw];
    const char *start, *end;

    if (!scan_accept(scan, '"'))
        return scan_fail(scan, scan->pos,
                         _("a text in quotes is missing before %s; write it "
                           "as in '%s'"),
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

static bool parse_sum(struct parser *parser, struct step *step,
                      const struct syntax *syntax)
{
    struct scan *scan = &parser->scan;
    const char *start;

    if (word_is(scan_peek(scan), "nothing")) {
        scan_word(scan);
        step->value = 0;
        step->last = -1;
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

static bool parse_priority(struct parser *parser, struct step *step,
                           const struct syntax *syntax)
{
    return scan_number(&parser->scan, &step->value, -WORKLOAD_NUMBER_MAX,
                       WORKLOAD_NUMBER_MAX, syntax->example);
}

static bool parse_repeat_count(struct parser *parser, struct step *step,
                               const struct syntax *syntax)
{
    return scan_number(&parser->scan, &step->value, 0, WORKLOAD_NUMBER_MAX,
                       syntax->example);
}

static const struct syntax syntax_table[] = {
    { "cpu", STEP_CPU, parse_cpu, "cpu 30" },
    { "sleep", STEP_SLEEP, parse_time, "sleep 30" },
    { "block", STEP_BLOCK, parse_time, "block 30" },
    { "yield", STEP_YIELD, parse_yield, "yield" },
    { "lock", STEP_LOCK, parse_lock, "lock m" },
    { "unlock", STEP_UNLOCK, parse_lock, "unlock m" },
    { "read", STEP_READ, parse_object, "read n" },
    { "write", STEP_WRITE, parse_write, "write n+1" },
    { "send", STEP_SEND, parse_object, "send c" },
    { "recv", STEP_RECV, parse_object, "recv c" },
    { "close", STEP_CLOSE, parse_object, "close c" },
    { "wait", STEP_WAIT, parse_object, "wait b" },
    { "spawn", STEP_SPAWN, parse_object, "spawn B" },
    { "join", STEP_JOIN, parse_object, "join B" },
    { "next", STEP_NEXT, parse_object, "next G" },
    { "say", STEP_SAY, parse_say, "say \"hello\"" },
    { "sum", STEP_SUM, parse_sum, "sum 0..99" },
    { "priority", STEP_PRIORITY, parse_priority, "priority 2" },
    { "repeat", STEP_REPEAT, parse_repeat_count, "repeat 3 (cpu 10, yield)" },
};

enum {
    SYNTAXES = sizeof syntax_table / sizeof *syntax_table
};

const struct syntax *syntax_find(struct word word)
{
    for (size_t i = 0; i < SYNTAXES; i++)
        if (word_is(word, syntax_table[i].word))
            return &syntax_table[i];
    return NULL;
}

const char *step_word(enum step_kind kind)
{
    for (size_t i = 0; i < SYNTAXES; i++)
        if (syntax_table[i].kind == kind)
            return syntax_table[i].word;
    return "";
}
