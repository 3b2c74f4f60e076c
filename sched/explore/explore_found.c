/*
 * explore_found.c -- what the runs of a search have shown: mistakes, and the
 * values that shared variables ended with.
 *
 * Of everything only the shortest schedule is kept that leads to it. At the end
 * it is made shorter still: parts of it are left out, first large ones, then
 * smaller ones, as long as the rest shows the same (Zeller and Hildebrandt,
 * "Simplifying and isolating failure-inducing input", 2002).
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/explore/explore_internal.h"

enum {
    FINDINGS_MAX = 32,
    SHRINK_RUNS_MAX = 2000, /* for one of what was found */
    REPLAYS = 3,
};

/* --- mistakes ------------------------------------------------------------- */

/* The schedule is taken from the run as it happened, not as it was asked for:
 * departures that could not be made are already gone. */
static void keep_run(const struct explorer *explorer, struct finding *finding,
                     const struct explore_verdict *verdict)
{
    finding->events = verdict->events;
    finding->task = verdict->task;
    finding->other = verdict->other;
    finding->stops = explore_run_schedule(explorer, &finding->schedule);
    if (explorer->text) {
        free(finding->text);
        finding->text = xstrdup(explorer->text);
    }
}

static struct finding *find(struct explored *explored, uint64_t what)
{
    for (size_t i = 0; i < explored->count; i++)
        if (explored->finding[i].what == what)
            return &explored->finding[i];
    return NULL;
}

/* A program that goes wrong in very many ways is not made clearer by all of
 * them. */
static struct finding *add_finding(struct explorer *explorer,
                                   const struct explore_verdict *verdict)
{
    struct explored *explored = explorer->explored;
    struct finding *finding;

    if (explored->count == FINDINGS_MAX)
        return NULL;
    explored->finding = xgrow(explored->finding, explored->count,
                              &explored->room, sizeof *explored->finding);
    finding = &explored->finding[explored->count++];
    *finding = (struct finding){
        .kind = verdict->kind,
        .what = verdict->what,
        .shared = verdict->shared,
        .claim = verdict->claim,
        .first = explored->by_chance + explored->in_order,
    };
    keep_run(explorer, finding, verdict);
    return finding;
}

/* Every run is counted, but the schedule is replaced only by a shorter one. */
static void note_verdict(struct explorer *explorer,
                         const struct explore_verdict *verdict)
{
    struct finding *finding = find(explorer->explored, verdict->what);

    if (!finding)
        finding = add_finding(explorer, verdict);
    if (!finding)
        return;
    finding->runs++;
    if (explore_run_departures(explorer) < finding->schedule.count)
        keep_run(explorer, finding, verdict);
}

/* --- values --------------------------------------------------------------- */

