/*
 * switch_records.c -- one ring of memory a core, read without a system call.
 *
 * The kernel writes a record and then moves the head of its ring (with
 * release); we read up to there and move the tail, which tells it what may be
 * overwritten. If it has no room it drops records, counts them, and says so in
 * a record of their own as soon as there is room again.
 *
 * A ring belongs to a core and not to a thread: threads come by the thousand,
 * and an event that new threads inherit can have no ring of its own. On one
 * core records are in order; of several cores the earliest is taken.
 */
#include "sched/cpu/switch_records.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/xalloc.h"

enum {
    RING_PAGES = 32, /* 4,096 records of 4 KiB pages; an unprivileged user may
                        have 128 of them a core, in all programs together */
    CHILDREN_PAGES = 128, /* or less, where there are no more */
    SOON_BYTES = 32768    /* who waits is woken */
};

struct core_ring {
    int fd;
    void *memory; /* of the kernel: a page about the ring, then the ring */
    size_t bytes;
    struct perf_event_mmap_page *page;
    struct switch_ring ring;
    bool waits; /* `next` is the next record and not yet taken */
    struct switch_record next;
};

struct switch_records {
    int count;
    struct core_ring core[];
};

/* --- records as bytes ----------------------------------------------------- */

/* What follows the header of every record, as asked for in open_core. */
struct sample_id {
    uint32_t pid, tid;
    uint64_t t_ns;
    uint32_t cpu, reserved;
};

/* Copy bytes from where the tail is on; they may go round the end. Inlined,
 * because a copy of known size is two or three moves. */
static inline void copy(const struct switch_ring *ring, uint64_t from, void *to,
                        size_t bytes)
{
    uint64_t begin = (ring->tail + from) & (ring->size - 1);
    size_t first = (size_t)(ring->size - begin);

    if (bytes <= first) {
        memcpy(to, ring->data + begin, bytes);
    } else {
        memcpy(to, ring->data + begin, first);
        memcpy((char *)to + first, ring->data, bytes - first);
    }
}

static bool is_record(const struct switch_ring *ring,
                      const struct perf_event_header *header)
{
    uint64_t there = ring->head - ring->tail;

    return header->size >= sizeof *header && header->size <= there &&
           (header->type != PERF_RECORD_SWITCH ||
            header->size >= sizeof *header + sizeof(struct sample_id));
}

/* Who, when and where is said at the end of every record. */
static void read_id(const struct switch_ring *ring,
                    const struct perf_event_header *header,
                    struct switch_record *record)
{
    struct sample_id id;

    copy(ring, header->size - sizeof id, &id, sizeof id);
    record->pid = (int)id.pid;
    record->tid = (int)id.tid;
    record->t_ns = (int64_t)id.t_ns;
    record->cpu = (int)id.cpu;
}

/* Fill record from a PERF_RECORD_SWITCH, which is nothing but its sample_id. */
static void read_switch(const struct switch_ring *ring,
                        const struct perf_event_header *header,
                        struct switch_record *record)
{
    read_id(ring, header, record);
    if (!(header->misc & PERF_RECORD_MISC_SWITCH_OUT))
        record->kind = SWITCH_IN;
    else if (header->misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT)
        record->kind = SWITCH_STOPPED;
    else
        record->kind = SWITCH_WAITS;
}

/* PERF_RECORD_FORK and _EXIT: whose, and by whom. */
struct kinship {
    uint32_t pid, parent_pid, tid, parent_tid;
    uint64_t t_ns;
};

static bool read_life(const struct switch_ring *ring,
                      const struct perf_event_header *header,
                      struct switch_record *record)
{
    struct kinship life;

    if (header->size < sizeof *header + sizeof life + sizeof(struct sample_id))
        return false;
    copy(ring, sizeof *header, &life, sizeof life);
    read_id(ring, header, record);
    record->kind = header->type == PERF_RECORD_FORK ? SWITCH_BORN
                                                    : SWITCH_ENDED;
    record->pid = (int)life.pid;
    record->tid = (int)life.tid;
    record->by = (int)life.parent_tid;
    return true;
}

/* The name lies between the two numbers and the sample_id. */
static bool read_name(const struct switch_ring *ring,
                      const struct perf_event_header *header,
                      struct switch_record *record)
{
    size_t fixed = sizeof *header + 2 * sizeof(uint32_t) +
                   sizeof(struct sample_id);
    uint32_t id[2];
    size_t bytes;

    if (header->size < fixed)
        return false;
    bytes = header->size - fixed;
    if (bytes > sizeof record->name - 1)
        bytes = sizeof record->name - 1;
    copy(ring, sizeof *header, id, sizeof id);
    read_id(ring, header, record);
    record->kind = SWITCH_NAMED;
    record->pid = (int)id[0];
    record->tid = (int)id[1];
    copy(ring, sizeof *header + sizeof id, record->name, bytes);
    return true;
}

/* Returns false for a record that says nothing to us. */
static bool read_record(const struct switch_ring *ring,
                        const struct perf_event_header *header,
                        struct switch_record *record)
{
    switch (header->type) {
    case PERF_RECORD_SWITCH:
        read_switch(ring, header, record);
        return true;
    case PERF_RECORD_LOST:
        return true;
    case PERF_RECORD_FORK:
    case PERF_RECORD_EXIT:
        return read_life(ring, header, record);
    case PERF_RECORD_COMM:
        return read_name(ring, header, record);
    default:
        return false;
    }
}

