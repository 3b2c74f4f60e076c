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
#include <string.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_file.h"
#include "cli/program/program_library.h"
#include "cli/program/program_told.h"
#include "cli/report/record.h"
#include "cli/run/run_plan.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/cpu/cores.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"
#include "sched/watch/watch.h"

#define LIBRARY "libconcviz-recorder.so"

struct observe_run {
    struct program_file file;
    char library[PATH_MAX]; /* "": there is none in the program */
    struct cores cores;
    int machines;  /* it may use so many of them */
    bool anywhere; /* that is the system's business */
    struct strbuf program;
};

/* --- what can be seen ------------------------------------------------------ */

static void find_library(struct observe_run *run)
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
}

/* --- the cores ------------------------------------------------------------- */

static void choose_cores(struct observe_run *run, const struct options *options)
{
    const struct mode *mode = mode_find(options->word[0]);

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

static void until(void *context, int64_t monotonic_ns)
{
    watch_until(context, monotonic_ns);
}

static void say(void *context, int64_t monotonic_ns, const char *line,
                size_t length)
{
    watch_say(context, monotonic_ns, line, length);
}

static void end(void *context, int status, bool by_us)
{
    watch_end(context, status, by_us);
}

static const struct trace *trace(void *context)
{
    return watch_trace(context);
}

static int tell(const struct observe_run *run, struct watch *watch,
                const struct options *options)
{
    static const struct program_teller teller = { until, say, end, trace };
    struct strbuf preload, memory;
    char path[WATCH_MEMORY_PATH];
    const char *environment[] = { NULL, NULL, NULL };
    const struct program_telling telling = {
        .path = run->file.path,
        .command = &options->word[options->dashes],
        .environment = environment,
        .descriptor = -1,
        .cpu = run->anywhere ? NULL : run->cores.cpu,
        .cpus = run->machines,
        .teller = &teller,
        .context = watch,
    };
    int status;

    strbuf_init(&preload);
    strbuf_init(&memory);
    if (watch_path(watch, path)) {
        program_library_preload(&preload, run->library);
        strbuf_addf(&memory, "%s=%s", RECORD_VARIABLE, path);
        environment[0] = preload.text;
        environment[1] = memory.text;
    }
    status = program_told(&telling, options);
    strbuf_fini(&preload);
    strbuf_fini(&memory);
    return status;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static int observe(const struct observe_run *run, const struct options *options)
{
    const struct mode *mode = mode_find(options->word[0]);
    const struct trace_info info = {
        .mode = mode ? mode->name : mode_table[MODE_PARALLEL].name,
        .real = true,
        .machines = run->machines,
        .policy = "other",
        .recorded_ns = clock_calendar_ns(),
        .program = run->program.text,
    };
    struct run_plan plan = { .record = NULL };
    struct watch_plan wanted = { .name = name_of(run->file.path),
                                 .info = &info,
                                 .cpu = run->cores.cpu,
                                 .first = mode ? "main" : NULL,
                                 .library = run->library[0] != '\0' };
    struct watch *watch;
    int status;

    if (!record_begin(&plan, options))
        return EXIT_USAGE;
    wanted.listener = plan.run.listener;
    watch = watch_new(&wanted);
    say_refused(watch);
    status = record_end(plan.record, options, tell(run, watch, options));
    if (watch_lost(watch))
        message(_("records were lost, %llu times: some of what happened is not "
                  "shown"),
                (unsigned long long)watch_lost(watch));
    watch_free(watch);
    return status;
}

int program_observe(const struct options *options)
{
    struct observe_run run = { .machines = 0 };
    const char *const *command = &options->word[options->dashes];
    struct diag diag;
    int status;

    if (!program_file_look(&run.file,
                           options->compiled ? options->compiled : command,
                           &diag)) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    strbuf_init(&run.program);
    for (int i = 0; command[i]; i++)
        strbuf_addf(&run.program, "%s%s", i ? " " : "", command[i]);
    find_library(&run);
    choose_cores(&run, options);
    status = observe(&run, options);
    cores_fini(&run.cores);
    strbuf_fini(&run.program);
    return status;
}
