/*
 * terminal_restore.c -- give the terminal back, whatever ends the program.
 *
 * Four ways lead here while armed: terminal_restore_now(), a signal that ends
 * the program, exit() on any thread, and crash_cleanup_run() before a last
 * message. All of them run undo(), once, which uses async-signal-safe calls
 * only.
 *
 * A terminal may be stuck (Ctrl-S, a dead connection). Ending must not wait
 * for it: what it has not taken yet is thrown away, output is switched on
 * again, and after a few times 200 ms without room we leave it as it is.
 */
#include "render/output/terminal_restore.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "sched/base/crash_cleanup.h"

enum {
    STUCK_MS = 200,
    ANSWER_MS = 1000,
    ATTEMPTS = 3,
    SIGNALS_MAX = 128,
    ALTERNATE_STACK_BYTES = 64 * 1024
};

/* Signals that end a program that does not handle them. So do the real-time
 * signals, whose numbers are not constants. */
static const int named_signal[] = {
    SIGHUP,    SIGINT,  SIGQUIT, SIGTERM, SIGSEGV,   SIGBUS,  SIGILL,
    SIGFPE,    SIGABRT, SIGSYS,  SIGTRAP, SIGXCPU,   SIGXFSZ, SIGALRM,
    SIGUSR1,   SIGUSR2, SIGPIPE, SIGPROF, SIGVTALRM,
#ifdef __linux__ /* other systems have none, or ignore them */
    SIGIO,     SIGPWR,
#endif
#ifdef SIGSTKFLT
    SIGSTKFLT,
#endif
};

enum {
    NAMED_SIGNALS = sizeof named_signal / sizeof *named_signal
};

/* The next after number, 0: the first; 0 once there are no more. */
static int next_ending_signal(int number)
{
#ifdef SIGRTMIN
    int real_time = SIGRTMIN, last = SIGRTMAX;
#else
    int real_time = SIGNALS_MAX, last = 0; /* there are none */
#endif

    if (last >= SIGNALS_MAX)
        last = SIGNALS_MAX - 1;
    if (number >= real_time)
        return number < last ? number + 1 : 0;
    for (int i = 0; number && i < NAMED_SIGNALS - 1; i++)
        if (named_signal[i] == number)
            return named_signal[i + 1];
    if (number)
        return real_time <= last ? real_time : 0;
    return named_signal[0];
}

/* A signal handler can reach only static data. */
static struct {
    int fd; /* the terminal, opened once more: our writes never block */
    struct termios modes;
    char bytes[RESTORE_BYTES_MAX];
    size_t length;
    struct sigaction before[SIGNALS_MAX]; /* by number */
    bool watching_exit;
    bool orderly; /* nothing is wrong: what was written may be read */
    bool leaving; /* and for good */
    const bool *asked;
    sigset_t mask; /* of the main thread, before */
} kept;

