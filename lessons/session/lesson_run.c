/*
 * lesson_run.c -- where a student is in a lesson, and what comes next.
 *
 * The place is a screen, and either the screen itself or a verdict after it.
 * A run is followed by the verdicts on all predictions about it that were
 * answered, one after the other; an observation by its own. Answers are kept
 * by screen: going back and forward never loses one, and after the verdict on
 * a question its answer can no longer be changed.
 */
#include "lessons/session/lesson_run_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/edit/edit.h"
#include "lessons/session/reflect.h"
#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

/* A note belongs to the screen before it; at the beginning, to the first. */
static void add_notes(struct lesson_run *run)
{
    const struct lesson *lesson = run->lesson;
    struct visit *visit = run->visit;

    for (size_t i = 0; i < lesson->screen_count && run->count; i++) {
        const struct lesson_screen *screen = &lesson->screen[i];

        if (screen->kind == LESSON_LECTURER)
            visit->note = screen->text;
        else if (visit + 1 < run->visit + run->count &&
                 visit[1].screen == screen)
            visit++;
    }
}

struct lesson_run *lesson_run_new(const struct lesson *lesson,
                                  const struct lesson_runner *runner,
                                  bool lecturer)
{
    struct lesson_run *run = xcalloc(1, sizeof *run);

    run->lesson = lesson;
    run->ideal = ideal_new(lesson, runner);
    run->visit = xcalloc(lesson->screen_count, sizeof *run->visit);
    strbuf_init(&run->text);
    strbuf_init(&run->note);
    strbuf_init(&run->value);
    for (size_t i = 0; i < lesson->screen_count; i++) {
        enum lesson_kind kind = lesson->screen[i].kind;

        if (kind == LESSON_WORKLOAD || kind == LESSON_LECTURER)
            continue;
        run->visit[run->count].screen = &lesson->screen[i];
        run->visit[run->count++].choice = CHOICE_NONE;
    }
    if (lecturer)
        add_notes(run);
    return run;
}

void lesson_run_free(struct lesson_run *run)
{
    if (!run)
        return;
    for (size_t i = 0; i < run->count; i++) {
        metrics_free(run->visit[i].live);
        edit_free(run->visit[i].edit);
        ideal_trial_free(run->visit[i].trial);
        free(run->visit[i].fulfilled);
    }
    free(run->visit);
    strbuf_fini(&run->text);
    strbuf_fini(&run->note);
    strbuf_fini(&run->value);
    ideal_free(run->ideal);
    free(run);
}

/* --- looking around ------------------------------------------------------- */

static bool is_question(const struct visit *visit)
{
    return visit->screen->kind == LESSON_PREDICT ||
           visit->screen->kind == LESSON_OBSERVE;
}

static bool may_answer(const struct visit *visit, int choice)
{
    return choice == CHOICE_UNKNOWN ||
           (choice >= 0 && (size_t)choice < visit->screen->choice_count);
}

/* A question answered before that can be judged now: the one shown here, or a
 * prediction about the run shown here. NULL: none is left. */
static struct visit *unjudged(struct lesson_run *run)
{
    struct visit *shown = lesson_run_here(run);

    if (shown->screen->kind == LESSON_OBSERVE)
        return shown->judged || shown->choice == CHOICE_NONE ? NULL : shown;
    if (shown->screen->kind != LESSON_RUN || !shown->seen)
        return NULL;
    for (size_t i = 0; i < run->at; i++) {
        struct visit *visit = &run->visit[i];

        if (visit->screen->kind == LESSON_PREDICT && !visit->judged &&
            visit->choice != CHOICE_NONE &&
            visit->screen->run == shown->screen->run)
            return visit;
    }
    return NULL;
}

/* --- requests ------------------------------------------------------------- */

static int right_choice(const struct lesson_screen *screen)
{
    for (size_t i = 0; i < screen->choice_count; i++)
        if (screen->choice[i].right)
            return (int)i;
    return CHOICE_NONE;
}

