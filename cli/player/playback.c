/*
 * playback.c -- the arithmetic of a player of films.
 *
 * A picture either follows the edge, or moves with its own speed until it
 * catches up with the edge. One that is moved by hand no longer follows.
 */
#include "cli/player/playback.h"

static const double speed_row[] = { 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1,
                                    2,    4,    8,    16,  32,   64,  128 };

enum {
    SPEEDS = sizeof speed_row / sizeof *speed_row
};

void playback_init(struct playback *playback, double speed, bool paused,
                   bool live)
{
    *playback = (struct playback){
        .speed = speed,
        .paused = paused,
        .live = live,
        .following = live && speed >= 1 && !paused,
    };
}

void playback_seek(struct playback *playback, int64_t t_ns, int64_t edge_ns)
{
    if (t_ns > edge_ns)
        t_ns = edge_ns;
    playback->t_ns = t_ns > 0 ? t_ns : 0;
    playback->following = false;
}

bool playback_move(struct playback *playback, int64_t passed_ns,
                   int64_t edge_ns)
{
    int64_t before = playback->t_ns, left = edge_ns - before;
    double step = (double)passed_ns * playback->speed;

    if (playback->paused)
        return false;
    if (playback->following || step >= (double)left) {
        playback->t_ns = edge_ns > before ? edge_ns : before;
        /* Caught up: from here on no faster than the run itself. A computed
         * run has no speed of its own: it has ended before anybody looks. */
        playback->following = playback->live && playback->speed >= 1;
    } else {
        playback->t_ns = before + (int64_t)step;
    }
    return playback->t_ns != before;
}

void playback_follow(struct playback *playback)
{
    playback->paused = false;
    if (playback->speed < 1)
        playback->speed = 1;
    playback->following = true;
}

void playback_faster(struct playback *playback)
{
    for (int i = 0; i < SPEEDS; i++)
        if (speed_row[i] > playback->speed) {
            playback->speed = speed_row[i];
            return;
        }
}

void playback_slower(struct playback *playback)
{
    for (int i = SPEEDS - 1; i >= 0; i--)
        if (speed_row[i] < playback->speed) {
            playback->speed = speed_row[i];
            playback->following &= playback->speed >= 1;
            return;
        }
}

void playback_toggle(struct playback *playback, int64_t edge_ns, bool ended)
{
    if (ended && playback->t_ns >= edge_ns) {
        playback_seek(playback, 0, edge_ns);
        playback->paused = false;
        return;
    }
    playback->paused = !playback->paused;
    if (playback->paused)
        playback->following = false;
}

enum play playback_state(const struct playback *playback, int64_t edge_ns,
                         bool ended)
{
    if (ended && playback->t_ns >= edge_ns)
        return PLAY_ENDED;
    if (playback->paused)
        return PLAY_PAUSED;
    return playback->following && !ended ? PLAY_LIVE : PLAY_RUNNING;
}
