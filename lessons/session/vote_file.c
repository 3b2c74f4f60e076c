/*
 * vote_file.c -- a row is added to what the file has, and all of it replaced:
 * a vote that is half written would be worse than none.
 */
#include "lessons/session/vote_file.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "lessons/lesson.h"
#include "lessons/session/vote.h"
#include "sched/base/diag.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/state_file.h"
#include "sched/base/strbuf.h"

enum {
    BYTES_MAX = 1024 * 1024, /* some 20,000 votes */
    DATE_BYTES = 32
};

static const char head[] = "date,lesson,question,vote,key,a,b,c,d,e";

/* The number of the question among those of the lesson, from 1. */
static int question_number(const struct lesson *lesson,
                           const struct lesson_screen *question)
{
    int number = 1;

    for (const struct lesson_screen *screen = lesson->screen;
         screen != question; screen++)
        number += screen->choice_count > 0;
    return number;
}

static void add_row(const struct lesson *lesson, const struct vote *vote,
                    struct strbuf *out)
{
    const struct lesson_screen *question = vote->question;
    time_t now = time(NULL);
    char date[DATE_BYTES] = "", key = ' ';
    struct tm local;

    if (localtime_r(&now, &local))
        strftime(date, sizeof date, "%Y-%m-%d %H:%M", &local);
    for (size_t i = 0; i < question->choice_count; i++)
        if (question->choice[i].right)
            key = (char)('a' + i);
    strbuf_addf(out, "%s,%s,%d,%d,%c", date, lesson->id,
                question_number(lesson, question), vote->round + 1, key);
    for (size_t i = 0; i < LESSON_CHOICES_MAX; i++)
        if (i < question->choice_count)
            strbuf_addf(out, ",%d", vote->hands[vote->round][i]);
        else
            strbuf_addc(out, ',');
    strbuf_addc(out, '\n');
}

/* Returns 0 or a negative errno value. A file that cannot be read whole is
 * left as it is. */
static int add(const char *path, const struct lesson *lesson,
               const struct vote *vote)
{
    int turn = state_file_begin(path), error, ended;
    struct strbuf text;

    if (turn < 0)
        return turn;
    strbuf_init(&text);
    error = file_read(path, BYTES_MAX, &text);
    if (error == -ENOENT)
        error = 0;
    if (text.length == BYTES_MAX)
        error = -EFBIG;
    if (text.length == 0)
        strbuf_line(&text, "%s", head);
    else if (text.text[text.length - 1] != '\n')
        strbuf_addc(&text, '\n');
    add_row(lesson, vote, &text);
    ended = state_file_end(turn, path, error ? NULL : &text);
    strbuf_fini(&text);
    return error ? error : ended;
}

bool vote_file_add(const struct lesson *lesson, const struct vote *vote,
                   struct diag *diag)
{
    struct strbuf path;
    int error = -ENOENT;

    if (vote_total(vote, vote->round) == 0)
        return true;
    strbuf_init(&path);
    if (state_file_path("votes.csv", &path))
        error = add(path.text, lesson, vote);
    if (error)
        diag_set(diag, path.text, 0, 0, _("the votes cannot be kept: %s"),
                 strerror(-error));
    strbuf_fini(&path);
    return !error;
}
