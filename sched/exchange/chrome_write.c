/*
 * chrome_write.c -- a run as slices, arrows, counters and instants.
 *
 * What readers of this format stumble over decides how it is written:
 *
 *  - Slices are pairs of B and E, never X with a duration: binary floating
 *    point lets from + duration end after the next one begins, and then they
 *    overlap. Both ends of a stretch, and the beginning of the next one, are
 *    the same text.
 *  - E stands before B where one slice follows another. Neighbours of the same
 *    name are one slice: at one instant some readers look at B first if the
 *    names are equal, and nest them. So are those with no time between them.
 *  - An arrow (s, f) belongs to the slice in which the file has it, so events
 *    come in the order of the trace. Who ends at an instant may still wake
 *    somebody there: such a slice is closed when time goes on.
 *  - No args: some readers make them a part of the name. All ids are numbers,
 *    processes and threads count from 1, and 0 is for what belongs to none.
 *
 *     trace   RUN A         READY B (by A)              DONE A, time goes on
 *     file    A: B running  B: E blocked, B in line      A: E running
 *                           A: s          B: f
 */
#include "sched/exchange/chrome_write.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/says.h"
#include "sched/workload/workload.h"

enum {
    US_DIGITS = 3 /* of microseconds, so that they are exact */
};

/* What the file has of a task so far. */
struct chrome_task {
    size_t next;           /* the stretch of its life that has not begun */
    enum task_state state; /* of the one before */
    struct interval slice; /* that began its open slice, … */
    bool open;             /* … if there is one … */
    bool ending;           /* … and only until this instant is over */
};

struct chrome_counts {
    int in_progress, working, in_line;
};

struct chrome_file {
    FILE *out;
    struct strbuf text;
    struct json json;
    struct strbuf name, other; /* of slices; kept to use them again */
    bool states;
    int flows; /* arrows so far, of all runs */
    int error;
    /* Of one run: */
    const struct exported *run;
    const struct workload *workload;
    struct says *says;
    int pid; /* of the tasks; the machines' is the next */
    struct chrome_task *task;
    size_t *ended, ended_count, ended_room; /* tasks that may be ending */
    struct chrome_counts counts, written;
};

/* --- events --------------------------------------------------------------- */

static void begin(struct chrome_file *chrome, const char *phase, int pid,
                  size_t tid)
{
    struct json *json = &chrome->json;

    if (!chrome->error)
        chrome->error = exported_flush(chrome->out, &chrome->text,
                                       EXPORTED_PIECE);
    json_line(json);
    json_begin(json, NULL, '{');
    json_string(json, "ph", phase);
    json_int(json, "pid", pid);
    json_uint(json, "tid", tid);
}

/* A name, a number or the like of a process (tid 0) or a thread. */
static void describe(struct chrome_file *chrome, int pid, size_t tid,
                     const char *what, const char *name, size_t order)
{
    struct json *json = &chrome->json;

    begin(chrome, "M", pid, tid);
    json_string(json, "name", what);
    json_begin(json, "args", '{');
    if (name)
        json_string(json, "name", name);
    else
        json_uint(json, "sort_index", order);
    json_end(json, '}');
    json_end(json, '}');
}

static void slice(struct chrome_file *chrome, const char *phase, int pid,
                  size_t tid, int64_t t_ns)
{
    struct json *json = &chrome->json;

    begin(chrome, phase, pid, tid);
    json_scaled(json, "ts", t_ns, US_DIGITS);
    json_string(json, "name", chrome->name.text);
    json_string(json, "cat", pid == chrome->pid ? "state" : "machine");
    json_end(json, '}');
}

static void count(struct chrome_file *chrome, const char *name, int64_t t_ns,
                  int value, int *written)
{
    struct json *json = &chrome->json;

    if (value == *written)
        return;
    *written = value;
    begin(chrome, "C", chrome->pid, 0);
    json_scaled(json, "ts", t_ns, US_DIGITS);
    json_string(json, "name", name);
    json_begin(json, "args", '{');
    json_int(json, "tasks", value);
    json_end(json, '}');
    json_end(json, '}');
}

