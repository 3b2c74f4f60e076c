/*
 * parse_task.c -- `task A B line 2 priority 1 at 50 after C: steps`.
 *
 * The tasks of a line are declared as their names come, and get what the
 * attributes and steps say when the line ends. A later line may declare the
 * task that `after` names, so the group remembers it by its number.
 */
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

struct attributes {
    unsigned given; /* a bit for each of attribute_table */
    int64_t line;   /* 0: not given */
    int64_t priority, at_ns;
    bool at_spawn, daemon;
    struct after_name *after;
    int afters, after_line, after_column;
    int64_t period_ns, deadline_ns, times, tickets, nice;
};

static bool parse_line_number(struct parser *parser,
                              struct attributes *attributes)
{
    return scan_number(&parser->scan, &attributes->line, 1, WORKLOAD_LINES_MAX,
                       "line 2");
}

static bool parse_priority(struct parser *parser, struct attributes *attributes)
{
    return scan_number(&parser->scan, &attributes->priority,
                       -WORKLOAD_NUMBER_MAX, WORKLOAD_NUMBER_MAX, "priority 2");
}

/* `spawn` is no time, so it is tried first. */
static bool parse_at(struct parser *parser, struct attributes *attributes)
{
    attributes->at_spawn = scan_accept_word(&parser->scan, "spawn");
    return attributes->at_spawn ||
           scan_duration(&parser->scan, &attributes->at_ns, 0, "at 50");
}

/* Is what comes next neither an attribute nor the colon? */
static bool names_follow(struct parser *parser);

static bool parse_after(struct parser *parser, struct attributes *attributes)
{
    struct scan *scan = &parser->scan;

    attributes->after_column = scan_column(scan, scan_peek(scan).text);
    attributes->after_line = scan->line;
    do {
        struct after_name *after;

        attributes->after = arena_grow(
            parser->workload->arena, attributes->after,
            (size_t)attributes->afters, sizeof *attributes->after);
        after = &attributes->after[attributes->afters++];
        if (!parse_name(parser, NAME_TASK, &after->name, "after B") ||
            !parse_fixed_index(parser, &after->element))
            return false;
    } while (names_follow(parser));
    return true;
}

/* The word says it all. */
static bool parse_daemon(struct parser *parser, struct attributes *attributes)
{
    (void)parser;
    attributes->daemon = true;
    return true;
}

static bool parse_period(struct parser *parser, struct attributes *attributes)
{
    return scan_duration(&parser->scan, &attributes->period_ns, 1, "period 50");
}

static bool parse_deadline(struct parser *parser, struct attributes *attributes)
{
    return scan_duration(&parser->scan, &attributes->deadline_ns, 1,
                         "deadline 40");
}

static bool parse_times(struct parser *parser, struct attributes *attributes)
{
    return scan_number(&parser->scan, &attributes->times, 1,
                       WORKLOAD_NUMBER_MAX, "times 6");
}

static bool parse_tickets(struct parser *parser, struct attributes *attributes)
{
    return scan_number(&parser->scan, &attributes->tickets, 1,
                       WORKLOAD_TASKS_MAX, "tickets 75");
}

static bool parse_nice(struct parser *parser, struct attributes *attributes)
{
    return scan_number(&parser->scan, &attributes->nice, POLICY_NICE_MIN,
                       POLICY_NICE_MAX, "nice 5");
}

struct attribute {
    const char *word;
    bool (*parse)(struct parser *parser, struct attributes *attributes);
    bool numbered; /* without a number after it, it is a task's name */
};

static const struct attribute attribute_table[] = {
    { "line", parse_line_number, false },
    { "priority", parse_priority, false },
    { "at", parse_at, false },
    { "after", parse_after, false },
    { "daemon", parse_daemon, false },
    { "period", parse_period, true },
    { "deadline", parse_deadline, true },
    { "times", parse_times, true },
    { "tickets", parse_tickets, true },
    { "nice", parse_nice, true },
};

enum {
    DAEMON = 4, /* its index: as the first name it is one */
    ATTRIBUTES = sizeof attribute_table / sizeof *attribute_table
};

