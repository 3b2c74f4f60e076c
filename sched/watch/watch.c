/*
 * watch.c -- two sources, brought into one order.
 *
 * Each core and each thread writes in its own order, and who took the time first
 * need not be the first to write. So items wait a little, are sorted by time,
 * and go to watch_people one by one. That one sometimes knows only afterwards
 * since when somebody stood in line: so the moments it makes wait as well.
 *
 * The kernel's memory for its records is small, and whoever draws a picture is
 * sometimes busy for longer than it takes to fill it. So a thread of its own
 * moves them into ours when there are many.
 */
#include "sched/watch/watch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/crash_cleanup.h"
#include "sched/base/text.h"
#include "sched/base/waker.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/switch_records.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/journal_live.h"
#include "sched/trace/trace.h"
#include "sched/watch/watch_item.h"
#include "sched/watch/watch_people.h"
#include "sched/watch/watch_proc.h"
#include "sched/workload/workload.h"

/* A line that the program has written, and is not in the trace yet. */
struct watch_line {
    int64_t t_ns;
    char *text;
};

struct watch {
    struct journal *journal;
    struct journal_live *live;
    struct switch_records *records; /* NULL: refused */
    struct watch_memory *memory;    /* NULL: no library */
    struct watch_proc *proc;        /* where there is neither, once begun */
    struct watch_people *people;
    int refused;
    struct watch_item *item; /* that wait */
    size_t count, room;
    struct watch_line *line;
    size_t lines, line_room;
    uint64_t lost;
    /* What the kernel said and nobody has asked for yet; the thread that fills
     * it, too. */
    pthread_mutex_t lock; /* also of records */
    struct switch_record *said;
    size_t said_count, said_room;
    pthread_t mover;
    bool moves;        /* there is that thread */
    struct waker wake; /* it, to stop */
    atomic_bool stop;
};

enum {
    MOVER_MS = 50 /* and how long it may take to end where nothing wakes it */
};

/* How long items wait for others, and moments for earlier ones. */
static const int64_t ITEMS_NS = 20 * NS_PER_MS, MOMENTS_NS = 100 * NS_PER_MS;

/* --- the thread ------------------------------------------------------------ */

static void move(struct watch *watch)
{
    struct switch_record record;

    pthread_mutex_lock(&watch->lock);
    while (switch_records_next(watch->records, &record)) {
        if (record.kind == SWITCH_LOST)
            record.t_ns = clock_now_ns();
        watch->said = xgrow(watch->said, watch->said_count, &watch->said_room,
                            sizeof *watch->said);
        watch->said[watch->said_count++] = record;
    }
    pthread_mutex_unlock(&watch->lock);
}

static void *move_all(void *context)
{
    struct watch *watch = context;

    while (!atomic_load(&watch->stop)) {
        switch_records_wait(watch->records, watch->wake.fd, MOVER_MS);
        move(watch);
    }
    return NULL;
}

