/*
 * lesson_screen.c -- what stands below one heading.
 */
#include <stdlib.h>
#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "lessons/parse/lesson_parse.h"
#include "sched/base/arena.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

/* What one screen gathers while its lines are read. */
struct gather {
    struct parser *parser;
    struct lesson_screen *screen;
    struct predicate *predicate;
    size_t predicate_count, predicate_capacity;
    struct lesson_choice *choice;
    size_t choice_count, choice_capacity;
    const char **hint;
    size_t hint_count, hint_capacity;
    bool about, goal, change;
};

static void finish(struct gather *gather)
{
    struct lesson_screen *screen = gather->screen;
    struct parser *parser = gather->parser;

    screen->predicate_count = gather->predicate_count;
    screen->predicate = parser_keep(parser, gather->predicate,
                                    gather->predicate_count *
                                        sizeof *gather->predicate);
    screen->choice_count = gather->choice_count;
    screen->choice = parser_keep(parser, gather->choice,
                                 gather->choice_count * sizeof *gather->choice);
    screen->hint_count = gather->hint_count;
    screen->hint = parser_keep(parser, gather->hint,
                               gather->hint_count * sizeof *gather->hint);
    free(gather->predicate);
    free(gather->choice);
    free(gather->hint);
}

static void missing(struct gather *gather, const char *what)
{
    diags_add(gather->parser->diags, gather->parser->lesson->file,
              gather->screen->line, 1, _("this screen needs %s"), what);
}

static void add_predicate(struct gather *gather, const struct line *line,
                          const char *value)
{
    struct lesson *lesson = gather->parser->lesson;
    struct predicate predicate;
    struct diag diag;

    if (gather->predicate_count == LESSON_CLAIMS_MAX) {
        parser_problem(gather->parser, line, 1,
                       _("a screen may have %d such lines at most"),
                       LESSON_CLAIMS_MAX);
        return;
    }
    if (!predicate_parse(lesson->arena, lesson->file, line->number,
                         line_column(line, value), value, &predicate, &diag)) {
        diags_copy(gather->parser->diags, &diag);
        return;
    }
    gather->predicate = xgrow(gather->predicate, gather->predicate_count,
                              &gather->predicate_capacity,
                              sizeof *gather->predicate);
    gather->predicate[gather->predicate_count++] = predicate;
}

/* "run N" of about: and start:. */
static void read_run(struct gather *gather, const struct line *line,
                     const char *value)
{
    char *end;
    long number = 0;

    if (strncmp(value, "run ", 4) == 0)
        number = strtol(value + 4, &end, 10);
    if (number < 1 || number > 999 || *end)
        parser_problem(gather->parser, line, line_column(line, value),
                       _("here \"run\" and its number must stand"));
    else if (gather->screen->run)
        parser_problem(gather->parser, line, 1, _("this is said twice"));
    else
        gather->screen->run = (int)number;
}

/* A key of some other kind of screen, or a misspelt one. */
static void misplaced(struct gather *gather, const struct line *line)
{
    size_t length;

    if (line_key(line, &length))
        parser_problem(gather->parser, line, 1,
                       _("\"%.*s:\" does not belong into this screen"),
                       (int)(length > 40 ? 40 : length), line->text);
    else
        parser_problem(gather->parser, line, line->indent + 1,
                       _("this line does not belong into this screen"));
}

static bool known_key(const struct line *line)
{
    static const char *const keys[] = {
        "about", "truth",    "expect", "mode",   "machines", "slice",
        "check", "workload", "goal",   "change", "solution", "hint",
        "start", "hide",     "limit",  "policy", "gil",      "switch-cost",
    };
    const char *value;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (line_is(line, keys[i], &value))
            return true;
    return false;
}

/* --- Predict and Observe -------------------------------------------------- */

static bool is_choice(const struct line *line)
{
    return strncmp(line->text, "- [", 3) == 0;
}

static void add_choice(struct gather *gather, const struct line *line)
{
    const char *text = line->text;
    struct lesson_choice *choice;

    if ((text[3] != 'x' && text[3] != 'X' && text[3] != ' ') ||
        strncmp(text + 4, "] ", 2) != 0 || !text[6]) {
        parser_problem(gather->parser, line, 1,
                       _("a choice is written \"- [ ] text\", the right one "
                         "\"- [x] text\""));
        return;
    }
    gather->choice = xgrow(gather->choice, gather->choice_count,
                           &gather->choice_capacity, sizeof *gather->choice);
    choice = &gather->choice[gather->choice_count++];
    *choice = (struct lesson_choice){ .text = text + 6,
                                      .right = text[3] != ' ',
                                      .line = line->number };
}

