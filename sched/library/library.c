/*
 * library.c -- a program that makes its own workload, and runs it.
 *
 * What main makes is put into a workload as a text would put it there: tasks,
 * locks, channels, each with a name and an index. Tasks can spawn others, but
 * the number of tasks of a run is fixed before it begins; so there is room:
 * tasks that wait to be spawned, and get what they run when they are.
 *
 * In sequential mode a task that waited for another would wait for ever.
 * There spawning is calling: room is generators, which run in their caller's
 * turn (R14), and these never yield.
 */
#define CV_WITHOUT_LINES /* here they are defined */
#define TASK_WITHOUT_LINES
#include "sched/library/concviz.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/calibration.h"
#include "sched/library/library_internal.h"
#include "sched/program/task.h"
#include "sched/run/executor.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"

enum {
    ROOM = 256,                /* unless cv_room says otherwise */
    STACK_BYTES = 1024 * 1024, /* other people's functions may be large */
    NAME_BYTES = WORKLOAD_NAME_MAX + 1,
};

struct library_state library = {
    .workload = { .name = "program",
                  .file = "program",
                  .source = "",
                  .slice_ns = WORKLOAD_NO_SLICE,
                  .line_count = 1,
                  .data = { .size = 1, .stack_bytes = STACK_BYTES } },
    .room = ROOM,
    .lock = PTHREAD_MUTEX_INITIALIZER,
};

