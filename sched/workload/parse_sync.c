/*
 * parse_sync.c -- semaphores, condition variables and readers-writer locks:
 * what declares them, and the steps whose words they share with others.
 *
 * Locks need no declaration, so only when the last line has been read is it
 * known whether `unlock r` means one of them or a readers-writer lock, and
 * `wait c` was meant to have a lock with it.
 */
#include <string.h>

#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* --- declarations --------------------------------------------------------- */

/* Without a number nobody can acquire it before somebody has released it. */
bool parse_semaphore(struct parser *parser)
{
    const char *example = names_kind_words(NAME_SEMAPHORE)->example;
    struct workload *workload = parser->workload;
    struct semaphore_spec semaphore = { 0 };
    struct array_spec array;

    if (!parse_array(parser, NAME_SEMAPHORE, workload->semaphore_count, &array))
        return false;
    if (scan_accept(&parser->scan, '=') &&
        !scan_number(&parser->scan, &semaphore.initial, 0, WORKLOAD_NUMBER_MAX,
                     example))
        return false;
    for (size_t i = 0; i < parse_elements(&array); i++) {
        semaphore.name = parse_element(parser, &array, i);
        workload->semaphore = xgrow(
            workload->semaphore, workload->semaphore_count,
            &parser->semaphore_capacity, sizeof semaphore);
        workload->semaphore[workload->semaphore_count++] = semaphore;
    }
    return true;
}

bool parse_condition(struct parser *parser)
{
    struct workload *workload = parser->workload;
    struct array_spec array;

    if (!parse_array(parser, NAME_CONDITION, workload->condition_count, &array))
        return false;
    for (size_t i = 0; i < parse_elements(&array); i++) {
        workload->condition = xgrow(
            workload->condition, workload->condition_count,
            &parser->condition_capacity, sizeof *workload->condition);
        workload->condition[workload->condition_count++] = parse_element(
            parser, &array, i);
    }
    return true;
}

bool parse_rwlock(struct parser *parser)
{
    struct workload *workload = parser->workload;
    struct rwlock_spec rwlock = { 0 };
    struct array_spec array;

    if (!parse_array(parser, NAME_RWLOCK, workload->rwlock_count, &array))
        return false;
    rwlock.readers = scan_accept_word(&parser->scan, "readers");
    for (size_t i = 0; i < parse_elements(&array); i++) {
        rwlock.name = parse_element(parser, &array, i);
        workload->rwlock = xgrow(workload->rwlock, workload->rwlock_count,
                                 &parser->rwlock_capacity, sizeof rwlock);
        workload->rwlock[workload->rwlock_count++] = rwlock;
    }
    return true;
}

bool parse_mutex(struct parser *parser)
{
    int lock;

    if (!parse_lock_array(parser, &lock))
        return false;
    if (scan_accept_word(&parser->scan, "inherit"))
        parser->locks.entry[lock].inherits = true;
    return true;
}

/* --- steps ---------------------------------------------------------------- */

/* With `with` it waits for a condition, else at a barrier. */
bool parse_wait(struct parser *parser, struct step *step,
                const struct syntax *syntax)
{
    int lock;

    if (!parse_object(parser, step, syntax))
        return false;
    if (!scan_accept_word(&parser->scan, "with"))
        return true;
    step->kind = STEP_AWAIT;
    if (!parse_name(parser, NAME_LOCK, &lock, "wait c with m"))
        return false;
    step->value = lock;
    return parse_element_index(parser, step, COMPUTED_WITH);
}

/* Is it known by now? A lock needs no declaration, so the name becomes one of a
 * lock unless a readers-writer lock has it. */
bool parse_unlock(struct parser *parser, struct step *step,
                  const struct syntax *syntax)
{
    const struct syntax name = { NAME_UNDECLARED, NULL, syntax->example };

    return parse_object(parser, step, &name);
}

/* The workload remembers it: who may be cancelled at a yield yields the long
 * way. */
bool parse_cancel(struct parser *parser, struct step *step,
                  const struct syntax *syntax)
{
    parser->workload->cancels = true;
    return parse_name(parser, syntax->object, &step->object, syntax->example);
}

/* --- when all names are known --------------------------------------------- */

/* The name of a lock, if something of this kind has it; else NULL. */
static const struct name *find_named(const struct parser *parser, int lock,
                                     enum name_kind kind)
{
    const struct name *name = names_find(&parser->names,
                                         parser->locks.entry[lock].text);

    return name && name->kind == kind ? name : NULL;
}

static bool resolve_lock(struct parser *parser, const struct step *step,
                         int lock)
{
    const struct name *name = find_named(parser, lock, NAME_RWLOCK);

    if (!name)
        return true;
    return scan_fail_at(&parser->scan, step->line, step->column,
                        _("\"%s\" is a readers-writer lock (line %d): write "
                          "\"rlock %s\" to read and \"wlock %s\" to write"),
                        name->text, name->line, name->text, name->text);
}

/* The text was met in names; if it is a lock, it moves to those. */
static bool resolve_unlock(struct parser *parser, struct step *step)
{
    const struct name *name = &parser->names.entry[step->object];
    struct name *lock;

    if (name->kind == NAME_RWLOCK) {
        step->kind = STEP_RELINQUISH;
        step->object = name->index;
        return resolve_element(parser, step, name);
    }
    step->object = names_number(&parser->locks, parser->workload->arena,
                                name->text, strlen(name->text));
    lock = &parser->locks.entry[step->object];
    if (lock->line == 0) {
        lock->line = name->line;
        lock->column = name->column;
    }
    return true;
}

bool resolve_sync(struct parser *parser, struct step *step)
{
    const struct name *name;

    switch (step->kind) {
    case STEP_LOCK:
        return resolve_lock(parser, step, step->object);
    case STEP_AWAIT:
        return resolve_lock(parser, step, (int)step->value);
    case STEP_UNLOCK:
        return resolve_unlock(parser, step);
    case STEP_WAIT:
        name = &parser->names.entry[step->object];
        if (name->kind != NAME_CONDITION)
            return true;
        return scan_fail_at(&parser->scan, step->line, step->column,
                            _("\"%s\" is a condition: who waits for it gives "
                              "a lock away meanwhile; write \"wait %s with "
                              "m\""),
                            name->text, name->text);
    default:
        return true;
    }
}