bool switch_records_take(struct switch_ring *ring, struct switch_record *record)
{
    struct perf_event_header header;
    bool taken;

    while (ring->tail != ring->head) {
        *record = (struct switch_record){ .kind = SWITCH_LOST };
        if (ring->head - ring->tail < sizeof header ||
            ring->head - ring->tail > ring->size) {
            ring->tail = ring->head;
            return true;
        }
        copy(ring, 0, &header, sizeof header);
        if (!is_record(ring, &header)) {
            ring->tail = ring->head;
            return true;
        }
        taken = read_record(ring, &header, record);
        ring->tail += header.size;
        if (taken)
            return true;
    }
    return false;
}

/* --- the kernel's rings --------------------------------------------------- */

/* Map the ring of an event. Returns 0 or negative errno. */
static int map_ring(struct core_ring *core, size_t pages)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    core->bytes = (1 + pages) * page;
    core->memory = mmap(NULL, core->bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
                        core->fd, 0);
    if (core->memory == MAP_FAILED)
        return -errno;
    core->page = core->memory;
    core->ring.data = (const unsigned char *)core->memory + page;
    core->ring.size = pages * page;
    return 0;
}

/* Make the event of one core and map its ring. Returns 0 or negative errno. */
static int open_core(struct core_ring *core, int cpu, bool children)
{
    struct perf_event_attr attr = {
        .type = PERF_TYPE_SOFTWARE,
        .size = sizeof attr,
        .config = PERF_COUNT_SW_DUMMY,
        .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU,
        .disabled = children,
        .enable_on_exec = children,
        .inherit = 1,
        .exclude_kernel = 1,
        .exclude_hv = 1,
        .sample_id_all = 1,
        .comm = children,
        .task = children,
        .context_switch = 1,
        .watermark = children,
        .wakeup_watermark = SOON_BYTES,
        .use_clockid = 1,
        .clockid = CLOCK_MONOTONIC,
    };
    int error = 0;

    core->fd = (int)syscall(SYS_perf_event_open, &attr, 0, cpu, -1,
                            PERF_FLAG_FD_CLOEXEC);
    if (core->fd < 0)
        return -errno;
    if (!children)
        return map_ring(core, RING_PAGES);
    for (size_t pages = CHILDREN_PAGES; pages >= RING_PAGES / 4; pages /= 2) {
        error = map_ring(core, pages);
        if (error == 0)
            break;
    }
    return error;
}

static int make(struct switch_records **records, const int *cpu, int count,
                bool children)
{
    struct switch_records *made = xcalloc(
        1, sizeof *made + (size_t)count * sizeof made->core[0]);
    int error = 0;

    for (int i = 0; i < count && error == 0; i++) {
        made->core[i] = (struct core_ring){ .fd = -1, .memory = MAP_FAILED };
        made->count++;
        error = open_core(&made->core[i], cpu[i], children);
    }
    if (error != 0) {
        switch_records_free(made);
        made = NULL;
    }
    *records = made;
    return error;
}

int switch_records_new(struct switch_records **records, const int *cpu,
                       int count)
{
    return make(records, cpu, count, false);
}

int switch_records_children(struct switch_records **records, const int *cpu,
                            int count)
{
    return make(records, cpu, count, true);
}

void switch_records_free(struct switch_records *records)
{
    for (int i = 0; records && i < records->count; i++) {
        struct core_ring *core = &records->core[i];

        if (core->memory != MAP_FAILED)
            munmap(core->memory, core->bytes);
        if (core->fd >= 0)
            close(core->fd);
    }
    free(records);
}

/* Have the next record of this core at hand, if there is one. */
static bool look(struct core_ring *core)
{
    if (core->waits)
        return true;
    core->ring.head = __atomic_load_n(&core->page->data_head, __ATOMIC_ACQUIRE);
    if (core->ring.head == core->ring.tail)
        return false;
    core->waits = switch_records_take(&core->ring, &core->next);
    __atomic_store_n(&core->page->data_tail, core->ring.tail, __ATOMIC_RELEASE);
    return core->waits;
}

bool switch_records_next(struct switch_records *records,
                         struct switch_record *record)
{
    struct core_ring *first = NULL;

    for (int i = 0; i < records->count; i++) {
        struct core_ring *core = &records->core[i];

        if (look(core) && (!first || core->next.t_ns < first->next.t_ns))
            first = core;
    }
    if (!first)
        return false;
    *record = first->next;
    first->waits = false;
    return true;
}

void switch_records_wait(const struct switch_records *records, int wake,
                         int timeout_ms)
{
    nfds_t count = (nfds_t)records->count;
    struct pollfd *core = xcalloc(count + 1, sizeof *core);

    for (int i = 0; i < records->count; i++)
        core[i] = (struct pollfd){ .fd = records->core[i].fd,
                                   .events = POLLIN };
    core[count] = (struct pollfd){ .fd = wake, .events = POLLIN };
    poll(core, count + 1, timeout_ms);
    free(core);
}
