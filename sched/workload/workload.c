/*
  * workload.c -- what can be said of any workload, and its end.
 
 */
#include "sched/workload/workload.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"

/* The workload itself lies in its arena, so that one goes last. */
void workload_free(struct workload *workload)
{
    if (!workload)
        return;
    free(workload->task);
    free(workload->channel);
    free(workload->barrier);
    free(workload->shared);
    free(workload->semaphore);
    free(workload->condition);
    free(workload->rwlock);
    free(workload->array);
    free(workload->claim);
    free(workload->warning);
    arena_free(workload->arena);
}

bool workload_has_chance(const struct workload *workload)
{
    for (size_t i = 0; i < workload->task_count; i++)
        if (workload->task[i].steps.chance)
            return true;
    return false;
}

const struct array_spec *workload_array(const struct workload *workload,
                                        enum array_kind kind, int object)
{
    for (size_t i = 0; i < workload->array_count; i++) {
        const struct array_spec *array = &workload->array[i];

        if (array->kind == kind && array->first <= object &&
            object - array->first < array->count)
            return array;
    }
    return NULL;
}

/* Only people name tasks, a few at a time: no table is worth its memory. */
int workload_find_task(const struct workload *workload, const char *name)
{
    for (size_t i = 0; i < workload->task_count; i++)
        if (strcmp(workload->task[i].name, name) == 0)
            return (int)i;
    return -1;
}

const char *workload_step_word(enum step_kind kind)
{
    static const char *const word[STEP_KINDS] = {
        [STEP_CPU] = "cpu",
        [STEP_SLEEP] = "sleep",
        [STEP_BLOCK] = "block",
        [STEP_YIELD] = "yield",
        [STEP_LOCK] = "lock",
        [STEP_UNLOCK] = "unlock",
        [STEP_READ] = "read",
        [STEP_WRITE] = "write",
        [STEP_SEND] = "send",
        [STEP_RECV] = "recv",
        [STEP_CLOSE] = "close",
        [STEP_WAIT] = "wait",
        [STEP_SPAWN] = "spawn",
        [STEP_JOIN] = "join",
        [STEP_NEXT] = "next",
        [STEP_SAY] = "say",
        [STEP_SUM] = "sum",
        [STEP_PRIORITY] = "priority",
        [STEP_ACQUIRE] = "acquire",
        [STEP_RELEASE] = "release",
        [STEP_AWAIT] = "wait",
        [STEP_SIGNAL] = "signal",
        [STEP_BROADCAST] = "broadcast",
        [STEP_RLOCK] = "rlock",
        [STEP_WLOCK] = "wlock",
        [STEP_RELINQUISH] = "unlock",
        [STEP_CANCEL] = "cancel",
        [STEP_REPEAT] = "repeat",
        [STEP_WHILE] = "while",
        [STEP_IF] = "if",
        [STEP_FOR] = "for",
        [STEP_BREAK] = "break",
        [STEP_STOP] = "stop",
        [STEP_SELECT] = "select",
        [STEP_AFTER] = "after",
        [STEP_OTHERWISE] = "else",
        [STEP_TRY] = "try",
        [STEP_ATOMIC] = "atomic",
        [STEP_SET] = "=",
        [STEP_LOOP] = "repeat",
        [STEP_AGAIN] = ")",
        [STEP_ROUND] = ")",
        [STEP_ELSE] = "else",
        [STEP_END] = ")",
    };

    return word[kind];
}
