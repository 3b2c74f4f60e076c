/*
 * player_measure.c -- how long something took is asked of every picture of
 * time: the person marks where it begins and where it ends.
 */
#include "cli/player/player_measure.h"

#include "cli/player/playback.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_notice.h"
#include "render/scene/view.h"
#include "render/words/duration.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"

static const int64_t told_ns = 6 * NS_PER_S;

static void tell(struct player_controls *controls, const char *template,
                 int64_t ns)
{
    char text[sizeof controls->notice->text] = "", time[DURATION_SIZE];
    struct unit unit = duration_unit(ns);

    unit.decimals++;
    PHRASE(text, sizeof text, template, duration_text(time, ns, unit));
    player_notice_set(controls->notice, text, told_ns);
}

void player_measure_mark(struct player_controls *controls)
{
    struct view *view = controls->view;
    int64_t *mark_ns = view->mark_ns;
    int64_t t_ns = view->cursor_ns >= 0 ? view->cursor_ns
                                        : controls->playback->t_ns;
    int64_t from_ns, to_ns;

    if (view_stretch(view, &from_ns, &to_ns)) {
        mark_ns[0] = mark_ns[1] = -1;
        player_notice_set(controls->notice, _("no marks any more"), told_ns);
    } else if (mark_ns[0] < 0) {
        mark_ns[0] = t_ns;
        tell(controls, _("a mark at {0}; a again, somewhere else: how long"),
             t_ns);
    } else {
        mark_ns[1] = t_ns;
        view_stretch(view, &from_ns, &to_ns);
        tell(controls, _("{0} between the marks; n: its numbers"),
             to_ns - from_ns);
    }
}
