/*
 * row.c -- time becomes cells, with edges finer than a cell.
 *
 * Each cell is one of four cases: nothing; one stretch; one change, drawn to
 * an eighth of the cell where one side is solid; or more than a cell can show,
 * which has a sign of its own (▞) instead of a lie. What lies between two
 * stretches and is too short to be seen is no case of its own. The name is
 * written into the first whole cells of each solid run, so that a run that
 * begins within a cell is named in the next; where a mark stands in
 * its way it goes on after the mark.
 *
 * Changes of machines are mostly shorter than a cell. So that a row shows how
 * much they take, their time is added up from cell to cell, and whenever half
 * a cell is owed, the cell that owes it is drawn as one that changes over.
 */
#include "render/draw/row.h"

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/draw/mark.h"
#include "render/draw/span.h"
#include "sched/base/text.h"

enum {
    EIGHTHS = 8,
    HALF = 4,
    ARROW_CELLS = 3, /* " → " */
    TEXTURE_LEAST = 2,
    CHIP_LEAST = 3,
    UNSEEN_PARTS = 16 /* less than this part of a cell cannot be seen */
};

/* What is remembered from cell to cell of one row. */
struct pen {
    struct frame *frame;
    const struct span_source *row;
    int x, y;
    size_t run;       /* index of the stretch being named, */
    const char *name; /* what is left of its name, */
    int letters;      /* and how many cells of that are to be written */
    int taken;        /* cells after this one that a wide letter has taken */
    enum history_mark mark; /* will be put into this cell */
    int64_t owed_ns;        /* changing over that is not drawn yet */
};

static bool is_solid(const struct span_piece *stretch)
{
    return stretch->state == STATE_RUNNING;
}

static int colour_of(const struct pen *pen, const struct span_piece *stretch)
{
    return scene_colour(pen->frame->scene, stretch->task);
}

static void put(struct pen *pen, uint32_t rune, enum role role, int task,
                int under)
{
    cells_put_styled(pen->frame->cells, pen->x, pen->y, rune,
                     (struct style){ role, task, under });
}

/* How many eighths of the span are before t. */
static int eighths(const struct span *span, int64_t whole_ns, int64_t t_ns)
{
    int n = (int)((double)(t_ns - span->from_ns) / (double)whole_ns * EIGHTHS +
                  0.5);

    return n < 0 ? 0 : n > EIGHTHS ? EIGHTHS : n;
}

/* Is at least an eighth of what can be seen of a stolen turn not stolen? */
static bool computes_too(const struct span_piece *stretch)
{
    return stretch->stolen_ns < stretch->seen_ns - stretch->seen_ns / EIGHTHS;
}

static void put_texture(struct pen *pen, const struct span_piece *stretch)
{
    int colour = colour_of(pen, stretch);

    switch (stretch->state) {
    case STATE_IN_LINE:
        put(pen, GLYPH_LINE, ROLE_TASK_LINE, colour, -1);
        break;
    case STATE_AWAITING:
        put(pen, GLYPH_AWAITING, ROLE_TASK_WAIT, colour, -1);
        break;
    case STATE_BLOCKED:
        put(pen, GLYPH_BLOCKED, ROLE_ALERT, -1, -1);
        break;
    case STATE_HELD:
        put(pen, GLYPH_HELD, ROLE_TASK_BAR, colour, -1);
        break;
    case STATE_STOLEN: /* on the colour of computing if it did that, too */
        put(pen, GLYPH_STOLEN,
            computes_too(stretch) ? ROLE_TASK : ROLE_TASK_WAIT, colour, -1);
        break;
    case SPAN_SWITCHING:
        put(pen, GLYPH_SWITCH, ROLE_DIM, -1, -1);
        break;
    default:
        break;
    }
}

/* --- names ---------------------------------------------------------------- */

/* Cells the run has at least, from this one on. */
static int64_t cells_left(const struct pen *pen, const struct span_piece *run,
                          const struct span *span, int64_t whole_ns)
{
    int64_t end = run->to_ns;

    if (pen->frame->scene->t_ns < end)
        end = pen->frame->scene->t_ns;
    return (end - span->from_ns) / (whole_ns > 0 ? whole_ns : 1);
}

/* Begin to name a run: the whole name if there is room, else one letter. A wide
 * letter needs two cells. */
static void begin_name(struct pen *pen, const struct span_piece *run,
                       size_t index, int64_t cells)
{
    const char *name = scene_task_name(pen->frame->scene, run->task);
    uint32_t first;

    if (pen->run == index)
        return;
    pen->run = index;
    pen->name = name;
    pen->letters = text_cells(name);
    if (pen->letters + 1 <= cells)
        return;
    text_decode(name, &first);
    pen->letters = text_rune_cells(first);
    if (pen->letters > 1 && pen->letters > cells)
        pen->letters = 0;
}

