/*
 * lesson_resolve.c -- everything in a lesson that refers to something else:
 * names of workloads, numbers of runs, tasks in claims, placeholders.
 */
#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/bounds.h"
#include "lessons/parse/diags.h"
#include "lessons/parse/parse_internal.h"
#include "lessons/parse/source.h"
#include "lessons/session/reflect.h"
#include "sched/base/arena.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"

/* --- workloads ------------------------------------------------------------ */

/* Index of the workload called name, or of the first if name is NULL. */
static int find_workload(const struct lesson *lesson, const char *name)
{
    for (size_t i = 0; i < lesson->workload_count; i++)
        if (!name || strcmp(lesson->workload[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void add_workload(struct source *source,
                         const struct lesson_screen *screen)
{
    struct lesson *lesson = source->lesson;
    struct lesson_workload *workload;
    struct diag diag;

    if (find_workload(lesson, screen->title) >= 0) {
        source_problem(source, screen->line, 1,
                       _("there is already a workload called \"%s\""),
                       screen->title);
        return;
    }
    lesson->workload = arena_grow(lesson->arena, lesson->workload,
                                  lesson->workload_count, sizeof *workload);
    workload = &lesson->workload[lesson->workload_count++];
    *workload = (struct lesson_workload){ .name = screen->title,
                                          .text = screen->text,
                                          .line = screen->text_line,
                                          .column = screen->solution_column };
    workload->workload = lesson_workload(lesson, workload->text, workload->line,
                                         workload->column, &diag);
    if (!workload->workload)
        diags_copy(source->diags, &diag);
}

static void choose_workload(struct source *source, struct lesson_screen *screen)
{
    screen->workload = find_workload(source->lesson, screen->workload_name);
    if (screen->workload >= 0)
        return;
    if (screen->workload_name)
        source_problem(source, screen->line, 1,
                       _("there is no workload called \"%s\""),
                       screen->workload_name);
    else
        source_problem(source, screen->line, 1,
                       _("there is no workload to run"));
}

/* The parsed workload of a screen, or NULL if it had a problem. */
static const struct workload *workload_of(const struct source *source,
                                          const struct lesson_screen *screen)
{
    if (!screen || screen->workload < 0)
        return NULL;
    return source->lesson->workload[screen->workload].workload;
}

/* --- claims --------------------------------------------------------------- */

/* The run called number, or NULL; that is reported. */
static const struct lesson_screen *find_run(struct source *source, int number,
                                            int line, int column)
{
    const struct lesson_screen *run = lesson_run_screen(source->lesson, number);

    if (!run)
        source_problem(source, line, column, _("there is no run %d"), number);
    return run;
}

/* Whether a workload, if it could be read, has what a metric is about. */
static bool check_metric(struct source *source, const struct metric *metric,
                         const struct workload *workload, int line, int column)
{
    if (!workload || metric_exists(metric, workload))
        return true;
    source_problem(source, line, column,
                   _("the workload of this run has no task or variable \"%s\""),
                   metric->name);
    return false;
}

/* Whether the words on the right side of a claim are all tasks. */
static bool knows_letters(struct source *source,
                          const struct predicate *predicate,
                          const struct workload *workload)
{
    char *words = arena_copy(source->lesson->arena, predicate->words,
                             strlen(predicate->words));
    char *rest;

    for (char *word = strtok_r(words, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest))
        if (workload_find_task(workload, word) < 0)
            return false;
    return true;
}

static void check_claim(struct source *source,
                        const struct predicate *predicate,
                        const struct workload *workload)
{
    int line = predicate->line, column = predicate->column;
    const struct lesson_screen *other;

    if (check_metric(source, &predicate->metric, workload, line, column) &&
        predicate->right == RIGHT_ORDER &&
        !knows_letters(source, predicate, workload))
        source_problem(source, line, column,
                       _("not every name is a task of this run"));
    if (predicate->right != RIGHT_RUN)
        return;
    other = find_run(source, predicate->other_run, line, column);
    check_metric(source, &predicate->other, workload_of(source, other), line,
                 column);
}

/* Which run a claim of a screen is about; NULL is reported. */
static const struct lesson_screen *claimed(struct source *source,
                                           const struct lesson_screen *screen,
                                           const struct predicate *predicate)
{
    bool question = screen->kind == LESSON_PREDICT ||
                    screen->kind == LESSON_OBSERVE;

    if (predicate->run && !question)
        source_problem(source, predicate->line, predicate->column,
                       _("it is clear which run is meant: leave out "
                         "\"run %d\""),
                       predicate->run);
    else if (predicate->run && predicate->run != screen->run)
        return find_run(source, predicate->run, predicate->line,
                        predicate->column);
    return lesson_run_screen(source->lesson,
                             predicate->run ? predicate->run : screen->run);
}

static void check_claims(struct source *source,
                         const struct lesson_screen *screen)
{
    for (size_t i = 0; i < screen->predicate_count; i++) {
        const struct predicate *predicate = &screen->predicate[i];
        const struct lesson_screen *run = claimed(source, screen, predicate);
        const struct workload *workload = workload_of(
            source, screen->kind == LESSON_MODIFY ? screen : run);

        if (workload)
            check_claim(source, predicate, workload);
    }
}

/* --- screens -------------------------------------------------------------- */

static void check_about(struct source *source,
                        const struct lesson_screen *screen)
{
    const struct lesson_screen *run;

    if (!screen->run)
        return;
    run = find_run(source, screen->run, screen->line, 1);
    if (!run)
        return;
    if (screen->kind == LESSON_PREDICT && run->line < screen->line)
        source_problem(source, screen->line, 1,
                       _("a prediction must come before its run"));
    else if (screen->kind != LESSON_PREDICT && screen->line < run->line)
        source_problem(source, screen->line, 1,
                       _("this screen must come after the run it is about"));
}

static void check_machines(struct source *source,
                           const struct lesson_screen *screen,
                           const struct lesson_settings *settings)
{
    bool parallel;

    if (!settings->mode)
        return;
    parallel = mode_traits(settings->mode) & PARALLEL;
    if (parallel && settings->machines < 0)
        source_problem(source, screen->line, 1,
                       _("mode %s needs the line \"machines: …\""),
                       settings->mode);
    if (!parallel && settings->machines > 1)
        source_problem(source, screen->line, 1,
                       _("mode %s has only one machine"), settings->mode);
}

static void check_bounds(struct source *source, const struct workload *workload,
                         const struct lesson_settings *settings, int line)
{
    struct lesson_settings complete = *settings;
    struct diag diag;

    lesson_settings_complete(&complete);
    if (workload && !bounds_check(workload, &complete, &diag))
        source_problem(source, line, 1, "%s", diag.message);
}

static void check_run(struct source *source, struct lesson_screen *screen)
{
    if (screen->run && lesson_run_screen(source->lesson, screen->run) != screen)
        source_problem(source, screen->line, 1, _("two runs have this number"));
    choose_workload(source, screen);
    check_machines(source, screen, &screen->settings);
    check_bounds(source, workload_of(source, screen), &screen->settings,
                 screen->line);
}

/* Is name that of a task, or of an array of them? */
static bool has_task(const struct workload *workload, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < workload->task_count; i++) {
        const char *other = workload->task[i].name;

        if (strncmp(other, name, length) == 0 &&
            (!other[length] || other[length] == '['))
            return true;
    }
    return false;
}

static void check_names(struct source *source,
                        const struct lesson_screen *screen,
                        const struct lesson_names *names,
                        const struct workload *workload)
{
    for (size_t i = 0; i < names->count; i++)
        if (!has_task(workload, names->name[i]))
            source_problem(source, screen->line, 1,
                           _("the workload to change has no task \"%s\""),
                           names->name[i]);
}

static void check_solution(struct source *source,
                           const struct lesson_screen *screen,
                           const struct lesson_settings *settings)
{
    struct workload *workload;
    struct diag diag;

    if (!screen->solution)
        return;
    workload = lesson_workload(source->lesson, screen->solution,
                               screen->solution_line, screen->solution_column,
                               &diag);
    if (!workload)
        diags_copy(source->diags, &diag);
    check_bounds(source, workload, settings, screen->solution_line);
    workload_free(workload);
}

static void check_modify(struct source *source, struct lesson_screen *screen)
{
    const struct lesson_screen *start = lesson_run_screen(source->lesson,
                                                          screen->run);
    const struct workload *workload;
    struct lesson_settings settings;

    check_about(source, screen);
    if (!start)
        return;
    if (!screen->workload_name)
        screen->workload_name = start->workload_name;
    choose_workload(source, screen);
    workload = workload_of(source, screen);
    settings = start->settings;
    lesson_settings_apply(&settings, &screen->settings);
    check_solution(source, screen, &settings);
    if (!workload)
        return;
    check_names(source, screen, &screen->change.numbers, workload);
    check_names(source, screen, &screen->change.step_order, workload);
    check_names(source, screen, &screen->change.steps, workload);
}

/* --- placeholders --------------------------------------------------------- */

static void check_placeholder(struct source *source,
                              const struct lesson_screen *screen,
                              const struct placeholder *placeholder, int line,
                              int column)
{
    const struct lesson_screen *run = find_run(source, placeholder->run, line,
                                               column);

    if (run && screen->line < run->line)
        source_problem(source, line, column,
                       _("run %d has not happened yet at this point"),
                       placeholder->run);
    else
        check_metric(source, &placeholder->metric, workload_of(source, run),
                     line, column);
}

/* Whether the text of such a screen may hold numbers of runs. An explanation
 * comes before them, and may show a program with braces. */
static bool has_numbers(enum lesson_kind kind)
{
    return kind != LESSON_EXPLAIN && kind != LESSON_WORKLOAD;
}

static void check_numbers(struct source *source,
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
                   reflect_parse(source->lesson->arena, at, &placeholder)) {
            check_placeholder(source, screen, &placeholder, line, column);
        } else if (*at == '{') {
            source_problem(
                source, line, column,
                _("write a number as {run 1 makespan} or {run 1 makespan:7}"));
        }
    }
}

void lesson_resolve(struct source *source)
{
    struct lesson *lesson = source->lesson;

    for (size_t i = 0; i < lesson->screen_count; i++)
        if (lesson->screen[i].kind == LESSON_WORKLOAD && lesson->screen[i].text)
            add_workload(source, &lesson->screen[i]);
    for (size_t i = 0; i < lesson->screen_count; i++)
        if (lesson->screen[i].kind == LESSON_RUN)
            check_run(source, &lesson->screen[i]);
    for (size_t i = 0; i < lesson->screen_count; i++) {
        struct lesson_screen *screen = &lesson->screen[i];

        if (screen->kind == LESSON_PREDICT || screen->kind == LESSON_OBSERVE)
            check_about(source, screen);
        else if (screen->kind == LESSON_MODIFY)
            check_modify(source, screen);
        if (has_numbers(screen->kind))
            check_numbers(source, screen);
        check_claims(source, screen);
    }
}
