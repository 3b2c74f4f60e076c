/*
 * program_orders.c -- see program_orders.h.
 *
 * The program waits just before main for our word, and each word gives a run: a
 * fork of it (sched/preload/serve.c). Its decisions stand on a board that both
 * see (order_board.h), its output in files in memory, which are read and emptied
 * between the runs.
 */
#include "cli/program/program_orders.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/program/program_answer.h"
#include "cli/program/program_child.h"
#include "cli/program/program_file.h"
#include "cli/program/program_identity.h"
#include "cli/program/program_preload.h"
#include "cli/program/program_progress.h"
#include "cli/program/program_schedule.h"
#include "cli/program/program_verdict.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore.h"
#include "sched/preload/order_board.h"

enum {
    RUNS = 2000,      /* of a search, unless said otherwise */
    USUAL_RUNS = 3,   /* to see whether one order is one run */
    START_MS = 20000, /* until main */
    LIMIT_MS = 2000,  /* of a run, and … */
    LIMIT_TIMES = 10, /* … so many usual ones */
    LOOK_MS = 100,    /* is its output too long? */
};

struct program_orders {
    struct explore_subject subject;
    struct program_ordered ordered;
    struct program_preload preload;
    struct program_child *child;
    struct order_board *board;
    int control;     /* our end */
    int standard[3]; /* files; input may be -1 until opened */
    struct explore_decision *decision;
    struct program_usual usual;
    struct program_verdict verdict;
    struct strbuf output, errors;
    struct program_progress *progress; /* NULL: Ctrl-C ends us */
    bool interrupted;                  /* it was pressed */
};

/* --- one run -------------------------------------------------------------- */

static struct program_orders *orders_of(struct explore_subject *subject)
{
    return (struct program_orders *)subject;
}

/* Files are read from their beginning, and written into empty ones. */
static void rewind_files(const struct program_orders *orders)
{
    for (int fd = 0; fd < 3; fd++) {
        if (fd > 0 && ftruncate(orders->standard[fd], 0) != 0)
            return;
        lseek(orders->standard[fd], 0, SEEK_SET);
    }
}

static void write_board(struct order_board *board,
                        const struct explore_order *order)
{
    static const enum order_way way[] = {
        [CHANCE_NONE] = ORDER_FOLLOW,
        [CHANCE_WALK] = ORDER_WALK,
        [CHANCE_PRIORITIES] = ORDER_PRIORITIES,
    };

    board->way = way[order->chance];
    board->seed = order->seed;
    board->stop_bits = order->stop_bits;
    board->depth = order->depth;
    board->length = order->length;
    if (order->chance == CHANCE_NONE)
        program_schedule_write(board, order->schedule);
}

static bool is_too_long(const struct program_orders *orders)
{
    struct stat status;

    for (int fd = 1; fd < 3; fd++)
        if (fstat(orders->standard[fd], &status) == 0 &&
            status.st_size > PROGRAM_OUTPUT_MAX)
            return true;
    return false;
}

/* Ends when something can be read, Ctrl-C is pressed, or the time is over. */
static bool wait_for_word(struct program_orders *orders, int64_t left_ms)
{
    struct program_progress *progress = orders->progress;
    struct pollfd file[] = {
        { orders->control, POLLIN, 0 },
        { progress ? progress->interrupt : -1, POLLIN, 0 },
    };

    poll(file, 2, left_ms < LOOK_MS ? (int)left_ms + 1 : LOOK_MS);
    if (file[1].revents && program_progress_interrupted(progress))
        orders->interrupted = true;
    return file[0].revents;
}

/* Wait for a word of it; breakable: until Ctrl-C is pressed. Returns 1: it is
 * there, 0: not in time, -1: it is gone. */
static int await(struct program_orders *orders, int *word, int64_t limit_ns,
                 bool breakable)
{
    int64_t until_ns = clock_now_ns() + limit_ns;

    for (;;) {
        int64_t left_ms = (until_ns - clock_now_ns()) / NS_PER_MS;

        if (wait_for_word(orders, left_ms))
            return read(orders->control, word, sizeof *word) == sizeof *word
                       ? 1
                       : -1;
        if (clock_now_ns() >= until_ns || is_too_long(orders) ||
            (breakable && orders->interrupted))
            return 0;
        program_child_look(orders->child);
    }
}

/* Which process it is, the program has told us: none but its own is ended. */
static void kill_run(const struct program_orders *orders, pid_t pid)
{
    if (getsid(pid) != program_child_pid(orders->child))
        return;
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
}

