/*
 * page.c -- dividing the rows of a page.
 *
 * The box and the text are always shown; the picture gets the rows that
 * are left, if they are enough to be understood. Without a picture the box
 * stands right below the text, and both scroll together if need be.
 */
#include "render/draw/page.h"

#include <stdio.h>

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/draw/screen.h"
#include "render/scene/layout.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    TOP = 1,          /* below the title bar */
    BORDERS = 2,      /* rows of a box that are not text */
    AXIS_AND_ALL = 3, /* legend and axis of a timeline */
    PEOPLE_LEAST = 2, /* a picture of fewer rows of people says nothing */
    SCENE_ROWS = 10,  /* a scene above the timeline */
    SCENE_NARRATION = 2,
    DOT_FULL = 0x25CF,
    DOT_EMPTY = 0x25CB,
    KEY_COLUMN = 20, /* of what a key means */
    HELP_WIDTH = 76,
};

int page_text_cells(int width)
{
    int cells = width - 2 * PAGE_MARGIN;

    return cells > PAGE_TEXT_MOST ? PAGE_TEXT_MOST : cells;
}

/* --- the first row -------------------------------------------------------- */

static void draw_dots(struct cells *cells, const struct page *page, int x)
{
    for (int i = 0; i < page->dots; i++)
        cells_put(cells, x + i, 0, i < page->dot ? DOT_FULL : DOT_EMPTY,
                  ROLE_TITLE);
}

/* Where somebody is: as dots, or as "3/13" where the title needs the room.
 * Returns the column it begins in. */
static int draw_place(struct cells *cells, const struct page *page)
{
    int title = page->title ? text_cells(page->title) : 0;
    int dots = cells->width - 1 - page->dots;
    char text[32];
    int x;

    if (page->dots < 1)
        return cells->width - 1;
    if (dots > 1 + text_cells(page->name) + 2 + title) {
        draw_dots(cells, page, dots);
        return dots;
    }
    snprintf(text, sizeof text, "%d/%d", page->dot, page->dots);
    x = cells->width - 1 - text_cells(text);
    cells_text(cells, x, 0, -1, text, ROLE_TITLE);
    return x;
}

static void draw_head(struct cells *cells, const struct page *page)
{
    int right, x = 1;

    cells_fill(cells, (struct rect){ 0, 0, cells->width, 1 }, ' ', ROLE_TITLE);
    right = draw_place(cells, page);
    x += cells_text(cells, x, 0, right - x - 1, page->name, ROLE_TITLE) + 2;
    if (page->title)
        cells_text(cells, x, 0, right - x - 1, page->title, ROLE_TITLE);
}

/* --- text ----------------------------------------------------------------- */

static void draw_row(struct cells *cells, int y, int width,
                     const struct page_row *row)
{
    int x = PAGE_MARGIN;

    for (size_t i = 0; i < row->count; i++)
        x += cells_text_styled(cells, x, y, PAGE_MARGIN + width - x,
                               row->span[i].text, row->span[i].style);
}

static void draw_text(struct cells *cells, int y, int width,
                      const struct page_rows *text)
{
    for (size_t i = 0; i < text->count; i++)
        draw_row(cells, y + (int)i, width, &text->row[i]);
}

/* --- the picture ---------------------------------------------------------- */

/* The scene at the cursor, above the timeline of the whole run: of a frame are
 * taken the rows between its title and its narration. */
static void draw_scene_and_timeline(struct cells *cells,
                                    const struct page *page, int y, int rows)
{
    struct view view = *page->view;
    struct cells picture;

    view.side = SIDE_PICTURE; /* the program stands on pages of its own */
    cells_init(&picture, cells->width, rows + 2 + SCENE_NARRATION);
    screen_draw(&picture, page->history, &view);
    cells_copy(cells, 0, y, &picture, 1, rows);
    if (view.cursor_ns >= 0) {
        view.t_ns = view.cursor_ns;
        cells_copy(cells, 0, y, &picture, 1,
                   screen_draw(&picture, page->history, &view) - 1);
    }
    cells_fini(&picture);
}

static void draw_picture(struct cells *cells, const struct page *page, int y,
                         int rows, int people)
{
    struct cells picture;

    if (rows >= people + AXIS_AND_ALL + SCENE_ROWS) {
        draw_scene_and_timeline(cells, page, y, rows);
        return;
    }
    cells_init(&picture, cells->width, rows);
    screen_timeline(&picture, page->history, page->view);
    cells_copy(cells, 0, y, &picture, 0, rows);
    cells_fini(&picture);
}

/* --- the whole ------------------------------------------------------------ */

/* Where everything goes. */
struct page_division {
    int text_y, picture_y, picture_rows, box_y;
    int people; /* rows of people and machines in the picture */
    int below;  /* rows that do not fit */
};

