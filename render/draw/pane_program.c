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
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"
#include "sched/base/xalloc.h"
#include "sched/history/history_value.h"

enum {
    HANG = 2,        /* cells by which the rest of a long line is indented */
    CELLS_LEAST = 8, /* of a row of text */
    NUMBER_GAP = 2,  /* behind the number of a line */
    CHIPS_SHARE = 3  /* the chips have at most a third of a row */
};

/* Where a task is: column 0 is the whole line. */
struct place {
    int task, line, column;
};

/* A program on its way to the screen. */
struct listing {
    struct frame *frame;
    const struct workload *workload;
    struct rect rect;
    int number_cells, text_x, text_width, chips_x, chips_width;
    struct place *place; /* of everybody who is somewhere */
    int places;
    struct place latest; /* line 0: nobody has done anything yet */
    struct strbuf line;  /* the one in hand */
    size_t bytes;        /* of it, without spaces at its end */
};

/* --- lines ---------------------------------------------------------------- */

/* The text of a line that exists (from 1, as people see it); NULL: there is
 * none. */
static const char *find_line(const struct workload *workload, int line)
{
    const char *text = workload->listing;

    if (!strncmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    for (; line > 1 && text; line--) {
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    return text && *text ? text : NULL;
}

static int count_lines(const struct workload *workload)
{
    int lines = 0;

    for (const char *text = workload->listing; text && *text; lines++) {
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    return lines;
}

/* Put the line that begins at text in hand. */
static void take_line(struct listing *listing, const char *text)
{
    size_t bytes = strcspn(text, "\r\n");

    while (bytes > 0 && (text[bytes - 1] == ' ' || text[bytes - 1] == '\t'))
        bytes--;
    strbuf_clear(&listing->line);
    strbuf_add(&listing->line, text, bytes);
    listing->bytes = bytes;
}

static bool is_comment(const struct listing *listing)
{
    const char *text = listing->line.text;

    text += strspn(text, " \t");
    return !*text || *text == '#' || !strncmp(text, "/*", 2) ||
           !strncmp(text, "*", 1) || !strncmp(text, "//", 2);
}

/* The next row of the line in hand, from a byte on. */
static struct wrap_row row_at(const struct listing *listing, size_t from)
{
    int cells = listing->text_width - (from > 0 ? HANG : 0);

    if (cells < CELLS_LEAST)
        cells = CELLS_LEAST;
    return is_comment(listing) ? wrap_words(listing->line.text + from, cells)
                               : wrap_steps(listing->line.text + from, cells);
}

/* How many rows the line in hand takes. */
static int rows_in_hand(const struct listing *listing)
{
    size_t at = 0;
    int rows = 1;

    for (at = row_at(listing, 0).next; at < listing->bytes; rows++)
        at += row_at(listing, at).next;
    return rows;
}

/* --- places --------------------------------------------------------------- */

/* A task's place in the text, as people number its lines. Returns false for
 * who is nowhere: a program in C that has not called anything, a task that is
 * not there yet. */
static bool find_place(const struct listing *listing, int task, size_t events,
                       size_t *step, struct place *place)
{
    const struct workload *workload = listing->workload;
    const struct task_spec *spec = &workload->task[task];
    const struct history *history = listing->frame->scene->history;

    *place = (struct place){ task, spec->source_line, spec->source_column };
    *step = 0;
    if (history_value_step(history, task, events, step)) {
        const struct event *event = trace_at(history_trace(history), *step);

        place->line = event->object;
        place->column = (int)event->value;
    } else if (spec->program ||
               history_at(history, task, listing->frame->scene->t_ns).state ==
                   STATE_ABSENT) {
        return false;
    }
    if (workload->listing_line > 0)
        place->line -= workload->listing_line - 1;
    if (place->column > 0 && workload->listing_column > 0)
        place->column -= workload->listing_column - 1;
    return true;
}

static void find_places(struct listing *listing)
{
    const struct scene *scene = listing->frame->scene;
    size_t events = history_after(scene->history, scene->t_ns), last = 0, step;
    int asked = scene->task_count < SCENE_TASKS ? scene->task_count
                                                : SCENE_TASKS;

    listing->place = xcalloc((size_t)asked, sizeof *listing->place);
    for (int task = 0; task < asked; task++) {
        struct place *place = &listing->place[listing->places];

        if (!find_place(listing, task, events, &step, place))
            continue;
        listing->places++;
        if (step > last) {
            last = step;
            listing->latest = *place;
        }
    }
}

/* What must be seen. */
static const struct place *focus(const struct listing *listing)
{
    int selected = listing->frame->view->selected;

    for (int i = 0; i < listing->places; i++)
        if (listing->place[i].task == selected)
            return &listing->place[i];
    return &listing->latest;
}

/* --- steps ---------------------------------------------------------------- */

/* The byte at which a column of the line in hand begins. */
static size_t byte_of(const struct listing *listing, int column)
{
    size_t at = 0, bytes;
    uint32_t rune;

    while (--column > 0 &&
           (bytes = text_decode(listing->line.text + at, &rune)))
        at += bytes;
    return at;
}

/* The byte behind the step that begins there: before a comma, a bracket, a
 * comment or the end, but not inside quotation marks. */
static size_t end_of_step(const struct listing *listing, size_t from)
{
    const char *text = listing->line.text;
    bool quoted = false;
    size_t at = from;

    for (; text[at] && (quoted || !strchr(",()#", text[at])); at++)
        if (text[at] == '"')
            quoted = !quoted;
    while (at > from && text[at - 1] == ' ')
        at--;
    return at;
}

struct bytes {
    size_t from, to; /* bytes of the line in hand */
};

static struct bytes bytes_of(const struct listing *listing,
                             const struct place *place)
{
    struct bytes part = { strspn(listing->line.text, " \t"), listing->bytes };

    if (place->column > 0) {
        part.from = byte_of(listing, place->column);
        part.to = end_of_step(listing, part.from);
    }
    return part;
}

/* --- drawing -------------------------------------------------------------- */

/* A row of the line in hand: bytes from … to, at (x, y). */
struct text_row {
    int x, y;
    size_t from, to;
};

/* The cell of a byte in the row. */
static int x_of(const struct listing *listing, const struct text_row *row,
                size_t byte)
{
    const char *text = listing->line.text;
    size_t at = row->from, bytes;
    int x = row->x;
    uint32_t rune;

    for (; at < byte && (bytes = text_decode(text + at, &rune)); at += bytes)
        x += rune == '\t' ? 1 : text_rune_cells(rune);
    return x;
}

/* Text between two bytes, as far as it is in the row. */
static void put_text(struct listing *listing, const struct text_row *row,
                     struct bytes part, struct style style)
{
    struct cells *cells = listing->frame->cells;
    const char *text = listing->line.text;
    size_t at = part.from > row->from ? part.from : row->from, bytes;
    int x = x_of(listing, row, at), end = listing->text_x + listing->text_width;
    uint32_t rune;

    for (; at < part.to && at < row->to && x < end; at += bytes) {
        bytes = text_decode(text + at, &rune);
        x += cells_put_styled(cells, x, row->y, rune == '\t' ? ' ' : rune,
                              style);
    }
}

static bool is_in(const struct bytes *part, const struct text_row *row)
{
    return part->from >= row->from && part->from < row->to;
}

/* The latest step: between two marks, where its neighbours leave them room. */
static void put_latest(struct listing *listing, const struct text_row *row)
{
    struct cells *cells = listing->frame->cells;
    const struct place *place = &listing->latest;
    struct bytes part = bytes_of(listing, place);
    struct style style = STYLE_TASK(
        ROLE_TASK, scene_colour(listing->frame->scene, place->task));

    if (part.from < row->to && part.to > row->from)
        put_text(listing, row, part, style);
    if (is_in(&part, row))
        cells_put(cells, x_of(listing, row, part.from) - 1, row->y, 0xBB,
                  ROLE_STRONG);
    if (part.to > row->from && part.to <= row->to)
        cells_put(cells, x_of(listing, row, part.to), row->y, 0xAB,
                  ROLE_STRONG);
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
static int put_person(struct listing *listing, int x, int y, int task, int left)
{
    struct frame *frame = listing->frame;
    const struct scene *scene = frame->scene;
    int end = listing->chips_x + listing->chips_width;
    int cells = draw_chip_cells(scene_task_name(scene, task),
                                listing->chips_width - 1);
    int more = left > 1 ? 3 : 0; /* room to say how many do not fit */
    enum task_state state;

    if (x + 1 + cells + more > end && (x > listing->chips_x || left > 1))
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
static bool stands_in(const struct listing *listing, const struct place *place,
                      int line, const struct text_row *row)
{
    struct bytes part;

    if (place->line != line)
        return false;
    part = bytes_of(listing, place);
    return is_in(&part, row) || (row->from == 0 && part.from >= listing->bytes);
}

static void put_people(struct listing *listing, int line,
                       const struct text_row *row)
{
    int x = listing->chips_x, left = 0;

    for (int i = 0; i < listing->places; i++)
        left += stands_in(listing, &listing->place[i], line, row);
    for (int i = 0; i < listing->places && left > 0; i++) {
        const struct place *place = &listing->place[i];

        if (!stands_in(listing, place, line, row))
            continue;
        put_text(listing, row, bytes_of(listing, place),
                 STYLE_TASK(ROLE_TASK_LINE,
                            scene_colour(listing->frame->scene, place->task)));
        x += put_person(listing, x, row->y, place->task, left--);
        if (x >= listing->chips_x + listing->chips_width)
            return;
    }
}

static void put_row(struct listing *listing, int line,
                    const struct text_row *row)
{
    struct bytes all = { 0, listing->bytes };

    if (row->from == 0)
        cells_printf(listing->frame->cells, listing->rect.x, row->y,
                     listing->number_cells, ROLE_DIM, "%*d",
                     listing->number_cells, line);
    put_text(listing, row, all,
             STYLE(is_comment(listing) ? ROLE_DIM : ROLE_TEXT));
    put_people(listing, line, row);
    if (listing->latest.line == line)
        put_latest(listing, row);
}

/* The line in hand, without its first `skip` rows; returns the row below. */
static int put_line(struct listing *listing, int line, int y, int skip)
{
    const struct rect *rect = &listing->rect;
    size_t at = 0;

    do {
        struct wrap_row wrap = row_at(listing, at);
        struct text_row row = { listing->text_x + (at > 0 ? HANG : 0), y, at,
                                at + wrap.bytes };

        if (skip-- <= 0) {
            put_row(listing, line, &row);
            y++;
        }
        at += wrap.next > 0 ? wrap.next : 1;
    } while (at < listing->bytes && y < rect->y + rect->height);
    return y;
}

/* --- which rows ----------------------------------------------------------- */

/* Rows from a line to the end, counted up to `most`. */
static int rows_from(struct listing *listing, int line, int most)
{
    const char *text = find_line(listing->workload, line);
    int rows = 0;

    while (text && *text && rows < most) {
        take_line(listing, text);
        rows += rows_in_hand(listing);
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    return rows < most ? rows : most;
}

static int rows_of(struct listing *listing, int line)
{
    const char *text = find_line(listing->workload, line);

    if (!text)
        return 0;
    take_line(listing, text);
    return rows_in_hand(listing);
}

/* The first line that is no comment. */
static int first_code(struct listing *listing)
{
    const char *text = listing->workload->listing;
    int line = 1;

    for (; text && *text; line++) {
        take_line(listing, text);
        if (!is_comment(listing))
            return line;
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    return 1;
}

/* Of a line that is longer than the pane: its rows before the step. */
static int rows_before(struct listing *listing, const struct place *place)
{
    size_t byte, at = 0;
    int rows = 0;

    if (rows_of(listing, place->line) <= listing->rect.height)
        return 0;
    byte = bytes_of(listing, place).from;
    for (; at + row_at(listing, at).next <= byte; rows++)
        at += row_at(listing, at).next;
    return rows;
}

/* The first line to show. */
static int first_line(struct listing *listing)
{
    int room = listing->rect.height, line = focus(listing)->line, rows, code;

    if (rows_from(listing, 1, room + 1) <= room)
        return 1;
    code = first_code(listing);
    if (rows_from(listing, code, room + 1) <= room || line < 1)
        return code;
    for (rows = rows_of(listing, line); line > 1; line--) {
        int before = rows_of(listing, line - 1);
        bool end = rows_from(listing, line, room + 1) < room;

        if (rows + before > (end ? room : room * 2 / 3))
            break;
        rows += before;
    }
    return line;
}

/* --- from the outside ----------------------------------------------------- */

/* Cells of the chips that may stand beside one row: of the statement with the
 * most tasks. */
static int chips_cells(const struct listing *listing, int width)
{
    const struct scene *scene = listing->frame->scene;
    const struct task_spec *task = listing->workload->task;
    int most = 0, cells = 0, chip = listing->frame->layout->chip;

    for (int i = 0; i < scene->task_count && cells < width; i++) {
        bool same = i > 0 && task[i].source_line == task[i - 1].source_line;

        cells = (same ? cells : 0) + chip + 2;
        most = cells > most ? cells : most;
    }
    if (most > width / CHIPS_SHARE)
        most = width / CHIPS_SHARE;
    return most > chip + 2 ? most - 1 : chip + 1;
}

static void listing_init(struct listing *listing, struct frame *frame,
                         struct rect rect)
{
    int lines;

    *listing = (struct listing){ .frame = frame,
                                 .workload = frame->scene->workload,
                                 .rect = rect };
    lines = count_lines(listing->workload);
    for (listing->number_cells = 1; lines > 9; lines /= 10)
        listing->number_cells++;
    listing->text_x = rect.x + listing->number_cells + NUMBER_GAP;
    listing->chips_width = chips_cells(listing, rect.width);
    listing->chips_x = rect.x + rect.width - listing->chips_width;
    listing->text_width = listing->chips_x - listing->text_x - 1;
    strbuf_init(&listing->line);
}

int pane_program_rows(struct frame *frame, int width, int most)
{
    struct listing listing;
    int rows;

    listing_init(&listing, frame, (struct rect){ 0, 0, width, 0 });
    rows = rows_from(&listing, first_code(&listing), most);
    strbuf_fini(&listing.line);
    return rows;
}

void pane_program_draw(struct frame *frame, struct rect rect)
{
    struct listing listing;
    const char *text;
    int line, skip, y = rect.y;

    listing_init(&listing, frame, rect);
    find_places(&listing);
    line = first_line(&listing);
    skip = line == focus(&listing)->line
               ? rows_before(&listing, focus(&listing))
               : 0;
    text = find_line(listing.workload, line);
    for (; text && *text && y < rect.y + rect.height; line++) {
        take_line(&listing, text);
        y = put_line(&listing, line, y, skip);
        skip = 0;
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    free(listing.place);
    strbuf_fini(&listing.line);
}