/* Without it, whoever reads moves them. */
static void start_mover(struct watch *watch)
{
    sigset_t before = crash_cleanup_block_signals();

    waker_init(&watch->wake);
    watch->moves = pthread_create(&watch->mover, NULL, move_all, watch) == 0;
    if (!watch->moves)
        waker_fini(&watch->wake);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void stop_mover(struct watch *watch)
{
    if (!watch->moves)
        return;
    atomic_store(&watch->stop, true);
    waker_wake(&watch->wake);
    pthread_join(watch->mover, NULL);
    waker_fini(&watch->wake);
    watch->moves = false;
}

/* --- exported -------------------------------------------------------------- */

struct watch *watch_new(const struct watch_plan *plan)
{
    struct watch *watch = xcalloc(1, sizeof *watch);
    int count = plan->info->machines;

    watch->journal = journal_new(plan->name);
    pthread_mutex_init(&watch->lock, NULL);
    watch->refused = switch_records_children(&watch->records, plan->cpu,
                                             plan->cpus);
    if (watch->records)
        start_mover(watch);
    if (plan->library)
        watch->memory = watch_memory_new();
    for (int i = 0; i < count; i++)
        journal_place(watch->journal, plan->cpu[i], true);
    journal_say_observed(watch->journal, watch_observed(watch));
    watch->people = watch_people_new(
        watch->journal, watch->records || !watch->memory, plan->first);
    journal_listen(watch->journal, plan->listener);
    watch->live = journal_live_new(watch->journal, plan->name, plan->info);
    return watch;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    stop_mover(watch);
    switch_records_free(watch->records);
    pthread_mutex_destroy(&watch->lock);
    free(watch->said);
    watch_memory_free(watch->memory);
    watch_proc_free(watch->proc);
    watch_people_free(watch->people);
    free(watch->item);
    for (size_t i = 0; i < watch->lines; i++)
        free(watch->line[i].text);
    free(watch->line);
    journal_live_free(watch->live);
    journal_free(watch->journal);
    free(watch);
}

const struct trace *watch_trace(const struct watch *watch)
{
    return journal_live_trace(watch->live);
}

enum observed watch_observed(const struct watch *watch)
{
    if (watch->records)
        return watch->memory ? OBSERVED_BOTH : OBSERVED_KERNEL;
    return watch->memory ? OBSERVED_LIBRARY : OBSERVED_PROC;
}

int watch_refused(const struct watch *watch)
{
    return watch->refused;
}

bool watch_path(const struct watch *watch, char path[WATCH_MEMORY_PATH])
{
    if (watch->memory)
        watch_memory_path(watch->memory, path);
    return watch->memory != NULL;
}

/* --- items ----------------------------------------------------------------- */

static struct watch_item *add(struct watch *watch)
{
    struct watch_item *item;

    watch->item = xgrow(watch->item, watch->count, &watch->room, sizeof *item);
    item = &watch->item[watch->count];
    memset(item, 0, sizeof *item);
    item->order = (uint32_t)watch->count++;
    return item;
}

static void take_switch(void *context, const struct switch_record *record)
{
    struct watch *watch = context;
    struct watch_item *item = add(watch);

    item->of_kernel = true;
    item->kernel = *record;
    item->pid = record->pid;
    item->tid = record->tid;
    item->t_ns = record->t_ns;
    watch->lost += record->kind == SWITCH_LOST;
}

static void read_kernel(struct watch *watch)
{
    move(watch);
    pthread_mutex_lock(&watch->lock);
    for (size_t i = 0; i < watch->said_count; i++)
        take_switch(watch, &watch->said[i]);
    watch->said_count = 0;
    pthread_mutex_unlock(&watch->lock);
}

static void take_record(void *context, int pid, int tid,
                        const struct record *record)
{
    struct watch_item *item = add(context);

    item->library = *record;
    item->pid = pid;
    item->tid = tid;
    item->t_ns = record->t_ns;
}

static int in_time(const void *a, const void *b)
{
    const struct watch_item *one = a, *two = b;

    if (one->t_ns != two->t_ns)
        return one->t_ns < two->t_ns ? -1 : 1;
    return one->order < two->order ? -1 : one->order > two->order;
}

/* Read all there is, and take what was before until_ns. */
static void take_until(struct watch *watch, int64_t until_ns)
{
    size_t i;

    if (watch->records)
        read_kernel(watch);
    if (watch->proc && until_ns != INT64_MAX)
        watch_proc_look(watch->proc, clock_now_ns(), take_switch, watch);
    else if (watch->proc)
        watch_proc_end(watch->proc, clock_now_ns(), take_switch, watch);
    if (watch->memory)
        watch_memory_read(watch->memory, take_record, watch);
    if (watch->count == 0)
        return;
    qsort(watch->item, watch->count, sizeof *watch->item, in_time);
    for (i = 0; i < watch->count && watch->item[i].t_ns <= until_ns; i++)
        watch_people_item(watch->people, &watch->item[i]);
    watch->count -= i;
    memmove(watch->item, watch->item + i, watch->count * sizeof *watch->item);
    for (i = 0; i < watch->count; i++)
        watch->item[i].order = (uint32_t)i;
}

void watch_begin(struct watch *watch, int pid)
{
    if (watch->records || watch->memory)
        return;
    watch->proc = watch_proc_new(pid, NULL);
    take_until(watch, 0);
}

/* Moments and lines, in turn. */
static void play_until(struct watch *watch, int64_t until_ns)
{
    size_t i;

    for (i = 0; i < watch->lines && watch->line[i].t_ns <= until_ns; i++) {
        journal_live_until(watch->live, watch->line[i].t_ns);
        journal_live_say(watch->live, watch->line[i].t_ns, watch->line[i].text);
        free(watch->line[i].text);
    }
    watch->lines -= i;
    if (i > 0)
        memmove(watch->line, watch->line + i,
                watch->lines * sizeof *watch->line);
    journal_live_until(watch->live, until_ns);
}

void watch_until(struct watch *watch, int64_t monotonic_ns)
{
    take_until(watch, monotonic_ns - ITEMS_NS);
    play_until(watch, monotonic_ns - ITEMS_NS - MOMENTS_NS);
}

void watch_say(struct watch *watch, int64_t monotonic_ns, const char *line,
               size_t length)
{
    char clean[4 * (WORKLOAD_SAY_BYTES_MAX + 1)];

    if (length > WORKLOAD_SAY_BYTES_MAX)
        length = WORKLOAD_SAY_BYTES_MAX;
    text_clean_bytes(clean, sizeof clean, line, length);
    watch->line = xgrow(watch->line, watch->lines, &watch->line_room,
                        sizeof *watch->line);
    watch->line[watch->lines++] = (struct watch_line){ monotonic_ns,
                                                       xstrdup(clean) };
}

void watch_end(struct watch *watch, int status, enum outcome how)
{
    stop_mover(watch);
    if (how != OUTCOME_DEADLOCK) /* what the end of a deadlock made of it */
        take_until(watch, INT64_MAX);
    play_until(watch, INT64_MAX);
    journal_say_exit(watch->journal, status, how);
    journal_live_end(watch->live);
}

uint64_t watch_lost(const struct watch *watch)
{
    return watch->lost + (watch->memory ? watch_memory_lost(watch->memory) : 0);
}
