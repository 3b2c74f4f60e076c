/*
 * echo_server.c -- a server and its clients, over real sockets.
 *
 *      Ann  ──socketpair──  for_A      a client, and who serves it
 *      Bea  ──socketpair──  for_B
 *
 * For each client there is a task that waits for a message, works on it, and
 * sends it back: it reads as if it had the machine for itself. What differs is
 * where it waits. As a coroutine it waits in the event loop, and one thread
 * serves all clients; as a thread it waits in the kernel, each in its own.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    CLIENTS = 4, /* task i < CLIENTS is a client, the others serve */
    MESSAGE_MAX = 64,
};

static const int64_t serve_ns = 120 * NS_PER_MS;

struct connection {
    int end[2]; /* of the client, of its server; -1: not there */
};

/* An error is kept as the descriptor and told by the task that meets it: here
 * there is no run yet that could fail. */
static void *open_connections(int size, bool foretells)
{
    struct connection *connection = xcalloc(CLIENTS, sizeof *connection);

    (void)size;
    (void)foretells;
    for (int i = 0; i < CLIENTS; i++)
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
                       connection[i].end) != 0)
            connection[i].end[0] = connection[i].end[1] = -errno;
    return connection;
}

static void close_connections(void *data)
{
    struct connection *connection = data;

    for (int i = 0; i < CLIENTS; i++)
        for (int j = 0; j < 2; j++)
            if (connection[i].end[j] >= 0)
                close(connection[i].end[j]);
    free(connection);
}

/* The task's end of its connection. */
static int end_of(struct task_calls *calls, int task)
{
    const struct connection *connection = task_data(calls);
    int fd = connection[task % CLIENTS].end[task / CLIENTS];

    if (fd < 0)
        task_fail(calls, _("no socket could be made: %s"), strerror(-fd));
    return fd;
}

/* One packet or nothing: the sockets keep the borders of messages. */
static void send_message(struct task_calls *calls, int fd, const char *message,
                         size_t length)
{
    ssize_t sent;

    do
        sent = send(fd, message, length, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent != (ssize_t)length)
        task_fail(calls, _("a message could not be sent: %s"), strerror(errno));
}

/* Wait for a message; returns its length, 0 when the other side has closed. */
static size_t receive(struct task_calls *calls, int fd, char *message)
{
    ssize_t got;

    do {
        task_await(calls, fd, POLLIN);
        got = recv(fd, message, MESSAGE_MAX, MSG_DONTWAIT);
    } while (got < 0 && (errno == EINTR || errno == EAGAIN));
    if (got < 0)
        task_fail(calls, _("a message could not be received: %s"),
                  strerror(errno));
    return (size_t)got;
}

/* A different pause for each client, so that they come in changing order. */
static void ask(struct task_calls *calls, int task)
{
    char question[MESSAGE_MAX], answer[MESSAGE_MAX];
    int fd = end_of(calls, task);

    for (int i = 1; i <= task_size(calls); i++) {
        int length = snprintf(question, sizeof question, "%s asks %d",
                              task_workload(calls)->task[task].name, i);

        task_sleep(calls, (100 + 80 * task) * NS_PER_MS);
        send_message(calls, fd, question, (size_t)length);
        if (receive(calls, fd, answer) != (size_t)length ||
            memcmp(question, answer, (size_t)length) != 0)
            task_fail(calls, _("the echo of \"%s\" was another"), question);
        task_result(calls, i);
    }
    task_say(calls, _("got %d echoes"), task_size(calls));
    shutdown(fd, SHUT_WR);
}

/* One server a client, which ends when its client closes the connection. */
static void serve(struct task_calls *calls, int task)
{
    char message[MESSAGE_MAX];
    int fd = end_of(calls, task);
    int64_t served = 0;
    size_t length;

    while ((length = receive(calls, fd, message)) > 0) {
        task_cpu(calls, serve_ns);
        send_message(calls, fd, message, length);
        task_result(calls, ++served);
    }
    if (served != task_size(calls))
        task_fail(calls, _("%lld messages were served, not %d"),
                  (long long)served, task_size(calls));
}

static const struct part part[] = {
    { "Ann", ask }, { "Bea", ask },  { "Cho", ask },
    { "Dai", ask }, { NULL, serve },
};

const struct program_source program_echo_server = {
    .name = "echo-server",
    .file = "echo_server.c",
    .text = "task Ann Bea Cho Dai line 1:\n"
            "task for_A for_B for_C for_D line 2:\n",
    .part = part,
    .takes_turns = true,
    .open = open_connections,
    .close = close_connections,
};
