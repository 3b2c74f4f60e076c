/*
 * draw_machines.c -- the machines: who is there, how far, what is left.
 *
 * Machines are boxes on top of each other with shared borders, as high as
 * they can be; when there are too many for boxes they are rows of one box.
 */
#include <stdio.h>
#include <string.h>

#include "render/cells/big.h"
#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/words/duration.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    JOINT_LEFT = 0x2523,
    JOINT_RIGHT = 0x252B,
    ARROW_DASH = 0x254C,
    TITLE_EDGES = 6, /* what draw_border leaves on both sides of a title */
};

/* --- inside a machine ----------------------------------------------------- */

static const char *kind_word(const struct scene_machine *machine)
{
    switch (machine->service.kind) {
    case SERVICE_HELD:
        return _("held");
    case SERVICE_STOLEN:
        return _("stolen");
    case SERVICE_SWITCHING:
        return _("switching");
    default:
        return "";
    }
}

/* Work that needs more of the core than was planned: the core is slow. */
static bool is_stretched(const struct scene_machine *machine)
{
    return machine->service.kind == SERVICE_BUSY &&
           machine->done_ns > machine->planned_ns + machine->planned_ns / 20;
}

/* "0.8 / 1.5s", "1.5s x2.3" (stretched), "0.8s" or "held 0.3 / 0.9s"; where
 * that is too wide, "held 0.3/0.9s" or "held 0.3s". */
static void write_progress(char *out, size_t size,
                           const struct scene_machine *machine, int room)
{
    int64_t planned = machine->planned_ns, done_ns = machine->done_ns;
    bool known = planned > 0 && planned != TIME_NEVER;
    struct unit unit = duration_unit(known ? planned : done_ns);
    char done[DURATION_SIZE], whole[DURATION_SIZE];
    const char *word = kind_word(machine), *gap = *word ? " " : "";

    duration_text(whole, planned, unit);
    if (machine->service.kind == SERVICE_SWITCHING)
        snprintf(out, size, "xx %s xx", word);
    else if (known && is_stretched(machine))
        snprintf(out, size, "%s x%.1f", whole,
                 (double)done_ns / (double)planned);
    else if (known)
        snprintf(out, size, "%s%s%s / %s", word, gap,
                 duration_digits(done, done_ns, unit), whole);
    else /* nothing is done yet, and nobody knows how long it will take */
        snprintf(out, size, "%s%s%s", word, done_ns ? gap : "",
                 done_ns ? duration_text(done, done_ns, unit) : "");
    if (text_cells(out) <= room || !known || !strchr(out, '/'))
        return;
    snprintf(out, size, "%s%s%s/%s", word, gap,
             duration_digits(done, done_ns, unit), whole);
    if (text_cells(out) > room)
        snprintf(out, size, "%s%s%s", word, gap,
                 duration_text(done, done_ns, unit));
}

static void centre(struct frame *frame, struct rect rect, int y,
                   const char *text, enum role role)
{
    int cells = text_cells(text);
    int x = rect.x + (cells < rect.width ? (rect.width - cells) / 2 : 0);

    cells_text(frame->cells, x, y, rect.width, text, role);
}

/* Where nobody computes, the bar has the texture of that. */
static void put_bar(struct frame *frame, int x, int y, int width,
                    const struct scene_machine *machine)
{
    uint32_t texture = machine->service.kind == SERVICE_HELD     ? GLYPH_HELD
                       : machine->service.kind == SERVICE_STOLEN ? GLYPH_STOLEN
                                                                 : 0;

    draw_bar(frame->cells, x, y, width, machine->done_ns, machine->planned_ns);
    if (!texture)
        return;
    for (int i = 0; i < width && x + i < frame->cells->width; i++)
        if (cells_at(frame->cells, x + i, y)->rune != GLYPH_RAIL)
            cells_put(frame->cells, x + i, y, texture, ROLE_TEXT);
}

/* Cells of "[A]▶[G]": who called, and who computes in their place. */
static int chain_cells(const struct frame *frame, int width,
                       const struct scene_machine *machine)
{
    int each = (width - machine->callers) / (machine->callers + 1);
    int cells = machine->callers;

    for (int i = 0; i < machine->callers; i++)
        cells += draw_chip_cells(
            scene_task_name(frame->scene, machine->caller[i].task), each);
    return cells +
           draw_chip_cells(scene_task_name(frame->scene, machine->service.task),
                           each);
}

