/*
 * narrate_compare.c -- which of two runs was faster, and why.
 *
 * Each cause has one sentence, and all sentences have the same gaps: so the
 * numbers are written down once, and a sentence takes those it needs.
 */
#include "render/words/narrate_compare.h"

#include <stdio.h>

#include "render/words/duration.h"
#include "render/words/mode_words.h"
#include "sched/analysis/comparison.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    NUMBER_SIZE = 32,
    TITLE_CELLS = 18, /* of what a sentence calls a run */
    NUMBERS = 8       /* in the sentence that says why */
};

const char *narrate_compare_title(const char *const mode[2], int index)
{
    const char *title = _(mode_words_find(mode[index]).title);

    if (text_cells(title) <= TITLE_CELLS)
        return title;
    return index == 0 ? _("the first run") : _("the second run");
}

static const char *whole(char out[NUMBER_SIZE], int number)
{
    snprintf(out, NUMBER_SIZE, "%d", number);
    return out;
}

/* One digit more than on the axis: these two are read side by side. */
static const char *precise(char out[DURATION_SIZE], int64_t ns)
{
    struct unit unit = duration_unit(ns);

    unit.decimals++;
    return duration_text(out, ns, unit);
}

/* --- the verdict ---------------------------------------------------------- */

void narrate_compare_verdict(char *out, size_t size,
                             const struct comparison *verdict,
                             const char *const mode[2])
{
    char end[2][DURATION_SIZE], times[NUMBER_SIZE];
    int fast = verdict->faster == 1, model = verdict->side[0].real;

    out[0] = '\0';
    precise(end[0], verdict->side[fast].end_ns);
    precise(end[1], verdict->side[!fast].end_ns);
    snprintf(times, sizeof times, "%.2f", verdict->times);
    if (verdict->cause == COMPARISON_UNFINISHED)
        PHRASE(out, size, _("Not both runs finished ({0}: {1}, {2}: {3}):"),
               narrate_compare_title(mode, fast), end[0],
               narrate_compare_title(mode, !fast), end[1]);
    else if (verdict->cause == COMPARISON_MIXED)
        PHRASE(out, size, _("{0} is MODEL ({1}), {2} is REAL ({3}):"),
               narrate_compare_title(mode, model), end[model],
               narrate_compare_title(mode, !model), end[!model]);
    else if (verdict->faster < 0)
        PHRASE(out, size, _("{0} and {1} took about the same time ({2}, {3}):"),
               narrate_compare_title(mode, fast),
               narrate_compare_title(mode, !fast), end[0], end[1]);
    else
        PHRASE(out, size, _("{0}: {4} times as fast as {1} ({2}, not {3}):"),
               narrate_compare_title(mode, fast),
               narrate_compare_title(mode, !fast), end[0], end[1], times);
}

/* What decided, where the run it is told of has one machine, and where it has
 * more; the gaps are filled by narrate_compare_why. */
static const struct {
    const char *one, *more; /* N_(); no more: the same */
} reason_text[] = {
    [COMPARISON_UNFINISHED] = { N_("times of unfinished work cannot be "
                                   "compared."),
                                NULL },
    [COMPARISON_MIXED] = { N_("a computed time and a measured one do not say "
                              "which is faster."),
                           NULL },
    /* xgettext:no-c-format */
    [COMPARISON_SHARED] = { N_("computing decides. The one machine computed "
                               "{1} % of the time; {3} share that."),
                            /* xgettext:no-c-format */
                            N_("computing decides. {2} machines computed {1} % "
                               "of the time; {3} share that.") },
    /* xgettext:no-c-format */
    [COMPARISON_HELD] = { N_("waiting decides. {0} held the machine {4} % of "
                             "the time without computing."),
                          NULL },
    /* xgettext:no-c-format */
    [COMPARISON_WAITING] = { N_("waiting decides. The machine computed {1} % "
                                "of the time; two cannot wait faster."),
                             NULL },
    /* xgettext:no-c-format */
    [COMPARISON_BLOCKED] = { N_("locks decide. On {2} machines tasks were "
                                "blocked {5} % of their time."),
                             NULL },
    /* xgettext:no-c-format */
    [COMPARISON_TURNS] = { N_("one machine in both, and it computed {1} % of "
                              "the time. Turns do not shorten work."),
                           /* xgettext:no-c-format */
                           N_("{2} machines in both, and they computed {1} % "
                              "of the time.") },
    /* xgettext:no-c-format */
    [COMPARISON_OTHER] = { N_("tasks of {0} computed {6} % of their time, {7} "
                              "% in line, {8} % awaiting, {5} % blocked."),
                           NULL },
};