enum run_end {
    RUN_GONE,   /* there is no program any more */
    RUN_ENDED,  /* by itself */
    RUN_HANGS,  /* so we ended it */
    RUN_BROKEN, /* we ended it, because of Ctrl-C */
};

static enum run_end run_once(struct program_orders *orders, int64_t start_ns,
                             int *status)
{
    int pid = 0, came;

    rewind_files(orders);
    if (send(orders->control, "r", 1, MSG_NOSIGNAL) != 1 ||
        await(orders, &pid, start_ns, false) != 1 || pid <= 0)
        return RUN_GONE;
    came = await(orders, status, orders->usual.limit_ns, true);
    if (came != 0)
        return came == 1 ? RUN_ENDED : RUN_GONE;
    kill_run(orders, pid);
    if (await(orders, status, START_MS * NS_PER_MS, false) != 1)
        return RUN_GONE;
    return orders->interrupted ? RUN_BROKEN : RUN_HANGS;
}

static void read_file(int fd, struct strbuf *out)
{
    char part[4096];
    ssize_t got;

    strbuf_clear(out);
    while (out->length < PROGRAM_OUTPUT_MAX &&
           (got = pread(fd, part, sizeof part, (off_t)out->length)) > 0)
        strbuf_add(out, part, (size_t)got);
}

/* What is to be known of the run that has just ended. */
static void judge(struct program_orders *orders,
                  const struct explore_order *order,
                  struct program_ending *ending,
                  struct explore_outcome *outcome)
{
    const struct order_board *board = orders->board;
    bool departed;

    read_file(orders->standard[1], &orders->output);
    read_file(orders->standard[2], &orders->errors);
    ending->output = &orders->output;
    ending->errors = &orders->errors;
    ending->limit_ns = orders->usual.limit_ns;
    program_answer_read(board, ending, orders->decision, outcome);
    departed = program_answer_departed(board, order);
    outcome->partial = outcome->partial || ending->hangs || departed;
    orders->usual.departed += departed;
    outcome->wrong = program_verdict(&orders->verdict, ending, outcome);
}

static bool run(struct explore_subject *subject,
                const struct explore_order *order,
                struct explore_outcome *outcome, struct diag *diag)
{
    struct program_orders *orders = orders_of(subject);
    struct program_ending ending = { .status = 0 };
    enum run_end end;

    write_board(orders->board, order);
    end = run_once(orders, START_MS * NS_PER_MS, &ending.status);
    if (end == RUN_GONE) {
        diag_set(diag, NULL, 0, 0, _("%s cannot be run again"),
                 orders->ordered.command[0]);
        return false;
    }
    ending.hangs = end == RUN_HANGS;
    outcome->broken = end == RUN_BROKEN;
    if (!outcome->broken)
        judge(orders, order, &ending, outcome);
    return true;
}

/* Ctrl-C is heard once: what comes after it is short. */
static bool goes_on(struct explore_subject *subject,
                    const struct explored *so_far, bool shortening)
{
    struct program_orders *orders = orders_of(subject);
    bool interrupted = orders->interrupted;

    orders->interrupted = false;
    if (!orders->progress)
        return true;
    program_progress_show(orders->progress, so_far, shortening);
    return !interrupted && !program_progress_interrupted(orders->progress);
}

/* --- the beginning -------------------------------------------------------- */

static void close_if(int fd)
{
    if (fd >= 0)
        close(fd);
}

static bool open_files(struct program_orders *orders, struct diag *diag)
{
    const char *input = orders->ordered.input ? orders->ordered.input
                                              : "/dev/null";

    orders->standard[0] = open(input, O_RDONLY);
    if (orders->standard[0] < 0) {
        diag_set(diag, NULL, 0, 0, "%s: %s", input, strerror(errno));
        return false;
    }
    orders->standard[1] = memfd_create("output", 0);
    orders->standard[2] = memfd_create("errors", 0);
    if (orders->standard[1] >= 0 && orders->standard[2] >= 0)
        return true;
    diag_set(diag, NULL, 0, 0, _("there is no memory to share: %s"),
             strerror(errno));
    return false;
}

/* Without random addresses, where the system lets us. */
static bool start_child(struct program_orders *orders, int theirs, int board,
                        struct diag *diag)
{
    struct program_start start;
    int before;

