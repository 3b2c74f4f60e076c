/*
  * resolve.c -- numbers of names become indexes of what they stand for.
 *
 * Only here is it known which names were declared, so here are the mistakes
 * that need it: a name that nothing has, or that stands for something else.
 
 */
#include <stdlib.h>

#include "sched/base/arena.h"
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

/* Steps that only say where to go on. */
static bool is_control(enum step_kind kind)
{
    switch (kind) {
    case STEP_REPEAT:
    case STEP_WHILE:
    case STEP_IF:
    case STEP_BREAK:
    case STEP_STOP:
    case STEP_LOOP:
    case STEP_AGAIN:
    case STEP_ROUND:
    case STEP_ELSE:
    case STEP_END:
        return true;
    default:
        return false;
    }
}

/* May a generator do this? It runs inside its caller's turn. */
static bool generator_step(const struct step *step)
{
    switch (step->kind) {
    case STEP_CPU:
    case STEP_SAY:
    case STEP_SUM:
    case STEP_SET:
        return true;
    case STEP_YIELD:
        return step->object < 0;
    default:
        return is_control(step->kind);
    }
}

/* The step as messages name it: "yield to" is not a plain yield. */
static const char *step_title(const struct step *step)
{
    return step->kind == STEP_YIELD ? "yield to"
                                    : workload_step_word(step->kind);
}

static bool resolve_lock(struct parser *parser, struct step *step)
{
    const struct name *name = &parser->locks.entry[step->object];

    step->object = name->index;
    return resolve_element(parser, step, name);
}

/* A plain yield names nobody. */
static bool resolve_step(struct parser *parser, const struct task_group *group,
                         struct step *step)
{
    enum name_kind wanted;
    const struct task_spec *task = parser->workload->task;
    const struct name *name;
    size_t object;

    if (task[group->first].generator && !generator_step(step))
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("a generator cannot \"%s\": it runs inside its "
                              "caller's turn; its steps are cpu, yield, say, "
                              "sum, x = E and those of control"),
                            step_title(step));
    wanted = parse_syntax(step->kind)->object;
    if (wanted == NAME_UNDECLARED || step->object < 0 ||
        step->kind == STEP_RELINQUISH)
        return true;
    if (wanted == NAME_LOCK)
        return resolve_lock(parser, step);
    if (step->kind == STEP_AWAIT && !resolve_with(parser, step))
        return false;
    name = &parser->names.entry[step->object];
    if (!resolve(parser, &step->object, wanted, step->line, step->column) ||
        !resolve_element(parser, step, name))
        return false;
    object = (size_t)step->object;
    if (wanted == NAME_TASK && !step->array && object >= group->first &&
        object - group->first < group->count)
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("\"%s %s\" names the task that does it; name "
                              "another task"),
                            step_title(step), task[object].name);
    return true;
}

/* The steps of a group are one array, so they are resolved only once. */
static bool resolve_steps(struct parser *parser, const struct task_group *group,
                          const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (!resolve_step(parser, group, resolve_writable(&steps->step[i])))
            return false;
    }
    return true;
}

/* Nobody waits for its own end. */
static bool add_after(struct parser *parser, const struct task_group *group,
                      int task, int **after, int *afters)
{
    struct workload *workload = parser->workload;

    if ((size_t)task >= group->first &&
        (size_t)task < group->first + group->count)
        return scan_fail_at(&parser->scan, group->after_line,
                            group->after_column,
                            _("\"%s\" would wait for its own end; "
                              "\"after\" must name another task"),
                            workload->task[task].name);
    *after = arena_grow(workload->arena, *after, (size_t)*afters,
                        sizeof **after);
    (*after)[(*afters)++] = task;
    return true;
}

/* The name of an array without an index stands for all its tasks. */
static bool add_named(struct parser *parser, const struct task_group *group,
                      const struct after_name *named, int **after, int *afters)
{
    const struct name *name = &parser->names.entry[named->name];
    int task = named->name, count = name->elements > 0 ? name->elements : 1;

    if (!resolve(parser, &task, NAME_TASK, group->after_line,
                 group->after_column))
        return false;
    if (named->element >= 0 && name->elements == 0)
        return scan_fail_at(&parser->scan, group->after_line,
                            group->after_column,
                            _("\"%s\" is no array; remove the [ ] behind it, "
                              "or declare as many as there are"),
                            name->text);
    if (named->element >= name->elements)
        return scan_fail_at(
            &parser->scan, group->after_line, group->after_column,
            _("there is no %s[%lld]; the last one is %s[%d]"), name->text,
            (long long)named->element, name->text, count - 1);
    if (named->element >= 0)
        return add_after(parser, group, task + (int)named->element, after,
                         afters);
    for (int i = 0; i < count; i++)
        if (!add_after(parser, group, task + i, after, afters))
            return false;
    return true;
}

/* Each task of the group waits for the same ones. */
static bool resolve_after(struct parser *parser, const struct task_group *group)
{
    struct task_spec *task = parser->workload->task;
    int *after = NULL, afters = 0;

    for (int i = 0; i < group->afters; i++)
        if (!add_named(parser, group, &group->after[i], &after, &afters))
            return false;
    for (size_t i = group->first; i < group->first + group->count; i++) {
        task[i].after = after;
        task[i].afters = afters;
    }
    return true;
}

static void name_lock(struct parser *parser, const struct name *name)
{
    struct workload *workload = parser->workload;
    struct array_spec array = { name->text, ARRAY_LOCK, name->index,
                                name->elements };

    if (name->elements > 0)
        parse_add_array(parser, &array);
    for (size_t i = 0; i < parse_elements(&array); i++) {
        size_t lock = (size_t)name->index + i;

        workload->lock[lock] = parse_element(parser, &array, i);
        workload->inherits[lock] = name->inherits;
    }
}

/* Every lock has been met by now; one name may stand for several. */
static void name_locks(struct parser *parser)
{
    struct workload *workload = parser->workload;
    size_t count = 0;

    for (size_t i = 0; i < parser->locks.count; i++) {
        struct name *name = &parser->locks.entry[i];

        name->index = (int)count;
        count += name->elements > 0 ? (size_t)name->elements : 1;
    }
    workload->lock_count = count;
    workload->lock = arena_alloc(workload->arena,
                                 count * sizeof *workload->lock);
    workload->inherits = arena_alloc(workload->arena,
                                     count * sizeof *workload->inherits);
    for (size_t i = 0; i < parser->locks.count; i++)
        name_lock(parser, &parser->locks.entry[i]);
}

/* What all names together tell of a step comes first: the text of an unlock may
 * be one more lock. */
static bool resolve_all_sync(struct parser *parser)
{
    for (size_t i = 0; i < parser->group_count; i++) {
        const struct steps
            *steps = &parser->workload->task[parser->group[i].first].steps;

        for (size_t j = 0; j < steps->count; j++)
            if (!resolve_sync(parser, resolve_writable(&steps->step[j])))
                return false;
    }
    name_locks(parser);
    return true;
}

bool resolve_names(struct parser *parser)
{
    struct task_spec *task = parser->workload->task;

    if (!resolve_all_sync(parser))
        return false;
    for (size_t i = 0; i < parser->group_count; i++) {
        const struct task_group *group = &parser->group[i];
        struct steps *steps = &task[group->first].steps;

        if (!resolve_after(parser, group) ||
            !resolve_steps(parser, group, steps) ||
            !resolve_terms(parser, group, steps))
            return false;
        for (size_t j = 1; j < group->count; j++)
            task[group->first + j].steps = *steps;
    }
    return true;
}
