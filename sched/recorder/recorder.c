/*
 * recorder.c -- a block of shared memory for each thread, and the beginning and
 * end of a process.
 *
 * The memory is opened by a path that stands in the environment, mapped, and
 * closed again: the program never meets a descriptor that it does not know, and
 * those that close all they inherit lose nothing. Its children get environment
 * and library, and do the same. Where it cannot be mapped, nothing is written
 * and the program runs as ever.
 *
 * A child of fork has its parent's memory and thread-local variables, but is
 * another thread: it takes a block of its own.
 */
#include "sched/recorder/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "sched/recorder/real.h"

static struct {
    struct record_head *head; /* NULL: nothing is written */
    struct record_block *block;
} memory;

/* Of the calling thread. The model is that of libraries loaded at the start:
 * others would allocate at first use. */
static __thread struct {
    struct record_block *block;
    int tid;
    bool busy;
} own __attribute__((tls_model("initial-exec")));

int64_t recorder_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

int recorder_tid(void)
{
    if (!own.tid)
        own.tid = (int)syscall(SYS_gettid);
    return own.tid;
}

/* The next block, or NULL: all are taken. */
static struct record_block *take_block(void)
{
    uint32_t number = atomic_fetch_add(&memory.head->next, 1);
    struct record_block *block;

    if (number >= memory.head->blocks) {
        atomic_store(&memory.head->next, memory.head->blocks);
        return NULL;
    }
    block = &memory.block[number];
    block->pid = (uint32_t)getpid();
    block->tid = (uint32_t)recorder_tid();
    return block;
}

/* Where the next record of this thread belongs, or NULL. */
static struct record *next_record(void)
{
    if (!own.block || own.block->used == RECORD_BLOCK_RECORDS)
        own.block = take_block();
    if (own.block)
        return &own.block->record[own.block->used];
    atomic_fetch_add(&memory.head->lost, 1);
    return NULL;
}

static void write_record(const struct record *record)
{
    struct record *place;
    int error = errno;

    if (!memory.head || own.busy)
        return;
    own.busy = true;
    place = next_record();
    if (place) {
        *place = *record;
        place->cpu = (uint32_t)sched_getcpu();
        atomic_store_explicit(&own.block->used, own.block->used + 1,
                              memory_order_release);
    }
    own.busy = false;
    errno = error;
}

void recorder_write_at(int64_t t_ns, enum record_kind kind, unsigned detail,
                       const volatile void *object, int64_t value)
{
    struct record record = { .t_ns = t_ns,
                             .kind = (uint16_t)kind,
                             .detail = (uint16_t)detail };

    record.object = (uintptr_t)object;
    record.value = value;
    write_record(&record);
}

void recorder_write(enum record_kind kind, unsigned detail,
                    const volatile void *object, int64_t value)
{
    if (memory.head)
        recorder_write_at(recorder_now(), kind, detail, object, value);
}

static void write_text(enum record_kind kind, const char *text)
{
    struct record record = { .t_ns = recorder_now(), .kind = (uint16_t)kind };

    memcpy(record.text, text, strnlen(text, sizeof record.text));
    write_record(&record);
}

void recorder_write_name(const char *name)
{
    write_text(RECORD_NAME, name);
}

/* --- a process ------------------------------------------------------------- */

static bool map_memory(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    void *mapped = MAP_FAILED;

    if (fd >= 0) {
        mapped = mmap(NULL, RECORD_MEMORY_BYTES, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_NORESERVE, fd, 0);
        close(fd);
    }
    if (mapped == MAP_FAILED)
        return false;
    if (((struct record_head *)mapped)->magic != RECORD_MAGIC) {
        munmap(mapped, RECORD_MEMORY_BYTES);
        return false;
    }
    memory.block = (struct record_block *)((char *)mapped + RECORD_BLOCK_BYTES);
    memory.head = mapped;
    return true;
}

/* The program itself is listed first. */
static int find_bias(struct dl_phdr_info *info, size_t size, void *bias)
{
    (void)size;
    *(uintptr_t *)bias = info->dlpi_addr;
    return 1;
}

/* Once the process is gone, nobody else knows. */
static void tell_path(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

    for (ssize_t i = 0; i < length; i += RECORD_TEXT_BYTES) {
        path[length] = '\0';
        write_text(RECORD_PATH, path + i);
    }
}

static void tell_process(void)
{
    uintptr_t bias = 0;

    if (!memory.head)
        return;
    dl_iterate_phdr(find_bias, &bias);
    recorder_write(RECORD_PROCESS, 0, (const void *)bias, getppid());
    tell_path();
    recorder_write(RECORD_SELF, 0, (const void *)pthread_self(), 0);
}

static void begin_child(void)
{
    own.block = NULL;
    own.tid = 0;
    tell_process();
}

/* Run by the loader, before anything of the program. */
static __attribute__((constructor)) void begin(void)
{
    const char *path = getenv(RECORD_VARIABLE);
    int error = errno;

    real_find();
    if (path && map_memory(path)) {
        pthread_atfork(NULL, NULL, begin_child);
        tell_process();
    }
    errno = error;
}

static __attribute__((destructor)) void end(void)
{
    recorder_write(RECORD_END, 0, NULL, 0);
}
