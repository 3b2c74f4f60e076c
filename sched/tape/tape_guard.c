/*
 * tape_guard.c -- a mapped file may be cut short by somebody else, and then who
 * writes to it gets a signal.
 *
 *   window  [page][page][page]…        of the file, as long as it is so long
 *            ↓ SIGBUS
 *           [zero][zero][zero]…        of memory that is nobody's
 *
 * The handler lays memory over the whole window and notes the error. Then the
 * instruction is done again, and whoever wrote goes on; it asks for the error
 * in its own time. A fault of anybody else is handed on, and who takes the signal
 * after us, to restore the terminal, asks us first.
 */
#include "sched/tape/tape_guard.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>

#include "sched/base/crash_cleanup.h"

enum {
    WINDOWS = 16 /* at once, of a process; more are not guarded */
};

/* A handler can reach only static data. size is 0 where there is no window, and
 * is stored last: a handler on another thread sees a whole one. */
static struct {
    uint8_t *memory;
    atomic_size_t size;
    atomic_int *error;
} guard[WINDOWS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct sigaction before;
static volatile sig_atomic_t handed_on;

/* Is it a window's, and could memory be laid over it? */
static bool mend(const void *where)
{
    const uint8_t *address = where;

    for (int i = 0; i < WINDOWS; i++) {
        size_t size = atomic_load_explicit(&guard[i].size,
                                           memory_order_acquire);

        if (size == 0 || address < guard[i].memory ||
            address >= guard[i].memory + size)
            continue;
        atomic_store_explicit(guard[i].error, -ESTALE, memory_order_relaxed);
        return mmap(guard[i].memory, size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
                    0) != MAP_FAILED;
    }
    return false;
}

/* The instruction is done again once we return. Who had the signal before may
 * have been told to hand it on to us: it comes back once only. */
static void on_fault(int number, siginfo_t *info, void *machine_state)
{
    int error = errno;

    (void)machine_state;
    if (info->si_code > 0 && mend(info->si_addr)) {
        errno = error;
        return;
    }
    if (handed_on)
        signal(number, SIG_DFL);
    else
        sigaction(number, &before, NULL);
    handed_on = true;
    if (info->si_code <= 0) /* sent: it does not come again by itself */
        raise(number);
}

/* Others take the signal, too, and know nothing of windows: each time we are
 * the first to be asked. */
static void come_first(void)
{
    struct sigaction action = { .sa_sigaction = on_fault,
                                .sa_flags = SA_SIGINFO | SA_ONSTACK };
    struct sigaction now;

    sigemptyset(&action.sa_mask);
    if (sigaction(SIGBUS, NULL, &now) != 0 ||
        ((now.sa_flags & SA_SIGINFO) && now.sa_sigaction == on_fault))
        return;
    before = now;
    handed_on = false;
    crash_cleanup_set_mend(mend);
    sigaction(SIGBUS, &action, NULL);
}

void tape_guard_begin(void *memory, size_t size, atomic_int *error)
{
    int i = 0;

    pthread_mutex_lock(&lock);
    come_first();
    while (i < WINDOWS && atomic_load(&guard[i].size) > 0)
        i++;
    if (i < WINDOWS) {
        guard[i].memory = memory;
        guard[i].error = error;
        atomic_store_explicit(&guard[i].size, size, memory_order_release);
    }
    pthread_mutex_unlock(&lock);
}

void tape_guard_end(const void *memory)
{
    pthread_mutex_lock(&lock);
    for (int i = 0; i < WINDOWS; i++)
        if (guard[i].memory == memory)
            atomic_store_explicit(&guard[i].size, 0, memory_order_release);
    pthread_mutex_unlock(&lock);
}
