/*
 * player_input.h -- keys and clicks as they come from the terminal.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_INPUT_H
#define CONCVIZ_CLI_PLAYER_PLAYER_INPUT_H

struct player_controls;
struct player_frame;

enum player_input {
    INPUT_NONE,
    INPUT_RESIZED, /* the picture needs a new size */
    INPUT_PRESSED  /* something was done: show it at once */
};

/* Read all there is and do what it says, until the person has left; frame is
 * what they see. Returns the most that has happened. */
enum player_input player_input_read(struct player_controls *controls,
                                    const struct player_frame *frame);

#endif
