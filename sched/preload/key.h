/*
 * key.h -- thread-specific data (pthread_key_create and its like).
 */
#ifndef CONCVIZ_SCHED_PRELOAD_KEY_H
#define CONCVIZ_SCHED_PRELOAD_KEY_H

struct fiber;

/* Call the destructors of what the running fiber has stored, as often as POSIX
 * says, and give the memory back. */
void key_destroy_values(struct fiber *running);

#endif
