/*
 * lesson_screen.c -- what is below one heading.
 *
 * Each kind of screen has a function that looks at every line: the keys it
 * knows are read, what belongs to another kind is reported. In the end it
 * reports what the screen still needs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/claim/number.h"
#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "lessons/parse/parse_internal.h"
#include "lessons/parse/source.h"
#include "sched/base/arena.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

static void missing(struct source *source, const char *what)
{
    source_problem(source, source->screen->line, 1, _("this screen needs %s"),
                   what);
}

static void add_predicate(struct source *source, const struct source_line *line,
                          const char *value)
{
    struct lesson *lesson = source->lesson;
    struct lesson_screen *screen = source->screen;
    struct predicate predicate;
    struct diag diag;

    if (screen->predicate_count == LESSON_CLAIMS_MAX) {
        source_problem(source, line->number, 1,
                       _("a screen may have at most %d such lines"),
                       LESSON_CLAIMS_MAX);
        return;
    }
    if (!predicate_parse(lesson->arena, lesson->file, line->number,
                         source_column(line, value), value, &predicate,
                         &diag)) {
        diags_copy(source->diags, &diag);
        return;
    }
    screen->predicate = arena_grow(lesson->arena, screen->predicate,
                                   screen->predicate_count, sizeof predicate);
    screen->predicate[screen->predicate_count++] = predicate;
}

/* "run N" of about: and start:. */
static void read_run(struct source *source, const struct source_line *line,
                     const char *value)
{
    int number = -1;

    if (strncmp(value, "run ", 4) == 0)
        number = number_parse_all(value + 4, NUMBER_RUNS_MAX);
    if (number < 1)
        source_problem(source, line->number, source_column(line, value),
                       _("expected \"run\" and its number"));
    else if (source->screen->run)
        source_problem(source, line->number, 1, _("duplicate key"));
    else
        source->screen->run = number;
}

/* A key of some other kind of screen, or a misspelt one. */
static void misplaced(struct source *source, const struct source_line *line)
{
    size_t length;

    if (source_key(line, &length))
        source_problem(source, line->number, 1,
                       _("\"%.*s:\" is not allowed on this screen"),
                       (int)(length > 40 ? 40 : length), line->text);
    else
        source_problem(source, line->number, line->indent + 1,
                       _("this line is not allowed on this screen"));
}

static bool known_key(const struct source_line *line)
{
    static const char *const keys[] = {
        "about",    "truth", "expect",      "mode", "machines",
        "slice",    "check", "workload",    "goal", "change",
        "solution", "hint",  "start",       "hide", "limit",
        "policy",   "gil",   "switch-cost", "show",
    };
    const char *value;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (source_is(line, keys[i], &value))
            return true;
    return false;
}

/* --- Predict and Observe -------------------------------------------------- */

static bool is_choice(const struct source_line *line)
{
    return strncmp(line->text, "- [", 3) == 0;
}

static void add_choice(struct source *source, const struct source_line *line)
{
    struct lesson_screen *screen = source->screen;
    const char *text = line->text;

    if ((text[3] != 'x' && text[3] != 'X' && text[3] != ' ') ||
        strncmp(text + 4, "] ", 2) != 0 || !text[6]) {
        source_problem(source, line->number, 1,
                       _("write a choice as \"- [ ] text\", the right one as "
                         "\"- [x] text\""));
        return;
    }
    screen->choice = arena_grow(source->lesson->arena, screen->choice,
                                screen->choice_count, sizeof *screen->choice);
    screen->choice[screen->choice_count++] = (struct lesson_choice){
        .text = text + 6, .right = text[3] != ' ', .line = line->number
    };
}

/* Continue *text, NULL at first, with the words of a line. */
static void append(struct source *source, const struct source_line *line,
                   const char **text, const char *more)
{
    size_t length = *text ? strlen(*text) + 1 : 0;
    size_t size = length + strlen(more) + 1;
    char *joined;

    if (size > LESSON_ANSWER_BYTES_MAX) {
        source_problem(source, line->number, 1,
                       _("an answer may have at most %d bytes"),
                       LESSON_ANSWER_BYTES_MAX);
        return;
    }
    joined = arena_alloc(source->lesson->arena, size);
    snprintf(joined, size, "%s%s%s", *text ? *text : "", *text ? " " : "",
             more);
    *text = joined;
}

