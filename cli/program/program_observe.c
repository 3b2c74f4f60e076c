/*
 * program_observe.c -- see program_observe.h.
 *
 * Its threads stay the system's. The kernel writes down who is on a core, and a
 * library that is loaded into the program what its threads wait for (sched/watch
 * brings both together); where one of the two cannot be had, the other does, and
 * we say what is missing.
 */
#include "cli/program/program_observe.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_file.h"
#include "cli/program/program_library.h"
#include "cli/program/program_told.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/cores.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"
#include "sched/watch/watch.h"

#define LIBRARY "libconcviz-recorder.so"

struct program_observe {
    struct program_file file;
    char library[PATH_MAX]; /* "": there is none in the program */
    struct cores cores;
    int machines;  /* it may use so many of them */
    bool anywhere; /* that is the system's business */
    struct strbuf program, preload, memory;
    const char *environment[3];
    struct trace_info info;
    struct watch *watch;
    struct program_telling telling;
};

/* --- what can be seen ------------------------------------------------------ */

static void find_library(struct program_observe *run)
{
    const char *reason = program_file_reason(run->file.path);
    struct diag diag;

    run->library[0] = '\0';
    if (reason)
        message(_("%s: %s; so nothing is known of what its threads wait for"),
                run->file.path, reason);
    else if (!program_library_find(run->library, sizeof run->library, LIBRARY,
                                   &diag)) {
        message_diag(&diag);
        run->library[0] = '\0';
    }
}

static void say_refused(const struct watch *watch)
{
    if (!watch_refused(watch))
        return;
    message(_("the kernel does not tell who is on a core (%s); allow it with: "
              "sudo sysctl kernel.perf_event_paranoid=2 (in a container: "
              "--cap-add PERFMON)"),
            strerror(-watch_refused(watch)));
    if (watch_observed(watch) == OBSERVED_PROC)
        message(_("so only fractions are shown: how much each ran and stood in "
                  "line in about 20 ms, not when"));
}

/* --- the cores ------------------------------------------------------------- */

static void choose_cores(struct program_observe *run, const struct mode *mode,
                         const struct options *options)
{
    cores_init(&run->cores, NULL, NULL);
    run->anywhere = !mode;
    run->machines = run->cores.allowed;
    if (mode == &mode_table[MODE_THREADS]) {
        cores_start_here(&run->cores);
        run->machines = 1;
    } else if (mode && options_said(options, "machines") &&
               options->machines < run->machines) {
        run->machines = (int)options->machines;
    }
}

/* --- the run --------------------------------------------------------------- */

static void begin(void *context, int pid)
{
    watch_begin(context, pid);
}

static void until(void *context, int64_t monotonic_ns)
{
    watch_until(context, monotonic_ns);
}

static void say(void *context, int64_t monotonic_ns, const char *line,
                size_t length)
{
    watch_say(context, monotonic_ns, line, length);
}

static void end(void *context, int status, enum outcome how)
{
    watch_end(context, status, how);
}

static const struct trace *trace(void *context)
{
    return watch_trace(context);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void make_watch(struct program_observe *run, const struct mode *mode,
                       struct trace_listener *listener)
{
    const struct watch_plan plan = { .name = name_of(run->file.path),
                                     .info = &run->info,
                                     .listener = listener,
                                     .cpu = run->cores.cpu,
                                     .cpus = run->cores.allowed,
                                     .first = mode ? "main" : NULL,
                                     .library = run->library[0] != '\0' };

    run->info = (struct trace_info){
        .mode = mode ? mode->name : mode_table[MODE_PARALLEL].name,
        .real = true,
        .machines = run->machines,
        .policy = "other",
        .recorded_ns = clock_calendar_ns(),
        .program = run->program.text,
    };
    run->watch = watch_new(&plan);
    say_refused(run->watch);
}

static void make_telling(struct program_observe *run,
                         const char *const *command)
{
    static const struct program_teller teller = { begin, until, say, end,
                                                  trace };
    char path[WATCH_MEMORY_PATH];

    if (watch_path(run->watch, path)) {
        program_library_preload(&run->preload, run->library);
        strbuf_addf(&run->memory, "%s=%s", RECORD_VARIABLE, path);
        run->environment[0] = run->preload.text;
        run->environment[1] = run->memory.text;
    }
    run->telling = (struct program_telling){
        .path = run->file.path,
        .command = command,
        .environment = run->environment,
        .descriptor = -1,
        .cpu = run->anywhere ? NULL : run->cores.cpu,
        .cpus = run->machines,
        .teller = &teller,
        .context = run->watch,
    };
}

struct program_observe *program_observe_new(const char *name,
                                            const char *const *command,
                                            const struct options *options,
                                            struct trace_listener *listener)
{
    struct program_observe *run = xcalloc(1, sizeof *run);
    const struct mode *mode = mode_find(name);
    struct diag diag;

    if (!program_file_look(&run->file,
                           options->compiled ? options->compiled : command,
                           &diag)) {
        message_diag(&diag);
        free(run);
        return NULL;
    }
    strbuf_init(&run->program);
    strbuf_init(&run->preload);
    strbuf_init(&run->memory);
    for (int i = 0; command[i]; i++)
        strbuf_addf(&run->program, "%s%s", i ? " " : "", command[i]);
    find_library(run);
    choose_cores(run, mode, options);
    make_watch(run, mode, listener);
    make_telling(run, command);
    return run;
}

void program_observe_free(struct program_observe *observe)
{
    if (!observe)
        return;
    watch_free(observe->watch);
    cores_fini(&observe->cores);
    strbuf_fini(&observe->program);
    strbuf_fini(&observe->preload);
    strbuf_fini(&observe->memory);
    free(observe);
}

const struct program_telling *program_observe_telling(
    const struct program_observe *observe)
{
    return &observe->telling;
}

void program_observe_note(const struct program_observe *observe)
{
    uint64_t lost = watch_lost(observe->watch);

    if (lost)
        message(_("records were lost, %llu times: some of what happened is not "
                  "shown"),
                (unsigned long long)lost);
}
