/*
 * check.c -- mistakes that show only when the steps are followed.
 *
 * What a task holds, has set and has started at each step can mostly be seen in
 * the text: its steps are followed once, both branches where it has two, and a
 * body that is repeated must leave every lock as it found it, or the second
 * round would meet something else than the first.
 *
 * What a run can do and a learner can learn from is not refused: to end
 * while holding a lock, to wait on a channel nobody sends to, to lock in
 * opposite orders. Those runs stop, and concviz says why.
 *
 * The steps that all tasks do together are counted and bounded here as far as
 * their number is known; what loops add is counted when they run.
 */
#include <stdlib.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/workload/check_internal.h"

static const char *task_name(const struct checker *checker)
{
    return checker->workload->task[checker->group->first].name;
}

/* a * b, or just above the limit: both are at least 0. */
static int64_t multiply(int64_t limit, int64_t a, int64_t b)
{
    return b != 0 && a > limit / b ? limit + 1 : a * b;
}

/* How many steps a run counts for one: each turn, and 32 numbers of a sum. */
static int64_t cost(const struct step *step)
{
    if (step->kind == STEP_CPU && step->by_ns > 0)
        return 1 + step->ns / step->by_ns;
    if (step->kind == STEP_SUM && step->last > step->value)
        return 1 + (step->last - step->value) / 32;
    if (step->kind == STEP_REPEAT)
        return 1 + step->value;
    return 1;
}

/* Looked at after each step, so that the message points to the one that
 * passes the limit. */
static bool count_step(struct checker *checker, const struct step *step,
                       int64_t times)
{
    checker->performed += multiply(WORKLOAD_PERFORMED_MAX, times, cost(step));
    if (checker->performed <= WORKLOAD_PERFORMED_MAX)
        return true;
    return scan_fail_at(&checker->parser->scan, step->line, step->column,
                        _("here the run grows beyond %d steps; repeat less "
                          "often, or take longer turns"),
                        WORKLOAD_PERFORMED_MAX);
}

/* Times add up, and none of the sums may be more than a number can be. */
static bool count_time(struct checker *checker, const struct step *step,
                       int64_t times)
{
    const int64_t most = WORKLOAD_LASTING_MAX_S * NS_PER_S;

    if (step->ns == STEP_FOREVER)
        return true;
    checker->lasting_ns += multiply(most, times, step->ns);
    if (checker->lasting_ns <= most)
        return true;
    return scan_fail_at(&checker->parser->scan, step->line, step->column,
                        _("here all tasks together take longer than %d s; "
                          "repeat less often, or make the steps shorter"),
                        WORKLOAD_LASTING_MAX_S);
}

/* A write stores the task's copy plus a number, so a read must come first. */
static bool check_write(struct checker *checker, const struct step *step)
{
    const char *name = checker->workload->shared[step->object].name;

    if (checker->read[step->object] == checker->mark)
        return true;
    return scan_fail_at(&checker->parser->scan, step->line, step->column,
                        _("\"%s\" has no copy of \"%s\" to add to; put \"read "
                          "%s\" before this step"),
                        task_name(checker), name, name);
}

/* times counts the tasks of the group too: each of them would spawn it. */
static bool check_spawn(struct checker *checker, const struct step *step,
                        int64_t times)
{
    const struct task_spec *task = &checker->workload->task[step->object];

    if (!task->at_spawn)
        return scan_fail_at(
            &checker->parser->scan, step->line, step->column,
            _("\"%s\" begins by itself; put \"at spawn\" before its "
              "colon to have it started here"),
            task->name);
    if (checker->spawner[step->object] >= 0 || times > 1)
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" would be started more than once; a task "
                              "begins only once, so declare another one"),
                            task->name);
    checker->spawner[step->object] = (int)checker->group->first;
    return true;
}

/* However often a task waits, it is one of those a barrier counts. */
static void note_wait(struct checker *checker, const struct step *step)
{
    if (checker->waiting[step->object] == checker->mark)
        return;
    checker->waiting[step->object] = checker->mark;
    checker->wait[step->object] += (int64_t)checker->group->count;
}

/* A variable of its own has no value before the task has set it on every path
 * that leads here. */
static bool check_terms(struct checker *checker, const struct step *step)
{
    const struct steps *steps = &checker->workload->task[checker->group->first]
                                     .steps;

    for (int i = 0; i < step->terms; i++) {
        const struct term *term = &step->term[i];

        if (term->kind != TERM_OWN || checker->set & UINT64_C(1)
                                                         << term->object)
            continue;
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" may have no value here; set it before, "
                              "on every way that leads to this step"),
                            steps->variable[term->object]);
    }
    return true;
}

static void note_target(struct checker *checker, const struct step *step)
{
    if (step->target.kind == TARGET_OWN)
        checker->set |= UINT64_C(1) << step->target.object;
}

