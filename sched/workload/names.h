/*
 * names.h -- every name of a workload under a number.
 *
 * A name may be used before the line that declares it, so the parser gives
 * each a number when it first meets it and learns later what it stands for.
 * One thread at a time.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_NAMES_H
#define CONCVIZ_SCHED_WORKLOAD_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum name_kind {
    NAME_UNDECLARED,
    NAME_TASK,
    NAME_GENERATOR,
    NAME_SHARED,
    NAME_CHANNEL,
    NAME_BARRIER,
    NAME_SEMAPHORE,
    NAME_CONDITION,
    NAME_RWLOCK,
    NAME_LOCK, /* locks are never declared and have names of their own */
};

struct name {
    const char *text; /* borrowed from the arena */
    uint32_t hash;
    enum name_kind kind;
    int index;        /* among those of its kind, of the first if … */
    int elements;     /* … it is an array; else 0 */
    int line, column; /* where it is declared, or met first */
    bool inherits;    /* a lock: its owner inherits priority */
};

struct names {
    struct name *entry;
    size_t count, capacity;
    int *slot; /* number + 1, or 0 */
    size_t slot_count;
    uint64_t multiplier;
};

struct arena;

/* Make an empty table; release it, but not the texts (see the arena). */
void names_init(struct names *names);
void names_fini(struct names *names);

/* The number of a name, a new one if it was never met. */
int names_number(struct names *names, struct arena *arena, const char *text,
                 size_t length);

/* The name called text, or NULL. */
const struct name *names_find(const struct names *names, const char *text);

/* The name of that kind nearest to text, or NULL. */
const char *names_nearest(const struct names *names, const char *text,
                          enum name_kind kind);

/* How messages speak of a kind that is declared. */
struct name_kind_words {
    const char *word;    /* "task", to be translated */
    const char *title;   /* "a task", to be translated */
    const char *example; /* a line that declares one */
};
const struct name_kind_words *names_kind_words(enum name_kind kind);

#endif
