#include "tests/cli/pty.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

enum {
    TURN_MS = 20
};

struct pty {
    int master, slave;
    pid_t child;
    int status; /* -1 while it runs */
    VTerm *vterm;
    VTermScreen *screen;
    int columns, rows;
    bool alternate, cursor;
    struct strbuf text;
};

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *pty = user;

    if (property == VTERM_PROP_ALTSCREEN)
        pty->alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        pty->cursor = value->boolean;
    return 1;
}

void pty_claim_size(struct pty *pty, int columns, int rows)
{
    struct winsize size = { .ws_row = (unsigned short)rows,
                            .ws_col = (unsigned short)columns };

    ioctl(pty->slave, TIOCSWINSZ, &size);
}

static void set_size(struct pty *pty, int columns, int rows)
{
    pty->columns = columns;
    pty->rows = rows;
    pty_claim_size(pty, columns, rows);
}

static void open_glass(struct pty *pty)
{
    static VTermScreenCallbacks callbacks = { .settermprop = on_property };

    pty->vterm = vterm_new(pty->rows, pty->columns);
    vterm_set_utf8(pty->vterm, 1);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    pty->cursor = true;
}

/*
 * In the child: the slave becomes its terminal, and argv its program. Whoever
 * runs the tests in the background has the keyboard's signals ignored, and a
 * program inherits that: a terminal's shell would not.
 */
static void become(struct pty *pty, const char *const *argv,
                   const sigset_t *mask)
{
    for (int number = 1; number < SIGRTMIN; number++)
        signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    setsid();
    ioctl(pty->slave, TIOCSCTTY, 0);
    for (int fd = 0; fd < 3; fd++)
        dup2(pty->slave, fd);
    close(pty->master);
    if (pty->slave > 2)
        close(pty->slave);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

/* The master's end of a new pair, unlocked; negative if there is none. */
static int open_master(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);

    if (master < 0 || (grantpt(master) == 0 && unlockpt(master) == 0))
        return master;
    close(master);
    return -1;
}

static bool is_possible(void)
{
    int master = open_master();
    int slave = master < 0 ? -1 : open(ptsname(master), O_RDWR | O_NOCTTY);

    if (master >= 0)
        close(master);
    if (slave >= 0)
        close(slave);
    return slave >= 0;
}

bool pty_skips(void)
{
    if (access("./concviz", X_OK) != 0)
        puts("1..0 # SKIP there is no ./concviz");
    else if (!is_possible())
        puts("1..0 # SKIP there is no pseudo-terminal");
    else
        return false;
    return true;
}

void pty_environment(void)
{
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    unsetenv("LANGUAGE");
    unsetenv("NO_COLOR");
    unsetenv("LINES");
    unsetenv("COLUMNS");
}

struct pty *pty_start(int columns, int rows, const char *const *argv)
{
    struct pty *pty = xcalloc(1, sizeof *pty);
    sigset_t all, before;

    strbuf_init(&pty->text);
    pty->status = -1;
    pty->master = open_master();
    if (pty->master < 0)
        abort();
    fcntl(pty->master, F_SETFL, O_NONBLOCK);
    pty->slave = open(ptsname(pty->master), O_RDWR | O_NOCTTY);
    set_size(pty, columns, rows);
    open_glass(pty);
    /* A signal to the child must not meet the handlers of libcheck. */
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    pty->child = fork();
    if (pty->child < 0)
        abort();
    if (pty->child == 0)
        become(pty, argv, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return pty;
}

void pty_free(struct pty *pty)
{
    if (pty->status < 0) {
        kill(pty->child, SIGKILL);
        kill(pty->child, SIGCONT);
        waitpid(pty->child, NULL, 0);
    }
    vterm_free(pty->vterm);
    close(pty->slave);
    if (pty->master >= 0)
        close(pty->master);
    strbuf_fini(&pty->text);
    free(pty);
}

static void send(struct pty *pty, const char *bytes, size_t length)
{
    while (length) {
        struct pollfd room = { .fd = pty->master, .events = POLLOUT };
        ssize_t written = write(pty->master, bytes, length);

        if (written < 0 && errno != EAGAIN && errno != EINTR)
            return;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        } else {
            poll(&room, 1, TURN_MS);
        }
    }
}

