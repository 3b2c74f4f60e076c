/*
 * progress.h -- what a student has done so far.
 *
 * A readable file, one line a lesson:
 *
 *     hog done at=9 predict=b,?,- on=2026-11-26,2026-11-27,- modify=solved
 *     tries=2 hints=1
 *
 * Letters are choices, ? is "I don't know", - is not answered; then come the
 * dates of the answers. It is replaced
 * as a whole, so that it survives whatever happens while it is written; lines
 * this version does not know are kept. Two programs may write it: each
 * replaces only the lessons it has changed. One thread at a time.
 */
#ifndef CONCVIZ_LESSONS_SESSION_PROGRESS_H
#define CONCVIZ_LESSONS_SESSION_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "lessons/session/lesson_run.h"

struct catalog;
struct diag;
struct progress;

enum {
    PROGRESS_ANSWERS_MAX = 32,
    PROGRESS_DATE_BYTES = 11, /* "2026-11-27" */
    PROGRESS_BYTES_MAX = 1024 * 1024
};

struct progress_entry {
    char id[41];
    bool done;
    int at; /* position to go on at, from 1; 0: from the start */
    int choice[PROGRESS_ANSWERS_MAX]; /* index or CHOICE_NONE, _UNKNOWN */
    char date[PROGRESS_ANSWERS_MAX][PROGRESS_DATE_BYTES]; /* of it, or "" */
    size_t choice_count;
    enum modify_state modify;
    int tries, hints;
    bool changed; /* since it was read: will be written */
    bool removed; /* by reset */
};

/*
 * Read the file at path, or the one in $XDG_STATE_HOME (~/.local/state) if
 * path is NULL. Never fails: what cannot be read counts as nothing done, and
 * diag, if it is a real problem, gets a message (else diag->message is "").
 */
struct progress *progress_load(const char *path, struct diag *diag);
void progress_free(struct progress *progress);

size_t progress_count(const struct progress *progress);
const struct progress_entry *progress_at(const struct progress *progress,
                                         size_t index);

/* The entry of a lesson, or NULL. */
const struct progress_entry *progress_find(const struct progress *progress,
                                           const char *id);

/* Note where the student is in a lesson. A lesson once done stays done. */
void progress_note(struct progress *progress, const char *id,
                   const struct lesson_run *run, bool done);

/* Take a lesson up again where the entry says. */
void progress_resume(const struct progress_entry *entry,
                     struct lesson_run *run);

/* Index of the lesson to go on with: the first that was begun and not done,
 * else the first that was not done; -1 if all are done. */
int progress_next(const struct progress *progress,
                  const struct catalog *catalog);

/* Forget a lesson, or all with id "all". Returns whether there was one. */
bool progress_reset(struct progress *progress, const char *id);

/*
 * Write what has changed. Returns false with diag filled if it cannot be
 * written; the next failures are silent and return true: a full disk is told
 * once and stops nobody.
 */
bool progress_save(struct progress *progress, struct diag *diag);

#endif