/* Marks that join the letter before them are left out. */
static void put_letter(struct pen *pen, enum role role, int colour)
{
    uint32_t rune;

    if (pen->mark != MARK_NONE)
        return;
    do
        pen->name += text_decode(pen->name, &rune);
    while (text_rune_cells(rune) == 0);
    put(pen, rune, role, colour, -1);
    pen->taken = text_rune_cells(rune) - 1;
    pen->letters -= 1 + pen->taken;
}

/* A whole cell of a run: its name, then solid. */
static void put_solid(struct pen *pen, const struct span_piece *run)
{
    const char *name = scene_task_name(pen->frame->scene, run->task);
    int colour = colour_of(pen, run);

    if (pen->letters > 0)
        put_letter(pen, ROLE_TASK, colour);
    else if (pen->row->task < 0 && !name[1])
        put(pen, (unsigned char)name[0], ROLE_TASK_BAR, colour, -1);
    else
        put(pen, GLYPH_RUNNING, ROLE_TASK_BAR, colour, -1);
}

/* --- cells ---------------------------------------------------------------- */

/* The left n eighths are solid; what follows may be shaded or solid. */
static void put_right_edge(struct pen *pen, const struct span *span, int n)
{
    int colour = colour_of(pen, &span->first), under = -1;

    if (pen->letters > 0 && n >= HALF) {
        put_letter(pen, ROLE_TASK, colour);
        return;
    }
    if (span->changes > 1 && span->last.state == STATE_AWAITING)
        under = UNDER_WAIT(colour);
    else if (span->changes > 1 && is_solid(&span->last))
        under = colour_of(pen, &span->last);
    put(pen, glyphs_eighths(n), ROLE_TASK_BAR, colour, under);
}

/* All but the left n eighths are solid. */
static void put_left_edge(struct pen *pen, const struct span *span, int n)
{
    int colour = colour_of(pen, &span->last);

    if (span->first.state == STATE_AWAITING)
        put(pen, glyphs_eighths(n), ROLE_TASK_WAIT, colour, colour);
    else
        put(pen, glyphs_eighths(n), ROLE_TASK_BAR, -1, colour);
}

/* A turn at a machine that begins with stolen time has its letter, too, but not
 * as solid as that of somebody who computes. */
static void name_stolen(struct pen *pen, const struct span_piece *run,
                        size_t index)
{
    if (run->state != STATE_STOLEN || pen->row->task >= 0 || pen->run == index)
        return;
    begin_name(pen, run, index, 1);
    if (pen->letters > 0)
        put_letter(pen, computes_too(run) ? ROLE_TASK : ROLE_TASK_LINE,
                   colour_of(pen, run));
}

static void put_one(struct pen *pen, const struct span *span, int64_t whole_ns,
                    int64_t cells)
{
    int n = eighths(span, whole_ns, span->to_ns);

    if (is_solid(&span->last)) {
        begin_name(pen, &span->last, span->last_index, cells);
        if (n >= EIGHTHS)
            put_solid(pen, &span->last);
        else
            put_right_edge(pen, span, n > 0 ? n : 1);
    } else if (n > 0) {
        put_texture(pen, &span->last);
        name_stolen(pen, &span->last, span->last_index);
    }
}

/* Two states, one change between them. */
static void put_two(struct pen *pen, const struct span *span, int64_t whole_ns,
                    int64_t cells)
{
    int n = eighths(span, whole_ns, span->last.from_ns);
    bool whole = eighths(span, whole_ns, span->to_ns) == EIGHTHS;

    if (is_solid(&span->first)) {
        begin_name(pen, &span->first, span->first_index, 1);
        if (n == EIGHTHS)
            put_solid(pen, &span->first);
        else if (n > 0 && (n >= HALF || !is_solid(&span->last)))
            put_right_edge(pen, span, n);
        else
            n = 0;
        if (n > 0)
            return;
    }
    if (!is_solid(&span->last)) {
        put_texture(pen, n >= HALF && !is_solid(&span->first) ? &span->first
                                                              : &span->last);
        return;
    }
    begin_name(pen, &span->last, span->last_index, cells);
    if (n == 0 && whole)
        put_solid(pen, &span->last);
    else if (n == EIGHTHS)
        put_texture(pen, &span->first);
    else if (cells >= 2 && !is_solid(&span->first))
        put_left_edge(pen, span, n > 0 ? n : 1);
    else
        put_solid(pen, &span->last);
}

/* More than the cell can show. */
static void put_many(struct pen *pen, const struct span *span)
{
    const struct span_piece *some = span->first.task >= 0 ? &span->first
                                                          : &span->last;

    if (some->task >= 0)
        put(pen, GLYPH_MANY, ROLE_TASK_BAR, colour_of(pen, some), -1);
    else
        put(pen, GLYPH_MANY, ROLE_TEXT, -1, -1);
    pen->frame->many = true;
}

