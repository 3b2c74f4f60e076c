/*
 * Every exercise of every lesson, solved with the editor's keys alone.
 */
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

#include "lessons/catalog.h"
#include "lessons/edit/edit.h"
#include "lessons/session/lesson_run.h"
#include "sched/base/diag.h"
#include "tests/lessons/runner.h"

/*
 * What is pressed: u d l r move the cursor, < > move the step, ^ v the line,
 * + - and digits change, x deletes, {…} inserts what stands in the braces.
 */
static const char *const keys[] = {
    "dd^^",                    /*  1: C goes to the front */
    "r100d100",                /*  2: wait less */
    "rrrrrxd{yield}",          /*  3: one yield less, one more */
    "r25",                     /*  4: shorter turns */
    "+",                       /*  5: a third machine */
    "v",                       /*  6: who waits goes first */
    "r{yield}",                /*  7: M steps aside */
    "rrrrrrrxxxxdrxxxx",       /*  8: no empty round */
    "{by 100}",                /*  9: H takes turns */
    "dr40r60",                 /* 10: B fills the gap */
    "+++++++++++++++++++++",   /* 11: slice 50 */
    "+d+",                     /* 12: cores, not threads */
    "d----------------------", /* 13: without the GIL */
    "rrrrrrrrrr<",             /* 14: unlock before the receipt */
    "drrr<<<",                 /* 15: the cup first */
    "++",                      /* 16: four machines */
    "130",                     /* 17: unlock the cafeteria faster */
    "-d+ddr{by 100}rr50dddllll{lock m}rrrrrrr{unlock m}", /* 18 */
    "r>",                     /* 19: first the cup, then the pen */
    "r>>>>",                  /* 20: call after the change */
    "rr<<",                   /* 21: the hand goes up first */
    "20",                     /* 22: two turns instead of three */
    "rx{sleep 300}",          /* 23: wait away from the machine */
    "ddrr<<",                 /* 24: the lower number first */
    "{lock m}<rrr{unlock m}", /* 25: around both */
};

/* Press one key; returns how many bytes of the script it took. */
static size_t press(struct edit *edit, const char *key)
{
    char offer[64];
    size_t length = strcspn(key, "}");

    switch (*key) {
    case 'u':
    case 'd':
        ck_assert(edit_go_row(edit, *key == 'd' ? 1 : -1));
        return 1;
    case 'l':
    case 'r':
        edit_go_spot(edit, *key == 'r' ? 1 : -1);
        return 1;
    case '<':
    case '>':
        ck_assert(edit_shift_step(edit, *key == '>' ? 1 : -1));
        return 1;
    case '^':
    case 'v':
        ck_assert(edit_shift_line(edit, *key == 'v' ? 1 : -1));
        return 1;
    case '+':
    case '-':
        ck_assert(edit_add(edit, *key == '+' ? 1 : -1));
        return 1;
    case 'x':
        ck_assert(edit_delete(edit));
        return 1;
    case '{':
        snprintf(offer, sizeof offer, "%.*s", (int)length - 1, key + 1);
        ck_assert(edit_insert(edit, offer));
        return length + 1;
    default:
        ck_assert(edit_digit(edit, *key - '0'));
        return 1;
    }
}

/* The editor of the lesson's exercise. */
static struct edit *open_exercise(struct lesson_run *run)
{
    for (int position = 1; lesson_run_resume(run, position); position++)
        if (lesson_run_request(run)->kind == WANT_EDIT)
            return lesson_run_request(run)->edit;
    ck_abort_msg("there is no exercise");
}

START_TEST(the_keys_of_the_editor_solve_every_exercise)
{
    struct catalog *catalog = catalog_new("en");
    const struct lesson *lesson = catalog_lesson(catalog, (size_t)_i);
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    struct edit *edit = open_exercise(run);
    int tries, hints;
    struct diag diag;

    ck_assert(lesson_run_try(run, &diag));
    ck_assert_int_eq(lesson_run_modify(run, &tries, &hints), MODIFY_TRIED);
    for (const char *key = keys[_i]; *key;)
        key += press(edit, key);
    ck_assert_msg(lesson_run_try(run, &diag), "%s", diag.message);
    ck_assert_msg(lesson_run_modify(run, &tries, &hints) == MODIFY_SOLVED,
                  "%s:\n%s", lesson->id, edit_text(edit));
    lesson_run_free(run);
    catalog_free(catalog);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_solve");
    TCase *tcase = tcase_create("solve");

    tcase_add_loop_test(tcase, the_keys_of_the_editor_solve_every_exercise, 0,
                        sizeof keys / sizeof *keys);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
