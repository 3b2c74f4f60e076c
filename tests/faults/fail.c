/*
 * fail.c -- a library that is loaded before all others (LD_PRELOAD) and lets a
 * call of one object fail: ours, and nobody else's in the same process.
 *
 *   FAIL_CALL=malloc   which of the names below; malloc is all that allocate
 *   FAIL_IN=NAME       the object whose calls count, by the end of its path;
 *                      empty: the program
 *   FAIL_NAME=NAME     the program it is for: others inherit all of this
 *   FAIL_AT=N          the first call that fails, from 1
 *   FAIL_TIMES=N       how many fail; 0: all from then on
 *   FAIL_TOLD=FILE     made when one fails: a run without it had so few calls
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct {
    const char *call, *object, *told;
    unsigned long at, times;
    uintptr_t low,
        high; /* of the object; nothing fails before they are known */
    atomic_ulong calls;
} fail;

/* The path of the program itself is empty here. */
static int find_object(struct dl_phdr_info *info, size_t size, void *unused)
{
    size_t have = strlen(info->dlpi_name), wanted = strlen(fail.object);

    (void)size;
    (void)unused;
    if (wanted ? have < wanted ||
                     strcmp(info->dlpi_name + have - wanted, fail.object) != 0
               : have > 0)
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];

        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
            continue;
        fail.low = info->dlpi_addr + part->p_vaddr;
        fail.high = fail.low + part->p_memsz;
    }
    return 1;
}

static const char *said(const char *name)
{
    const char *value = getenv(name);

    return value ? value : "";
}

__attribute__((constructor)) static void begin(void)
{
    fail.call = said("FAIL_CALL");
    fail.object = said("FAIL_IN");
    fail.told = said("FAIL_TOLD");
    fail.at = strtoul(said("FAIL_AT"), NULL, 10);
    fail.times = strtoul(said("FAIL_TIMES"), NULL, 10);
    if (strcmp(said("FAIL_NAME"), program_invocation_short_name) == 0)
        dl_iterate_phdr(find_object, NULL);
}

/* Does this call fail, which will return there? */
static bool fails(const char *call, const void *there)
{
    uintptr_t place = (uintptr_t)there;
    unsigned long number;

    if (place < fail.low || place >= fail.high || strcmp(call, fail.call) != 0)
        return false;
    number = atomic_fetch_add(&fail.calls, 1) + 1;
    if (number < fail.at || (fail.times && number >= fail.at + fail.times))
        return false;
    close(open(fail.told, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    return true;
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

#define HERE __builtin_return_address(0)

/* What fails says why, and returns what says so. */
#define FAIL_IF(name, reason, value)                                           \
    if (fails(name, HERE)) {                                                   \
        errno = (reason);                                                      \
        return (value);                                                        \
    }

void *malloc(size_t size)
{
    FAIL_IF("malloc", ENOMEM, NULL)
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    FAIL_IF("malloc", ENOMEM, NULL)
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    FAIL_IF("malloc", ENOMEM, NULL)
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    FAIL_IF("malloc", ENOMEM, NULL)
    return __libc_memalign(alignment, size);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*function)(void *), void *argument)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

    if (fails("pthread_create", HERE))
        return EAGAIN;
    *(void **)&real = next("pthread_create");
    return real(thread, attributes, function, argument);
}

void *mmap(void *at, size_t size, int protection, int flags, int fd,
           off_t offset)
{
    void *(*real)(void *, size_t, int, int, int, off_t);

    FAIL_IF("mmap", ENOMEM, MAP_FAILED)
    *(void **)&real = next("mmap");
    return real(at, size, protection, flags, fd, offset);
}

int mprotect(void *at, size_t size, int protection)
{
    int (*real)(void *, size_t, int);

    FAIL_IF("mprotect", ENOMEM, -1)
    *(void **)&real = next("mprotect");
    return real(at, size, protection);
}

int memfd_create(const char *name, unsigned flags)
{
    int (*real)(const char *, unsigned);

    FAIL_IF("memfd_create", EMFILE, -1)
    *(void **)&real = next("memfd_create");
    return real(name, flags);
}
