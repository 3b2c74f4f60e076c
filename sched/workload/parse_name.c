/*
 * parse_name.c -- names, where they are used and where they are declared.
 */
#include "sched/base/i18n.h"
#include "sched/workload/parse_internal.h"

/* Take a name that is declared here. */
bool parse_declaration(struct parser *parser, enum name_kind kind, size_t index,
                       const char **text, const char *example)
{
    struct scan *scan = &parser->scan;
    struct word word;
    struct name *name;
    int number;

    if (!scan_name(scan, &word, example))
        return false;
    number = names_number(&parser->names, parser->workload->arena, word.text,
                          word.length);
    name = &parser->names.entry[number];
    if (name->kind != NAME_UNDECLARED)
        return scan_fail(scan, word.text,
                         _("the name %s is given twice; line %d already calls "
                           "%s so"),
                         word_quote(word).text, name->line,
                         names_kind_title(name->kind));
    name->kind = kind;
    name->index = (int)index;
    name->line = scan->line;
    name->column = scan_column(scan, word.text);
    *text = name->text;
    return true;
}
