/*
 * phrase.h -- sentences with gaps, in languages with and without particles.
 *
 * A template has gaps {0} to {9}. A translator into Korean may ask for the
 * particle that fits what fills the gap: {0:t} is "A는" or "L은" (topic), :s
 * subject, :o object, :w "with", :d direction. So a sentence is one message in
 * the catalogue, whatever is put into it.
 */
#ifndef CONCVIZ_SCHED_BASE_PHRASE_H
#define CONCVIZ_SCHED_BASE_PHRASE_H

#include <stddef.h>

/*
 * Append the filled template to the text in out (size bytes, NUL-terminated),
 * cutting whole characters where there is no room. part ends with NULL; a gap
 * without a part stays empty. Any thread.
 */
void phrase_add(char *out, size_t size, const char *template,
                const char *const part[]);

#define PHRASE(out, size, template, ...)                                       \
    phrase_add((out), (size), (template),                                      \
               (const char *const[]){ __VA_ARGS__, NULL })

#endif
