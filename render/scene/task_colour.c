/*
 * task_colour.c -- colours follow names, so that C is C in every run.
 *
 * Every name wishes for a colour. In the order of the alphabet, not of the
 * file, the tasks take the one they wish for, or the next one that is used
 * least.
 */
#include "render/scene/task_colour.h"

#include <stdlib.h>
#include <string.h>

#include "render/cells/role.h"
#include "sched/workload/workload.h"

/* A letter counts from A, a number at the end by its value: P1, P2, P3 are
 * neighbours as A, B, C are. */
int task_colour_wish(const char *name)
{
    size_t letters = strlen(name);
    unsigned wish = 0;

    while (letters > 1 && name[letters - 1] >= '0' && name[letters - 1] <= '9')
        letters--;
    for (size_t i = 0; i < letters; i++)
        wish += (unsigned char)name[i] - 'A' + 256u;
    return (int)((wish + strtoul(name + letters, NULL, 10)) % TASK_COLOURS);
}

static int by_name(const void *a, const void *b)
{
    const struct task_spec *const *one = a, *const *other = b;

    return strcmp((*one)->name, (*other)->name);
}

void task_colour_all(uint8_t *colour, const struct workload *workload)
{
    const struct task_spec *task[TASK_COLOUR_KNOWN];
    int used[TASK_COLOURS] = { 0 };

    for (size_t i = 0; i < workload->task_count; i++)
        task[i] = &workload->task[i];
    qsort(task, workload->task_count, sizeof *task, by_name);
    for (size_t i = 0; i < workload->task_count; i++) {
        int wish = task_colour_wish(task[i]->name), best = wish;

        for (int k = 1; k < TASK_COLOURS; k++)
            if (used[(wish + k) % TASK_COLOURS] < used[best])
                best = (wish + k) % TASK_COLOURS;
        used[best]++;
        colour[task[i] - workload->task] = (uint8_t)best;
    }
}