/* An indented line below a choice: "> explanation", or more of the choice. */
static void choice_line(struct source *source, const struct source_line *line)
{
    struct lesson_screen *screen = source->screen;
    struct lesson_choice *choice = &screen->choice[screen->choice_count - 1];
    const char *text = line->text + line->indent;
    bool explains = choice->why || *text == '>';

    if (*text == '>')
        text += 1 + strspn(text + 1, " ");
    if (*text)
        append(source, line, explains ? &choice->why : &choice->text, text);
}

static void check_choices(struct source *source)
{
    const struct lesson_screen *screen = source->screen;
    size_t right = 0;

    for (size_t i = 0; i < screen->choice_count; i++) {
        const struct lesson_choice *choice = &screen->choice[i];

        right += choice->right;
        if (!choice->why)
            source_problem(source, choice->line, 1,
                           _("this choice needs an explanation: a line \"  > "
                             "…\" below it"));
        if (choice->right && right == 2)
            source_problem(source, choice->line, 1,
                           _("two choices are marked [x]; only one may be"));
    }
    if (screen->choice_count < 2)
        missing(source, _("2 to 5 choices \"- [ ] …\""));
    else if (right == 0)
        missing(source, _("a choice marked [x]"));
    if (screen->choice_count > LESSON_CHOICES_MAX)
        source_problem(source, screen->choice[LESSON_CHOICES_MAX].line, 1,
                       _("there may be at most %d choices"),
                       LESSON_CHOICES_MAX);
}

/* One line of a question. Returns whether it is text of the question itself:
 * what comes before the first choice and is no key. */
static bool question_line(struct source *source, const struct source_line *line)
{
    bool asked = source->screen->choice_count > 0;
    const char *value;

    if (source_is(line, "about", &value))
        read_run(source, line, value);
    else if (source_is(line, "truth", &value))
        add_predicate(source, line, value);
    else if (is_choice(line))
        add_choice(source, line);
    else if (known_key(line))
        misplaced(source, line);
    else if (asked && line->indent > 0)
        choice_line(source, line);
    else if (asked && !source_is_blank(line))
        misplaced(source, line);
    else
        return !asked;
    return false;
}

/* Keys may stand anywhere, also in the middle of the question: there they
 * leave a blank line, so that every line of text keeps its number. */
static void parse_question(struct source *source,
                           const struct source_section *section)
{
    struct lesson_screen *screen = source->screen;
    struct source_line *line = xcalloc(section->count, sizeof *line);
    struct source_section question = { line, section->count };

    for (size_t i = 0; i < section->count; i++)
        line[i] = question_line(source, &section->line[i])
                      ? section->line[i]
                      : (struct source_line){ "", section->line[i].number, 0 };
    screen->text = source_text(source, &question, &screen->text_line, NULL);
    free(line);
    if (!screen->text)
        missing(source, _("a question"));
    if (!screen->run)
        missing(source, _("the line \"about: run 1\""));
    if (screen->predicate_count == 0)
        missing(source, _("a line \"truth: …\" that proves the answer"));
    check_choices(source);
}

/* --- Run ------------------------------------------------------------------ */

/* One word of `show:`, or 0. */
static unsigned show_of(const char *word, size_t length)
{
    static const char *const words[] = { "program", "values", "output" };

    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && !memcmp(words[i], word, length))
            return 1U << i;
    return 0;
}

static void parse_show(struct source *source, const struct source_line *line,
                       const char *value)
{
    struct lesson_screen *screen = source->screen;
    const char *word = value;

    if (screen->show)
        source_problem(source, line->number, 1, _("duplicate key"));
    do {
        size_t length = strcspn(word, " ");
        unsigned show = show_of(word, length);

        if (!show || (screen->show & show)) {
            source_problem(source, line->number, source_column(line, word),
                           _("expected \"program\", \"values\" and "
                             "\"output\", or some of these"));
            return;
        }
        screen->show |= show;
        word += length;
        word += strspn(word, " ");
    } while (*word);
}

static void parse_run(struct source *source,
                      const struct source_section *section)
{
    struct lesson_screen *screen = source->screen;
    const char *value;

    for (size_t i = 0; i < section->count; i++) {
        const struct source_line *line = &section->line[i];

        if (source_is_blank(line) ||
            lesson_settings_parse(source, line, &screen->settings))
            continue;
        if (source_is(line, "expect", &value))
            add_predicate(source, line, value);
        else if (source_is(line, "workload", &value))
            screen->workload_name = value;
        else if (source_is(line, "hide", &value) && !strcmp(value, "program"))
            screen->hide = true;
        else if (source_is(line, "show", &value))
            parse_show(source, line, value);
        else
            misplaced(source, line);
    }
    if (!screen->settings.mode)
        missing(source, _("the line \"mode: …\""));
}

