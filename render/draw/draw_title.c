/*
 * draw_title.c -- the first row and the last three: what runs, what is
 * happening, and the keys.
 */
#include <stdio.h>
#include <string.h>

#include "render/draw/draw.h"
#include "render/words/duration.h"
#include "render/words/mode_words.h"
#include "render/words/narrate.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/text.h"

enum {
    TEXT_SIZE = 1024,
    KEPT_LAST = 2 /* keys that stay in a footer that is too long */
};

static const char *play_word(const struct view *view)
{
    switch (view->play) {
    case PLAY_LIVE:
        return _("LIVE");
    case PLAY_RUNNING:
        return _("RUN");
    case PLAY_ENDED:
        return _("ENDED");
    default:
        return _("PAUSED");
    }
}

/* Right-aligned text before x; returns where it begins. */
static int put_left_of(struct frame *frame, int x, const char *text,
                       enum role role)
{
    x -= text_cells(text);
    cells_text(frame->cells, x, 0, -1, text, role);
    return x;
}

int draw_clock(struct frame *frame, int x, int64_t t_ns)
{
    struct unit unit = duration_unit(frame->axis.scale_ns);
    char text[128], time[DURATION_SIZE];

    snprintf(text, sizeof text, "t=%5s", duration_text(time, t_ns, unit));
    x = put_left_of(frame, x, text, ROLE_TITLE) - 2;
    snprintf(text, sizeof text, "%s %.4gx", play_word(frame->view),
             frame->view->speed);
    return put_left_of(frame, x, text, ROLE_TITLE);
}

/* "REAL  RUN 1.0x  t= 2.6s  done 0/5"; returns where it begins. */
static int draw_state(struct frame *frame)
{
    const struct scene *scene = frame->scene;
    char text[128];
    bool real = scene->info->real;
    bool roomy = frame->layout->width >= 100;
    int x = frame->layout->width - 1;

    snprintf(text, sizeof text, "%s%s%d/%d", roomy ? _("done") : "",
             roomy ? " " : "", scene->in_state[STATE_DONE], scene->task_count);
    x = put_left_of(frame, x, text, ROLE_TITLE) - 2;
    x = draw_clock(frame, x, scene->t_ns) - 1;
    snprintf(text, sizeof text, " %s ", real ? _("REAL") : _("MODEL"));
    return put_left_of(frame, x, text, real ? ROLE_REAL : ROLE_MODEL);
}

void draw_title(struct frame *frame)
{
    const struct scene *scene = frame->scene;
    char subtitle[TEXT_SIZE];
    int x, right;

    cells_fill(frame->cells, (struct rect){ 0, 0, frame->layout->width, 1 },
               ' ', ROLE_TITLE);
    right = draw_state(frame) - 1;
    x = 1;
    if (frame->layout->width >= 90)
        x += cells_text(frame->cells, x, 0, right - x, "concviz", ROLE_TITLE) +
             2;
    if (frame->view->title) {
        cells_text(frame->cells, x, 0, right - x, frame->view->title,
                   ROLE_TITLE);
        return;
    }
    x += cells_text(frame->cells, x, 0, right - x,
                    _(mode_words_find(scene->info->mode).title), ROLE_TITLE) +
         2;
    if (frame->view->recorded)
        snprintf(subtitle, sizeof subtitle, "%s", frame->view->recorded);
    else
        mode_words_subtitle(subtitle, sizeof subtitle, scene);
    if (right - x > 4)
        x += cells_text(frame->cells, x, 0, right - x, subtitle, ROLE_TITLE) +
             3;
    if (right - x > text_cells(scene->workload->name))
        cells_text(frame->cells, x, 0, right - x, scene->workload->name,
                   ROLE_TITLE);
}

/* --- footer --------------------------------------------------------------- */

struct item {
    const char *key, *meaning;
    int key_bytes, meaning_bytes;
};

/* Split "Space\tpause\nq\tquit" in place; returns how many there are. */
static int split(const char *footer, struct item *item, int max)
{
    int count = 0;

    while (footer && *footer && count < max) {
        size_t line = strcspn(footer, "\n"), key = strcspn(footer, "\t\n");

        item[count].key = footer;
        item[count].key_bytes = (int)key;
        item[count].meaning = footer + key + (key < line);
        item[count].meaning_bytes = (int)(line - key) - (key < line);
        count++;
        footer += line;
        footer += *footer == '\n';
    }
    return count;
}

