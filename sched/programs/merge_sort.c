/*
 * merge_sort.c -- divide, sort the parts, merge: fork and join.
 *
 *                   Root               sorts all: merges two halves
 *              /            \
 *          Left              Right     … merge two quarters
 *         /    \            /     \
 *      First  Second     Third  Fourth … sort a quarter each
 *
 * The quarters can be sorted by four machines at the same instant, the halves
 * be merged by two; the last merge is for one alone, and no number of machines
 * makes it faster. That is why a speed-up has a ceiling: work / span.
 *
 * Numbers are ordered by the length of their Collatz sequences (n -> n/2 or
 * 3n+1, down to 1), which makes a comparison expensive enough to watch.
 */
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    ROOT,
    HALVES = 1,   /* the first task that merges halves … */
    QUARTERS = 3, /* … and that sorts a quarter */
    CHECK_EVERY = 64,
    TURNS = 4, /* in how many pieces a quarter is sorted */
    NUMBER_MAX = 1 << 20,
};

static const int64_t compare_ns = 370;

struct numbers_to_sort {
    size_t count; /* a multiple of 4 */
    uint64_t sum, mix;
    uint32_t *number, *room;
};

/* Two sums that depend on which numbers there are, not on their order. */
static void add_up(const uint32_t *number, size_t count, uint64_t *sum,
                   uint64_t *mix)
{
    *sum = *mix = 0;
    for (size_t i = 0; i < count; i++) {
        *sum += number[i];
        *mix += random_mix(number[i]);
    }
}

static void *open_numbers(int size, bool foretells)
{
    struct numbers_to_sort *all = xcalloc(1, sizeof *all);
    uint64_t random = 2024;

    all->count = 4 * (size_t)size;
    if (foretells)
        return all;
    all->number = xcalloc(all->count, sizeof *all->number);
    all->room = xcalloc(all->count, sizeof *all->room);
    for (size_t i = 0; i < all->count; i++)
        all->number[i] = 1 + (uint32_t)random_below(&random, NUMBER_MAX);
    add_up(all->number, all->count, &all->sum, &all->mix);
    return all;
}

static void close_numbers(void *data)
{
    struct numbers_to_sort *all = data;

    free(all->number);
    free(all->room);
    free(all);
}

/* About a hundred steps that cannot be foretold, nor skipped. */
static int collatz(uint64_t n)
{
    int length = 0;

    for (; n > 1; length++)
        n = n % 2 ? 3 * n + 1 : n / 2;
    return length;
}

/* Among equals the smaller number, so that there is one right order. */
static bool comes_first(uint32_t a, uint32_t b)
{
    int first = collatz(a), second = collatz(b);

    return first != second ? first < second : a <= b;
}

/* Merge the two sorted parts of number[count] that meet at middle. */
static void merge(struct task_calls *calls, uint32_t *number, uint32_t *room,
                  size_t middle, size_t count)
{
    size_t a = 0, b = middle;

    for (size_t i = 0; i < count; i++) {
        bool first = a < middle &&
                     (b == count || comes_first(number[a], number[b]));

        room[i] = first ? number[a++] : number[b++];
        if (i % CHECK_EVERY == 0)
            task_checkpoint(calls);
    }
    memcpy(number, room, count * sizeof *number);
}

/* Sort number[count]: merge neighbours, pairs, fours, … */
static void sort(struct task_calls *calls, uint32_t *number, uint32_t *room,
                 size_t count)
{
    for (size_t run = 1; run < count; run *= 2)
        for (size_t i = 0; i + run < count; i += 2 * run) {
            size_t end = count - i < 2 * run ? count - i : 2 * run;

            merge(calls, number + i, room + i, run, end);
        }
}

/* As many passes as sort makes, each of count comparisons. */
static int64_t sort_ns(size_t count)
{
    int64_t passes = 0;

    for (size_t run = 1; run < count; run *= 2)
        passes++;
    return (int64_t)count * passes * compare_ns;
}

/* Sort the piece after the part that is done, and merge both. */
static void sort_piece(struct task_calls *calls, struct numbers_to_sort *all,
                       size_t first, size_t done, size_t more)
{
    uint32_t *number = all->number + first, *room = all->room + first;

    sort(calls, number + done, room + done, more);
    if (done > 0)
        merge(calls, number, room, done, done + more);
}

/* Sort a quarter in pieces, and put them together: each is a turn. */
static void sort_quarter(struct task_calls *calls, int task)
{
    struct numbers_to_sort *all = task_data(calls);
    size_t count = all->count / 4, piece = count / TURNS + 1, done = 0;
    size_t first = (size_t)(task - QUARTERS) * count;

    while (done < count) {
        size_t more = count - done < piece ? count - done : piece;

        task_work(calls, sort_ns(more) + (int64_t)done * compare_ns);
        if (!task_foretells(calls))
            sort_piece(calls, all, first, done, more);
        done += more;
        task_yield(calls);
    }
    task_result(calls, (int64_t)count);
}

/* In order, and still the same numbers: none lost, none twice. */
static bool is_sorted(const struct numbers_to_sort *all)
{
    uint64_t sum, mix;

    add_up(all->number, all->count, &sum, &mix);
    for (size_t i = 1; i < all->count; i++)
        if (!comes_first(all->number[i - 1], all->number[i]))
            return false;
    return sum == all->sum && mix == all->mix;
}

/* The tasks that sort the two parts of a task's numbers. */
static int part_of(int task, int which)
{
    return 2 * task + 1 + which;
}

/* Fork both halves, wait for both, and only then work: the waiting is what the
 * span is made of. */
static void merge_parts(struct task_calls *calls, int task)
{
    struct numbers_to_sort *all = task_data(calls);
    size_t count = task == ROOT ? all->count : all->count / 2;
    size_t first = task == ROOT ? 0 : (size_t)(task - HALVES) * count;
    unsigned long long sum = all->sum;

    task_spawn(calls, part_of(task, 0));
    task_spawn(calls, part_of(task, 1));
    task_join(calls, part_of(task, 0));
    task_join(calls, part_of(task, 1));
    task_work(calls, (int64_t)count * compare_ns);
    if (!task_foretells(calls))
        merge(calls, all->number + first, all->room + first, count / 2, count);
    task_result(calls, (int64_t)count);
    if (task != ROOT || task_foretells(calls))
        return;
    task_say(calls, _("%zu numbers are sorted, their sum is %llu"), count, sum);
    if (!is_sorted(all))
        task_fail(calls, _("the numbers are not sorted"));
}

static const struct part part[] = {
    { "Root", merge_parts },
    { "Left", merge_parts },
    { "Right", merge_parts },
    { NULL, sort_quarter },
};

const struct program_source program_merge_sort = {
    .name = "merge-sort",
    .file = "merge_sort.c",
    .text = "task Root:\n"
            "task Left Right First Second Third Fourth:\n",
    .part = part,
    .first_spawns = true,
    .open = open_numbers,
    .close = close_numbers,
};