/* The instant at which the picture shows what a metric says, or -1. */
static int64_t instant(const struct metric *metric,
                       const struct metric_run *measured)
{
    double ms;

    if (metric->kind == METRIC_DEADLOCK)
        return measured->metrics->end_ns;
    if (metric->kind != METRIC_FIRST && metric->kind != METRIC_FINISH &&
        metric->kind != METRIC_MAKESPAN)
        return -1;
    ms = metric_value(metric, measured);
    return isinf(ms) ? -1 : (int64_t)(ms * (double)NS_PER_MS);
}

/* Say what the run of a number has to do with a claim, and what the model says
 * where that reads differently. Measured and modelled are never mixed: what is
 * not like the first is left out. */
static void say_proof(struct lesson_run *run, const struct metric *metric,
                      int number)
{
    struct lesson_request *request = &run->request;
    const struct metric_run *ideal = lesson_numbers_model(run, number);
    const struct metric_run *live = lesson_numbers_live(run, number);
    bool first = run->value.length == 0;
    struct strbuf value, ideal_value;

    if (!live || (metric->kind == METRIC_SPEEDUP && !live->single))
        live = ideal;
    if (!live || (!first && request->modelled != (live == ideal)))
        return;
    request->modelled = live == ideal;
    if (first)
        request->instant_ns = instant(metric, live);
    strbuf_adds(&run->value, first ? "" : ", ");
    metric_print_named(&run->value, metric, live);
    strbuf_init(&value);
    strbuf_init(&ideal_value);
    metric_print_local(&value, metric, live);
    metric_print_local(&ideal_value, metric, ideal ? ideal : live);
    if (metric->kind != METRIC_LOG && /* its times always differ a little */
        strcmp(value.text, ideal_value.text) != 0) {
        strbuf_adds(&run->value, " " REFLECT_IDEAL_BEGIN);
        strbuf_addf(&run->value, _("(ideal: %s)"), ideal_value.text);
        strbuf_adds(&run->value, REFLECT_IDEAL_END);
    }
    strbuf_fini(&ideal_value);
    strbuf_fini(&value);
}

static void request_verdict(struct lesson_run *run)
{
    struct lesson_request *request = &run->request;
    const struct lesson_screen *screen = run->verdict->screen;

    request->kind = WANT_VERDICT;
    request->screen = screen;
    request->text = lesson_numbers_fill(run, &run->text, screen->text);
    request->choice = run->verdict->choice;
    request->right = right_choice(screen);
    for (size_t i = 0; i < screen->predicate_count; i++) {
        const struct predicate *truth = &screen->predicate[i];

        say_proof(run, &truth->metric, truth->run ? truth->run : screen->run);
    }
    request->measured = run->value.text;
}

static void request_run(struct lesson_run *run, const struct visit *visit)
{
    struct lesson_request *request = &run->request;
    const struct lesson_screen *screen = visit->screen;

    request->kind = WANT_RUN;
    request->workload = run->lesson->workload[screen->workload].workload;
    request->settings = screen->settings;
    lesson_settings_complete(&request->settings);
}

static void request_edit(struct lesson_run *run)
{
    struct lesson_request *request = &run->request;
    const struct visit *visit = lesson_exercise_open(run);

    request->kind = WANT_EDIT;
    request->edit = visit->edit;
    request->fulfilled = visit->fulfilled;
    request->hints = visit->hints;
}

static void request_screen(struct lesson_run *run, const struct visit *visit)
{
    struct lesson_request *request = &run->request;

    request->screen = visit->screen;
    if (visit->note)
        request->note = lesson_numbers_fill(run, &run->note, visit->note);
    switch (visit->screen->kind) {
    case LESSON_PREDICT:
    case LESSON_OBSERVE:
        request->kind = WANT_ASK;
        request->text = lesson_numbers_fill(run, &run->text,
                                            visit->screen->text);
        request->choice = visit->choice;
        break;
    case LESSON_RUN:
        request_run(run, visit);
        break;
    case LESSON_MODIFY:
        request_edit(run);
        break;
    default:
        request->kind = WANT_SHOW;
        request->text = lesson_numbers_fill(run, &run->text,
                                            visit->screen->text);
    }
}

