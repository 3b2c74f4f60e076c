/*
 * parse_task.c -- `task A B line 2 priority 1 at 50 after C: steps`.
 */
#include <string.h>

#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

struct attributes {
    bool line_said, priority_said, at_said;
    int64_t line, priority, at_ns;
    bool at_spawn;
    int after, after_column;
};

static bool parse_line_attribute(struct parser *parser,
                                 struct attributes *attributes)
{
    attributes->line_said = true;
    return scan_number(&parser->scan, &attributes->line, 1, WORKLOAD_LINES_MAX,
                       "line 2");
}

static bool parse_priority_attribute(struct parser *parser,
                                     struct attributes *attributes)
{
    attributes->priority_said = true;
    return scan_number(&parser->scan, &attributes->priority,
                       -WORKLOAD_NUMBER_MAX, WORKLOAD_NUMBER_MAX, "priority 2");
}

static bool parse_at(struct parser *parser, struct attributes *attributes)
{
    attributes->at_said = true;
    if (word_is(scan_peek(&parser->scan), "spawn")) {
        scan_word(&parser->scan);
        attributes->at_spawn = true;
        return true;
    }
    return scan_duration(&parser->scan, &attributes->at_ns, 0, "at 50");
}

static bool parse_after(struct parser *parser, struct attributes *attributes)
{
    struct word word;

    if (!scan_name(&parser->scan, &word, "after B"))
        return false;
    attributes->after_column = scan_column(&parser->scan, word.text);
    attributes->after = names_number(&parser->names, parser->workload->arena,
                                     word.text, word.length);
    return true;
}

static const struct attribute {
    const char *word;
    bool (*parse)(struct parser *parser, struct attributes *attributes);
} attribute_table[] = {
    { "line", parse_line_attribute },
    { "priority", parse_priority_attribute },
    { "at", parse_at },
    { "after", parse_after },
};

enum {
    ATTRIBUTES = sizeof attribute_table / sizeof *attribute_table
};

static const struct attribute *find_attribute(struct word word)
{
    for (size_t i = 0; i < ATTRIBUTES; i++)
        if (word_is(word, attribute_table[i].word))
            return &attribute_table[i];
    return NULL;
}

static bool attribute_said(const struct attributes *attributes,
                           const struct attribute *attribute)
{
    const bool said[ATTRIBUTES] = { attributes->line_said,
                                    attributes->priority_said,
                                    attributes->at_said,
                                    attributes->after >= 0 };

    return said[attribute - attribute_table];
}

static bool is_step(const char *name)
{
    for (int kind = 0; kind < STEP_KINDS; kind++)
        if (strcmp(name, step_word((enum step_kind)kind)) == 0)
            return true;
    return false;
}

/*
 * Something that is neither an attribute nor the colon: often the last name
 * was meant to be one, as in `task A lnie 2: cpu 1` or `task A cpu 30`.
 */
static bool no_attribute(struct parser *parser, const char *example)
{
    const struct workload *workload = parser->workload;
    const struct task_spec *last = &workload->task[workload->task_count - 1];
    struct suggestion near = { .typed = last->name };
    struct scan *scan = &parser->scan;

    if (is_step(last->name))
        return scan_fail_at(&parser->scan, last->source_line,
                            last->source_column,
                            _("a colon is missing before \"%s\"; write it as "
                              "in \"%s\""),
                            last->name, example);
    for (size_t i = 0; i < ATTRIBUTES; i++)
        suggest(&near, attribute_table[i].word);
    if (near.word)
        return scan_fail_at(&parser->scan, last->source_line,
                            last->source_column,
                            _("\"%s\" is a name here; did you mean \"%s\"?"),
                            last->name, near.word);

    if (!scan_done(scan) && *scan->pos == ',')
        return scan_fail(scan, scan->pos,
                         _("names are separated by blanks, not by commas; "
                           "write it as in \"%s\""),
                         "task A B C: cpu 30");
    return scan_fail(scan, scan->pos,
                     _("a colon is missing before %s; write it as in \"%s\" "
                       "(before the colon may stand line, priority, at and "
                       "after)"),
                     scan_found(scan).text, example);
}

/* Take what stands between the names and the colon, and the colon. */
static bool parse_attributes(struct parser *parser,
                             struct attributes *attributes, const char *example)
{
    struct scan *scan = &parser->scan;

