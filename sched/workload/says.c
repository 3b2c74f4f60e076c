/*
 * says.c -- what a `say` says, by where it stands in the file.
 *
 * An array of all `say` steps in the order of the file, to be searched by
 * halves: a place is known exactly, so one comparison serves both.
 */
#include "sched/workload/says.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"
#include "sched/workload/workload.h"

struct says {
    const struct step **step; /* sorted by place */
    size_t count, capacity;
};

/* Both are pointers to pointers, as qsort and bsearch have them. */
static int compare_places(const void *a, const void *b)
{
    const struct step *left = *(const struct step *const *)a;
    const struct step *right = *(const struct step *const *)b;

    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

static void collect(struct says *says, struct steps steps)
{
    for (size_t i = 0; i < steps.count; i++) {
        const struct step *step = &steps.step[i];

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

    for (size_t i = 0; i < workload->task_count; i++) {
        struct steps steps = workload->task[i].steps;

        if (steps.step != last) /* the tasks of one statement share theirs */
            collect(says, steps);
        last = steps.step;
    }
    if (says->count)
        qsort(says->step, says->count, sizeof *says->step, compare_places);
    return says;
}

void says_free(struct says *says)
{
    if (!says)
        return;
    free(says->step);
    free(says);
}

/* bsearch must not be given NULL, not even for an empty array. */
const char *says_find(const struct says *says, int line, int column)
{
    const struct step place = { .line = line, .column = column };
    const struct step *wanted = &place, *const *found = NULL;

    if (says->count)
        found = bsearch(&wanted, says->step, says->count, sizeof *says->step,
                        compare_places);
    return found ? (*found)->text : "";
}

bool says_any(const struct says *says)
{
    return says->count > 0;
}

/* Each term knows where its braces stand (resolve_terms.c). */
void says_fill(char *out, size_t size, const struct step *step,
               const int64_t *number)
{
    const char *text = step->text;
    size_t length = 0;

    for (int i = 0; i < step->terms && length < size; i++) {
        const char *braces = step->text + step->term[i].value;

        length += (size_t)snprintf(out + length, size - length, "%.*s%lld",
                                   (int)(braces - text), text,
                                   (long long)number[i]);
        text = strchr(braces, '}') + 1;
    }
    if (length < size)
        snprintf(out + length, size - length, "%s", text);
}
