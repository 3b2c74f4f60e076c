/*
 * terminal_pace.h -- is the terminal still busy with the last frame?
 *
 * Main thread only. Times in nanoseconds of clock_now_ns().
 */
#ifndef CONCVIZ_RENDER_OUTPUT_TERMINAL_PACE_H
#define CONCVIZ_RENDER_OUTPUT_TERMINAL_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct terminal_pace {
    bool open;     /* a question has no answer yet */
    bool expected; /* and will have: others were answered */
    int64_t asked_ns;
    int64_t usual_ns; /* what the first answer took; negative: none yet */
    bool drawn;       /* a frame */
    bool slow, was_slow;
};

void terminal_pace_init(struct terminal_pace *pace);

/* A frame was sent. Returns whether the terminal is to be asked when it has
 * read it. */
bool terminal_pace_drawn(struct terminal_pace *pace, int64_t now_ns);

/* The question has been sent; it was answered; it will never be. */
void terminal_pace_ask(struct terminal_pace *pace, int64_t now_ns);
void terminal_pace_answer(struct terminal_pace *pace, int64_t now_ns);
void terminal_pace_forget(struct terminal_pace *pace);

/* Would another frame only stand in line? Not for longer than ten seconds. */
bool terminal_pace_behind(const struct terminal_pace *pace, int64_t now_ns);

#endif
