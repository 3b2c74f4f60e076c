/*
 * cmd_quiz.c -- lesson quiz: exercises for the screen or for paper.
 */
#include "cli/command/cmd_quiz.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/lesson/quiz_paint.h"
#include "cli/lesson/quiz_source.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/page/page_view.h"
#include "lessons/quiz/quiz.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/trace/mode.h"

static void print(const struct quiz *quiz, const struct options *options)
{
    struct strbuf text;

    strbuf_init(&text);
    if (options->format == FORMAT_SVG) {
        quiz_svg(quiz, options->answers, &text);
        fwrite(text.text, 1, text.length, stdout);
        strbuf_fini(&text);
    } else {
        quiz_text(quiz, options->answers, &text);
        message_print(&text);
    }
}

/* "lesson quiz threads 2": in any order. */
static bool read_words(const struct options *options, const char **mode,
                       int *difficulty)
{
    for (size_t i = 2; i < options->word_count; i++) {
        const char *word = options->word[i];

        if (word[0] >= '1' && word[0] <= '0' + QUIZ_DIFFICULTY_MAX && !word[1])
            *difficulty = word[0] - '0';
        else if (mode_find(word))
            *mode = mode_find(word)->name;
        else {
            message(_("lesson quiz %s: expected a mode, or a level from 1 to "
                      "%d"),
                    word, QUIZ_DIFFICULTY_MAX);
            return false;
        }
    }
    return true;
}

static bool is_for_paper(const struct options *options)
{
    return options->blank || options->answers || options->seed != NOT_SAID ||
           options->format != FORMAT_TEXT || !isatty(STDIN_FILENO) ||
           !isatty(STDOUT_FILENO);
}

/* Returns whether there is a screen to paint on. */
static bool paint(const struct options *options, const char *mode,
                  int difficulty)
{
    struct page_view pages;
    struct diag diag;

    if (!page_view_open(&pages, options, &diag)) {
        message_diag(&diag);
        return false;
    }
    quiz_paint(&pages, mode, difficulty);
    page_view_close(&pages);
    return true;
}

int cmd_quiz(const struct options *options)
{
    const char *mode = NULL;
    int difficulty = options->level;
    struct quiz *quiz;
    struct diag diag;

    if (!read_words(options, &mode, &difficulty))
        return EXIT_USAGE;
    if (options->blank && options->answers) {
        message(_("--blank and --answers contradict each other"));
        return EXIT_USAGE;
    }
    if (!is_for_paper(options) && paint(options, mode, difficulty))
        return EXIT_DONE;
    quiz = quiz_source_open(options->seed == NOT_SAID ? quiz_source_seed()
                                                      : (uint64_t)options->seed,
                            mode, difficulty, &diag);
    if (!quiz) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    print(quiz, options);
    quiz_free(quiz);
    return EXIT_DONE;
}
