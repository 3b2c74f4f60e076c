/*
 * burner.h -- honest work for the processor.
 *
 * `cpu 30` is a fixed number of iterations of a loop that lives in registers,
 * never "spin until the clock says so": the same work in every mode, however
 * often it is interrupted. How many iterations make a millisecond is measured
 * once (burner_calibrate); from then on work is counted, not timed. What the
 * loop computed stays in the burner, so a test can do the same iterations in
 * plain C and see that none was skipped.
 *
 * A burner belongs to one task; at most one thread uses it at a time.
 */
#ifndef CONCVIZ_SCHED_CPU_BURNER_H
#define CONCVIZ_SCHED_CPU_BURNER_H

#include <stdbool.h>
#include <stdint.h>

struct burner {
    int64_t iterations_per_ms;
    uint64_t state; /* what all iterations so far have made; never 0 */
    int64_t total;  /* iterations since burner_init */
    int64_t goal;   /* iterations of the work under way */
    int64_t left;   /* of these, still to do */
    int64_t asked_ns, told_ns;
};

/* Asked between two chunks of work, every 60 us or so: stop now? */
typedef bool burner_stop(void *context);

/* Prepare the burner of one task; seed may be any number, 0 too. */
void burner_init(struct burner *burner, int64_t iterations_per_ms,
                 uint64_t seed);

/* The first state of a burner with this seed. */
uint64_t burner_first_state(uint64_t seed);

/* Give the burner ns of work to do (STEP_FOREVER: without end). */
void burner_begin(struct burner *burner, int64_t ns);

/*
 * Work until all is done or stop (may be NULL) returns true; stop is not asked
 * when the work is complete. Returns true when nothing is left. Call it again
 * to go on: the rest is kept in iterations, so nothing is lost or done twice.
 */
bool burner_run(struct burner *burner, burner_stop *stop, void *context);

/*
 * Return the ns of work done since burner_begin or the last call; these add
 * up to exactly what was asked once nothing is left.
 */
int64_t burner_worked_ns(struct burner *burner);

/* Do iterations (0 or more) of the loop, starting from state (not 0). Returns
 * the new state. Any thread. */
uint64_t burner_spin(uint64_t state, int64_t iterations);

/*
 * Measure the iterations the calling thread does in a millisecond of its own
 * processor time: the best of many short bursts after a warm-up. Costs about
 * 40 ms of processor time. At least 1.
 */
int64_t burner_calibrate(void);

#endif
