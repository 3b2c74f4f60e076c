/*
 * lesson_exercise.c -- the exercise of a lesson: edit, try, hints, solution.
 *
 * What a student may do is checked by the model, not by the run she watches:
 * the same program always gets the same answer, however busy the computer is.
 */
#include <stdlib.h>

#include "lessons/claim/predicate.h"
#include "lessons/edit/edit.h"
#include "lessons/session/lesson_run_internal.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"

/* The exercise on this screen, or NULL where there is none. */
static struct visit *exercise(const struct lesson_run *run)
{
    struct visit *visit = lesson_run_here(run);

    return visit && visit->screen->kind == LESSON_MODIFY ? visit : NULL;
}

struct edit *lesson_run_start(const struct lesson_run *run)
{
    const struct visit *visit = exercise(run);
    struct lesson_settings settings;

    if (!visit)
        return NULL;
    settings = lesson_run_screen(run->lesson, visit->screen->run)->settings;
    lesson_settings_complete(&settings);
    return edit_new(&visit->screen->change, &settings,
                    run->lesson->workload[visit->screen->workload].text);
}

struct visit *lesson_exercise_open(const struct lesson_run *run)
{
    struct visit *visit = exercise(run);

    if (visit && !visit->edit)
        visit->edit = lesson_run_start(run);
    return visit;
}

/* Note which checks the trial fulfills. Once solved, an exercise stays
 * solved; once its solution has been seen, it cannot be solved anymore. */
static void judge(const struct lesson_run *run, struct visit *visit)
{
    size_t count = visit->screen->predicate_count, good = 0;

    if (!visit->fulfilled)
        visit->fulfilled = xcalloc(count, sizeof *visit->fulfilled);
    for (size_t i = 0; i < count; i++) {
        visit->fulfilled[i] = predicate_holds(&visit->screen->predicate[i],
                                              &visit->trial->measured,
                                              ideal_run, run->ideal);
        good += visit->fulfilled[i];
    }
    if (good == count && visit->state != MODIFY_SEEN)
        visit->state = MODIFY_SOLVED;
    else if (visit->state == MODIFY_OPEN)
        visit->state = MODIFY_TRIED;
}

bool lesson_run_try(struct lesson_run *run, struct diag *diag)
{
    struct visit *visit = lesson_exercise_open(run);
    struct ideal_trial *trial;

    if (!visit) {
        diag_set(diag, NULL, 0, 0, "%s", "");
        return false;
    }
    trial = ideal_try(run->ideal, visit->screen, edit_text(visit->edit), 1, 1,
                      edit_settings(visit->edit), diag);
    if (!trial)
        return false;
    ideal_trial_free(visit->trial);
    visit->trial = trial;
    visit->tries++;
    judge(run, visit);
    return true;
}

const struct workload *lesson_run_tried(const struct lesson_run *run,
                                        struct lesson_settings *settings)
{
    const struct visit *visit = exercise(run);

    if (!visit || !visit->trial)
        return NULL;
    *settings = *edit_settings(visit->edit);
    lesson_settings_complete(settings);
    return visit->trial->measured.workload;
}

const struct metric_run *lesson_run_measured(const struct lesson_run *run)
{
    const struct visit *visit = exercise(run);

    return visit && visit->trial ? &visit->trial->measured : NULL;
}

bool lesson_run_hint(struct lesson_run *run)
{
    struct visit *visit = exercise(run);

    if (!visit || visit->hints == visit->screen->hint_count)
        return false;
    visit->hints++;
    return true;
}

bool lesson_run_solution(struct lesson_run *run)
{
    struct visit *visit = lesson_exercise_open(run);
    struct lesson_settings settings;
    const char *text;

    if (!visit || visit->hints < visit->screen->hint_count)
        return false;
    settings = lesson_run_screen(run->lesson, visit->screen->run)->settings;
    lesson_settings_apply(&settings, &visit->screen->settings);
    lesson_settings_complete(&settings);
    text = visit->screen->solution;
    if (!text)
        text = run->lesson->workload[visit->screen->workload].text;
    edit_set(visit->edit, &settings, text);
    if (visit->state != MODIFY_SOLVED)
        visit->state = MODIFY_SEEN;
    return true;
}
