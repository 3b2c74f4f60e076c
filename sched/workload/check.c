/*
 * check.c -- mistakes that show only when the steps are followed.
 *
 * A task has no branches, so what it holds, has read and has started at each
 * step can be seen in the text: its steps are followed once, and a body that
 * is repeated must leave every lock as it found it, or the second round would
 * meet something else than the first.
 *
 * What a run can do and a learner can learn from is not refused: to end
 * while holding a lock, to wait on a channel nobody sends to, to lock in
 * opposite orders. Those runs stop, and concviz says why.
 *
 * The steps that all tasks do together are counted and bounded here, so that
 * every run ends.
 */
#include <stdlib.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* A lock or unlock inside a repeat that is still open. */
struct change {
    const struct step *step;
    bool held_before;
};

/*
 * Marks are numbers of groups (from 1), so that they need no clearing: a task
 * holds a lock if the lock's mark is the number of its group.
 */
struct checker {
    struct parser *parser;
    const struct workload *workload;
    const struct task_group *group;
    int mark;            /* number of group */
    struct arena *arena; /* of the arrays below */
    int *held;           /* a lock: mark of the holder; rwlocks follow */
    int *read;           /* a shared variable: mark of the last reader */
    int *waiting;        /* a barrier: mark of the last group that waits */
    int64_t *wait;       /* a barrier: tasks that ever wait */
    int *spawner;        /* a task: who spawns it, or -1 */
    int *seen;           /* a lock: the last repeat whose end looked at it */
    int repeats;         /* ends of repeats so far */
    struct change *change;
    size_t change_count, change_capacity;
    int64_t performed;
    int64_t lasting_ns;
};

static const char *task_name(const struct checker *checker)
{
    return checker->workload->task[checker->group->first].name;
}

/* Locks and readers-writer locks are held in the same way, and looked at
 * together: those come behind these. */
static int held_index(const struct checker *checker, const struct step *step)
{
    switch (step->kind) {
    case STEP_AWAIT:
        return (int)step->value;
    case STEP_RLOCK:
    case STEP_WLOCK:
    case STEP_RELINQUISH:
        return (int)checker->parser->locks.count + step->object;
    default:
        return step->object;
    }
}

static size_t held_count(const struct parser *parser)
{
    return parser->locks.count + parser->workload->rwlock_count;
}

static const char *lock_name(const struct checker *checker,
                             const struct step *step)
{
    size_t index = (size_t)held_index(checker, step);
    size_t locks = checker->parser->locks.count;

    return index < locks ? checker->parser->locks.entry[index].text
                         : checker->workload->rwlock[index - locks].name;
}

static bool is_held(const struct checker *checker, const struct step *step)
{
    return checker->held[held_index(checker, step)] == checker->mark;
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

/* What a repeat must have undone by its end. */
static void note_change(struct checker *checker, const struct step *step)
{
    checker->change = xgrow(checker->change, checker->change_count,
                            &checker->change_capacity, sizeof *checker->change);
    checker->change[checker->change_count++] = (struct change){
        .step = step,
        .held_before = is_held(checker, step),
    };
}

/* A task that locks what it holds waits for itself. */
static bool check_lock(struct checker *checker, const struct step *step)
{
    const char *lock = lock_name(checker, step);

    note_change(checker, step);
    if (is_held(checker, step))
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" already holds \"%s\" here and would wait "
                              "for itself; unlock it first"),
                            task_name(checker), lock);
    checker->held[held_index(checker, step)] = checker->mark;
    return true;
}

/* Only the holder may unlock, and who that is can be seen in the text. */
static bool check_unlock(struct checker *checker, const struct step *step)
{
    const char *lock = lock_name(checker, step);

    note_change(checker, step);
    if (!is_held(checker, step) && step->kind == STEP_RELINQUISH)
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" does not hold \"%s\" here; put \"rlock "
                              "%s\" or \"wlock %s\" before it, or remove this "
                              "step"),
                            task_name(checker), lock, lock, lock);
    if (!is_held(checker, step))
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" does not hold \"%s\" here; put \"lock "
                              "%s\" before it, or remove this step"),
                            task_name(checker), lock, lock);
    checker->held[held_index(checker, step)] = 0;
    return true;
}

