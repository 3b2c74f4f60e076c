/*
 * program_python.c -- see program_python.h.
 *
 * The python3 of the person runs the script, and a module of ours beside it
 * (cli/python) writes down what its tasks and threads do: lines of JSON in a
 * piece of memory that both have, which are read while it goes on.
 */
#include "cli/program/program_python.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "cli/options/options.h"
#include "cli/program/program_child.h"
#include "cli/program/program_file.h"
#include "cli/program/program_watch.h"
#include "cli/report/record.h"
#include "cli/run/run_plan.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/jsonl_follow.h"
#include "sched/exchange/recording.h"
#include "sched/policy/policy.h"
#include "sched/tape/tape_record.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"

#define MODULE "concviz_trace.py"

enum {
    SOURCE_MAX = 1 << 20, /* bytes of the script that are shown */
    TAB_CELLS = 8,
    NAME_BYTES = 200,
    OWN_WORDS = 2 /* of the command: python3 and the module */
};

struct python_run {
    char script[PATH_MAX];
    struct strbuf source; /* its text */
    char python[PATH_MAX], module[PATH_MAX];
    struct jsonl_follow *lines;
    struct journal *journal;
    struct strbuf program; /* the words as they were typed, for the report */
    struct trace_info info;
    struct program_child *child; /* NULL: not started */
    bool ended;
};

/* --- what it needs -------------------------------------------------------- */

/* A file of ours, where it was built or where it is installed. */
static bool find_ours(char *path, size_t size, const char *name,
                      struct diag *diag)
{
    char built[NAME_BYTES], installed[PATH_MAX];

    if ((size_t)snprintf(built, sizeof built, "cli/python/%s", name) >=
        sizeof built)
        return false;
    snprintf(installed, sizeof installed, "%s/%s", PKGDATADIR "/python", name);
    return build_folder_or(path, size, built, installed, diag);
}

