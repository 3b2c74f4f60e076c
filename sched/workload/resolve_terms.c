/*
 * resolve_terms.c -- the names in calculations, in what is set, and in what is
 * said.
 *
 * A name that the task sets is a shared variable, or its own; one that it only
 * reads must be one of these. A task sets few variables of its own, so they are
 * searched one by one.
 */
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* What the tasks of a group set for themselves: numbers of names. */
struct variables {
    struct parser *parser;
    bool numbered; /* the tasks are an array: `me` is known */
    int own[WORKLOAD_VARIABLES_MAX];
    int count;
    bool chance;
};

static int find_own(const struct variables *variables, int name)
{
    for (int i = 0; i < variables->count; i++)
        if (variables->own[i] == name)
            return i;
    return -1;
}

static bool is_shared(const struct parser *parser, int name)
{
    return parser->names.entry[name].kind == NAME_SHARED;
}

/* --- what is set ---------------------------------------------------------- */

/* What is called so has elements, or not; and so has what is meant? */
static bool check_indexed(struct parser *parser, const struct name *name,
                          bool indexed, int line, int column)
{
    if (indexed == (name->elements > 0))
        return true;
    if (indexed)
        return scan_fail_at(&parser->scan, line, column,
                            _("\"%s\" is no array; remove the [ ] behind it, "
                              "or declare as many as there are"),
                            name->text);
    return scan_fail_at(&parser->scan, line, column,
                        _("\"%s\" is an array; say which one, from %s[0] to "
                          "%s[%d]"),
                        name->text, name->text, name->text, name->elements - 1);
}

static bool set_own(struct variables *variables, const struct step *step)
{
    if (find_own(variables, step->target.object) >= 0)
        return true;
    if (variables->count == WORKLOAD_VARIABLES_MAX)
        return scan_fail_at(&variables->parser->scan, step->line, step->column,
                            _("a task may have at most %d variables of its "
                              "own"),
                            WORKLOAD_VARIABLES_MAX);
    variables->own[variables->count++] = step->target.object;
    return true;
}

/* All of them first: a loop may read what it sets further down. */
static bool collect(struct variables *variables, const struct steps *steps)
{
    const struct parser *parser = variables->parser;

    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];

        if (step->target.kind == TARGET_NAME &&
            !is_shared(parser, step->target.object) &&
            !set_own(variables, step))
            return false;
    }
    return true;
}

/* A number in brackets is looked at here, anything else when it is known. */
static bool check_number(struct parser *parser, const struct term *index,
                         int elements, const char *name, int line, int column)
{
    if (index->kind != TERM_NUMBER || index->value < elements)
        return true;
    return scan_fail_at(&parser->scan, line, column,
                        _("there is no %s[%lld]; the last one is %s[%d]"), name,
                        (long long)index->value, name, elements - 1);
}

static bool resolve_target(struct variables *variables, struct step *step)
{
    struct parser *parser = variables->parser;
    const struct name *name = &parser->names.entry[step->target.object];
    bool indexed = step->computed & COMPUTED_TARGET;
    struct term number = { .kind = TERM_NUMBER,
                           .value = step->target.array - 1 };
    int own = find_own(variables, step->target.object);

    if (step->target.kind != TARGET_NAME)
        return true;
    if (own >= 0 && indexed)
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("there is no array named \"%s\"; declare it on a "
                              "line of its own, as in \"%s\""),
                            name->text, "shared want[2] = 0");
    step->target = (struct step_target){ TARGET_OWN, own, 0 };
    if (own >= 0)
        return true;
    step->target = (struct step_target){ TARGET_SHARED, name->index,
                                         name->elements };
    return check_indexed(parser, name, indexed, step->line, step->column) &&
           (!indexed || check_number(parser, &number, name->elements,
                                     name->text, step->line, step->column));
}

/* --- what is read --------------------------------------------------------- */

