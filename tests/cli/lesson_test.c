/*
 * The lessons, as a student walks through them. The test goes through the
 * same state machine beside the program: it knows what must be on the screen
 * next, waits for that, and presses the key.
 */
#include "tests/suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/lesson/lesson_plan.h"
#include "lessons/catalog.h"
#include "lessons/lesson.h"
#include "lessons/markup.h"
#include "lessons/session/lesson_run.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "tests/cli/pty.h"

enum {
    LESSONS = 25,
    COLUMNS = 80,
    ROWS = 24
};

static struct pty *pty;
static char state[SUITE_PATH];

static void setup(void)
{
    pty_environment();
    suite_folder(state);
    setenv("XDG_STATE_HOME", state, 1);
    pty = NULL;
}

static const char *progress_path(void)
{
    static char path[4096];

    snprintf(path, sizeof path, "%s/concviz/progress.txt",
             getenv("XDG_STATE_HOME"));
    return path;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
}

static void start(const char *word, const char *option, const char *language)
{
    const char *argv[] = { "./concviz", "--lang", language, word,
                           NULL,        NULL,     NULL };

    if (word)
        argv[4] = option;
    if (word && strcmp(word, "lesson") != 0 && word[0] != '-') {
        argv[3] = "lesson";
        argv[4] = word;
        argv[5] = option;
    }
    pty = pty_start(COLUMNS, ROWS, argv);
}

static void shows(const char *text)
{
    ck_assert_msg(pty_shows(pty, text), "never saw \"%s\"", text);
}

