/*
 * progress_file.h -- the file behind progress.h.
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

/* The entry of a lesson, made if there is none. */
struct progress_entry *progress_get(struct progress *progress, const char *id);

/* Replace the file. Returns false with diag filled. */
bool progress_write(const struct progress *progress, struct diag *diag);

/* "b,?,-" with a separator of choice; "solved". */
void progress_print_choices(const struct progress_entry *entry, char separator,
                            struct strbuf *out);
const char *progress_modify_word(enum modify_state state);

#endif
