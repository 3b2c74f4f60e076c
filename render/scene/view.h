/*
 * view.h -- what the person looks at, and how.
 *
 * Written by cli (keys, options), read by scene and draw. Plain data.
 */
#ifndef CONCVIZ_RENDER_SCENE_VIEW_H
#define CONCVIZ_RENDER_SCENE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

struct metrics;
struct overhead;

enum glyph_set {
    GLYPHS_UNICODE,
    GLYPHS_ASCII
};

enum panel {
    PANEL_NONE,
    PANEL_HELP,
    PANEL_WHY,
    PANEL_NUMBERS,
    PANEL_SCORE
};

enum play {
    PLAY_LIVE,
    PLAY_RUNNING,
    PLAY_PAUSED,
    PLAY_ENDED
};

/* What is beside the picture, or in its place: panes.h. */
enum side {
    SIDE_AUTO,    /* nobody has chosen */
    SIDE_PROGRAM, /* all panes there are */
    SIDE_OUTPUT,
    SIDE_PICTURE /* none of them */
};

struct view {
    int64_t t_ns;       /* the instant shown: the now-line */
    int64_t scale_ns;   /* time a full timeline is wide; 0: fit the run */
    int64_t left_ns;    /* time at the left edge of the timeline */
    int64_t total_ns;   /* expected length of the run, for scale_ns == 0 */
    int64_t cursor_ns;  /* vertical line, or -1 */
    int64_t mark_ns[2]; /* ends of a stretch, in any order, or -1 */
    int64_t stepped_ns; /* the instant somebody has stepped to, or -1: then
                           what has just happened is told */
    int selected;       /* selected task, or -1 */
    double speed;       /* of the picture: 1.0 is real time */
    enum play play;
    enum panel panel;
    int panel_scroll;
    bool unfolded;   /* a list of people that scrolls, instead of groups */
    bool by_machine; /* timeline rows by machine instead of by person */
    bool large;      /* presenter mode */
    bool motion;     /* who has just come leaves a trail */
    enum side side;
    unsigned panes;  /* those that may be shown at all: bits of panes.h */
    int output_back; /* rows the output is scrolled back */
    bool mystery;    /* nothing is said of what happens: find out yourself */
    enum glyph_set glyphs;
    const char *title;    /* instead of the mode's, or NULL; borrowed */
    const char *recorded; /* "replay 2026-11-28": beside the title; or NULL */
    /* Of the history, of the second one in a comparison, between the marks if
     * there are two; borrowed. NULL: they are computed for each frame that
     * needs them. */
    const struct metrics *metrics[2];
    const char *notice;      /* one line for the person, or NULL; borrowed */
    const char *const *help; /* rows "key\tmeaning", NULL at the end */
    const struct overhead *overhead; /* or NULL; borrowed */
    const int *candidate;            /* tasks that may be picked: 1, 2, … */
    int candidates;
    const char *const *score; /* rows "who\tvalue\tvalue", NULL at the end */
    const char *footer; /* "Space\tpause\n…": keys and meanings, borrowed */
};

void view_init(struct view *view);

/* How much time a timeline shows. */
int64_t view_visible_ns(const struct view *view);

/* The stretch between the marks. Returns false if there are not both. */
bool view_stretch(const struct view *view, int64_t *from_ns, int64_t *to_ns);

#endif