/* As if the student had come to this screen of a lesson before. */
static void been_at(const char *id, int position)
{
    char folder[4096];
    FILE *file;

    snprintf(folder, sizeof folder, "%s/concviz", getenv("XDG_STATE_HOME"));
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    file = fopen(progress_path(), "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "%s begun at=%d modify=open tries=0 hints=0\n", id, position);
    ck_assert_int_eq(fclose(file), 0);
}

/* --- walking -------------------------------------------------------------- */

struct words {
    const char *code, *ended, *right, *wrong, *goal, *fulfilled, *not_yet,
        *done, *run;
};

static const struct words english = { "en",       "ENDED",
                                      "✓ RIGHT",  "✗ NOT SO",
                                      "GOAL",     "Everything is fulfilled.",
                                      "Not yet.", "This lesson is done.",
                                      "RUN" };
static const struct words korean = { "ko",          "끝남",
                                     "✓ 맞아요",    "✗ 그렇지 않아요",
                                     "목표",        "조건을 모두 만족했어요.",
                                     "아직이에요.", "이 과를 마쳤어요.",
                                     "실행" };

struct walk {
    const struct words *words;
    bool right; /* answers */
    bool model; /* the run may be skipped to its end */
    bool class; /* votes */
    const struct lesson *lesson;
    struct lesson_run *run;
    bool announced;
};

/* The first row of a text must be on the screen. */
static void shows_first_row(const char *text, int cells)
{
    struct markup *wrapped = markup_wrap(text, cells);
    struct strbuf row;
    size_t first = 0;

    while (first + 1 < wrapped->row_count && !wrapped->row[first].span_count)
        first++;
    strbuf_init(&row);
    for (size_t i = 0; i < wrapped->row[first].span_count; i++)
        strbuf_adds(&row, wrapped->row[first].span[i].text);
    while (row.length && row.text[row.length - 1] == ' ')
        row.text[--row.length] = '\0';
    shows(row.text);
    strbuf_fini(&row);
    markup_free(wrapped);
}

/* A run is on the screen: see its end, and go on. */
static void see_run(const struct walk *walk)
{
    if (walk->model)
        pty_type(pty, "G");
    shows(walk->words->ended);
    pty_type(pty, "\r");
}

static int pick(const struct walk *walk, const struct lesson_screen *screen)
{
    size_t right = 0;

    for (size_t i = 0; i < screen->choice_count; i++)
        if (screen->choice[i].right)
            right = i;
    return (int)(walk->right ? right : (right + 1) % screen->choice_count);
}

/* What the question is about must be next to it: the first task of the
 * program, or the picture. */
static void shows_subject(const struct walk *walk,
                          const struct lesson_screen *question)
{
    const struct lesson_screen *run = lesson_run_screen(walk->lesson,
                                                        question->run);

    if (question->kind == LESSON_OBSERVE)
        shows("█ running");
    else if (run->workload >= 0 && !run->hide)
        shows("task ");
}

/* Nine hands for one choice, one for another, and no second vote. */
static void vote(const struct walk *walk, const struct lesson_screen *question,
                 int choice)
{
    int other = (choice + 1) % (int)question->choice_count;
    char keys[8];

    shows("FIRST VOTE");
    shows_subject(walk, question);
    snprintf(keys, sizeof keys, "%c9%c1v", 'a' + choice, 'a' + other);
    pty_type(pty, keys);
    shows("90 %");
    pty_type(pty, "r");
}

static void answer(struct walk *walk, const struct lesson_request *request)
{
    int choice = pick(walk, request->screen);
    char key[2] = { (char)('1' + choice), '\0' };

    shows_first_row(request->text, COLUMNS - 4);
    if (walk->class)
        vote(walk, request->screen, choice);
    else
        pty_type(pty, key);
    walk->announced = request->screen->kind == LESSON_PREDICT;
    lesson_run_choose(walk->run, choice);
}

static void solve(struct walk *walk, const struct lesson_request *request)
{
    shows(walk->words->goal);
    for (size_t i = 0; walk->right && i < request->screen->hint_count; i++)
        pty_type(pty, "h");
    pty_type(pty, walk->right ? "s\r" : "\r");
    if (walk->model)
        pty_type(pty, "G");
    shows(walk->words->ended);
    pty_type(pty, "\r");
    shows(walk->right ? walk->words->fulfilled : walk->words->not_yet);
    pty_type(pty, "n");
    lesson_run_next(walk->run);
}

static void run(struct walk *walk, const struct lesson_request *request)
{
    char announced[32];

    if (!walk->announced) {
        snprintf(announced, sizeof announced, "%s %d", walk->words->run,
                 request->screen->run);
        shows(announced);
        pty_type(pty, "\r");
    }
    walk->announced = false;
    see_run(walk);
    lesson_run_ran(walk->run, NULL);
}

/* The right choice is explained, and each that had hands. */
static void judge_votes(const struct walk *walk,
                        const struct lesson_request *request)
{
    shows(walk->right ? "MOST OF YOU WERE RIGHT: 9 of 10" : "NOT SO: ");
    shows("90 %");
    shows("10 %");
    shows_first_row(request->screen->choice[request->choice].why, COLUMNS - 9);
    pty_type(pty, "\033OB\033OB\033OB\033OB\033OB"); /* all of it */
    shows_first_row(request->screen->choice[request->right].why, COLUMNS - 9);
    pty_type(pty, "\r");
    lesson_run_next(walk->run);
}

static void judge(struct walk *walk, const struct lesson_request *request)
{
    if (walk->class) {
        judge_votes(walk, request);
        return;
    }
    shows(walk->right ? walk->words->right : walk->words->wrong);
    shows_first_row(request->screen->choice[request->right].text, COLUMNS - 12);
    pty_type(pty, "\r");
    lesson_run_next(walk->run);
}

static void take(struct walk *walk, const struct lesson_request *request)
{
    switch (request->kind) {
    case WANT_SHOW:
        if (request->screen->kind != LESSON_REFLECT) /* its numbers differ */
            shows_first_row(request->text, COLUMNS - 4);
        pty_type(pty, "\r");
        lesson_run_next(walk->run);
        break;
    case WANT_ASK:
        answer(walk, request);
        break;
    case WANT_RUN:
        run(walk, request);
        break;
    case WANT_VERDICT:
        judge(walk, request);
        break;
    case WANT_EDIT:
        solve(walk, request);
        break;
    case WANT_END:
        break;
    }
}

/* From the first page to the last, in a program that has been started. */
static void take_all(struct walk *walk, int number)
{
    struct catalog *catalog = catalog_new(walk->words->code);
    const struct lesson_request *request;

    walk->lesson = catalog_lesson(catalog, (size_t)number - 1);
    walk->run = lesson_run_new(walk->lesson, &lesson_plan_runner, false);
    while ((request = lesson_run_request(walk->run))->kind != WANT_END)
        take(walk, request);
    shows(walk->words->done);
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    lesson_run_free(walk->run);
    catalog_free(catalog);
}

static void walk_lesson(int number, const struct words *words, bool right,
                        bool model)
{
    struct walk walk = { .words = words, .right = right, .model = model };
    char word[8];

    snprintf(word, sizeof word, "%d", number);
    start(word, model ? "--model" : NULL, words->code);
    take_all(&walk, number);
}

static void walk_class(int number, bool right)
{
    struct walk walk = {
        .words = &english, .right = right, .model = true, .class = true
    };
    char word[8];
    const char *argv[] = { "./concviz", "lesson", word,      "--class",
                           "--lang",    "en",     "--model", NULL };

    snprintf(word, sizeof word, "%d", number);
    pty = pty_start(COLUMNS, ROWS, argv);
    take_all(&walk, number);
}

START_TEST(a_lesson_can_be_walked_with_right_answers)
{
    walk_lesson(_i, &english, true, true);
}
END_TEST

START_TEST(a_lesson_can_be_walked_with_wrong_answers)
{
    walk_lesson(_i, &english, false, true);
}
END_TEST

START_TEST(a_lesson_can_be_walked_with_right_answers_in_korean)
{
    walk_lesson(_i, &korean, true, true);
}
END_TEST

START_TEST(a_lesson_can_be_walked_with_wrong_answers_in_korean)
{
    walk_lesson(_i, &korean, false, true);
}
END_TEST

START_TEST(a_class_can_walk_a_lesson)
{
    walk_class(_i, true);
}
END_TEST

START_TEST(a_class_that_is_wrong_hears_why)
{
    walk_class(_i, false);
}
END_TEST

START_TEST(a_lesson_really_runs)
{
    walk_lesson(_i, &korean, true, false);
}
END_TEST

/* --- the menu ------------------------------------------------------------- */

START_TEST(bare_concviz_is_the_menu)
{
    start(NULL, NULL, "en");
    shows("begin here");
    shows("free play");
    pty_type(pty, "\t");
    shows("여기서 시작");
    pty_type(pty, "\t");
    shows("begin here");
    pty_type(pty, "\r");
    shows("LESSON 1 of 25");
    pty_type(pty, "\rm"); /* a page on, and back to the menu */
    shows("go on here");
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    ck_assert(!pty_alternate_screen(pty));
}
END_TEST

/* A run, a comparison and a file of one's own, with keys alone. */
START_TEST(the_menu_leads_to_free_play_and_back)
{
    char file[SUITE_PATH + 16], typed[SUITE_PATH + 32];

    snprintf(file, sizeof file, "%s/own.work", state);
    start(NULL, NULL, "en");
    shows("begin here");
    pty_type(pty, "\033OF\r"); /* End: the last row of the list */
    shows("cafeteria");
    pty_type(pty, "\r");
    shows("COROUTINES");
    shows("q back");
    pty_type(pty, "?");
    shows("close");
    pty_type(pty, "\033");
    pty_hides(pty, "close");
    pty_type(pty, "\033"); /* nothing is open any more */
    shows("my file");
    pty_type(pty, "\033OC"); /* Right: async-sum */
    shows("async-sum");
    for (int i = 0; i < 4; i++)
        pty_type(pty, "j");
    shows("> compare");
    pty_type(pty, "\r");
    shows("COMPARE");
    pty_type(pty, "q");
    shows("my file");
    snprintf(typed, sizeof typed, "f%s\r", file);
    pty_type(pty, typed);
    shows("there is no such file");
    suite_write(file, "task Own: cpu\n");
    pty_type(pty, "\r");
    shows("own.work:1:"); /* what is wrong, and where */
    suite_write(file, "task Own: cpu 20\n");
    pty_type(pty, "\r");
    pty_type(pty, "\r");
    shows("[Own]");
    pty_type(pty, "q");
    shows("my file");
    pty_type(pty, "f/\033"); /* Esc closes the prompt, then leaves the page */
    shows("Esc menu");
    pty_type(pty, "q");
    shows("Free play");
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
}
END_TEST

START_TEST(a_syllable_says_that_korean_input_is_on)
{
    start(NULL, NULL, "en");
    shows("begin here");
    pty_type(pty, "너"); /* s and j: two keys in one character */
    shows("> 2 ");       /* j moved down, ... */
    shows("한/영");      /* ... and did not wipe the notice away */
}
END_TEST

START_TEST(hangul_letters_are_keys_too)
{
    start("5", NULL, "ko");
    shows("25과 중 5과");
    pty_type(pty, "ㅡ"); /* m */
    shows("여기서");
    pty_type(pty, "ㅂ"); /* q */
    ck_assert_int_eq(pty_wait(pty), 0);
}
END_TEST

/* --- progress ------------------------------------------------------------- */

START_TEST(a_killed_lesson_goes_on_where_it_was)
{
    start("5", "--model", "en");
    shows("In the last lesson");
    pty_type(pty, "\r");
    shows("When is the last drink out?");
    pty_type(pty, "m"); /* the menu: by now the page has been kept */
    shows("go on here");
    pty_signal(pty, SIGKILL);
    pty_free(pty);
    start("5", "--model", "en");
    shows("You continue where you left off");
    shows("When is the last drink out?");
    pty_type(pty, "r");
    shows("In the last lesson");
}
END_TEST

/* What a question asks about must be there to be seen. */
START_TEST(a_picture_comes_back_with_its_question)
{
    been_at("concurrency-vs-parallelism", 8);
    start("5", NULL, "en");
    shows("OBSERVE");
    shows("earlier runs are the model's");
    shows("MODEL  two lines, two machines");
    shows("[B]");
    shows("←→ cursor");
    pty_type(pty, "b"); /* the run itself, */
    shows("RUN 2");
    pty_type(pty, "bbb"); /* and what is said of the one before it */
    shows("MODEL  two lines, one machine");
}
END_TEST

START_TEST(keys_of_a_picture_are_offered_where_there_is_one)
{
    been_at("race", 10);
    start("14", NULL, "en");
    shows("you were lucky, not right");
    shows("L two real threads");
    shows("←→ cursor");
    pty_resize(pty, COLUMNS, 18);
    ck_assert(pty_hides(pty, "←→ cursor"));
    shows("L two real threads");
}
END_TEST

START_TEST(a_place_that_cannot_be_written_is_told_once)
{
    setenv("XDG_STATE_HOME", "/proc/nowhere", 1);
    start("5", "--model", "en");
    shows("In the last lesson");
    pty_type(pty, "\r");
    shows("cannot be kept");
    pty_type(pty, "2G");
    shows("ENDED");
    pty_type(pty, "\r");
    shows("✓ RIGHT");
    ck_assert(pty_hides(pty, "cannot be kept"));
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_file)
{
    static const char *const argv[] = {
        "/bin/sh", "-c",
        "trap '' XFSZ; ulimit -f 0; exec ./concviz lesson 5 --model", NULL
    };
    char line[256] = "";
    FILE *file;

    been_at("concurrency-vs-parallelism", 2);
    setenv("LANGUAGE", "en", 1);
    pty = pty_start(COLUMNS, ROWS, argv);
    shows("You continue where you left off");
    pty_type(pty, "b");
    shows("cannot be kept");
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    file = fopen(progress_path(), "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_str_eq(line, "concurrency-vs-parallelism begun at=2 modify=open "
                           "tries=0 hints=0\n");
}
END_TEST

/* --- the editor ----------------------------------------------------------- */

/* The position of the exercise of a lesson. */
static int exercise(int number, const char **id)
{
    static char name[64];
    struct catalog *catalog = catalog_new("en");
    const struct lesson *lesson = catalog_lesson(catalog, (size_t)number - 1);
    int position = 0;

    for (size_t i = 0; i < lesson->screen_count; i++) {
        enum lesson_kind kind = lesson->screen[i].kind;

        if (kind != LESSON_WORKLOAD && kind != LESSON_LECTURER)
            position++;
        if (kind == LESSON_MODIFY)
            break;
    }
    snprintf(name, sizeof name, "%s", lesson->id);
    *id = name;
    catalog_free(catalog);
    return position;
}

static void start_exercise(int number)
{
    const char *id;
    int position = exercise(number, &id);
    char word[8];

    been_at(id, position);
    snprintf(word, sizeof word, "%d", number);
    start(word, "--model", "en");
    shows("GOAL");
}

static void see_trial(const char *verdict)
{
    pty_type(pty, "\rG");
    shows("ENDED");
    pty_type(pty, "\r");
    shows(verdict);
}

START_TEST(machines_are_bought_with_plus)
{
    start_exercise(5);
    see_trial("Not yet.");
    pty_type(pty, "+");
    shows("machines: 3");
    see_trial("Everything is fulfilled.");
    pty_type(pty, "\r");
    shows("IN SHORT");
}
END_TEST

START_TEST(a_step_is_inserted_and_undone)
{
    start_exercise(9);
    pty_type(pty, "i\r");
    shows("cpu 900 by 100");
    pty_type(pty, "u");
    ck_assert(pty_hides(pty, "by 100"));
    pty_type(pty, "i\r");
    see_trial("Everything is fulfilled.");
}
END_TEST

START_TEST(the_solution_comes_after_the_hints)
{
    start_exercise(9);
    pty_type(pty, "s");
    shows("after the last hint");
    pty_type(pty, "h");
    shows("Hint 1 of 2");
    pty_type(pty, "h");
    shows("Hint 2 of 2");
    pty_type(pty, "s");
    shows("cpu 900 by 100");
    see_trial("Everything is fulfilled.");
    shows("Enter go on"); /* and there is nothing left to ask for */
    ck_assert(pty_hides(pty, "s solution"));
    pty_type(pty, "\r\r");
    shows("you have seen the solution");
}
END_TEST

START_TEST(every_key_of_the_editor_stands_on_its_screen)
{
    static const char *const keys[] = { "Shift-←→ move", "+- change",
                                        "0-9 type",      "i insert",
                                        "d delete",      "u undo",
                                        "h hint",        "n go on" };

    start_exercise(3);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        shows(keys[i]);
}
END_TEST

START_TEST(a_step_takes_its_number_and_the_ticks_go)
{
    start_exercise(3);
    see_trial("Not yet.");
    shows("✗ entries A == 2");
    shows("MODEL: entries A = 3");
    pty_type(pty, "+"); /* the cursor is on cpu 100 */
    shows("cpu 110");
    shows("○ entries A == 2");
    ck_assert(pty_hides(pty, "MODEL: "));
    pty_type(pty, "25");
    shows("A: cpu 25,");
}
END_TEST

START_TEST(a_setting_says_what_it_may_be_and_is_typed)
{
    start_exercise(13);
    shows("(off 5-100)");
    pty_type(pty, "\033OB0"); /* one key, and the lock is off */
    shows("gil: off");
    see_trial("Everything is fulfilled.");
}
END_TEST

START_TEST(esc_closes_only_what_is_open)
{
    start_exercise(9);
    pty_type(pty, "i");
    shows("Enter insert");
    pty_type(pty, "\033");
    ck_assert(pty_hides(pty, "Enter insert"));
    pty_type(pty, "?");
    shows("a hint");
    pty_type(pty, "\033");
    ck_assert(pty_hides(pty, "a hint"));
    pty_type(pty, "\033");
    shows("Esc only closes");
    shows("GOAL");
    pty_type(pty, "m");
    shows("go on here");
    pty_type(pty, "\033");
    shows("Esc only closes");
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
}
END_TEST

START_TEST(a_small_screen_shows_what_a_run_has_come_to)
{
    start_exercise(18);
    pty_resize(pty, 60, 16);
    shows("13/14");
    ck_assert(pty_hides(pty, "deadlock == no"));
    see_trial("Not yet.");
    shows("deadlock == no");
    pty_type(pty, "h");
    shows("Hint 1 of 3");
    pty_type(pty, "+");
    shows("GOAL");
}
END_TEST

START_TEST(a_step_that_only_moves_offers_nothing_to_insert)
{
    start_exercise(15);
    shows("Shift-←→ move");
    ck_assert(pty_hides(pty, "i insert"));
    pty_type(pty, "i");
    shows("Nothing can be inserted here.");
}
END_TEST

/* --- nothing is cut ------------------------------------------------------- */

START_TEST(a_program_is_broken_between_its_steps)
{
    been_at("event-loop", 2);
    start("8", "--model", "en");
    shows("sleep 100,");
    shows("say \"A start\", sum nothing");
}
END_TEST

START_TEST(what_the_model_says_of_checks_stands_in_a_column)
{
    been_at("hog", 8);
    start("9", "--model", "ko");
    shows("목표");
    pty_type(pty, "\rG");
    shows("끝남");
    pty_type(pty, "\r");
    shows("<= 100ms 모델: ");
    shows("== 900ms      모델: ");
}
END_TEST

START_TEST(a_broken_program_loses_no_comma)
{
    been_at("event-loop", 10);
    start("8", "--model", "en");
    shows("GOAL");
    shows("sleep 100, say \"A start\",");
}
END_TEST

START_TEST(a_long_measured_value_is_shown_to_its_end)
{
    been_at("event-loop", 2);
    start("8", "--model", "en");
    shows("In which order");
    pty_type(pty, "2");
    shows("How long does");
    pty_type(pty, "2");
    shows("How many");
    pty_type(pty, "3G");
    shows("ENDED");
    pty_type(pty, "\r");
    shows("✓ RIGHT");
    shows("100 B stops ");
}
END_TEST

START_TEST(a_short_run_is_shown_slowly_and_says_how_long_it_took)
{
    been_at("event-loop", 5);
    start("8", "--model", "en");
    shows("RUN 1");
    pty_type(pty, "\r");
    shows("the run took 0.2 s and is shown 10 times slower");
    shows("0.1x");
    shows("OUTPUT"); /* as the lesson wants it; i shows the picture */
    pty_type(pty, "ii");
    ck_assert(pty_hides(pty, "OUTPUT"));
}
END_TEST

START_TEST(the_ideal_machine_is_one_key_away)
{
    start("1", NULL, "en");
    shows("Three people");
    pty_type(pty, "\r");
    shows("When does C walk away");
    pty_type(pty, "3");
    shows("ENDED");
    ck_assert(pty_hides(pty, "MODEL"));
    pty_type(pty, "\r");
    shows("✓ RIGHT");
    shows("Measured: finish C");
    pty_type(pty, "c");
    shows("MODEL");
    pty_type(pty, "G");
    shows("ENDED");
    pty_type(pty, "\r");
    shows("✓ RIGHT");
    shows("Measured: finish C");
}
END_TEST

START_TEST(a_run_is_looked_at_again_and_not_run_again)
{
    start("1", NULL, "en");
    shows("Three people");
    pty_type(pty, "\r");
    shows("When does C walk away");
    pty_type(pty, "3");
    shows("ENDED");
    pty_type(pty, "\r");
    shows("✓ RIGHT");
    pty_type(pty, "p");
    shows("PAUSED");
    pty_type(pty, "\r");
    shows("ENDED");
    pty_type(pty, "\r");
    shows("✓ RIGHT");
    shows("Measured: finish C");
}
END_TEST

START_TEST(a_mystery_is_not_solved_by_its_captions)
{
    been_at("diagnose", 8); /* the deadlock */
    start("18", "--model", "en");
    shows("RUN 4");
    pty_type(pty, "\rG");
    shows("ENDED");
    ck_assert(pty_hides(pty, "Deadlock"));
    pty_type(pty, "\r");
    shows("What is this?");
    ck_assert(pty_hides(pty, "→ [B]")); /* who waits for whom */
    pty_type(pty, "1");
    shows("✗ NOT SO");
    shows("→ [B]");
    shows("What is this?"); /* the question stays with its verdict */
    pty_type(pty, "\r");
    shows("RUN 5");
    pty_type(pty, "\r");
    shows("showing the model");
    ck_assert(pty_hides(pty, "switch takes"));
    pty_type(pty, "G");
    shows("ENDED");
}
END_TEST

START_TEST(a_long_title_of_a_run_comes_before_the_number_of_the_lesson)
{
    been_at("deadlock", 6);
    start("15", "--model", "en");
    shows("RUN 2");
    pty_type(pty, "\rG");
    shows("ENDED");
    shows("one machine, yield between the locks");
}
END_TEST

/* --- before a class, and exercises ---------------------------------------- */

START_TEST(a_note_for_the_lecturer_is_on_every_page)
{
    start("5", "--lecturer", "en");
    shows("In the last lesson");
    shows("FOR THE LECTURER");
    shows("Let two students explain");
    pty_type(pty, "\r");
    shows("Ask this one twice");
    pty_type(pty, "2");
    shows("RUN 1"); /* announced, for its note */
    shows("Stop with Space anywhere");
    pty_type(pty, "\r");
    shows("ENDED");
}
END_TEST

/* The lecturer's file of votes has this. */
static void assert_kept(const char *row)
{
    char path[4096], text[4096] = { 0 };
    FILE *file;

    snprintf(path, sizeof path, "%s/concviz/votes.csv",
             getenv("XDG_STATE_HOME"));
    file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(text, 1, sizeof text - 1, file), sizeof text - 1);
    fclose(file);
    ck_assert_msg(strstr(text, row) != NULL, "%s is not in %s", row, text);
}

