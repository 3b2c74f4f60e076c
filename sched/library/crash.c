/*
 * crash.c -- a note of where a program was when it crashed.
 *
 * The program dies as it would without us. Whoever watches it reads the note,
 * "SIGNAL TASK PLACE...": the task is -1 if none runs, a place an address in the
 * program's file, hexadecimal. The first is where it was, or, as that may be in
 * the C library, what on its stack may be where that returns to. The handler
 * only does what a handler may.
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

enum {
    PLACES = 8,
    STACK_PAGE = 4096, /* what is behind may be a guard */
    NOTE_BYTES = 32 + PLACES * 20
};

static const int crash[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/* Written once, before the handler can run. */
static struct {
    char path[INSTRUCTIONS_PATH_BYTES];
    uintptr_t base, low, high; /* of the program: its file, its code */
} watch;

/* Where it was, and its stack; 0 where we do not know how that is told. */
static void read_state(const ucontext_t *state, uintptr_t *place,
                       uintptr_t *stack)
{
#if defined __x86_64__
    *place = (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
    *stack = (uintptr_t)state->uc_mcontext.gregs[REG_RSP];
#elif defined __aarch64__
    *place = (uintptr_t)state->uc_mcontext.pc;
    *stack = (uintptr_t)state->uc_mcontext.sp;
#else
    (void)state;
    *place = *stack = 0;
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
    *at++ = ' ';
    return at;
}

/* What a call returns to is behind the call. Sanitizers know whose each byte of
 * a stack is, and mind. */
__attribute__((no_sanitize("address"), no_sanitize("thread"))) static char *
put_places(char *at, const ucontext_t *state)
{
    uintptr_t place, stack;
    int places = 0;

    read_state(state, &place, &stack);
    if (place >= watch.low && place < watch.high) {
        at = put_number(at, place - watch.base, 16);
        places++;
    }
    stack -= stack % sizeof stack;
    for (uintptr_t end = (stack | (STACK_PAGE - 1)) + 1;
         stack && stack < end && places < PLACES; stack += sizeof stack) {
        const uintptr_t *word = (const uintptr_t *)stack;

        if (*word <= watch.low || *word >= watch.high)
            continue;
        at = put_number(at, *word - 1 - watch.base, 16);
        places++;
    }
    return at;
}

/* At the return the instruction is done again, or abort goes on, without us. */
static void on_crash(int number, siginfo_t *info, void *machine_state)
{
    char text[NOTE_BYTES], *at = put_number(text, (uintptr_t)number, 10);
    int fd = open(watch.path, O_WRONLY | O_CLOEXEC);
    struct task_calls *calls = task_current();

    if (calls) {
        at = put_number(at, (uintptr_t)task_index(calls), 10);
    } else {
        memcpy(at, "-1 ", 3);
        at += 3;
    }
    at = put_places(at, machine_state);
    if (fd >= 0 && write(fd, text, (size_t)(at - text)) >= 0)
        close(fd);
    if (info->si_code <= 0) /* sent: it does not come again by itself */
        raise(number);
}

/* The first is the program itself. */
static int take_places(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    watch.base = info->dlpi_addr;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];

        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
            continue;
        watch.low = watch.base + part->p_vaddr;
        watch.high = watch.low + part->p_memsz;
    }
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
    dl_iterate_phdr(take_places, NULL);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof crash / sizeof *crash; i++)
        sigaction(crash[i], &action, NULL);
}
