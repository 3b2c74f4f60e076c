#include "render/words/narrate_compare.h"

#include <stdio.h>

#include "render/words/duration.h"
#include "render/words/mode_words.h"
#include "sched/analysis/comparison.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    NUMBER_SIZE = 32
};

static const char *title(const char *const mode[2], int index)
{
    return _(mode_words_find(mode[index]).title);
}

static const char *percent(char out[NUMBER_SIZE], double part)
{
    snprintf(out, NUMBER_SIZE, "%.0f", part * 100);
    return out;
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
    int fast = verdict->faster == 1;

    out[0] = '\0';
    precise(end[0], verdict->side[fast].end_ns);
    precise(end[1], verdict->side[!fast].end_ns);
    snprintf(times, sizeof times, "%.2f", verdict->times);
    if (verdict->cause == COMPARISON_UNFINISHED)
        PHRASE(out, size, _("Not both runs finished ({0}: {1}, {2}: {3}):"),
               title(mode, fast), end[0], title(mode, !fast), end[1]);
    else if (verdict->faster < 0)
        PHRASE(out, size, _("{0} and {1} took about the same time ({2}, {3}):"),
               title(mode, fast), title(mode, !fast), end[0], end[1]);
    else
        PHRASE(out, size, _("{0}: {4} times as fast as {1} ({2}, not {3}):"),
               title(mode, fast), title(mode, !fast), end[0], end[1], times);
}

static void why_shared(char *out, size_t size, const struct comparison *verdict,
                       int fast)
{
    const struct comparison_side *slow = &verdict->side[!fast];
    char share[NUMBER_SIZE], few[NUMBER_SIZE], many[NUMBER_SIZE];

    percent(share, slow->computing);
    whole(few, slow->machines);
    whole(many, verdict->side[fast].machines);
    if (slow->machines == 1)
        PHRASE(out, size,
               /* xgettext:no-c-format */
               _("computing decides. The one machine computed {0} % of the "
                 "time; {2} share that."),
               share, few, many);
    else
        PHRASE(out, size,
               /* xgettext:no-c-format */
               _("computing decides. {1} machines computed {0} % of the time; "
                 "{2} share that."),
               share, few, many);
}

static void why_held(char *out, size_t size, const struct comparison *verdict,
                     const char *const mode[2], int fast)
{
    char share[NUMBER_SIZE];

    PHRASE(out, size,
           /* xgettext:no-c-format */
           _("waiting decides. {0} held the machine {1} % of the time without "
             "computing."),
           title(mode, !fast), percent(share, verdict->side[!fast].held));
}

static void why_waiting(char *out, size_t size,
                        const struct comparison *verdict)
{
    int narrow = verdict->side[1].machines < verdict->side[0].machines;
    char share[NUMBER_SIZE];

    PHRASE(out, size,
           /* xgettext:no-c-format */
           _("waiting decides. The machine computed {0} % of the time; two "
             "cannot wait faster."),
           percent(share, verdict->side[narrow].computing));
}

static void why_blocked(char *out, size_t size,
                        const struct comparison *verdict)
{
    int wide = verdict->side[1].machines > verdict->side[0].machines;
    char share[NUMBER_SIZE], machines[NUMBER_SIZE];

    PHRASE(out, size,
           /* xgettext:no-c-format */
           _("locks decide. On {1} machines tasks were blocked {0} % of their "
             "time."),
           percent(share, verdict->side[wide].block),
           whole(machines, verdict->side[wide].machines));
}

static void why_turns(char *out, size_t size, const struct comparison *verdict)
{
    char share[NUMBER_SIZE], machines[NUMBER_SIZE];

    percent(share, verdict->side[1].computing);
    if (verdict->side[1].machines == 1)
        PHRASE(out, size,
               /* xgettext:no-c-format */
               _("one machine in both, and it computed {0} % of the time. "
                 "Turns do not shorten work."),
               share);
    else
        PHRASE(out, size,
               /* xgettext:no-c-format */
               _("{1} machines in both, and they computed {0} % of the time."),
               share, whole(machines, verdict->side[1].machines));
}

static void why_other(char *out, size_t size, const struct comparison *verdict,
                      const char *const mode[2])
{
    int slow = verdict->faster >= 0 ? !verdict->faster : 0;
    const struct comparison_side *side = &verdict->side[slow];
    char run[NUMBER_SIZE], line[NUMBER_SIZE], await[NUMBER_SIZE];
    char block[NUMBER_SIZE];

    PHRASE(out, size,
           /* xgettext:no-c-format */
           _("tasks of {0} computed {1} % of their time, {2} % in line, {3} % "
             "awaiting, {4} % blocked."),
           title(mode, slow), percent(run, side->run),
           percent(line, side->line), percent(await, side->await),
           percent(block, side->block));
}

void narrate_compare_why(char *out, size_t size,
                         const struct comparison *verdict,
                         const char *const mode[2])
{
    out[0] = '\0';
    switch (verdict->cause) {
    case COMPARISON_UNFINISHED:
        PHRASE(out, size, _("times of unfinished work cannot be compared."),
               "");
        break;
    case COMPARISON_SHARED:
        why_shared(out, size, verdict, verdict->faster);
        break;
    case COMPARISON_HELD:
        why_held(out, size, verdict, mode, verdict->faster);
        break;
    case COMPARISON_WAITING:
        why_waiting(out, size, verdict);
        break;
    case COMPARISON_BLOCKED:
        why_blocked(out, size, verdict);
        break;
    case COMPARISON_TURNS:
        why_turns(out, size, verdict);
        break;
    default:
        why_other(out, size, verdict, mode);
    }
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
               title(mode, i), time, title(mode, !i), count);
        return;
    }
    duration_text(time, t_ns, unit);
    duration_text(first, computed(run[0], t_ns), unit);
    duration_text(second, computed(run[1], t_ns), unit);
    PHRASE(out, size, _("In the same {0}: {1} computed {2}, {3} computed {4}."),
           time, title(mode, 0), first, title(mode, 1), second);
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
           title(mode, 0), number[0], number[2], title(mode, 1), number[1],
           number[3]);
}