static void put_chain(struct frame *frame, int x, int y, int width,
                      const struct scene_machine *machine)
{
    int each = (width - machine->callers) / (machine->callers + 1);

    for (int i = 0; i < machine->callers; i++) {
        x += draw_person(frame, x, y, each, &machine->caller[i]);
        cells_put(frame->cells, x++, y, GLYPH_RIGHT, ROLE_TEXT);
    }
    draw_person(frame, x, y, each, &machine->person);
}

/* The person, one row high or three; returns the rows taken. */
static int put_customer(struct frame *frame, struct rect inside,
                        const struct scene_machine *machine)
{
    const struct person *person = &machine->person;
    const char *name = scene_task_name(frame->scene, person->task);
    int cells = draw_big_cells(frame, name) + 2;
    int rows = inside.height >= BIG_HEIGHT + 2 ? BIG_HEIGHT : 1;
    bool big = rows > 1 && cells > 2 && cells <= inside.width &&
               machine->callers == 0;
    int x;

    if (!big)
        cells = chain_cells(frame, inside.width, machine);
    x = inside.x + (inside.width - cells) / 2;
    if (big) {
        cells_fill_styled(
            frame->cells, (struct rect){ x, inside.y, cells, BIG_HEIGHT }, ' ',
            STYLE_TASK(ROLE_TASK, scene_colour(frame->scene, person->task)));
        draw_big(frame, x + 1, inside.y, person);
    } else {
        put_chain(frame, x, inside.y + rows / 2, inside.width, machine);
    }
    return rows;
}

/* One row: "[C] ████▌──── 0.8 / 1.5s". */
static void put_row(struct frame *frame, struct rect inside,
                    const struct scene_machine *machine, bool with_time)
{
    int width = machine->callers > 0 ? inside.width - 1 : inside.width / 2;
    int chip = chain_cells(frame, width, machine);
    int bar = inside.width - chip - 3;
    char text[64];

    put_chain(frame, inside.x + 1, inside.y, width, machine);
    if (bar <= 0)
        return;
    write_progress(text, sizeof text, machine, bar);
    if (with_time || machine->service.kind == SERVICE_SWITCHING)
        cells_text(frame->cells, inside.x + chip + 2, inside.y, bar, text,
                   ROLE_TEXT);
    else
        put_bar(frame, inside.x + chip + 2, inside.y, bar, machine);
}

static void put_machine(struct frame *frame, struct rect inside,
                        const struct scene_machine *machine)
{
    char text[64];
    int y, air;

    if (machine->service.task < 0) {
        centre(frame, inside, inside.y + (inside.height - 1) / 2, _("(free)"),
               ROLE_DIM);
        return;
    }
    if (inside.height == 1) {
        put_row(frame, inside, machine, false);
        return;
    }
    if (inside.height == 2) {
        put_row(frame, inside, machine, true);
        put_bar(frame, inside.x + 1, inside.y + 1, inside.width - 2, machine);
        return;
    }
    air = (inside.height - BIG_HEIGHT - 2) / 2;
    if (air > 0)
        inside.y += air, inside.height -= air;
    y = inside.y + put_customer(frame, inside, machine);
    y += inside.height > BIG_HEIGHT + 2;
    put_bar(frame, inside.x + 1, y, inside.width - 2, machine);
    write_progress(text, sizeof text, machine, inside.width);
    centre(frame, inside, y + 1, text, ROLE_TEXT);
}

/* --- boxes and arrows ----------------------------------------------------- */

/* The core's number is left out where the frame is too narrow for it. */
static void write_title(char *out, size_t size, const struct frame *frame,
                        int machine)
{
    const struct scene_machine *shown = &frame->scene->machine[machine];
    int room = frame->layout->machines.width - TITLE_EDGES;
    char number[16] = "", cpu[32] = "";

    if (frame->scene->machine_count > 1)
        snprintf(number, sizeof number, " %d", machine + 1);
    if (shown->cpu >= 0 && frame->scene->info->real)
        snprintf(cpu, sizeof cpu, " cpu %d", (int)shown->cpu);
    if (text_cells(_("MACHINE")) + text_cells(number) + text_cells(cpu) > room)
        cpu[0] = '\0';
    snprintf(out, size, "%s%s%s", _("MACHINE"), number, cpu);
}