static int box_rows(const struct page *page)
{
    return page->box.count ? (int)page->box.count + BORDERS : 0;
}

/* Rows for the picture out of room; 0: none. */
static int picture_rows(const struct page *page, struct page_division *to,
                        int room)
{
    const struct workload *workload;
    int machines, least, wanted;

    if (!page->history)
        return 0;
    machines = history_machines(page->history);
    workload = trace_workload(history_trace(page->history));
    if (machines > LAYOUT_CPUS)
        machines = LAYOUT_CPUS;
    to->people = (int)workload->task_count + machines;
    least = AXIS_AND_ALL + PEOPLE_LEAST;
    least += page->keep_picture && machines > 1 ? 1 : machines;
    wanted = AXIS_AND_ALL + to->people;
    if (room < least || (room < wanted && !page->keep_picture))
        return 0;
    if (room >= wanted + SCENE_ROWS)
        return room;
    return room < wanted ? room : wanted;
}

static void divide(int height, const struct page *page,
                   struct page_division *to)
{
    int bottom = page->notice ? 2 : 1; /* the notice, and the keys */
    int room = height - TOP - bottom, text = (int)page->text.count;
    int box = box_rows(page), left = room - text - box;
    int caption = page->caption ? 1 : 0;
    int air = left > 0;

    *to = (struct page_division){ .text_y = TOP + air };
    left -= air;
    to->picture_rows = picture_rows(page, to, left - caption - (text > 0));
    if (to->picture_rows) {
        to->picture_y = to->text_y + text + caption + (text > 0);
        to->box_y = to->picture_y + to->picture_rows;
        return;
    }
    to->box_y = to->text_y + text + (text > 0 && box > 0 && left > 0);
    if (left < 0) {
        int most = -left;
        int scrolled = page->scroll < most ? page->scroll : most;

        to->text_y -= scrolled;
        to->box_y -= scrolled;
        to->below = most - scrolled;
    }
}

bool page_shows_picture(const struct page *page, int height)
{
    struct page_division to;

    divide(height, page, &to);
    return to.picture_rows > 0;
}

static void draw_box(struct cells *cells, const struct page *page, int y)
{
    struct rect box = { 0, y, cells->width, box_rows(page) };

    if (box.width > PAGE_TEXT_MOST + 2 * PAGE_MARGIN)
        box.width = PAGE_TEXT_MOST + 2 * PAGE_MARGIN;
    draw_border(cells, box, BORDER_DOUBLE, page->box_title, ROLE_FRAME);
    draw_text(cells, y + 1, box.width - 2 * PAGE_MARGIN, &page->box);
}

static void draw_help(struct cells *cells, const char *const *help)
{
    int rows = 0, width = cells->width < HELP_WIDTH ? cells->width : HELP_WIDTH;
    struct rect box;

    while (help[rows])
        rows++;
    box = (struct rect){ (cells->width - width) / 2, 2, width, rows + BORDERS };
    cells_fill(cells, box, ' ', ROLE_TEXT);
    draw_border(cells, box, BORDER_DOUBLE, NULL, ROLE_FRAME);
    for (int i = 0; i < rows; i++)
        draw_help_row(cells, box.x + 2, box.y + 1 + i, width - 4, KEY_COLUMN,
                      help[i]);
}

int page_draw(struct cells *cells, const struct page *page)
{
    int width = page_text_cells(cells->width);
    struct rect all, body = { 0, TOP, cells->width, cells->height - TOP - 1 };
    struct page_division to;

    cells_clear(cells);
    if (cells->width < 1 || cells->height < 1)
        return 0;
    divide(cells->height, page, &to);
    draw_head(cells, page);
    all = cells_clip(cells, body);
    draw_text(cells, to.text_y, width, &page->text);
    if (to.picture_rows) {
        draw_picture(cells, page, to.picture_y, to.picture_rows, to.people);
        if (page->caption)
            cells_text(cells, 1, to.picture_y - 1, width, page->caption,
                       ROLE_STRONG);
    }
    if (page->box.count)
        draw_box(cells, page, to.box_y);
    if (page->help)
        draw_help(cells, page->help);
    cells_clip(cells, all);
    if (page->notice) {
        cells_fill(cells,
                   (struct rect){ 0, cells->height - 2, cells->width, 1 }, ' ',
                   ROLE_TEXT);
        cells_text(cells, 1, cells->height - 2, cells->width - 2, page->notice,
                   ROLE_METER);
    }
    draw_keys(cells, cells->height - 1, page->footer);
    if (page->glyphs == GLYPHS_ASCII)
        glyphs_to_ascii(cells);
    return to.below;
}
