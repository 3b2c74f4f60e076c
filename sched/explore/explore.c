/*
 * Two ways to look for a bad schedule.
 *
 * By chance: every decision is thrown. Most bad orders are so common that a
 * few hundred throws find one, wherever in the run it hides.
 *
 * In order: from the usual run (all decisions 0), first all runs that depart
 * from it once, then those that depart twice, and so on; but no more than so
 * many times may a task be stopped that could go on, as few such stops are
 * enough for nearly every mistake (Musuvathi and Qadeer, "Iterative context
 * bounding", PLDI 2007). A run tells where it could have departed later, so
 * each one makes the list of those to try longer:
 *
 *     list of  ┌────┬────┬────┬── … ──┐      node = its parent's departures
 *     nodes    │root│ a  │ b  │       │             and one more, later
 *              └────┴────┴────┴── … ──┘
 *                 try this ──> append its children
 *
 * When the list comes to its end, nothing is left out. What was found is then
 * made as short as it can be, one departure after the other left away.
 */
#include "sched/explore/explore.h"

#include <stdlib.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore_checker.h"
#include "sched/run/exec_model.h"
#include "sched/run/executor.h"
#include "sched/workload/workload.h"

enum {
    FINDINGS_MAX = 32,
    SHRINK_RUNS_MAX = 2000, /* for one finding */
};

/* A decision of a run. */
struct point {
    uint32_t count, choice;
    bool stops;
};

/* One departure more than the parent's; node 0 has none. */
struct node {
    uint32_t parent;
    uint32_t at, choice;
    int stops;
};

struct explorer {
    struct decision_source director; /* its answers: */
    struct schedule_reader reader;
    bool by_chance;
    uint64_t random;
    unsigned stop_bits;  /* chance of a stop is 1 / 2^bits */
    struct point *point; /* of this run */
    size_t points, room;

    const struct workload *workload;
    const struct executor *mode;
    struct run_options run;
    struct explore_checker checker;
    struct explore_verdict verdict[VERDICTS_MAX]; /* of this run */
    int verdicts;
    int64_t events; /* of all runs */
    struct node *node;
    size_t nodes, node_room;
    struct schedule schedule; /* that is tried */
    struct explored *explored;
    int error;
    struct diag *diag;
};

/* --- one run --------------------------------------------------------------- */

static size_t throw(struct explorer * explorer, size_t count, bool stops)
{
    uint64_t *random = &explorer->random;

    if (!stops)
        return random_below(random, count);
    if (random_below(random, UINT64_C(1) << explorer->stop_bits) != 0)
        return 0;
    return 1 + random_below(random, count - 1);
}

static size_t decide(struct decision_source *director, size_t count, bool stops)
{
    struct explorer *explorer = (struct explorer *)director;
    struct decision_source *reader = &explorer->reader.source;
    size_t choice = explorer->by_chance ? throw(explorer, count, stops)
                                        : reader->decide(reader, count, stops);

    explorer->point = xgrow(explorer->point, explorer->points, &explorer->room,
                            sizeof *explorer->point);
    explorer->point[explorer->points++] = (struct point){
        .count = (uint32_t)count,
        .choice = (uint32_t)choice,
        .stops = stops,
    };
    return choice;
}

/* Run once, by chance or as schedule says, and checker it. */
static void run_once(struct explorer *explorer)
{
    struct trace *trace = executor_trace(explorer->mode, explorer->workload,
                                         &explorer->run);

    explorer->points = 0;
    schedule_reader_init(&explorer->reader, &explorer->schedule);
    explorer->error = exec_model_run(explorer->workload,
                                     explorer->mode->mode->traits,
                                     &explorer->run, trace, explorer->diag);
    explorer->events += (int64_t)trace_count(trace);
    explorer->verdicts = 0;
    if (!explorer->error)
        explorer->verdicts = explore_checker_run(&explorer->checker, trace,
                                                 explorer->verdict);
    trace_free(trace);
}

/* The run as a schedule: its departures. */
static void fill_schedule(const struct explorer *explorer,
                          struct schedule *schedule, int *stops)
{
    *stops = 0;
    schedule->count = 0;
    for (size_t i = 0; i < explorer->points; i++) {
        if (explorer->point[i].choice == 0)
            continue;
        schedule_add(schedule, (uint32_t)i, explorer->point[i].choice);
        *stops += explorer->point[i].stops;
    }
}

/* --- what was found -------------------------------------------------------- */

static void keep_run(const struct explorer *explorer, struct finding *finding,
                     const struct explore_verdict *verdict)
{
    finding->events = verdict->events;
    finding->task = verdict->task;
    finding->other = verdict->other;
    fill_schedule(explorer, &finding->schedule, &finding->stops);
}