/* It gives the lock away while it waits, and has it again when it goes on. */
static bool check_await(struct checker *checker, const struct step *step)
{
    const char *lock = lock_name(checker, step);

    if (is_held(checker, step))
        return true;
    return scan_fail_at(&checker->parser->scan, step->line, step->column,
                        _("\"%s\" does not hold \"%s\" here, which it would "
                          "give away while it waits; put \"lock %s\" before "
                          "this step"),
                        task_name(checker), lock, lock);
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

/* Say which half of the pair is missing in a repeat. */
static bool unbalanced(struct checker *checker, const struct change *change)
{
    const struct step *step = change->step;
    const char *lock = lock_name(checker, step);

    if (change->held_before)
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("this repeat unlocks \"%s\" and does not lock it "
                              "again, so its second round would unlock what "
                              "is not held"),
                            lock);
    return scan_fail_at(&checker->parser->scan, step->line, step->column,
                        _("this repeat locks \"%s\" and does not unlock it, so "
                          "its second round would wait for itself"),
                        lock);
}

/* Does the body whose changes begin at first leave every lock as it was? */
static bool check_balance(struct checker *checker, size_t first)
{
    checker->repeats++;
    for (size_t i = first; i < checker->change_count; i++) {
        const struct change *change = &checker->change[i];
        int lock = held_index(checker, change->step);

        if (checker->seen[lock] == checker->repeats)
            continue;
        checker->seen[lock] = checker->repeats;
        if (change->held_before != (checker->held[lock] == checker->mark))
            return unbalanced(checker, change);
    }
    return true;
}

static bool follow(struct checker *checker, const struct steps *steps,
                   int64_t times);

/* One round shows them all; a body that never runs is not looked at. */
static bool follow_repeat(struct checker *checker, const struct step *step,
                          int64_t times)
{
    struct steps body = workload_block(step);
    size_t first = checker->change_count;

    if (step->value == 0)
        return true;
    times = multiply(WORKLOAD_PERFORMED_MAX, times, step->value);
    if (!follow(checker, &body, times))
        return false;

    return step->value == 1 || check_balance(checker, first);
}

static bool follow_step(struct checker *checker, const struct step *step,
                        int64_t times)
{
    switch (step->kind) {
    case STEP_LOCK:
    case STEP_RLOCK:
    case STEP_WLOCK:
        return check_lock(checker, step);
    case STEP_UNLOCK:
    case STEP_RELINQUISH:
        return check_unlock(checker, step);
    case STEP_AWAIT:
        return check_await(checker, step);
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
    case STEP_REPEAT:
        return follow_repeat(checker, step, times);
    default:
        return true;
    }
}

static bool follow(struct checker *checker, const struct steps *steps,
                   int64_t times)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];

        if (!count_step(checker, step, times) ||
            !count_time(checker, step, times) ||
            !follow_step(checker, step, times))
            return false;
        if (step->kind == STEP_REPEAT)
            i += (size_t)step->skip - 1;
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
        if (!follow(checker, &checker->workload->task[group->first].steps,
                    (int64_t)group->count))
            return false;
    }
    return true;
}

/* A barrier nobody waits on does no harm; one that can never open does. */
static bool check_barriers(struct checker *checker)
{
    for (size_t i = 0; i < checker->workload->barrier_count; i++) {
        const struct barrier_spec *barrier = &checker->workload->barrier[i];
        const struct name *name;

        if (checker->wait[i] == 0 || checker->wait[i] >= barrier->size)
            continue;
        name = names_find(&checker->parser->names, barrier->name);
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
        .held = arena_alloc(arena, held_count(parser) * sizeof(int)),
        .seen = arena_alloc(arena, held_count(parser) * sizeof(int)),
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