/* Nothing is called so, or something that is no variable. */
static bool unknown_variable(struct parser *parser, const struct name *name,
                             int line, int column)
{
    const char *near = names_nearest(&parser->names, name->text, NAME_SHARED);

    if (name->kind != NAME_UNDECLARED)
        return scan_fail_at(&parser->scan, line, column,
                            _("\"%s\" is %s (line %d), not a variable"),
                            name->text, _(names_kind_words(name->kind)->title),
                            name->line);
    if (strcmp(name->text, "me") == 0)
        return scan_fail_at(&parser->scan, line, column,
                            _("\"me\" is the number of a task in an array, as "
                              "in \"%s\""),
                            "task P[5]: cpu 10 * me");
    if (near)
        return scan_fail_at(&parser->scan, line, column,
                            _("there is no variable named \"%s\"; did you mean "
                              "\"%s\"?"),
                            name->text, near);
    return scan_fail_at(&parser->scan, line, column,
                        _("there is no variable named \"%s\": set it before, "
                          "or declare it for all on a line of its own, as in "
                          "\"%s\""),
                        name->text, "shared n = 0");
}

/* Make term what the name number `object` stands for; false: nothing. */
static bool find_variable(const struct variables *variables, struct term *term)
{
    const struct parser *parser = variables->parser;
    const struct name *name = &parser->names.entry[term->object];
    int own = find_own(variables, term->object);

    if (variables->numbered && strcmp(name->text, "me") == 0) {
        *term = (struct term){ .kind = TERM_ME };
    } else if (own >= 0) {
        *term = (struct term){ .kind = TERM_OWN, .object = own };
    } else if (name->kind == NAME_SHARED) {
        term->kind = name->elements > 0 ? TERM_ELEMENT : TERM_SHARED;
        term->object = name->index;
        term->value = name->elements;
    } else {
        return false;
    }
    return true;
}

static bool resolve_term(struct variables *variables, struct term *term)
{
    struct parser *parser = variables->parser;
    const struct name *name = &parser->names.entry[term->object];
    int line = (int)(term->value >> 32), column = (int)term->value;
    bool indexed = term->kind == TERM_INDEXED;

    variables->chance |= term->kind == TERM_CHANCE;
    if (term->kind != TERM_NAME && !indexed)
        return true;
    if (!find_variable(variables, term))
        return unknown_variable(parser, name, line, column);
    if (term->kind == TERM_OWN || term->kind == TERM_ME)
        return !indexed ||
               scan_fail_at(&parser->scan, line, column,
                            _("\"%s\" is no array; remove the [ ] behind it, "
                              "or declare as many as there are"),
                            name->text);
    return check_indexed(parser, name, indexed, line, column) &&
           (!indexed || check_number(parser, term - 1, name->elements,
                                     name->text, line, column));
}

/* --- objects in arrays ---------------------------------------------------- */

/* One that is known by its number is an object like any other. */
bool resolve_element(struct parser *parser, struct step *step,
                     const struct name *name)
{
    bool indexed = step->computed & COMPUTED_INDEX;

    if (!check_indexed(parser, name, indexed, step->line, step->column))
        return false;
    if (!indexed)
        return true;
    step->array = name->elements;
    if (step->computed != COMPUTED_INDEX || step->terms != 1 ||
        step->term->kind != TERM_NUMBER)
        return true;
    if (!check_number(parser, step->term, name->elements, name->text,
                      step->line, step->column))
        return false;
    step->object += (int)step->term->value;
    step->array = step->terms = 0;
    step->computed = 0;
    return true;
}

/* The lock stands behind the condition, and a number that ends a calculation is
 * all of it. */
