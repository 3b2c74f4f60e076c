/*
 * sockets.c -- a server and two clients in one program.
 * status: 0
 * out: answered 2
 * out: sent 300000
 * out: written 300000
 * out: written from parts 300000
 * out: sent from parts 300000
 * out: no room 1
 */
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    BYTES = 300000
};

static struct sockaddr_in address;
static int answered, pair[2];

static void *client(void *unused)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char text[8] = "";

    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        send(fd, "ping", 4, 0) == 4 && recv(fd, text, sizeof text, 0) == 4 &&
        memcmp(text, "pong", 4) == 0)
        answered++;
    close(fd);
    return unused;
}

static ssize_t send_message(int fd, struct iovec part[2], int flags)
{
    struct msghdr message = { .msg_iov = part, .msg_iovlen = 2 };

    return sendmsg(fd, &message, flags);
}

/* More than a socket takes at once, in one of four ways. */
static void *sender(void *argument)
{
    char *bytes = calloc(BYTES, 1);
    struct iovec part[] = { { bytes, 7 }, { bytes + 7, BYTES - 7 } };
    int way = *(int *)argument, fd = pair[0];
    ssize_t done = way == 0   ? send(fd, bytes, BYTES, 0)
                   : way == 1 ? write(fd, bytes, BYTES)
                   : way == 2 ? writev(fd, part, 2)
                              : send_message(fd, part, 0);

    free(bytes);
    return (void *)done;
}

static size_t receive(size_t wanted)
{
    static char text[4096];
    size_t sum = 0;
    ssize_t got;

    while (sum < wanted && (got = recv(pair[1], text, sizeof text, 0)) > 0)
        sum += (size_t)got;
    return sum;
}

/* Until there is no room, without waiting for any; somebody would make it. */
static void fill(void)
{
    static char bytes[4096];
    struct iovec part[] = { { bytes, 1 }, { bytes, 4095 } };
    ssize_t done;

    do
        done = send_message(pair[0], part, MSG_DONTWAIT);
    while (done > 0);
    printf("no room %d\n", errno == EAGAIN);
    shutdown(pair[0], SHUT_WR);
}

static void *drain(void *unused)
{
    while (receive(BYTES) > 0)
        ;
    return unused;
}

int main(void)
{
    static const char *const way[] = { "sent", "written", "written from parts",
                                       "sent from parts" };
    int server = socket(AF_INET, SOCK_STREAM, 0);
    socklen_t length = sizeof address;
    pthread_t thread[2];
    char text[8];

    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(server, (struct sockaddr *)&address, length) != 0 ||
        listen(server, 2) != 0 ||
        getsockname(server, (struct sockaddr *)&address, &length) != 0 ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return 1;
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, client, NULL);
    for (int i = 0; i < 2; i++) {
        int fd = accept(server, NULL, NULL);

        if (read(fd, text, sizeof text) == 4 && write(fd, "pong", 4) == 4)
            close(fd);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    printf("answered %d\n", answered);
    for (int i = 0; i < 4; i++) {
        void *done;

        pthread_create(&thread[0], NULL, sender, &i);
        if (receive(BYTES) == BYTES && pthread_join(thread[0], &done) == 0)
            printf("%s %zd\n", way[i], (ssize_t)done);
    }
    pthread_create(&thread[0], NULL, drain, NULL);
    fill();
    pthread_join(thread[0], NULL);
    return 0;
}
