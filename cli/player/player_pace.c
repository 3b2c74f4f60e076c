/*
 * player_pace.c -- in a lesson a run that would be over in the blink of an eye
 * is shown slowly, and that is said.
 */
#include "cli/player/player_pace.h"

#include <stdio.h>

#include "cli/player/playback.h"
#include "cli/player/player_notice.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"

static const int64_t blink_ns = 250 * NS_PER_MS;
static const int64_t note_ns = 8 * NS_PER_S; /* how long the notice stays */

double player_pace_fit(const struct player_pace *pace, int64_t total_ns)
{
    if (!pace->guest || pace->wanted != 1.0 || total_ns <= 0)
        return pace->wanted;
    return total_ns <= blink_ns ? 0.1 : total_ns <= 2 * blink_ns ? 0.25 : 1.0;
}

double player_pace_next(struct player_pace *pace, double before,
                        int64_t total_ns)
{
    double speed = before == pace->slowed ? 0 : before;

    if (speed <= 0)
        speed = player_pace_fit(pace, total_ns);
    pace->slowed = pace->guest && speed < 1.0 && pace->wanted == 1.0 ? speed
                                                                     : 0;
    return speed;
}

bool player_pace_adjust(struct player_pace *pace, struct playback *playback,
                        int64_t edge_ns, bool ended,
                        struct player_notice *notice)
{
    double fitting = player_pace_fit(pace, edge_ns);
    char text[sizeof notice->text];

    if (pace->slowed == 0 || playback->speed != pace->slowed)
        return false;
    if (ended || fitting > pace->slowed)
        playback->speed = pace->slowed = fitting;
    if (!ended || fitting >= 1.0)
        return false;
    snprintf(text, sizeof text,
             _("the run took %.2g s and is shown %.0f times slower"),
             (double)edge_ns / (double)NS_PER_S, 1 / playback->speed);
    player_notice_set(notice, text, note_ns);
    return true;
}