/* Index of value in the ascending list, or where it belongs. */
static size_t place_of(const struct endings *endings, int64_t value)
{
    size_t low = 0, high = endings->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (endings->value[middle].value < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Values are few, or runs are: moving those above costs little. */
static void add_value(struct endings *endings, size_t at, int64_t value)
{
    endings->value = xgrow(endings->value, endings->count, &endings->room,
                           sizeof *endings->value);
    for (size_t i = endings->count++; i > at; i--)
        endings->value[i] = endings->value[i - 1];
    endings->value[at] = (struct ending){ value, 0 };
}

/* The schedules of the two ends are kept: how a variable can become so small,
 * or so large, is what one would not believe. */
static void note_value(const struct explorer *explorer, struct endings *endings,
                       int64_t value)
{
    size_t at = place_of(endings, value);
    bool is_new = at == endings->count || endings->value[at].value != value;
    size_t departures = explore_run_departures(explorer);

    if (is_new)
        add_value(endings, at, value);
    endings->value[at].runs++;
    if (at == 0 && (is_new || departures < endings->least.count))
        explore_run_schedule(explorer, &endings->least);
    if (at + 1 == endings->count &&
        (is_new || departures < endings->most.count))
        explore_run_schedule(explorer, &endings->most);
}

/* The values of a run that broke off are none that it ends with. */
static bool has_values(const struct explorer *explorer)
{
    return explorer->ended && !explorer->failed;
}

void explore_found_note(struct explorer *explorer)
{
    struct explored *explored = explorer->explored;

    if (explorer->error)
        return;
    if (explorer->broken) {
        *(explorer->by_chance ? &explored->by_chance
                              : &explored->in_order) -= 1;
        return;
    }
    explored->reordered += explorer->reordered;
    for (int i = 0; i < explorer->verdicts; i++)
        note_verdict(explorer, &explorer->verdict[i]);
    for (size_t i = 0; i < explored->shared_count && has_values(explorer); i++)
        note_value(explorer, &explored->shared[i], explorer->checker.value[i]);
}

/* --- making it short ------------------------------------------------------ */

/* What a schedule shows: a mistake, or else a value of a variable. */
struct goal {
    struct schedule *schedule;
    struct finding *finding;
    size_t shared;
    int64_t value;
};

/* Does the run that was just made show it? Then keep the run. */
static bool reaches(struct explorer *explorer, const struct goal *goal)
{
    if (!goal->finding) {
        if (!has_values(explorer) ||
            explorer->checker.value[goal->shared] != goal->value)
            return false;
        explore_run_schedule(explorer, goal->schedule);
        return true;
    }
    for (int i = 0; i < explorer->verdicts; i++)
        if (explorer->verdict[i].what == goal->finding->what) {
            keep_run(explorer, goal->finding, &explorer->verdict[i]);
            return true;
        }
    return false;
}

/* What is left away may make the run depart elsewhere, so its length is looked
 * at, too. */
static bool is_shorter(struct explorer *explorer, const struct goal *goal)
{
    explore_run(explorer);
    return !explorer->error &&
           explore_run_departures(explorer) < goal->schedule->count &&
           reaches(explorer, goal);
}

/* All departures but some, to be tried. */
static void leave_out(struct explorer *explorer, const struct schedule *whole,
                      size_t from, size_t count)
{
    explorer->schedule.count = 0;
    for (size_t i = 0; i < whole->count; i++)
        if (i < from || i >= from + count)
            schedule_add(&explorer->schedule, whole->departure[i].at,
                         whole->departure[i].choice);
}

/* One time through, so many departures at once. Returns whether any could be
 * left out. */
static bool shrink_by(struct explorer *explorer, const struct goal *goal,
                      size_t size, int *runs)
{
    size_t from = 0;
    bool shorter = false;

    while (from < goal->schedule->count && (*runs)++ < SHRINK_RUNS_MAX &&
           !explore_run_late(explorer)) {
        leave_out(explorer, goal->schedule, from, size);
        if (is_shorter(explorer, goal))
            shorter = true;
        else
            from += size;
    }
    return shorter;
}

/* Leave out as many departures at once as possible, then fewer; at last one at
 * a time until none can be left out any more. */
static void shrink(struct explorer *explorer, const struct goal *goal)
{
    int runs = 0;

    for (size_t size = goal->schedule->count; size > 0; size /= 2)
        while (shrink_by(explorer, goal, size, &runs) && size == 1)
            continue;
}

/* A program may depend on more than the order: does it go wrong again? */
static void replay(struct explorer *explorer, struct finding *finding)
{
    finding->replays = finding->kind == FINDING_HANG ? 1 : REPLAYS;
    for (int i = 0; i < finding->replays && !explorer->error; i++) {
        leave_out(explorer, &finding->schedule, 0, 0);
        explore_run(explorer);
        if (explorer->broken)
            finding->replays = i;
        else if (!explorer->error && explorer->verdicts > 0 &&
                 explorer->verdict[0].what == finding->what)
            finding->again++;
    }
}

/* A variable that always ends in the same way needs no explanation. */
static void shrink_ends(struct explorer *explorer, size_t shared)
{
    struct endings *endings = &explorer->explored->shared[shared];

    if (endings->count < 2)
        return;
    shrink(explorer, &(struct goal){ .schedule = &endings->least,
                                     .shared = shared,
                                     .value = endings->value[0].value });
    shrink(explorer,
           &(struct goal){ .schedule = &endings->most,
                           .shared = shared,
                           .value = endings->value[endings->count - 1].value });
}

/* The most serious kind first; then what was found first. */
static int compare_findings(const void *a, const void *b)
{
    const struct finding *left = a, *right = b;

    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

void explore_found_tidy(struct explorer *explorer)
{
    struct explored *explored = explorer->explored;

    explorer->order.loose = true;
    for (size_t i = 0; i < explored->count && !explorer->error; i++) {
        struct finding *finding = &explored->finding[i];

        if (finding->kind != FINDING_HANG) /* each run would take seconds */
            shrink(explorer, &(struct goal){ .schedule = &finding->schedule,
                                             .finding = finding });
        if (explorer->subject)
            replay(explorer, finding);
    }
    for (size_t i = 0; i < explored->shared_count && !explorer->error; i++)
        shrink_ends(explorer, i);
    if (explored->count > 0)
        qsort(explored->finding, explored->count, sizeof *explored->finding,
              compare_findings);
}
