#include "tests/suite.h"

#include <ctype.h>
#include <string.h>

#include "lessons/edit/edit.h"
#include "lessons/parse/diags.h"
#include "lessons/session/lesson_run.h"
#include "lessons/session/vote.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/workload/workload.h"
#include "tests/lessons/runner.h"

static struct lesson *shipped(const char *name)
{
    struct diags diags;
    struct lesson *lesson = NULL;

    diags_init(&diags);
    for (size_t i = 0; embedded_lessons[i].name; i++)
        if (strcmp(embedded_lessons[i].name, name) == 0)
            lesson = lesson_parse(name, embedded_lessons[i].text,
                                  embedded_lessons[i].length, &diags);
    diags_fini(&diags);
    ck_assert_ptr_nonnull(lesson);
    return lesson;
}

static int right_choice(const struct lesson_screen *screen, bool right)
{
    for (size_t i = 0; i < screen->choice_count; i++)
        if (screen->choice[i].right == right)
            return (int)i;
    return CHOICE_UNKNOWN;
}

/* Is a gap left that should have been filled? A brace of C is followed by
 * something else. */
static bool has_gap(const char *text)
{
    while ((text = strchr(text, '{')))
        if (isalpha((unsigned char)*++text))
            return true;
    return false;
}

/* Do what is wanted until the lesson ends; solve exercises if `right`, else
 * leave them. Returns how many verdicts there were. */
static int walk(struct lesson_run *run, bool right)
{
    int verdicts = 0;

    for (int steps = 0; steps < 200; steps++) {
        const struct lesson_request *request = lesson_run_request(run);
        struct diag diag;

        switch (request->kind) {
        case WANT_END:
            return verdicts;
        case WANT_ASK:
            ck_assert(!lesson_run_next(run));
            ck_assert(
                lesson_run_choose(run, right_choice(request->screen, right)));
            break;
        case WANT_RUN:
            ck_assert(!lesson_run_next(run));
            ck_assert(
                lesson_run_ran(run, exec_model_run(NULL, request->workload,
                                                   &request->settings, &diag)));
            break;
        case WANT_VERDICT:
            ck_assert_int_eq(request->choice == request->right, right);
            ck_assert_str_ne(request->measured, "");
            verdicts++;
            lesson_run_next(run);
            break;
        case WANT_EDIT:
            if (right) {
                while (lesson_run_hint(run))
                    continue;
                ck_assert(lesson_run_solution(run));
                ck_assert(lesson_run_try(run, &diag));
                request = lesson_run_request(run);
                for (size_t i = 0; i < request->screen->predicate_count; i++)
                    ck_assert(request->fulfilled[i]);
            }
            lesson_run_next(run);
            break;
        default:
            ck_assert_str_ne(request->text, "");
            ck_assert(!has_gap(request->text));
            lesson_run_next(run);
        }
    }
    ck_abort_msg("the lesson does not end");
}

static int questions(const struct lesson *lesson)
{
    int count = 0;

    for (size_t i = 0; i < lesson->screen_count; i++)
        count += lesson->screen[i].choice_count > 0;
    return count;
}

/* _i: which embedded lesson; the right and the wrong answers. */
START_TEST(every_lesson_can_be_walked_from_end_to_end)
{
    struct lesson *lesson = shipped(embedded_lessons[_i].name);

    for (int right = 0; right < 2; right++) {
        struct lesson_run *run = lesson_run_new(lesson, &model_runner, true);

        ck_assert_int_eq(walk(run, right), questions(lesson));
        lesson_run_free(run);
    }
    lesson_free(lesson);
}
END_TEST

