/*
 * terminal_stuck.c -- a key counts more than the picture.
 *
 * A terminal that does not read (Ctrl-S, a connection that hangs, a full
 * pseudo-terminal) lets us wait in the middle of a frame, inside ncurses, and
 * meanwhile nobody reads the keys: q would do nothing. So a timer looks now and
 * then whether a key is waiting as well. If so, what the terminal has not read
 * is thrown away, which makes room for the rest of the frame. As long as
 * nobody presses a key, waiting is right: Ctrl-Q lets the frame go on whole.
 */
#include "render/output/terminal_stuck.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "render/output/terminfo.h"
#include "sched/base/clock.h"

static const int64_t look_ns = 200 * NS_PER_MS;

/* What the signal handler needs. */
static struct {
    int output, keys;
    char plain[PLAIN_BYTES_MAX];
    timer_t timer;
    bool has_timer;
    volatile sig_atomic_t thrown_away;
} stuck;

static bool is_ready(int fd, short events)
{
    struct pollfd one = { .fd = fd, .events = events };

    return poll(&one, 1, 0) > 0;
}

static void throw_away(void)
{
    ssize_t written = 0;

    tcflush(stuck.output, TCOFLUSH);
    tcflow(stuck.output, TCOOFF); /* else TCOON does not undo Ctrl-S */
    tcflow(stuck.output, TCOON);
    if (is_ready(stuck.output, POLLOUT))
        written = write(stuck.output, stuck.plain, strlen(stuck.plain));
    (void)written;
    stuck.thrown_away = 1;
}

static void on_timer(int number)
{
    int error = errno;

    (void)number;
    if (is_ready(stuck.keys, POLLIN) && !is_ready(stuck.output, POLLOUT))
        throw_away();
    errno = error;
}

void terminal_stuck_init(int output, int keys)
{
    struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
                              .sigev_signo = SIGURG };
    struct sigaction action = { .sa_handler = on_timer,
                                .sa_flags = SA_RESTART };

    stuck.output = output;
    stuck.keys = keys;
    terminfo_plain(stuck.plain, sizeof stuck.plain);
    sigaction(SIGURG, &action, NULL);
    stuck.has_timer = timer_create(CLOCK_MONOTONIC, &event, &stuck.timer) == 0;
}

void terminal_stuck_fini(void)
{
    if (stuck.has_timer)
        timer_delete(stuck.timer);
    stuck.has_timer = false;
    signal(SIGURG, SIG_DFL);
}

/* 0: never. */
static void look_every(int64_t ns)
{
    const struct timespec often = { .tv_nsec = (long)ns };
    const struct itimerspec when = { often, often };

    if (stuck.has_timer)
        timer_settime(stuck.timer, 0, &when, NULL);
}

void terminal_stuck_begin(void)
{
    look_every(look_ns);
}

bool terminal_stuck_end(void)
{
    bool thrown_away;

    look_every(0);
    thrown_away = stuck.thrown_away;
    stuck.thrown_away = 0;
    return thrown_away;
}
