/*
 * lesson_load.c -- a lesson from a file somebody names.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

/* Read up to max bytes; returns how many, or -1 with errno set. */
static ssize_t read_all(int fd, char *text, size_t max)
{
    size_t length = 0;

    while (length < max) {
        ssize_t got = read(fd, text + length, max - length);

        if (got == 0)
            break;
        if (got > 0)
            length += (size_t)got;
        else if (errno != EINTR)
            return -1;
    }
    return (ssize_t)length;
}

/* Open a regular file without waiting on anything else. */
static int open_regular(const char *path, struct diags *diags)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

    if (fd < 0) {
        diags_add(diags, path, 0, 0, _("cannot be opened: %s"),
                  strerror(errno));
        return -1;
    }
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        return fd;
    diags_add(diags, path, 0, 0, _("this is not a regular file"));
    close(fd);
    return -1;
}

struct lesson *lesson_load(const char *path, struct diags *diags)
{
    size_t room = LESSON_FILE_BYTES_MAX + 1; /* one more shows it is too long */
    struct lesson *lesson = NULL;
    int fd = open_regular(path, diags);
    char *text;
    ssize_t length;

    if (fd < 0)
        return NULL;
    text = xcalloc(room, 1);
    length = read_all(fd, text, room);
    if (length < 0)
        diags_add(diags, path, 0, 0, _("cannot be read: %s"), strerror(errno));
    else
        lesson = lesson_parse(path, text, (size_t)length, diags);
    free(text);
    close(fd);
    return lesson;
}
