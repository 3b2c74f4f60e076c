/*
 * mode_words.h -- what the screen says about each way to run.
 */
#ifndef CONCVIZ_RENDER_WORDS_MODE_WORDS_H
#define CONCVIZ_RENDER_WORDS_MODE_WORDS_H

struct scene;

struct mode_words {
    const char *title; /* N_() */
    const char *how;   /* N_(): "one thread"; {0}: tasks, {1}: machines */
    const char *rule;  /* N_(): the one thing to notice */
};

/* The words for a mode; for an unknown one, its own name. */
struct mode_words mode_words_find(const char *name);

/* Write "2 lines, 1 machine (one thread)" into out. */
void mode_words_subtitle(char *out, int size, const struct scene *scene);

#endif
