/*
 * export_cast.c -- the live screen as a recording of a terminal.
 *
 * It is not recorded while it runs: frames are drawn from the history, fifteen a
 * second of the picture, so that none is missing and --speed is exact. Who
 * starts and who is done are markers, to go to.
 */
#include <stdlib.h>

#include "cli/export/export.h"
#include "cli/options/theme.h"
#include "cli/report/picture.h"
#include "render/cells/cells.h"
#include "render/output/cast.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    FRAMES_S = 15,
    WIDTH = 80, /* unless --frame says otherwise */
    HEIGHT = 24,
    MARKED_TASKS = 100 /* more would be a line of nothing but markers */
};

/* The events of a run that become markers. */
struct marks {
    const struct trace *trace;
    const struct workload *workload;
    const char *label; /* if there are two runs */
    size_t next;       /* event */
    bool *began;       /* by task */
};

struct cast_export {
    const struct export *export;
    struct picture picture;
    struct cells cells;
    struct strbuf text;
    struct cast cast;
    struct marks marks[2];
};

static int64_t cast_us(const struct cast_export *made, int64_t t_ns)
{
    return (int64_t)((double)t_ns / made->export->options->speed /
                     (double)NS_PER_US);
}

/* --- markers -------------------------------------------------------------- */

static void marks_init(struct marks *marks, const struct export *export,
                       int run)
{
    marks->trace = history_trace(export->history[run]);
    marks->workload = trace_workload(marks->trace);
    marks->label = export->runs > 1 ? export->label[run] : NULL;
    marks->began = xcalloc(marks->workload->task_count + 1, sizeof(bool));
    if (marks->workload->task_count > MARKED_TASKS)
        marks->next = trace_count(marks->trace);
}

/* The next event that is marked, or NULL; marks->next is its index. */
static const struct event *next_marked(struct marks *marks)
{
    for (; marks->trace && marks->next < trace_count(marks->trace);
         marks->next++) {
        const struct event *event = trace_at(marks->trace, marks->next);

        if (event->task >= marks->workload->task_count)
            continue;
        if (event->kind == EVENT_DONE ||
            (event->kind == EVENT_RUN && !marks->began[event->task]))
            return event;
    }
    return NULL;
}

static void mark(struct cast_export *made, struct marks *marks,
                 const struct event *event)
{
    struct strbuf text;

    strbuf_init(&text);
    if (marks->label)
        strbuf_addf(&text, "%s: ", marks->label);
    strbuf_addf(&text,
                event->kind == EVENT_RUN ? _("%s starts") : _("%s is done"),
                marks->workload->task[event->task].name);
    cast_marker(&made->cast, cast_us(made, event->t_ns), text.text);
    marks->began[event->task] = true;
    marks->next++;
    strbuf_fini(&text);
}

/* All up to t_ns, of both runs by time. */
static void add_marks(struct cast_export *made, int64_t t_ns)
{
    for (;;) {
        const struct event *event[2] = { next_marked(&made->marks[0]),
                                         next_marked(&made->marks[1]) };
        int first = !event[0] || (event[1] && event[1]->t_ns < event[0]->t_ns);

        if (!event[first] || event[first]->t_ns > t_ns)
            return;
        mark(made, &made->marks[first], event[first]);
    }
}

/* --- frames --------------------------------------------------------------- */

/* The last frame is the one that --frame prints. */
static void add_frame(struct cast_export *made, int64_t t_ns)
{
    struct view *view = &made->picture.view;
    bool ends = t_ns >= made->picture.end_ns;

    view->t_ns = t_ns;
    view->play = ends ? PLAY_ENDED : PLAY_RUNNING;
    view->motion = !ends && !made->export->options->no_motion;
    picture_draw(&made->picture, &made->cells, true);
    cast_frame(&made->cast, cast_us(made, t_ns), &made->cells);
}

static int add_frames(struct cast_export *made, FILE *out)
{
    int64_t end_ns = made->picture.end_ns;
    int64_t step_ns = (int64_t)(made->export->options->speed *
                                (double)NS_PER_S / FRAMES_S);
    int error = 0;

    for (int64_t t_ns = 0; t_ns < end_ns && !error; t_ns += step_ns) {
        add_marks(made, t_ns);
        add_frame(made, t_ns);
        error = exported_flush(out, &made->text, EXPORTED_PIECE);
    }
    add_marks(made, end_ns);
    add_frame(made, end_ns);
    return error ? error : exported_flush(out, &made->text, 0);
}

static void begin(struct cast_export *made)
{
    const struct options *options = made->export->options;
    struct cast_options cast = { .version = options->cast,
                                 .width = options->frame_width,
                                 .height = options->frame_height,
                                 .theme = theme_wanted(options) };
    struct strbuf title;

    if (!cast.width) {
        cast.width = WIDTH;
        cast.height = HEIGHT;
    }
    strbuf_init(&title);
    for (int i = 0; i < made->export->runs; i++) {
        strbuf_adds(&title, i ? " / " : "");
        export_title(&title, made->export, i);
        marks_init(&made->marks[i], made->export, i);
    }
    cast.title = title.text;
    cells_init(&made->cells, cast.width, cast.height);
    cast_init(&made->cast, &made->text, &cast);
    strbuf_fini(&title);
}

int export_cast(FILE *out, const struct export *export)
{
    struct cast_export made = { .export = export };
    int error;

    strbuf_init(&made.text);
    picture_init(&made.picture, export->history, export->label,
                 export->options);
    begin(&made);
    error = add_frames(&made, out);
    cast_fini(&made.cast);
    cells_fini(&made.cells);
    picture_fini(&made.picture);
    strbuf_fini(&made.text);
    free(made.marks[0].began);
    free(made.marks[1].began);
    return error;
}