/* What comes after a token of this line, blanks apart; 0: nothing. */
static char after_token(const struct scan *scan, struct token token)
{
    const char *at = token.text + token.length;

    while (at < scan->end && (*at == ' ' || *at == '\t'))
        at++;
    return at < scan->end ? *at : '\0';
}

/* `nice -5` and `daemon` are attributes, `nice` and `daemon[2]` are names. */
static bool begins_attribute(size_t i, char next)
{
    if (attribute_table[i].numbered)
        return (next >= '0' && next <= '9') || next == '-';
    return i != DAEMON || next != '[';
}

/* The attribute that begins with token; ATTRIBUTES: there is none. */
static size_t find_attribute(const struct scan *scan, struct token token)
{
    for (size_t i = 0; i < ATTRIBUTES; i++)
        if (scan_token_is(token, attribute_table[i].word) &&
            begins_attribute(i, after_token(scan, token)))
            return i;
    return ATTRIBUTES;
}

static bool names_follow(struct parser *parser)
{
    struct token token = scan_peek(&parser->scan);

    return token.length > 0 &&
           find_attribute(&parser->scan, token) == ATTRIBUTES;
}

/*
 * Something that is neither an attribute nor the colon: often the last name
 * was meant to be one, as in `task A lnie 2: cpu 1` or `task A cpu 30`.
 */
static bool no_attribute(struct parser *parser, const char *example)
{
    const struct workload *workload = parser->workload;
    const struct task_spec *last = &workload->task[workload->task_count - 1];
    struct token name = { last->name, strlen(last->name) };
    struct suggestion near = { .typed = last->name };
    struct scan *scan = &parser->scan;

    if (parse_step_kind(name) < STEP_WORDS)
        return scan_fail_at(scan, last->source_line, last->source_column,
                            _("a colon is missing before \"%s\"; write it as "
                              "in \"%s\""),
                            last->name, example);
    for (size_t i = 0; i < ATTRIBUTES; i++)
        suggest(&near, attribute_table[i].word);
    if (near.word)
        return scan_fail_at(scan, last->source_line, last->source_column,
                            _("\"%s\" is a name here; did you mean \"%s\"?"),
                            last->name, near.word);

    if (!scan_done(scan) && *scan->pos == ',')
        return scan_fail(scan, scan->pos,
                         _("names are separated by blanks, not by commas; "
                           "write it as in \"%s\""),
                         "task A B C: cpu 30");
    return scan_fail(scan, scan->pos,
                     _("a colon is missing before %s; write it as in \"%s\" "
                       "(line, priority, at, after and daemon may come "
                       "before the colon)"),
                     scan_found(scan).text, example);
}

/* Take what comes between the names and the colon, and the colon. */
static bool parse_attributes(struct parser *parser,
                             struct attributes *attributes, const char *example)
{
    struct scan *scan = &parser->scan;

    while (!scan_accept(scan, ':')) {
        struct token token = scan_peek(scan);
        size_t i = find_attribute(scan, token);

        if (i == ATTRIBUTES)
            return no_attribute(parser, example);
        if (attributes->given & 1U << i)
            return scan_fail(scan, token.text,
                             _("\"%s\" is given twice; keep one of them"),
                             attribute_table[i].word);
        attributes->given |= 1U << i;
        scan_token(scan);
        if (!attribute_table[i].parse(parser, attributes))
            return false;
    }
    return true;
}

static bool add_task(struct parser *parser, struct task_spec task)
{
    struct workload *workload = parser->workload;

    if (workload->task_count == WORKLOAD_TASKS_MAX)
        return scan_fail_at(&parser->scan, task.source_line, task.source_column,
                            _("there are too many tasks; at most %d"),
                            WORKLOAD_TASKS_MAX);
    workload->task = xgrow(workload->task, workload->task_count,
                           &parser->task_capacity, sizeof *workload->task);
    workload->task[workload->task_count++] = task;
    return true;
}

/* Take one name, which becomes a task, or an array of them, that has nothing
 * yet but its name. */
