/*
 * journal_sort.c -- moments in the order in which they happened.
 *
 * Of one instant come first whom machines serve, who is woken by whom, and the
 * ends of slices that carry their own end; then all else as the file has it, then
 * the beginnings of such slices, the longest first: so a slice that follows
 * another one does not begin inside it, and one that holds another one begins
 * before it, in whichever order they were written.
 */
#include <stdlib.h>

#include "sched/exchange/journal_internal.h"

/* value of a BEGIN is its duration; of the END that was written with it, too. */
static int rank(const struct journal_moment *moment)
{
    switch ((enum journal_kind)moment->kind) {
    case MOMENT_SERVES:
    case MOMENT_LEAVES:
    case MOMENT_ARROW:
        return 0;
    case MOMENT_END:
    case MOMENT_NO_STATE:
        return moment->value > 0 ? 0 : 1;
    case MOMENT_BEGIN:
        return moment->value > 0 ? 2 : 1;
    default:
        return 1;
    }
}

static int in_time(const void *a, const void *b)
{
    const struct journal_moment *one = a, *two = b;
    int ranks = rank(one) - rank(two);

    if (one->t_ns != two->t_ns)
        return one->t_ns < two->t_ns ? -1 : 1;
    if (ranks)
        return ranks;
    if (rank(one) == 2 && one->value != two->value)
        return one->value > two->value ? -1 : 1;
    return one->order < two->order ? -1 : one->order > two->order;
}

/* Most files are in order. */
void journal_sort(struct journal *journal)
{
    for (size_t i = 1; i < journal->moments; i++)
        if (in_time(&journal->moment[i - 1], &journal->moment[i]) > 0) {
            qsort(journal->moment, journal->moments, sizeof *journal->moment,
                  in_time);
            break;
        }
}
