/*
 * lesson_exercise.c -- the exercise of a lesson, and what is kept of a lesson.
 */
#include <stdlib.h>

#include "lessons/claim/predicate.h"
#include "lessons/edit/edit.h"
#include "lessons/session/lesson_run_internal.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"

/* The editor as it stands at the start of an exercise. */
static struct edit *new_edit(const struct lesson_run *run,
                             const struct lesson_screen *screen)
{
    struct lesson_settings settings =
        lesson_run_screen(run->lesson, screen->run)->settings;

    lesson_settings_complete(&settings);
    return edit_new(&screen->change, &settings,
                    run->lesson->workload[screen->workload].text);
}

void visit_edit(const struct lesson_run *run, struct visit *visit)
{
    if (!visit->edit)
        visit->edit = new_edit(run, visit->screen);
}

static struct visit *editing(struct lesson_run *run)
{
    struct visit *visit = run->at < run->count ? &run->visit[run->at] : NULL;

    return visit && visit->screen->kind == LESSON_MODIFY ? visit : NULL;
}

bool lesson_run_try(struct lesson_run *run, struct diag *diag)
{
    struct visit *visit = editing(run);
    struct trial *trial;
    size_t count, good = 0;

    if (!visit) {
        diag_set(diag, NULL, 0, 0, "%s", "");
        return false;
    }
    visit_edit(run, visit);
    trial = ideal_try(run->ideal, visit->screen, edit_text(visit->edit), 1, 1,
                      edit_settings(visit->edit), diag);
    if (!trial)
        return false;
    trial_free(visit->trial);
    visit->trial = trial;
    visit->tries++;
    count = visit->screen->predicate_count;
    if (!visit->fulfilled)
        visit->fulfilled = xcalloc(count, sizeof *visit->fulfilled);
    for (size_t i = 0; i < count; i++) {
        visit->fulfilled[i] = predicate_holds(&visit->screen->predicate[i],
                                              &trial->measured, ideal_get,
                                              run->ideal);
        good += visit->fulfilled[i];
    }
    if (visit->state != MODIFY_SEEN)
        visit->state = good == count || visit->state == MODIFY_SOLVED
                           ? MODIFY_SOLVED
                           : MODIFY_TRIED;
    return true;
}

const struct workload *lesson_run_tried(const struct lesson_run *run,
                                        struct lesson_settings *settings)
{
    const struct visit *visit = run->at < run->count ? &run->visit[run->at]
                                                     : NULL;

    if (!visit || !visit->trial)
        return NULL;
    *settings = *edit_settings(visit->edit);
    lesson_settings_complete(settings);
    return visit->trial->measured.workload;
}

const struct measured *lesson_run_measured(const struct lesson_run *run)
{
    const struct visit *visit = run->at < run->count ? &run->visit[run->at]
                                                     : NULL;

    return visit && visit->trial ? &visit->trial->measured : NULL;
}

struct edit *lesson_run_start(const struct lesson_run *run)
{
    const struct visit *visit = run->at < run->count ? &run->visit[run->at]
                                                     : NULL;

    if (!visit || visit->screen->kind != LESSON_MODIFY)
        return NULL;
    return new_edit(run, visit->screen);
}

bool lesson_run_hint(struct lesson_run *run)
{
    struct visit *visit = editing(run);

    if (!visit || visit->hints == visit->screen->hint_count)
        return false;
    visit->hints++;
    return true;
}

bool lesson_run_solution(struct lesson_run *run)
{
    struct visit *visit = editing(run);
    struct lesson_settings settings;
    const char *text;

    if (!visit || visit->hints < visit->screen->hint_count)
        return false;
    visit_edit(run, visit);
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

/* --- what is kept --------------------------------------------------------- */

size_t lesson_run_answers(const struct lesson_run *run, int *choice, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; i < run->count; i++) {
        if (!visit_is_question(&run->visit[i]))
            continue;
        if (count < max)
            choice[count] = run->visit[i].choice;
        count++;
    }
    return count;
}

/* Whether the verdict on a question has been seen: an observation's comes at
 * once, a prediction's with its run. */
static bool verdict_seen(const struct lesson_run *run, size_t index)
{
    const struct lesson_screen *question = run->visit[index].screen;

    if (question->kind == LESSON_OBSERVE)
        return index < run->at;
    for (size_t i = index; i < run->at; i++)
        if (run->visit[i].screen->kind == LESSON_RUN &&
            run->visit[i].screen->run == question->run)
            return true;
    return false;
}

void lesson_run_recall(struct lesson_run *run, size_t index, int choice)
{
    for (size_t i = 0; i < run->count; i++) {
        struct visit *visit = &run->visit[i];

        if (!visit_is_question(visit) || index-- > 0)
            continue;
        if (choice == CHOICE_UNKNOWN ||
            (choice >= 0 && (size_t)choice < visit->screen->choice_count))
            visit->choice = choice;
        visit->judged = visit->choice != CHOICE_NONE && verdict_seen(run, i);
        return;
    }
}

enum modify_state lesson_run_modify(const struct lesson_run *run, int *tries,
                                    int *hints)
{
    enum modify_state state = MODIFY_OPEN;

    *tries = 0;
    *hints = 0;
    for (size_t i = 0; i < run->count; i++) {
        const struct visit *visit = &run->visit[i];

        if (visit->screen->kind != LESSON_MODIFY)
            continue;
        state = visit->state;
        *tries += visit->tries;
        *hints += (int)visit->hints;
    }
    return state;
}