static struct finding *find(struct explored *explored,
                            const struct explore_verdict *verdict)
{
    for (size_t i = 0; i < explored->count; i++)
        if (explored->finding[i].what == verdict->what)
            return &explored->finding[i];
    return NULL;
}

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
        .first = explored->by_chance + explored->in_order,
        .schedule = { .preemptive = explorer->schedule.preemptive,
                      .workload = explorer->schedule.workload },
    };
    keep_run(explorer, finding, verdict);
    return finding;
}

static size_t departures(const struct explorer *explorer)
{
    size_t count = 0;

    for (size_t i = 0; i < explorer->points; i++)
        count += explorer->point[i].choice != 0;
    return count;
}

static void note_ending(struct endings *endings, int64_t value)
{
    for (int i = 0; i < endings->count; i++)
        if (endings->value[i].value == value) {
            endings->value[i].runs++;
            return;
        }
    if (endings->count == EXPLORE_VALUES_MAX)
        endings->others++;
    else
        endings->value[endings->count++] = (struct ending){ value, 1 };
}

/* Count what the run was like; a shorter way to the same is the better one. */
static void note_run(struct explorer *explorer)
{
    struct explored *explored = explorer->explored;

    for (int i = 0; i < explorer->verdicts; i++) {
        const struct explore_verdict *verdict = &explorer->verdict[i];
        struct finding *finding = find(explored, verdict);

        if (!finding)
            finding = add_finding(explorer, verdict);
        if (!finding)
            continue;
        finding->runs++;
        if (departures(explorer) < finding->schedule.count)
            keep_run(explorer, finding, verdict);
    }
    for (size_t i = 0; i < explored->shared_count; i++)
        note_ending(&explored->shared[i], explorer->checker.value[i]);
}

/* Is it time to stop? */
static bool enough(struct explorer *explorer, int64_t schedules)
{
    struct explored *explored = explorer->explored;

    explored->cut = explorer->events >= EXPLORE_EVENTS_MAX;
    return explorer->error || explored->cut ||
           explored->by_chance + explored->in_order >= schedules;
}

/* --- by chance ------------------------------------------------------------- */

static void walk(struct explorer *explorer, uint64_t seed, int64_t schedules)
{
    struct explored *explored = explorer->explored;

    explorer->by_chance = true;
    while (!enough(explorer, schedules)) {
        uint64_t number = (uint64_t)explored->by_chance++;

        explorer->random = random_mix(seed) + random_mix(number + 1);
        explorer->stop_bits = 1 + number % 4;
        run_once(explorer);
        note_run(explorer);
    }
    explorer->by_chance = false;
}

/* --- in order -------------------------------------------------------------- */

static void add_node(struct explorer *explorer, struct node node)
{
    explorer->node = xgrow(explorer->node, explorer->nodes,
                           &explorer->node_room, sizeof *explorer->node);
    explorer->node[explorer->nodes++] = node;
}

/* The departures of a node, earliest first, into the schedule to be tried. */
static void take_node(struct explorer *explorer, size_t i)
{
    struct schedule *schedule = &explorer->schedule;
    const struct node *node = explorer->node;
    size_t left, right;

    schedule->count = 0;
    for (; i > 0; i = node[i].parent)
        schedule_add(schedule, node[i].at, node[i].choice);
    for (left = 0, right = schedule->count; left + 1 < right; left++) {
        struct departure last = schedule->departure[--right];

        schedule->departure[right] = schedule->departure[left];
        schedule->departure[left] = last;
    }
}

/* Where the run of node i could have departed later. Returns false when the
 * list has become as long as it may. */
static bool add_children(struct explorer *explorer, size_t i, int max_stops,
                         size_t nodes_max)
{
    size_t at = i == 0 ? 0 : explorer->node[i].at + 1;

    for (; at < explorer->points; at++) {
        struct point point = explorer->point[at];
        int stops = explorer->node[i].stops + point.stops;

        if (stops > max_stops)
            continue;
        for (uint32_t choice = 1; choice < point.count; choice++) {
            if (explorer->nodes >= nodes_max)
                return false;
            add_node(explorer,
                     (struct node){ (uint32_t)i, (uint32_t)at, choice, stops });
        }
    }
    return true;
}

static void try_in_order(struct explorer *explorer, int max_stops,
                         int64_t schedules)
{
    struct explored *explored = explorer->explored;
    size_t nodes_max = (size_t)(schedules - explored->by_chance) + 1;
    bool whole = true;
    size_t i;

    add_node(explorer, (struct node){ .parent = 0 });
    for (i = 0; i < explorer->nodes && !enough(explorer, schedules); i++) {
        take_node(explorer, i);
        explored->in_order++;
        run_once(explorer);
        note_run(explorer);
        whole &= add_children(explorer, i, max_stops, nodes_max);
    }
    explored->complete = whole && i == explorer->nodes && !explorer->error;
}