START_TEST(a_class_votes_twice_before_the_run)
{
    const char *argv[] = { "./concviz", "lesson", "5",       "--class",
                           "--lang",    "en",     "--model", NULL };

    pty = pty_start(COLUMNS, ROWS, argv);
    shows("In the last lesson");
    pty_type(pty, "\r");
    shows("FIRST VOTE");
    pty_type(pty, "30\r10v");
    shows("75 %");
    ck_assert(pty_hides(pty, "✓"));
    pty_type(pty, "\r");
    shows("SECOND VOTE");
    pty_type(pty, "4\r36v");
    shows("90 %");
    pty_type(pty, "\rG");
    shows("ENDED");
    pty_type(pty, "\r");
    shows("MOST OF YOU WERE RIGHT: 36 of 40");
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_kept("date,lesson,question,vote,key,a,b,c,d,e\n");
    assert_kept(",concurrency-vs-parallelism,1,1,b,30,10,0,,\n");
    assert_kept(",concurrency-vs-parallelism,1,2,b,4,36,0,,\n");
    ck_assert_int_ne(access(progress_path(), F_OK), 0);
}
END_TEST

START_TEST(a_timeline_is_painted_and_marked)
{
    start("lesson", "quiz", "en");
    shows("Exercise ");
    pty_type(pty, "\r");
    shows("✗ Right: ");
    shows("  0ms ");
    shows("Enter the answers");
    pty_type(pty, "\r"); /* the key: now every letter can be typed */
    ck_assert(pty_hides(pty, "Enter the answers"));
    pty_type(pty, "rrr");
    ck_assert(pty_hides(pty, "✗ Right: "));
    pty_type(pty, "n");
    shows("Exercise ");
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
}
END_TEST

