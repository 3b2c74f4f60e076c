/*
 * pane_program.c -- the program as its author wrote it:
 *
 *     1  shared n = 0
 *     2  task A: read n, cpu 300,»write n+1«      █[A]
 *     3  task B: read n, cpu 300, write n+1       ✓[B]
 *
 * Everybody stands beside the row that has the step they are at, with the sign
 * of what they do there; the step itself has their colour. The latest step of
 * all is between two marks. Who has not begun stands at the statement that
 * declares them. In a program in C a step is a line with a call.
 *
 * A line that is too long goes on in the next row. Of a program that is longer
 * than the pane those rows are shown that are about the person selected, or the
 * latest step; the comment at the top goes first.
 */
#include "render/draw/pane_program.h"

#include <stdlib.h>
#include <string.h>

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/draw/listing.h"
#include "render/draw/place.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/history/history_value.h"

enum {
    NUMBER_GAP = 2, /* behind the number of a line */
    CHIPS_SHARE = 3 /* the chips have at most a third of a row */
};

/* The pane on its way to the screen. */
struct program_pane {
    struct frame *frame;
    const struct workload *workload;
    struct listing listing;
    struct rect rect;
    int number_cells, text_x, chips_x, chips_width;
    struct place *place; /* of everybody who is somewhere */
    int places;
    struct place latest; /* line 0: nobody has done anything yet */
};

/* --- places --------------------------------------------------------------- */

static void find_places(struct program_pane *pane)
{
    const struct scene *scene = pane->frame->scene;
    size_t events = history_after(scene->history, scene->t_ns), last = 0, step;
    int asked = scene->task_count < SCENE_TASKS ? scene->task_count
                                                : SCENE_TASKS;

    pane->place = xcalloc((size_t)asked, sizeof *pane->place);
    for (int task = 0; task < asked; task++) {
        struct place *place = &pane->place[pane->places];

        if (!place_find(scene->history, task, scene->t_ns, events, &step,
                        place))
            continue;
        pane->places++;
        if (step > last) {
            last = step;
            pane->latest = *place;
        }
    }
}

/* What must be seen. */
static const struct place *focus(const struct program_pane *pane)
{
    int selected = pane->frame->view->selected;

    for (int i = 0; i < pane->places; i++)
        if (pane->place[i].task == selected)
            return &pane->place[i];
    return &pane->latest;
}

/* --- drawing -------------------------------------------------------------- */

/* A row of the line in hand: bytes from … to, at (x, y). */
struct text_row {
    int x, y;
    size_t from, to;
};

/* The cell of a byte in the row. */
static int x_of(const struct program_pane *pane, const struct text_row *row,
                size_t byte)
{
    const char *text = pane->listing.line.text;
    size_t at = row->from, bytes;
    int x = row->x;
    uint32_t rune;

    for (; at < byte && (bytes = text_decode(text + at, &rune)); at += bytes)
        x += rune == '\t' ? 1 : text_rune_cells(rune);
    return x;
}

/* Text between two bytes, as far as it is in the row. */
static void put_text(struct program_pane *pane, const struct text_row *row,
                     struct listing_part part, struct style style)
{
    struct cells *cells = pane->frame->cells;
    const char *text = pane->listing.line.text;
    size_t at = part.from > row->from ? part.from : row->from, bytes;
    int x = x_of(pane, row, at), end = pane->text_x + pane->listing.cells;
    uint32_t rune;

    for (; at < part.to && at < row->to && x < end; at += bytes) {
        bytes = text_decode(text + at, &rune);
        x += cells_put_styled(cells, x, row->y, rune == '\t' ? ' ' : rune,
                              style);
    }
}

static bool is_in(const struct listing_part *part, const struct text_row *row)
{
    return part->from >= row->from && part->from < row->to;
}

/* The latest step: between two marks, where its neighbours leave them room. */
static void put_latest(struct program_pane *pane, const struct text_row *row)
{
    struct cells *cells = pane->frame->cells;
    const struct place *place = &pane->latest;
    struct listing_part part = listing_step(&pane->listing, place->column);
    struct style style = STYLE_TASK(
        ROLE_TASK, scene_colour(pane->frame->scene, place->task));

    if (part.from < row->to && part.to > row->from)
        put_text(pane, row, part, style);
    if (is_in(&part, row))
        cells_put(cells, x_of(pane, row, part.from) - 1, row->y, 0xBB,
                  ROLE_STRONG);
    if (part.to > row->from && part.to <= row->to)
        cells_put(cells, x_of(pane, row, part.to), row->y, 0xAB, ROLE_STRONG);
}

