/*
 * check_locks.c -- which locks a task holds at each step, as far as the text
 * says.
 *
 * A lock is held, not held, held on some paths only, or in doubt: behind a loop
 * that was left in the middle it is not asked where. To give a lock that is
 * held on some paths is allowed, with a warning. What changes is written down,
 * so that a branch can be undone before the other one is followed, and so that
 * a loop can be asked whether it leaves every lock as it found it.
 * Which lock of an array a task takes is known only when it runs.
 */
#include "sched/workload/check_internal.h"

#include <limits.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

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
        return (int)checker->workload->lock_count + step->object;
    default:
        return step->object;
    }
}

size_t check_locks_count(const struct parser *parser)
{
    return parser->workload->lock_count + parser->workload->rwlock_count;
}

static const char *lock_name(const struct checker *checker,
                             const struct step *step)
{
    size_t index = (size_t)held_index(checker, step);
    size_t locks = checker->workload->lock_count;

    return index < locks ? checker->workload->lock[index]
                         : checker->workload->rwlock[index - locks].name;
}

static bool is_one_of_many(const struct checker *checker,
                           const struct step *step)
{
    int lock = held_index(checker, step);
    int locks = (int)checker->workload->lock_count;

    return step->array > 0 ||
           workload_array(checker->workload,
                          lock < locks ? ARRAY_LOCK : ARRAY_RWLOCK,
                          lock < locks ? lock : lock - locks);
}

static void change(struct checker *checker, const struct step *step, int lock,
                   int held)
{
    checker->change = xgrow(checker->change, checker->change_count,
                            &checker->change_capacity, sizeof *checker->change);
    checker->change[checker->change_count++] = (struct change){
        .step = step,
        .lock = lock,
        .before = checker->held[lock],
    };
    checker->held[lock] = held;
}

/* --- steps ---------------------------------------------------------------- */

/* A task that locks what it holds waits for itself. */
static bool check_lock(struct checker *checker, const struct step *step)
{
    int lock = held_index(checker, step);

    if (checker->held[lock] == checker->mark)
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" already holds \"%s\" here and would wait "
                              "for itself; unlock it first"),
                            task_name(checker), lock_name(checker, step));
    change(checker, step, lock, checker->mark);
    return true;
}

/* No group has so low a mark. */
static int doubt(const struct checker *checker)
{
    return INT_MIN + checker->mark;
}

/* Is it unsure, or does it depend on the path? */
static bool is_perhaps(const struct checker *checker, int held)
{
    return held == -checker->mark || held == doubt(checker);
}

/* Is there no path on which the task holds it? */
static bool is_free(const struct checker *checker, int held)
{
    return held != checker->mark && !is_perhaps(checker, held);
}

/* Where it is not held a run ends with this step. */
static void warn(struct checker *checker, const struct step *step)
{
    struct parser *parser = checker->parser;
    struct workload *workload = parser->workload;

    if (checker->held[held_index(checker, step)] != -checker->mark ||
        workload->warning_count == WORKLOAD_WARNINGS_MAX)
        return;
    workload->warning = xgrow(workload->warning, workload->warning_count,
                              &parser->warning_capacity,
                              sizeof *workload->warning);
    diag_set(&workload->warning[workload->warning_count++], workload->file,
             step->line, step->column,
             _("\"%s\" does not hold \"%s\" on every way that leads to this "
               "step; lock it on all of them"),
             task_name(checker), lock_name(checker, step));
}

/* Only the holder may unlock, and who that is can be seen in the text. */
static bool check_unlock(struct checker *checker, const struct step *step)
{
    const char *lock = lock_name(checker, step);
    bool is_held = !is_free(checker, checker->held[held_index(checker, step)]);

    if (!is_held && step->kind == STEP_RELINQUISH)
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" does not hold \"%s\" here; put \"rlock "
                              "%s\" or \"wlock %s\" before it, or remove this "
                              "step"),
                            task_name(checker), lock, lock, lock);
    if (!is_held)
        return scan_fail_at(&checker->parser->scan, step->line, step->column,
                            _("\"%s\" does not hold \"%s\" here; put \"lock "
                              "%s\" before it, or remove this step"),
                            task_name(checker), lock, lock);
    warn(checker, step);
    change(checker, step, held_index(checker, step), 0);
    return true;
}