/* Nobody comes behind this step: there all is well. */
static void die(struct checker *checker)
{
    checker->dead = true;
    checker->set = UINT64_MAX;
}

static bool follow(struct checker *checker, struct steps steps, int64_t times);

/* --- loops ---------------------------------------------------------------- */

/*
 * A loop's body is followed once: one round shows them all. Behind it, all is
 * as at its end, or as where it was left in the middle; if it may have been
 * passed over, also as before it.
 */
static bool follow_loop(struct checker *checker, const struct step *step,
                        int64_t times, bool rounds, bool passed)
{
    uint64_t before = checker->set, broken = checker->broken;
    bool breaks = checker->breaks, dead = checker->dead;
    size_t first = checker->change_count;
    bool endless = step->kind == STEP_LOOP && step[1].kind != STEP_WHILE;

    checker->broken = UINT64_MAX;
    checker->breaks = false;
    if (step->kind == STEP_FOR)
        note_target(checker, step);
    if (!follow(checker, workload_block(step), times) ||
        (rounds && !checker->dead && !check_locks_round(checker, first)))
        return false;
    if (checker->breaks || (passed && checker->dead))
        check_locks_doubt(checker, first);
    if (endless || checker->dead)
        checker->set = UINT64_MAX;
    checker->set &= checker->broken & (passed ? before : UINT64_MAX);
    checker->dead = dead || (endless && !checker->breaks);
    checker->broken = broken;
    checker->breaks = breaks;
    return true;
}

static bool follow_repeat(struct checker *checker, const struct step *step,
                          int64_t times)
{
    if (step->computed)
        return follow_loop(checker, step, times, true, true);
    if (step->value == 0)
        return true; /* a body that never runs is not looked at */
    times = multiply(WORKLOAD_PERFORMED_MAX, times, step->value);
    return follow_loop(checker, step, times, step->value > 1, false);
}

/* --- branches ------------------------------------------------------------- */

static bool follow_step(struct checker *checker, const struct step *step,
                        int64_t times);

/* otherwise is the ELSE, or NULL. What is tried has happened only in the first
 * block. */
static bool follow_if(struct checker *checker, const struct step *step,
                      const struct step *otherwise, int64_t times)
{
    struct check_fork fork = check_fork_here(checker);

    if (step->tries) {
        if (!step->array && !follow_step(checker, step, times))
            return false;
        note_target(checker, step);
    }
    if (!follow(checker, workload_block(step), times))
        return false;
    check_fork_back(checker, &fork);
    if (otherwise && !follow(checker, workload_block(otherwise), times))
        return false;
    check_fork_join(checker, &fork);
    return true;
}

/* --- steps ---------------------------------------------------------------- */

/* Which one of an array a step means is known only when it runs: any. */
static bool follow_one_of_many(struct checker *checker, const struct step *step)
{
    for (int i = 0; i < step->array; i++) {
        int object = step->object + i;

        if (step->kind == STEP_READ)
            checker->read[object] = checker->mark;
        else if (step->kind == STEP_WAIT)
            checker->wait[object] += (int64_t)checker->group->count;
        else if (step->kind == STEP_SPAWN && checker->spawner[object] < 0)
            checker->spawner[object] = (int)checker->group->first;
    }
    return true;
}

static bool follow_step(struct checker *checker, const struct step *step,
                        int64_t times)
{
    switch (step->kind) {
    case STEP_LOCK:
    case STEP_RLOCK:
    case STEP_WLOCK:
    case STEP_UNLOCK:
    case STEP_RELINQUISH:
    case STEP_AWAIT:
        return check_locks_step(checker, step);
    case STEP_READ:
        checker->read[step->object] = checker->mark;
        return true;
    case STEP_WRITE:
        return check_write(checker, step);
    case STEP_SPAWN:
        return check_spawn(checker, step, times);
    case STEP_WAIT:
        note_wait(checker, step);
        return true;
    case STEP_BREAK:
        checker->breaks = true;
        checker->broken &= checker->set;
        die(checker);
        return true;
    case STEP_STOP:
        die(checker);
        return true;
    default:
        return true;
    }
}

/* Choices part and join as the branches of an if do, one from all behind it. */
static bool follow_choices(struct checker *checker, const struct step *choice,
                           int64_t times)
{
    struct check_fork fork = check_fork_here(checker);

    if (!check_terms(checker, choice))
        return false;
    note_target(checker, choice);
    if (!follow(checker, workload_block(choice), times))
        return false;
    if (!choice[choice->skip].choice)
        return true;
    check_fork_back(checker, &fork);
    if (!follow_choices(checker, choice + choice->skip, times))
        return false;
    check_fork_join(checker, &fork);
    return true;
}

