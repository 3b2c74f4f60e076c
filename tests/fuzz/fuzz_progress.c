/*
 * fuzz_progress.c -- any bytes are what a student has done so far, or count as
 * nothing done; what was read is within its bounds, and is written and read again
 * as it was, but for the lesson that was forgotten.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lessons/session/progress.h"
#include "sched/base/diag.h"
#include "tests/fuzz/target.h"

static void look_at(const struct progress_entry *entry)
{
    target_demand(memchr(entry->id, '\0', sizeof entry->id) != NULL);
    target_demand(entry->choice_count <= PROGRESS_ANSWERS_MAX);
    target_demand(entry->at >= 0 && entry->tries >= 0 && entry->hints >= 0);
    for (size_t i = 0; i < entry->choice_count; i++)
        target_demand(memchr(entry->date[i], '\0', PROGRESS_DATE_BYTES) !=
                      NULL);
}

enum {
    WRITTEN = 8 /* one in so many lengths: it takes ten times as long */
};

/* The first is forgotten; all others are there afterwards. */
static void forget_one(const char *path, struct progress *progress)
{
    struct diag diag = { .message = "" };
    char id[sizeof progress_at(progress, 0)->id];
    struct progress *again;

    strcpy(id, progress_at(progress, 0)->id);
    target_demand(progress_reset(progress, id) &&
                  progress_save(progress, &diag));
    again = progress_load(path, &diag);
    target_demand(!progress_find(again, id));
    for (size_t i = 0; i < progress_count(progress); i++) {
        const struct progress_entry *was = progress_at(progress, i), *is;

        is = progress_find(again, was->id);
        target_demand(was->removed == (is == NULL));
        target_demand(!is || (is->done == was->done && is->at == was->at &&
                              is->choice_count == was->choice_count));
    }
    progress_free(again);
}

/* In a file that has a name, and in memory where there is such a folder: flushed
 * to a disk it would take a thousand times as long. */
static void write_again(const uint8_t *data, size_t size)
{
    char shared[] = "/dev/shm/concviz-fuzz-XXXXXX";
    char disk[] = "/tmp/concviz-fuzz-XXXXXX", *path = shared;
    struct diag diag = { .message = "" };
    int fd = mkstemp(path);
    struct progress *progress;

    if (fd < 0)
        fd = mkstemp(path = disk);
    target_demand(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    close(fd);
    progress = progress_load(path, &diag);
    if (progress_count(progress) > 0)
        forget_one(path, progress);
    progress_free(progress);
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct diag diag = { .message = "" };
    struct progress *progress = progress_load(target_file(data, size), &diag);

    for (size_t i = 0; i < progress_count(progress); i++)
        look_at(progress_at(progress, i));
    progress_free(progress);
    if (size % WRITTEN == 0)
        write_again(data, size);
    return 0;
}