/* Continue text with the words of a line, in the arena. */
static const char *append(struct gather *gather, const struct line *line,
                          const char *text, const char *more)
{
    size_t length = text ? strlen(text) : 0, size = length + strlen(more) + 2;
    char *joined;

    if (size > LESSON_ANSWER_BYTES_MAX) {
        parser_problem(gather->parser, line, 1,
                       _("an answer may have %d bytes at most"),
                       LESSON_ANSWER_BYTES_MAX);
        return text ? text : "";
    }
    joined = arena_alloc(gather->parser->lesson->arena, size);
    if (text) {
        memcpy(joined, text, length);
        joined[length++] = ' ';
    }
    memcpy(joined + length, more, strlen(more) + 1);
    return joined;
}

/* An indented line below a choice: "> explanation", or more of the choice. */
static void choice_line(struct gather *gather, const struct line *line)
{
    struct lesson_choice *choice = &gather->choice[gather->choice_count - 1];
    const char *text = line->text + line->indent;

    if (*text == '>') {
        text += 1 + strspn(text + 1, " ");
        if (*text)
            choice->why = append(gather, line, choice->why, text);
    } else if (!choice->why) {
        choice->text = append(gather, line, choice->text, text);
    } else {
        choice->why = append(gather, line, choice->why, text);
    }
}

static void check_choices(struct gather *gather)
{
    struct parser *parser = gather->parser;
    size_t right = 0;

    for (size_t i = 0; i < gather->choice_count; i++) {
        right += gather->choice[i].right;
        if (!gather->choice[i].why)
            diags_add(parser->diags, parser->lesson->file,
                      gather->choice[i].line, 1,
                      _("this choice has no explanation: a line \"  > …\" "
                        "below it"));
        if (gather->choice[i].right && right == 2)
            diags_add(parser->diags, parser->lesson->file,
                      gather->choice[i].line, 1,
                      _("two choices are marked [x]; one may be"));
    }
    if (gather->choice_count < 2)
        missing(gather, _("2 to 5 choices \"- [ ] …\""));
    else if (right == 0)
        missing(gather, _("a choice marked [x]"));
    if (gather->choice_count > LESSON_CHOICES_MAX)
        diags_add(parser->diags, parser->lesson->file,
                  gather->choice[LESSON_CHOICES_MAX].line, 1,
                  _("there may be %d choices at most"), LESSON_CHOICES_MAX);
}

static void question_line(struct gather *gather, const struct line *line,
                          struct section *question)
{
    const char *value;

    if (line_is(line, "about", &value))
        read_run(gather, line, value);
    else if (line_is(line, "truth", &value))
        add_predicate(gather, line, value);
    else if (is_choice(line))
        add_choice(gather, line);
    else if (known_key(line))
        misplaced(gather, line);
    else if (gather->choice_count > 0 && line->indent > 0)
        choice_line(gather, line);
    else if (gather->choice_count > 0 && !line_is_blank(line))
        misplaced(gather, line);
    else if (gather->choice_count == 0 &&
             (question->count > 0 || !line_is_blank(line))) {
        if (question->count == 0)
            question->line = line;
        question->count = (size_t)(line - question->line) + 1;
    }
}

static void parse_question(struct gather *gather, const struct section *section)
{
    struct lesson_screen *screen = gather->screen;
    struct section question = { NULL, 0 };

    for (size_t i = 0; i < section->count; i++)
        question_line(gather, &section->line[i], &question);
    screen->text = section_text(gather->parser, &question, &screen->text_line);
    if (!screen->text)
        missing(gather, _("a question"));
    if (!screen->run)
        missing(gather, _("the line \"about: run 1\""));
    if (gather->predicate_count == 0)
        missing(gather, _("a line \"truth: …\" that proves the answer"));
    check_choices(gather);
}

/* --- Run ------------------------------------------------------------------ */

static void parse_run(struct gather *gather, const struct section *section)
{
    struct lesson_screen *screen = gather->screen;
    const char *value;

    for (size_t i = 0; i < section->count; i++) {
        const struct line *line = &section->line[i];

        if (line_is_blank(line) ||
            settings_parse(gather->parser, line, &screen->settings))
            continue;
        if (line_is(line, "expect", &value))
            add_predicate(gather, line, value);
        else if (line_is(line, "workload", &value))
            screen->workload_name = value;
        else if (line_is(line, "hide", &value) && !strcmp(value, "program"))
            screen->hide = true;
        else
            misplaced(gather, line);
    }
    if (!screen->settings.mode)
        missing(gather, _("the line \"mode: …\""));
}

/* --- Modify --------------------------------------------------------------- */