START_TEST(a_key_chooses_how_hard_an_exercise_is)
{
    const char *argv[] = { "./concviz", "lesson", "quiz", "--level=2", NULL };

    pty = pty_start(COLUMNS, ROWS, argv);
    shows(", level 2: ");
    pty_type(pty, "3");
    shows(", level 3: ");
    pty_type(pty, "n");
    shows(", level 3: ");
    pty_type(pty, "1");
    shows(", level 1: ");
}
END_TEST

START_TEST(two_real_threads_race)
{
    been_at("race", 1);
    start("14", NULL, "en");
    shows("A notebook n counts");
    pty_type(pty, "L");
    shows("lost: ");
}
END_TEST

static TCase *add_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    return tcase;
}

static void add_keys(Suite *suite)
{
    TCase *keys = add_case(suite, "keys");

    tcase_add_test(keys, bare_concviz_is_the_menu);
    tcase_add_test(keys, the_menu_leads_to_free_play_and_back);
    tcase_add_test(keys, a_syllable_says_that_korean_input_is_on);
    tcase_add_test(keys, hangul_letters_are_keys_too);
    tcase_add_test(keys, a_killed_lesson_goes_on_where_it_was);
    tcase_add_test(keys, a_picture_comes_back_with_its_question);
    tcase_add_test(keys, keys_of_a_picture_are_offered_where_there_is_one);
    tcase_add_test(keys, a_place_that_cannot_be_written_is_told_once);
    tcase_add_test(keys, a_full_disk_leaves_the_old_file);
    tcase_add_test(keys, machines_are_bought_with_plus);
    tcase_add_test(keys, a_step_is_inserted_and_undone);
    tcase_add_test(keys, the_solution_comes_after_the_hints);
    tcase_add_test(keys, every_key_of_the_editor_stands_on_its_screen);
    tcase_add_test(keys, a_step_takes_its_number_and_the_ticks_go);
    tcase_add_test(keys, a_setting_says_what_it_may_be_and_is_typed);
    tcase_add_test(keys, esc_closes_only_what_is_open);
    tcase_add_test(keys, a_small_screen_shows_what_a_run_has_come_to);
    tcase_add_test(keys, a_step_that_only_moves_offers_nothing_to_insert);
    tcase_add_test(keys, a_program_is_broken_between_its_steps);
    tcase_add_test(keys, what_the_model_says_of_checks_stands_in_a_column);
    tcase_add_test(keys, a_broken_program_loses_no_comma);
    tcase_add_test(keys, a_long_measured_value_is_shown_to_its_end);
    tcase_add_test(keys, a_short_run_is_shown_slowly_and_says_how_long_it_took);
    tcase_add_test(keys, the_ideal_machine_is_one_key_away);
    tcase_add_test(keys, a_run_is_looked_at_again_and_not_run_again);
    tcase_add_test(keys, a_mystery_is_not_solved_by_its_captions);
    tcase_add_test(keys,
                   a_long_title_of_a_run_comes_before_the_number_of_the_lesson);
    tcase_add_test(keys, a_note_for_the_lecturer_is_on_every_page);
    tcase_add_test(keys, a_class_votes_twice_before_the_run);
    tcase_add_test(keys, a_timeline_is_painted_and_marked);
    tcase_add_test(keys, a_key_chooses_how_hard_an_exercise_is);
    tcase_add_test(keys, two_real_threads_race);
}

