#include "sched/programs/program_source.h"

#include <assert.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/diag.h"
#include "sched/workload/workload_parse.h"

struct workload *make_workload(const char *name, const char *text,
                               const struct part *part,
                               const struct program_data *data)
{
    struct diag diag;
    struct workload *workload = workload_parse(name, name, text, strlen(text),
                                               &diag);

    assert(workload != NULL);
    workload->data = *data;
    for (size_t i = 0; i < workload->task_count; i++) {
        const struct part *its = part;

        while (its->name && strcmp(its->name, workload->task[i].name) != 0)
            its++;
        workload->task[i].program = its->program;
    }
    return workload;
}

void make_locks(struct workload *workload, const char *const *lock,
                size_t locks)
{
    workload->lock = arena_alloc(workload->arena, locks * sizeof *lock);
    memcpy(workload->lock, lock, locks * sizeof *lock);
    workload->lock_count = locks;
}

void make_spawned(struct workload *workload, size_t first)
{
    for (size_t i = first; i < workload->task_count; i++)
        workload->task[i].at_spawn = true;
}
