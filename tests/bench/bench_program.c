/*
 * bench_program.c -- the program as a whole, timed from outside.
 *
 * The first frame is measured in a pseudo-terminal, from fork to the first
 * bytes that are not the terminal's set-up: the machine's frame in the scene.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "tests/bench/bench.h"

enum {
    ORDERS = 1000
};

#define ORDERS_TEXT "1000"
#define PAIR        "tests/bench/pair" /* where `make bench` is */

static int64_t help_once(void *context)
{
    int64_t began = clock_now_ns();
    pid_t child = fork();

    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);

        dup2(nothing, STDOUT_FILENO);
        execl(context, context, "--help", (char *)NULL);
        _exit(127);
    }
    waitpid(child, NULL, 0);
    return clock_now_ns() - began;
}

int bench_terminal(char *name, size_t size)
{
    struct winsize window = { .ws_row = 24, .ws_col = 80 };
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);

    if (terminal < 0 || grantpt(terminal) || unlockpt(terminal)) {
        perror("bench: pseudo-terminal");
        exit(1);
    }
    ioctl(terminal, TIOCSWINSZ, &window);
    snprintf(name, size, "%s", ptsname(terminal));
    return terminal;
}

void bench_run_in(const char *name, const char *const argv[])
{
    int terminal;

    setsid();
    terminal = open(name, O_RDWR);
    for (int fd = 0; fd < 3; fd++)
        dup2(terminal, fd);
    setenv("TERM", "xterm-256color", 1);
    execv(argv[0], (char **)(uintptr_t)argv);
    _exit(127);
}

/* Read until the screen's footer has come, for 5 s at most. */
static void wait_for_frame(int terminal)
{
    static char seen[1 << 16];
    size_t length = 0;
    struct pollfd ready = { .fd = terminal, .events = POLLIN };

    while (length < sizeof seen - 1 && poll(&ready, 1, 5000) > 0) {
        ssize_t count = read(terminal, seen + length, sizeof seen - 1 - length);

        if (count <= 0)
            return;
        length += (size_t)count;
        seen[length] = '\0';
        if (strstr(seen, "quit"))
            return;
    }
}

int64_t bench_first_frame(const char *const argv[])
{
    char name[64];
    int terminal = bench_terminal(name, sizeof name);
    int64_t began = clock_now_ns(), taken;
    pid_t child = fork();

    if (child == 0)
        bench_run_in(name, argv);
    wait_for_frame(terminal);
    taken = clock_now_ns() - began;
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    close(terminal);
    return taken;
}

static int64_t first_frame_once(void *context)
{
    const char *argv[] = { context, "coroutine", "--lang", "en", NULL };

    return bench_first_frame(argv);
}

static int64_t command_once(const char *const argv[])
{
    int64_t began = clock_now_ns();
    pid_t child = fork();

    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);

        dup2(nothing, STDOUT_FILENO);
        execv(argv[0], (char **)(uintptr_t)argv);
        _exit(127);
    }
    waitpid(child, NULL, 0);
    return clock_now_ns() - began;
}

static int64_t orders_once(void *context)
{
    const char *argv[] = { context,  "explore", "--schedules", ORDERS_TEXT,
                           "--json", "--",      PAIR,          NULL };

    return command_once(argv);
}

static int64_t forks_once(void *unused)
{
    const char *argv[] = { PAIR, ORDERS_TEXT, NULL };

    (void)unused;
    return command_once(argv);
}

/* In turn: what explore takes for its runs beyond what the system does. */
static int64_t share_once(void *context)
{
    return orders_once(context) - forks_once(NULL);
}

void bench_program(const char *program)
{
    char path[4096];

    snprintf(path, sizeof path, "%s", program);
    bench_group("the program");
    bench_time("--help", 21, 1, "ms", 10, help_once, path);
    bench_time("start to first frame", 11, 1, "ms", 100, first_frame_once,
               path);
    bench_time("fork, two threads, wait", 7, ORDERS, "us", 0, forks_once, NULL);
    bench_time("the same as a run of explore -- COMMAND", 7, ORDERS, "us", 0,
               orders_once, path);
    bench_time("explore's own share of a run, in turn", 7, ORDERS, "us", 1500,
               share_once, path);
}
