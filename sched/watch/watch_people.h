/*
 * watch_people.h -- threads of other programs, and where they are.
 *
 * Items come in the order of their time and become moments of a journal. One
 * thread at a time.
 */
#ifndef CONCVIZ_SCHED_WATCH_WATCH_PEOPLE_H
#define CONCVIZ_SCHED_WATCH_WATCH_PEOPLE_H

#include <stdbool.h>

struct journal;
struct watch_item;
struct watch_people;

/* Nobody is known yet. by_kernel: the kernel tells who is on a core; else only
 * the library does, each time it is called. first: what the first thread is
 * called, whatever its program is; or NULL. All is borrowed. */
struct watch_people *watch_people_new(struct journal *journal, bool by_kernel,
                                      const char *first);
void watch_people_free(struct watch_people *people); /* NULL is fine */

/* Write down what an item, not earlier than the one before, means. */
void watch_people_item(struct watch_people *people,
                       const struct watch_item *item);

#endif