void pty_type(struct pty *pty, const char *bytes)
{
    send(pty, bytes, strlen(bytes));
}

/* Show the glass so many of the bytes that have come, and answer what the
 * program asked of its terminal. Returns how many; 0 if there are none. */
static size_t show(struct pty *pty, size_t most)
{
    char bytes[8192], answers[256];
    ssize_t length = read(pty->master, bytes,
                          most < sizeof bytes ? most : sizeof bytes);
    size_t answer;

    if (length > 0)
        vterm_input_write(pty->vterm, bytes, (size_t)length);
    vterm_screen_flush_damage(pty->screen);
    while ((answer = vterm_output_read(pty->vterm, answers, sizeof answers)))
        send(pty, answers, answer);
    return length > 0 ? (size_t)length : 0;
}

/* Is the child still there? */
static void look_after(struct pty *pty)
{
    if (pty->status < 0 &&
        waitpid(pty->child, &pty->status, WNOHANG) != pty->child)
        pty->status = -1;
}

void pty_turn(struct pty *pty)
{
    struct pollfd input = { .fd = pty->master, .events = POLLIN };

    poll(&input, 1, TURN_MS);
    while (show(pty, SIZE_MAX) > 0)
        ;
    look_after(pty);
}

size_t pty_turn_slowly(struct pty *pty, size_t most)
{
    size_t shown = show(pty, most);

    poll(NULL, 0, TURN_MS);
    look_after(pty);
    return shown;
}

static void append_row(struct pty *pty, int row)
{
    for (int column = 0; column < pty->columns; column++) {
        VTermScreenCell cell;
        VTermPos place = { .row = row, .col = column };
        char text[4];

        if (!vterm_screen_get_cell(pty->screen, place, &cell) ||
            cell.chars[0] == (uint32_t)-1)
            continue;
        strbuf_add(&pty->text, text,
                   text_encode(text, cell.chars[0] ? cell.chars[0] : ' '));
    }
}

const char *pty_text(struct pty *pty)
{
    strbuf_clear(&pty->text);
    for (int row = 0; row < pty->rows; row++) {
        append_row(pty, row);
        strbuf_addc(&pty->text, '\n');
    }
    return pty->text.text;
}

static bool wait_for(struct pty *pty, const char *text, bool wanted)
{
    int64_t until = clock_now_ns() + PTY_PATIENCE_MS * NS_PER_MS;

    while (clock_now_ns() < until) {
        pty_turn(pty);
        if ((strstr(pty_text(pty), text) != NULL) == wanted)
            return true;
    }
    fprintf(stderr, "# %s \"%s\":\n%s\n", wanted ? "never saw" : "still saw",
            text, pty_text(pty));
    return false;
}

bool pty_shows(struct pty *pty, const char *text)
{
    return wait_for(pty, text, true);
}

bool pty_settles(struct pty *pty, const char *text)
{
    int64_t until = clock_now_ns() + PTY_PATIENCE_MS * NS_PER_MS;

    while (pty->status < 0 && clock_now_ns() < until) {
        pty_turn(pty);
        if (strstr(pty_text(pty), text))
            return true;
    }
    return false;
}

bool pty_hides(struct pty *pty, const char *text)
{
    return wait_for(pty, text, false);
}

bool pty_row_begins(struct pty *pty, int row, const char *text)
{
    int64_t until = clock_now_ns() + PTY_PATIENCE_MS * NS_PER_MS;

    while (clock_now_ns() < until) {
        pty_turn(pty);
        strbuf_clear(&pty->text);
        append_row(pty, row < 0 ? pty->rows + row : row);
        if (strncmp(pty->text.text, text, strlen(text)) == 0)
            return true;
    }
    fprintf(stderr, "# row %d never began with \"%s\":\n%s\n", row, text,
            pty_text(pty));
    return false;
}

