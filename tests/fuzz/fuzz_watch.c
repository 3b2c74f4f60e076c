/*
 * fuzz_watch.c -- any records of the kernel, and any that a library in somebody
 * else's program writes into our memory, are a run that can be looked at.
 *
 * The first two bytes say how long the kernel's part is: a ring that is read from
 * its middle on. The rest are records of the library, in the order of
 * their times.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sched/cpu/switch_records.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/journal_live.h"
#include "sched/trace/trace.h"
#include "sched/watch/watch_item.h"
#include "sched/watch/watch_people.h"
#include "tests/fuzz/target.h"

enum {
    RING_BYTES = 4096,
    THREADS = 8,
    CPUS = 4,
    ITEMS = 1000
};

struct items {
    struct watch_item item[ITEMS];
    uint32_t count;
};

/* Few threads, or they would never meet; and time that history can hold. */
static void add(struct items *items, struct watch_item item)
{
    if (items->count == ITEMS)
        return;
    item.tid = item.tid & (THREADS - 1);
    item.pid = item.pid & (THREADS - 1);
    item.order = items->count;
    items->item[items->count++] = item;
}

static void take_kernel(struct items *items, const uint8_t *data, size_t size)
{
    static unsigned char bytes[RING_BYTES];
    struct switch_ring ring = { bytes, RING_BYTES, 0, RING_BYTES / 2 };
    struct switch_record record;

    if (size > RING_BYTES)
        size = RING_BYTES;
    for (size_t i = 0; i < size; i++)
        bytes[(RING_BYTES / 2 + i) % RING_BYTES] = data[i];
    ring.head = ring.tail + size;
    while (switch_records_take(&ring, &record)) {
        struct watch_item item = { .of_kernel = true, .t_ns = record.t_ns };

        target_demand(ring.tail <= ring.head);
        target_demand(memchr(record.name, '\0', sizeof record.name) != NULL);
        record.tid &= THREADS - 1;
        record.pid &= THREADS - 1;
        record.by &= THREADS - 1;
        record.cpu &= CPUS - 1;
        item.kernel = record;
        item.tid = record.tid;
        item.pid = record.pid;
        add(items, item);
    }
}

static void take_library(struct items *items, const uint8_t *data, size_t size)
{
    for (; size >= 1 + sizeof(struct record);
         data += 1 + sizeof(struct record), size -= 1 + sizeof(struct record)) {
        struct watch_item item = { .tid = data[0], .pid = data[0] >> 4 };

        memcpy(&item.library, data + 1, sizeof item.library);
        item.t_ns = item.library.t_ns;
        add(items, item);
    }
}

static int by_time(const void *a, const void *b)
{
    const struct watch_item *one = a, *other = b;

    if (one->t_ns != other->t_ns)
        return one->t_ns < other->t_ns ? -1 : 1;
    return one->order < other->order ? -1 : 1;
}

static void play(const struct items *items, bool by_kernel)
{
    static const struct trace_info info = {
        .mode = "parallel", .real = true, .machines = CPUS, .policy = "other"
    };
    struct journal *journal = journal_new("fuzz");
    struct watch_people *people = watch_people_new(journal, by_kernel, NULL);
    struct journal_live *live;

    for (uint32_t i = 0; i < items->count; i++)
        watch_people_item(people, &items->item[i]);
    live = journal_live_new(journal, "fuzz", &info);
    journal_live_end(live);
    target_look_at(journal_live_trace(live));
    journal_live_free(live);
    watch_people_free(people);
    journal_free(journal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct items items; /* large, and what is left of it does no harm */
    size_t kernel;

    if (size > 2) {
        kernel = (size_t)data[0] | (size_t)data[1] << 8;
        if (kernel > size - 2)
            kernel = size - 2;
        items.count = 0;
        take_kernel(&items, data + 2, kernel);
        take_library(&items, data + 2 + kernel, size - 2 - kernel);
        qsort(items.item, items.count, sizeof *items.item, by_time);
        play(&items, kernel > 0);
    }
    return 0;
}