/* The run whose numbers say why. */
static int telling_side(const struct comparison *verdict)
{
    const struct comparison_side *side = verdict->side;

    switch (verdict->cause) {
    case COMPARISON_WAITING:
        return side[1].machines < side[0].machines;
    case COMPARISON_BLOCKED:
        return side[1].machines > side[0].machines;
    case COMPARISON_TURNS:
        return 1;
    default: /* the slower one */
        return !verdict->faster;
    }
}

void narrate_compare_why(char *out, size_t size,
                         const struct comparison *verdict,
                         const char *const mode[2])
{
    int index = telling_side(verdict);
    const struct comparison_side *side = &verdict->side[index];
    const double number[] = { side->computing * 100,
                              side->machines,
                              verdict->side[!index].machines,
                              side->held * 100,
                              side->block * 100,
                              side->run * 100,
                              side->line * 100,
                              side->await * 100 };
    const char *text = reason_text[verdict->cause].one;
    const char *gap[NUMBERS + 2] = { narrate_compare_title(mode, index) };
    char digits[NUMBERS][NUMBER_SIZE];

    for (int i = 0; i < NUMBERS; i++) {
        snprintf(digits[i], sizeof digits[i], "%.0f", number[i]);
        gap[i + 1] = digits[i];
    }
    if (side->machines > 1 && reason_text[verdict->cause].more)
        text = reason_text[verdict->cause].more;
    out[0] = '\0';
    phrase_add(out, size, _(text), gap);
}

/* --- on the way ----------------------------------------------------------- */

static int64_t computed(const struct history *history, int64_t t_ns)
{
    int64_t sum = 0;

    for (int m = 0; m < history_machines(history); m++)
        sum += history_busy(history, m, 0, t_ns);
    return sum;
}

static bool is_over(const struct history *history, int64_t t_ns)
{
    return history_ended(history) && t_ns >= history_end(history);
}

void narrate_compare_race(char *out, size_t size,
                          const struct history *const run[2],
                          const char *const mode[2], int64_t t_ns)
{
    struct unit unit = duration_unit(t_ns);
    char time[DURATION_SIZE], first[DURATION_SIZE], second[DURATION_SIZE];
    char count[NUMBER_SIZE];

    out[0] = '\0';
    for (int i = 0; i < 2; i++) {
        const struct history *other = run[!i];
        size_t tasks = trace_workload(history_trace(other))->task_count;

        if (!is_over(run[i], t_ns) || is_over(other, t_ns))
            continue;
        duration_text(time, history_end(run[i]), unit);
        whole(count, (int)tasks - history_count(other, STATE_DONE, t_ns));
        PHRASE(out, size,
               _("{0} was done at {1}. {2}: tasks not done yet: {3}."),
               narrate_compare_title(mode, i), time,
               narrate_compare_title(mode, !i), count);
        return;
    }
    duration_text(time, t_ns, unit);
    duration_text(first, computed(run[0], t_ns), unit);
    duration_text(second, computed(run[1], t_ns), unit);
    PHRASE(out, size, _("In the same {0}: {1} computed {2}, {3} computed {4}."),
           time, narrate_compare_title(mode, 0), first,
           narrate_compare_title(mode, 1), second);
}

void narrate_compare_now(char *out, size_t size,
                         const struct history *const run[2],
                         const char *const mode[2], int64_t t_ns)
{
    char number[4][NUMBER_SIZE];

    out[0] = '\0';
    for (int i = 0; i < 2; i++) {
        whole(number[i], history_in_progress(run[i], t_ns));
        whole(number[2 + i], history_working(run[i], t_ns));
    }
    PHRASE(out, size,
           _("{0}: {1} in progress, {2} working. {3}: {4} in progress, {5} "
             "working."),
           narrate_compare_title(mode, 0), number[0], number[2],
           narrate_compare_title(mode, 1), number[1], number[3]);
}