bool resolve_with(struct parser *parser, struct step *step)
{
    const struct name *lock = &parser->locks.entry[step->value];
    bool indexed = step->computed & COMPUTED_WITH;
    const struct term *index;

    if (!check_indexed(parser, lock, indexed, step->line, step->column))
        return false;
    step->value = lock->index;
    if (!indexed)
        return true;
    index = step->term + step->terms - 1;
    step->last = lock->elements;
    if (step->computed & COMPUTED_LIMIT || index->kind != TERM_NUMBER)
        return true;
    if (!check_number(parser, index, lock->elements, lock->text, step->line,
                      step->column))
        return false;
    step->value += index->value;
    step->last = 0;
    step->terms--;
    step->computed &= ~(unsigned)COMPUTED_WITH;
    return true;
}

/* --- what is said --------------------------------------------------------- */

/* The end of the name in the braces at text, or NULL: they hold none. */
static const char *end_of_braces(const char *text)
{
    const char *end = strchr(text, '}');

    return end && end > text + 1 && end - text <= WORKLOAD_SAY_BYTES_MAX ? end
                                                                         : NULL;
}

/* Each term knows where its braces are: value is their place in the text. */
static void resolve_text(struct variables *variables, struct step *step,
                         struct steps *steps)
{
    struct parser *parser = variables->parser;
    struct term term[WORKLOAD_VALUES_MAX];
    int terms = 0;

    for (const char *at = strchr(step->text, '{');
         at && terms < WORKLOAD_VALUES_MAX; at = strchr(at + 1, '{')) {
        const char *end = end_of_braces(at);
        struct term *next = &term[terms];

        if (!end)
            continue;
        *next = (struct term){ .kind = TERM_NAME };
        next->object = names_number(&parser->names, parser->workload->arena,
                                    at + 1, (size_t)(end - at - 1));
        if (!find_variable(variables, next) || next->kind == TERM_ELEMENT)
            continue;
        next->value = at - step->text;
        terms++;
    }
    if (terms == 0)
        return;
    step->computed = COMPUTED_TEXT;
    step->term = memcpy(
        arena_alloc(parser->workload->arena, (size_t)terms * sizeof *term),
        term, (size_t)terms * sizeof *term);
    step->terms = terms;
    if (steps->values < terms)
        steps->values = terms;
}

/* --- all of it ------------------------------------------------------------ */

static void name_variables(const struct variables *variables,
                           struct steps *steps)
{
    struct parser *parser = variables->parser;

    steps->chance = variables->chance;
    steps->variables = variables->count;
    steps->variable = arena_alloc(parser->workload->arena,
                                  (size_t)variables->count *
                                      sizeof *steps->variable);
    for (int i = 0; i < variables->count; i++)
        steps->variable[i] = parser->names.entry[variables->own[i]].text;
}

static bool resolve_step_terms(struct variables *variables, struct step *step,
                               struct steps *steps)
{
    union {
        const struct term *read;
        struct term *write;
    } term = { step->term };

    if (!resolve_target(variables, step))
        return false;
    for (int i = 0; i < step->terms; i++)
        if (!resolve_term(variables, &term.write[i]))
            return false;
    if (step->kind == STEP_SAY)
        resolve_text(variables, step, steps);
    return true;
}

/* The parser made these steps and may still write to them. */
struct step *resolve_writable(const struct step *step)
{
    union {
        const struct step *read;
        struct step *write;
    } pointer = { step };

    return pointer.write;
}

bool resolve_terms(struct parser *parser, const struct task_group *group,
                   struct steps *steps)
{
    struct variables variables = { .parser = parser };

    for (size_t i = 0; i < group->count; i++)
        variables.numbered |= parser->workload->task[group->first + i].numbered;
    if (!collect(&variables, steps))
        return false;
    for (size_t i = 0; i < steps->count; i++)
        if (!resolve_step_terms(&variables, resolve_writable(&steps->step[i]),
                                steps))
            return false;
    name_variables(&variables, steps);
    return true;
}

bool resolve_condition(struct parser *parser, const struct term *term,
                       int terms)
{
    struct variables none = { .parser = parser };
    union {
        const struct term *read;
        struct term *write;
    } all = { term };

    for (int i = 0; i < terms; i++)
        if (!resolve_term(&none, &all.write[i]))
            return false;
    return true;
}
