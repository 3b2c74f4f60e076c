/*
 * tape_place.c -- nothing but a tape is replaced.
 *
 * The file is locked as long as it is written. The lock dies with the process:
 * so readers know whether anything can follow.
 */
#include "sched/tape/tape_place.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/tape/tape_head.h"

static int lock(int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl(fd, F_SETLK, &whole) == 0 ? 0 : -EBUSY;
}

/* May the file be replaced: is it empty, or a tape? */
static bool is_ours(int fd, const struct stat *status)
{
    uint8_t begin[TAPE_HEAD_MAGIC_BYTES];

    return status->st_size == 0 ||
           (pread(fd, begin, sizeof begin, 0) == sizeof begin &&
            tape_head_is(begin));
}

/* The open file is looked at, since its name may mean another one soon. */
int tape_place_open(const char *path, bool replace, bool *fresh)
{
    int flags = O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
    int fd = open(path, flags | (replace ? 0 : O_EXCL), 0666);
    struct stat status = { .st_size = 0 };
    int error = 0;

    if (fd < 0)
        return -errno;
    if (fstat(fd, &status) != 0)
        error = -errno;
    else if (!S_ISREG(status.st_mode) || !is_ours(fd, &status))
        error = -EEXIST;
    else
        error = lock(fd);
    *fresh = status.st_size == 0;
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

void tape_place_refuse(struct diag *diag, const char *path, int error)
{
    if (error == -EEXIST)
        diag_set(diag, path, 0, 0,
                 _("there is something of this name that is not replaced; "
                   "name another file"));
    else if (error == -EBUSY)
        diag_set(diag, path, 0, 0,
                 _("another run is being recorded there; name another file"));
    else
        diag_set(diag, path, 0, 0, _("nothing can be recorded there: %s"),
                 strerror(-error));
}
