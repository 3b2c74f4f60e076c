/*
 * program_told.c -- see program_told.h.
 *
 * Three things are read in turn: the output of the program, its diary, and
 * whether it has ended. A line of output has the time at which it was read, and
 * the diary is read up to that time before it: so lines stand among the events
 * where they were written, or shortly after.
 */
#include "cli/program/program_told.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command/arguments.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_child.h"
#include "cli/program/program_watch.h"
#include "cli/report/record.h"
#include "cli/run/run_plan.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/diary_read.h"
#include "sched/exchange/recording.h"

enum {
    FD_BYTES = 32
};

struct told_run {
    struct diary_read *diary;
    struct program_child *child;
    size_t said;   /* bytes of the output that are in the diary */
    size_t pieces; /* of it, that were looked at */
    bool ended;
};

/* --- reading -------------------------------------------------------------- */

/* The lines that are complete, or at the end all; t_ns: when they came. */
static void say_lines(struct told_run *run, size_t end, int64_t t_ns, bool all)
{
    size_t bytes;
    const char *text = program_child_output(run->child, &bytes);

    if (end > bytes)
        end = bytes;
    while (run->said < end) {
        const char *line = text + run->said;
        const char *newline = memchr(line, '\n', end - run->said);
        size_t length = newline ? (size_t)(newline - line) : end - run->said;

        if (!newline && !all)
            return;
        diary_read_say(run->diary, t_ns, line, length);
        run->said += length + (newline != NULL);
    }
}

/* Returns whether there was any. */
static bool read_output(struct told_run *run)
{
    size_t count, bytes, before = run->pieces;
    const struct program_piece *piece = program_child_pieces(run->child,
                                                             &count);

    program_child_output(run->child, &bytes);
    for (; run->pieces < count; run->pieces++) {
        size_t next = run->pieces + 1;
        size_t end = next < count ? piece[next].from : bytes;

        diary_read_until(run->diary, piece[run->pieces].t_ns);
        say_lines(run, end, piece[run->pieces].t_ns, false);
    }
    return run->pieces > before;
}

static void read_told(void *context)
{
    struct told_run *run = context;
    bool ended;

    if (run->ended)
        return;
    do
        ended = program_child_look(run->child);
    while (read_output(run) && ended);
    diary_read_until(run->diary, clock_now_ns());
    if (!ended)
        return;
    run->ended = true;
    say_lines(run, SIZE_MAX, clock_now_ns(), true);
    diary_read_end(run->diary, program_child_status(run->child), false);
}

static bool is_told(void *context)
{
    const struct told_run *run = context;

    return !run->ended;
}

static const struct trace *trace_of(void *context)
{
    const struct told_run *run = context;

    return diary_read_trace(run->diary);
}

/* The recording is closed: what it is made of is its owner's. */
static void leave(void *context)
{
    (void)context;
}

/* --- the run -------------------------------------------------------------- */

static enum program_output output_of(const struct options *options)
{
    if (arguments_live(options))
        return PROGRAM_OUTPUT_KEPT;
    return options->view == VIEW_NONE && !options->json && !options->frame_width
               ? PROGRAM_OUTPUT_OURS
               : PROGRAM_OUTPUT_ASIDE;
}

static bool start(struct told_run *run, const struct program_telling *telling,
                  const struct options *options, struct diag *diag)
{
    const char **environment;
    char fd[FD_BYTES];
    size_t count = 0;
    struct program_start start = {
        .path = telling->path,
        .argument = telling->command,
        .input = options->input,
        .output = output_of(options),
        .descriptor = diary_read_fd(run->diary),
    };

    snprintf(fd, sizeof fd, "CONCVIZ_DIARY=%d", start.descriptor);
    while (telling->environment[count])
        count++;
    environment = xcalloc(count + 2, sizeof *environment);
    memcpy(environment, telling->environment, count * sizeof *environment);
    environment[count] = fd;
    start.environment = environment;
    run->child = program_child_start(&start, diag);
    free(environment);
    return run->child != NULL;
}

/* What was kept of the output, as it was written. */
static void print_output(const struct told_run *run)
{
    size_t bytes;
    const char *text = program_child_output(run->child, &bytes);

    fwrite(text, 1, bytes, stdout);
    fflush(stdout);
}

static int look(struct told_run *run, const struct program_telling *telling,
                const struct options *options)
{
    static const struct recording_source source = { read_told, is_told, leave,
                                                    trace_of };
    struct recording *recording;
    struct diag diag;
    int status;

    if (!start(run, telling, options, &diag)) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    recording = recording_told(&source, run);
    status = program_watch(recording, run->child, options);
    if (!run->ended) { /* the person has left */
        program_child_end(run->child);
        diary_read_end(run->diary, program_child_status(run->child), true);
    }
    recording_close(recording);
    if (options->output)
        print_output(run);
    program_child_free(run->child);
    return status;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

int program_told(const struct program_telling *telling,
                 const struct options *options)
{
    struct told_run run = { .said = 0 };
    struct run_plan plan = { .record = NULL };
    struct diag diag;
    int status = EXIT_FAILED;

    if (!record_begin(&plan, options))
        return EXIT_USAGE;
    run.diary = diary_read_new(name_of(telling->meant), telling->meant,
                               telling->info, plan.run.listener, &diag);
    if (run.diary)
        status = look(&run, telling, options);
    else
        message_diag(&diag);
    status = record_end(plan.record, options, status);
    diary_read_free(run.diary);
    return status;
}