static void put_separator(struct frame *frame, int y, const char *title)
{
    const struct rect *all = &frame->layout->machines;
    struct rect edge = { all->x, y, all->width, 2 };
    struct rect clip = cells_clip(frame->cells,
                                  (struct rect){ all->x, y, all->width, 1 });

    draw_border(frame->cells, edge, BORDER_HEAVY, title, ROLE_FRAME);
    cells_put(frame->cells, all->x, y, JOINT_LEFT, ROLE_FRAME);
    cells_put(frame->cells, all->x + all->width - 1, y, JOINT_RIGHT,
              ROLE_FRAME);
    cells_clip(frame->cells, clip);
}

static void put_arrow_away(struct frame *frame, int y, bool with_word)
{
    int x = frame->layout->machines.x + frame->layout->machines.width;
    int end = frame->layout->away.x;

    for (int i = x; i < end - 1; i++)
        cells_put(frame->cells, i, y, ARROW_DASH, ROLE_AWAY);
    cells_put(frame->cells, end - 1, y, GLYPH_RIGHT, ROLE_AWAY);
    if (with_word && end - x >= text_cells(_("await")))
        cells_text(frame->cells, x + (end - x - text_cells(_("await"))) / 2,
                   y - 1, -1, _("await"), ROLE_AWAY);
}

static void draw_boxes(struct frame *frame)
{
    const struct rect *all = &frame->layout->machines;
    int machines = scene_machines(frame->scene);
    int bottom = layout_slot(frame->layout, machines - 1).bottom;
    struct rect box = { all->x, all->y, all->width, bottom - all->y + 1 };
    char title[64];

    write_title(title, sizeof title, frame, frame->routes.machine[0]);
    draw_border(frame->cells, box, BORDER_HEAVY, title, ROLE_FRAME);
    for (int i = 0; i < machines; i++) {
        int machine = frame->routes.machine[i];
        struct layout_slot slot = layout_slot(frame->layout, i);
        struct rect inside = { all->x + 1, slot.top + 1, all->width - 2,
                               slot.bottom - slot.top - 1 };

        if (i > 0) {
            write_title(title, sizeof title, frame, machine);
            put_separator(frame, slot.top, title);
        }
        put_machine(frame, inside, &frame->scene->machine[machine]);
        put_arrow_away(frame, slot.middle,
                       slot.middle - slot.top > 1 && machines <= 2);
    }
}

/* The machines without a row: how many, and how many of them are busy. */
static void put_more(struct frame *frame, int shown, int y)
{
    int busy = 0, rest = frame->scene->machine_count - shown;

    for (int i = shown; i < scene_machines(frame->scene); i++)
        busy += frame->scene->machine[frame->routes.machine[i]].service.kind ==
                SERVICE_BUSY;
    cells_printf(frame->cells, frame->layout->machines.x + 1, y,
                 frame->layout->machines.width - 2, ROLE_DIM,
                 _("… %d more, %d busy"), rest, busy);
}

static void draw_list(struct frame *frame)
{
    const struct rect *all = &frame->layout->machines;
    int rows = all->height - 2;
    int shown = frame->layout->crowded ? rows - 1 : frame->layout->slots;

    draw_border(frame->cells, *all, BORDER_HEAVY, _("MACHINES"), ROLE_FRAME);
    for (int i = 0; i < shown; i++) {
        int machine = frame->routes.machine[i];
        int y = layout_slot(frame->layout, i).middle;
        struct rect inside = { all->x + 4, y, all->width - 5, 1 };

        cells_printf(frame->cells, all->x + 1, y, -1, ROLE_DIM, "%3d",
                     machine + 1);
        put_machine(frame, inside, &frame->scene->machine[machine]);
    }
    if (shown < frame->scene->machine_count)
        put_more(frame, shown, all->y + all->height - 2);
    put_arrow_away(frame, all->y + all->height / 2, true);
}

void draw_machines(struct frame *frame)
{
    if (frame->layout->listed)
        draw_list(frame);
    else
        draw_boxes(frame);
}
