/*
 * program_source.c -- workloads in C are parsed like any other, so that their
 * tasks, channels and barriers are made in one place; the functions that tasks
 * run are put in afterwards.
 */
#include "sched/programs/program_source.h"

#include <assert.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "sched/workload/workload_parse.h"

/* A text names locks by taking them; a task in C has no text that could. */
static void name_locks(struct workload *workload, const char *const *lock,
                       size_t locks)
{
    if (locks == 0)
        return;
    workload->lock = arena_alloc(workload->arena, locks * sizeof *lock);
    memcpy(workload->lock, lock, locks * sizeof *lock);
    workload->inherits = arena_alloc(workload->arena,
                                     locks * sizeof *workload->inherits);
    workload->lock_count = locks;
}

/* The file of C itself: what its calls name lines of. */
static const char *listing(const char *file)
{
    const struct embedded *program = embedded_programs;

    if (!file)
        return NULL;
    while (strcmp(program->name, file) != 0)
        program++;
    return program->text;
}

/* The last part, without a name, is for all tasks that no other part names. */
struct workload *program_source_make(const struct program_source *source,
                                     int size)
{
    struct diag diag;
    struct workload *workload = workload_parse(
        source->name, source->name, source->text, strlen(source->text), &diag);

    assert(workload);
    workload->listing = listing(source->file);
    workload->data = (struct program_data){
        .size = size,
        .takes_turns = source->takes_turns,
        .open = source->open,
        .close = source->close,
    };
    for (size_t i = 0; i < workload->task_count; i++) {
        struct task_spec *task = &workload->task[i];
        const struct part *part = source->part;

        while (part->name && strcmp(part->name, task->name) != 0)
            part++;
        task->program = part->program;
        task->at_spawn = source->first_spawns && i > 0;
    }
    name_locks(workload, source->lock, source->locks);
    return workload;
}

const char *program_source_text(const char *name)
{
    size_t length = strlen(name);

    for (const struct embedded *file = embedded_workloads; file->name; file++)
        if (strncmp(file->name, name, length) == 0 &&
            strcmp(file->name + length, ".work") == 0)
            return file->text;
    return NULL;
}
