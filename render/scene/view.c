/*
 * view.c -- the view everybody starts with: the picture stands still, nothing
 * is selected.
 */
#include "render/scene/view.h"

#include "render/scene/panes.h"

void view_init(struct view *view)
{
    *view = (struct view){
        .cursor_ns = -1,
        .stepped_ns = -1,
        .selected = -1,
        .speed = 1.0,
        .play = PLAY_PAUSED,
        .motion = true,
        .panes = PANES_ALL,
    };
}
