/*
 * watch_thing.c -- a hash table by process and address, and the files of
 * programs, whose symbols say what an address is called.
 */
#include "sched/watch/watch_thing.h"

#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/elf_symbol.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/journal.h"

struct thing {
    int pid; /* 0: a free place of the table */
    uint64_t address;
    int number; /* of the journal, among those of its kind, + 1; or 0 */
    enum array_kind kind;
    int thread; /* that calls itself so, or 0 */
    int holder;
    int woken_by; /* 0: nobody yet */
    int64_t woken_ns;
};

/* A process, and the program in it. */
struct watched_program {
    int pid;
    uint64_t bias;
    char path[PATH_MAX];
};

struct watch_things {
    struct journal *journal;
    struct thing *table;
    size_t count, size; /* a power of 2 */
    struct watched_program *image;
    size_t images, image_room;
    int nameless[ARRAY_RWLOCK + 1]; /* by kind */
};

struct watch_things *watch_things_new(struct journal *journal)
{
    struct watch_things *things = xcalloc(1, sizeof *things);

    things->journal = journal;
    things->size = 1024;
    things->table = xcalloc(things->size, sizeof *things->table);
    return things;
}

void watch_things_free(struct watch_things *things)
{
    if (!things)
        return;
    free(things->table);
    free(things->image);
    free(things);
}

/* --- the table ------------------------------------------------------------- */

/* Multiplication spreads the low bits, which are alike, over the high ones. */
static size_t place_of(const struct watch_things *things, int pid,
                       uint64_t address)
{
    uint64_t hash = (address ^ (uint64_t)pid << 32) *
                    UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (things->size - 1);

    while (things->table[at].pid && (things->table[at].pid != pid ||
                                     things->table[at].address != address))
        at = (at + 1) & (things->size - 1);
    return at;
}

static void grow(struct watch_things *things)
{
    struct thing *before = things->table;
    size_t size = things->size;

    things->size *= 2;
    things->table = xcalloc(things->size, sizeof *things->table);
    for (size_t i = 0; i < size; i++)
        if (before[i].pid)
            things->table[place_of(things, before[i].pid, before[i].address)] =
                before[i];
    free(before);
}

static struct thing *get(struct watch_things *things, int pid, uint64_t address)
{
    struct thing *thing;

    if (things->count * 2 >= things->size)
        grow(things);
    thing = &things->table[place_of(things, pid, address)];
    if (!thing->pid) {
        things->count++;
        thing->pid = pid;
        thing->address = address;
    }
    return thing;
}

/* --- names ----------------------------------------------------------------- */

static struct watched_program *image_of(const struct watch_things *things,
                                        int pid)
{
    for (size_t i = things->images; i-- > 0;)
        if (things->image[i].pid == pid)
            return &things->image[i];
    return NULL;
}

void watch_thing_process(struct watch_things *things, int pid, uint64_t bias)
{
    things->image = xgrow(things->image, things->images, &things->image_room,
                          sizeof *things->image);
    things->image[things->images++] = (struct watched_program){ .pid = pid,
                                                                .bias = bias };
}

void watch_thing_path(struct watch_things *things, int pid, const char *text,
                      size_t length)
{
    struct watched_program *image = image_of(things, pid);
    size_t before = image ? strlen(image->path) : 0;

    if (image && before + length < sizeof image->path)
        memcpy(image->path + before, text, length);
}

const char *watch_thing_program(const struct watch_things *things, int pid)
{
    const struct watched_program *image = image_of(things, pid);
    const char *slash = image ? strrchr(image->path, '/') : NULL;

    return slash ? slash + 1 : "";
}

static bool find_symbol(const struct watch_things *things, int pid,
                        uint64_t address, struct elf_symbol *symbol)
{
    const struct watched_program *image = image_of(things, pid);

    return image && image->path[0] &&
           elf_symbol_find(symbol, image->path,
                           (uintptr_t)(address - image->bias));
}

bool watch_thing_function(struct watch_things *things, int pid,
                          uint64_t address, char name[WATCH_NAME_BYTES])
{
    struct elf_symbol symbol;

    if (!find_symbol(things, pid, address, &symbol))
        return false;
    snprintf(name, WATCH_NAME_BYTES, "%s", symbol.name);
    return true;
}

