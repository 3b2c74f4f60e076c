/*
 * program_verdict.h -- was a run of somebody else's program a bad one?
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_VERDICT_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/base/strbuf.h"

struct explore_outcome;

enum {
    PROGRAM_OUTPUT_MAX = 16 << 20 /* bytes; a run that writes more is ended */
};

/* How a run ended. */
struct program_ending {
    int status;       /* as in waitpid */
    int64_t limit_ns; /* that it was given */
    bool hangs;       /* it was ended by us */
    bool deadlock;    /* the library says so, … */
    uint64_t stuck;   /* … and who waits for what */
    uint64_t race;    /* of which variable a data race was seen; 0: none … */
    char race_text[512]; /* … and what the library says of it */
    const struct strbuf *output, *errors; /* what it wrote */
};

/* What it is compared with: the first run that came to an end of its own. */
struct program_verdict {
    int status;          /* its exit status; -1: there was none yet */
    bool output_differs; /* without reason: not compared */
    struct strbuf output;
    struct strbuf text; /* of the last bad run */
};

void program_verdict_init(struct program_verdict *verdict);
void program_verdict_fini(struct program_verdict *verdict);

/* Fills kind, what and text of outcome if it was a bad one, which it returns. */
bool program_verdict(struct program_verdict *verdict,
                     const struct program_ending *ending,
                     struct explore_outcome *outcome);

#endif