/* Returns whether the terminal took it all. */
static bool write_patiently(const char *bytes, size_t length)
{
    while (length) {
        struct pollfd room = { .fd = kept.fd, .events = POLLOUT };
        ssize_t written;

        if (poll(&room, 1, STUCK_MS) <= 0 || room.revents & (POLLERR | POLLHUP))
            return false;
        written = write(kept.fd, bytes, length);
        if (written <= 0 && errno != EINTR)
            return false;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

/* An answer of the terminal that is on its way is no word for the shell. */
static void swallow_answer(void)
{
    struct pollfd answer = { .fd = kept.fd, .events = POLLIN };

    if (kept.asked && *kept.asked && poll(&answer, 1, ANSWER_MS) > 0)
        tcflush(kept.fd, TCIFLUSH);
}

/* Async-signal-safe. After Ctrl-S only TCOON would do nothing: on Linux it
 * undoes a TCOOFF, and then Ctrl-S as well. It may be pressed right now, so we
 * try more than once. */
static void undo(void)
{
    bool taken = kept.orderly && write_patiently(kept.bytes, kept.length);

    if (taken && kept.leaving)
        swallow_answer();
    for (int i = 0; i < ATTEMPTS && !taken; i++) {
        tcflush(kept.fd, TCOFLUSH);
        tcflow(kept.fd, TCOOFF);
        tcflow(kept.fd, TCOON);
        taken = write_patiently(kept.bytes, kept.length);
    }
    tcsetattr(kept.fd, TCSANOW, &kept.modes);
}

static void say_crashed(void)
{
    static const char message[] =
        "concviz: crashed; this is a bug in concviz. The terminal was "
        "restored.\n";
    ssize_t written = 0;

    if (isatty(STDERR_FILENO))
        write_patiently(message, sizeof message - 1);
    else
        written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
}

/* The default action is put back, and the signal is blocked until we return:
 * then it ends the program as if we had never been here. */
static void on_ending_signal(int number, siginfo_t *info, void *machine_state)
{
    (void)machine_state;
    if (number == SIGBUS && info->si_code > 0 &&
        crash_cleanup_mends(info->si_addr))
        return;
    signal(number, SIG_DFL);
    crash_cleanup_run();
    switch (number) {
    case SIGSEGV:
    case SIGBUS:
    case SIGILL:
    case SIGFPE:
    case SIGSYS:
        say_crashed();
        break;
    default:
        break;
    }
    raise(number);
}

static void set_stop(void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };

    sigfillset(&action.sa_mask);
    sigaction(SIGTSTP, &action, NULL);
}

/* Ctrl-Z: lend the terminal, and stop. SIGCONT takes it again, and comes in any
 * case: where there is nobody to continue us, the system does not stop us. */
static void on_stop(int number)
{
    sigset_t stop, before;

    kept.orderly = true;
    undo();
    kept.orderly = false;
    tcflush(kept.fd, TCIFLUSH); /* keys for us are no words for the shell */
    set_stop(SIG_DFL);
    raise(number);
    sigemptyset(&stop);
    sigaddset(&stop, number);
    pthread_sigmask(SIG_UNBLOCK, &stop, &before); /* here we stop */
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    set_stop(on_stop);
    raise(SIGCONT);
}

/* From now on Ctrl-Z waits until somebody can do without the terminal. */
static void hold_stop(void)
{
    sigset_t stop;

    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_BLOCK, &stop, &kept.mask);
    sigaction(SIGTSTP, NULL, &kept.before[SIGTSTP]);
    if (kept.before[SIGTSTP].sa_handler != SIG_IGN)
        set_stop(on_stop);
}

/* O_NONBLOCK belongs to an open file, and the terminal's is shared with the
 * shell: so it is opened once more. */
static int open_again(int fd)
{
    char name[PATH_MAX];
    int again = -1;

    if (ttyname_r(fd, name, sizeof name) == 0)
        again = open(name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return again < 0 ? fd : again;
}

bool terminal_restore_remember(int fd)
{
    if (!kept.fd)
        kept.fd = open_again(fd);
    for (int i = 0; (i = next_ending_signal(i));)
        sigaction(i, NULL, &kept.before[i]);
    return tcgetattr(fd, &kept.modes) == 0;
}

/* A handler cannot run on a stack that overflowed. One for the main thread;
 * workers bring their own. */
static void provide_stack(void)
{
    static _Alignas(16) char stack[ALTERNATE_STACK_BYTES];
    stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };

    sigaltstack(&alternate, NULL);
}

static void install_handlers(void)
{
    struct sigaction action = { .sa_sigaction = on_ending_signal,
                                .sa_flags = SA_ONSTACK | SA_SIGINFO };

    sigfillset(&action.sa_mask);
    /* What our parent had ignored (nohup) stays ignored. */
    for (int i = 0; (i = next_ending_signal(i));)
        if (kept.before[i].sa_handler != SIG_IGN)
            sigaction(i, &action, NULL);
}

void terminal_restore_arm(const char *bytes, size_t length, const bool *asked)
{
    if (length > sizeof kept.bytes)
        length = sizeof kept.bytes;
    memcpy(kept.bytes, bytes, length);
    kept.length = length;
    kept.asked = asked;
    kept.leaving = false;
    kept.orderly = false;
    provide_stack();
    hold_stop();
    crash_cleanup_set(undo);
    install_handlers();
    if (!kept.watching_exit)
        kept.watching_exit = atexit(crash_cleanup_run) == 0;
}

void terminal_restore_now(void)
{
    kept.orderly = kept.leaving = true;
    crash_cleanup_run();
    for (int i = 0; (i = next_ending_signal(i));)
        sigaction(i, &kept.before[i], NULL);
    sigaction(SIGTSTP, &kept.before[SIGTSTP], NULL);
    pthread_sigmask(SIG_SETMASK, &kept.mask, NULL);
}

bool terminal_restore_armed(void)
{
    return crash_cleanup_is_set();
}
