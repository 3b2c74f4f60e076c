/*
 * checkup.h -- what this computer can do right now, measured.
 *
 * Everything `concviz doctor` says about the system besides cores
 * (cores.h) and the terminal. Takes about a fifth of a second.
 */
#ifndef CONCVIZ_SCHED_CPU_CHECKUP_H
#define CONCVIZ_SCHED_CPU_CHECKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cores;

struct checkup {
    int64_t iterations_per_ms;  /* of the burner */
    int64_t calibration_age_s;  /* -1: it was measured now */
    int64_t late_ns, latest_ns; /* of 1 ms sleeps: the median, the worst */
    int64_t clock_ns;           /* what one look at the clock costs */
    int64_t clock_step_ns;      /* its resolution */
    char clock_source[32];      /* "tsc"; "" if the system does not tell */
    bool light_guards;          /* stack.h: stack_guards */
    size_t guards_most;         /* 0: as many as there is memory for */
    int64_t threads_most;       /* of all this user's processes; -1: unknown */
    const char *threads_limit;  /* what sets it: a static word */
    double stretch;             /* 1: cores were free; 2: half of a core */
    int others;                 /* cores_others */
};

/* Look at everything. cores says which ones to try. */
void checkup_make(struct checkup *checkup, const struct cores *cores);

/*
 * Let a thread compute for about ms on each of the usable cores at the same
 * instant, and compare the time that passed with the processor time they got:
 * the worst quotient, 1 or a little more where nobody else computes. 0 if no
 * thread could be made.
 */
double checkup_stretch(const struct cores *cores, int ms);

/*
 * Does somebody else want the cores that count machines are about to need? Only
 * looks at what the kernel says (proc as for cores_init), for some
 * milliseconds. Returns how many others there are, 0 if there is room for all.
 */
int checkup_busy(int count, const char *proc);

#endif