static int item_cells(const struct item *item)
{
    char text[TEXT_SIZE];

    snprintf(text, sizeof text, "%.*s %.*s", item->key_bytes, item->key,
             item->meaning_bytes, item->meaning);
    return text_cells(text) + 2;
}

void draw_keys(struct cells *cells, int y, const char *footer)
{
    struct item item[32];
    int count = split(footer, item, 32);
    int x = 1, room = cells->width - 1;
    int kept = 0;

    for (int i = count - KEPT_LAST; i < count; i++)
        kept += i >= 0 ? item_cells(&item[i]) : 0;
    for (int i = 0; i < count; i++) {
        int taken = item_cells(&item[i]);
        bool last = i >= count - KEPT_LAST;

        if (x + taken - 2 + (last ? 0 : kept) > room && !last)
            continue;
        x += cells_printf(cells, x, y, -1, ROLE_KEY, "%.*s", item[i].key_bytes,
                          item[i].key);
        x += cells_printf(cells, x, y, -1, ROLE_TEXT, " %.*s",
                          item[i].meaning_bytes, item[i].meaning);
        x += 2;
    }
}

void draw_footer(struct frame *frame)
{
    draw_keys(frame->cells, frame->layout->footer_y, frame->view->footer);
}

/* --- narration ------------------------------------------------------------ */

void draw_words(struct frame *frame, const char *one, const char *two)
{
    const struct layout *layout = frame->layout;
    const char *notice = frame->view->notice;
    int y = layout->narration_y, room = layout->width - 4;

    if (*one)
        cells_text(frame->cells, 1, y, -1, "»", ROLE_STRONG);
    cells_text(frame->cells, 3, y, room, one, ROLE_STRONG);
    if (layout->narration_rows > 1)
        cells_text(frame->cells, 3, y + 1, room, notice ? notice : two,
                   notice ? ROLE_METER : ROLE_TEXT);
}

/* Add a sentence to a row if there is room for both. */
static bool add_sentence(char *row, const char *sentence, int room)
{
    if (text_cells(row) + 1 + text_cells(sentence) > room)
        return false;
    PHRASE(row, TEXT_SIZE, *row ? " {0}" : "{0}", sentence);
    return true;
}

/* After a step its sentences come first; what is going on as well gives way to
 * them, but for the end of the run. */
static void tell_step(struct frame *frame, char *one, char *two, int room)
{
    char step[TEXT_SIZE], more[TEXT_SIZE], now[TEXT_SIZE];

    if (frame->view->stepped_ns != frame->view->t_ns ||
        !narrate_step(step, more, TEXT_SIZE, frame->scene, room))
        return;
    snprintf(now, sizeof now, "%s", one);
    snprintf(one, TEXT_SIZE, "%s", step);
    if (scene_is_forever(frame->scene)) { /* the other row has the circle */
        add_sentence(one, now, room);
        return;
    }
    if (!frame->scene->ended && *more)
        snprintf(two, TEXT_SIZE, "%s", more);
    else if (frame->scene->ended && !add_sentence(one, now, room))
        snprintf(two, TEXT_SIZE, "%s", now);
}

void draw_narration(struct frame *frame)
{
    const struct layout *layout = frame->layout;
    const struct view *view = frame->view;
    int room = layout->width - 4;
    char one[TEXT_SIZE] = "", two[TEXT_SIZE] = "";

    if (layout->narration_rows == 1 && view->notice) {
        cells_text(frame->cells, 1, layout->narration_y, room, view->notice,
                   ROLE_METER);
        return;
    }
    if (!view->mystery)
        narrate_scene(one, sizeof one, frame->scene, room);
    if (view->cursor_ns >= 0)
        narrate_count(two, sizeof two, frame->scene, view->cursor_ns, room);
    else if (!view->mystery)
        narrate_rule(two, sizeof two, frame->scene, room);
    if (!view->mystery && view->cursor_ns < 0)
        tell_step(frame, one, two, room);
    draw_words(frame, one, two);
}
