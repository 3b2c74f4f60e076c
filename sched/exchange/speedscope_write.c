/*
 * speedscope_write.c -- see speedscope_write.h.
 *
 * The format gives each name a number, in a list that may stand behind what
 * uses it: so names are collected while events are written. A frame that is
 * open is closed before the next one opens, and times never go back; neighbours
 * of the same name are one frame.
 */
#include "sched/exchange/speedscope_write.h"

#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/names.h"
#include "sched/workload/workload.h"

#define SPEEDSCOPE_SCHEMA "https://www.speedscope.app/file-format-schema.json"

struct speedscope {
    FILE *out;
    struct strbuf text, name;
    struct json json;
    struct names names; /* of frames */
    struct arena *arena;
    int open; /* the frame that is, or -1 */
    int error;
};

static void add_event(struct speedscope *scope, const char *type, int64_t at_ns,
                      int frame)
{
    struct json *json = &scope->json;

    json_line(json);
    json_begin(json, NULL, '{');
    json_string(json, "type", type);
    json_int(json, "at", at_ns);
    json_int(json, "frame", frame);
    json_end(json, '}');
    if (!scope->error)
        scope->error = exported_flush(scope->out, &scope->text, EXPORTED_PIECE);
}

/* From t_ns on it is the frame with the name in scope->name; "": none. */
static void change(struct speedscope *scope, int64_t t_ns)
{
    int frame = -1;

    if (scope->name.length)
        frame = names_number(&scope->names, scope->arena, scope->name.text,
                             scope->name.length);
    if (frame == scope->open)
        return;
    if (scope->open >= 0)
        add_event(scope, "C", t_ns, scope->open);
    if (frame >= 0)
        add_event(scope, "O", t_ns, frame);
    scope->open = frame;
    strbuf_clear(&scope->name);
}

/* label: what the run is called, if there are several. */
static void begin_profile(struct speedscope *scope, const char *label,
                          const char *name, int64_t end_ns)
{
    struct json *json = &scope->json;
    struct strbuf full;

    strbuf_init(&full);
    if (label)
        strbuf_addf(&full, "%s: ", label);
    strbuf_adds(&full, name);
    json_line(json);
    json_begin(json, NULL, '{');
    json_string(json, "type", "evented");
    json_string(json, "name", full.text);
    json_string(json, "unit", "nanoseconds");
    json_int(json, "startValue", 0);
    json_int(json, "endValue", end_ns);
    json_begin(json, "events", '[');
    strbuf_fini(&full);
    scope->open = -1;
}

static void end_profile(struct speedscope *scope, int64_t end_ns)
{
    strbuf_clear(&scope->name);
    change(scope, end_ns);
    json_end(&scope->json, ']');
    json_end(&scope->json, '}');
}

static void add_task(struct speedscope *scope, const struct history *history,
                     int task)
{
    size_t count = history_intervals(history, task);

    for (size_t i = 0; i < count; i++) {
        struct interval at = history_interval(history, task, i);

        strbuf_clear(&scope->name);
        if (exported_state(&at))
            exported_stretch(&scope->name, history, &at);
        change(scope, at.from_ns);
    }
}

static void add_machine(struct speedscope *scope, const struct history *history,
                        int machine)
{
    size_t count = history_services(history, machine);

    for (size_t i = 0; i < count; i++) {
        struct service at = history_service(history, machine, i);

        strbuf_clear(&scope->name);
        if (at.kind != SERVICE_IDLE && at.task >= 0)
            exported_service(&scope->name, history, &at);
        change(scope, at.from_ns);
    }
}

static void add_run(struct speedscope *scope, const struct history *history,
                    const char *label)
{
    const struct workload *workload = trace_workload(history_trace(history));
    int64_t end_ns = history_end(history);
    char name[32];

    for (size_t i = 0; i < workload->task_count; i++) {
        begin_profile(scope, label, workload->task[i].name, end_ns);
        add_task(scope, history, (int)i);
        end_profile(scope, end_ns);
    }
    for (int i = 0; i < history_machines(history); i++) {
        snprintf(name, sizeof name, "machine %d", i + 1);
        begin_profile(scope, label, name, end_ns);
        add_machine(scope, history, i);
        end_profile(scope, end_ns);
    }
}

static void add_frames(struct speedscope *scope)
{
    struct json *json = &scope->json;

    json_line(json);
    json_begin(json, "shared", '{');
    json_begin(json, "frames", '[');
    for (size_t i = 0; i < scope->names.count; i++) {
        json_line(json);
        json_begin(json, NULL, '{');
        json_string(json, "name", scope->names.entry[i].text);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_end(json, '}');
}

/* "cafeteria, coroutine (model)". */
static void add_title(struct speedscope *scope, const struct exported *run,
                      int count)
{
    struct strbuf title;

    strbuf_init(&title);
    strbuf_adds(&title, trace_workload(history_trace(run->history))->name);
    for (int i = 0; i < count; i++)
        strbuf_addf(&title, ", %s (%s)", run[i].label,
                    trace_info(history_trace(run[i].history))->real ? "real"
                                                                    : "model");
    json_string(&scope->json, "name", title.text);
    strbuf_fini(&title);
}

static void write_all(struct speedscope *scope, const struct exported *run,
                      int count)
{
    struct json *json = &scope->json;

    json_begin(json, NULL, '{');
    json_string(json, "$schema", SPEEDSCOPE_SCHEMA);
    json_string(json, "exporter", "concviz@" PACKAGE_VERSION);
    add_title(scope, run, count);
    json_int(json, "activeProfileIndex", 0);
    json_begin(json, "profiles", '[');
    for (int i = 0; i < count && !scope->error; i++)
        add_run(scope, run[i].history, count > 1 ? run[i].label : NULL);
    json_end(json, ']');
    add_frames(scope);
    json_end(json, '}');
    strbuf_addc(&scope->text, '\n');
}

int speedscope_write(FILE *out, const struct exported *run, int count)
{
    struct speedscope scope = { .out = out, .arena = arena_new() };

    strbuf_init(&scope.text);
    strbuf_init(&scope.name);
    names_init(&scope.names);
    json_init(&scope.json, &scope.text, false);
    write_all(&scope, run, count);
    if (!scope.error)
        scope.error = exported_flush(out, &scope.text, 0);
    names_fini(&scope.names);
    strbuf_fini(&scope.text);
    strbuf_fini(&scope.name);
    arena_free(scope.arena);
    return scope.error;
}
