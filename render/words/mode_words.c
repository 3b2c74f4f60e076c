/*
 * mode_words.c -- title, manner and rule of each mode, for the screen.
 */
#include "render/words/mode_words.h"

#include <stddef.h>
#include <stdio.h>

#include "render/scene/scene.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/trace/mode.h"

static const struct mode_words words[MODE_COUNT] = {
    [MODE_SEQUENTIAL] = { N_("SEQUENTIAL"), N_("subroutines"),
                          N_("A task keeps the machine until it is done, even "
                             "while it waits.") },
    [MODE_COROUTINE] = { N_("COROUTINES"), N_("one thread"),
                         N_("One machine: never more than ONE solid bar at "
                            "the same instant.") },
    [MODE_THREADS] = { N_("THREADS"), N_("one core"),
                       N_("Many threads, one core: still only ONE solid bar "
                          "at the same instant.") },
    [MODE_PARALLEL] = { N_("PARALLEL"), N_("{1} cores"),
                        N_("Solid bars above each other: tasks really compute "
                           "at the same instant.") },
    [MODE_HYBRID] = { N_("HYBRID"), N_("{1} threads"),
                      N_("Many coroutines, a few machines: as many solid bars "
                         "as machines.") },
};

struct mode_words mode_words_find(const char *name)
{
    const struct mode *mode = mode_find(name);

    return mode ? words[mode - mode_table]
                : (struct mode_words){ name, "", "" };
}

void mode_words_subtitle(char *out, int size, const struct scene *scene)
{
    struct mode_words mode = mode_words_find(scene->info->mode);
    char lines[64], machines[64], how[128] = "";
    char tasks[16], count[16];

    snprintf(tasks, sizeof tasks, "%d", scene->task_count);
    snprintf(count, sizeof count, "%d", scene->machine_count);
    if (scene->line_count == 1)
        snprintf(lines, sizeof lines, "%s", _("1 line"));
    else
        snprintf(lines, sizeof lines, _("%d lines"), scene->line_count);
    if (scene->machine_count == 1)
        snprintf(machines, sizeof machines, "%s", _("1 machine"));
    else
        snprintf(machines, sizeof machines, _("%d machines"),
                 scene->machine_count);
    if (*mode.how)
        PHRASE(how, sizeof how, _(mode.how), tasks, count);
    snprintf(out, (size_t)size, *how ? "%s, %s (%s)" : "%s, %s", lines,
             machines, how);
}
