/*
 * program_watch.c -- a program that is watched is a recording that others still
 * write: whoever looks is the same.
 */
#include "cli/program/program_watch.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>

#include "cli/command/arguments.h"
#include "cli/command/run_end.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/player/player.h"
#include "cli/program/program_child.h"
#include "cli/report/sound.h"
#include "cli/run/kept_runs.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/exchange/recording.h"

enum {
    SIGNALLED = 128 /* as shells say it */
};

enum program_output program_watch_output(const struct options *options)
{
    if (arguments_live(options))
        return PROGRAM_OUTPUT_KEPT;
    return options->view == VIEW_NONE && !options->json && !options->frame_width
               ? PROGRAM_OUTPUT_OURS
               : PROGRAM_OUTPUT_ASIDE;
}

void program_watch_print(const struct program_child *child)
{
    size_t bytes;
    const char *text = program_child_output(child, &bytes);

    fwrite(text, 1, bytes, stdout);
    fflush(stdout);
}

void program_watch_open(struct kept_runs *kept, struct recording *recording,
                        bool follow)
{
    *kept = (struct kept_runs){ .count = 1, .tape = { recording } };
    kept->runner[0] = runner_replay(recording, follow);
    run_plan_kept(&kept->plan[0], recording_trace(recording));
    runner_set_label(kept->runner[0], run_plan_label(&kept->plan[0]));
}

/* Who leaves before the program has ended, ends it; so does concviz if it has
 * come to a deadlock. */
int program_watch_status(const struct program_child *child, int status)
{
    int own = program_child_status(child);

    if (own < 0 || (status == EXIT_DEADLOCK && WIFSIGNALED(own)))
        return status;
    return WIFSIGNALED(own) ? SIGNALLED + WTERMSIG(own) : WEXITSTATUS(own);
}

static int look(struct kept_runs *kept, const struct options *options,
                int sound)
{
    struct diag diag;

    if (!arguments_live(options))
        return run_end_unseen(kept->runner[0], options, sound);
    if (player_replay(kept, NULL, options, &diag))
        return run_end_live(kept->runner, &kept->plan[0], options, sound);
    message_diag(&diag);
    return EXIT_FAILED;
}

int program_watch(struct recording *recording,
                  const struct program_child *child, struct tape_record *record,
                  const struct options *options)
{
    struct options own = *options; /* what it said is its own to print */
    struct kept_runs kept;
    int status, sound = -1;

    own.output = false;
    if (options->sound && (sound = sound_open(options->sound)) < 0)
        return EXIT_USAGE;
    program_watch_open(&kept, recording, true);
    kept.plan[0].record = record;
    runner_wake_by(kept.runner[0], program_child_end_fd(child));
    status = program_watch_status(child, look(&kept, &own, sound));
    runner_free(kept.runner[0]);
    return status;
}