void pty_resize(struct pty *pty, int columns, int rows)
{
    set_size(pty, columns, rows);
    vterm_set_size(pty->vterm, rows, columns);
    vterm_screen_flush_damage(pty->screen);
}

void pty_signal(struct pty *pty, int number)
{
    kill(pty->child, number);
}

void pty_signal_thread(struct pty *pty, int number)
{
    char name[64];
    DIR *threads;
    long last = pty->child;

    snprintf(name, sizeof name, "/proc/%ld/task", (long)pty->child);
    threads = opendir(name);
    for (struct dirent *entry; threads && (entry = readdir(threads));) {
        long thread = strtol(entry->d_name, NULL, 10);

        last = thread > last ? thread : last;
    }
    if (threads)
        closedir(threads);
    syscall(SYS_tgkill, pty->child, (pid_t)last, number);
}

int pty_status(const struct pty *pty)
{
    return pty->status;
}

int pty_wait(struct pty *pty)
{
    int64_t until = clock_now_ns() + PTY_PATIENCE_MS * NS_PER_MS;

    while (pty->status < 0 && clock_now_ns() < until)
        pty_turn(pty);
    pty_turn(pty);
    return pty->status;
}

int pty_wait_unread(struct pty *pty)
{
    int64_t until = clock_now_ns() + PTY_PATIENCE_MS * NS_PER_MS;

    while (pty->status < 0 && clock_now_ns() < until) {
        poll(NULL, 0, 1);
        if (waitpid(pty->child, &pty->status, WNOHANG) != pty->child)
            pty->status = -1;
    }
    return pty->status;
}

void pty_hang_up(struct pty *pty)
{
    close(pty->master);
    pty->master = -1;
}

void pty_keep_output(struct pty *pty)
{
    struct termios modes;

    tcgetattr(pty->slave, &modes);
    modes.c_lflag |= NOFLSH;
    tcsetattr(pty->slave, TCSANOW, &modes);
}

void pty_cook(struct pty *pty)
{
    struct termios modes;

    tcgetattr(pty->slave, &modes);
    modes.c_lflag |= ICANON | ECHO | ISIG;
    modes.c_iflag |= ICRNL;
    modes.c_oflag |= OPOST;
    tcsetattr(pty->slave, TCSANOW, &modes);
}

bool pty_becomes_raw(struct pty *pty)
{
    int64_t until = clock_now_ns() + PTY_PATIENCE_MS * NS_PER_MS;
    struct termios modes;

    while (clock_now_ns() < until) {
        pty_turn(pty);
        if (tcgetattr(pty->slave, &modes) == 0 &&
            !(modes.c_lflag & (ICANON | ECHO)))
            return true;
    }
    return false;
}

bool pty_alternate_screen(const struct pty *pty)
{
    return pty->alternate;
}

bool pty_cursor_visible(const struct pty *pty)
{
    return pty->cursor;
}

bool pty_cooked(const struct pty *pty)
{
    struct termios modes;
    tcflag_t wanted = ICANON | ECHO | ISIG;

    return tcgetattr(pty->slave, &modes) == 0 &&
           (modes.c_lflag & wanted) == wanted && modes.c_iflag & ICRNL &&
           modes.c_oflag & OPOST;
}

int pty_colours(const struct pty *pty)
{
    int count = 0;

    for (int i = 0; i < pty->rows * pty->columns; i++) {
        VTermPos place = { .row = i / pty->columns, .col = i % pty->columns };
        VTermScreenCell cell;

        if (vterm_screen_get_cell(pty->screen, place, &cell))
            count += !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ||
                     !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
    }
    return count;
}
