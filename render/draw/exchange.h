/*
 * exchange.h -- who gives what to whom at the instant shown.
 */
#ifndef CONCVIZ_RENDER_DRAW_EXCHANGE_H
#define CONCVIZ_RENDER_DRAW_EXCHANGE_H

struct frame;

/*
 * Right of the line of now, while the picture stands still: an arrow from the
 * row of who has sent a value to the row of who receives it; or to the name of
 * the channel, where it stays in there. row_y says in which row somebody is,
 * -1: in none.
 */
void exchange_draw(struct frame *frame,
                   int (*row_y)(const struct frame *frame, int task));

#endif