    program_preload_board(&orders->preload, board);
    start = (struct program_start){
        .path = orders->ordered.file->path,
        .argument = orders->ordered.command,
        .environment = program_preload_tell(&orders->preload, "coroutine",
                                            NULL),
        .output = PROGRAM_OUTPUT_ASIDE,
        .descriptor = board,
    };
    orders->board->control = theirs;
    for (int fd = 0; fd < 3; fd++)
        orders->board->standard[fd] = orders->standard[fd];
    before = program_schedule_fix();
    orders->child = program_child_start(&start, diag);
    program_schedule_loosen(before);
    return orders->child;
}

static bool connect_child(struct program_orders *orders, struct diag *diag)
{
    int end[2], board;
    bool good;

    if (!open_files(orders, diag) ||
        (board = program_schedule_board(&orders->board, diag)) < 0)
        return false;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, end) != 0) {
        diag_set(diag, NULL, 0, 0, "socketpair: %s", strerror(errno));
        close(board);
        return false;
    }
    orders->control = end[0];
    fcntl(end[0], F_SETFD, FD_CLOEXEC);
    good = start_child(orders, end[1], board, diag);
    close(end[1]);
    close(board);
    for (int fd = 0; fd < 3; fd++)
        fcntl(orders->standard[fd], F_SETFD, FD_CLOEXEC);
    return good;
}

/* The usual order, more than once: what differs then says nothing later. */
static bool run_usual(struct program_orders *orders, struct diag *diag)
{
    struct explore_order order = { .chance = CHANCE_NONE,
                                   .schedule = &(struct schedule){ 0 } };
    struct explore_outcome outcome;
    bool hangs = false;
    int64_t began_ns;

    for (int i = 0; i < USUAL_RUNS; i++) {
        began_ns = clock_now_ns();
        if (!run(&orders->subject, &order, &outcome, diag)) {
            if (i == 0)
                diag_set(diag, NULL, 0, 0,
                         _("%s comes to no main of its own: explore runs a "
                           "program, not a script that runs one"),
                         orders->ordered.command[0]);
            return false;
        }
        orders->usual.run_ns = clock_now_ns() - began_ns;
        hangs = outcome.wrong && outcome.kind == FINDING_HANG;
        if (outcome.wrong && outcome.kind == FINDING_OUTPUT)
            orders->verdict.output_differs = true;
    }
    orders->usual.accesses = orders->board->accesses;
    orders->usual.status = orders->verdict.status;
    orders->usual.output_differs = orders->verdict.output_differs;
    if (!orders->ordered.limit_ns && !hangs)
        orders->usual.limit_ns += LIMIT_TIMES * orders->usual.run_ns;
    return true;
}

struct program_orders *program_orders_start(
    const struct program_ordered *ordered, struct diag *diag)
{
    struct program_orders *orders;

    if (!ordered->file->inode) {
        diag_set(diag, NULL, 0, 0,
                 _("explore runs a program, not what a shell runs: name the "
                   "program itself"));
        return NULL;
    }
    orders = xcalloc(1, sizeof *orders);
    orders->ordered = *ordered;
    orders->control = orders->standard[0] = orders->standard[1] =
        orders->standard[2] = -1;
    if (!program_preload_init(&orders->preload, ordered->file,
                              ordered->language, diag)) {
        free(orders);
        return NULL;
    }
    orders->subject.run = run;
    orders->subject.goes_on = goes_on;
    orders->subject.schedules = RUNS;
    program_identity(&orders->subject.program, ordered->file->meant,
                     ordered->command, ordered->input);
    orders->usual.limit_ns = ordered->limit_ns ? ordered->limit_ns
                                               : LIMIT_MS * NS_PER_MS;
    orders->decision = xcalloc(ORDER_BOARD_POINTS, sizeof *orders->decision);
    strbuf_init(&orders->output);
    strbuf_init(&orders->errors);
    program_verdict_init(&orders->verdict);
    if (connect_child(orders, diag) && run_usual(orders, diag))
        return orders;
    program_orders_free(orders);
    return NULL;
}

void program_orders_free(struct program_orders *orders)
{
    if (!orders)
        return;
    close_if(orders->control);
    program_child_free(orders->child);
    if (orders->board)
        munmap(orders->board, sizeof *orders->board);
    for (int fd = 0; fd < 3; fd++)
        close_if(orders->standard[fd]);
    program_verdict_fini(&orders->verdict);
    program_preload_fini(&orders->preload);
    strbuf_fini(&orders->output);
    strbuf_fini(&orders->errors);
    free(orders->decision);
    free(orders);
}

struct explore_subject *program_orders_subject(
    struct program_orders *orders, struct program_progress *progress)
{
    orders->progress = progress;
    return &orders->subject;
}

const struct program_usual *program_orders_usual(
    const struct program_orders *orders)
{
    return &orders->usual;
}