/* --- Modify --------------------------------------------------------------- */

static void add_hint(struct source *source, const char *value)
{
    struct lesson_screen *screen = source->screen;

    screen->hint = arena_grow(source->lesson->arena, screen->hint,
                              screen->hint_count, sizeof *screen->hint);
    screen->hint[screen->hint_count++] = value;
}

static void modify_line(struct source *source, const struct source_line *line)
{
    struct lesson_screen *screen = source->screen;
    const char *value;

    if (source_is(line, "goal", &value)) {
        screen->goal = value;
    } else if (source_is(line, "start", &value)) {
        read_run(source, line, value);
    } else if (source_is(line, "workload", &value)) {
        screen->workload_name = value;
    } else if (source_is(line, "change", &value)) {
        screen->change_text = value;
        lesson_settings_change(source, line, value, &screen->change);
    } else if (source_is(line, "check", &value)) {
        add_predicate(source, line, value);
    } else if (source_is(line, "hint", &value)) {
        add_hint(source, value);
    } else if (!source_is_blank(line)) {
        misplaced(source, line);
    }
}

/* A copy of line with its indentation taken away: settings are indented in
 * a solution. */
static struct source_line unindented(const struct source_line *line)
{
    return (struct source_line){ line->text + line->indent, line->number, 0 };
}

/* Below "solution:": settings and task lines. Settings are read and become
 * blank lines, so that the tasks keep their places. */
static size_t parse_solution(struct source *source,
                             const struct source_section *section, size_t first)
{
    struct lesson_screen *screen = source->screen;
    struct source_line *line = xcalloc(section->count, sizeof *line);
    struct source_section tasks = { line, 0 };
    size_t i = first;

    for (; i < section->count; i++) {
        struct source_line setting = unindented(&section->line[i]);

        if (section->line[i].indent == 0 && !source_is_blank(&setting))
            break;
        line[tasks.count] = section->line[i];
        if (lesson_settings_parse(source, &setting, &screen->settings))
            line[tasks.count] = (struct source_line){ "", setting.number, 0 };
        tasks.count++;
    }
    screen->solution = source_text(source, &tasks, &screen->solution_line,
                                   &screen->solution_column);
    free(line);
    return i;
}

static void parse_modify(struct source *source,
                         const struct source_section *section)
{
    struct lesson_screen *screen = source->screen;
    bool solution = false;
    const char *value;

    for (size_t i = 0; i < section->count;) {
        if (source_is(&section->line[i], "solution", &value)) {
            solution = true;
            i = parse_solution(source, section, i + 1);
        } else {
            modify_line(source, &section->line[i++]);
        }
    }
    if (!screen->goal || !*screen->goal)
        missing(source, _("the line \"goal: …\""));
    if (!screen->run)
        missing(source, _("the line \"start: run 1\""));
    if (!screen->change_text)
        missing(source, _("the line \"change: …\""));
    if (screen->predicate_count == 0)
        missing(source, _("a line \"check: …\""));
    if (!solution)
        missing(source, _("\"solution:\" followed by indented lines"));
}

/* --- Workload and prose --------------------------------------------------- */

static void parse_workload(struct source *source,
                           const struct source_section *section)
{
    struct lesson_screen *screen = source->screen;

    for (size_t i = 0; i < section->count; i++)
        if (!source_is_blank(&section->line[i]) && section->line[i].indent == 0)
            source_problem(source, section->line[i].number, 1,
                           _("indent task lines by four spaces"));
    screen->text = source_text(source, section, &screen->text_line,
                               &screen->solution_column);
    if (!screen->text)
        missing(source, _("task lines"));
}

static void parse_prose(struct source *source,
                        const struct source_section *section)
{
    struct lesson_screen *screen = source->screen;

    screen->text = source_text(source, section, &screen->text_line, NULL);
    if (!screen->text)
        missing(source, _("some text"));
}

void lesson_screen_parse(struct source *source,
                         const struct source_section *section)
{
    static void (*const parse[LESSON_KINDS])(struct source *,
                                             const struct source_section *) = {
        [LESSON_EXPLAIN] = parse_prose,    [LESSON_WORKLOAD] = parse_workload,
        [LESSON_PREDICT] = parse_question, [LESSON_RUN] = parse_run,
        [LESSON_OBSERVE] = parse_question, [LESSON_REFLECT] = parse_prose,
        [LESSON_MODIFY] = parse_modify,    [LESSON_SUMMARY] = parse_prose,
        [LESSON_LECTURER] = parse_prose,
    };

    parse[source->screen->kind](source, section);
}
