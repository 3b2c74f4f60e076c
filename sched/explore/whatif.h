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
 * Two ceilings hold for every N: T(N) >= work / N, and T(N) >= span (the work
 * law and the span law; Blumofe and Leiserson, Scheduling Multithreaded
 * Computations by Work Stealing, JACM 46/5, 1999; Brent 1974 for the idea). As
 * speed-ups: N * T(1) / work and T(1) / span. Where tasks also sleep, T(1) is
 * more than the work, so the first one may lie above N.
 *
 * Amdahl's curve is 1 / (s + (1 - s) / N) (Amdahl, AFIPS 1967), with the serial
 * part s = span / T(1): the share of the time on one machine that no number of
 * machines takes away. It is what would be measured if the rest could be cut
 * into any number of equal pieces after the serial part. It meets the span's
 * ceiling for many machines; between, a workload can be better or worse.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_WHATIF_H
#define CONCVIZ_SCHED_EXPLORE_WHATIF_H

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
    double ceiling;             /* the smaller of both laws */
    double amdahl;
};

struct whatif {
    const char *mode; /* "parallel" */
    struct whatif_point *point;
    size_t count;
    int64_t one_ns;  /* makespan on one machine, or -1 */
    int64_t work_ns; /* of all tasks */
    int64_t span_ns; /* or -1 */
    double serial;   /* s, 0 ... 1; -1 where unknown */
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

/* The speed-up that Amdahl's law gives for a serial part (0 ... 1). */
double whatif_amdahl(double serial, int machines);

#endif
