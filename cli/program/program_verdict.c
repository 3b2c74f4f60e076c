/*
 * program_verdict.c -- see program_verdict.h. What the program itself said of
 * its end is the best sentence there is. Which of two threads prints first is
 * free in most programs, and no mistake; that the lines are others is one.
 */
#include "cli/program/program_verdict.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "cli/program/program_lines.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/explore/explore.h"
#include "sched/scheduler/schedule.h"

enum {
    LINE_BYTES = 256, /* of what it said */
    WORDS_BYTES = 64, /* of two outputs side by side */
    DEADLOCK_EXIT = 4,
};

#define OURS "concviz: "

void program_verdict_init(struct program_verdict *verdict)
{
    *verdict = (struct program_verdict){ .status = -1 };
    strbuf_init(&verdict->output);
    strbuf_init(&verdict->text);
}

void program_verdict_fini(struct program_verdict *verdict)
{
    strbuf_fini(&verdict->output);
    strbuf_fini(&verdict->text);
}

/* The line at place, cut and without what a terminal would obey. Returns the
 * place of the next one. */
static size_t take_line(char *line, size_t size, const struct strbuf *text,
                        size_t place)
{
    char raw[LINE_BYTES];
    size_t length = 0;

    while (place + length < text->length && text->text[place + length] != '\n')
        length++;
    memcpy(raw, text->text + place, length < size ? length : size - 1);
    raw[length < size ? length : size - 1] = '\0';
    text_clean(line, size, raw);
    return place + length + 1;
}

/* What the library said, without saying each time who says it. */
static void tell_deadlock(struct strbuf *out, const struct strbuf *errors)
{
    char line[LINE_BYTES];

    for (size_t place = 0; place < errors->length;) {
        place = take_line(line, sizeof line, errors, place);
        if (strncmp(line, OURS, strlen(OURS)) == 0)
            strbuf_addf(out, "%s%s", out->length ? "\n" : "",
                        line + strlen(OURS));
    }
    if (out->length == 0)
        strbuf_adds(out, _("deadlock: no thread can go on"));
}

/* Fills line with the last line that says so, or any. */
static bool find_line(char line[LINE_BYTES], const struct strbuf *errors,
                      const char *said)
{
    bool found = false;
    char one[LINE_BYTES];

    for (size_t place = 0; place < errors->length;) {
        place = take_line(one, sizeof one, errors, place);
        if (!one[0] || !strstr(one, said))
            continue;
        strcpy(line, one);
        found = true;
    }
    return found;
}

/* What the library says of it, line by line. */
static void tell_race(struct strbuf *out, const char *said)
{
    struct strbuf text;
    char line[LINE_BYTES];

    strbuf_init(&text);
    strbuf_adds(&text, said);
    for (size_t place = 0; place < text.length;) {
        place = take_line(line, sizeof line, &text, place);
        strbuf_addf(out, "%s%s", out->length ? "\n" : "", line);
    }
    strbuf_fini(&text);
}

static bool is_normal(const struct program_ending *ending)
{
    return WIFEXITED(ending->status) && !ending->hangs && !ending->deadlock;
}

static bool is_same(const struct strbuf *a, const struct strbuf *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static void tell_output(struct strbuf *out, const struct strbuf *is,
                        const struct strbuf *usual,
                        const struct program_lines *differ)
{
    char one[WORDS_BYTES] = "", other[WORDS_BYTES] = "";

    if (differ->is < is->length)
        take_line(one, sizeof one, is, differ->is);
    if (differ->usual < usual->length)
        take_line(other, sizeof other, usual, differ->usual);
    strbuf_addf(out, _("other output: \"%s\", usually \"%s\""), one, other);
}

static void set(struct explore_outcome *outcome, enum finding_kind kind,
                uint64_t what)
{
    outcome->kind = kind;
    outcome->what = schedule_mix((uint64_t)kind, &what, sizeof what);
}

static void tell_signal(struct strbuf *out, struct explore_outcome *outcome,
                        const struct program_ending *ending)
{
    int number = WTERMSIG(ending->status);
    char line[LINE_BYTES];

    if (number == SIGABRT && find_line(line, ending->errors, "Assertion")) {
        set(outcome, FINDING_ASSERTION, schedule_mix(0, line, strlen(line)));
        strbuf_addf(out, _("failed assertion: %s"), line);
        return;
    }
    set(outcome, FINDING_CRASH, (uint64_t)number);
    strbuf_addf(out, _("crash: %s (signal %d)"), strsignal(number), number);
    if (find_line(line, ending->errors, ""))
        strbuf_addf(out, "\n%s", line);
}

static bool compare(struct program_verdict *verdict,
                    const struct program_ending *ending,
                    struct explore_outcome *outcome)
{
    int status = WEXITSTATUS(ending->status);
    struct program_lines differ;
    char line[LINE_BYTES];

    if (verdict->status < 0) {
        verdict->status = status;
        strbuf_add(&verdict->output, ending->output->text,
                   ending->output->length);
        return false;
    }
    if (status != verdict->status) {
        set(outcome, FINDING_STATUS, (uint64_t)status);
        strbuf_addf(&verdict->text, _("exit status %d, usually %d"), status,
                    verdict->status);
        if (find_line(line, ending->errors, ""))
            strbuf_addf(&verdict->text, "\n%s", line);
        return true;
    }
    if (verdict->output_differs || is_same(ending->output, &verdict->output))
        return false;
    outcome->reordered = program_lines_same(ending->output, &verdict->output,
                                            &differ);
    if (outcome->reordered)
        return false;
    set(outcome, FINDING_OUTPUT, 0);
    tell_output(&verdict->text, ending->output, &verdict->output, &differ);
    return true;
}

/* Was it the time, or did it write more than anybody reads? */
static void tell_hang(struct strbuf *out, const struct program_ending *ending)
{
    if (ending->output->length >= PROGRAM_OUTPUT_MAX ||
        ending->errors->length >= PROGRAM_OUTPUT_MAX)
        strbuf_adds(out, _("it does not end, and writes on and on"));
    else
        strbuf_addf(out, _("it does not end within %lld ms"),
                    (long long)(ending->limit_ns / NS_PER_MS));
}

bool program_verdict(struct program_verdict *verdict,
                     const struct program_ending *ending,
                     struct explore_outcome *outcome)
{
    strbuf_clear(&verdict->text);
    outcome->reordered = false;
    if (is_normal(ending)) {
        if (!compare(verdict, ending, outcome)) {
            if (!ending->race)
                return false;
            set(outcome, FINDING_RACE, ending->race);
            tell_race(&verdict->text, ending->race_text);
        }
    } else if (ending->hangs) {
        set(outcome, FINDING_HANG, 0);
        tell_hang(&verdict->text, ending);
    } else if (WIFEXITED(ending->status) &&
               WEXITSTATUS(ending->status) == DEADLOCK_EXIT) {
        set(outcome, FINDING_DEADLOCK, ending->stuck);
        tell_deadlock(&verdict->text, ending->errors);
    } else if (WIFSIGNALED(ending->status)) {
        tell_signal(&verdict->text, outcome, ending);
    } else {
        return false;
    }
    outcome->text = verdict->text.text;
    return true;
}
