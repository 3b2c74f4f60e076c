/*
 * program_own.c -- see program_own.h.
 *
 * The tape and the note of a crash have no names: the program inherits them. So
 * nothing is left behind, however it or we end. With --record the tape has a
 * name as well.
 */
#include "cli/program/program_own.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/program/program_child.h"
#include "cli/program/program_watch.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/line_table.h"
#include "sched/exchange/recording.h"
#include "sched/library/instructions.h"
#include "sched/tape/tape_record.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    LOOK_MS = 5, /* for the beginning of its tape */
    NOTE_BYTES = 256
};

struct program_own {
    const char *file; /* borrowed */
    int program;      /* borrowed */
    int tape, crash;
    struct instructions instructions;
    struct program_child *child;
    struct recording *recording; /* borrowed; NULL: there is none */
    bool told;                   /* how it ended */
};

/* --- what it is given ----------------------------------------------------- */

/* The program gets the descriptor: what we have open it may not see, where we
 * have capabilities that it has not. */
static void name_descriptor(char *path, size_t size, int fd)
{
    fcntl(fd, F_SETFD, 0);
    snprintf(path, size, "/proc/self/fd/%d", fd);
}

/* A recording may be replaced, nothing else may: tape_record_new says so. */
static int open_recording(const char *path)
{
    struct diag diag;
    struct tape_record *record = tape_record_new(path, &diag);
    int fd;

    if (!record) {
        message_diag(&diag);
        return -1;
    }
    tape_record_free(record);
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (fd < 0 || ftruncate(fd, 0) != 0)
        message("%s: %s", path, strerror(errno));
    return fd;
}

static bool open_files(struct program_own *own, const struct options *options)
{
    own->crash = memfd_create("concviz-crash", MFD_CLOEXEC);
    own->tape = options->record ? open_recording(options->record)
                                : memfd_create("concviz-tape", MFD_CLOEXEC);
    if (own->tape >= 0 && own->crash >= 0)
        return true;
    if (!options->record)
        message("%s", strerror(errno));
    return false;
}

static enum instructions_output output_of(const struct options *options)
{
    switch (program_watch_output(options)) {
    case PROGRAM_OUTPUT_KEPT:
        return INSTRUCTIONS_KEPT;
    case PROGRAM_OUTPUT_ASIDE:
        return INSTRUCTIONS_ASIDE;
    default:
        return INSTRUCTIONS_ALONE;
    }
}

static void write_instructions(struct program_own *own,
                               const struct run_plan *plan,
                               const struct options *options)
{
    struct instructions *instructions = &own->instructions;
    char folder[INSTRUCTIONS_PATH_BYTES];

    instructions->mode = plan->executor->mode;
    instructions->output = output_of(options);
    instructions->options = plan->run;
    instructions->options.gate = NULL;
    name_descriptor(instructions->tape, sizeof instructions->tape, own->tape);
    name_descriptor(instructions->crash, sizeof instructions->crash,
                    own->crash);
    snprintf(instructions->source, sizeof instructions->source, "%s",
             own->file);
    if (language_is_korean())
        snprintf(instructions->language, sizeof instructions->language, "ko");
    snprintf(instructions->catalogue, sizeof instructions->catalogue, "%s",
             language_catalogue(folder, sizeof folder));
}

/* --- its start ------------------------------------------------------------ */

static bool start_child(struct program_own *own, const struct options *options)
{
    const char *environment[INSTRUCTIONS_VARIABLES + 1] = { NULL };
    const char *argument[] = { own->file, NULL };
    struct strbuf variable[INSTRUCTIONS_VARIABLES];
    char path[64];
    struct program_start start = {
        .path = path,
        .argument = argument,
        .environment = environment,
        .input = options->input,
        .output = program_watch_output(options),
        .descriptor = -1,
    };
    struct diag diag;

    snprintf(path, sizeof path, "/proc/self/fd/%d", own->program);
    for (int i = 0; i < INSTRUCTIONS_VARIABLES; i++)
        strbuf_init(&variable[i]);
    instructions_write(&own->instructions, variable);
    for (int i = 0; i < INSTRUCTIONS_VARIABLES; i++)
        environment[i] = variable[i].text;
    own->child = program_child_start(&start, &diag);
    for (int i = 0; i < INSTRUCTIONS_VARIABLES; i++)
        strbuf_fini(&variable[i]);
    if (!own->child)
        message_diag(&diag);
    return own->child != NULL;
}

/* Its tape, once it has begun one; it may end before. */
static bool await_tape(struct program_own *own)
{
    bool ended = false;
    struct diag diag;

    while (!own->recording) {
        struct pollfd child = { .fd = program_child_fd(own->child),
                                .events = POLLIN };
        bool last = ended;

        if (recording_is(own->instructions.tape))
            own->recording = recording_open(own->instructions.tape, &diag);
        if (own->recording || last)
            break;
        poll(&child, 1, LOOK_MS);
        ended = program_child_look(own->child);
    }
    return own->recording != NULL;
}