START_TEST(no_verdict_comes_before_the_run)
{
    struct lesson *lesson = shipped("02-subroutine.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    const struct lesson_request *request = lesson_run_request(run);

    ck_assert_int_eq(request->kind, WANT_SHOW);
    lesson_run_next(run);
    ck_assert_int_eq(lesson_run_request(run)->kind, WANT_ASK);
    ck_assert(lesson_run_choose(run, 0));
    ck_assert_int_eq(lesson_run_request(run)->kind, WANT_ASK);
    ck_assert(lesson_run_choose(run, CHOICE_UNKNOWN));
    ck_assert_int_eq(lesson_run_request(run)->kind, WANT_RUN);
    ck_assert(lesson_run_ran(run, NULL));
    request = lesson_run_request(run);
    ck_assert_int_eq(request->kind, WANT_VERDICT);
    ck_assert_int_eq(request->choice, 0);
    ck_assert_int_eq(request->right, 2);
    ck_assert_str_eq(request->measured, "first turn B = 500 ms");
    ck_assert_int_eq(request->instant_ns, 500000000);
    lesson_run_next(run);
    request = lesson_run_request(run);
    ck_assert_int_eq(request->kind, WANT_VERDICT);
    ck_assert_int_eq(request->choice, CHOICE_UNKNOWN);
    ck_assert_int_eq(request->instant_ns, 1000000000);
    lesson_run_next(run);
    request = lesson_run_request(run);
    ck_assert_int_eq(request->kind, WANT_SHOW);
    ck_assert_ptr_nonnull(strstr(request->text, "busy 400 ms of 1000 ms: 40%"));
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

START_TEST(an_answer_stays_once_it_was_judged)
{
    struct lesson *lesson = shipped("01-queue-and-machine.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    int choice[8];

    lesson_run_next(run);
    lesson_run_choose(run, 0);
    ck_assert(lesson_run_back(run));
    ck_assert(lesson_run_choose(run, 1)); /* not judged yet */
    lesson_run_ran(run, NULL);
    lesson_run_next(run);
    while (lesson_run_request(run)->kind != WANT_ASK)
        ck_assert(lesson_run_back(run));
    ck_assert(lesson_run_choose(run, 2));
    ck_assert_uint_eq(lesson_run_answers(run, choice, 8), 2);
    ck_assert_int_eq(choice[0], 1);
    ck_assert_int_eq(choice[1], CHOICE_NONE);
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

START_TEST(a_lesson_goes_on_where_it_was_left)
{
    struct lesson *lesson = shipped("01-queue-and-machine.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);

    ck_assert(lesson_run_resume(run, 4));
    lesson_run_recall(run, 0, 2);
    ck_assert_int_eq(lesson_run_position(run), 4);
    ck_assert_int_eq(lesson_run_request(run)->kind, WANT_SHOW);
    ck_assert_ptr_nonnull(strstr(lesson_run_request(run)->text, "500 ms"));
    ck_assert(!lesson_run_resume(run, 99));
    ck_assert(!lesson_run_resume(run, 0));
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

START_TEST(a_prediction_made_yesterday_gets_its_verdict_today)
{
    struct lesson *lesson = shipped("01-queue-and-machine.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);

    ck_assert(lesson_run_resume(run, 3));
    lesson_run_recall(run, 0, 1);
    ck_assert_int_eq(lesson_run_request(run)->kind, WANT_RUN);
    lesson_run_ran(run, NULL);
    ck_assert_int_eq(lesson_run_request(run)->kind, WANT_VERDICT);
    ck_assert_int_eq(lesson_run_request(run)->choice, 1);
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

START_TEST(the_measured_value_has_the_ideal_behind_it)
{
    struct lesson *lesson = shipped("01-queue-and-machine.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    const struct lesson_request *request;
    struct metrics *metrics;
    struct diag diag;

    lesson_run_resume(run, 3);
    request = lesson_run_request(run);
    ck_assert_int_eq(request->kind, WANT_RUN);
    metrics = exec_model_run(NULL, request->workload, &request->settings,
                             &diag);
    metrics->makespan_ns += 50000000;
    lesson_run_ran(run, metrics);
    request = lesson_run_request(run);
    ck_assert_ptr_nonnull(strstr(request->text, "650 \001(600)\002 ms"));
    ck_assert_ptr_nonnull(strstr(request->text, "waited 500 ms"));
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

/* What a run on a very busy computer might measure: every time is 13 times as
 * long. NULL for slow 1: it was not measured. */
static struct metrics *slowed(const struct lesson_request *request, int slow)
{
    struct diag diag;
    struct metrics *metrics;

    if (slow == 1)
        return NULL;
    metrics = exec_model_run(NULL, request->workload, &request->settings,
                             &diag);
    if (metrics->makespan_ns != TIME_NEVER)
        metrics->makespan_ns *= slow;
    metrics->average_finish_ns *= slow;
    for (size_t i = 0; i < metrics->task_count; i++) {
        struct task_metrics *task = &metrics->task[i];

        if (task->finish_ns != TIME_NEVER)
            task->finish_ns *= slow;
        if (task->first_ns != TIME_NEVER)
            task->first_ns *= slow;
        task->maxwait_ns *= slow;
    }
    return metrics;
}

/* Go on to the verdict on the question that has this among its choices. */
static const struct lesson_request *go_to_verdict(struct lesson_run *run,
                                                  const char *choice, int slow)
{
    const struct lesson_request *request;

    while ((request = lesson_run_request(run))->kind != WANT_END) {
        if (request->kind == WANT_VERDICT &&
            strcmp(request->screen->choice[0].text, choice) == 0)
            return request;
        if (request->kind == WANT_ASK)
            lesson_run_choose(run, CHOICE_UNKNOWN);
        else if (request->kind == WANT_RUN)
            lesson_run_ran(run, slowed(request, slow));
        else
            lesson_run_next(run);
    }
    return request;
}

START_TEST(a_verdict_has_all_that_proves_it)
{
    struct lesson *lesson = shipped("09-hog.en.md");

    for (int slow = 1; slow < 4; slow += 2) {
        struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
        const struct lesson_request *request = go_to_verdict(
            run, "at 100 ms: the loop puts H aside for a moment", slow);

        ck_assert_int_eq(request->kind, WANT_VERDICT);
        ck_assert_int_eq(request->modelled, slow == 1);
        ck_assert_str_eq(request->measured,
                         slow == 1
                             ? "finish H = 910 ms, longest wait T = 810 ms"
                             : "finish H = 2730 ms \001(ideal: 910)\002, "
                               "longest wait T = 2430 ms \001(ideal: 810)\002");
        ck_assert_int_eq(request->instant_ns,
                         slow == 1 ? 910000000 : 2730000000);
        lesson_run_free(run);
    }
    lesson_free(lesson);
}
END_TEST

/* Of two runs only the first was measured. */
START_TEST(what_was_never_measured_says_so)
{
    struct lesson *lesson = shipped("01-queue-and-machine.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    const struct lesson_request *request;

    go_to_verdict(run, "at 100 ms", 3);
    go_to_verdict(run, "earlier, at 500 ms", 1);
    lesson_run_next(run);
    request = lesson_run_request(run);
    ck_assert_ptr_nonnull(strstr(request->text,
                                 "Makespan: 1800 \001(600)\002 ms before, 600 "
                                 "\001(MODEL)\002 ms now."));
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

START_TEST(a_page_knows_which_run_it_is_about)
{
    struct lesson *lesson = shipped("05-concurrency-vs-parallelism.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);

    ck_assert_ptr_null(lesson_run_shown(run));
    lesson_run_resume(run, 8);
    ck_assert_int_eq(lesson_run_request(run)->screen->kind, LESSON_OBSERVE);
    ck_assert_int_eq(lesson_run_shown(run)->run, 2);
    while (lesson_run_request(run)->screen->kind != LESSON_REFLECT)
        ck_assert(lesson_run_back(run));
    ck_assert_int_eq(lesson_run_shown(run)->run, 1);
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

/* The texts of all pages that are only read, one after the other. */
static void read_all(const struct lesson *lesson, int slow, struct strbuf *out)
{
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    const struct lesson_request *request;

    while ((request = lesson_run_request(run))->kind != WANT_END) {
        if (request->kind == WANT_SHOW)
            strbuf_addf(out, "%s\n", request->text);
        if (request->kind == WANT_ASK)
            lesson_run_choose(run, CHOICE_UNKNOWN);
        else if (request->kind == WANT_RUN)
            lesson_run_ran(run, slowed(request, slow));
        else
            lesson_run_next(run);
    }
    lesson_run_free(run);
}

/* Cut the next line out of *text, without what stands in brackets below. */
static char *next_row(char **text)
{
    while (**text) {
        char *line = *text;
        size_t length = strcspn(line, "\n");

        *text += length + (line[length] == '\n');
        line[length] = '\0';
        if (line[strspn(line, " ")] != '\001')
            return line;
    }
    return NULL;
}

/* _i: which embedded lesson. */
START_TEST(tables_keep_their_columns_whatever_was_measured)
{
    struct lesson *lesson = shipped(embedded_lessons[_i].name);
    struct strbuf ideal, busy;
    char *a, *b, *row, *moved;

    strbuf_init(&ideal);
    strbuf_init(&busy);
    read_all(lesson, 1, &ideal);
    read_all(lesson, 13, &busy);
    a = ideal.text;
    b = busy.text;
    while ((row = next_row(&a)) && (moved = next_row(&b))) {
        if (strncmp(row, "  ", 2) != 0)
            continue;
        ck_assert_msg(text_cells(row) == text_cells(moved), "%s became %s", row,
                      moved);
        ck_assert_int_le(text_cells(moved), 76);
    }
    ck_assert_ptr_null(row);
    strbuf_fini(&ideal);
    strbuf_fini(&busy);
    lesson_free(lesson);
}
END_TEST

START_TEST(the_solution_comes_after_the_last_hint)
{
    struct lesson *lesson = shipped("05-concurrency-vs-parallelism.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    int position = 1, tries, hints;
    struct diag diag;

    while (lesson_run_request(run)->kind != WANT_EDIT)
        ck_assert(lesson_run_resume(run, ++position));
    ck_assert(!lesson_run_solution(run));
    ck_assert(lesson_run_try(run, &diag));
    ck_assert(!lesson_run_request(run)->fulfilled[0]);
    ck_assert(lesson_run_request(run)->fulfilled[1]);
    ck_assert_int_eq(lesson_run_modify(run, &tries, &hints), MODIFY_TRIED);
    ck_assert(lesson_run_hint(run));
    ck_assert(lesson_run_hint(run));
    ck_assert(!lesson_run_hint(run));
    ck_assert(lesson_run_solution(run));
    ck_assert(lesson_run_try(run, &diag));
    ck_assert_int_eq(lesson_run_modify(run, &tries, &hints), MODIFY_SEEN);
    ck_assert_int_eq(tries, 2);
    ck_assert_int_eq(hints, 2);
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

START_TEST(an_exercise_solved_by_hand_counts_as_solved)
{
    struct lesson *lesson = shipped("05-concurrency-vs-parallelism.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    const struct lesson_request *request;
    struct lesson_settings settings;
    int position = 1, tries, hints;
    struct diag diag;

    while (lesson_run_request(run)->kind != WANT_EDIT)
        ck_assert(lesson_run_resume(run, ++position));
    request = lesson_run_request(run);
    ck_assert(edit_add(request->edit, 1));
    ck_assert(lesson_run_try(run, &diag));
    ck_assert_int_eq(lesson_run_modify(run, &tries, &hints), MODIFY_SOLVED);
    ck_assert_uint_eq(lesson_run_tried(run, &settings)->task_count, 3);
    ck_assert_int_eq(settings.machines, 3);
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

/* _i: which embedded lesson. */
START_TEST(every_page_has_a_note_for_the_lecturer_on_request)
{
    struct lesson *lesson = shipped(embedded_lessons[_i].name);

    for (int lecturer = 0; lecturer < 2; lecturer++) {
        struct lesson_run *run = lesson_run_new(lesson, &model_runner,
                                                lecturer);
        int screens = 0, notes = 0;

        for (int i = 1; lesson_run_resume(run, i); i++) {
            const struct lesson_request *request = lesson_run_request(run);

            ck_assert_int_ne(request->screen->kind, LESSON_LECTURER);
            screens++;
            notes += request->note != NULL;
        }
        ck_assert_int_eq(notes, lecturer ? screens : 0);
        lesson_run_free(run);
    }
    lesson_free(lesson);
}
END_TEST

START_TEST(a_class_votes_twice)
{
    struct lesson *lesson = shipped("01-queue-and-machine.en.md");
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    struct vote vote;

    lesson_run_next(run);
    vote_init(&vote, lesson_run_request(run)->screen); /* the third is right */
    ck_assert_int_eq(vote_advise(&vote), VOTE_NOBODY);
    ck_assert_int_eq(vote_winner(&vote), -1);
    ck_assert(vote_add(&vote, 0, 2));
    ck_assert(vote_add(&vote, 2, 1));
    ck_assert(!vote_add(&vote, 2, -2));
    ck_assert(!vote_add(&vote, 4, 1));
    ck_assert_int_eq(vote_advise(&vote), VOTE_EXPLAIN);
    ck_assert_int_eq(vote_percent(&vote, 0, 0), 67);
    ck_assert(vote_add(&vote, 2, 1));
    ck_assert_int_eq(vote_advise(&vote), VOTE_DISCUSS);
    ck_assert(vote_again(&vote));
    ck_assert_int_eq(vote_winner(&vote), 0); /* still the first round's */
    ck_assert(vote_add(&vote, 2, 4));
    ck_assert_int_eq(vote_advise(&vote), VOTE_GO_ON);
    ck_assert_int_eq(vote_winner(&vote), 2);
    ck_assert(!vote_again(&vote));
    lesson_run_free(run);
    lesson_free(lesson);
}
END_TEST

static int shipped_count(void)
{
    int count = 0;

    while (embedded_lessons[count].name)
        count++;
    return count;
}

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_run");
    TCase *tcase = tcase_create("run");

    tcase_add_loop_test(tcase, every_lesson_can_be_walked_from_end_to_end, 0,
                        shipped_count());
    tcase_add_test(tcase, no_verdict_comes_before_the_run);
    tcase_add_test(tcase, an_answer_stays_once_it_was_judged);
    tcase_add_test(tcase, a_lesson_goes_on_where_it_was_left);
    tcase_add_test(tcase, a_prediction_made_yesterday_gets_its_verdict_today);
    tcase_add_test(tcase, the_measured_value_has_the_ideal_behind_it);
    tcase_add_test(tcase, a_verdict_has_all_that_proves_it);
    tcase_add_test(tcase, what_was_never_measured_says_so);
    tcase_add_test(tcase, a_page_knows_which_run_it_is_about);
    tcase_add_loop_test(tcase, tables_keep_their_columns_whatever_was_measured,
                        0, shipped_count());
    tcase_add_test(tcase, the_solution_comes_after_the_last_hint);
    tcase_add_test(tcase, an_exercise_solved_by_hand_counts_as_solved);
    tcase_add_loop_test(tcase,
                        every_page_has_a_note_for_the_lecturer_on_request, 0,
                        shipped_count());
    tcase_add_test(tcase, a_class_votes_twice);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
