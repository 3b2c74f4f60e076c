#include "sched/workload/workload.h"

#include <string.h>

#include "sched/base/arena.h"

void workload_free(struct workload *workload)
{
    if (workload)
        arena_free(workload->arena);
}

int workload_find_task(const struct workload *workload, const char *name)
{
    for (size_t i = 0; i < workload->task_count; i++)
        if (strcmp(workload->task[i].name, name) == 0)
            return (int)i;
    return -1;
}
