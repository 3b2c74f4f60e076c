/*
 * program_told.c -- see program_told.h.
 *
 * Three things are read in turn: the output of the program, what is told of it,
 * and whether it has ended. A line of output has the time at which it was read,
 * and the rest is read up to that time before it: so lines stand among the
 * events where they were written, or shortly after.
 */
#include "cli/program/program_told.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command/arguments.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_child.h"
#include "cli/program/program_stuck.h"
#include "cli/program/program_watch.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/recording.h"
#include "sched/workload/workload.h"

struct program_told {
    const struct program_teller *teller;
    void *teller_context;
    struct program_child *child;
    struct recording *recording;
    size_t said;   /* bytes of the output that the teller has */
    size_t pieces; /* of it, that were looked at */
    struct program_stuck stuck;
    bool looked_at; /* on the live screen, by somebody who can end it */
    bool ended;
};

/* --- reading -------------------------------------------------------------- */

static void say(struct program_told *run, const char *line, size_t length,
                int64_t t_ns)
{
    char shown[WORKLOAD_SAY_BYTES_MAX + 1];

    length = text_shown(shown, sizeof shown, line, length);
    run->teller->say(run->teller_context, t_ns, shown, length);
}

/* The lines that are complete, or at the end all; t_ns: when they came. */
static void say_lines(struct program_told *run, size_t end, int64_t t_ns,
                      bool all)
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
        say(run, line, length, t_ns);
        run->said += length + (newline != NULL);
    }
}

/* Returns whether there was any. */
static bool read_output(struct program_told *run)
{
    size_t count, bytes, before = run->pieces;
    const struct program_piece *piece = program_child_pieces(run->child,
                                                             &count);

    program_child_output(run->child, &bytes);
    for (; run->pieces < count; run->pieces++) {
        size_t next = run->pieces + 1;
        size_t end = next < count ? piece[next].from : bytes;

        run->teller->until(run->teller_context, piece[run->pieces].t_ns);
        say_lines(run, end, piece[run->pieces].t_ns, false);
    }
    return run->pieces > before;
}

static const struct trace *trace_of(void *context)
{
    const struct program_told *run = context;

    return run->teller->trace(run->teller_context);
}

/* Threads that wait for each other for ever are named and ended, as coroutines
 * are, unless a person looks at them. */
static bool end_stuck(struct program_told *run)
{
    if (run->looked_at ||
        !program_stuck_look(&run->stuck, trace_of(run), clock_now_ns()))
        return false;
    message(
        _("deadlock: threads of the program wait for each other, and nobody "
          "can go on; it is ended"));
    program_child_end(run->child);
    return true;
}

static void read_told(void *context)
{
    struct program_told *run = context;
    bool ended, is_stuck = false;

    if (run->ended)
        return;
    do
        ended = program_child_look(run->child);
    while (read_output(run) && ended);
    run->teller->until(run->teller_context, clock_now_ns());
    if (!ended)
        is_stuck = end_stuck(run);
    if (!ended && !is_stuck)
        return;
    run->ended = true;
    say_lines(run, SIZE_MAX, clock_now_ns(), true);
    run->teller->end(run->teller_context, program_child_status(run->child),
                     is_stuck ? OUTCOME_DEADLOCK : OUTCOME_FINISHED);
}

static bool is_told(void *context)
{
    const struct program_told *run = context;

    return !run->ended;
}

/* The recording is closed: what it is made of is its owner's. */
static void leave(void *context)
{
    (void)context;
}

/* --- the run -------------------------------------------------------------- */

/* What we start inherits the cores we may use. */
static bool start(struct program_told *run,
                  const struct program_telling *telling,
                  const struct options *options, struct diag *diag)
{
    const struct program_start start = {
        .path = telling->path,
        .argument = telling->command,
        .environment = telling->environment,
        .input = options->input,
        .output = program_watch_output(options),
        .descriptor = telling->descriptor,
    };
    cpu_set_t before, bound;
    bool binds = telling->cpu &&
                 sched_getaffinity(0, sizeof before, &before) == 0;

    CPU_ZERO(&bound);
    for (int i = 0; binds && i < telling->cpus; i++)
        CPU_SET((size_t)telling->cpu[i], &bound);
    if (binds)
        sched_setaffinity(0, sizeof bound, &bound);
    run->child = program_child_start(&start, diag);
    if (binds)
        sched_setaffinity(0, sizeof before, &before);
    return run->child != NULL;
}

struct program_told *program_told_start(const struct program_telling *telling,
                                        const struct options *options)
{
    static const struct recording_source source = { read_told, is_told, leave,
                                                    trace_of };
    struct program_told *run = xcalloc(1, sizeof *run);
    struct diag diag;

    run->teller = telling->teller;
    run->teller_context = telling->context;
    run->looked_at = arguments_live(options);
    if (start(run, telling, options, &diag)) {
        if (run->teller->begin)
            run->teller->begin(run->teller_context,
                               program_child_pid(run->child));
        run->recording = recording_told(&source, run);
        return run;
    }
    message_diag(&diag);
    free(run);
    return NULL;
}

struct recording *program_told_recording(const struct program_told *told)
{
    return told->recording;
}

const struct program_child *program_told_child(const struct program_told *told)
{
    return told->child;
}

/* If it has not ended, the person has left. */
void program_told_end(struct program_told *told, const struct options *options)
{
    if (!told->ended) {
        program_child_end(told->child);
        told->teller->end(told->teller_context,
                          program_child_status(told->child), OUTCOME_STOPPED);
    }
    recording_close(told->recording);
    if (options->output)
        program_watch_print(told->child);
    program_child_free(told->child);
    free(told);
}

int program_told_look(const struct program_telling *telling,
                      struct tape_record *record, const struct options *options)
{
    struct program_told *told = program_told_start(telling, options);
    int status;

    if (!told)
        return EXIT_FAILED;
    status = program_watch(told->recording, told->child, record, options);
    program_told_end(told, options);
    return status;
}
