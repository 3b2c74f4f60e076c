/*
 * check_screen.c -- does every screen fit 80x24?
 *
 * A lesson's text may use 76 columns and 20 rows; the rest of the screen is
 * the title, the footer and a margin.
 */
#include <stdlib.h>
#include <string.h>

#include "lessons/check/check.h"
#include "lessons/check/check_internal.h"
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
    CHOICE_CELLS = CHECK_TEXT_CELLS - 5, /* after " 1   " */
};

static size_t rows(const char *text, int cells)
{
    struct markup *wrapped = markup_wrap(text ? text : "", cells);
    size_t count = wrapped->row_count;

    markup_free(wrapped);
    return count;
}

static void too_tall(struct lesson_check *check, int line, size_t count)
{
    if (count > CHECK_TEXT_ROWS)
        diags_add(check->diags, check->lesson->file, line, 1,
                  _("this takes %zu rows; only %d fit on a screen"), count,
                  CHECK_TEXT_ROWS);
}

/* Copy the first line of text; returns where the next one begins. */
static const char *copy_line(struct strbuf *line, const char *text)
{
    size_t length = strcspn(text, "\n");

    strbuf_clear(line);
    strbuf_add(line, text, length);
    return text + length + (text[length] == '\n');
}

/* Kept lines are not wrapped: find those that are too wide. */
static void too_wide(struct lesson_check *check, const char *text, int line)
{
    struct strbuf row;

    strbuf_init(&row);
    for (; *text; line++) {
        text = copy_line(&row, text);
        if (strncmp(row.text, "  ", 2) == 0 &&
            text_cells(row.text) > CHECK_TEXT_CELLS)
            diags_add(check->diags, check->lesson->file, line, 1,
                      _("this line takes %d cells; only %d fit"),
                      text_cells(row.text), CHECK_TEXT_CELLS);
    }
    strbuf_fini(&row);
}

static const struct metric_run *no_run(void *context, int run)
{
    (void)context;
    (void)run;
    return NULL;
}

/* The text of a screen as the model fills it: live numbers are as long. With
 * measured, every number has its brackets, and every table its second rows. */
static void fill(struct lesson_check *check, const char *text, bool measured,
                 struct strbuf *out)
{
    const struct reflect_runs runs = { no_run, ideal_run, check->ideal,
                                       measured };

    strbuf_clear(out);
    reflect_fill(out, text, &runs);
}

static void fit_prose(struct lesson_check *check,
                      const struct lesson_screen *screen)
{
    struct strbuf text;

    strbuf_init(&text);
    fill(check, screen->text, false, &text);
    too_wide(check, text.text, screen->text_line);
    fill(check, screen->text, true, &text);
    too_tall(check, screen->line, rows(text.text, CHECK_TEXT_CELLS));
    strbuf_fini(&text);
}

/* The question with its choices, and the tallest verdict: a wrong choice, the
 * right one, both with their explanations. */
static void fit_question(struct lesson_check *check,
                         const struct lesson_screen *screen)
{
    size_t choices = 1, right = 0, wrong = 0; /* 1: "I don't know" */
    struct strbuf text;
    size_t question;

    strbuf_init(&text);
    fill(check, screen->text, false, &text);
    question = rows(text.text, CHECK_TEXT_CELLS) + 1;
    too_wide(check, text.text, screen->text_line);
    strbuf_fini(&text);

    for (size_t i = 0; i < screen->choice_count; i++) {
        const struct lesson_choice *choice = &screen->choice[i];
        size_t answer = rows(choice->text, CHOICE_CELLS);
        size_t verdict = answer + rows(choice->why, CHOICE_CELLS);

        choices += answer;
        if (choice->right)
            right = verdict;
        else if (verdict > wrong)
            wrong = verdict;
    }
    too_tall(check, screen->line, question + choices);
    too_tall(check, screen->line, question + wrong + right + 3);
}

/* The goal, the rows of the editor, the checks and one hint at a time. */
static void fit_modify(struct lesson_check *check,
                       const struct lesson_screen *screen)
{
    const char *text = check->lesson->workload[screen->workload].text;
    size_t count = rows(screen->goal, CHECK_TEXT_CELLS) + 1;
    size_t hint = 0;
    struct strbuf row;

    for (unsigned bit = UNLOCK_MACHINES; bit <= UNLOCK_MODE; bit <<= 1)
        count += (screen->change.unlocked & bit) != 0;
    strbuf_init(&row);
    while (*text) {
        text = copy_line(&row, text);
        count += rows(row.text, CHECK_TEXT_CELLS);
    }
    strbuf_fini(&row);
    for (size_t i = 0; i < screen->hint_count; i++) {
        size_t taken = rows(screen->hint[i], CHECK_TEXT_CELLS);

        hint = taken > hint ? taken : hint;
    }
    too_tall(check, screen->line, count + screen->predicate_count + hint + 1);
}

void check_screen(struct lesson_check *check)
{
    for (size_t i = 0; i < check->lesson->screen_count; i++) {
        const struct lesson_screen *screen = &check->lesson->screen[i];

        switch (screen->kind) {
        case LESSON_PREDICT:
        case LESSON_OBSERVE:
            fit_question(check, screen);
            break;
        case LESSON_MODIFY:
            fit_modify(check, screen);
            break;
        case LESSON_WORKLOAD:
        case LESSON_RUN:
            break;
        default:
            fit_prose(check, screen);
        }
    }
}