static bool declare_task(struct parser *parser, enum name_kind kind)
{
    struct token token = scan_peek(&parser->scan);
    struct task_spec task = {
        .source_line = parser->scan.line,
        .source_column = scan_column(&parser->scan, token.text),
        .line = 1,
        .generator = kind == NAME_GENERATOR,
    };
    struct array_spec array;

    if (!parse_array(parser, kind, parser->workload->task_count, &array))
        return false;
    task.numbered = array.count > 0;
    for (size_t i = 0; i < parse_elements(&array); i++) {
        task.name = parse_element(parser, &array, i);
        task.number = (int)i;
        if (!add_task(parser, task))
            return false;
    }
    return true;
}

/* Take at least one name. */
static bool declare_tasks(struct parser *parser, enum name_kind kind,
                          const char *example)
{
    struct token token = scan_peek(&parser->scan);
    size_t attribute = find_attribute(&parser->scan, token);

    if (attribute < ATTRIBUTES && attribute != DAEMON)
        return scan_fail(&parser->scan, token.text,
                         _("%s cannot be a task's name here; write a name "
                           "before it, as in \"%s\""),
                         scan_quote(token).text, example);
    do {
        if (!declare_task(parser, kind))
            return false;
    } while (names_follow(parser));
    return true;
}

/* Tasks take turns over two lines, and those that name a line count too. */
static void set_task(struct parser *parser, struct task_spec *task,
                     const struct attributes *attributes)
{
    if (!task->generator)
        task->line = parser->standing++ % 2 + 1;
    if (attributes->line > 0)
        task->line = (int)attributes->line;
    if (task->line > parser->workload->line_count)
        parser->workload->line_count = task->line;
    task->priority = (int)attributes->priority;
    task->at_ns = attributes->at_ns;
    task->at_spawn = attributes->at_spawn;
    task->daemon = attributes->daemon;
    task->period_ns = attributes->period_ns;
    task->deadline_ns = attributes->deadline_ns ? attributes->deadline_ns
                                                : attributes->period_ns;
    task->times = attributes->period_ns > 0 ? attributes->times : 1;
    task->tickets = attributes->tickets;
    task->nice = (int)attributes->nice;
}

/* A line with one task is a group too, so that later passes know only
 * groups. */
static void add_group(struct parser *parser, size_t first,
                      const struct attributes *attributes)
{
    parser->group = xgrow(parser->group, parser->group_count,
                          &parser->group_capacity, sizeof *parser->group);
    parser->group[parser->group_count++] = (struct task_group){
        .first = first,
        .count = parser->workload->task_count - first,
        .after = attributes->after,
        .afters = attributes->afters,
        .after_line = attributes->after_line,
        .after_column = attributes->after_column,
    };
}

/* place is for mistakes in the attributes as a whole: their beginning. */
static bool parse_group(struct parser *parser, enum name_kind kind)
{
    const char *example = names_kind_words(kind)->example;
    struct workload *workload = parser->workload;
    struct attributes attributes = { .tickets = POLICY_TICKETS };
    size_t first = workload->task_count;
    struct steps steps = { 0 };
    const char *place;

    if (!declare_tasks(parser, kind, example))
        return false;
    place = scan_peek(&parser->scan).text;
    if (!parse_attributes(parser, &attributes, example))
        return false;
    if (kind == NAME_GENERATOR && attributes.given)
        return scan_fail(&parser->scan, place,
                         _("a generator runs inside its caller's turn and "
                           "stands in no line; remove everything between its "
                           "name and the colon"));
    if (attributes.at_spawn && attributes.afters > 0)
        return scan_fail(&parser->scan, place,
                         _("a task starts \"at spawn\" or \"after\" another "
                           "one, not both; remove one of them"));
    if (attributes.times > 0 && attributes.period_ns == 0)
        return scan_fail(&parser->scan, place,
                         _("\"times\" counts the jobs of a task with a "
                           "period; write it as in \"%s\""),
                         "task A period 50 times 6: cpu 10");
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
    return parse_group(parser, NAME_TASK);
}

bool parse_generator(struct parser *parser)
{
    return parse_group(parser, NAME_GENERATOR);
}
