/*
 * definitions.c -- arrays that grow in an arena, and snapshots of them.
 *
 * A workload never changes, but somebody who follows a trace meets new names
 * all the time. So a snapshot is made when one is asked for: a struct workload
 * with the counts of that moment. An array that must move leaves its old copy
 * in the arena, where earlier snapshots still find it; entries are only added
 * behind those that they count.
 */
#include "sched/workload/definitions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/workload/names.h"

enum {
    TAB_CELLS = 8,
    KINDS = ARRAY_RWLOCK + 1,
    SUFFIX_BYTES = 8, /* "-1000000" */
    NAME_BYTES = WORKLOAD_NAME_MAX + 1,
};

struct definitions {
    struct arena *arena;
    struct workload now;
    const struct workload *snapshot; /* of now; NULL: there is something new */
    struct names used[KINDS];
};

struct definitions *definitions_new(const char *name)
{
    struct definitions *d = xcalloc(1, sizeof *d);
    char clean[NAME_BYTES];

    d->arena = arena_new();
    text_clean(clean, sizeof clean, name);
    d->now = (struct workload){
        .arena = d->arena,
        .name = arena_copy(d->arena, clean, strlen(clean)),
        .source = "",
        .slice_ns = WORKLOAD_NO_SLICE,
        .line_count = 1,
    };
    d->now.file = d->now.name;
    for (int i = 0; i < KINDS; i++)
        names_init(&d->used[i]);
    return d;
}

void definitions_free(struct definitions *definitions)
{
    if (!definitions)
        return;
    for (int i = 0; i < KINDS; i++)
        names_fini(&definitions->used[i]);
    arena_free(definitions->arena);
    free(definitions);
}

/* --- names ---------------------------------------------------------------- */

/* Room is left for a suffix. */
static void clean_name(char name[NAME_BYTES], const char *source)
{
    text_clean(name, NAME_BYTES - SUFFIX_BYTES, source);
    for (char *c = name; *c; c++)
        if (*c == ' ')
            *c = '_';
    if (text_cells(name) == 0)
        snprintf(name, NAME_BYTES, "unnamed");
}

/* A name that somebody of this kind has gets a number. How many were called so
 * is remembered, or the thousandth would try a thousand of them. */
static const char *unique_name(struct definitions *d, enum array_kind kind,
                               const char *source)
{
    struct names *used = &d->used[kind];
    char name[NAME_BYTES];
    size_t before = used->count, length;
    int first, number;

    clean_name(name, source);
    length = strlen(name);
    number = first = names_number(used, d->arena, name, length);
    while (used->count == before) {
        int again = ++used->entry[first].elements + 1;

        snprintf(name + length, NAME_BYTES - length, "-%d", again);
        number = names_number(used, d->arena, name, strlen(name));
    }
    return used->entry[number].text;
}

/* --- what there is -------------------------------------------------------- */

static size_t *count_of(struct workload *workload, enum array_kind kind)
{
    switch (kind) {
    case ARRAY_TASK:
        return &workload->task_count;
    case ARRAY_SHARED:
        return &workload->shared_count;
    case ARRAY_CHANNEL:
        return &workload->channel_count;
    case ARRAY_BARRIER:
        return &workload->barrier_count;
    case ARRAY_LOCK:
        return &workload->lock_count;
    case ARRAY_SEMAPHORE:
        return &workload->semaphore_count;
    case ARRAY_CONDITION:
        return &workload->condition_count;
    default:
        return &workload->rwlock_count;
    }
}

/* Make room for one more, and name it. */
#define ADD(array, ...)                                                        \
    do {                                                                       \
        w->array = arena_grow(d->arena, w->array, count, sizeof *w->array);    \
        w->array[count] = __VA_ARGS__;                                         \
    } while (0)

