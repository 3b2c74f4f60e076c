/*
 * sightings.h -- who is away, done or held, followed from instant to instant.
 *
 * Who makes one scene asks every task where it is; who makes one for each
 * instant of a run would ask them all again each time. Here only those are asked
 * to whom something has happened since. A history is borrowed that no longer
 * grows, and only its first tasks are known, as in a scene.
 */
#ifndef CONCVIZ_RENDER_SCENE_SIGHTINGS_H
#define CONCVIZ_RENDER_SCENE_SIGHTINGS_H

#include <stdint.h>

struct history;
struct interval;

enum sightings_place {
    SEEN_AWAY, /* awaiting or blocked */
    SEEN_DONE,
    SEEN_HELD,
    SEEN_PLACES
};

/* At the beginning of a run, of its first `tasks` tasks, at most. Free
 * with sightings_free. */
struct sightings *sightings_new(const struct history *history, int tasks);
void sightings_free(struct sightings *seen);

/* Go to an instant: forward at the price of the events on the way, back at
 * that of all events before it. */
void sightings_go(struct sightings *seen, int64_t t_ns);

/* The tasks of a place, who came first first, and of those who came at one
 * instant the lower number: the one after task, or before it; -1 before the
 * first and after the last. */
int sightings_next(const struct sightings *seen, enum sightings_place place,
                   int task);
int sightings_before(const struct sightings *seen, enum sightings_place place,
                     int task);

/* What a task of a place does there; valid until the next sightings_go. */
const struct interval *sightings_stay(const struct sightings *seen, int task);

#endif
