/*
 * sockets.c -- a server and two clients in one program.
 * status: 0
 * out: answered 2
 * out: sent 300000
 */
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in address;
static int answered;

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

static void *sender(void *fd)
{
    char *bytes = calloc(300000, 1);

    if (send(*(int *)fd, bytes, 300000, 0) == 300000)
        shutdown(*(int *)fd, SHUT_WR);
    free(bytes);
    return NULL;
}

int main(void)
{
    int server = socket(AF_INET, SOCK_STREAM, 0), pair[2];
    socklen_t length = sizeof address;
    pthread_t thread[2];
    static char text[4096];
    size_t sum = 0;

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
    pthread_create(&thread[0], NULL, sender, &pair[0]);
    for (ssize_t got; (got = recv(pair[1], text, sizeof text, 0)) > 0;)
        sum += (size_t)got;
    pthread_join(thread[0], NULL);
    printf("sent %zu\n", sum);
    return 0;
}
