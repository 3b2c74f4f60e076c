/*
 * file.c -- calls that wait for a file: others go on meanwhile.
 *
 * Each first asks whether it would wait; regular files never do. Then the fiber
 * waits in idle.c's one ppoll, and the system is asked when the answer is there.
 * A file with O_NONBLOCK waits for nobody, and who is alone leaves all to the
 * system.
 *
 * Writing much into a pipe could still wait in the middle, with the reader among
 * us: there a piece that surely fits is written each time.
 */
#include "sched/preload/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "sched/preload/cancel.h"
#include "sched/preload/fiber.h"
#include "sched/preload/idle.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/signals.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

static long ask(struct pollfd *file, size_t count, const sigset_t *blocked)
{
    return kernel_call_poll(file, count, &(struct timespec){ 0 }, blocked);
}

int file_poll(struct pollfd *file, unsigned long count,
              const struct deadline *until, const sigset_t *blocked)
{
    struct fiber *me = fiber_current();
    struct pollfd *outer_file = me->file; /* if this is a signal's handler */
    unsigned long outer_files = me->files;
    int ready = (int)ask(file, count, blocked);
    enum wait_end end;

    if (ready)
        return ready;
    me->file = file;
    me->files = count;
    end = turn_wait_blocking(
        &(struct turn_wait){ WAIT_FILES, &idle_files, until, true }, blocked);
    me->file = outer_file;
    me->files = outer_files;
    if (end == WAIT_INTERRUPTED)
        return -EINTR;
    for (unsigned long i = 0; i < count; i++)
        ready += file[i].revents != 0;
    return end == WAIT_TIMED_OUT ? 0 : ready;
}

static bool never_waits(int fd)
{
    long flags = kernel_call(SYS_fcntl, fd, F_GETFL);

    return flags < 0 || flags & O_NONBLOCK;
}

bool file_wait(int fd, short events, int *error)
{
    struct pollfd file = { fd, events, 0 };
    int ready;

    *error = 0;
    cancel_point(fiber_current());
    if (!fiber_many() || ask(&file, 1, NULL) != 0 || never_waits(fd))
        return false;
    do
        ready = file_poll(&file, 1, NULL, NULL);
    while (ready == -EINTR && signals_restart());
    if (ready < 0)
        *error = -ready;
    return true;
}

/* --- reading -------------------------------------------------------------- */

/* Do the call when the file is ready for events (0: at once), with its first
 * three arguments; the others are the same type everywhere. */
static long when(short events, long number, const long argument[6])
{
    int error = 0;

    if (events)
        file_wait((int)argument[0], events, &error);
    return kernel_call_errno(error ? -error : kernel_call6(number, argument));
}

#define WHEN(events, number, ...)                                              \
    when((events), (number), (const long[6]){ __VA_ARGS__ })

/* What to wait for: a call may say that it does not want to. */
static short unless_at_once(int flags, short events)
{
    return flags & MSG_DONTWAIT ? 0 : events;
}

ssize_t read(int fd, void *bytes, size_t count)
{
    TELL_HERE();
    return WHEN(POLLIN, SYS_read, fd, kernel_call_pointer(bytes), (long)count);
}

ssize_t readv(int fd, const struct iovec *part, int count)
{
    TELL_HERE();
    return WHEN(POLLIN, SYS_readv, fd, kernel_call_pointer(part), count);
}

ssize_t recv(int fd, void *bytes, size_t count, int flags)
{
    TELL_HERE();
    return recvfrom(fd, bytes, count, flags, NULL, NULL);
}

ssize_t recvfrom(int fd, void *bytes, size_t count, int flags,
                 __SOCKADDR_ARG address, socklen_t *length)
{
    TELL_HERE();
    return WHEN(unless_at_once(flags, POLLIN), SYS_recvfrom, fd,
                kernel_call_pointer(bytes), (long)count, flags,
                kernel_call_pointer(address.__sockaddr__),
                kernel_call_pointer(length));
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    TELL_HERE();
    return WHEN(unless_at_once(flags, POLLIN), SYS_recvmsg, fd,
                kernel_call_pointer(message), flags);
}

int accept4(int fd, __SOCKADDR_ARG address, socklen_t *length, int flags)
{
    TELL_HERE();
    return (int)WHEN(POLLIN, SYS_accept4, fd,
                     kernel_call_pointer(address.__sockaddr__),
                     kernel_call_pointer(length), flags);
}

int accept(int fd, __SOCKADDR_ARG address, socklen_t *length)
{
    TELL_HERE();
    return accept4(fd, address.__sockaddr__, length, 0);
}

/* The checked forms of _FORTIFY_SOURCE. */
ssize_t __read_chk(int fd, void *bytes, size_t count, size_t room);
ssize_t __recv_chk(int fd, void *bytes, size_t count, size_t room, int flags);
ssize_t __recvfrom_chk(int fd, void *bytes, size_t count, size_t room,
                       int flags, struct sockaddr *address, socklen_t *length);

ssize_t __read_chk(int fd, void *bytes, size_t count, size_t room)
{
    if (count > room)
        __builtin_trap();
    return read(fd, bytes, count);
}

ssize_t __recv_chk(int fd, void *bytes, size_t count, size_t room, int flags)
{
    if (count > room)
        __builtin_trap();
    return recv(fd, bytes, count, flags);
}

ssize_t __recvfrom_chk(int fd, void *bytes, size_t count, size_t room,
                       int flags, struct sockaddr *address, socklen_t *length)
{
    if (count > room)
        __builtin_trap();
    return recvfrom(fd, bytes, count, flags, address, length);
}

/* --- writing -------------------------------------------------------------- */

/* Where the system would wait in the middle of a long one: S_IFIFO, S_IFSOCK,
 * or 0. */
