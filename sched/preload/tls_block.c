/*
 * tls_block.c -- what the C library does when it makes a thread, as far as its
 * block is concerned.
 *
 * The head of a block, from its base up, looks so on x86-64 (glibc 2.31 on):
 *
 *      0x00  the base itself           0x18 ... 0x37  what must be equal in all
 *      0x08  list of the blocks of               threads: the guards of stacks
 *            loaded libraries                    and of stored pointers
 *      0x10  the base itself           somewhere: a list, and the thread's number
 *
 * Where the number stands is found by looking for it in the first block. All
 * have the same number: it is the one of the thread that runs them all, and
 * locks inside the C library, which it looks at, are never held by one of ours
 * while another one runs.
 *
 * wrfsbase changes the base in 2 ns, but only where the system says that it may
 * be used: elsewhere it works, too, until the thread is interrupted. Otherwise
 * the system is asked, 100 ns.
 *
 * Blocks are used again: memory that malloc keeps for a thread hangs on
 * variables of the C library in its block, and only the C library could give it
 * back. So these variables stay as they are.
 */
#include "sched/preload/tls_block.h"

#include <asm/prctl.h>
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "sched/preload/kernel_call.h"

enum {
    EQUAL_FROM = 0x18, /* of the head: guards and the like */
    EQUAL_TO = 0x38,
    NUMBER_FROM = 0x80, /* where the thread's number may be */
    NUMBER_TO = 0x500,
    LIST_BYTES = 16, /* the two pointers before it */
    FSGSBASE = 2,    /* in AT_HWCAP2 */
    SAVED_BYTES = 4096,
};

static struct {
    void *(*allocate)(void *memory);
    void *(*restart)(void *base, _Bool first);
    void (*destroy_objects)(void);
    bool quick;        /* wrfsbase */
    size_t number_at;  /* the thread's number in the head; 0: unknown */
    ptrdiff_t rseq_at; /* restartable sequences: the area, from the base */
    bool has_rseq;
    size_t libc_at, libc_bytes; /* variables of the C library, below the base */
    void *spare;                /* blocks that came back, linked by word 0 */
} tls;

void *tls_block_current(void)
{
    void *base;

    __asm__("mov %%fs:0x10, %0" : "=r"(base));
    return base;
}

static size_t find_number(const char *base)
{
    int number = (int)kernel_call(SYS_gettid, 0);

    for (size_t at = NUMBER_FROM; at < NUMBER_TO; at += sizeof number)
        if (memcmp(base + at, &number, sizeof number) == 0)
            return at;
    return 0;
}

static int add_bytes(struct dl_phdr_info *info, size_t size, void *context)
{
    size_t *bytes = context;

    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_TLS)
            *bytes += info->dlpi_phdr[i].p_memsz + info->dlpi_phdr[i].p_align;
    return 0;
}

size_t tls_block_bytes(void)
{
    size_t bytes = 0;

    dl_iterate_phdr(add_bytes, &bytes);
    return bytes;
}

/* The variables of the library that has malloc. */
static int find_libc(struct dl_phdr_info *info, size_t size, void *context)
{
    const char *name = strrchr(info->dlpi_name, '/');

    (void)size;
    (void)context;
    if (!name || strcmp(name, "/libc.so.6") != 0 || !info->dlpi_tls_data)
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_TLS)
            tls.libc_bytes = info->dlpi_phdr[i].p_memsz;
    tls.libc_at = (size_t)((char *)tls_block_current() -
                           (char *)info->dlpi_tls_data);
    return 1;
}

bool tls_block_init(void)
{
    const ptrdiff_t *rseq = dlsym(RTLD_DEFAULT, "__rseq_offset");

    *(void **)&tls.allocate = dlsym(RTLD_DEFAULT, "_dl_allocate_tls");
    *(void **)&tls.restart = dlsym(RTLD_DEFAULT, "_dl_allocate_tls_init");
    *(void **)&tls.destroy_objects = dlsym(RTLD_DEFAULT, "__call_tls_dtors");
    tls.quick = getauxval(AT_HWCAP2) & FSGSBASE;
    tls.number_at = find_number(tls_block_current());
    tls.has_rseq = rseq;
    if (rseq)
        tls.rseq_at = *rseq;
    dl_iterate_phdr(find_libc, NULL);
    if (tls.libc_bytes > SAVED_BYTES)
        tls.libc_bytes = 0;
    return tls.allocate && tls.number_at;
}

/* The head of a new block. */
static void fill(char *base)
{
    const char *mine = tls_block_current();
    char *list = base + tls.number_at - LIST_BYTES;
    const int unregistered = -1;

    memcpy(base + 0x00, &base, sizeof base);
    memcpy(base + 0x10, &base, sizeof base);
    memcpy(base + EQUAL_FROM, mine + EQUAL_FROM, EQUAL_TO - EQUAL_FROM);
    memcpy(base + tls.number_at, mine + tls.number_at, sizeof(int));
    /* A list of one; fork takes the thread out of it. */
    memcpy((void *)list, &list, sizeof list);
    memcpy(list + sizeof list, &list, sizeof list);
    if (tls.has_rseq)
        memcpy(base + tls.rseq_at + sizeof(int), &unregistered, sizeof(int));
}

/* Blocks of libraries that were loaded late are made when they are first
 * used, and each thread has its own. The list is the loader's: before its first
 * entry stands how many there are. */
static void free_late_blocks(const char *base)
{
    struct late {
        void *block, *memory;
    } * list;

    memcpy(&list, base + sizeof list, sizeof list);
    for (size_t i = 1; i <= (size_t)(uintptr_t)list[-1].block; i++) {
        free(list[i].memory);
        list[i] = (struct late){ NULL, NULL };
    }
}

/* The variables as at the start of a thread, but for those of malloc. */
static bool restart(char *base)
{
    char saved[SAVED_BYTES];

    free_late_blocks(base);
    memcpy(saved, base - tls.libc_at, tls.libc_bytes);
    if (!tls.restart(base, 1))
        return false;
    memcpy(base - tls.libc_at, saved, tls.libc_bytes);
    return true;
}

void *tls_block_new(void)
{
    char *base = tls.spare;

    if (base) {
        memcpy(&tls.spare, base, sizeof tls.spare);
        if (!restart(base))
            return NULL;
    } else {
        base = tls.allocate(NULL);
        if (!base)
            return NULL;
    }
    fill(base);
    return base;
}

void tls_block_free(void *base)
{
    memcpy(base, &tls.spare, sizeof tls.spare);
    tls.spare = base;
}

void tls_block_enter(void *base)
{
    if (tls.quick)
        __asm__ volatile("wrfsbase %0" : : "r"(base) : "memory");
    else
        kernel_call(SYS_arch_prctl, ARCH_SET_FS, kernel_call_pointer(base));
}

void tls_block_destroy_objects(void)
{
    if (tls.destroy_objects)
        tls.destroy_objects();
}
