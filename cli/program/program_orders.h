/*
 * program_orders.h -- somebody else's program, run again and again, each time in
 * the order it is told. Main thread.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_ORDERS_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_ORDERS_H

#include <stdbool.h>
#include <stdint.h>

struct diag;
struct explore_subject;
struct program_file;
struct program_orders;
struct program_progress;

/* What to run. All is borrowed while there are orders. */
struct program_ordered {
    const struct program_file *file;
    const char *const *command; /* ends with NULL */
    const char *input; /* file that is its standard input; NULL: an empty one */
    int64_t limit_ns;  /* of a run; 0: some seconds */
    const char *language; /* LANGUAGE as it was before ours, or NULL */
};

/* What is known of its runs. */
struct program_usual {
    int status;          /* exit status in the usual order; -1: none */
    bool output_differs; /* even of runs of one order, so it says nothing */
    bool accesses;       /* threads can be stopped at accesses, too */
    int64_t run_ns;      /* a usual run takes so long */
    int64_t limit_ns;    /* then it is said to hang */
    int64_t departed;    /* runs that did not go as they were told */
};

/* Bring it to where main begins, and run it a few times in the usual order.
 * Returns NULL with diag filled if that cannot be. */
struct program_orders *program_orders_start(
    const struct program_ordered *ordered, struct diag *diag);
void program_orders_free(struct program_orders *orders);

/* For explore_program; meanwhile progress, which is borrowed, is shown, and says
 * whether the search is to end. */
struct explore_subject *program_orders_subject(
    struct program_orders *orders, struct program_progress *progress);

const struct program_usual *program_orders_usual(
    const struct program_orders *orders);

#endif