static uint32_t sign_of(enum task_state state)
{
    switch (state) {
    case STATE_RUNNING:
        return GLYPH_RUNNING;
    case STATE_IN_LINE:
        return GLYPH_LINE;
    case STATE_AWAITING:
        return GLYPH_AWAITING;
    case STATE_BLOCKED:
        return GLYPH_BLOCKED;
    case STATE_HELD:
        return GLYPH_HELD;
    case STATE_STOLEN:
        return GLYPH_STOLEN;
    case STATE_DONE:
        return GLYPH_DONE;
    default:
        return ' ';
    }
}

/* The role of a sign beside a chip: as in the timeline. */
static struct style style_of(const struct scene *scene, int task,
                             enum task_state state)
{
    int colour = scene_colour(scene, task);

    switch (state) {
    case STATE_RUNNING:
        return STYLE_TASK(ROLE_TASK_BAR, colour);
    case STATE_IN_LINE:
        return STYLE_TASK(ROLE_TASK_LINE, colour);
    case STATE_BLOCKED:
        return STYLE(ROLE_ALERT);
    case STATE_AWAITING:
    case STATE_HELD:
        return STYLE_TASK(ROLE_TASK_WAIT, colour);
    default:
        return STYLE(ROLE_TEXT);
    }
}

/* "█[A] ", or "+3" for all that are left; returns the cells it takes. */
static int put_person(struct program_pane *pane, int x, int y, int task,
                      int left)
{
    struct frame *frame = pane->frame;
    const struct scene *scene = frame->scene;
    int end = pane->chips_x + pane->chips_width;
    int cells = draw_chip_cells(scene_task_name(scene, task),
                                pane->chips_width - 1);
    int more = left > 1 ? 3 : 0; /* room to say how many do not fit */
    enum task_state state;

    if (x + 1 + cells + more > end && (x > pane->chips_x || left > 1))
        return cells_printf(frame->cells, x, y, end - x, ROLE_DIM, "+%d",
                            left) +
               end;
    state = history_at(scene->history, task, scene->t_ns).state;
    cells_put_styled(frame->cells, x, y, sign_of(state),
                     style_of(scene, task, state));
    return 2 + draw_chip(frame->cells, x + 1, y, cells, scene, task);
}

/* Is this place in this row of the line in hand? Who is at the whole line is in
 * its first row. */
static bool stands_in(const struct program_pane *pane,
                      const struct place *place, int line,
                      const struct text_row *row)
{
    struct listing_part part;

    if (place->line != line)
        return false;
    part = listing_step(&pane->listing, place->column);
    return is_in(&part, row) ||
           (row->from == 0 && part.from >= pane->listing.line.length);
}

static void put_people(struct program_pane *pane, int line,
                       const struct text_row *row)
{
    int x = pane->chips_x, left = 0;

    for (int i = 0; i < pane->places; i++)
        left += stands_in(pane, &pane->place[i], line, row);
    for (int i = 0; i < pane->places && left > 0; i++) {
        const struct place *place = &pane->place[i];

        if (!stands_in(pane, place, line, row))
            continue;
        put_text(pane, row, listing_step(&pane->listing, place->column),
                 STYLE_TASK(ROLE_TASK_LINE,
                            scene_colour(pane->frame->scene, place->task)));
        x += put_person(pane, x, row->y, place->task, left--);
        if (x >= pane->chips_x + pane->chips_width)
            return;
    }
}

static void put_row(struct program_pane *pane, int line,
                    const struct text_row *row)
{
    struct listing_part all = { 0, pane->listing.line.length };

    if (row->from == 0)
        cells_printf(pane->frame->cells, pane->rect.x, row->y,
                     pane->number_cells, ROLE_DIM, "%*d", pane->number_cells,
                     line);
    put_text(pane, row, all,
             STYLE(listing_is_comment(&pane->listing) ? ROLE_DIM : ROLE_TEXT));
    put_people(pane, line, row);
    if (pane->latest.line == line)
        put_latest(pane, row);
}