/* Of each kind of waiting, what is waited for. */
static const struct {
    enum wait_kind kind;
    enum array_kind array;
    size_t bytes;     /* of one, where they may stand in an array */
    const char *name; /* of one that has none */
} of_wait[RECORD_WAITS] = {
    [RECORD_LOCK] = { WAIT_LOCK, ARRAY_LOCK, sizeof(pthread_mutex_t), "lock" },
    [RECORD_CONDITION] = { WAIT_CONDITION, ARRAY_CONDITION,
                           sizeof(pthread_cond_t), "condition" },
    [RECORD_SEMAPHORE] = { WAIT_SEMAPHORE, ARRAY_SEMAPHORE, sizeof(sem_t),
                           "semaphore" },
    [RECORD_READ] = { WAIT_READ, ARRAY_RWLOCK, sizeof(pthread_rwlock_t),
                      "rwlock" },
    [RECORD_WRITE] = { WAIT_WRITE, ARRAY_RWLOCK, sizeof(pthread_rwlock_t),
                       "rwlock" },
    [RECORD_BARRIER] = { WAIT_BARRIER, ARRAY_BARRIER, sizeof(pthread_barrier_t),
                         "barrier" },
    [RECORD_JOIN] = { WAIT_JOIN, ARRAY_TASK, 1, "thread" },
};

enum wait_kind watch_thing_wait(unsigned wait)
{
    return wait < RECORD_WAITS ? of_wait[wait].kind : WAIT_TIME;
}

static void name_thing(struct watch_things *things, int pid, uint64_t address,
                       unsigned wait, char name[WATCH_NAME_BYTES])
{
    struct elf_symbol symbol;

    if (!find_symbol(things, pid, address, &symbol))
        snprintf(name, WATCH_NAME_BYTES, "%s_%d", of_wait[wait].name,
                 ++things->nameless[of_wait[wait].array]);
    else
        elf_symbol_write(name, WATCH_NAME_BYTES, &symbol, of_wait[wait].bytes);
}

/* Two processes of one program have a lock of one name each. Memory that was
 * freed may hold something of another kind later. */
int watch_thing_number(struct watch_things *things, int pid, uint64_t address,
                       unsigned wait)
{
    struct thing *thing;
    char name[WATCH_NAME_BYTES];

    if (wait == RECORD_SLEEP || wait >= RECORD_JOIN)
        return -1;
    thing = get(things, pid, address);
    if (!thing->number || thing->kind != of_wait[wait].array) {
        name_thing(things, pid, address, wait, name);
        thing->kind = of_wait[wait].array;
        thing->number = 1 + journal_object(things->journal, thing->kind, name);
    }
    return thing->number - 1;
}

/* --- who and when ---------------------------------------------------------- */

void watch_thing_self(struct watch_things *things, int pid, uint64_t self,
                      int tid)
{
    get(things, pid, self)->thread = tid;
}

int watch_thing_thread(struct watch_things *things, int pid, uint64_t self)
{
    return get(things, pid, self)->thread;
}

void watch_thing_wake(struct watch_things *things, int pid, uint64_t address,
                      int64_t t_ns, int tid)
{
    struct thing *thing = get(things, pid, address);

    thing->woken_ns = t_ns;
    thing->woken_by = tid;
}

bool watch_thing_woken(const struct watch_things *things, int pid,
                       uint64_t address, int64_t *t_ns, int *tid)
{
    const struct thing *thing = &things->table[place_of(things, pid, address)];

    if (!thing->pid || !thing->woken_by)
        return false;
    *t_ns = thing->woken_ns;
    *tid = thing->woken_by;
    return true;
}

int watch_thing_held(struct watch_things *things, int pid, uint64_t address,
                     int tid)
{
    struct thing *thing = get(things, pid, address);
    int before = thing->holder;

    thing->holder = tid;
    return before;
}

bool watch_thing_is_held(const struct watch_things *things, int pid,
                         uint64_t address, int tid)
{
    const struct thing *thing = &things->table[place_of(things, pid, address)];

    return thing->pid && thing->holder == tid;
}