/* One end of an arrow: "s" or "f". */
static void arrow(struct chrome_file *chrome, const char *phase, size_t task,
                  int64_t t_ns, const char *name)
{
    struct json *json = &chrome->json;

    begin(chrome, phase, chrome->pid, task + 1);
    json_scaled(json, "ts", t_ns, US_DIGITS);
    json_int(json, "id", chrome->flows);
    json_string(json, "name", name);
    json_string(json, "cat", "flow");
    if (*phase == 'f')
        json_string(json, "bp", "e");
    json_end(json, '}');
}

/* --- tasks ---------------------------------------------------------------- */

static void set_name(struct chrome_file *chrome, struct strbuf *name,
                     const struct interval *at)
{
    strbuf_clear(name);
    exported_stretch(name, chrome->run->history, at);
}

static void close_task(struct chrome_file *chrome, size_t task, int64_t t_ns)
{
    struct chrome_task *now = &chrome->task[task];

    if (!now->open)
        return;
    set_name(chrome, &chrome->name, &now->slice);
    slice(chrome, "E", chrome->pid, task + 1, t_ns);
    now->open = now->ending = false;
}

/* A task has no state from now on, but may have one again at this instant. */
static void end_later(struct chrome_file *chrome, size_t task)
{
    if (!chrome->task[task].open)
        return;
    chrome->task[task].ending = true;
    chrome->ended = xgrow(chrome->ended, chrome->ended_count,
                          &chrome->ended_room, sizeof *chrome->ended);
    chrome->ended[chrome->ended_count++] = task;
}

static void close_ended(struct chrome_file *chrome, int64_t t_ns)
{
    while (chrome->ended_count > 0) {
        size_t task = chrome->ended[--chrome->ended_count];

        if (chrome->task[task].ending)
            close_task(chrome, task, t_ns);
    }
}

/* What Perfetto calls the state of a thread: on a core, runnable, or away. */
static void add_state(struct chrome_file *chrome, size_t task,
                      const struct interval *at)
{
    static const char *const word[STATE_COUNT] = {
        [STATE_RUNNING] = "Running", [STATE_IN_LINE] = "R",
        [STATE_AWAITING] = "S",      [STATE_BLOCKED] = "S",
        [STATE_HELD] = "D",          [STATE_STOLEN] = "R",
    };
    struct json *json = &chrome->json;

    if (at->to_ns == at->from_ns)
        return;
    begin(chrome, "T", chrome->pid, task + 1);
    json_scaled(json, "ts", at->from_ns, US_DIGITS);
    json_scaled(json, "dur", at->to_ns - at->from_ns, US_DIGITS);
    json_string(json, "name", word[at->state]);
    json_begin(json, "args", '{');
    if (at->state == STATE_RUNNING && at->machine >= 0)
        json_int(json, "cpu", at->machine);
    json_end(json, '}');
    json_end(json, '}');
}

/* Does the open slice of a task go on, as what begins now has its name? */
static bool goes_on(struct chrome_file *chrome, const struct chrome_task *now,
                    const struct interval *at)
{
    if (!now->open)
        return false;
    set_name(chrome, &chrome->name, &now->slice);
    set_name(chrome, &chrome->other, at);
    return strcmp(chrome->name.text, chrome->other.text) == 0;
}

/* Whoever has let this task into line did so in a slice of its own. */
static void add_arrow(struct chrome_file *chrome, size_t task,
                      const struct interval *at)
{
    static const char *const name[] = {
        [READY_ARRIVED] = "start",
        [READY_YIELDED] = "yield",
        [READY_PREEMPTED] = "preemption",
        [READY_WOKEN] = "wake-up",
    };
    size_t by = (size_t)at->by;

    if (at->by < 0 || by >= chrome->workload->task_count || by == task ||
        !chrome->task[by].open || at->object < 0 ||
        (size_t)at->object >= sizeof name / sizeof *name)
        return;
    chrome->flows++;
    arrow(chrome, "s", by, at->from_ns, name[at->object]);
    arrow(chrome, "f", task, at->from_ns, name[at->object]);
}