/* The line in hand, without its first `skip` rows; returns the row below. */
static int put_line(struct program_pane *pane, int line, int y, int skip)
{
    const struct rect *rect = &pane->rect;
    size_t at = 0;

    do {
        struct wrap_row wrap = listing_row(&pane->listing, at);
        struct text_row row = { pane->text_x + (at > 0 ? LISTING_HANG : 0), y,
                                at, at + wrap.bytes };

        if (skip-- <= 0) {
            put_row(pane, line, &row);
            y++;
        }
        at += wrap.next > 0 ? wrap.next : 1;
    } while (at < pane->listing.line.length && y < rect->y + rect->height);
    return y;
}

/* --- which rows ----------------------------------------------------------- */

static int rows_of(struct program_pane *pane, int line)
{
    const char *text = listing_find(&pane->listing, line);

    if (!text)
        return 0;
    listing_take(&pane->listing, text);
    return listing_rows(&pane->listing);
}

/* Of a line that is longer than the pane: its rows before the step. */
static int rows_before(struct program_pane *pane, const struct place *place)
{
    size_t byte, at = 0;
    int rows = 0;

    if (rows_of(pane, place->line) <= pane->rect.height)
        return 0;
    byte = listing_step(&pane->listing, place->column).from;
    for (; at + listing_row(&pane->listing, at).next <= byte; rows++)
        at += listing_row(&pane->listing, at).next;
    return rows;
}

/* The first line to show. */
static int first_line(struct program_pane *pane)
{
    int room = pane->rect.height, line = focus(pane)->line, rows, code;

    if (listing_rows_from(&pane->listing, 1, room + 1) <= room)
        return 1;
    code = listing_first_code(&pane->listing);
    if (listing_rows_from(&pane->listing, code, room + 1) <= room || line < 1)
        return code;
    for (rows = rows_of(pane, line); line > 1; line--) {
        int before = rows_of(pane, line - 1);
        bool end = listing_rows_from(&pane->listing, line, room + 1) < room;

        if (rows + before > (end ? room : room * 2 / 3))
            break;
        rows += before;
    }
    return line;
}

/* --- from the outside ----------------------------------------------------- */

/* Cells of the chips that may stand beside one row: of the statement with the
 * most tasks. */
static int chips_cells(const struct program_pane *pane, int width)
{
    const struct scene *scene = pane->frame->scene;
    const struct task_spec *task = pane->workload->task;
    int most = 0, cells = 0, chip = pane->frame->layout->chip;
    int asked = scene->task_count < SCENE_TASKS ? scene->task_count
                                                : SCENE_TASKS;

    for (int i = 0; i < asked && cells < width; i++) {
        bool same = i > 0 && task[i].source_line == task[i - 1].source_line;

        cells = (same ? cells : 0) + chip + 2;
        most = cells > most ? cells : most;
    }
    most--; /* no space behind the last one */
    if (most > width / CHIPS_SHARE)
        most = width / CHIPS_SHARE;
    return most > chip + 1 ? most : chip + 1;
}

static void pane_init(struct program_pane *pane, struct frame *frame,
                      struct rect rect)
{
    const struct workload *workload = frame->scene->workload;

    *pane = (struct program_pane){ .frame = frame,
                                   .workload = workload,
                                   .rect = rect };
    pane->number_cells = listing_digits(workload->listing);
    pane->text_x = rect.x + pane->number_cells + NUMBER_GAP;
    pane->chips_width = chips_cells(pane, rect.width);
    pane->chips_x = rect.x + rect.width - pane->chips_width;
    listing_init(&pane->listing, workload->listing,
                 pane->chips_x - pane->text_x - 1);
}

int pane_program_rows(struct frame *frame, int width, int most)
{
    struct program_pane pane;
    int rows;

    pane_init(&pane, frame, (struct rect){ 0, 0, width, 0 });
    rows = listing_rows_from(&pane.listing, listing_first_code(&pane.listing),
                             most);
    listing_fini(&pane.listing);
    return rows;
}

void pane_program_draw(struct frame *frame, struct rect rect)
{
    struct program_pane pane;
    const char *text;
    int line, skip, y = rect.y;

    pane_init(&pane, frame, rect);
    find_places(&pane);
    line = first_line(&pane);
    skip = line == focus(&pane)->line ? rows_before(&pane, focus(&pane)) : 0;
    text = listing_find(&pane.listing, line);
    for (; text && y < rect.y + rect.height; line++) {
        listing_take(&pane.listing, text);
        y = put_line(&pane, line, y, skip);
        skip = 0;
        text = listing_next(text);
    }
    free(pane.place);
    listing_fini(&pane.listing);
}
