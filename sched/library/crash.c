/*
 * crash.c -- a note of where a program was when it crashed.
 *
 * The program dies as it would without us. Whoever watches it reads the note,
 * "SIGNAL PLACE TASK" (the place hexadecimal, in the program's file; the task
 * -1 if none runs), and finds the line. The handler only does what a handler
 * may.
 */
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "sched/library/library_internal.h"
#include "sched/program/task.h"

static const int crash[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/* Written once, before the handler can run. */
static struct {
    char path[INSTRUCTIONS_PATH_BYTES];
    uintptr_t base; /* where the program's file begins in memory */
} watch;

static uintptr_t place_of(const ucontext_t *state)
{
#if defined __x86_64__
    return (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
#elif defined __aarch64__
    return (uintptr_t)state->uc_mcontext.pc;
#else
    (void)state;
    return watch.base;
#endif
}

/* Returns behind it. A handler has no printf. */
static char *put_number(char *at, uintptr_t number, unsigned base)
{
    char digit[20];
    size_t count = 0;

    do
        digit[count++] = "0123456789abcdef"[number % base];
    while ((number /= base) > 0);
    while (count > 0)
        *at++ = digit[--count];
    return at;
}

/* At the return the instruction is done again, or abort goes on, without us. */
static void on_crash(int number, siginfo_t *info, void *machine_state)
{
    char text[80], *at = put_number(text, (uintptr_t)number, 10);
    int fd = open(watch.path, O_WRONLY | O_CLOEXEC);
    struct task_calls *calls = task_current();

    *at++ = ' ';
    at = put_number(at, place_of(machine_state) - watch.base, 16);
    *at++ = ' ';
    if (calls)
        at = put_number(at, (uintptr_t)task_index(calls), 10);
    else
        *at++ = '-', *at++ = '1';
    if (fd >= 0 && write(fd, text, (size_t)(at - text)) >= 0)
        close(fd);
    if (info->si_code <= 0) /* sent: it does not come again by itself */
        raise(number);
}

/* The first is the program itself. */
static int take_base(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    watch.base = info->dlpi_addr;
    return 1;
}

void crash_watch(const char *path)
{
    struct sigaction action = { .sa_sigaction = on_crash,
                                .sa_flags = SA_SIGINFO | SA_ONSTACK |
                                            (int)SA_RESETHAND };

    if (!*path)
        return;
    snprintf(watch.path, sizeof watch.path, "%s", path);
    dl_iterate_phdr(take_base, NULL);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof crash / sizeof *crash; i++)
        sigaction(crash[i], &action, NULL);
}