/* A task begins a new stretch. */
static void enter(struct chrome_file *chrome, size_t task,
                  const struct interval *at)
{
    struct chrome_task *now = &chrome->task[task];

    chrome->counts.in_line += (at->state == STATE_IN_LINE) -
                              (now->state == STATE_IN_LINE);
    chrome->counts.working += (at->state == STATE_RUNNING) -
                              (now->state == STATE_RUNNING);
    now->state = at->state;
    if (!exported_state(at)) {
        end_later(chrome, task);
    } else if (goes_on(chrome, now, at)) {
        now->ending = false;
    } else {
        close_task(chrome, task, at->from_ns);
        set_name(chrome, &chrome->name, at);
        slice(chrome, "B", chrome->pid, task + 1, at->from_ns);
        now->open = true;
        now->slice = *at;
    }
    if (chrome->states && exported_state(at))
        add_state(chrome, task, at);
    if (at->state == STATE_IN_LINE)
        add_arrow(chrome, task, at);
}

/* The event may begin a stretch in the life of its task. */
static void add_place(struct chrome_file *chrome, size_t index, size_t task)
{
    struct chrome_task *now = &chrome->task[task];
    const struct history *history = chrome->run->history;

    while (now->next < history_intervals(history, (int)task)) {
        struct interval at = history_interval(history, (int)task, now->next);

        if (at.event != index)
            break;
        enter(chrome, task, &at);
        now->next++;
    }
}

static void add_say(struct chrome_file *chrome, const struct event *event)
{
    const char *text = trace_said(history_trace(chrome->run->history),
                                  chrome->says, event);
    struct json *json = &chrome->json;

    begin(chrome, "i", chrome->pid, event->task + 1);
    json_string(json, "s", "t");
    json_scaled(json, "ts", event->t_ns, US_DIGITS);
    json_string(json, "name", text);
    json_string(json, "cat", "say");
    json_end(json, '}');
}

/* --- time goes on --------------------------------------------------------- */

/* The instant t_ns is over. */
static void end_instant(struct chrome_file *chrome, int64_t t_ns)
{
    struct chrome_counts *now = &chrome->counts, *was = &chrome->written;

    close_ended(chrome, t_ns);
    now->in_progress = history_in_progress(chrome->run->history, t_ns);
    count(chrome, "in progress", t_ns, now->in_progress, &was->in_progress);
    count(chrome, "working", t_ns, now->working, &was->working);
    count(chrome, "in line", t_ns, now->in_line, &was->in_line);
}

static void add_tasks(struct chrome_file *chrome)
{
    const struct trace *trace = history_trace(chrome->run->history);
    size_t events = trace_count(trace);
    int64_t now_ns = 0;

    for (size_t i = 0; i < events && !chrome->error; i++) {
        const struct event copy = *trace_at(trace, i), *event = &copy;

        if (event->t_ns > now_ns)
            end_instant(chrome, now_ns);
        now_ns = event->t_ns;
        if (event->task >= chrome->workload->task_count)
            continue;
        if (event->kind == EVENT_SAY)
            add_say(chrome, event);
        else
            add_place(chrome, i, event->task);
    }
    close_ended(chrome, now_ns);
    for (size_t task = 0; task < chrome->workload->task_count; task++)
        close_task(chrome, task, history_end(chrome->run->history));
    end_instant(chrome, history_end(chrome->run->history));
}

/* --- machines ------------------------------------------------------------- */

static void add_machine(struct chrome_file *chrome, int machine)
{
    const struct history *history = chrome->run->history;
    size_t services = history_services(history, machine);
    int64_t end_ns = 0;
    bool open = false;

    for (size_t i = 0; i < services; i++) {
        struct service at = history_service(history, machine, i);

        if (at.kind == SERVICE_IDLE && at.to_ns == at.from_ns)
            continue;
        strbuf_clear(&chrome->other);
        if (at.kind != SERVICE_IDLE && at.task >= 0)
            exported_service(&chrome->other, history, &at);
        if (open && strcmp(chrome->name.text, chrome->other.text) != 0) {
            slice(chrome, "E", chrome->pid + 1, (size_t)machine + 1,
                  at.from_ns);
            open = false;
        }
        if (!open && chrome->other.length) {
            strbuf_clear(&chrome->name);
            strbuf_adds(&chrome->name, chrome->other.text);
            slice(chrome, "B", chrome->pid + 1, (size_t)machine + 1,
                  at.from_ns);
            open = true;
        }
        end_ns = at.to_ns;
    }
    if (open)
        slice(chrome, "E", chrome->pid + 1, (size_t)machine + 1, end_ns);
}

