/*
 * role.h -- what a cell means, never what colour it has.
 *
 * Drawing code gives every cell a role; palette.h turns roles into colours
 * for the terminal at hand, backends into bytes. A role alone must never be
 * the only sign of a state: there is always a texture or a word as well.
 */
#ifndef CONCVIZ_RENDER_CELLS_ROLE_H
#define CONCVIZ_RENDER_CELLS_ROLE_H

enum role {
    ROLE_TEXT,   /* default colours */
    ROLE_DIM,    /* less important text, rails, axis */
    ROLE_STRONG, /* bold */
    ROLE_TITLE,  /* title bar: reversed */
    ROLE_KEY,    /* a key in the footer: reversed */
    ROLE_FRAME,  /* a machine's frame */
    ROLE_AWAY,   /* the awaiting area's frame, arrows to it */
    ROLE_NOW,    /* the now-line and its mark */
    ROLE_METER,  /* in progress / working: bold and reversed */
    ROLE_REAL,   /* the badge */
    ROLE_MODEL,
    ROLE_TASK,      /* a task's block: black or white letter on its colour */
    ROLE_TASK_BAR,  /* solid bar in the task's colour on the background; what
                       is no block element (a bracket, a letter) is there for
                       screens without colours and vanishes in the bar */
    ROLE_TASK_WAIT, /* shaded: the task's colour, dimmed */
    ROLE_TASK_LINE, /* dots in the task's colour */
    ROLE_ALERT,     /* blocked, deadlock, errors */
    ROLE_GOOD,      /* a check that is fulfilled */
    ROLE_BAD,
    ROLE_SELECTED, /* the selected row or choice */
    ROLE_COUNT
};

/*
 * Colour numbers of tasks: 0..TASK_COLOURS-1. As background, a number may be
 * dimmed with UNDER_WAIT: what ROLE_TASK_WAIT looks like, as a surface.
 * ROLE_TASK_BAR without a task but with a background is a left edge: a left
 * block in the colour of the screen over the colour of the task.
 */
enum {
    TASK_COLOURS = 8,
    UNDER_DIMMED = 64
};

#define TASK_COLOUR(task)  ((task) % TASK_COLOURS)
#define UNDER_WAIT(colour) ((colour) + UNDER_DIMMED)

#endif
