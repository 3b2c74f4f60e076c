/*
 * gate.h -- the one way in which a person reaches into a run.
 *
 * Two things go through it: "stop now", and, with --policy pick, the choice
 * of who is next. Written by cli, read by executors. Any thread.
 */
#ifndef CONCVIZ_SCHED_RUN_GATE_H
#define CONCVIZ_SCHED_RUN_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gate;

struct gate *gate_new(void);
void gate_free(struct gate *gate);

/* Ask the run to end as soon as it can. */
void gate_stop(struct gate *gate);
bool gate_stopped(const struct gate *gate);

/*
 * A descriptor that becomes readable when the run is stopped, for executors
 * that wait in poll; -1 if the system had none left. Never read from it.
 */
int gate_fd(const struct gate *gate);

/*
 * For executors: wait until somebody picks one of the candidates. Returns an
 * index into candidate[], or -1 when the run was stopped, and stores how long
 * that took in *waited_ns.
 */
int gate_ask(struct gate *gate, const int *candidate, size_t count,
             int64_t *waited_ns);

/*
 * For cli: the tasks that may be picked now (up to max are copied); returns
 * how many there are, 0 when nothing is being asked. And the answer.
 */
size_t gate_question(struct gate *gate, int *candidate, size_t max);
void gate_answer(struct gate *gate, size_t index);

#endif
