/*
 * narrate_count.c -- the two meters in words: who is counted in each number.
 */
#include <stdio.h>

#include "render/scene/scene.h"
#include "render/words/duration.h"
#include "render/words/narrate.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/text.h"

enum {
    LIST_SIZE = 256,
    NAMES_MAX = 12
};

struct list {
    char names[LIST_SIZE], number[16];
    int count;
};

static void add(struct list *list, const struct scene *scene, int task)
{
    if (list->count < NAMES_MAX)
        PHRASE(list->names, sizeof list->names, list->count ? " {0}" : "{0}",
               scene_task_name(scene, task));
    list->count++;
}

/* Of a crowd nobody is named, so nobody is looked for. */
static void name_all(struct list *begun, struct list *working,
                     const struct scene *scene, int64_t t_ns)
{
    for (int i = 0; i < scene->task_count && i < SCENE_TASKS; i++) {
        if (history_is_in_progress(scene->history, i, t_ns))
            add(begun, scene, i);
        if (history_at(scene->history, i, t_ns).state == STATE_RUNNING)
            add(working, scene, i);
    }
}

static void count_all(struct list *begun, struct list *working,
                      const struct scene *scene, int64_t t_ns)
{
    int in_progress = history_in_progress(scene->history, t_ns);
    int at_work = history_working(scene->history, t_ns);

    if (in_progress <= NAMES_MAX && at_work <= NAMES_MAX)
        name_all(begun, working, scene, t_ns);
    begun->count = in_progress;
    working->count = at_work;
    snprintf(begun->number, sizeof begun->number, "%d", begun->count);
    snprintf(working->number, sizeof working->number, "%d", working->count);
}

void narrate_count_said(char *out, size_t size, const struct scene *scene,
                        int64_t t_ns, const char *time, int width)
{
    struct list begun = { .count = 0 }, working = { .count = 0 };

    count_all(&begun, &working, scene, t_ns);
    out[0] = '\0';
    if (begun.count > 0 && begun.count <= NAMES_MAX &&
        working.count <= NAMES_MAX)
        PHRASE(out, size,
               _("At {0}: in progress {1} = {2}; working {3} = {4}."), time,
               begun.names, begun.number, working.count ? working.names : "-",
               working.number);
    if (*out && text_cells(out) <= width)
        return;
    out[0] = '\0';
    PHRASE(out, size, _("At {0}: {1} in progress, {2} working."), time,
           begun.number, working.number);
}

void narrate_count(char *out, size_t size, const struct scene *scene,
                   int64_t t_ns, int width)
{
    struct unit unit = duration_unit(history_end(scene->history));
    char time[DURATION_SIZE];

    unit.decimals++;
    duration_text(time, t_ns, unit);
    narrate_count_said(out, size, scene, t_ns, time, width);
}

void narrate_others(char *out, size_t size, const struct scene *scene)
{
    int64_t busy_ns = 0, stolen_ns = 0;
    char percent[16], time[DURATION_SIZE];

    out[0] = '\0';
    for (int m = 0; scene->info->real && m < scene->machine_count; m++) {
        busy_ns += history_busy(scene->history, m, 0, scene->t_ns);
        stolen_ns += history_stolen(scene->history, m, 0, scene->t_ns);
    }
    if (stolen_ns == 0 || stolen_ns < (busy_ns + stolen_ns) / 100)
        return;
    snprintf(percent, sizeof percent, "%.0f",
             100 * (double)stolen_ns / ((double)busy_ns + (double)stolen_ns));
    duration_text(time, stolen_ns, duration_unit(stolen_ns));
    PHRASE(out, size,
           /* xgettext:no-c-format */
           _("Others took {0} % of the cores: tasks were at machines for {1} "
             "without computing."),
           percent, time);
}