const struct lesson_request *lesson_run_request(struct lesson_run *run)
{
    const struct visit *visit = lesson_run_here(run);

    run->request = (struct lesson_request){
        .kind = WANT_END,
        .position = lesson_run_position(run),
        .positions = (int)run->count,
        .choice = CHOICE_NONE,
        .right = CHOICE_NONE,
        .instant_ns = -1,
    };
    strbuf_clear(&run->value);
    if (run->verdict)
        request_verdict(run);
    else if (visit)
        request_screen(run, visit);
    return &run->request;
}

/* --- moving --------------------------------------------------------------- */

/* To the next verdict of this screen, or to the next screen. */
static bool go_on(struct lesson_run *run)
{
    if (run->verdict)
        run->verdict->judged = true;
    run->verdict = unjudged(run);
    if (!run->verdict)
        run->at++;
    return true;
}

bool lesson_run_next(struct lesson_run *run)
{
    const struct visit *visit = lesson_run_here(run);

    if (!visit)
        return false;
    if (!run->verdict &&
        ((is_question(visit) && visit->choice == CHOICE_NONE) ||
         (visit->screen->kind == LESSON_RUN && !visit->seen)))
        return false;
    return go_on(run);
}

bool lesson_run_back(struct lesson_run *run)
{
    if (run->verdict) {
        run->verdict = NULL;
        return true;
    }
    if (run->at == 0)
        return false;
    run->at--;
    return true;
}

bool lesson_run_choose(struct lesson_run *run, int choice)
{
    struct visit *visit = lesson_run_here(run);

    if (!visit || run->verdict || !is_question(visit) ||
        !may_answer(visit, choice))
        return false;
    if (!visit->judged)
        visit->choice = choice;
    return go_on(run);
}

bool lesson_run_ran(struct lesson_run *run, struct metrics *measured)
{
    struct visit *visit = lesson_run_here(run);

    if (!visit || run->verdict || visit->screen->kind != LESSON_RUN) {
        metrics_free(measured);
        return false;
    }
    metrics_free(visit->live);
    visit->live = measured;
    visit->measured = (struct metric_run){
        run->lesson->workload[visit->screen->workload].workload, measured, NULL
    };
    visit->seen = true;
    return go_on(run);
}

const struct lesson_screen *lesson_run_shown(const struct lesson_run *run)
{
    for (size_t i = run->at + 1; i-- > 0;)
        if (i < run->count && run->visit[i].seen)
            return run->visit[i].screen;
    return NULL;
}

int lesson_run_position(const struct lesson_run *run)
{
    return (int)run->at + 1;
}

bool lesson_run_resume(struct lesson_run *run, int position)
{
    if (position < 1 || (size_t)position > run->count)
        return false;
    run->at = (size_t)position - 1;
    run->verdict = NULL;
    for (size_t i = 0; i < run->at; i++)
        run->visit[i].seen = run->visit[i].screen->kind == LESSON_RUN;
    return true;
}

/* --- what is kept --------------------------------------------------------- */

size_t lesson_run_answers(const struct lesson_run *run, int *choice, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; i < run->count; i++) {
        if (!is_question(&run->visit[i]))
            continue;
        if (count < max)
            choice[count] = run->visit[i].choice;
        count++;
    }
    return count;
}

void lesson_run_score(const struct lesson_run *run, size_t *answered,
                      size_t *right)
{
    *answered = *right = 0;
    for (size_t i = 0; i < run->count; i++) {
        const struct visit *visit = &run->visit[i];

        if (!is_question(visit) || visit->choice == CHOICE_NONE)
            continue;
        ++*answered;
        *right += visit->choice >= 0 &&
                  visit->screen->choice[visit->choice].right;
    }
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

        if (!is_question(visit) || index-- > 0)
            continue;
        if (may_answer(visit, choice))
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