static void add_hint(struct gather *gather, const char *value)
{
    gather->hint = xgrow(gather->hint, gather->hint_count,
                         &gather->hint_capacity, sizeof *gather->hint);
    gather->hint[gather->hint_count++] = value;
}

static void modify_line(struct gather *gather, const struct line *line)
{
    struct lesson_screen *screen = gather->screen;
    const char *value;

    if (line_is(line, "goal", &value)) {
        screen->goal = value;
    } else if (line_is(line, "start", &value)) {
        read_run(gather, line, value);
    } else if (line_is(line, "workload", &value)) {
        screen->workload_name = value;
    } else if (line_is(line, "change", &value)) {
        screen->change_text = value;
        change_parse(gather->parser, line, value, &screen->change);
    } else if (line_is(line, "check", &value)) {
        add_predicate(gather, line, value);
    } else if (line_is(line, "hint", &value)) {
        add_hint(gather, value);
    } else if (!line_is_blank(line)) {
        misplaced(gather, line);
    }
}

/* A copy of line with its indentation taken away: settings are indented in
 * a solution. */
static struct line unindented(const struct line *line)
{
    return (struct line){ line->text + line->indent, line->number, 0 };
}

/* Below "solution:": settings and task lines. Settings are read and become
 * blank lines, so that the tasks keep their places. */
static size_t parse_solution(struct gather *gather,
                             const struct section *section, size_t first)
{
    struct lesson_screen *screen = gather->screen;
    struct line *line = xcalloc(section->count, sizeof *line);
    struct section tasks = { line, 0 };
    size_t i = first;

    for (; i < section->count; i++) {
        struct line setting = unindented(&section->line[i]);

        if (section->line[i].indent == 0 && !line_is_blank(&setting))
            break;
        line[tasks.count] = section->line[i];
        if (settings_parse(gather->parser, &setting, &screen->settings))
            line[tasks.count] = (struct line){ "", setting.number, 0 };
        tasks.count++;
    }
    screen->solution = section_block(gather->parser, &tasks,
                                     &screen->solution_line,
                                     &screen->solution_column);
    free(line);
    return i;
}

static void parse_modify(struct gather *gather, const struct section *section)
{
    struct lesson_screen *screen = gather->screen;
    bool solution = false;
    const char *value;

    for (size_t i = 0; i < section->count;) {
        if (line_is(&section->line[i], "solution", &value)) {
            solution = true;
            i = parse_solution(gather, section, i + 1);
        } else {
            modify_line(gather, &section->line[i++]);
        }
    }
    if (!screen->goal || !*screen->goal)
        missing(gather, _("the line \"goal: …\""));
    if (!screen->run)
        missing(gather, _("the line \"start: run 1\""));
    if (!screen->change_text)
        missing(gather, _("the line \"change: …\""));
    if (gather->predicate_count == 0)
        missing(gather, _("a line \"check: …\""));
    if (!solution)
        missing(gather, _("\"solution:\" and, below it, indented lines"));
}

/* --- Workload and prose --------------------------------------------------- */

static void parse_workload(struct gather *gather, const struct section *section)
{
    struct lesson_screen *screen = gather->screen;

    for (size_t i = 0; i < section->count; i++)
        if (!line_is_blank(&section->line[i]) && section->line[i].indent == 0)
            parser_problem(gather->parser, &section->line[i], 1,
                           _("task lines are indented by four spaces"));
    screen->text = section_block(gather->parser, section, &screen->text_line,
                                 &screen->solution_column);
    if (!screen->text)
        missing(gather, _("task lines"));
}

static void parse_prose(struct gather *gather, const struct section *section)
{
    struct lesson_screen *screen = gather->screen;

    screen->text = section_text(gather->parser, section, &screen->text_line);
    if (!screen->text)
        missing(gather, _("a text"));
}

void screen_parse(struct parser *parser, struct lesson_screen *screen,
                  const struct section *section)
{
    static void (*const parse[LESSON_KINDS])(struct gather *,
                                             const struct section *) = {
        [LESSON_EXPLAIN] = parse_prose,    [LESSON_WORKLOAD] = parse_workload,
        [LESSON_PREDICT] = parse_question, [LESSON_RUN] = parse_run,
        [LESSON_OBSERVE] = parse_question, [LESSON_REFLECT] = parse_prose,
        [LESSON_MODIFY] = parse_modify,    [LESSON_SUMMARY] = parse_prose,
        [LESSON_LECTURER] = parse_prose,
    };
    struct gather gather = { .parser = parser, .screen = screen };

    parse[screen->kind](&gather, section);
    finish(&gather);
}