/* A step that begins a block, with its block; else what it does itself. */
static bool follow_block(struct checker *checker, const struct step *step,
                         int64_t times)
{
    const struct step *behind = step + step->skip;

    if (step->tries)
        return follow_if(checker, step,
                         behind[-1].kind == STEP_ELSE ? behind - 1 : NULL,
                         times);
    switch (step->kind) {
    case STEP_REPEAT:
        return follow_repeat(checker, step, times);
    case STEP_LOOP:
        return follow_loop(checker, step, times, true,
                           step[1].kind == STEP_WHILE);
    case STEP_FOR:
        return follow_loop(checker, step, times, true, true);
    case STEP_IF:
        return follow_if(checker, step,
                         behind[-1].kind == STEP_ELSE ? behind - 1 : NULL,
                         times);
    case STEP_ATOMIC:
        return follow(checker, workload_block(step), times);
    case STEP_SELECT:
        return follow_choices(checker, step + 1, times);
    default:
        return step->array > 0 ? follow_one_of_many(checker, step)
                               : follow_step(checker, step, times);
    }
}

/* How many steps further the next one stands that was not followed yet. */
static size_t length_of(const struct step *step)
{
    size_t length = 1;

    if (step->kind == STEP_IF || step->tries) {
        length = (size_t)step->skip;
        if (step[length - 1].kind == STEP_ELSE)
            length += (size_t)step[length - 1].skip - 1;
        return length;
    }
    switch (step->kind) {
    case STEP_REPEAT:
    case STEP_LOOP:
    case STEP_FOR:
    case STEP_ATOMIC:
    case STEP_SELECT:
        return (size_t)step->skip;
    default:
        return length;
    }
}

static bool follow(struct checker *checker, struct steps steps, int64_t times)
{
    for (size_t i = 0; i < steps.count; i += length_of(&steps.step[i])) {
        const struct step *step = &steps.step[i];

        if (!count_step(checker, step, times) ||
            !count_time(checker, step, times) || !check_terms(checker, step) ||
            !follow_block(checker, step, times))
            return false;
        if (step->kind != STEP_FOR && !step->tries)
            note_target(checker, step);
    }
    return true;
}

/* The tasks of a group do the same, so one of them is followed for all. */
static bool follow_groups(struct checker *checker)
{
    for (size_t i = 0; i < checker->parser->group_count; i++) {
        const struct task_group *group = &checker->parser->group[i];

        checker->group = group;
        checker->mark = (int)i + 1;
        checker->change_count = 0;
        checker->set = 0;
        checker->broken = UINT64_MAX;
        checker->dead = false;
        if (!follow(checker, checker->workload->task[group->first].steps,
                    (int64_t)group->count))
            return false;
    }
    return true;
}

/* Where it is declared; one of an array has no name of its own there. */
static const struct name *find_barrier(const struct checker *checker, int i)
{
    const struct array_spec *array = workload_array(checker->workload,
                                                    ARRAY_BARRIER, i);

    return names_find(&checker->parser->names,
                      array ? array->name : checker->workload->barrier[i].name);
}

/* A barrier nobody waits on does no harm; one that can never open does. */
static bool check_barriers(struct checker *checker)
{
    for (size_t i = 0; i < checker->workload->barrier_count; i++) {
        const struct barrier_spec *barrier = &checker->workload->barrier[i];
        const struct name *name;

        if (checker->wait[i] == 0 || checker->wait[i] >= barrier->size)
            continue;
        name = find_barrier(checker, (int)i);
        return scan_fail_at(&checker->parser->scan, name->line, name->column,
                            _("barrier \"%s\" opens for %lld tasks, but only "
                              "%lld ever wait on it; make it %lld or let more "
                              "tasks wait"),
                            barrier->name, (long long)barrier->size,
                            (long long)checker->wait[i],
                            (long long)checker->wait[i]);
    }
    return true;
}

/* Mark 0 is no group, so zeroed memory means: held by nobody, read by
 * nobody. */
static void checker_init(struct checker *checker, struct parser *parser)
{
    const struct workload *workload = parser->workload;
    struct arena *arena = arena_new();

    *checker = (struct checker){
        .parser = parser,
        .workload = workload,
        .arena = arena,
        .held = arena_alloc(arena, check_locks_count(parser) * sizeof(int)),
        .seen = arena_alloc(arena, check_locks_count(parser) * sizeof(int)),
        .read = arena_alloc(arena, workload->shared_count * sizeof(int)),
        .waiting = arena_alloc(arena, workload->barrier_count * sizeof(int)),
        .wait = arena_alloc(arena, workload->barrier_count * sizeof(int64_t)),
        .spawner = arena_alloc(arena, workload->task_count * sizeof(int)),
    };
    for (size_t i = 0; i < workload->task_count; i++)
        checker->spawner[i] = -1;
}

/* Names are resolved: every object of a step is an index. */
bool check_steps(struct parser *parser)
{
    struct checker checker;
    bool fine;

    checker_init(&checker, parser);
    fine = follow_groups(&checker) && check_barriers(&checker) &&
           check_beginnings(parser, checker.spawner);
    arena_free(checker.arena);
    free(checker.change);
    return fine;
}