_Noreturn void library_refuse(const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    fputs("concviz: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    fflush(NULL);
    _exit(CV_FAILED); /* a run may be under way: nobody tidies it up */
}

static void set_language(const struct instructions *instructions)
{
#ifdef ENABLE_NLS
    if (!*instructions->language)
        return;
    setenv("LANGUAGE", instructions->language, 1);
    setlocale(LC_ALL, "C.UTF-8");
    bindtextdomain(PACKAGE, instructions->catalogue);
    textdomain(PACKAGE);
#else
    (void)instructions;
#endif
}

/* Before main: also what goes wrong there is told. */
__attribute__((constructor)) static void begin(void)
{
    library.workload.arena = arena_new(); /* of names and handles, for ever */
    instructions_read(&library.instructions);
    set_language(&library.instructions);
    crash_watch(library.instructions.crash);
}

/* --- what is made --------------------------------------------------------- */

/* What printf makes of it. */
__attribute__((format(printf, 1, 0))) static char *make_name(const char *format,
                                                             va_list values)
{
    char name[NAME_BYTES];

    vsnprintf(name, sizeof name, format, values);
    return arena_copy(library.workload.arena, name, strlen(name));
}

static void must_come_before_run(const char *what)
{
    if (library.running)
        library_refuse(_("%s: this must be made before cv_run"), what);
}

/* One more of a kind: room in its array, and its name. */
#define NAMED(array, count)                                                    \
    va_list values;                                                            \
    size_t index = (count)++;                                                  \
    char *text;                                                                \
                                                                               \
    va_start(values, name);                                                    \
    text = make_name(name, values);                                            \
    va_end(values);                                                            \
    must_come_before_run(text);                                                \
    (array) = xreallocarray((array), (count), sizeof *(array))

/* A handle for the program to keep. */
#define HANDLE(type)                                                           \
    type *handle = arena_alloc(library.workload.arena, sizeof *handle);        \
                                                                               \
    handle->index = (int)index;                                                \
    return handle

cv_mutex *cv_mutex_new(const char *name, ...)
{
    struct workload *w = &library.workload;
    NAMED(w->lock, w->lock_count);
    w->lock[index] = text;
    w->inherits = xreallocarray(w->inherits, w->lock_count,
                                sizeof *w->inherits);
    w->inherits[index] = false;
    HANDLE(cv_mutex);
}

cv_semaphore *cv_semaphore_new(int initial, const char *name, ...)
{
    struct workload *w = &library.workload;
    NAMED(w->semaphore, w->semaphore_count);
    if (initial < 0)
        library_refuse(_("%s: a semaphore begins with 0 or more"), text);
    w->semaphore[index] = (struct semaphore_spec){ text, initial };
    HANDLE(cv_semaphore);
}

cv_condition *cv_condition_new(const char *name, ...)
{
    struct workload *w = &library.workload;
    NAMED(w->condition, w->condition_count);
    w->condition[index] = text;
    HANDLE(cv_condition);
}

cv_channel *cv_channel_new(int size, const char *name, ...)
{
    struct workload *w = &library.workload;
    NAMED(w->channel, w->channel_count);
    if (size < 0)
        library_refuse(_("%s: a channel has room for 0 or more"), text);
    w->channel[index] = (struct channel_spec){ text, size };
    HANDLE(cv_channel);
}

cv_barrier *cv_barrier_new(int size, const char *name, ...)
{
    struct workload *w = &library.workload;
    NAMED(w->barrier, w->barrier_count);
    if (size < 1)
        library_refuse(_("%s: a barrier is for 1 or more"), text);
    w->barrier[index] = (struct barrier_spec){ text, size };
    HANDLE(cv_barrier);
}

cv_shared *cv_shared_new(long long initial, const char *name, ...)
{
    struct workload *w = &library.workload;
    NAMED(w->shared, w->shared_count);
    w->shared[index] = (struct shared_spec){ text, initial };
    HANDLE(cv_shared);
}

void cv_room(int tasks)
{
    must_come_before_run("cv_room");
    if (tasks < 0 || tasks > WORKLOAD_TASKS_MAX / 2)
        library_refuse(_("cv_room: between 0 and %d tasks"),
                       WORKLOAD_TASKS_MAX / 2);
    library.room = tasks;
}

/* --- tasks ---------------------------------------------------------------- */

/* What every task runs. What it computes before its first call is work. */
static void run_task(struct task_calls *calls, int task)
{
    const struct calling *calling = &library.calling[task];

    task_work(task_at(calls, 0), 1);
    calling->function(calling->argument);
    printed_tell(calls);
}

static void make_room(size_t count)
{
    struct workload *w = &library.workload;

    w->task = xreallocarray(w->task, count, sizeof *w->task);
    library.calling = xreallocarray(library.calling, count,
                                    sizeof *library.calling);
    for (size_t i = w->task_count; i < count; i++)
        w->task[i] = (struct task_spec){
            .name = "", .line = 1, .tickets = 1, .program = run_task
        };
    w->task_count = count;
}

/* The name comes last: whoever reads tasks finds all of it. */
static int add_task(void (*function)(void *argument), void *argument,
                    const char *name)
{
    int index = atomic_load_explicit(&library.tasks, memory_order_relaxed);

    if ((size_t)index == library.workload.task_count && library.running)
        library_refuse(_("%s: there is no room for more tasks; call "
                         "cv_room(%d), or more, before cv_run"),
                       name, 2 * library.room + 1);
    if (index == WORKLOAD_TASKS_MAX / 2)
        library_refuse(_("%s: there are too many tasks"), name);
    if (!library.running)
        make_room((size_t)index + 1);
    library.calling[index] = (struct calling){ function, argument };
    library.workload.task[index].name = name;
    library.workload.task[index].source_line = library.line;
    atomic_store_explicit(&library.tasks, index + 1, memory_order_release);
    return index;
}

/* Its name, its number, and the handle: tasks may be spawned in parallel. */
__attribute__((format(printf, 3, 0))) static cv_task *new_task(
    void (*function)(void *argument), void *argument, const char *name,
    va_list values)
{
    cv_task *handle;
    char *text;

    pthread_mutex_lock(&library.lock);
    text = make_name(name, values);
    if (library.running && !task_current())
        library_refuse(_("%s: spawned by somebody who is no task"), text);
    handle = arena_alloc(library.workload.arena, sizeof *handle);
    handle->index = add_task(function, argument, text);
    pthread_mutex_unlock(&library.lock);
    return handle;
}

cv_task *cv_spawn(void (*function)(void *argument), void *argument,
                  const char *name, ...)
{
    struct task_calls *calls = task_current();
    cv_task *task;
    va_list values;

    va_start(values, name);
    task = new_task(function, argument, name, values);
    va_end(values);
    if (!calls)
        return task;
    printed_tell(calls);
    if (library.one_by_one)
        task_call(calls, task->index);
    else
        task_spawn(calls, task->index);
    task_work(task_at(calls, 0), 1);
    return task;
}

/* --- the run -------------------------------------------------------------- */

/* "exercises/forks.c" is called forks. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    char name[NAME_BYTES];

    snprintf(name, sizeof name, "%.*s",
             (int)(dot && dot > base ? dot - base : (long)strlen(base)), base);
    return xstrdup(name);
}

/* The text of the program is what its calls name lines of. */
static void name_source(const char *path)
{
    struct strbuf text;

    if (!*path)
        return;
    library.workload.file = xstrdup(path);
    library.workload.name = base_name(path);
    strbuf_init(&text);
    if (file_read(path, WORKLOAD_FILE_BYTES_MAX, &text) == 0)
        library.workload.listing = xstrdup(text.text);
    library.workload.listing_line = library.workload.listing_column = 1;
    strbuf_fini(&text);
}

static void complete_workload(const struct instructions *instructions)
{
    int known = atomic_load_explicit(&library.tasks, memory_order_relaxed);

    library.one_by_one = instructions->mode->traits & TO_THE_END;
    make_room((size_t)(known + library.room));
    for (size_t i = (size_t)known; i < library.workload.task_count; i++) {
        library.workload.task[i].at_spawn = !library.one_by_one;
        library.workload.task[i].generator = library.one_by_one;
    }
    name_source(instructions->source);
}

/* Whoever watches says how it ended, unless it never began. */
static int status_of(const struct trace *trace, bool watched, int error,
                     const struct diag *diag)
{
    const struct event *end = trace_end(trace);
    bool failed = error || !end || end->object == OUTCOME_FAILED;
    bool stuck = end && end->object == OUTCOME_DEADLOCK;

    fflush(stdout);
    if (error && (!watched || !end || end->value == 0))
        fprintf(stderr, "concviz: %s\n", diag->message);
    else if (stuck && !watched)
        fprintf(stderr, "concviz: %s\n",
                _("deadlock: the tasks that are left wait for each other"));
    return failed ? CV_FAILED : stuck ? CV_DEADLOCK : CV_FINISHED;
}

/* What they are worth at the end, main is told as what they began with. */
static void keep_values(const struct trace *trace)
{
    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        if (event->kind == EVENT_WRITE)
            library.workload.shared[event->object].initial = event->value;
    }
}

long long cv_value(const cv_shared *shared)
{
    if (task_current())
        library_refuse(_("%s is called in main: tasks call cv_read"),
                       "cv_value");
    return library.workload.shared[shared->index].initial;
}

static int run(struct instructions *instructions)
{
    const struct executor *executor = executor_find(instructions->mode->name);
    struct run_options *options = &instructions->options;
    struct trace *trace;
    struct diag diag;
    int error, status;

    options->listener = writing_new(instructions);
    if (options->iterations_per_ms <= 0 && !options->model)
        options->iterations_per_ms = calibration_get();
    trace = executor_trace(executor, &library.workload, options);
    if (instructions->output != INSTRUCTIONS_ALONE)
        printed_begin();
    error = executor_run(executor, &library.workload, options, trace, &diag);
    printed_end();
    writing_end(options->listener);
    status = status_of(trace, *instructions->tape, error, &diag);
    keep_values(trace);
    trace_free(trace);
    return status;
}

int cv_run(void)
{
    if (library.running)
        library_refuse(_("cv_run: a program runs its tasks once"));
    complete_workload(&library.instructions);
    library.running = true;
    return run(&library.instructions);
}
