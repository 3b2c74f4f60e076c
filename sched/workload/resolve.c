/*
 * resolve.c -- numbers of names become indexes of what they stand for.
 */
#include <stdlib.h>

#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* The kind of thing a step's object is; NAME_UNDECLARED: it has none. */
static enum name_kind wanted_kind(enum step_kind kind)
{
    switch (kind) {
    case STEP_YIELD:
    case STEP_SPAWN:
    case STEP_JOIN:
        return NAME_TASK;
    case STEP_NEXT:
        return NAME_GENERATOR;
    case STEP_READ:
    case STEP_WRITE:
        return NAME_SHARED;
    case STEP_SEND:
    case STEP_RECV:
    case STEP_CLOSE:
        return NAME_CHANNEL;
    case STEP_WAIT:
        return NAME_BARRIER;
    default:
        return NAME_UNDECLARED;
    }
}

static bool unknown_name(struct parser *parser, const struct name *name,
                         enum name_kind wanted, int line, int column)
{
    static const char *const example[] = {
        [NAME_TASK] = "task A: cpu 30",
        [NAME_GENERATOR] = "generator G: cpu 50, yield",
        [NAME_SHARED] = "shared n = 0",
        [NAME_CHANNEL] = "channel c size 3",
        [NAME_BARRIER] = "barrier b 4",
    };
    const char *nearest;

    if (name->kind != NAME_UNDECLARED)
        return scan_fail_at(&parser->scan, line, column,
                            _("\"%s\" is %s (line %d), not %s"), name->text,
                            names_kind_title(name->kind), name->line,
                            names_kind_title(wanted));
    nearest = names_nearest(&parser->names, name->text, wanted);
    if (nearest)
        return scan_fail_at(&parser->scan, line, column,
                            _("there is no %s named \"%s\"; did you mean "
                              "\"%s\"?"),
                            names_kind_word(wanted), name->text, nearest);
    return scan_fail_at(&parser->scan, line, column,
                        _("there is no %s named \"%s\"; declare it on a line "
                          "of its own, as in \"%s\""),
                        names_kind_word(wanted), name->text, example[wanted]);
}

/* Turn the number of a name into the index of a thing of the wanted kind. */
static bool resolve(struct parser *parser, int *object, enum name_kind wanted,
                    int line, int column)
{
    const struct name *name = &parser->names.entry[*object];

    if (name->kind != wanted)
        return unknown_name(parser, name, wanted, line, column);
    *object = name->index;
    return true;
}

/* May a generator do this? It runs inside its caller's turn. */
static bool generator_step(const struct step *step)
{
    switch (step->kind) {
    case STEP_CPU:
    case STEP_SAY:
    case STEP_SUM:
    case STEP_REPEAT:
        return true;
    case STEP_YIELD:
        return step->object < 0;
    default:
        return false;
    }
}

static bool resolve_step(struct parser *parser, const struct group *group,
                         struct step *step)
{
    enum name_kind wanted = wanted_kind(step->kind);
    size_t object;

    if (parser->workload->task[group->first].generator && !generator_step(step))
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("a generator cannot \"%s\": it runs inside its "
                              "caller's turn; its steps are cpu, yield, say, "
                              "sum and repeat"),
                            step->kind == STEP_YIELD ? "yield to"
                                                     : step_word(step->kind));
    if (wanted == NAME_UNDECLARED || step->object < 0)
        return true;
    if (!resolve(parser, &step->object, wanted, step->line, step->column))
        return false;
    object = (size_t)step->object;
    if (wanted == NAME_TASK && object >= group->first &&
        object - group->first < group->count)
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("\"%s %s\" names the task that does it; name "
                              "another task"),
                            step->kind == STEP_YIELD ? "yield to"
                                                     : step_word(step->kind),
                            parser->workload->task[object].name);
    return true;
}

/* The parser made these steps and may still write to them. */
static struct step *writable(const struct step *step)
{
    union {
        const struct step *read;
        struct step *write;
    } pointer = { step };

    return pointer.write;
}

static bool resolve_steps(struct parser *parser, const struct group *group,
                          const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        struct step *step = writable(&steps->step[i]);

        if (!resolve_step(parser, group, step) ||
            !resolve_steps(parser, group, &step->body))
            return false;
    }
    return true;
}

static bool resolve_after(struct parser *parser, const struct group *group)
{
    int after = group->after;

    if (after < 0)
        return true;
    if (!resolve(parser, &after, NAME_TASK, group->after_line,
                 group->after_column))
        return false;
    for (size_t i = group->first; i < group->first + group->count; i++) {
        if ((size_t)after == i)
            return scan_fail_at(&parser->scan, group->after_line,
                                group->after_column,
                                _("\"%s\" would wait for its own end; name "
                                  "another task behind \"after\""),
                                parser->workload->task[i].name);
        parser->workload->task[i].after = after;
    }
    return true;
}

bool resolve_names(struct parser *parser)
{
    for (size_t i = 0; i < parser->group_count; i++) {
        const struct group *group = &parser->group[i];

        if (!resolve_after(parser, group) ||
            !resolve_steps(parser, group,
                           &parser->workload->task[group->first].steps))
            return false;
    }
    return true;
}
