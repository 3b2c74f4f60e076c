/*
 * progress.c -- what a student has done, kept from one session to the next.
 *
 * Notes are merged, never overwritten: a lesson that was done once stays done,
 * and the best result of its exercise counts.
 */
#include "lessons/session/progress.h"

#include <string.h>
#include <time.h>

#include "lessons/catalog.h"
#include "lessons/session/progress_file.h"
#include "sched/base/diag.h"

size_t progress_count(const struct progress *progress)
{
    return progress->count;
}

const struct progress_entry *progress_at(const struct progress *progress,
                                         size_t index)
{
    return &progress->entry[index];
}

const struct progress_entry *progress_find(const struct progress *progress,
                                           const char *id)
{
    for (size_t i = 0; i < progress->count; i++)
        if (!progress->entry[i].removed &&
            strcmp(progress->entry[i].id, id) == 0)
            return &progress->entry[i];
    return NULL;
}

/* Today, where the student is. */
static void write_date(char date[PROGRESS_DATE_BYTES])
{
    time_t now = time(NULL);
    struct tm local;

    if (!localtime_r(&now, &local) ||
        strftime(date, PROGRESS_DATE_BYTES, "%Y-%m-%d", &local) == 0)
        date[0] = '\0';
}

/* New answers replace old ones; a question not answered this time keeps its
 * old answer. */
static void note_choices(struct progress_entry *entry,
                         const struct lesson_run *run)
{
    int choice[PROGRESS_ANSWERS_MAX];
    size_t count = lesson_run_answers(run, choice, PROGRESS_ANSWERS_MAX);

    if (count > PROGRESS_ANSWERS_MAX)
        count = PROGRESS_ANSWERS_MAX;
    for (size_t i = 0; i < count; i++) {
        int before = i < entry->choice_count ? entry->choice[i] : CHOICE_NONE;

        entry->choice[i] = choice[i] != CHOICE_NONE ? choice[i] : before;
        if (entry->choice[i] != before)
            write_date(entry->date[i]);
    }
    entry->choice_count = count;
}

void progress_note(struct progress *progress, const char *id,
                   const struct lesson_run *run, bool done)
{
    struct progress_entry *entry = progress_file_get(progress, id);
    enum modify_state modify;
    int tries, hints;

    entry->removed = false;
    entry->changed = true;
    entry->done |= done;
    entry->at = done ? 0 : lesson_run_position(run);
    note_choices(entry, run);
    modify = lesson_run_modify(run, &tries, &hints);
    if (modify > entry->modify)
        entry->modify = modify;
    entry->tries = tries > entry->tries ? tries : entry->tries;
    entry->hints = hints > entry->hints ? hints : entry->hints;
}

void progress_resume(const struct progress_entry *entry, struct lesson_run *run)
{
    if (entry->at > 0)
        lesson_run_resume(run, entry->at);
    for (size_t i = 0; i < entry->choice_count && entry->at > 0; i++)
        lesson_run_recall(run, i, entry->choice[i]);
}

int progress_next(const struct progress *progress,
                  const struct catalog *catalog)
{
    int next = -1;

    for (size_t i = 0; i < catalog_count(catalog); i++) {
        const struct progress_entry *entry = progress_find(
            progress, catalog_lesson(catalog, i)->id);

        if (entry && !entry->done)
            return (int)i;
        if (!entry && next < 0)
            next = (int)i;
    }
    return next;
}

bool progress_reset(struct progress *progress, const char *id)
{
    bool all = strcmp(id, "all") == 0, found = false;

    for (size_t i = 0; i < progress->count; i++) {
        struct progress_entry *entry = &progress->entry[i];
        struct progress_entry empty = { .changed = true, .removed = true };

        if (entry->removed || (!all && strcmp(entry->id, id) != 0))
            continue;
        memcpy(empty.id, entry->id, sizeof empty.id);
        *entry = empty;
        found = true;
    }
    return found;
}

bool progress_save(struct progress *progress, struct diag *diag)
{
    if (progress_file_update(progress, diag)) {
        for (size_t i = 0; i < progress->count; i++)
            progress->entry[i].changed = false;
        return true;
    }
    if (progress->told)
        return true;
    progress->told = true;
    return false;
}
