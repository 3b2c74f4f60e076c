/*
 * parse_name.c -- names, where they are used and where they are declared.
 *
 * A use only takes a number; whether something of the right kind is called so
 * is known when the last line has been read (resolve.c).
 */
#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

bool parse_name(struct parser *parser, enum name_kind kind, int *number,
                const char *example)
{
    struct names *names = kind == NAME_LOCK ? &parser->locks : &parser->names;
    struct token token;
    struct name *name;

    if (!scan_name(&parser->scan, &token, example))
        return false;
    *number = names_number(names, parser->workload->arena, token.text,
                           token.length);
    name = &names->entry[*number];
    if (name->line == 0) {
        name->line = parser->scan.line;
        name->column = scan_column(&parser->scan, token.text);
    }
    return true;
}

/* The name may have a number already, from an earlier line that uses it.
 * Returns its number; -1: the diag is filled. */
static int parse_declaration(struct parser *parser, enum name_kind kind,
                             size_t index, const char **text)
{
    struct scan *scan = &parser->scan;
    struct token token = scan_peek(scan);
    struct name *name;
    int number;

    if (!parse_name(parser, kind, &number, names_kind_words(kind)->example))
        return -1;
    name = &parser->names.entry[number];
    if (name->kind != NAME_UNDECLARED) {
        scan_fail(scan, token.text,
                  _("the name %s is given twice; line %d already gives "
                    "it to %s"),
                  scan_quote(token).text, name->line,
                  _(names_kind_words(name->kind)->title));
        return -1;
    }
    name->kind = kind;
    name->index = (int)index;
    name->line = scan->line;
    name->column = scan_column(scan, token.text);
    *text = name->text;
    return number;
}

/* Take a number in brackets, if there is one. */
static bool parse_in_brackets(struct parser *parser, int64_t *number,
                              int64_t least, const char *example)
{
    struct scan *scan = &parser->scan;

    if (!scan_accept(scan, '['))
        return true;
    if (!scan_number(scan, number, least, WORKLOAD_ELEMENTS_MAX, example))
        return false;
    if (!scan_accept(scan, ']'))
        return scan_fail(scan, scan->pos,
                         _("a ] is missing before %s; write it as in \"%s\""),
                         scan_found(scan).text, example);
    return true;
}

/* Take the `[5]` of the name that was just read. */
static bool parse_count(struct parser *parser, const char *name,
                        struct array_spec *array)
{
    int64_t count = 0;

    if (!parse_in_brackets(parser, &count, 1, "fork[5]"))
        return false;
    *array = (struct array_spec){ .name = name, .count = (int)count };
    return true;
}

bool parse_fixed_index(struct parser *parser, int64_t *element)
{
    *element = -1;
    return parse_in_brackets(parser, element, 0, "after P[2]");
}

void parse_add_array(struct parser *parser, const struct array_spec *array)
{
    struct workload *workload = parser->workload;

    workload->array = xgrow(workload->array, workload->array_count,
                            &parser->array_capacity, sizeof *workload->array);
    workload->array[workload->array_count++] = *array;
}

static enum array_kind array_kind(enum name_kind kind)
{
    switch (kind) {
    case NAME_SHARED:
        return ARRAY_SHARED;
    case NAME_CHANNEL:
        return ARRAY_CHANNEL;
    case NAME_BARRIER:
        return ARRAY_BARRIER;
    case NAME_SEMAPHORE:
        return ARRAY_SEMAPHORE;
    case NAME_CONDITION:
        return ARRAY_CONDITION;
    case NAME_RWLOCK:
        return ARRAY_RWLOCK;
    default:
        return ARRAY_TASK;
    }
}

bool parse_array(struct parser *parser, enum name_kind kind, size_t index,
                 struct array_spec *array)
{
    const char *text;
    int number = parse_declaration(parser, kind, index, &text);

    if (number < 0 || !parse_count(parser, text, array))
        return false;
    parser->names.entry[number].elements = array->count;
    array->kind = array_kind(kind);
    array->first = (int)index;
    if (array->count > 0)
        parse_add_array(parser, array);
    return true;
}

/* A lock exists by its first mention, and this may be it. */
bool parse_lock_array(struct parser *parser, int *number)
{
    struct array_spec array;

    if (!parse_name(parser, NAME_LOCK, number, "mutex m inherit") ||
        !parse_count(parser, parser->locks.entry[*number].text, &array))
        return false;
    parser->locks.entry[*number].elements = array.count;
    return true;
}

size_t parse_elements(const struct array_spec *array)
{
    return array->count > 0 ? (size_t)array->count : 1;
}

const char *parse_element(struct parser *parser, const struct array_spec *array,
                          size_t element)
{
    struct strbuf name;
    const char *text;

    if (array->count == 0)
        return array->name;
    strbuf_init(&name);
    strbuf_addf(&name, "%s[%zu]", array->name, element);
    text = arena_copy(parser->workload->arena, name.text, name.length);
    strbuf_fini(&name);
    return text;
}
