/*
 * hog.h -- noticing a thread that keeps the turn.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_HOG_H
#define CONCVIZ_SCHED_PRELOAD_HOG_H

/* From now on: who computes for two seconds while others wait is told, once. */
void hog_watch(void);

#endif
