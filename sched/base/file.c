/*
 * file.c -- a file is opened, looked at, and read up to a limit.
 *
 * It is looked at after it has been opened, so that nobody can put another
 * one in its place in between; and it may grow while it is read.
 */
#include "sched/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#ifdef HAVE_MEMFD_CREATE
#include <sys/mman.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/strbuf.h"

/* Asking for no more than what is left up to max cuts a longer file without
 * reading it. A read that a signal interrupts is simply repeated. */
static int read_open(int fd, size_t max, struct strbuf *out)
{
    char block[4096];
    size_t length = 0;

    while (length < max) {
        size_t room = max - length < sizeof block ? max - length : sizeof block;
        ssize_t got = read(fd, block, room);

        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return -errno;
        if (got > 0) {
            strbuf_add(out, block, (size_t)got);
            length += (size_t)got;
        }
    }
    return 0;
}

/* Without O_NONBLOCK, opening a FIFO would wait for a writer; without O_NOCTTY,
 * a terminal could become our controlling terminal. */
int file_read(const char *path, size_t max, struct strbuf *out)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    int error;

    if (fd < 0)
        return -errno;
    if (fstat(fd, &status) < 0)
        error = -errno;
    else
        error = S_ISREG(status.st_mode) ? read_open(fd, max, out) : -EINVAL;
    close(fd);
    return error;
}

int file_write(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written < 0 && errno != EINTR)
            return -errno;
        if (written == 0)
            return -EIO;
        if (written < 0)
            continue;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

#ifdef HAVE_MEMFD_CREATE
int file_nameless(const char *name)
{
    return memfd_create(name, MFD_CLOEXEC);
}
#else
int file_nameless(const char *name)
{
    char path[] = "/tmp/concviz-XXXXXX";
    int fd = mkstemp(path);

    (void)name;
    if (fd >= 0) {
        unlink(path);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    return fd;
}
#endif
