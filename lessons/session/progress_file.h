/*
 * progress_file.h -- reading and writing the file of progress.h.
 */
#ifndef CONCVIZ_LESSONS_SESSION_PROGRESS_FILE_H
#define CONCVIZ_LESSONS_SESSION_PROGRESS_FILE_H

#include "lessons/session/progress.h"

struct progress {
    char *path; /* "": there is no home */
    struct progress_entry *entry;
    size_t count, capacity;
    char **unknown; /* lines to keep */
    size_t unknown_count, unknown_capacity;
    bool told; /* that it cannot be written */
};

/* The entry of a lesson, created if there is none; valid until the next one
 * is created. Entries removed by a reset are found, too. */
struct progress_entry *progress_file_get(struct progress *progress,
                                         const char *id);

/* Replace the file. Returns false with diag filled. */
bool progress_file_write(const struct progress *progress, struct diag *diag);

/* Append the answers as the file has them, "b,?,-", with this separator. */
void progress_file_choices(const struct progress_entry *entry, char separator,
                           struct strbuf *out);

/* "open", "tried", "seen" or "solved". */
const char *progress_file_modify_word(enum modify_state state);

#endif
