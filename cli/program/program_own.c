/*
 * program_own.c -- see program_own.h.
 *
 * The tape and the note of a crash have no names: the program finds them, and
 * itself, among the files that we have open. So nothing is left behind, however
 * it or we end. With --record the tape has a name as well.
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
#include <sys/wait.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/program/program_child.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/recording.h"
#include "sched/library/instructions.h"
#include "sched/run/gate.h"
#include "sched/tape/tape_record.h"
#include "sched/trace/trace.h"

enum {
    LOOK_MS = 5 /* for the beginning of its tape */
};

struct program_own {
    const char *file; /* borrowed */
    int program;      /* borrowed */
    int tape, crash;
    struct instructions instructions;
    struct program_child *child;
    struct recording *recording;
    struct runner *runner;
};

/* --- what it is given ----------------------------------------------------- */

/* A name under which a descriptor of ours can be opened by the program. */
static void name_descriptor(char *path, size_t size, int fd)
{
    snprintf(path, size, "/proc/%ld/fd/%d", (long)getpid(), fd);
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

static void write_instructions(struct program_own *own,
                               const struct run_plan *plan)
{
    struct instructions *instructions = &own->instructions;
    char folder[INSTRUCTIONS_PATH_BYTES];

    instructions->mode = plan->executor->mode;
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

static enum program_output output_of(const struct options *options)
{
    if (arguments_live(options))
        return PROGRAM_OUTPUT_KEPT;
    return options->view == VIEW_NONE && !options->json && !options->frame_width
               ? PROGRAM_OUTPUT_OURS
               : PROGRAM_OUTPUT_ASIDE;
}

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
        .output = output_of(options),
        .descriptor = -1,
    };
    struct diag diag;

    name_descriptor(path, sizeof path, own->program);
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

/* The program writes while we look at its run, and must not wait for us. */
static void look(void *context)
{
    program_child_look(context);
}

struct program_own *program_own_start(int program, const char *file,
                                      const struct run_plan *plan,
                                      const struct options *options,
                                      int *status)
{
    struct program_own *own = xcalloc(1, sizeof *own);

    own->file = file;
    own->program = program;
    own->tape = own->crash = -1;
    *status = EXIT_FAILED;
    if (open_files(own, options)) {
        write_instructions(own, plan);
        if (start_child(own, options) && await_tape(own)) {
            own->runner = runner_replay(own->recording, true);
            runner_set_look(own->runner, look, own->child);
            runner_set_label(own->runner, run_plan_label(plan));
            return own;
        }
    }
    if (own->child && program_child_look(own->child) &&
        program_child_status(own->child) == 0) {
        message(_("%s ended without a run: main must call cv_run"), file);
        *status = EXIT_USAGE;
    }
    *status = program_own_end(own, true, *status);
    return NULL;
}

struct runner *program_own_runner(const struct program_own *own)
{
    return own->runner;
}

struct recording *program_own_recording(const struct program_own *own)
{
    return own->recording;
}

/* --- its end -------------------------------------------------------------- */

/* Where it was, if it has noted that: a task or nobody, somewhere. */
static void say_crash(const struct program_own *own, int number)
{
    message(_("%s was killed by a signal: %s"), own->file, strsignal(number));
}

static int status_of(const struct program_own *own)
{
    int status = program_child_status(own->child);

    if (WIFSIGNALED(status)) {
        say_crash(own, WTERMSIG(status));
        return 128 + WTERMSIG(status);
    }
    return WEXITSTATUS(status);
}

static void print_output(const struct program_own *own)
{
    size_t bytes;
    const char *text = program_child_output(own->child, &bytes);

    fwrite(text, 1, bytes, stdout);
    fflush(stdout);
}

/* Was its run seen to the end? */
static bool is_over(const struct runner *runner)
{
    const struct trace *trace = runner_trace(runner);
    size_t count = trace_count(trace);

    return (count && trace_at(trace, count - 1)->kind == EVENT_END) ||
           !gate_stopped(runner_gate(runner));
}

/* A run that was left before its end is not waited for. */
static int await_end(struct program_own *own)
{
    while (!program_child_look(own->child)) {
        struct pollfd child = { .fd = program_child_fd(own->child),
                                .events = POLLIN };

        if (own->runner && !is_over(own->runner))
            return EXIT_DONE;
        poll(&child, 1, LOOK_MS);
    }
    return status_of(own);
}

int program_own_end(struct program_own *own, bool all, int status)
{
    int ended = own->child ? await_end(own) : EXIT_DONE;

    if (own->child && (all || ended != EXIT_DONE))
        print_output(own);
    program_child_free(own->child);
    runner_free(own->runner);
    recording_close(own->recording);
    if (own->tape >= 0)
        close(own->tape);
    if (own->crash >= 0)
        close(own->crash);
    free(own);
    return ended != EXIT_DONE ? ended : status;
}
