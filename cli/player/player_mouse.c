/*
 * A click is a key: on the footer the one that is written there, on the
 * timeline the vertical line.
 */
#include "cli/player/keys.h"
#include "cli/player/player_internal.h"
#include "render/cells/role.h"
#include "render/draw/screen.h"
#include "render/output/backend.h"
#include "sched/base/text.h"

enum {
    WHEEL_UP = 4,
    WHEEL_DOWN = 5,
    LABEL_BYTES = 64
};

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

static bool time_at(const struct player *player, int x, int y, int64_t *t_ns)
{
    if (player->pair.on)
        return player_pair_time_at(player, x, y, t_ns);
    return screen_time_at(player->history, &player->view, player->cells.width,
                          player->cells.height, x, y, t_ns);
}

void player_click(struct player *player)
{
    char label[LABEL_BYTES];
    int64_t t_ns;
    int x, y, button;

    if (!terminal_mouse(&x, &y, &button))
        return;
    if (button == WHEEL_UP || button == WHEEL_DOWN) {
        bool down = button == WHEEL_DOWN;

        if (player->view.panel == PANEL_NONE)
            player_act(player, down ? ACTION_STEP : ACTION_STEP_BACK, 0);
        else
            player_act(player, down ? ACTION_DOWN : ACTION_UP, 0);
    } else if (y == player->cells.height - 1 && x < player->cells.width) {
        label_at(&player->cells, x, label);
        player_act(player, keys_action_named(label), 0);
    } else if (time_at(player, x, y, &t_ns)) {
        player_put_line(player, t_ns);
        player->dirty = true;
        player->next_frame_ns = 0;
    }
}
