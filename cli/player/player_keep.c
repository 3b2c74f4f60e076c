/*
 * player_keep.c -- a run gets the first name that nothing has yet:
 * concviz-cafeteria-threads-1.cvt, then -2, and so on. No file is ever
 * replaced.
 */
#include "cli/player/player_keep.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "cli/player/player_keys.h"
#include "cli/player/player_notice.h"
#include "cli/player/player_run.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/tape/tape_file.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    WORKLOAD_BYTES = 64, /* of its name within the file's */
    NAME_BYTES = 128,
    NUMBERS = 10000
};

static const int64_t shown_ns = 12 * NS_PER_S;

/* The name of a workload as part of a file's: "mine.work" is mine, and what a
 * shell, or another system, might take for something else becomes '-'. */
static void plain_name(char out[WORKLOAD_BYTES], const char *name)
{
    const char *end = strrchr(name, '.');
    size_t length = 0;

    if (!end || end == name)
        end = name + strlen(name);
    while (name < end && length + 4 < WORKLOAD_BYTES) {
        uint32_t rune;

        name += text_decode(name, &rune);
        if (!text_is_in_name(rune) && rune != '_')
            rune = '-';
        length += text_encode(out + length, rune);
    }
    out[length] = '\0';
}

static bool keep(char name[NAME_BYTES], const struct runner *runner,
                 struct diag *diag)
{
    const struct trace *trace = runner_trace(runner);
    char workload[WORKLOAD_BYTES];
    int error = -EEXIST;

    runner_catch_up(runner);
    plain_name(workload, trace_workload(trace)->name);
    for (int i = 1; i < NUMBERS && error == -EEXIST; i++) {
        snprintf(name, NAME_BYTES, "concviz-%s-%s-%d.cvt", workload,
                 trace_info(trace)->mode, i);
        error = tape_file_save(trace, name, diag);
    }
    return error == 0;
}

static void say(struct player_controls *controls, char name[2][NAME_BYTES],
                bool two, bool whole)
{
    char text[sizeof controls->notice->text];

    if (two)
        snprintf(text, sizeof text, _("kept: %s and %s"), name[0], name[1]);
    else if (whole)
        snprintf(text, sizeof text,
                 _("kept: %s (concviz replay shows it again)"), name[0]);
    else
        snprintf(text, sizeof text, _("kept as far as it has come: %s"),
                 name[0]);
    player_notice_set(controls->notice, text, shown_ns);
}

void player_keep(void *screen, int unused)
{
    struct player_controls *controls = screen;
    struct player_run *run = controls->run;
    char name[2][NAME_BYTES];
    struct runner *runner[2];
    struct diag diag;
    bool whole;

    (void)unused;
    player_run_catch_up(run);
    player_run_runners(run, runner);
    if (!run->pair.on) { /* one of two that were kept is shown alone */
        runner[0] = run->runner;
        runner[1] = NULL;
    }
    whole = history_ended(run->history);
    for (int i = 0; i < 2 && runner[i]; i++)
        if (!keep(name[i], runner[i], &diag)) {
            player_notice_set(controls->notice, diag.message, shown_ns);
            return;
        }
    say(controls, name, runner[1] != NULL, whole);
}