/* --- the file ------------------------------------------------------------- */

static void describe_process(struct chrome_file *chrome, int pid,
                             const char *what, bool several)
{
    strbuf_clear(&chrome->name);
    if (several)
        strbuf_addf(&chrome->name, "%s: ", chrome->run->label);
    strbuf_adds(&chrome->name, what);
    describe(chrome, pid, 0, "process_name", chrome->name.text, 0);
    describe(chrome, pid, 0, "process_sort_index", NULL, (size_t)pid);
}

static void describe_all(struct chrome_file *chrome, bool several)
{
    int machines = history_machines(chrome->run->history);
    char name[32];

    describe_process(chrome, chrome->pid, "tasks", several);
    for (size_t i = 0; i < chrome->workload->task_count; i++) {
        describe(chrome, chrome->pid, i + 1, "thread_name",
                 chrome->workload->task[i].name, 0);
        describe(chrome, chrome->pid, i + 1, "thread_sort_index", NULL, i + 1);
    }
    describe_process(chrome, chrome->pid + 1, "machines", several);
    for (int i = 0; i < machines; i++) {
        snprintf(name, sizeof name, "machine %d", i + 1);
        describe(chrome, chrome->pid + 1, (size_t)i + 1, "thread_name", name,
                 0);
        describe(chrome, chrome->pid + 1, (size_t)i + 1, "thread_sort_index",
                 NULL, (size_t)i + 1);
    }
}

static void add_run(struct chrome_file *chrome, const struct exported *run,
                    bool several)
{
    chrome->run = run;
    chrome->workload = trace_workload(history_trace(run->history));
    chrome->says = says_new(chrome->workload);
    chrome->task = xcalloc(chrome->workload->task_count + 1,
                           sizeof *chrome->task);
    chrome->counts = (struct chrome_counts){ 0, 0, 0 };
    chrome->written = (struct chrome_counts){ -1, -1, -1 };
    describe_all(chrome, several);
    add_tasks(chrome);
    for (int i = 0; i < history_machines(run->history); i++)
        add_machine(chrome, i);
    free(chrome->task);
    says_free(chrome->says);
    chrome->pid += 2;
}

/* What no event says: where the run comes from, and whether it was real. */
static void add_origin(struct chrome_file *chrome, const struct exported *run,
                       int count)
{
    struct json *json = &chrome->json;

    json_begin(json, "otherData", '{');
    json_string(json, "concviz", PACKAGE_VERSION);
    json_begin(json, "runs", '[');
    for (int i = 0; i < count; i++) {
        const struct trace *trace = history_trace(run[i].history);
        const struct trace_info *info = trace_info(trace);

        json_begin(json, NULL, '{');
        json_string(json, "label", run[i].label);
        json_string(json, "workload", trace_workload(trace)->name);
        json_string(json, "mode", info->mode);
        json_string(json, "kind", info->real ? "real" : "model");
        json_int(json, "machines", info->machines);
        if (info->imported)
            json_string(json, "imported", info->imported);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_end(json, '}');
}

int chrome_write(FILE *out, const struct exported *run, int count, bool states)
{
    struct chrome_file chrome = { .out = out, .states = states, .pid = 1 };

    strbuf_init(&chrome.text);
    strbuf_init(&chrome.name);
    strbuf_init(&chrome.other);
    json_init(&chrome.json, &chrome.text, false);
    json_begin(&chrome.json, NULL, '{');
    json_begin(&chrome.json, "traceEvents", '[');
    for (int i = 0; i < count && !chrome.error; i++)
        add_run(&chrome, &run[i], count > 1);
    json_end(&chrome.json, ']');
    json_line(&chrome.json);
    json_string(&chrome.json, "displayTimeUnit", "ns");
    add_origin(&chrome, run, count);
    json_end(&chrome.json, '}');
    strbuf_addc(&chrome.text, '\n');
    if (!chrome.error)
        chrome.error = exported_flush(out, &chrome.text, 0);
    free(chrome.ended);
    strbuf_fini(&chrome.text);
    strbuf_fini(&chrome.name);
    strbuf_fini(&chrome.other);
    return chrome.error;
}
