/*
 * program_child.c -- see program_child.h.
 *
 * Its end is told by a descriptor of the process (pidfd), so that one poll waits
 * for both its end and its output; a kernel without those (before 5.3) tells
 * only of the output, and whoever looks now and then sees the end, too. The
 * process is not reaped before it is freed: so long its number, which is also
 * that of the group we signal, means nobody else.
 *
 * Should we die, the kernel kills the program (PR_SET_PDEATHSIG); what that one
 * has started loses its terminal, if it had one.
 */
#include "cli/program/program_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

enum {
    READ_BYTES = 65536,
    LOOK_BYTES = 1 << 20,  /* read at most in one look: others wait for us */
    KEPT_BYTES = 64 << 20, /* at most */
    PATIENCE_MS = 1000,    /* from SIGTERM to SIGKILL */
    LOOK_MS = 10,          /* meanwhile */
};

struct program_child {
    pid_t pid;
    int64_t began_ns;
    int events;   /* epoll of the other two */
    int process;  /* pidfd, or -1 */
    int terminal; /* the master's side of its own, or -1 */
    bool ended;
    int status;
    struct strbuf output;
    struct program_piece *piece;
    size_t pieces, room;
    uint64_t left_out;
};

/* What the process that becomes the program does first, all of it prepared:
 * between fork and exec little may be called. */
struct becoming {
    const struct program_start *start;
    char **environment;
    int standard[3];
    int terminal; /* the slave's side, or the empty one; or -1 */
    int failed;   /* where a reason is written, closed by exec */
    pid_t parent;
};

/* --- the environment ------------------------------------------------------ */

static size_t name_length(const char *entry)
{
    return strcspn(entry, "=");
}

static bool is_changed(const char *const *change, const char *entry)
{
    size_t length = name_length(entry);

    for (; change && *change; change++)
        if (name_length(*change) == length &&
            strncmp(*change, entry, length) == 0)
            return true;
    return false;
}

/* Ours, changed; the strings are borrowed. */
static char **make_environment(const char *const *change)
{
    size_t count = 0, length = 0;
    char **entry;

    while (environ && environ[count])
        count++;
    for (size_t i = 0; change && change[i]; i++)
        count++;
    entry = xcalloc(count + 1, sizeof *entry);
    for (size_t i = 0; environ && environ[i]; i++)
        if (!is_changed(change, environ[i]))
            entry[length++] = environ[i];
    for (; change && *change; change++)
        if (strchr(*change, '='))
            entry[length++] = (char *)(uintptr_t)*change;
    return entry;
}

/* --- a terminal of its own ------------------------------------------------ */

/* Of the size of ours; what is written is not changed on its way. */
static void set_terminal(int slave, int ours)
{
    struct termios modes;
    struct winsize size;

    if (tcgetattr(slave, &modes) == 0) {
        modes.c_oflag &= ~(tcflag_t)OPOST;
        modes.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(slave, TCSANOW, &modes);
    }
    if (ioctl(ours, TIOCGWINSZ, &size) == 0)
        ioctl(slave, TIOCSWINSZ, &size);
}

/* Returns a negative errno value, or 0 and both sides. */
static int open_terminal(int *master, int *slave, int ours)
{
    const char *name;

    *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master < 0)
        return -errno;
    if (grantpt(*master) != 0 || unlockpt(*master) != 0 ||
        !(name = ptsname(*master)))
        return -errno;
    *slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*slave < 0)
        return -errno;
    fcntl(*master, F_SETFL, O_NONBLOCK);
    set_terminal(*slave, ours);
    return 0;
}

/* --- the start ------------------------------------------------------------ */

