/*
 * player_panes.c -- which of picture, program and output stands where: as asked
 * for on the command line, by the key `i`, or by what the run has.
 */
#include "cli/player/player_panes.h"

#include "cli/options/options.h"
#include "cli/player/playback.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_run.h"
#include "render/scene/panes.h"
#include "sched/history/history.h"
#include "sched/history/history_value.h"

enum side player_panes_wanted(const struct options *options)
{
    switch (options->show) {
    case SHOW_PROGRAM:
        return SIDE_PROGRAM;
    case SHOW_OUTPUT:
        return SIDE_OUTPUT;
    case SHOW_PICTURE:
        return SIDE_PICTURE;
    default:
        return SIDE_AUTO;
    }
}

void player_panes_begin(struct view *view, unsigned panes)
{
    view->panes = panes;
    if (view->side == SIDE_AUTO)
        view->side = SIDE_PROGRAM;
}

void player_panes_next(struct player_controls *controls)
{
    panes_next(controls->view, controls->run->history, controls->columns);
}

bool player_panes_scroll(struct player_controls *controls, int direction)
{
    const struct history *history = controls->run->history;
    struct view *view = controls->view;
    int back = view->output_back - direction, said;

    if (panes_shown(history, view, controls->columns) != PANE_OUTPUT)
        return false;
    said = (int)history_value_said(
        history, history_after(history, controls->playback->t_ns));
    if (back >= 0 && back < said)
        view->output_back = back;
    return true;
}
