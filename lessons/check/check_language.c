/*
 * check_language.c -- a lesson in two languages is one lesson.
 *
 * Whatever is a command must be the same in all languages: a student who
 * changes the language must not meet another exercise. Text may differ.
 */
#include <string.h>

#include "lessons/check/check.h"
#include "lessons/check/check_internal.h"
#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "sched/base/i18n.h"

struct translation_pair {
    const struct lesson *original, *translation;
    const struct lesson_screen *a, *b; /* of the original, the translation */
    struct diags *diags;
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void differs(struct translation_pair *pair, int line, const char *what)
{
    diags_add(pair->diags, pair->translation->file, line, 1,
              _("%s differs from %s:%d"), what, pair->original->file,
              pair->a ? pair->a->line : 1);
}

static void compare_claims(struct translation_pair *pair)
{
    const struct lesson_screen *a = pair->a, *b = pair->b;

    if (a->predicate_count != b->predicate_count) {
        differs(pair, b->line, _("the number of expect, truth or check lines"));
        return;
    }
    for (size_t i = 0; i < a->predicate_count; i++)
        if (!same_text(a->predicate[i].text, b->predicate[i].text))
            differs(pair, b->predicate[i].line, b->predicate[i].text);
}

static void compare_choices(struct translation_pair *pair)
{
    const struct lesson_screen *a = pair->a, *b = pair->b;

    if (a->choice_count != b->choice_count) {
        differs(pair, b->line, _("the number of choices"));
        return;
    }
    for (size_t i = 0; i < a->choice_count; i++)
        if (a->choice[i].right != b->choice[i].right) {
            differs(pair, b->choice[i].line, _("the choice marked [x]"));
            return;
        }
}

static void compare_screen(struct translation_pair *pair)
{
    const struct lesson_screen *a = pair->a, *b = pair->b;

    if (a->run != b->run)
        differs(pair, b->line, _("the run"));
    if (!lesson_settings_same(&a->settings, &b->settings) || a->hide != b->hide)
        differs(pair, b->line, _("a setting"));
    if (!same_text(a->workload_name, b->workload_name))
        differs(pair, b->line, _("the workload"));
    if (!same_text(a->change_text, b->change_text))
        differs(pair, b->line, _("\"change:\""));
    if (!same_text(a->solution, b->solution))
        differs(pair, b->line, _("the solution"));
    if (a->hint_count != b->hint_count)
        differs(pair, b->line, _("the number of hints"));
    if (a->kind == LESSON_WORKLOAD &&
        (!same_text(a->text, b->text) || !same_text(a->title, b->title)))
        differs(pair, b->line, _("the workload"));
    compare_choices(pair);
    compare_claims(pair);
}

void check_translation(const struct lesson *original,
                       const struct lesson *translation, struct diags *diags)
{
    struct translation_pair pair = { original, translation, NULL, NULL, diags };
    size_t count = original->screen_count;

    if (original->minutes != translation->minutes ||
        original->lines != translation->lines ||
        !same_text(original->needs, translation->needs))
        differs(&pair, 1, _("minutes, lines or needs"));
    if (strcmp(original->language, translation->language) == 0)
        diags_add(diags, translation->file, 1, 1,
                  _("%s is the same lesson in the same language"),
                  original->file);
    if (translation->screen_count < count)
        count = translation->screen_count;
    for (size_t i = 0; i < count; i++) {
        pair.a = &original->screen[i];
        pair.b = &translation->screen[i];
        if (pair.a->kind != pair.b->kind) {
            differs(&pair, pair.b->line, _("the kind of this screen"));
            return;
        }
        compare_screen(&pair);
    }
    if (original->screen_count != translation->screen_count)
        diags_add(diags, translation->file, 1, 1,
                  _("there are %zu screens here and %zu in %s"),
                  translation->screen_count, original->screen_count,
                  original->file);
}

/* --- Korean --------------------------------------------------------------- */

/* Report the lines of text, which begins at line, that have a form of speech
 * or a word that lessons do not use (HACKING.md, Korean). */
static void check_voice(struct lesson_check *check, const char *text, int line)
{
    static const char *const pieces[] = { "니다.", "니다!", "니까?", "십시오.",
                                          "동시에" };

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const char *found = text ? strstr(text, pieces[i]) : NULL;
        int at = line;

        if (!found)
            continue;
        for (const char *c = text; c < found; c++)
            at += *c == '\n';
        diags_add(check->diags, check->lesson->file, at, 1,
                  _("lessons do not use \"%s\""), pieces[i]);
    }
}

void check_language_korean(struct lesson_check *check)
{
    for (size_t i = 0; i < check->lesson->screen_count; i++) {
        const struct lesson_screen *screen = &check->lesson->screen[i];

        if (screen->kind == LESSON_LECTURER || screen->kind == LESSON_WORKLOAD)
            continue;
        check_voice(check, screen->text, screen->text_line);
        check_voice(check, screen->goal, screen->line);
        check_voice(check, screen->title, screen->line);
        for (size_t c = 0; c < screen->choice_count; c++) {
            const struct lesson_choice *choice = &screen->choice[c];

            check_voice(check, choice->text, choice->line);
            check_voice(check, choice->why, choice->line);
        }
        for (size_t h = 0; h < screen->hint_count; h++)
            check_voice(check, screen->hint[h], screen->line);
    }
}
