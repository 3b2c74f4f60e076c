/*
 * draw_away.c -- people who need no machine: awaiting, blocked, done.
 */
#include <stdio.h>

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/words/duration.h"
#include "render/words/narrate.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"

enum {
    DASH = 0x254C,
    DOWN_JOINT = 0x252C,
    CORNER_RIGHT = 0x256F,
    CORNER_LEFT = 0x2570,
    REST_CELLS = 7,  /* " 1234ms" */
    DONE_CELLS = 10, /* "DONE -" */
    CYCLE_SHIFT = 3,
    CYCLE_SIZE = 512
};

void draw_reason(char *out, size_t size, const struct scene *scene,
                 const struct interval *stay, int room)
{
    const char *object = scene_object_name(scene, stay);
    int owner = scene_waits_for(scene, stay);

    switch (stay->wait) {
    case WAIT_LOCK:
        snprintf(out, size, "%s → %s", object, scene_task_name(scene, owner));
        if (owner < 0)
            snprintf(out, size, "%s", object);
        else if (text_cells(out) > room)
            snprintf(out, size, "→ %s", scene_task_name(scene, owner));
        break;
    case WAIT_SEND:
        snprintf(out, size, _("send %s"), object);
        break;
    case WAIT_RECV:
        snprintf(out, size, _("recv %s"), object);
        break;
    case WAIT_JOIN:
        snprintf(out, size, _("join %s"), object);
        break;
    case WAIT_SELECT:
        snprintf(out, size, "%s", _("select"));
        break;
    case WAIT_SEMAPHORE:
        snprintf(out, size, _("acquire %s"), object);
        break;
    case WAIT_CONDITION:
        snprintf(out, size, _("wait %s"), object);
        break;
    case WAIT_READ:
        snprintf(out, size, _("rlock %s"), object);
        break;
    case WAIT_WRITE:
        snprintf(out, size, _("wlock %s"), object);
        break;
    case WAIT_GIL:
        snprintf(out, size, "%s", _("the key"));
        break;
    default:
        snprintf(out, size, "%s", object);
    }
}

static void put_timer(struct frame *frame, int x, int y, int room,
                      const struct interval *stay)
{
    int64_t whole = stay->until_ns == TIME_NEVER
                        ? 0
                        : stay->until_ns - stay->from_ns;
    int64_t rest = stay->until_ns - frame->scene->t_ns;
    char text[DURATION_SIZE];

    if (whole <= 0) {
        cells_text(frame->cells, x, y, room, _("I/O"), ROLE_AWAY);
        return;
    }
    duration_text(text, rest > 0 ? rest : 0, duration_unit(whole));
    draw_bar(frame->cells, x, y, room - REST_CELLS,
             frame->scene->t_ns - stay->from_ns, whole);
    cells_text(frame->cells, x + room - text_cells(text), y, -1, text,
               ROLE_AWAY);
}

static void put_person(struct frame *frame, struct rect row,
                       const struct person *person)
{
    int most = frame->layout->chip;
    int chip = draw_person(frame, row.x, row.y,
                           most < row.width / 3 ? most : row.width / 3, person);
    int x = row.x + chip + 1, room = row.width - chip - 1;
    char text[192];

    if (person->stay.state == STATE_AWAITING) {
        put_timer(frame, x, row.y, room, &person->stay);
        return;
    }
    draw_reason(text, sizeof text, frame->scene, &person->stay, room - 2);
    cells_put(frame->cells, x, row.y, GLYPH_BLOCKED, ROLE_ALERT);
    cells_text(frame->cells, x + 2, row.y, room - 2, text, ROLE_TEXT);
}

