/*
 * lesson_plan.h -- from what a lesson wants to be run to a run.
 */
#ifndef CONCVIZ_CLI_LESSON_LESSON_PLAN_H
#define CONCVIZ_CLI_LESSON_LESSON_PLAN_H

#include "lessons/session/ideal.h"

struct history;
struct lesson_settings;
struct metrics;
struct options;
struct run_plan;
struct runner;
struct workload;

/*
 * Plan workload under settings, which are complete. It is a real run unless
 * options, the settings or too few cores ask for the model; a note says why, or
 * that others are using the cores.
 */
void lesson_plan(struct run_plan *plan, const struct workload *workload,
                 const struct lesson_settings *settings,
                 const struct options *options, int usable);

/* Run workload in the model. Returns the run, which has ended, or NULL with
 * diag filled, also if it does not end within a few seconds. */
struct runner *lesson_plan_model(const struct workload *workload,
                                 const struct lesson_settings *settings,
                                 struct diag *diag);

/* Runs what lessons/ wants to know, in the model. Its context is not used. */
extern const struct lesson_runner lesson_plan_runner;

#endif