static bool is_file(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* As it is named; else one of those that concviz brings along. */
static bool find_script(struct python_run *run, const char *name,
                        struct diag *diag)
{
    snprintf(run->script, sizeof run->script, "%s", name);
    if (is_file(name) ||
        (!strchr(name, '/') && strcmp(name, MODULE) != 0 &&
         find_ours(run->script, sizeof run->script, name, diag)))
        return true;
    diag_set(diag, NULL, 0, 0, _("%s is no file with a Python program"), name);
    return false;
}

/* The first on the PATH, so that it is that of a virtual environment. */
static bool find_python(struct python_run *run, struct diag *diag)
{
    if (program_file_in_path(run->python, sizeof run->python, "python3"))
        return true;
    diag_set(diag, NULL, 0, 0,
             _("there is no python3 on the PATH; install it (Debian, Ubuntu: "
               "sudo apt install python3)"));
    return false;
}

/* Its lines are seen beside the picture, without tabs. */
static void add_source(struct python_run *run)
{
    const char *line = run->source.text;
    struct strbuf cells;

    strbuf_init(&cells);
    for (; *line; line += *line == '\n') {
        for (; *line && *line != '\n'; line++)
            do
                strbuf_addc(&cells, *line == '\t' ? ' ' : *line);
            while (*line == '\t' && cells.length % TAB_CELLS);
        journal_add_source(run->journal, cells.text);
        strbuf_clear(&cells);
    }
    strbuf_fini(&cells);
}

/* Tasks of one loop, or threads as well: what its text says. */
static const struct mode *mode_of(const struct python_run *run)
{
    static const char *const word[] = { "thread", "Thread", "executor",
                                        "Executor" };
    bool threads = !strstr(run->source.text, "async");

    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        threads |= strstr(run->source.text, word[i]) != NULL;
    return &mode_table[threads ? MODE_THREADS : MODE_COROUTINE];
}

/* --- reading -------------------------------------------------------------- */

/* Who has ended had written all before. */
static void read_run(void *context)
{
    struct python_run *run = context;
    bool ended = run->child && program_child_look(run->child);

    jsonl_follow_read(run->lines);
    if (ended && !run->ended)
        journal_say_exit(run->journal, program_child_status(run->child),
                         OUTCOME_FINISHED);
    run->ended = ended;
}

static bool is_written(void *context)
{
    const struct python_run *run = context;

    return !run->ended;
}

/* The recording is closed: its lines end with it. */
static void free_lines(void *context)
{
    struct python_run *run = context;

    jsonl_follow_free(run->lines);
}

/* --- the run -------------------------------------------------------------- */

/* main has set a language for us; the program's is the person's. */
static void write_language(char *out, size_t size,
                           const struct options *options)
{
    const char *language = options->environment_language;

    snprintf(out, size, "LANGUAGE%s%s", language ? "=" : "",
             language ? language : "");
}

static bool start(struct python_run *run, const struct options *options, int fd,
                  struct diag *diag)
{
    size_t words = options->word_count - 1;
    const char **command = xcalloc(OWN_WORDS + words + 1, sizeof *command);
    char trace[64], language[256];
    const char *const environment[] = { trace, language, NULL };
    const struct program_start start = {
        .path = run->python,
        .argument = command,
        .environment = environment,
        .input = options->input,
        .output = program_watch_output(options),
        .descriptor = fd,
    };

    snprintf(trace, sizeof trace, "CONCVIZ_TRACE=%d", fd);
    write_language(language, sizeof language, options);
    command[0] = run->python;
    command[1] = run->module;
    command[OWN_WORDS] = run->script;
    for (size_t i = 1; i < words; i++)
        command[OWN_WORDS + i] = options->word[1 + i];
    run->child = program_child_start(&start, diag);
    free(command);
    return run->child != NULL;
}

/* The person has left before it has ended. */
static void stop(struct python_run *run, struct recording *recording)
{
    program_child_end(run->child);
    journal_say_exit(run->journal, program_child_status(run->child),
                     OUTCOME_STOPPED);
    run->ended = true;
    recording_follow(recording);
}

static void write_program(struct strbuf *out, const struct options *options)
{
    strbuf_adds(out, "python3");
    for (size_t i = 1; i < options->word_count; i++)
        strbuf_addf(out, " %s", options->word[i]);
}

/* A recording begins before the program does: whoever is killed then leaves one
 * that can be read. */
static struct recording *begin(struct python_run *run, int fd,
                               const struct options *options,
                               struct tape_record *record)
{
    static const struct recording_source source = { read_run, is_written,
                                                    free_lines, NULL };
    const char *slash = strrchr(run->script, '/');

    run->journal = journal_new(run->script);
    run->lines = jsonl_follow_new(run->journal, fd);
    jsonl_follow_give_back(run->lines);
    write_program(&run->program, options);
    run->info = (struct trace_info){ .mode = mode_of(run)->name,
                                     .real = true,
                                     .machines = 1,
                                     .policy = policy_table[POLICY_FIFO]->name,
                                     .recorded_ns = clock_calendar_ns(),
                                     .program = run->program.text };
    add_source(run);
    journal_say_observed(run->journal, OBSERVED_LIBRARY);
    journal_listen(run->journal, tape_record_listener(record));
    return recording_live(run->journal, slash ? slash + 1 : run->script,
                          &run->info, &source, run);
}

static int watch(struct python_run *run, struct recording *recording,
                 const struct options *options, struct tape_record *record)
{
    int status = program_watch(recording, run->child, record, options);

    if (!run->ended)
        stop(run, recording);
    recording_close(recording);
    if (options->output)
        program_watch_print(run->child);
    program_child_free(run->child);
    return status;
}

static int run_it(struct python_run *run, const struct options *options)
{
    struct run_plan plan = { .record = NULL };
    struct recording *recording;
    struct diag diag;
    int fd, status = EXIT_FAILED;

    if (!record_begin(&plan, options))
        return EXIT_USAGE;
    fd = memfd_create("concviz", MFD_CLOEXEC);
    if (fd < 0) {
        diag_set(&diag, NULL, 0, 0, "%s", strerror(errno));
        message_diag(&diag);
        return record_end(plan.record, options, status);
    }
    recording = begin(run, fd, options, plan.record);
    if (start(run, options, fd, &diag)) {
        status = watch(run, recording, options, plan.record);
    } else {
        message_diag(&diag);
        recording_close(recording);
    }
    return record_end(plan.record, options, status);
}

int program_python(const struct options *options)
{
    struct python_run run = { .ended = false };
    struct diag diag;
    int status = EXIT_USAGE;

    strbuf_init(&run.source);
    strbuf_init(&run.program);
    if (find_script(&run, options->word[1], &diag) &&
        find_python(&run, &diag) &&
        find_ours(run.module, sizeof run.module, MODULE, &diag)) {
        file_read(run.script, SOURCE_MAX, &run.source);
        status = run_it(&run, options);
    } else {
        message_diag(&diag);
    }
    strbuf_fini(&run.source);
    strbuf_fini(&run.program);
    return status;
}