int main(void)
{
    Suite *suite = suite_create("lessons");
    TCase *walks = add_case(suite, "walks");

    if (pty_skips())
        return 0;
    tcase_add_loop_test(walks, a_lesson_can_be_walked_with_right_answers, 1,
                        LESSONS + 1);
    tcase_add_loop_test(walks, a_lesson_can_be_walked_with_wrong_answers, 1,
                        LESSONS + 1);
    tcase_add_loop_test(walks,
                        a_lesson_can_be_walked_with_right_answers_in_korean, 1,
                        LESSONS + 1);
    tcase_add_loop_test(walks,
                        a_lesson_can_be_walked_with_wrong_answers_in_korean, 1,
                        LESSONS + 1);
    tcase_add_loop_test(walks, a_class_can_walk_a_lesson, 1, LESSONS + 1);
    tcase_add_loop_test(walks, a_class_that_is_wrong_hears_why, 8, 9);
    tcase_add_loop_test(walks, a_class_that_is_wrong_hears_why, 18, 19);
    tcase_add_loop_test(walks, a_lesson_really_runs, 1, 2);
    tcase_add_loop_test(walks, a_lesson_really_runs, 5, 6);
    tcase_add_loop_test(walks, a_lesson_really_runs, 8, 9);
    add_keys(suite);
    return suite_main(suite);
}
