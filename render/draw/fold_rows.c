/*
 * fold_rows.c -- people who are called alike do alike things.
 *
 * S does what nobody can help with, A1 to A8 come after: a row of S and A1 to
 * A8 would hide just that. So people whose names differ only in a number at the
 * end make a clan, and no row has people of two clans. Rows that are left go to
 * the clan whose rows are the fullest. Where there are more clans than rows, a
 * row has whole clans.
 */
#include "render/draw/fold_rows.h"

#include <stdbool.h>
#include <string.h>

#include "render/scene/scene.h"

struct clan {
    int first, size, rows;
};

/* Bytes of a name without the number at its end. */
static size_t stem(const char *name)
{
    size_t bytes = strlen(name);

    while (bytes > 1 && name[bytes - 1] >= '0' && name[bytes - 1] <= '9')
        bytes--;
    return bytes;
}

static bool are_alike(const struct scene *scene, int a, int b)
{
    const char *one = scene_task_name(scene, a);
    const char *other = scene_task_name(scene, b);

    return stem(one) == stem(other) && !memcmp(one, other, stem(one));
}

/* Find all clans; returns how many there are. */
static int find_clans(const struct scene *scene, struct clan *clan)
{
    int count = 0;

    for (int task = 0; task < scene->task_count; task++)
        if (count > 0 && are_alike(scene, task - 1, task))
            clan[count - 1].size++;
        else
            clan[count++] = (struct clan){ task, 1, 1 };
    return count;
}

/* The clan with most people a row, if that is more than one; or NULL. */
static struct clan *fullest(struct clan *clan, int count)
{
    struct clan *most = NULL;

    for (int i = 0; i < count; i++)
        if (clan[i].size > clan[i].rows &&
            (!most || clan[i].size * most->rows > most->size * clan[i].rows))
            most = &clan[i];
    return most;
}

static struct fold_rows by_clans(struct clan *clan, int count, int most)
{
    struct fold_rows rows = { .count = 0 };
    struct clan *next;

    for (int left = most - count; left > 0 && (next = fullest(clan, count));
         left--)
        next->rows++;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < clan[i].rows; k++)
            rows.first[rows.count++] = clan[i].first +
                                       clan[i].size * k / clan[i].rows;
    rows.first[rows.count] = clan[count - 1].first + clan[count - 1].size;
    return rows;
}

static struct fold_rows by_whole_clans(const struct clan *clan, int count,
                                       int most)
{
    struct fold_rows rows = { .count = most };

    for (int row = 0; row < most; row++)
        rows.first[row] = clan[count * row / most].first;
    rows.first[most] = clan[count - 1].first + clan[count - 1].size;
    return rows;
}

static struct fold_rows in_equal_parts(int groups, int most)
{
    struct fold_rows rows = { .count = 0 };
    int each = (groups + most - 1) / most;

    for (int group = 0; group < groups; group += each)
        rows.first[rows.count++] = group;
    rows.first[rows.count] = groups;
    return rows;
}

struct fold_rows fold_rows_make(const struct scene *scene, int most)
{
    int groups = history_groups(scene->history), count = 0;
    struct clan clan[HISTORY_GROUPS];

    if (most > HISTORY_GROUPS)
        most = HISTORY_GROUPS;
    if (groups == scene->task_count)
        count = find_clans(scene, clan);
    if (count > 1 && count <= most)
        return by_clans(clan, count, most);
    return count > 1 && count < groups ? by_whole_clans(clan, count, most)
                                       : in_equal_parts(groups, most);
}
