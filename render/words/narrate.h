/*
 * narrate.h -- the scene in words: what is read aloud, and why somebody waits.
 */
#ifndef CONCVIZ_RENDER_WORDS_NARRATE_H
#define CONCVIZ_RENDER_WORDS_NARRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scene;

/* Write what is going on now, in the present tense, in at most `width` cells
 * if that is possible: with many people it counts instead of naming. */
void narrate_scene(char *out, size_t size, const struct scene *scene,
                   int width);

/* Write what has happened at the instant shown, in two rows of size bytes and
 * at most `width` cells, what matters most first; the second one may stay
 * empty. Returns false if nothing did that a person would notice. */
bool narrate_step(char *out, char *more, size_t size, const struct scene *scene,
                  int width);

/* Write the one rule to notice now; in a deadlock, who waits for whom, in at
 * most `width` cells if that is possible. */
void narrate_rule(char *out, size_t size, const struct scene *scene, int width);

/* Write "A ─spoon→ B ─cup→ A" for a deadlock, without the locks if that
 * is wider than `width` cells, and "" where nobody waits in a circle. */
void narrate_cycle(char *out, size_t size, const struct scene *scene,
                   int width);

/* Write who is in progress at t_ns and who works, and how many that makes, in
 * at most `width` cells if that is possible. */
void narrate_count(char *out, size_t size, const struct scene *scene,
                   int64_t t_ns, int width);

/* The same, with the time as somebody else writes it. */
void narrate_count_said(char *out, size_t size, const struct scene *scene,
                        int64_t t_ns, const char *time, int width);

/* Write which share of the cores others took until now; nothing below 1 %. */
void narrate_others(char *out, size_t size, const struct scene *scene);

/* Write why a task is where it is: who is ahead of it, until when, what it
 * waits for. */
void narrate_why(char *out, size_t size, const struct scene *scene, int task);

#endif
