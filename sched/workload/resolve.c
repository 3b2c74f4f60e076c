/*
  * resolve.c -- numbers of names become indexes of what they stand for.
 *
 * Only here is it known which names were declared, so here are the mistakes
 * that need it: a name that nothing has, or that stands for something else.
 
 */
#include <stdlib.h>

#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* Nothing is called so, or something of another kind is. */
static bool unknown_name(struct parser *parser, const struct name *name,
                         enum name_kind wanted, int line, int column)
{
    const struct name_kind_words *words = names_kind_words(wanted);
    const char *nearest;

    if (name->kind != NAME_UNDECLARED)
        return scan_fail_at(&parser->scan, line, column,
                            _("\"%s\" is %s (line %d), not %s"), name->text,
                            _(names_kind_words(name->kind)->title), name->line,
                            _(words->title));
    nearest = names_nearest(&parser->names, name->text, wanted);
    if (nearest)
        return scan_fail_at(&parser->scan, line, column,
                            _("there is no %s named \"%s\"; did you mean "
                              "\"%s\"?"),
                            _(words->word), name->text, nearest);
    return scan_fail_at(&parser->scan, line, column,
                        _("there is no %s named \"%s\"; declare it on a line "
                          "of its own, as in \"%s\""),
                        _(words->word), name->text, words->example);
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
    case STEP_AGAIN:
        return true;
    case STEP_YIELD:
        return step->object < 0;
    default:
        return false;
    }
}

/* The step as messages name it: "yield to" is not a plain yield. */
static const char *step_title(const struct step *step)
{
    return step->kind == STEP_YIELD ? "yield to"
                                    : workload_step_word(step->kind);
}

/* A lock has its number for an index, and a plain yield names nobody. */
static bool resolve_step(struct parser *parser, const struct task_group *group,
                         struct step *step)
{
    enum name_kind wanted;
    const struct task_spec *task = parser->workload->task;
    size_t object;

    if (task[group->first].generator && !generator_step(step))
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("a generator cannot \"%s\": it runs inside its "
                              "caller's turn; its steps are cpu, yield, say, "
                              "sum and repeat"),
                            step_title(step));
    if (!resolve_sync(parser, step))
        return false;
    wanted = parse_syntax(step->kind)->object;
    if (wanted == NAME_UNDECLARED || wanted == NAME_LOCK || step->object < 0)
        return true;
    if (!resolve(parser, &step->object, wanted, step->line, step->column))
        return false;
    object = (size_t)step->object;
    if (wanted == NAME_TASK && object >= group->first &&
        object - group->first < group->count)
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("\"%s %s\" names the task that does it; name "
                              "another task"),
                            step_title(step), task[object].name);
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

/* The steps of a group are one array, so they are resolved only once. */
static bool resolve_steps(struct parser *parser, const struct task_group *group,
                          const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (!resolve_step(parser, group, writable(&steps->step[i])))
            return false;
    }
    return true;
}

/* Each task of the group waits for the same ones. */
static bool resolve_after(struct parser *parser, const struct task_group *group)
{
    struct task_spec *task = parser->workload->task;

    for (int i = 0; i < group->afters; i++) {
        int *after = &group->after[i];

        if (!resolve(parser, after, NAME_TASK, group->after_line,
                     group->after_column))
            return false;
        if ((size_t)*after >= group->first &&
            (size_t)*after < group->first + group->count)
            return scan_fail_at(&parser->scan, group->after_line,
                                group->after_column,
                                _("\"%s\" would wait for its own end; "
                                  "\"after\" must name another task"),
                                task[*after].name);
    }
    for (size_t i = group->first; i < group->first + group->count; i++) {
        task[i].after = group->after;
        task[i].afters = group->afters;
    }
    return true;
}

bool resolve_names(struct parser *parser)
{
    for (size_t i = 0; i < parser->group_count; i++) {
        const struct task_group *group = &parser->group[i];

        if (!resolve_after(parser, group) ||
            !resolve_steps(parser, group,
                           &parser->workload->task[group->first].steps))
            return false;
    }
    return true;
}
