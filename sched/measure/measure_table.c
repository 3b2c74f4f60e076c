/*
 * measure_table.c -- what is measured, and what is put beside what.
 */
#include <stddef.h>

#include "sched/base/i18n.h"
#include "sched/measure/measure.h"
#include "sched/measure/measure_internal.h"

const struct measure measure_table[] = {
    { "context", N_("switch of stacks (context_switch)"), "ns",
      MEASURE_SWITCHES, measure_context },
    { "ucontext", N_("the same with the C library's swapcontext"), "ns",
      MEASURE_SWITCHES, measure_ucontext },
    { "coroutine", N_("switch from coroutine to coroutine"), "ns",
      MEASURE_SWITCHES, measure_coroutine },
    { "create", N_("make, run and free a coroutine"), "ns", MEASURE_TASKS,
      measure_create },
    { "memory", N_("an idle coroutine, of 100,000"), N_("bytes"), MEASURE_TASKS,
      measure_memory },
    { "yield", N_("yield through the line, no trace"), "ns", MEASURE_YIELDS,
      measure_yield },
    { "yield-crowd", N_("the same among 1,000 tasks"), "ns", MEASURE_YIELDS,
      measure_yield_crowd },
    { "yield-traced", N_("yield through the line, three events"), "ns",
      MEASURE_YIELDS_TRACED, measure_yield_traced },
    { "clock", N_("read the clock"), "ns", MEASURE_EVENTS, measure_clock },
    { "event", N_("read the clock and write an event"), "ns", MEASURE_EVENTS,
      measure_event },
    { "event-new", N_("the same where memory must be found first"), "ns",
      MEASURE_EVENTS, measure_event_new },
    { "model", N_("an event of the model"), "ns", MEASURE_MODEL_EVENTS,
      measure_model },
    { "condition", N_("hand over between two bare threads"), "ns",
      MEASURE_HAND_OVERS, measure_hand_over_bare },
    { "thread", N_("yield of threads"), "ns", MEASURE_HAND_OVERS,
      measure_hand_over },
    { "observed", N_("the same, each switch observed by the kernel"), "ns",
      MEASURE_HAND_OVERS, measure_hand_over_observed },
    { "late", N_("how late a sleep of 1 ms ends, half the time"), "us", 1,
      measure_late },
    { "late-worst", N_("the same, one time in fifty"), "us", 1,
      measure_late_worst },
    { NULL, NULL, NULL, 0, NULL },
};

const struct measure_ratio measure_ratios[] = {
    { N_("switch of stacks / swapcontext"), "context", "ucontext", 0 },
    { N_("yield through the line / swapcontext"), "yield", "ucontext", 0.05 },
    { N_("event with its clock / clock alone"), "event", "clock", 1.3 },
    { N_("event in new memory / clock alone"), "event-new", "clock", 1.3 },
    { N_("yield of threads / bare threads"), "thread", "condition", 1.2 },
    { NULL, NULL, NULL, 0 },
};
