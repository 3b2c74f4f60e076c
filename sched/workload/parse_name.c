/*
 * parse_name.c -- names, where they are used and where they are declared.
 *
 * A use only takes a number; whether something of the right kind is called so
 * is known when the last line has been read (resolve.c).
 */
#include "sched/base/i18n.h"
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

/* The name may have a number already, from an earlier line that uses it. */
bool parse_declaration(struct parser *parser, enum name_kind kind, size_t index,
                       const char **text)
{
    struct scan *scan = &parser->scan;
    struct token token = scan_peek(scan);
    struct name *name;
    int number;

    if (!parse_name(parser, kind, &number, names_kind_words(kind)->example))
        return false;
    name = &parser->names.entry[number];
    if (name->kind != NAME_UNDECLARED)
        return scan_fail(scan, token.text,
                         _("the name %s is given twice; line %d already gives "
                           "it to %s"),
                         scan_quote(token).text, name->line,
                         _(names_kind_words(name->kind)->title));
    name->kind = kind;
    name->index = (int)index;
    name->line = scan->line;
    name->column = scan_column(scan, token.text);
    *text = name->text;
    return true;
}