/* Draw a change if so much of it is owed; returns whether it is. */
static bool put_switch(struct pen *pen, const struct span *span,
                       int64_t whole_ns)
{
    static const struct span_piece change = { .task = -1,
                                              .state = SPAN_SWITCHING };
    int64_t ns;

    if (pen->row->task >= 0 || pen->frame->scene->info->switch_cost_ns == 0)
        return false;
    ns = history_switching(pen->row->history, pen->row->machine, span->from_ns,
                           span->to_ns);
    pen->owed_ns += ns;
    if (ns == 0 || pen->owed_ns < whole_ns - pen->owed_ns)
        return false;
    pen->owed_ns -= whole_ns;
    put_texture(pen, &change);
    return true;
}

/* A sign in the first cell that begins when the task is done, or later. */
static void put_done(struct frame *frame, int y, const struct span_source *row)
{
    const struct layout *layout = frame->layout;
    size_t count = span_count(row);
    int64_t done_ns;
    int column;

    if (row->task < 0 || count == 0 ||
        span_piece_at(row, count - 1).state != STATE_DONE)
        return;
    done_ns = span_piece_at(row, count - 1).from_ns;
    if (done_ns > frame->scene->t_ns || done_ns < frame->axis.left_ns)
        return;
    column = time_axis_column(&frame->axis, done_ns);
    if (column >= layout->bar_width)
        return;
    column += time_axis_begin(&frame->axis, column) < done_ns ||
              mark_in(frame, row, column) != MARK_NONE;
    column -= column == layout->bar_width;
    cells_put(frame->cells, layout->bar_x + column, y, GLYPH_DONE, ROLE_STRONG);
}

static void put_cell(struct pen *pen, const struct span *span, int64_t whole_ns)
{
    int64_t cells = cells_left(pen, &span->last, span, whole_ns);

    int64_t between_ns = span->last.from_ns - span->first.to_ns;

    if (put_switch(pen, span, whole_ns))
        return;
    if (span->changes == 1)
        put_one(pen, span, whole_ns, cells);
    else if (span->changes == 2 ||
             (span->changes > 2 && between_ns < whole_ns / UNSEEN_PARTS))
        put_two(pen, span, whole_ns, cells);
    else if (span->changes > 2)
        put_many(pen, span);
}

/* Whom somebody waits for, who will wait for ever. */
static void put_waits_for(struct frame *frame, int x, int y,
                          const struct span_source *row)
{
    const struct scene *scene = frame->scene;
    struct interval stay;
    int end = frame->axis.x + frame->axis.width, task, room;
    const char *name;

    if (row->task < 0 || frame->view->mystery)
        return;
    stay = history_at(scene->history, row->task, scene->t_ns);
    task = scene_waits_for(scene, &stay);
    if (task < 0)
        return;
    name = scene_task_name(scene, task);
    room = draw_chip_cells(name, end - x - ARROW_CELLS - TEXTURE_LEAST);
    if (room < CHIP_LEAST)
        return;
    x = end - room - ARROW_CELLS;
    cells_text(frame->cells, x, y, -1, " → ", ROLE_ALERT);
    draw_chip(frame->cells, x + ARROW_CELLS, y, room, scene, task);
}

/* After a deadlock everybody goes on as at its instant. */
static void put_forever(struct pen *pen)
{
    const struct time_axis *axis = &pen->frame->axis;
    int column = time_axis_column(axis, axis->forever_ns);
    struct span_piece last;
    int x;

    if (span_count(pen->row) == 0 || column >= axis->width)
        return;
    last = span_piece_at(pen->row, span_count(pen->row) - 1);
    column += column < 0 || time_axis_begin(axis, column) < axis->forever_ns;
    pen->x = x = axis->x + column;
    for (; pen->x < axis->x + axis->width; pen->x++)
        put_texture(pen, &last);
    put_waits_for(pen->frame, x, pen->y, pen->row);
}

void row_draw(struct frame *frame, int y, const struct span_source *row)
{
    const struct time_axis *axis = &frame->axis;
    struct pen pen = {
        .frame = frame, .row = row, .x = axis->x, .y = y, .run = SIZE_MAX
    };
    int64_t known = frame->scene->known_ns, a, b = axis->left_ns;
    size_t index = span_find(row, axis->left_ns);
    struct span span = { .pieces = 0 };

    for (int i = 0; i < axis->width && b < known && span_count(row) > 0; i++) {
        a = b;
        b = time_axis_begin(axis, i + 1);
        index = span_take(&span, row, index, a, b < known ? b : known);
        pen.mark = mark_in(frame, row, i);
        if (pen.taken > 0)
            pen.taken--;
        else
            put_cell(&pen, &span, b - a);
        mark_put(frame, y, i, pen.mark);
        pen.x++;
    }
    if (b == known && pen.x < axis->x + axis->width)
        mark_put(frame, y, pen.x - axis->x,
                 mark_in(frame, row, pen.x - axis->x));
    if (scene_is_forever(frame->scene))
        put_forever(&pen);
    put_done(frame, y, row);
}
