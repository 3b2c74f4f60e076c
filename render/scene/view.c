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
        .mark_ns = { -1, -1 },
        .selected = -1,
        .speed = 1.0,
        .play = PLAY_PAUSED,
        .motion = true,
        .panes = PANES_ALL,
    };
}

int64_t view_visible_ns(const struct view *view)
{
    return view->scale_ns ? view->scale_ns : view->total_ns;
}

bool view_stretch(const struct view *view, int64_t *from_ns, int64_t *to_ns)
{
    bool turned = view->mark_ns[0] > view->mark_ns[1];

    *from_ns = view->mark_ns[turned];
    *to_ns = view->mark_ns[!turned];
    return *from_ns >= 0;
}
