#include "sched/workload/says.h"

#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/workload/workload.h"

struct says {
    const struct step **step; /* sorted by place */
    size_t count, capacity;
};

static int compare_places(int line, int column, const struct step *step)
{
    if (line != step->line)
        return line < step->line ? -1 : 1;
    return column < step->column ? -1 : column > step->column;
}

static int compare_steps(const void *a, const void *b)
{
    const struct step *const *left = a, *const *right = b;

    return compare_places((*left)->line, (*left)->column, *right);
}

/* Recursion is as deep as steps nest: at most WORKLOAD_NESTING_MAX. */
static void collect(struct says *says, struct steps steps)
{
    size_t i;

    for (i = 0; i < steps.count; i++) {
        const struct step *step = &steps.step[i];

        if (step->kind == STEP_REPEAT)
            collect(says, step->body);
        if (step->kind != STEP_SAY)
            continue;
        says->step = xgrow(says->step, says->count, &says->capacity,
                           sizeof *says->step);
        says->step[says->count++] = step;
    }
}

struct says *says_new(const struct workload *workload)
{
    struct says *says = xcalloc(1, sizeof *says);
    const struct step *last = NULL;
    size_t i;

    for (i = 0; i < workload->task_count; i++) {
        struct steps steps = workload->task[i].steps;

        if (steps.step != last) /* the tasks of one statement share theirs */
            collect(says, steps);
        last = steps.step;
    }
    if (says->count)
        qsort(says->step, says->count, sizeof *says->step, compare_steps);
    return says;
}

void says_free(struct says *says)
{
    if (!says)
        return;
    free(says->step);
    free(says);
}

const char *says_find(const struct says *says, int line, int column)
{
    size_t low = 0, high = says->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_places(line, column, says->step[middle]);

        if (order == 0)
            return says->step[middle]->text;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return "";
}
