/*
 * lesson_print.c -- a lesson on paper: what is asked, not what is answered.
 */
#include "cli/lesson/lesson_print.h"

#include <stdio.h>
#include <string.h>

#include "cli/message.h"
#include "lessons/check/check.h"
#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/markup.h"
#include "lessons/session/reflect.h"
#include "sched/base/arena.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

static void print_line(const char *before, const char *text, size_t length)
{
    fputs(before, stdout);
    message_text(text, length);
    putchar('\n');
}

static void print_text(const char *text)
{
    struct markup *wrapped = markup_wrap(text, CHECK_TEXT_CELLS);

    for (size_t i = 0; i < wrapped->row_count; i++) {
        const struct markup_row *row = &wrapped->row[i];

        for (size_t k = 0; k < row->span_count; k++)
            message_text(row->span[k].text, strlen(row->span[k].text));
        putchar('\n');
    }
    markup_free(wrapped);
}

/* The numbers of the runs are for the reader to find out. */
static void print_blanks(const char *text)
{
    struct arena *arena = arena_new();
    struct placeholder placeholder;
    struct strbuf blank;

    strbuf_init(&blank);
    while (*text) {
        size_t taken = *text == '{' ? reflect_parse(arena, text, &placeholder)
                                    : 0;

        if (taken)
            strbuf_adds(&blank, "____");
        else
            strbuf_addc(&blank, *text);
        text += taken ? taken : 1;
    }
    print_text(blank.text);
    strbuf_fini(&blank);
    arena_free(arena);
}

static void print_program(const struct lesson *lesson,
                          const struct lesson_screen *screen)
{
    const char *text = lesson->workload[screen->workload].text;

    while (*text) {
        size_t length = strcspn(text, "\n");

        print_line("    ", text, length);
        text += length + (text[length] == '\n');
    }
}

static void print_question(const struct lesson_screen *screen)
{
    print_blanks(screen->text);
    for (size_t i = 0; i < screen->choice_count; i++) {
        printf("  ( ) %zu ", i + 1);
        print_text(screen->choice[i].text);
    }
}

static void print_run(const struct lesson *lesson,
                      const struct lesson_screen *screen)
{
    printf(_("RUN %d"), screen->run);
    if (screen->title)
        print_line(": ", screen->title, strlen(screen->title));
    else
        puts(": ");
    if (!screen->hide)
        print_program(lesson, screen);
}

static void print_exercise(const struct lesson *lesson,
                           const struct lesson_screen *screen)
{
    struct strbuf check;

    print_text(screen->goal);
    print_program(lesson, screen);
    strbuf_init(&check);
    for (size_t i = 0; i < screen->predicate_count; i++) {
        strbuf_clear(&check);
        predicate_print(&check, &screen->predicate[i]);
        print_line("  [ ] ", check.text, check.length);
    }
    strbuf_fini(&check);
}

static void print_screen(const struct lesson *lesson,
                         const struct lesson_screen *screen)
{
    static const char *const heading[LESSON_KINDS] = {
        [LESSON_PREDICT] = N_("PREDICT for the ideal machine, before you look"),
        [LESSON_OBSERVE] = N_("OBSERVE: what was there to see?"),
        [LESSON_MODIFY] = N_("GOAL"),
        [LESSON_SUMMARY] = N_("IN SHORT"),
        [LESSON_LECTURER] = N_("FOR THE LECTURER"),
    };

    putchar('\n');
    if (heading[screen->kind])
        printf("%s\n", _(heading[screen->kind]));
    switch (screen->kind) {
    case LESSON_PREDICT:
    case LESSON_OBSERVE:
        print_question(screen);
        break;
    case LESSON_RUN:
        print_run(lesson, screen);
        break;
    case LESSON_MODIFY:
        print_exercise(lesson, screen);
        break;
    default:
        print_blanks(screen->text);
    }
}

void lesson_print(const struct lesson *lesson, bool lecturer)
{
    print_line("", lesson->title, strlen(lesson->title));
    for (size_t i = 0; i < lesson->screen_count; i++) {
        const struct lesson_screen *screen = &lesson->screen[i];

        if (screen->kind == LESSON_WORKLOAD ||
            (screen->kind == LESSON_LECTURER && !lecturer))
            continue;
        print_screen(lesson, screen);
    }
}