static void add_named(struct definitions *d, enum array_kind kind, size_t count,
                      const char *name)
{
    struct workload *w = &d->now;

    switch (kind) {
    case ARRAY_TASK:
        ADD(task, (struct task_spec){ .name = name, .line = 1, .tickets = 1 });
        break;
    case ARRAY_SHARED:
        ADD(shared, (struct shared_spec){ .name = name });
        break;
    case ARRAY_CHANNEL:
        ADD(channel, (struct channel_spec){ .name = name });
        break;
    case ARRAY_BARRIER:
        ADD(barrier, (struct barrier_spec){ .name = name });
        break;
    case ARRAY_LOCK:
        ADD(lock, name);
        ADD(inherits, false);
        break;
    case ARRAY_SEMAPHORE:
        ADD(semaphore, (struct semaphore_spec){ .name = name });
        break;
    case ARRAY_CONDITION:
        ADD(condition, name);
        break;
    case ARRAY_RWLOCK:
        ADD(rwlock, (struct rwlock_spec){ .name = name });
        break;
    }
}

int definitions_add(struct definitions *definitions, enum array_kind kind,
                    const char *name)
{
    size_t *count = count_of(&definitions->now, kind);

    if (*count >= WORKLOAD_TASKS_MAX)
        return -1;
    add_named(definitions, kind, *count, unique_name(definitions, kind, name));
    definitions->snapshot = NULL;
    return (int)(*count)++;
}

void definitions_begin_with(struct definitions *definitions, int64_t value)
{
    struct workload *w = &definitions->now;

    if (w->shared_count > 0)
        w->shared[w->shared_count - 1].initial = value;
}

void definitions_rename(struct definitions *definitions, int task,
                        const char *name)
{
    struct workload *w = &definitions->now;
    size_t count = w->renamed_count;
    int *renamed;

    if (task < 0 || (size_t)task >= w->task_count ||
        count >= WORKLOAD_TASKS_MAX || strcmp(w->task[task].name, name) == 0)
        return;
    w->task[task].name = unique_name(definitions, ARRAY_TASK, name);
    renamed = arena_grow(definitions->arena, (int *)(uintptr_t)w->renamed,
                         count, sizeof *renamed);
    renamed[count] = task;
    w->renamed = renamed;
    w->renamed_count = count + 1;
    definitions->snapshot = NULL;
}

/* For people to see: without what a terminal would obey. */
static void append_clean(struct strbuf *out, const char *line, size_t length)
{
    char raw[WORKLOAD_LINE_BYTES_MAX / 4], clean[WORKLOAD_LINE_BYTES_MAX];
    size_t cells = 0;

    for (size_t i = 0; i < length && cells + TAB_CELLS < sizeof raw; i++) {
        raw[cells++] = line[i] == '\t' ? ' ' : line[i];
        while (line[i] == '\t' && cells % TAB_CELLS)
            raw[cells++] = ' ';
    }
    raw[cells] = '\0';
    strbuf_addf(out, "%s\n", text_clean(clean, sizeof clean, raw));
}

static void append_lines(struct strbuf *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        append_clean(out, text, length);
        text += length + (text[length] != '\0');
    }
}

void definitions_set_listing(struct definitions *definitions, const char *file,
                             const char *text)
{
    struct workload *w = &definitions->now;
    struct strbuf clean;

    strbuf_init(&clean);
    append_lines(&clean, text);
    w->file = arena_copy(definitions->arena, file, strlen(file));
    w->listing = arena_copy(definitions->arena, clean.text, clean.length);
    strbuf_fini(&clean);
    w->listing_line = w->listing_column = 1;
    definitions->snapshot = NULL;
}

const struct workload *definitions_workload(struct definitions *definitions)
{
    struct workload *snapshot;

    if (!definitions->snapshot) {
        snapshot = arena_alloc(definitions->arena, sizeof *snapshot);
        *snapshot = definitions->now;
        definitions->snapshot = snapshot;
    }
    return definitions->snapshot;
}

void definitions_renew(struct definitions *definitions)
{
    definitions->snapshot = NULL;
}
