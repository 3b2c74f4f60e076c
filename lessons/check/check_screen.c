/*
 * check_screen.c -- does every screen fit 80x24?
 *
 * A lesson's text may use 76 columns and 20 rows; the rest of the screen is
 * the title, the footer and a margin.
 */
#include <stdlib.h>
#include <string.h>

#include "lessons/check/check.h"
#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/markup.h"
#include "lessons/parse/diags.h"
#include "lessons/session/ideal.h"
#include "lessons/session/reflect.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    CHOICE_CELLS = CHECK_TEXT_CELLS - 5, /* behind " 1   " */
};

struct fitting {
    const struct lesson *lesson;
    struct diags *diags;
    struct ideal *ideal;
};

static size_t rows(const char *text, int cells)
{
    struct markup *wrapped = markup_wrap(text ? text : "", cells);
    size_t count = wrapped->row_count;

    markup_free(wrapped);
    return count;
}

static void too_tall(struct fitting *fitting, int line, size_t count)
{
    if (count > CHECK_TEXT_ROWS)
        diags_add(fitting->diags, fitting->lesson->file, line, 1,
                  _("this takes %zu rows; %d fit on a screen"), count,
                  CHECK_TEXT_ROWS);
}

/* Kept lines are not wrapped: find those that are too wide. */
static void too_wide(struct fitting *fitting, const char *text, int line)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        struct strbuf row;

        strbuf_init(&row);
        strbuf_add(&row, text, length);
        if (strncmp(row.text, "  ", 2) == 0 &&
            text_cells(row.text) > CHECK_TEXT_CELLS)
            diags_add(fitting->diags, fitting->lesson->file, line, 1,
                      _("this line takes %d cells; %d fit"),
                      text_cells(row.text), CHECK_TEXT_CELLS);
        strbuf_fini(&row);
        text += length + (text[length] == '\n');
        line++;
    }
}

/* Live numbers are as long as those of the model, but for the brackets. */
static const struct metric_run *no_run(void *context, int run)
{
    (void)context;
    (void)run;
    return NULL;
}

static void fit_prose(struct fitting *fitting,
                      const struct lesson_screen *screen)
{
    struct strbuf text;

    strbuf_init(&text);
    reflect_fill(&text, screen->text, no_run, ideal_get, fitting->ideal);
    too_wide(fitting, text.text, screen->text_line);
    too_tall(fitting, screen->line, rows(text.text, CHECK_TEXT_CELLS));
    strbuf_fini(&text);
}

/* The question with its choices, and the tallest verdict: a wrong choice, the
 * right one, both with their explanations. */
static void fit_question(struct fitting *fitting,
                         const struct lesson_screen *screen)
{
    size_t question = rows(screen->text, CHECK_TEXT_CELLS) + 1;
    size_t choices = 1, right = 0, wrong = 0; /* 1: "I don't know" */

    for (size_t i = 0; i < screen->choice_count; i++) {
        const struct lesson_choice *choice = &screen->choice[i];
        size_t text = rows(choice->text, CHOICE_CELLS);
        size_t verdict = text + rows(choice->why, CHOICE_CELLS);

        choices += text;
        if (choice->right)
            right = verdict;
        else if (verdict > wrong)
            wrong = verdict;
    }
    too_wide(fitting, screen->text, screen->text_line);
    too_tall(fitting, screen->line, question + choices);
    too_tall(fitting, screen->line, question + wrong + right + 3);
}

/* The goal, the rows of the editor, the checks and one hint at a time. */
static void fit_modify(struct fitting *fitting,
                       const struct lesson_screen *screen)
{
    const char *text = fitting->lesson->workload[screen->workload].text;
    size_t count = rows(screen->goal, CHECK_TEXT_CELLS) + 1;
    size_t hint = 0;

    for (unsigned bit = UNLOCK_MACHINES; bit <= UNLOCK_MODE; bit <<= 1)
        count += (screen->change.unlocked & bit) != 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        struct strbuf row;

        strbuf_init(&row);
        strbuf_add(&row, text, length);
        count += rows(row.text, CHECK_TEXT_CELLS);
        strbuf_fini(&row);
        text += length + (text[length] == '\n');
    }
    for (size_t i = 0; i < screen->hint_count; i++) {
        size_t taken = rows(screen->hint[i], CHECK_TEXT_CELLS);

        hint = taken > hint ? taken : hint;
    }
    too_tall(fitting, screen->line, count + screen->predicate_count + hint + 1);
}

void check_screens(const struct lesson *lesson,
                   const struct lesson_runner *runner, struct diags *diags)
{
    struct fitting fitting = { lesson, diags, ideal_new(lesson, runner) };

    for (size_t i = 0; i < lesson->screen_count; i++) {
        const struct lesson_screen *screen = &lesson->screen[i];

        switch (screen->kind) {
        case LESSON_PREDICT:
        case LESSON_OBSERVE:
            fit_question(&fitting, screen);
            break;
        case LESSON_MODIFY:
            fit_modify(&fitting, screen);
            break;
        case LESSON_WORKLOAD:
        case LESSON_RUN:
            break;
        default:
            fit_prose(&fitting, screen);
        }
    }
    ideal_free(fitting.ideal);
}
