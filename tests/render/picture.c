#include "tests/render/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/cells/cells.h"
#include "render/draw/screen.h"
#include "render/output/backend.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/programs/programs.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

/* One letter a role, in the order of enum role. */
static const char role_letter[] = ".dbTKFANMrmLBWIXgxS";
_Static_assert(sizeof role_letter == ROLE_COUNT + 1, "a letter for each role");

static void give_up(const struct diag *diag)
{
    fprintf(stderr, "%s:%d:%d: %s\n", diag->file, diag->line, diag->column,
            diag->message);
    exit(EXIT_FAILURE);
}

/* machines 0, slice_ms -1: the default. */
static void open_with(struct picture *picture, const char *workload,
                      const char *mode, int machines, int slice_ms, int cost_ms)
{
    const struct executor *executor = executor_find(mode);
    struct run_options options;
    struct diag diag = { .file = "" };

    picture->workload = strchr(workload, ':')
                            ? workload_parse("test", "test", workload,
                                             strlen(workload), &diag)
                            : programs_open(workload, &diag);
    if (!picture->workload)
        give_up(&diag);
    executor_defaults(&options, executor, picture->workload);
    options.model = true;
    if (machines > 0)
        options.machines = machines;
    if (slice_ms >= 0)
        options.slice_ns = slice_ms * NS_PER_MS;
    options.switch_cost_ns = cost_ms * NS_PER_MS;
    picture->trace = executor_trace(executor, picture->workload, &options);
    if (executor_run(executor, picture->workload, &options, picture->trace,
                     &diag))
        give_up(&diag);
    picture->history = history_new(picture->trace);
    history_update(picture->history);
    view_init(&picture->view);
    picture->view.side = SIDE_PICTURE;
    picture->view.t_ns = history_end(picture->history);
    picture->view.footer = "Space\tpause\n←→\tstep\n+-\tspeed\nTab\tmode\n"
                           "m\tmachines\nw\twhy\n?\thelp\nq\tquit\n";
}

void picture_open(struct picture *picture, const char *workload,
                  const char *mode, int machines)
{
    open_with(picture, workload, mode, machines, -1, 0);
}

void picture_open_switching(struct picture *picture, const char *workload,
                            const char *mode, int slice_ms, int cost_ms)
{
    open_with(picture, workload, mode, 0, slice_ms, cost_ms);
}

void picture_close(struct picture *picture)
{
    history_free(picture->history);
    trace_free(picture->trace);
    workload_free(picture->workload);
}

char *picture_text(struct picture *picture, int width, int height, int64_t t_ms,
                   int roles)
{
    struct cells cells;
    struct strbuf text;

    picture->view.t_ns = t_ms * NS_PER_MS;
    cells_init(&cells, width, height);
    strbuf_init(&text);
    screen_draw(&cells, picture->history, &picture->view);
    if (roles)
        picture_roles(&text, &cells);
    else
        backend_text(&text, &cells);
    cells_fini(&cells);
    return text.text;
}

void picture_roles(struct strbuf *out, const struct cells *cells)
{
    for (int y = 0; y < cells->height; y++) {
        for (int x = 0; x < cells->width; x++)
            strbuf_addc(out, role_letter[cells_at(cells, x, y)->role]);
        strbuf_addc(out, '\n');
    }
}
