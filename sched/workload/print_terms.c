/*
 * print_terms.c -- calculations as text again.
 *
 * The terms are gone through as when they are calculated, but the stack holds
 * texts. A text remembers how tightly its operation binds, so it is put into
 * parentheses only where it would be read in another way.
 */
#include "sched/workload/print_terms.h"

#include "sched/workload/calculate.h"
#include "sched/workload/workload.h"

/* As parse_expression.c has them. */
enum {
    COMPARISON = 2,
    RANGE = 3,
    OPERAND = 6,
};

static const struct {
    const char *mark;
    int level;
} operation_table[] = {
    [TERM_OR] = { " or ", 0 },        [TERM_AND] = { " and ", 1 },
    [TERM_EQUAL] = { " == ", 2 },     [TERM_UNEQUAL] = { " != ", 2 },
    [TERM_LESS] = { " < ", 2 },       [TERM_AT_MOST] = { " <= ", 2 },
    [TERM_GREATER] = { " > ", 2 },    [TERM_AT_LEAST] = { " >= ", 2 },
    [TERM_CHANCE] = { "..", 3 },      [TERM_ADD] = { " + ", 4 },
    [TERM_SUBTRACT] = { " - ", 4 },   [TERM_MULTIPLY] = { " * ", 5 },
    [TERM_DIVIDE] = { " / ", 5 },     [TERM_MOD] = { " mod ", 5 },
    [TERM_NEGATE] = { "-", OPERAND }, [TERM_NOT] = { "not ", COMPARISON },
};

struct piece {
    struct strbuf text;
    int level;
};

struct printer {
    const struct workload *workload;
    const struct steps *steps;
    struct piece piece[WORKLOAD_VALUES_MAX];
    int count;
};

static void add(struct strbuf *out, struct strbuf *text, bool parentheses)
{
    if (parentheses)
        strbuf_addc(out, '(');
    strbuf_add(out, text->text, text->length);
    if (parentheses)
        strbuf_addc(out, ')');
    strbuf_fini(text);
}

/* Most chains go from the left, where nothing needs to be moved. */
static void enclose(struct strbuf *text)
{
    struct strbuf out;

    strbuf_init(&out);
    add(&out, text, true);
    *text = out;
}

static void push(struct printer *printer, const struct term *term)
{
    struct piece *piece = &printer->piece[printer->count++];

    piece->level = OPERAND;
    strbuf_init(&piece->text);
    switch (term->kind) {
    case TERM_NUMBER:
        strbuf_addf(&piece->text, "%lld", (long long)term->value);
        break;
    case TERM_OWN:
        strbuf_adds(&piece->text, printer->steps->variable[term->object]);
        break;
    case TERM_SHARED:
        strbuf_adds(&piece->text, printer->workload->shared[term->object].name);
        break;
    default:
        strbuf_adds(&piece->text, "me");
    }
}

static void put_in_brackets(struct printer *printer, const struct term *term)
{
    struct piece *piece = &printer->piece[printer->count - 1];
    const struct array_spec *array = workload_array(printer->workload,
                                                    ARRAY_SHARED, term->object);
    struct strbuf out;

    strbuf_init(&out);
    strbuf_addf(&out, "%s[", array->name);
    add(&out, &piece->text, false);
    strbuf_addc(&out, ']');
    *piece = (struct piece){ out, OPERAND };
}

static void print_unary(struct printer *printer, enum term_kind kind)
{
    struct piece *piece = &printer->piece[printer->count - 1];
    int level = operation_table[kind].level;
    struct strbuf out;

    strbuf_init(&out);
    strbuf_adds(&out, operation_table[kind].mark);
    add(&out, &piece->text, piece->level < level);
    *piece = (struct piece){ out, level };
}

/* What stands right of an operation of its own level would be done later. */
static void print_binary(struct printer *printer, enum term_kind kind)
{
    struct piece *right = &printer->piece[--printer->count];
    struct piece *left = right - 1;
    int level = operation_table[kind].level;
    bool alone = level == COMPARISON || level == RANGE;

    if (left->level < level || (alone && left->level == level))
        enclose(&left->text);
    strbuf_adds(&left->text, operation_table[kind].mark);
    add(&left->text, &right->text, right->level <= level);
    left->level = level;
}

void print_terms(struct strbuf text[PRINT_TERMS_MAX],
                 const struct workload *workload, const struct steps *steps,
                 const struct step *step)
{
    struct printer printer = { .workload = workload, .steps = steps };

    for (int i = 0; i < step->terms; i++) {
        const struct term *term = &step->term[i];

        if (term->kind == TERM_UNLESS_FALSE || term->kind == TERM_UNLESS_TRUE)
            continue;
        if (term->kind == TERM_ELEMENT)
            put_in_brackets(&printer, term);
        else if (calculate_takes(term->kind) == 2)
            print_binary(&printer, term->kind);
        else if (calculate_takes(term->kind) == 1)
            print_unary(&printer, term->kind);
        else
            push(&printer, term);
    }
    for (int i = 0; i < PRINT_TERMS_MAX; i++) {
        if (i < printer.count)
            text[i] = printer.piece[i].text;
        else
            strbuf_init(&text[i]);
    }
}