/* From the awaiting area back to the lines. */
static void put_path(struct frame *frame)
{
    const struct rect *away = &frame->layout->away;
    const char *text = _("ready again: back of the line");
    int left = frame->layout->lines.x + 3;
    int y = frame->layout->path_y, right = away->x + away->width / 2;
    int cells = text_cells(text);

    cells_put(frame->cells, right, away->y + away->height - 1, DOWN_JOINT,
              ROLE_AWAY);
    for (int x = left + 1; x < right; x++)
        cells_put(frame->cells, x, y, DASH, ROLE_AWAY);
    cells_put(frame->cells, right, y, CORNER_RIGHT, ROLE_AWAY);
    cells_put(frame->cells, left, y, CORNER_LEFT, ROLE_AWAY);
    if (cells_at(frame->cells, left, y - 1)->rune == ' ')
        cells_put(frame->cells, left, y - 1, GLYPH_UP, ROLE_AWAY);
    if (cells + 2 < right - left) {
        int x = left + (right - left - cells) / 2;

        cells_put(frame->cells, x - 1, y, ' ', ROLE_TEXT);
        cells_text(frame->cells, x, y, -1, text, ROLE_TEXT);
        cells_put(frame->cells, x + cells, y, ' ', ROLE_TEXT);
    }
}

/* "A ─spoon→ B ─cup→ A", if it fits into the rows from y on. */
static void write_cycle(struct frame *frame, int y)
{
    const struct rect *away = &frame->layout->away;
    int width = away->width - 4, end = away->y + away->height - 1;
    char cycle[CYCLE_SIZE];
    struct wrap_row row;
    int rows = 0;

    if (!scene_is_forever(frame->scene) || frame->view->mystery || end <= y)
        return;
    narrate_cycle(cycle, sizeof cycle, frame->scene, width * (end - y) / 2);
    for (const char *p = cycle; *p; p += row.next, rows++)
        row = wrap_words(p, width);
    if (rows > end - y)
        return;
    for (const char *p = cycle; *p; p += row.next, y++) {
        row = wrap_words(p, width);
        cells_printf(frame->cells, away->x + 2, y, width, ROLE_ALERT, "%.*s",
                     (int)row.bytes, p);
    }
}

/* The circle in so many cells from x on; returns whether it was put there. Who
 * waits is drawn elsewhere: here are only names. */
static bool put_cycle(struct frame *frame, int x, int y, int room)
{
    char cycle[CYCLE_SIZE];

    if (y < 0 || frame->view->mystery)
        return false;
    narrate_cycle(cycle, sizeof cycle, frame->scene, room);
    if (!*cycle || text_cells(cycle) > room)
        return false;
    cells_text(frame->cells, x, y, -1, cycle, ROLE_ALERT);
    return true;
}

/* In the place of the way back, which nobody will go any more, or, where there
 * is none, of those who are done. */
static bool put_cycle_below(struct frame *frame)
{
    const struct layout *layout = frame->layout;
    int x = layout->lines.x, end = layout->away.x + layout->away.width;

    if (layout->path_y >= 0)
        return put_cycle(frame, x + CYCLE_SHIFT, layout->path_y,
                         end - x - CYCLE_SHIFT);
    return frame->scene->in_state[STATE_DONE] == 0 &&
           put_cycle(frame, x + DONE_CELLS, layout->done_y,
                     end - x - DONE_CELLS);
}

void draw_away(struct frame *frame)
{
    const struct scene *scene = frame->scene;
    const struct rect *away = &frame->layout->away;
    int count = scene->in_state[STATE_AWAITING] +
                scene->in_state[STATE_BLOCKED];
    int rows = away->height - 2;
    int step = rows >= 2 * count ? 2 : 1;
    int shown = count <= rows ? scene->away_shown : rows - 1;

    if (frame->layout->path_y < 0)
        step = 1;
    draw_border(frame->cells, *away, BORDER_DASHED, _("AWAITING"), ROLE_AWAY);
    for (int i = 0; i < shown && i < scene->away_shown; i++) {
        struct rect row = { away->x + 2, away->y + 1 + i * step,
                            away->width - 4, 1 };

        put_person(frame, row, &scene->away[i]);
    }
    if (shown < count && shown >= 0 && shown * step < rows)
        cells_printf(frame->cells, away->x + 2, away->y + 1 + shown * step,
                     away->width - 4, ROLE_DIM, _("… %d more"), count - shown);
    if (put_cycle_below(frame))
        return;
    if (shown >= count)
        write_cycle(frame, away->y + 1 + count * step + (step == 1));
    if (frame->layout->path_y >= 0)
        put_path(frame);
}

