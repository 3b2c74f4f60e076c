/*
 * check.c -- every claim of a lesson, computed again.
 */
#include "lessons/check/check.h"

#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "lessons/session/ideal.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

struct checking {
    const struct lesson *lesson;
    struct ideal *ideal;
    struct diags *diags;
    size_t claims;
};

static void refute(struct checking *checking, const char *file,
                   const struct predicate *predicate,
                   const struct metric_run *measured)
{
    struct strbuf actual;

    strbuf_init(&actual);
    predicate_measured(&actual, predicate, measured);
    diags_add(checking->diags, file, predicate->line, predicate->column,
              _("\"%s\" does not hold: %s"), predicate->text, actual.text);
    strbuf_fini(&actual);
}

/* Claims of a run, a prediction or an observation. */
static void check_screen_claims(struct checking *checking,
                                const struct lesson_screen *screen)
{
    for (size_t i = 0; i < screen->predicate_count; i++) {
        const struct predicate *predicate = &screen->predicate[i];
        int run = predicate->run ? predicate->run : screen->run;
        const struct metric_run *measured = ideal_run(checking->ideal, run);

        checking->claims++;
        if (!measured)
            diags_add(checking->diags, checking->lesson->file, predicate->line,
                      predicate->column, _("run %d cannot be computed"), run);
        else if (!predicate_holds(predicate, measured, ideal_get,
                                  checking->ideal))
            refute(checking, checking->lesson->file, predicate, measured);
    }
}

/* How many checks of a modify screen a trial fulfils; refutes the others if
 * they should be fulfilled. */
static size_t fulfilled(struct checking *checking,
                        const struct lesson_screen *screen,
                        const struct trial *trial, bool should)
{
    size_t count = 0;

    for (size_t i = 0; i < screen->predicate_count; i++) {
        const struct predicate *predicate = &screen->predicate[i];
        bool holds = predicate_holds(predicate, &trial->measured, ideal_get,
                                     checking->ideal);

        checking->claims++;
        count += holds;
        if (!holds && should)
            refute(checking, checking->lesson->file, predicate,
                   &trial->measured);
    }
    return count;
}

static struct trial *try_text(struct checking *checking,
                              const struct lesson_screen *screen,
                              const char *text,
                              const struct lesson_settings *settings)
{
    struct diag diag;
    struct trial *trial = ideal_try(checking->ideal, screen, text,
                                    screen->solution_line,
                                    screen->solution_column, settings, &diag);

    if (!trial)
        diags_add(checking->diags, checking->lesson->file, screen->line, 1,
                  "%s", diag.message);
    return trial;
}

static void check_modify(struct checking *checking,
                         const struct lesson_screen *screen)
{
    const struct lesson_screen *run = lesson_run_screen(checking->lesson,
                                                        screen->run);
    struct lesson_settings settings = run->settings;
    struct trial *start = try_text(checking, screen, NULL, &settings);
    struct trial *solution;

    if (start &&
        fulfilled(checking, screen, start, false) == screen->predicate_count)
        diags_add(checking->diags, checking->lesson->file, screen->line, 1,
                  _("the start already fulfils every check"));
    lesson_settings_apply(&settings, &screen->settings);
    solution = try_text(checking, screen, screen->solution, &settings);
    if (solution)
        fulfilled(checking, screen, solution, true);
    trial_free(start);
    trial_free(solution);
}

size_t check_claims(const struct lesson *lesson,
                    const struct lesson_runner *runner, struct diags *diags)
{
    struct checking checking = { .lesson = lesson, .diags = diags };

    checking.ideal = ideal_new(lesson, runner);
    for (size_t i = 0; i < lesson->screen_count; i++) {
        if (lesson->screen[i].kind == LESSON_MODIFY)
            check_modify(&checking, &lesson->screen[i]);
        else
            check_screen_claims(&checking, &lesson->screen[i]);
    }
    ideal_free(checking.ideal);
    return checking.claims;
}

/* The first lesson with the same id. */
static const struct lesson *original(const struct lesson *const *lesson,
                                     size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(lesson[i]->id, lesson[index]->id) == 0)
            return lesson[i];
    return lesson[index];
}

size_t check_lessons(const struct lesson *const *lesson, size_t count,
                     const struct lesson_runner *runner, struct diags *diags)
{
    size_t claims = 0;

    for (size_t i = 0; i < count; i++) {
        claims += check_claims(lesson[i], runner, diags);
        check_changes(lesson[i], diags);
        check_screens(lesson[i], runner, diags);
        if (strcmp(lesson[i]->language, "ko") == 0)
            check_korean(lesson[i], diags);
        if (original(lesson, i) != lesson[i])
            check_translation(original(lesson, i), lesson[i], diags);
    }
    diags_sort(diags);
    return claims;
}