/* It gives the lock away while it waits, and has it again when it goes on. */
static bool check_await(struct checker *checker, const struct step *step)
{
    const char *lock = lock_name(checker, step);

    warn(checker, step);
    if (!is_free(checker, checker->held[held_index(checker, step)]))
        return true;
    return scan_fail_at(&checker->parser->scan, step->line, step->column,
                        _("\"%s\" does not hold \"%s\" here, which it would "
                          "give away while it waits; put \"lock %s\" before "
                          "this step"),
                        task_name(checker), lock, lock);
}

bool check_locks_step(struct checker *checker, const struct step *step)
{
    if (is_one_of_many(checker, step))
        return true;
    switch (step->kind) {
    case STEP_AWAIT:
        return check_await(checker, step);
    case STEP_UNLOCK:
    case STEP_RELINQUISH:
        return check_unlock(checker, step);
    default:
        return check_lock(checker, step);
    }
}

/* --- where paths part and join -------------------------------------------- */

void check_locks_part(struct checker *checker, size_t first)
{
    for (size_t i = first; i < checker->change_count; i++) {
        struct change *made = &checker->change[i];

        made->after = checker->held[made->lock];
    }
    for (size_t i = checker->change_count; i-- > first;)
        checker->held[checker->change[i].lock] = checker->change[i].before;
}

/* Of two branches of which one does not come to its end the other decides. */
static int join(const struct checker *checker, int one, int two, bool one_dead,
                bool two_dead)
{
    if (one == two || two_dead)
        return one;
    if (one_dead)
        return two;
    if (is_free(checker, one) && is_free(checker, two))
        return 0;
    return one == doubt(checker) || two == doubt(checker) ? doubt(checker)
                                                          : -checker->mark;
}

void check_locks_join(struct checker *checker, size_t first, size_t second,
                      bool first_dead, bool second_dead)
{
    size_t count = checker->change_count;

    checker->joins++;
    for (size_t i = first; i < count; i++) {
        const struct change *made = &checker->change[i];
        int *held = &checker->held[made->lock];

        if (checker->seen[made->lock] == checker->joins)
            continue;
        checker->seen[made->lock] = checker->joins;
        *held = join(checker, i < second ? made->after : made->before, *held,
                     first_dead, second_dead);
    }
}

void check_locks_doubt(struct checker *checker, size_t first)
{
    checker->joins++;
    for (size_t i = first; i < checker->change_count; i++) {
        const struct change *made = &checker->change[i];
        int *held = &checker->held[made->lock];

        if (checker->seen[made->lock] == checker->joins)
            continue;
        checker->seen[made->lock] = checker->joins;
        *held = doubt(checker);
    }
}

/* --- rounds --------------------------------------------------------------- */

/* Say which half of the pair is missing in a loop. */
static bool unbalanced(struct checker *checker, const struct change *made)
{
    const struct step *step = made->step;
    const char *lock = lock_name(checker, step);

    if (made->before == checker->mark)
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

/* What is perhaps held is for the run to tell. */
bool check_locks_round(struct checker *checker, size_t first)
{
    checker->joins++;
    for (size_t i = first; i < checker->change_count; i++) {
        const struct change *made = &checker->change[i];
        int held = checker->held[made->lock];

        if (checker->seen[made->lock] == checker->joins)
            continue;
        checker->seen[made->lock] = checker->joins;
        if (!is_perhaps(checker, held) && !is_perhaps(checker, made->before) &&
            (made->before == checker->mark) != (held == checker->mark))
            return unbalanced(checker, made);
    }
    return true;
}
