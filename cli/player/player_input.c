/*
 * player_input.c -- a click is a key: on the footer the one that is written
 * there, on the timeline the vertical line; and Hangul is the letters that were
 * pressed.
 */
#include "cli/player/player_input.h"

#include "cli/page/hangul_keys.h"
#include "cli/player/player_find.h"
#include "cli/player/player_frame.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_notice.h"
#include "render/cells/role.h"
#include "render/output/terminal.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    WHEEL_UP = 4,
    WHEEL_DOWN = 5,
    LABEL_BYTES = 64
};

static const int64_t hangul_notice_ns = 2 * NS_PER_S;

/* The label in the footer at column x, as it was drawn. */
static void label_at(const struct cells *cells, int x, char label[LABEL_BYTES])
{
    int y = cells->height - 1;
    size_t length = 0;

    /* A click on the meaning is a click on the key before it. */
    while (x > 0 && cells_at(cells, x, y)->role != ROLE_KEY)
        x--;
    while (x > 0 && cells_at(cells, x - 1, y)->role == ROLE_KEY)
        x--;
    for (; x < cells->width && length + 5 < LABEL_BYTES; x++) {
        const struct cell *cell = cells_at(cells, x, y);

        if (cell->role != ROLE_KEY)
            break;
        if (cell->rune && (cell->rune != ' ' || length))
            length += text_encode(label + length, cell->rune);
    }
    while (length && label[length - 1] == ' ')
        length--;
    label[length] = '\0';
}

/* The wheel steps through time, or scrolls what is open. */
static uint32_t wheel_key(const struct view *view, bool down)
{
    if (view->panel == PANEL_NONE)
        return down ? TKEY_RIGHT : TKEY_LEFT;
    return down ? TKEY_DOWN : TKEY_UP;
}

static bool click(struct player_controls *controls,
                  const struct player_frame *frame)
{
    const struct cells *cells = &frame->cells;
    char label[LABEL_BYTES];
    int64_t t_ns;
    int x, y, button;

    if (!terminal_mouse(&x, &y, &button))
        return false;
    if (button == WHEEL_UP || button == WHEEL_DOWN)
        return player_keys_press(controls,
                                 wheel_key(&frame->view, button == WHEEL_DOWN));
    if (y == cells->height - 1 && x < cells->width) {
        label_at(cells, x, label);
        return player_keys_click(controls, label);
    }
    if (!player_frame_time_at(frame, controls->run, x, y, &t_ns))
        return false;
    player_keys_put_line(controls, t_ns);
    return true;
}

static bool press_letters(struct player_controls *controls, const char *letter)
{
    player_notice_set(controls->notice,
                      _("Korean input is on: press the 한/영 key"),
                      hangul_notice_ns);
    for (; *letter && controls->left == PLAYER_HERE; letter++)
        player_keys_press(controls, (uint32_t)*letter);
    return true;
}

enum player_input player_input_read(struct player_controls *controls,
                                    const struct player_frame *frame)
{
    enum player_input most = INPUT_NONE;
    uint32_t key;

    while (controls->left == PLAYER_HERE &&
           (key = terminal_key()) != TKEY_NONE) {
        char letters[HANGUL_KEYS_MAX + 1];
        bool pressed = false;

        if (key == TKEY_RESIZED)
            most = most > INPUT_RESIZED ? most : INPUT_RESIZED;
        else if (key == TKEY_MOUSE)
            pressed = click(controls, frame);
        else if (controls->find->open)
            player_find_press(controls, key), pressed = true;
        else if (hangul_keys(letters, key))
            pressed = press_letters(controls, letters);
        else
            pressed = player_keys_press(controls, key);
        if (pressed)
            most = INPUT_PRESSED;
    }
    return most;
}