/* Who runs us may have signals ignored or blocked for us alone. */
static void forget_signals(void)
{
    sigset_t none;

    for (int number = 1; number < SIGRTMIN; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Returns only if that cannot be. */
static void become(const struct becoming *becoming)
{
    const struct program_start *start = becoming->start;

    setsid();
    if (becoming->terminal >= 0)
        ioctl(becoming->terminal, TIOCSCTTY, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != becoming->parent)
        _exit(EXIT_FAILURE); /* it died before we asked to be told */
    for (int fd = 0; fd < 3; fd++)
        if (dup2(becoming->standard[fd], fd) < 0)
            return;
    if (start->descriptor >= 0)
        fcntl(start->descriptor, F_SETFD, 0);
    forget_signals();
    execve(start->path, (char *const *)(uintptr_t)start->argument,
           becoming->environment);
}

/* The reason for which it could not become the program; 0: it has. */
static int read_failure(int fd)
{
    int reason = 0;
    ssize_t got;

    do
        got = read(fd, &reason, sizeof reason);
    while (got < 0 && errno == EINTR);
    return got == sizeof reason ? reason : 0;
}

/* All signals wait meanwhile: a handler of ours is not to run in the child. */
static int start_process(struct becoming *becoming, pid_t *pid)
{
    sigset_t all, before;
    int failed[2], reason = 0;

    if (pipe2(failed, O_CLOEXEC) != 0)
        return -errno;
    becoming->failed = failed[1];
    becoming->parent = getpid();
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    *pid = fork();
    if (*pid == 0) {
        become(becoming);
        reason = errno;
        if (write(becoming->failed, &reason, sizeof reason) < 0)
            _exit(EXIT_FAILURE);
        _exit(EXIT_FAILURE);
    }
    if (*pid < 0)
        reason = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(failed[1]);
    if (*pid > 0)
        reason = read_failure(failed[0]);
    close(failed[0]);
    if (*pid > 0 && reason)
        waitpid(*pid, NULL, 0);
    return -reason;
}

static void watch(const struct program_child *child, int fd)
{
    struct epoll_event event = { .events = EPOLLIN };

    if (fd >= 0)
        epoll_ctl(child->events, EPOLL_CTL_ADD, fd, &event);
}

static struct program_child *new_child(pid_t pid, int terminal)
{
    struct program_child *child = xcalloc(1, sizeof *child);

    child->pid = pid;
    child->status = -1;
    child->began_ns = clock_now_ns();
    child->terminal = terminal;
    child->process = (int)syscall(SYS_pidfd_open, pid, 0);
    child->events = epoll_create1(EPOLL_CLOEXEC);
    strbuf_init(&child->output);
    watch(child, child->process);
    watch(child, terminal);
    return child;
}

static void close_if(int fd)
{
    if (fd >= 0)
        close(fd);
}

/* Whose output is kept, and from where; false: nothing is. */
static bool keeps(const struct program_start *start, int fd)
{
    return start->output == PROGRAM_OUTPUT_KEPT && isatty(fd);
}

/* Its standard output and error; *master and becoming->terminal as needed. */
static int open_output(struct becoming *becoming, int *master)
{
    const struct program_start *start = becoming->start;
    int error;

    becoming->standard[STDOUT_FILENO] = STDOUT_FILENO;
    becoming->standard[STDERR_FILENO] = STDERR_FILENO;
    if (start->output == PROGRAM_OUTPUT_NOWHERE) {
        becoming->terminal = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (becoming->terminal < 0)
            return -errno;
        becoming->standard[STDOUT_FILENO] = becoming->terminal;
        becoming->standard[STDERR_FILENO] = becoming->terminal;
    }
    if (start->output == PROGRAM_OUTPUT_ASIDE)
        becoming->standard[STDOUT_FILENO] = STDERR_FILENO;
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
        if (!keeps(start, fd))
            continue;
        if (becoming->terminal < 0) {
            error = open_terminal(master, &becoming->terminal, fd);
            if (error != 0)
                return error;
        }
        becoming->standard[fd] = becoming->terminal;
    }
    return 0;
}

static struct program_child *refuse(struct diag *diag, const char *path,
                                    int error)
{
    diag_set(diag, path, 0, 0, _("it cannot be started: %s"), strerror(-error));
    return NULL;
}

struct program_child *program_child_start(const struct program_start *start,
                                          struct diag *diag)
{
    struct becoming becoming = { .start = start, .terminal = -1 };
    const char *input = start->input ? start->input : "/dev/null";
    int master = -1, error;
    pid_t pid = -1;

    becoming.standard[STDIN_FILENO] = open(input, O_RDONLY | O_CLOEXEC);
    if (becoming.standard[STDIN_FILENO] < 0) {
        diag_set(diag, input, 0, 0, "%s", strerror(errno));
        return NULL;
    }
    error = open_output(&becoming, &master);
    if (error == 0) {
        becoming.environment = make_environment(start->environment);
        error = start_process(&becoming, &pid);
        free(becoming.environment);
    }
    close_if(becoming.terminal);
    close(becoming.standard[STDIN_FILENO]);
    if (error == 0)
        return new_child(pid, master);
    close_if(master);
    return refuse(diag, start->path, error);
}

/* --- what it writes ------------------------------------------------------- */

static void keep(struct program_child *child, const char *text, size_t length)
{
    if (child->output.length + length > KEPT_BYTES) {
        child->left_out += length;
        return;
    }
    child->piece = xgrow(child->piece, child->pieces, &child->room,
                         sizeof *child->piece);
    child->piece[child->pieces++] = (struct program_piece){
        .t_ns = clock_now_ns(),
        .from = child->output.length,
    };
    strbuf_add(&child->output, text, length);
}

/* Nobody holds the other side any more: nothing will come. */
static void close_terminal(struct program_child *child)
{
    close(child->terminal);
    child->terminal = -1;
}

static void read_output(struct program_child *child)
{
    char text[READ_BYTES];
    ssize_t got = 1;

    for (ssize_t all = 0; child->terminal >= 0 && all < LOOK_BYTES;
         all += got) {
        got = read(child->terminal, text, sizeof text);
        if (got > 0) {
            keep(child, text, (size_t)got);
        } else {
            if (got == 0 || (errno != EAGAIN && errno != EINTR))
                close_terminal(child);
            return;
        }
    }
}

/* --- its end -------------------------------------------------------------- */

/* What waitpid would have returned. */
static int status_of(const siginfo_t *info)
{
    if (info->si_code == CLD_EXITED)
        return (info->si_status & 0xff) << 8;
    return info->si_status | (info->si_code == CLD_DUMPED ? 0x80 : 0);
}

static bool has_ended(struct program_child *child)
{
    siginfo_t info = { .si_pid = 0 };

    if (child->ended)
        return true;
    if (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) !=
            0 ||
        info.si_pid == 0)
        return false;
    child->ended = true;
    child->status = status_of(&info);
    return true;
}