static mode_t waits_in_the_middle(int fd)
{
    struct stat status;

    if (!fiber_many() || fstat(fd, &status) != 0 || never_waits(fd))
        return 0;
    return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)
               ? status.st_mode & S_IFMT
               : 0;
}

static ssize_t write_in_pieces(int fd, const char *bytes, size_t count)
{
    size_t done = 0;

    while (done < count) {
        size_t piece = count - done < PIPE_BUF ? count - done : PIPE_BUF;
        long result = WHEN(POLLOUT, SYS_write, fd,
                           kernel_call_pointer(bytes + done), (long)piece);

        if (result < 0)
            return done ? (ssize_t)done : -1;
        done += (size_t)result;
    }
    return (ssize_t)done;
}

/* What of a message is not done, in the part where that begins. */
static struct iovec rest_of(const struct msghdr *message, size_t done)
{
    for (size_t i = 0; i < message->msg_iovlen; i++) {
        struct iovec part = message->msg_iov[i];

        if (done < part.iov_len)
            return (struct iovec){ (char *)part.iov_base + done,
                                   part.iov_len - done };
        done -= part.iov_len;
    }
    return (struct iovec){ NULL, 0 };
}

/* A socket takes what fits; the rest follows when there is room. A datagram
 * may find none where poll says there is: others go on before the next try. */
static ssize_t send_all(int fd, const struct msghdr *whole, int flags)
{
    struct msghdr message = *whole;
    struct iovec rest;
    size_t done = 0;

    do {
        long result;
        int error;

        file_wait(fd, POLLOUT, &error);
        result = error ? -error
                       : kernel_call(SYS_sendmsg, fd,
                                     kernel_call_pointer(&message),
                                     flags | MSG_DONTWAIT);
        if (result == -EAGAIN) {
            turn_yield();
            continue;
        }
        if (result < 0)
            return done ? (ssize_t)done : kernel_call_errno(result);
        done += (size_t)result;
        rest = rest_of(whole, done);
        message = (struct msghdr){ .msg_name = whole->msg_name,
                                   .msg_namelen = whole->msg_namelen,
                                   .msg_iov = &rest,
                                   .msg_iovlen = 1 };
    } while (rest_of(whole, done).iov_len > 0);
    return (ssize_t)done;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    TELL_HERE();
    cancel_point(fiber_current());
    if (!fiber_many() || flags & MSG_DONTWAIT || never_waits(fd))
        return kernel_call_errno(
            kernel_call(SYS_sendmsg, fd, kernel_call_pointer(message), flags));
    return send_all(fd, message, flags);
}

ssize_t sendto(int fd, const void *bytes, size_t count, int flags,
               __CONST_SOCKADDR_ARG address, socklen_t length)
{
    struct iovec part = { (void *)(uintptr_t)bytes, count };

    TELL_HERE();
    return sendmsg(
        fd,
        &(struct msghdr){ .msg_name = (void *)(uintptr_t)address.__sockaddr__,
                          .msg_namelen = length,
                          .msg_iov = &part,
                          .msg_iovlen = 1 },
        flags);
}

ssize_t send(int fd, const void *bytes, size_t count, int flags)
{
    TELL_HERE();
    return sendto(fd, bytes, count, flags, NULL, 0);
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    mode_t kind = count > PIPE_BUF ? waits_in_the_middle(fd) : 0;

    TELL_HERE();
    if (kind == S_IFIFO)
        return write_in_pieces(fd, bytes, count);
    if (kind == S_IFSOCK)
        return send(fd, bytes, count, 0);
    return WHEN(POLLOUT, SYS_write, fd, kernel_call_pointer(bytes),
                (long)count);
}

ssize_t writev(int fd, const struct iovec *part, int count)
{
    mode_t kind = waits_in_the_middle(fd);
    ssize_t done = 0;

    TELL_HERE();
    if (kind == S_IFSOCK && count >= 0)
        return sendmsg(
            fd,
            &(struct msghdr){ .msg_iov = (struct iovec *)(uintptr_t)part,
                              .msg_iovlen = (size_t)count },
            0);
    if (kind != S_IFIFO)
        return WHEN(POLLOUT, SYS_writev, fd, kernel_call_pointer(part), count);
    for (int i = 0; i < count; i++) {
        ssize_t result = write(fd, part[i].iov_base, part[i].iov_len);

        if (result < 0)
            return done ? done : -1;
        done += result;
        if ((size_t)result < part[i].iov_len)
            break;
    }
    return done;
}

/* Begun without waiting, then waited for. */
int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t length)
{
    long flags = kernel_call(SYS_fcntl, fd, F_GETFL);
    socklen_t bytes = sizeof(int);
    int error = 0;
    long result;

    TELL_HERE();
    if (!fiber_many() || flags < 0 || flags & O_NONBLOCK)
        return (int)kernel_call_errno(
            kernel_call(SYS_connect, fd,
                        kernel_call_pointer(address.__sockaddr__), length));
    cancel_point(fiber_current());
    kernel_call(SYS_fcntl, fd, F_SETFL, flags | O_NONBLOCK);
    result = kernel_call(SYS_connect, fd,
                         kernel_call_pointer(address.__sockaddr__), length);
    kernel_call(SYS_fcntl, fd, F_SETFL, flags);
    if (result == -EAGAIN) /* a local one whose line is full */
        return (int)WHEN(POLLOUT, SYS_connect, fd,
                         kernel_call_pointer(address.__sockaddr__), length);
    if (result != -EINPROGRESS)
        return (int)kernel_call_errno(result);
    file_wait(fd, POLLOUT, &error);
    if (!error)
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &bytes);
    return (int)kernel_call_errno(-error);
}
