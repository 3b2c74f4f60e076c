/*
 * program_preload.h -- what loads the library that makes coroutines of threads
 * into a program (sched/preload).
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_PRELOAD_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_PRELOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/base/strbuf.h"

struct diag;
struct program_file;

struct program_preload {
    const struct program_file *file; /* borrowed */
    struct strbuf library, told, language, board;
    const char *entry[5];
};

/* Find the library. language is LANGUAGE as it was before ours, or NULL. Returns false with diag filled if there is none, or one
 * that cannot be loaded; then there is nothing to free. */
bool program_preload_init(struct program_preload *preload,
                          const struct program_file *file, const char *language,
                          struct diag *diag);
void program_preload_fini(struct program_preload *preload);

/* The run is directed by this board (program_schedule.h), a descriptor. */
void program_preload_board(struct program_preload *preload, int fd);

/* What is to be changed in the program's environment, as in program_child.h;
 * until the next call. seed is that of a line in random order, or NULL. */
const char *const *program_preload_tell(struct program_preload *preload,
                                        const char *mode, const uint64_t *seed);

#endif