/* --- making it short ------------------------------------------------------- */

/* Does what is in explorer->schedule show the finding too? Then keep it if it
 * is shorter. */
static bool is_shorter(struct explorer *explorer, struct finding *finding)
{
    run_once(explorer);
    if (explorer->error || departures(explorer) >= finding->schedule.count)
        return false;
    for (int i = 0; i < explorer->verdicts; i++)
        if (explorer->verdict[i].what == finding->what) {
            keep_run(explorer, finding, &explorer->verdict[i]);
            return true;
        }
    return false;
}

static void leave_out(struct explorer *explorer, const struct finding *finding,
                      size_t from, size_t count)
{
    const struct schedule *whole = &finding->schedule;

    explorer->schedule.count = 0;
    for (size_t i = 0; i < whole->count; i++)
        if (i < from || i >= from + count)
            schedule_add(&explorer->schedule, whole->departure[i].at,
                         whole->departure[i].choice);
}

/* Leave out as many departures at once as possible, then fewer. */
static void shrink(struct explorer *explorer, struct finding *finding)
{
    size_t size = finding->schedule.count;
    int runs = 0;

    for (; size > 0; size /= 2) {
        size_t from = 0;

        while (from < finding->schedule.count && runs++ < SHRINK_RUNS_MAX) {
            leave_out(explorer, finding, from, size);
            if (!is_shorter(explorer, finding))
                from += size;
        }
    }
}

/* --- all of it ------------------------------------------------------------- */

static int compare_findings(const void *a, const void *b)
{
    const struct finding *left = a, *right = b;

    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static int compare_endings(const void *a, const void *b)
{
    const struct ending *left = a, *right = b;

    if (left->runs != right->runs)
        return left->runs > right->runs ? -1 : 1;
    return left->value < right->value ? -1 : left->value > right->value;
}

static void tidy(struct explorer *explorer)
{
    struct explored *explored = explorer->explored;

    for (size_t i = 0; i < explored->count && !explorer->error; i++)
        shrink(explorer, &explored->finding[i]);
    if (explored->count > 0)
        qsort(explored->finding, explored->count, sizeof *explored->finding,
              compare_findings);
    for (size_t i = 0; i < explored->shared_count; i++)
        qsort(explored->shared[i].value, (size_t)explored->shared[i].count,
              sizeof explored->shared[i].value[0], compare_endings);
}

static void explorer_init(struct explorer *explorer,
                          const struct workload *workload,
                          const struct explore_options *options,
                          struct diag *diag)
{
    *explorer = (struct explorer){
        .director = { decide },
        .workload = workload,
        .mode =
            executor_table[options->preemptive ? MODE_THREADS : MODE_COROUTINE],
        .explored = xcalloc(1, sizeof *explorer->explored),
        .diag = diag,
    };
    executor_defaults(&explorer->run, explorer->mode, workload);
    schedule_init(&explorer->schedule, workload, options->preemptive);
    schedule_apply(&explorer->run, NULL);
    explorer->run.model = true;
    explorer->run.foretell = true;
    explorer->run.limit_ns = options->limit_ns;
    explorer->run.decisions = &explorer->director;
    explorer->explored->shared_count = workload->shared_count;
    explorer->explored->shared = xcalloc(workload->shared_count + 1,
                                         sizeof *explorer->explored->shared);
    explore_checker_init(&explorer->checker, workload);
}

static void explorer_fini(struct explorer *explorer)
{
    explore_checker_fini(&explorer->checker);
    schedule_fini(&explorer->schedule);
    free(explorer->point);
    free(explorer->node);
}

struct explored *explore(const struct workload *workload,
                         const struct explore_options *options,
                         struct diag *diag)
{
    struct explorer explorer;

    if (workload->task_count > EXPLORE_TASKS_MAX) {
        diag_set(diag, workload->file, 0, 0,
                 _("explore tries at most %d tasks; here are %zu"),
                 EXPLORE_TASKS_MAX, workload->task_count);
        return NULL;
    }
    explorer_init(&explorer, workload, options, diag);
    walk(&explorer, options->seed, options->schedules / 2);
    try_in_order(&explorer, options->max_preemptions, options->schedules);
    tidy(&explorer);
    explorer_fini(&explorer);
    if (!explorer.error)
        return explorer.explored;
    explored_free(explorer.explored);
    return NULL;
}

void explored_free(struct explored *explored)
{
    if (!explored)
        return;
    for (size_t i = 0; i < explored->count; i++)
        schedule_fini(&explored->finding[i].schedule);
    free(explored->finding);
    free(explored->shared);
    free(explored);
}
