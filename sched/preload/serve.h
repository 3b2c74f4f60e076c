/*
 * serve.h -- one run after the other, from where main begins.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_SERVE_H
#define CONCVIZ_SCHED_PRELOAD_SERVE_H

/* If a search wants runs: make them, and return in each of them; the process
 * itself stays in here until the search is over. */
void serve(void);

#endif
