/*
 * polls.c -- poll, select and epoll wait for what another thread writes.
 * status: 0
 * out: poll 1 select 1 epoll 1
 * out: none 0 0 0
 * out: a second in microseconds 1
 */
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

static int end[2];

static void *writer(void *unused)
{
    usleep(2000);
    if (write(end[1], "x", 1) != 1)
        perror("write");
    return unused;
}

static int by_poll(int ms)
{
    struct pollfd file = { end[0], POLLIN, 0 };

    return poll(&file, 1, ms);
}

static int by_select(int ms)
{
    struct timeval time = { 0, ms * 1000 };
    fd_set set;

    FD_ZERO(&set);
    FD_SET(end[0], &set);
    return select(end[0] + 1, &set, NULL, NULL, ms < 0 ? NULL : &time);
}

/* More microseconds than a second has are seconds, too. */
static int by_microseconds(int unused)
{
    (void)unused;
    return by_select(1000);
}

static int by_epoll(int ms)
{
    struct epoll_event event = { .events = EPOLLIN };
    int set = epoll_create1(0), ready;

    epoll_ctl(set, EPOLL_CTL_ADD, end[0], &event);
    ready = epoll_wait(set, &event, 1, ms);
    close(set);
    return ready;
}

static int with(int (*wait)(int))
{
    pthread_t thread;
    int ready;
    char byte;

    pthread_create(&thread, NULL, writer, NULL);
    ready = wait(-1);
    pthread_join(thread, NULL);
    return read(end[0], &byte, 1) == 1 ? ready : -1;
}

static void *nothing(void *unused)
{
    usleep(30000);
    return unused;
}

int main(void)
{
    pthread_t thread;
    int ready[3];

    if (pipe(end) != 0)
        return 1;
    ready[0] = with(by_poll);
    ready[1] = with(by_select);
    ready[2] = with(by_epoll);
    printf("poll %d select %d epoll %d\n", ready[0], ready[1], ready[2]);
    pthread_create(&thread, NULL, nothing, NULL);
    ready[0] = by_poll(2);
    ready[1] = by_select(2);
    ready[2] = by_epoll(2);
    printf("none %d %d %d\n", ready[0], ready[1], ready[2]);
    printf("a second in microseconds %d\n", with(by_microseconds));
    return 0;
}
