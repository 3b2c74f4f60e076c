/*
 * progress_file.h -- reading and writing the file of progress.h.
 */
#ifndef CONCVIZ_LESSONS_SESSION_PROGRESS_FILE_H
#define CONCVIZ_LESSONS_SESSION_PROGRESS_FILE_H

#include "lessons/session/progress.h"
#include "sched/base/strbuf.h"

struct progress {
    char *path; /* "": there is no home */
    struct progress_entry *entry;
    size_t count, capacity;
    struct strbuf unknown; /* lines to keep */
    bool ours;             /* it begins as the files that we write */
    bool told;             /* that it cannot be written */
};

/* The entry of a lesson, created if there is none; valid until the next one
 * is created. Entries removed by a reset are found, too. */
struct progress_entry *progress_file_get(struct progress *progress,
                                         const char *id);

/* Put what was changed into the file. Returns false with diag filled. */
bool progress_file_update(const struct progress *progress, struct diag *diag);

/* "open", "tried", "seen" or "solved". */
const char *progress_file_modify_word(enum modify_state state);

#endif
