/*
 * tape_place.h -- where a tape may be written.
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_PLACE_H
#define CONCVIZ_SCHED_TAPE_TAPE_PLACE_H

#include <stdbool.h>

struct diag;

/* Open the file to write it, and lock it; replace: it may hold a tape already.
 * fresh: it held nothing. Returns a descriptor to close, or a negative errno
 * value: -EEXIST if it is something else, -EBUSY if somebody writes there. */
int tape_place_open(const char *path, bool replace, bool *fresh);

/* Say why not: error is what tape_place_open has returned. */
void tape_place_refuse(struct diag *diag, const char *path, int error);

#endif
