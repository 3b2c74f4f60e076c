/*
 * whatif.h -- the same workload on 1, 2, 3, ... machines of the model.
 *
 * What is computed is plain data, for whoever wants to draw it.
 *
 *   work     all cpu time tasks ask for
 *   span     the makespan with as many machines as tasks: what is left when
 *            nobody ever waits for a machine
 *   speed-up T(1) / T(N), of makespans; efficiency is speed-up / N
 *
 * The work law holds for every N: T(N) >= work / N. The span law, T(N) >= span,
 * holds where it is settled who waits for whom (Blumofe and Leiserson,
 * Scheduling Multithreaded Computations by Work Stealing, JACM 46/5, 1999;
 * Brent 1974 for the idea); where tasks compete for a lock, fewer machines can
 * be faster. As speed-ups these are ceilings: N * T(1) / work and T(1) / span.
 * Where tasks also sleep, T(1) is more than the work, so the first one may lie
 * above N.
 *
 * Amdahl's curve is 1 / (s + (1 - s) / N) (Amdahl, AFIPS 1967). The serial part
 * s is the time in which exactly one machine can be used though there are as
 * many as tasks, as a share of T(1). It is what would be measured if the rest
 * could be cut into any number of equal pieces, and if nobody else computed
 * during the serial part; a workload can be worse, and where others do compute
 * meanwhile it can be better.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_WHATIF_H
#define CONCVIZ_SCHED_EXPLORE_WHATIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/run/executor.h"

enum {
    WHATIF_MACHINES_MAX = 1000
};

/* One number of machines. Times are -1 where the run did not finish. */
struct whatif_point {
    int machines;
    enum outcome outcome;
    int64_t makespan_ns;
    double speedup, efficiency; /* 0 where unknown */
    double ceiling;             /* whatif_ceiling */
    double amdahl;
};

struct whatif {
    const char *mode; /* "parallel" */
    struct whatif_point *point;
    size_t count;
    int64_t one_ns;     /* makespan on one machine, or -1 */
    int64_t work_ns;    /* of all tasks */
    int64_t span_ns;    /* or -1 */
    bool span_is_bound; /* the span law holds */
    double serial;      /* s, 0 ... 1; -1 where unknown */
};

/*
 * Compute first ... last machines (1 ... WHATIF_MACHINES_MAX) with the other
 * options as given; one machine and the span are computed in any case. Returns
 * 0, or the negative errno value of a run, with diag filled. Free what was
 * filled with whatif_fini in both cases. Takes no longer than the model does;
 * options->gate may stop it (-ECANCELED).
 */
int whatif_compute(struct whatif *whatif, const struct executor *executor,
                   const struct workload *workload,
                   const struct run_options *options, int first, int last,
                   struct diag *diag);
void whatif_fini(struct whatif *whatif);

/* What Amdahl's law gives for so many machines, also in between. serial must be
 * known. */
double whatif_amdahl(const struct whatif *whatif, double machines);

/* No speed-up on so many machines (also in between) can be higher; 0 where
 * nothing is known. span_ns must be known. */
double whatif_ceiling(const struct whatif *whatif, double machines);

#endif
