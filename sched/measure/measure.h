/*
 * measure.h -- what the engine costs on this machine.
 *
 * `concviz bench` and `make bench` print the same figures; the second one
 * compares them with other libraries, each as one more struct measure. A
 * measurement is taken several times, and all of them in turn, so that a
 * machine that is slow for a while is slow for all of them. The least is what
 * the thing costs; the rest is what the machine did meanwhile.
 */
#ifndef CONCVIZ_SCHED_MEASURE_MEASURE_H
#define CONCVIZ_SCHED_MEASURE_MEASURE_H

#include <stddef.h>
#include <stdint.h>

struct measure {
    const char *key;  /* "switch": stable, for files */
    const char *name; /* for people, marked with N_() */
    const char *unit; /* "ns", "us", "ms", or "bytes" */
    int64_t per;      /* how often the thing is done in one go */
    /* Do it; returns nanoseconds or bytes in all, or a negative errno value
     * when the system refuses something. */
    int64_t (*once)(void);
};

/* One thing beside another: two keys. */
struct measure_ratio {
    const char *name; /* marked with N_() */
    const char *key, *to;
    double aim; /* at most; 0: none */
};

enum {
    MEASURE_ROUNDS_MAX = 31
};

/* In units, for doing the thing once. rounds is 0 where nothing could be
 * measured. */
struct measured {
    double least, median, most;
    int rounds;
    int repeated; /* times it was interrupted and done again */
};

/* Everything that needs no foreign library; ends with key NULL. */
extern const struct measure measure_table[];
extern const struct measure_ratio measure_ratios[]; /* ends with name NULL */

struct strbuf;

/* Append which computer this is, in a few words: processor, cores, system. */
void measure_machine(struct strbuf *out);

/*
 * Take count measures, rounds (1 to MEASURE_ROUNDS_MAX) times each, in turn.
 * Fills result[count]. A measure that fails once is left out from then on; one
 * during which others got the core is repeated, a few times at most.
 */
void measure_take(const struct measure *measure, size_t count, int rounds,
                  struct measured *result);

/*
 * Find the quotient of the least two things take, by their keys. Returns 0 if
 * one of them is not in the table or was not measured.
 */
double measure_quotient(const struct measure *measure, size_t count,
                        const struct measured *result,
                        const struct measure_ratio *ratio);

/*
 * Let this many coroutines begin and stop. Returns the bytes they hold then,
 * their share of the kernel's tables included, or a negative errno value.
 */
int64_t measure_memory_of(int coroutines);

#endif
