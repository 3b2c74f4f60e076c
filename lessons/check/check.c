/*
 * check.c -- every claim of a lesson, computed again.
 *
 * The claims of runs and questions must hold in the model. Of a modify screen
 * the start must fail at least one check, and the solution must pass them all.
 */
#include "lessons/check/check.h"

#include <string.h>

#include "lessons/check/check_internal.h"
#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "lessons/session/ideal.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

/* Whether a claim holds; it is reported if it does not but should. */
static bool holds(struct lesson_check *check, const struct predicate *predicate,
                  const struct metric_run *measured, bool should)
{
    bool true_now = predicate_holds(predicate, measured, ideal_run,
                                    check->ideal);
    struct strbuf actual;

    if (true_now || !should)
        return true_now;
    strbuf_init(&actual);
    predicate_measured(&actual, predicate, measured);
    diags_add(check->diags, check->lesson->file, predicate->line,
              predicate->column, _("\"%s\" does not hold: %s"), predicate->text,
              actual.text);
    strbuf_fini(&actual);
    return false;
}

/* Claims of a run, a prediction or an observation. */
static void check_claims(struct lesson_check *check,
                         const struct lesson_screen *screen)
{
    for (size_t i = 0; i < screen->predicate_count; i++) {
        const struct predicate *predicate = &screen->predicate[i];
        int run = predicate->run ? predicate->run : screen->run;
        const struct metric_run *measured = ideal_run(check->ideal, run);

        if (measured)
            holds(check, predicate, measured, true);
        else
            diags_add(check->diags, check->lesson->file, predicate->line,
                      predicate->column, _("run %d cannot be computed"), run);
    }
    check->claims += screen->predicate_count;
}

/* How many checks of a modify screen hold for a text under settings; those
 * that should are reported if they do not. */
static size_t count_passed(struct lesson_check *check,
                           const struct lesson_screen *screen, const char *text,
                           const struct lesson_settings *settings, bool should)
{
    size_t passed = 0;
    struct diag diag;
    struct ideal_trial *trial = ideal_try(
        check->ideal, screen, text, screen->solution_line,
        screen->solution_column, settings, &diag);

    if (!trial) {
        diags_add(check->diags, check->lesson->file, screen->line, 1, "%s",
                  diag.message);
        return 0;
    }
    for (size_t i = 0; i < screen->predicate_count; i++)
        passed += holds(check, &screen->predicate[i], &trial->measured, should);
    check->claims += screen->predicate_count;
    ideal_trial_free(trial);
    return passed;
}

static void check_modify(struct lesson_check *check,
                         const struct lesson_screen *screen)
{
    struct lesson_settings settings =
        lesson_run_screen(check->lesson, screen->run)->settings;

    if (count_passed(check, screen, NULL, &settings, false) ==
        screen->predicate_count)
        diags_add(check->diags, check->lesson->file, screen->line, 1,
                  _("the start already passes every check"));
    lesson_settings_apply(&settings, &screen->settings);
    count_passed(check, screen, screen->solution, &settings, true);
}

static void check_lesson(struct lesson_check *check)
{
    const struct lesson *lesson = check->lesson;

    for (size_t i = 0; i < lesson->screen_count; i++)
        if (lesson->screen[i].kind == LESSON_MODIFY)
            check_modify(check, &lesson->screen[i]);
        else
            check_claims(check, &lesson->screen[i]);
    check_change(check);
    check_screen(check);
    if (strcmp(lesson->language, "ko") == 0)
        check_language_korean(check);
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
        struct lesson_check check = { lesson[i], ideal_new(lesson[i], runner),
                                      diags, 0 };

        check_lesson(&check);
        ideal_free(check.ideal);
        claims += check.claims;
        if (original(lesson, i) != lesson[i])
            check_translation(original(lesson, i), lesson[i], diags);
    }
    diags_sort(diags);
    return claims;
}
