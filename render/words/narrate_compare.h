/*
 * narrate_compare.h -- two runs in words.
 */
#ifndef CONCVIZ_RENDER_WORDS_NARRATE_COMPARE_H
#define CONCVIZ_RENDER_WORDS_NARRATE_COMPARE_H

#include <stddef.h>
#include <stdint.h>

struct history;
struct comparison;

/* What a sentence calls one of two runs, here and below: what it is called
 * anyway, unless that is long. Translated. */
const char *narrate_compare_title(const char *const mode[2], int index);

/* Write which of the two modes was faster, and by how much: the first half of
 * a sentence, ending with a colon where narrate_compare_why goes on. */
void narrate_compare_verdict(char *out, size_t size,
                             const struct comparison *verdict,
                             const char *const mode[2]);

/* Write why: computing or waiting, with the number that says so. */
void narrate_compare_why(char *out, size_t size,
                         const struct comparison *verdict,
                         const char *const mode[2]);

/* Write how far both are at t_ns. */
void narrate_compare_race(char *out, size_t size,
                          const struct history *const run[2],
                          const char *const mode[2], int64_t t_ns);

/* Write what each is doing at t_ns. */
void narrate_compare_now(char *out, size_t size,
                         const struct history *const run[2],
                         const char *const mode[2], int64_t t_ns);

#endif
