/*
 * lesson_resolve.c -- everything in a lesson that speaks of something else:
 * names of workloads, numbers of runs, tasks in claims, placeholders.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/bounds.h"
#include "lessons/parse/diags.h"
#include "lessons/parse/lesson_parse.h"
#include "lessons/session/reflect.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"

__attribute__((format(printf, 3, 4))) static void problem(struct parser *parser,
                                                          int line,
                                                          const char *format,
                                                          ...)
{
    char message[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    diags_add(parser->diags, parser->lesson->file, line, 1, "%s", message);
}

/* --- workloads ------------------------------------------------------------ */

static int find_workload(const struct lesson *lesson, const char *name)
{
    for (size_t i = 0; i < lesson->workload_count; i++)
        if (!name || strcmp(lesson->workload[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void add_workload(struct parser *parser,
                         const struct lesson_screen *screen, size_t *capacity)
{
    struct lesson *lesson = parser->lesson;
    struct lesson_workload *workload;
    struct diag diag;

    if (find_workload(lesson, screen->title) >= 0) {
        problem(parser, screen->line,
                _("there is already a workload called \"%s\""), screen->title);
        return;
    }
    lesson->workload = xgrow(lesson->workload, lesson->workload_count, capacity,
                             sizeof *lesson->workload);
    workload = &lesson->workload[lesson->workload_count++];
    *workload = (struct lesson_workload){ .name = screen->title,
                                          .text = screen->text,
                                          .line = screen->text_line,
                                          .column = screen->solution_column };
    workload->workload = lesson_workload(lesson, workload->text, workload->line,
                                         workload->column, &diag);
    if (!workload->workload)
        diags_copy(parser->diags, &diag);
}

static void choose_workload(struct parser *parser, struct lesson_screen *screen)
{
    screen->workload = find_workload(parser->lesson, screen->workload_name);
    if (screen->workload >= 0)
        return;
    if (screen->workload_name)
        problem(parser, screen->line, _("there is no workload called \"%s\""),
                screen->workload_name);
    else
        problem(parser, screen->line, _("there is no workload to run"));
}

/* The parsed workload of a screen, or NULL if it had a problem. */
static const struct workload *workload_of(const struct parser *parser,
                                          const struct lesson_screen *screen)
{
    if (!screen || screen->workload < 0)
        return NULL;
    return parser->lesson->workload[screen->workload].workload;
}

/* --- claims --------------------------------------------------------------- */

static bool knows_letters(const struct predicate *predicate,
                          const struct workload *workload)
{
    char name[80];
    const char *at = predicate->words;

    while (*at) {
        size_t length = strcspn(at, " ");

        if (length >= sizeof name)
            return false;
        memcpy(name, at, length);
        name[length] = '\0';
        if (workload_find_task(workload, name) < 0)
            return false;
        at += length + strspn(at + length, " ");
    }
    return true;
}

static void check_claim(struct parser *parser,
                        const struct predicate *predicate,
                        const struct workload *workload)
{
    const struct lesson_screen *other;

    if (!metric_exists(&predicate->metric, workload))
        diags_add(parser->diags, parser->lesson->file, predicate->line,
                  predicate->column,
                  _("the workload of this run has nothing called \"%s\""),
                  predicate->metric.name);
    else if (predicate->right == RIGHT_ORDER &&
             !knows_letters(predicate, workload))
        diags_add(parser->diags, parser->lesson->file, predicate->line,
                  predicate->column,
                  _("not all letters are tasks of this run"));
    if (predicate->right != RIGHT_RUN)
        return;
    other = lesson_run_screen(parser->lesson, predicate->other_run);
    if (!other)
        diags_add(parser->diags, parser->lesson->file, predicate->line,
                  predicate->column, _("there is no run %d"),
                  predicate->other_run);
    else if (workload_of(parser, other) &&
             !metric_exists(&predicate->other, workload_of(parser, other)))
        diags_add(parser->diags, parser->lesson->file, predicate->line,
                  predicate->column,
                  _("the workload of this run has nothing called \"%s\""),
                  predicate->other.name);
}

/* Which run a claim of a screen is about; NULL is reported. */
static const struct lesson_screen *claimed(struct parser *parser,
                                           const struct lesson_screen *screen,
                                           const struct predicate *predicate)
{
    bool question = screen->kind == LESSON_PREDICT ||
                    screen->kind == LESSON_OBSERVE;
    int number = predicate->run ? predicate->run : screen->run;
    const struct lesson_screen *run = lesson_run_screen(parser->lesson, number);

    if (predicate->run && !question)
        diags_add(parser->diags, parser->lesson->file, predicate->line,
                  predicate->column,
                  _("which run is meant is clear here: leave \"run %d\" out"),
                  predicate->run);
    else if (!run && predicate->run && number != screen->run)
        diags_add(parser->diags, parser->lesson->file, predicate->line,
                  predicate->column, _("there is no run %d"), number);
    return run;
}

static void check_claims(struct parser *parser,
                         const struct lesson_screen *screen)
{
    for (size_t i = 0; i < screen->predicate_count; i++) {
        const struct predicate *predicate = &screen->predicate[i];
        const struct lesson_screen *run = claimed(parser, screen, predicate);
        const struct workload *workload = workload_of(
            parser, screen->kind == LESSON_MODIFY ? screen : run);

        if (workload)
            check_claim(parser, predicate, workload);
    }
}

/* --- screens -------------------------------------------------------------- */

static bool comes_before(const struct lesson_screen *a,
                         const struct lesson_screen *b)
{
    return a->line < b->line;
}

static void check_about(struct parser *parser,
                        const struct lesson_screen *screen)
{
    const struct lesson_screen *run = lesson_run_screen(parser->lesson,
                                                        screen->run);

    if (!screen->run)
        return;
    if (!run)
        diags_add(parser->diags, parser->lesson->file, screen->line, 1,
                  _("there is no run %d"), screen->run);
    else if (screen->kind == LESSON_PREDICT && comes_before(run, screen))
        problem(parser, screen->line,
                _("a prediction must come before its run"));
    else if (screen->kind != LESSON_PREDICT && comes_before(screen, run))
        problem(parser, screen->line,
                _("this screen must come after the run it speaks of"));
}

static void check_machines(struct parser *parser,
                           const struct lesson_screen *screen,
                           const struct lesson_settings *settings)
{
    if (!settings->mode)
        return;
    if ((mode_traits(settings->mode) & PARALLEL) && settings->machines < 0)
        problem(parser, screen->line,
                _("with mode %s the line \"machines: …\" is needed"),
                settings->mode);
    if (!(mode_traits(settings->mode) & PARALLEL) && settings->machines > 1)
        problem(parser, screen->line, _("mode %s has one machine only"),
                settings->mode);
}

static void check_bounds(struct parser *parser, const struct workload *workload,
                         const struct lesson_settings *settings, int line)
{
    struct lesson_settings complete = *settings;
    struct diag diag;

    lesson_settings_complete(&complete);
    if (workload && !bounds_check(workload, &complete, &diag))
        problem(parser, line, "%s", diag.message);
}

static void check_run(struct parser *parser, struct lesson_screen *screen)
{
    if (screen->run && lesson_run_screen(parser->lesson, screen->run) != screen)
        problem(parser, screen->line, _("two runs have this number"));
    choose_workload(parser, screen);
    check_machines(parser, screen, &screen->settings);
    check_bounds(parser, workload_of(parser, screen), &screen->settings,
                 screen->line);
}

static void check_names(struct parser *parser,
                        const struct lesson_screen *screen,
                        const struct lesson_names *names,
                        const struct workload *workload)
{
    for (size_t i = 0; i < names->count; i++)
        if (workload_find_task(workload, names->name[i]) < 0)
            problem(parser, screen->line,
                    _("what is to be changed has no task \"%s\""),
                    names->name[i]);
}

static void check_solution(struct parser *parser,
                           const struct lesson_screen *screen,
                           const struct lesson_settings *settings)
{
    struct workload *workload;
    struct diag diag;

    if (!screen->solution)
        return;
    workload = lesson_workload(parser->lesson, screen->solution,
                               screen->solution_line, screen->solution_column,
                               &diag);
    if (!workload)
        diags_copy(parser->diags, &diag);
    check_bounds(parser, workload, settings, screen->solution_line);
    workload_free(workload);
}

static void check_modify(struct parser *parser, struct lesson_screen *screen)
{
    const struct lesson_screen *start = lesson_run_screen(parser->lesson,
                                                          screen->run);
    const struct workload *workload;
    struct lesson_settings settings;

    check_about(parser, screen);
    if (!start)
        return;
    if (!screen->workload_name)
        screen->workload_name = start->workload_name;
    choose_workload(parser, screen);
    workload = workload_of(parser, screen);
    settings = start->settings;
    lesson_settings_apply(&settings, &screen->settings);
    check_solution(parser, screen, &settings);
    if (!workload)
        return;
    check_names(parser, screen, &screen->change.numbers, workload);
    check_names(parser, screen, &screen->change.step_order, workload);
    check_names(parser, screen, &screen->change.steps, workload);
}

/* --- placeholders --------------------------------------------------------- */

static void check_placeholder(struct parser *parser,
                              const struct lesson_screen *screen,
                              const struct placeholder *placeholder, int line,
                              int column)
{
    const struct lesson_screen *run = lesson_run_screen(parser->lesson,
                                                        placeholder->run);
    const struct workload *workload = workload_of(parser, run);
    const char *file = parser->lesson->file;

    if (!run)
        diags_add(parser->diags, file, line, column, _("there is no run %d"),
                  placeholder->run);
    else if (comes_before(screen, run))
        diags_add(parser->diags, file, line, column,
                  _("run %d has not happened yet at this place"),
                  placeholder->run);
    else if (workload && !metric_exists(&placeholder->metric, workload))
        diags_add(parser->diags, file, line, column,
                  _("the workload of this run has nothing called \"%s\""),
                  placeholder->metric.name);
}

static void check_reflect(struct parser *parser,
                          const struct lesson_screen *screen)
{
    struct placeholder placeholder;
    const char *at = screen->text ? screen->text : "", *start = at;
    int line = screen->text_line;

    for (; *at; at++) {
        int column = (int)(at - start) + 1;

        if (*at == '\n') {
            line++;
            start = at + 1;
        } else if (*at == '{' &&
                   placeholder_parse(parser->lesson->arena, at, &placeholder)) {
            check_placeholder(parser, screen, &placeholder, line, column);
        } else if (*at == '{') {
            diags_add(parser->diags, parser->lesson->file, line, column,
                      _("a number is written {run 1 makespan} or "
                        "{run 1 makespan:7}"));
        }
    }
}

void lesson_resolve(struct parser *parser)
{
    struct lesson *lesson = parser->lesson;
    size_t capacity = 0;

    for (size_t i = 0; i < lesson->screen_count; i++)
        if (lesson->screen[i].kind == LESSON_WORKLOAD && lesson->screen[i].text)
            add_workload(parser, &lesson->screen[i], &capacity);
    for (size_t i = 0; i < lesson->screen_count; i++)
        if (lesson->screen[i].kind == LESSON_RUN)
            check_run(parser, &lesson->screen[i]);
    for (size_t i = 0; i < lesson->screen_count; i++) {
        struct lesson_screen *screen = &lesson->screen[i];

        if (screen->kind == LESSON_PREDICT || screen->kind == LESSON_OBSERVE)
            check_about(parser, screen);
        else if (screen->kind == LESSON_MODIFY)
            check_modify(parser, screen);
        else if (screen->kind == LESSON_REFLECT)
            check_reflect(parser, screen);
        check_claims(parser, screen);
    }
}
