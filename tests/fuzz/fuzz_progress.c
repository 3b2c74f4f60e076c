/*
 * fuzz_progress.c -- any bytes are what a student has done so far, or count as
 * nothing done; what was read is within its bounds, and is written and read again
 * as it was, but for the lesson that was forgotten.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lessons/session/progress.h"
#include "sched/base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int condition)
{
    if (!condition)
        abort();
}

static void look_at(const struct progress_entry *entry)
{
    demand(memchr(entry->id, '\0', sizeof entry->id) != NULL);
    demand(entry->choice_count <= PROGRESS_ANSWERS_MAX);
    demand(entry->at >= 0 && entry->tries >= 0 && entry->hints >= 0);
    for (size_t i = 0; i < entry->choice_count; i++)
        demand(memchr(entry->date[i], '\0', PROGRESS_DATE_BYTES) != NULL);
}

/* The first is forgotten; all others are there afterwards. */
static void forget_one(const char *path, struct progress *progress)
{
    struct diag diag = { .message = "" };
    char id[sizeof progress_at(progress, 0)->id];
    struct progress *again;

    strcpy(id, progress_at(progress, 0)->id);
    demand(progress_reset(progress, id) && progress_save(progress, &diag));
    again = progress_load(path, &diag);
    demand(!progress_find(again, id));
    for (size_t i = 0; i < progress_count(progress); i++) {
        const struct progress_entry *was = progress_at(progress, i), *is;

        is = progress_find(again, was->id);
        demand(was->removed == (is == NULL));
        demand(!is || (is->done == was->done && is->at == was->at &&
                       is->choice_count == was->choice_count));
    }
    progress_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/concviz-fuzz-XXXXXX";
    struct diag diag = { .message = "" };
    int fd = mkstemp(path);
    struct progress *progress;

    demand(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    close(fd);
    progress = progress_load(path, &diag);
    for (size_t i = 0; i < progress_count(progress); i++)
        look_at(progress_at(progress, i));
    if (progress_count(progress) > 0)
        forget_one(path, progress);
    progress_free(progress);
    unlink(path);
    return 0;
}