struct program_own *program_own_start(int program, const char *file,
                                      const struct run_plan *plan,
                                      const struct options *options,
                                      struct recording **recording, int *status)
{
    struct program_own *own = xcalloc(1, sizeof *own);

    own->file = file;
    own->program = program;
    own->tape = own->crash = -1;
    *status = EXIT_FAILED;
    if (open_files(own, options)) {
        write_instructions(own, plan, options);
        if (start_child(own, options) && await_tape(own)) {
            *recording = own->recording;
            return own;
        }
    }
    if (own->child && program_child_status(own->child) == 0) {
        message(_("%s ended without a run: main must call cv_run"), file);
        *status = EXIT_USAGE;
    }
    *status = program_own_end(own, true, *status);
    return NULL;
}

/* --- its end -------------------------------------------------------------- */

static bool is_same_file(const char *one, const char *other)
{
    struct stat a, b;

    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/* What it has noted: who crashed, or -1, and in which line of the file, or 0. */
static void read_note(const struct program_own *own, int *task, int *line)
{
    struct line_table *lines = line_table_new(own->program);
    char text[NOTE_BYTES] = "", *at = text;
    ssize_t length = pread(own->crash, text, sizeof text - 1, 0);

    *task = -1;
    *line = 0;
    if (length > 0) {
        strtol(at, &at, 10); /* the signal is known */
        *task = (int)strtol(at, &at, 10);
    }
    while (*at && *line == 0) {
        const char *before = at, *file;
        uint64_t place = strtoull(at, &at, 16);
        int found;

        if (at == before)
            break;
        if (line_table_find(lines, place, &file, &found) &&
            is_same_file(file, own->file))
            *line = found;
    }
    line_table_free(lines);
}

/* Who crashed, and where. */
static void describe_crash(const struct program_own *own, int number,
                           struct diag *diag)
{
    const struct workload *known = own->recording
                                       ? recording_workload(own->recording)
                                       : NULL;
    int task, line;

    read_note(own, &task, &line);
    if (known && task >= 0 && (size_t)task < known->task_count)
        diag_set(diag, own->file, line, 0, _("%s crashed: %s"),
                 known->task[task].name, strsignal(number));
    else
        diag_set(diag, own->file, line, 0,
                 _("the program was ended by a signal: %s"), strsignal(number));
}

static void await_child(struct program_own *own)
{
    while (!program_child_look(own->child)) {
        struct pollfd child = { .fd = program_child_fd(own->child),
                                .events = POLLIN };

        poll(&child, 1, LOOK_MS);
    }
}

/* --- while its run is looked at ------------------------------------------- */

/* The program writes meanwhile, and must not wait for us. */
static void look(void *context)
{
    const struct program_own *own = context;

    program_child_look(own->child);
}

/* Nobody writes its tape any more, so the program is ending. */
static bool why(void *context, struct diag *diag)
{
    struct program_own *own = context;
    int status;

    await_child(own);
    own->told = true;
    status = program_child_status(own->child);
    if (WIFSIGNALED(status))
        describe_crash(own, WTERMSIG(status), diag);
    else
        diag_set(
            diag, own->file, 0, 0,
            _("the program ended in the middle of its run, with status %d"),
            WEXITSTATUS(status));
    return true;
}

/* Is it still in its run, which was left? */
static bool was_left(const struct program_own *own)
{
    const struct trace *trace = own->recording ? recording_trace(own->recording)
                                               : NULL;

    return trace_count(trace) && !trace_end(trace) &&
           recording_written(own->recording);
}

static int status_of(void *context)
{
    struct program_own *own = context;

    if (was_left(own))
        return -1;
    await_child(own);
    return program_child_status(own->child);
}

void program_own_accompany(struct program_own *own, struct runner *runner)
{
    runner_set_writer(runner,
                      &(struct runner_writer){ look, why, status_of, own });
}

/* --- after it ------------------------------------------------------------- */

/* How it ended; said only if it was not told. */
static int end_child(struct program_own *own)
{
    struct diag diag;
    int status = status_of(own);

    if (status < 0)
        return EXIT_DONE;
    if (!WIFSIGNALED(status))
        return WEXITSTATUS(status);
    if (!own->told) {
        describe_crash(own, WTERMSIG(status), &diag);
        message_diag(&diag);
    }
    return 128 + WTERMSIG(status);
}

int program_own_end(struct program_own *own, bool all, int status)
{
    int ended = own->child ? end_child(own) : EXIT_DONE;

    if (own->child && (all || ended != EXIT_DONE))
        program_watch_print(own->child);
    program_child_free(own->child);
    if (own->tape >= 0)
        close(own->tape);
    if (own->crash >= 0)
        close(own->crash);
    free(own);
    return ended != EXIT_DONE ? ended : status;
}