/* The last ones done, as many as fit, in the order of their finish. */
void draw_done(struct frame *frame)
{
    const struct scene *scene = frame->scene;
    int y = frame->layout->done_y, chip = frame->layout->chip;
    int count = scene->in_state[STATE_DONE], x = frame->layout->lines.x, first;

    if (y < 0)
        return;
    x += cells_text(frame->cells, x, y, -1, _("DONE"), ROLE_STRONG) + 1;
    if (count == 0)
        cells_text(frame->cells, x, y, -1, "-", ROLE_DIM);
    first = scene->done_shown -
            (frame->layout->scene.width - x - 8) / (chip + 1);
    first = first > 0 ? first : 0;
    if (count > scene->done_shown - first)
        x += cells_printf(frame->cells, x, y, -1, ROLE_DIM, _("%d: …"), count) +
             1;
    for (int i = first; i < scene->done_shown; i++)
        x += draw_person(frame, x, y, chip, &scene->done[i]) + 1;
}

/* --- the scene as a list -------------------------------------------------- */

/* "label [A] [B] +3" */
static void put_list(struct frame *frame, int y, const char *label,
                     const struct person *person, int shown, int count)
{
    int chip = frame->layout->chip;
    int end = frame->layout->scene.width - 1;
    int x = 1 + cells_text(frame->cells, 1, y, 20, label, ROLE_STRONG);

    x++;
    if (count == 0)
        cells_text(frame->cells, x, y, -1, "-", ROLE_DIM);
    for (int i = 0; i < shown && x + chip + 5 < end; i++, count--)
        x += draw_person(frame, x, y, chip, &person[i]) + 1;
    if (count > 0 && x > 1)
        cells_printf(frame->cells, x, y, end - x, ROLE_STRONG, "+%d", count);
}

static void put_waiting(struct frame *frame, int y)
{
    const struct scene *scene = frame->scene;
    const char *label = _("AWAITING");
    int x = 2 + text_cells(label);

    if (put_cycle(frame, x, y, frame->layout->width - 1 - x))
        cells_text(frame->cells, 1, y, -1, label, ROLE_STRONG);
    else
        put_list(frame, y, label, scene->away, scene->away_shown,
                 scene->in_state[STATE_AWAITING] +
                     scene->in_state[STATE_BLOCKED]);
}

void draw_scene_list(struct frame *frame)
{
    const struct scene *scene = frame->scene;
    const struct rect *all = &frame->layout->scene;
    struct person at[SCENE_MACHINES * (1 + SCENE_CALLERS)];
    static const struct person nobody;
    int task[SCENE_PEOPLE], count = 0, waiting;
    struct person line[SCENE_PEOPLE];

    for (int i = 0; i < scene_machines(scene); i++) {
        const struct scene_machine *machine = &scene->machine[i];

        if (machine->service.task < 0)
            continue;
        for (int k = 0; k < machine->callers; k++)
            at[count++] = machine->caller[k];
        at[count++] = machine->person;
    }
    put_list(frame, all->y,
             scene->machine_count == 1 ? _("MACHINE") : _("MACHINES"), at,
             count, count);
    waiting = (int)history_line(scene->history, 0, scene->t_ns, task,
                                SCENE_PEOPLE);
    for (int i = 0; i < waiting && i < SCENE_PEOPLE; i++) {
        line[i] = nobody;
        line[i].task = task[i];
        line[i].way = 1.0;
    }
    put_list(frame, all->y + 1, _("LINE"), line,
             waiting < SCENE_PEOPLE ? waiting : SCENE_PEOPLE, waiting);
    put_waiting(frame, all->y + 2);
    if (all->height > 3)
        put_list(frame, all->y + 3, _("DONE"), scene->done, scene->done_shown,
                 scene->in_state[STATE_DONE]);
}