    while (!scan_accept(scan, ':')) {
        struct word word = scan_peek(scan);
        const struct attribute *attribute = find_attribute(word);

        if (!attribute)
            return no_attribute(parser, example);
        if (attribute_said(attributes, attribute))
            return scan_fail(scan, word.text,
                             _("\"%s\" is given twice; keep one of them"),
                             attribute->word);
        scan_word(scan);
        if (!attribute->parse(parser, attributes))
            return false;
    }
    return true;
}

static bool declare_task(struct parser *parser, bool generator,
                         const char *example)
{
    struct workload *workload = parser->workload;
    struct task_spec *task;
    struct word word = scan_peek(&parser->scan);

    if (workload->task_count == WORKLOAD_TASKS_MAX)
        return scan_fail(&parser->scan, word.text,
                         _("there are too many tasks; at most %d"),
                         WORKLOAD_TASKS_MAX);
    workload->task = xgrow(workload->task, workload->task_count,
                           &parser->task_capacity, sizeof *workload->task);
    task = &workload->task[workload->task_count];
    *task = (struct task_spec){ .generator = generator, .after = -1 };
    if (!parse_declaration(parser, generator ? NAME_GENERATOR : NAME_TASK,
                           workload->task_count, &task->name, example))
        return false;
    task->source_line = parser->scan.line;
    task->source_column = scan_column(&parser->scan, word.text);
    workload->task_count++;
    return true;
}

/* Take at least one name. */
static bool declare_tasks(struct parser *parser, bool generator,
                          const char *example)
{
    struct word word = scan_peek(&parser->scan);

    if (find_attribute(word))
        return scan_fail(&parser->scan, word.text,
                         _("%s cannot be a task's name here; write a name "
                           "before it, as in \"%s\""),
                         word_quote(word).text, example);
    do {
        if (!declare_task(parser, generator, example))
            return false;
        word = scan_peek(&parser->scan);
    } while (word.length > 0 && !find_attribute(word));
    return true;
}

static void set_task(struct parser *parser, struct task_spec *task,
                     const struct attributes *attributes)
{
    task->line = 1;
    if (!task->generator)
        task->line = parser->standing++ % 2 + 1;
    if (attributes->line_said)
        task->line = (int)attributes->line;
    if (task->line > parser->workload->line_count)
        parser->workload->line_count = task->line;
    task->priority = (int)attributes->priority;
    task->at_ns = attributes->at_ns;
    task->at_spawn = attributes->at_spawn;
}

static void add_group(struct parser *parser, size_t first,
                      const struct attributes *attributes)
{
    parser->group = xgrow(parser->group, parser->group_count,
                          &parser->group_capacity, sizeof *parser->group);
    parser->group[parser->group_count++] = (struct group){
        .first = first,
        .count = parser->workload->task_count - first,
        .after = attributes->after,
        .after_line = parser->scan.line,
        .after_column = attributes->after_column,
    };
}

static bool parse_task_statement(struct parser *parser, bool generator,
                                 const char *example)
{
    struct workload *workload = parser->workload;
    struct attributes attributes = { .after = -1 };
    size_t first = workload->task_count;
    struct steps steps = { NULL, 0 };
    const char *place;

    if (!declare_tasks(parser, generator, example))
        return false;
    place = scan_peek(&parser->scan).text;
    if (!parse_attributes(parser, &attributes, example))
        return false;
    if (generator && (attributes.line_said || attributes.priority_said ||
                      attributes.at_said || attributes.after >= 0))
        return scan_fail(&parser->scan, place,
                         _("a generator runs inside its caller's turn and "
                           "stands in no line; take everything between its "
                           "name and the colon away"));
    if (attributes.at_spawn && attributes.after >= 0)
        return scan_fail(&parser->scan, place,
                         _("a task starts \"at spawn\" or \"after\" another "
                           "one, not both; take one of them away"));
    if (!parse_steps(parser, &steps))
        return false;
    for (size_t i = first; i < workload->task_count; i++) {
        set_task(parser, &workload->task[i], &attributes);
        workload->task[i].steps = steps;
    }
    add_group(parser, first, &attributes);
    return true;
}

bool parse_task(struct parser *parser)
{
    return parse_task_statement(parser, false, "task A: cpu 30");
}

bool parse_generator(struct parser *parser)
{
    return parse_task_statement(parser, true, "generator G: cpu 50, yield");
}
