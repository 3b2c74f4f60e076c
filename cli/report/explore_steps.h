/*
 * explore_steps.h -- the steps of a run that others can notice, for who wants to
 * know how it came to something. Main thread.
 */
#ifndef CONCVIZ_CLI_REPORT_EXPLORE_STEPS_H
#define CONCVIZ_CLI_REPORT_EXPLORE_STEPS_H

#include <stddef.h>

struct history;
struct strbuf;
struct trace;

/* A step that others can notice, or somebody who had to wait or was stopped. */
struct explore_step {
    size_t event; /* its index in the trace */
    int line;     /* of the file; 0: none */
};

/* Those among the first events of a trace; *count of them. Free it. */
struct explore_step *explore_steps_find(const struct trace *trace,
                                        size_t events, size_t *count);

/* Of most steps that there is room for the first one to show: they are the last,
 * unless an update is lost before. */
size_t explore_steps_first(const struct history *history,
                           const struct explore_step *step, size_t count,
                           size_t most);

/* Append one, without who did it; tell: with its line. */
void explore_steps_say(struct strbuf *out, const struct history *history,
                       const struct explore_step *step);
void explore_steps_tell(struct strbuf *out, const struct history *history,
                        const struct explore_step *step);

#endif