/* The end is asked for first: what it wrote before is there then. */
bool program_child_look(struct program_child *child)
{
    bool ended = has_ended(child);

    read_output(child);
    return ended;
}

int program_child_fd(const struct program_child *child)
{
    return child->events;
}

int program_child_end_fd(const struct program_child *child)
{
    return child->process;
}

int program_child_status(const struct program_child *child)
{
    return child->status;
}

pid_t program_child_pid(const struct program_child *child)
{
    return child->pid;
}

int64_t program_child_began_ns(const struct program_child *child)
{
    return child->began_ns;
}

const char *program_child_output(const struct program_child *child,
                                 size_t *bytes)
{
    *bytes = child->output.length;
    return child->output.text;
}

const struct program_piece *program_child_pieces(
    const struct program_child *child, size_t *count)
{
    *count = child->pieces;
    return child->piece;
}

uint64_t program_child_left_out(const struct program_child *child)
{
    return child->left_out;
}

static void ask_to_end(const struct program_child *child)
{
    kill(-child->pid, SIGTERM);
    kill(-child->pid, SIGCONT);
}

/* Who has not ended by then has had its chance. What it writes meanwhile is
 * read, so that nobody waits for us. */
void program_child_end(struct program_child *child)
{
    struct pollfd event = { .fd = child->events, .events = POLLIN };
    int64_t until_ns = clock_now_ns() + PATIENCE_MS * NS_PER_MS;
    siginfo_t unused;

    if (program_child_look(child))
        return;
    ask_to_end(child);
    while (!program_child_look(child) && clock_now_ns() < until_ns)
        poll(&event, 1, LOOK_MS);
    if (child->ended)
        return;
    kill(-child->pid, SIGKILL);
    while (waitid(P_PID, (id_t)child->pid, &unused, WEXITED | WNOWAIT) != 0 &&
           errno == EINTR)
        continue;
    program_child_look(child);
}

void program_child_free(struct program_child *child)
{
    if (!child)
        return;
    program_child_end(child);
    kill(-child->pid, SIGKILL);
    waitpid(child->pid, NULL, 0);
    close_if(child->terminal);
    close_if(child->process);
    close_if(child->events);
    strbuf_fini(&child->output);
    free(child->piece);
    free(child);
}
