/*
 * schedule.h -- one interleaving of a workload, as a short code.
 *
 * A schedule lists the decisions (decision_source.h) in which a run departs
 * from what happens anyway. Its code is text that a person can copy: it knows
 * which workload it belongs to, and a typing mistake is noticed.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_SCHEDULE_H
#define CONCVIZ_SCHED_SCHEDULER_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/scheduler/decision_source.h"

struct diag;
struct run_options;
struct strbuf;
struct workload;

enum {
    SCHEDULE_DEPARTURES_MAX = 100000
};

/* What a code remembers of somebody else's program: what it consists of, and
 * what it was given. 24 and 16 bits of each count. */
struct schedule_program {
    uint32_t code, input;
};

/* In decision number at (from 0) the answer is choice, not 0. */
struct departure {
    uint32_t at, choice;
};

struct schedule {
    bool preemptive;             /* tasks can be stopped between two steps */
    uint32_t workload;           /* schedule_hash; of a program: its code */
    bool program;                /* somebody else's, not a workload */
    uint32_t input;              /* then: what it was given */
    struct departure *departure; /* ascending */
    size_t count, room;
};

void schedule_init(struct schedule *schedule, const struct workload *workload,
                   bool preemptive);
/* The same of somebody else's program, which can be stopped. */
void schedule_init_program(struct schedule *schedule,
                           const struct schedule_program *program);
void schedule_fini(struct schedule *schedule);
void schedule_add(struct schedule *schedule, uint32_t at, uint32_t choice);

/* What a code remembers of a workload: 24 bits over its canonical text, so
 * comments and spaces do not matter. */
uint32_t schedule_hash(const struct workload *workload);

/* For schedule_program: a number for so many bytes, mixed into hash. */
uint64_t schedule_mix(uint64_t hash, const void *bytes, size_t count);

/* Append the code: letters and digits, none easily taken for another. */
void schedule_encode(struct strbuf *code, const struct schedule *schedule);

/*
 * Read a code for workload into schedule (which needs no init; schedule_fini
 * afterwards). Returns false with diag filled when it is no code, mistyped, or
 * of another workload; then there is nothing to free.
 */
bool schedule_decode(struct schedule *schedule, const char *code,
                     const struct workload *workload, struct diag *diag);

/* The same, for a program. */
bool schedule_decode_program(struct schedule *schedule, const char *code,
                             const struct schedule_program *program,
                             const char *name, struct diag *diag);

/* A decision source that follows a schedule, which is borrowed. */
struct schedule_reader {
    struct decision_source source;
    const struct schedule *schedule;
    size_t next;
    uint32_t at;
};
void schedule_reader_init(struct schedule_reader *reader,
                          const struct schedule *schedule);

/* Set what a schedule fixes: one machine, one queue, and nothing but its
 * decisions says who is next. schedule is borrowed. */
void schedule_apply(struct run_options *options,
                    const struct schedule *schedule);

/* The traits of a run that follows options->schedule. */
unsigned schedule_traits(const struct schedule *schedule);

#endif
