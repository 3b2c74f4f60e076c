/*
  * embed.h -- files that are part of the program (embed.sh makes the arrays).
 */
#ifndef CONCVIZ_SCHED_BASE_EMBED_H
#define CONCVIZ_SCHED_BASE_EMBED_H

#include <stddef.h>

struct embedded {
    const char *name; /* the file's name without folders */
    const char *text; /* NUL-terminated */
    size_t length;
};

/* All end with a NULL name. */
extern const struct embedded embedded_workloads[];
extern const struct embedded embedded_programs[];
extern const struct embedded embedded_lessons[];

#endif
