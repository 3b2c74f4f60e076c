/*
 * state_file.c -- a new file is written next to the old one and takes its name.
 *
 * The draft, PATH.new, is also the lock: who holds a lock on it may write it,
 * and by renaming it ends the turn. A program that is killed leaves at most
 * this one draft, which the next one takes over; the kernel has released the
 * lock. Whoever waited for a draft that has meanwhile got the name of the file
 * must not write into that, and begins again.
 */
#include "sched/base/state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/file.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

static const int64_t patience_ns = 10 * NS_PER_S; /* others flush to a disk */
static const int64_t pause_ns = 2 * NS_PER_MS;    /* between two attempts */

/* The value of an environment variable that holds an absolute path, or NULL:
 * the XDG specification says to ignore others. */
static const char *absolute(const char *variable)
{
    const char *value = getenv(variable);

    return value && value[0] == '/' ? value : NULL;
}

/* The places that the XDG Base Directory Specification names, in its order. */
bool state_file_path(const char *name, struct strbuf *path)
{
    const char *state = absolute("XDG_STATE_HOME"), *home = absolute("HOME");

    if (state)
        strbuf_addf(path, "%s/concviz/%s", state, name);
    else if (home)
        strbuf_addf(path, "%s/.local/state/concviz/%s", home, name);
    return state || home;
}

/* Make the folders above path. */
static void make_folders(const char *path)
{
    char *folder = xstrdup(path);

    for (char *slash = strchr(folder + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(folder, 0700); /* if this fails, opening the file says why */
        *slash = '/';
    }
    free(folder);
}

static char *draft_of(const char *path)
{
    struct strbuf draft;

    strbuf_init(&draft);
    strbuf_addf(&draft, "%s.new", path);
    return draft.text;
}

/* --- the turn ------------------------------------------------------------- */

/* Not F_SETLKW: a program that was stopped while it holds the lock would stop
 * us, too. */
static int lock(int fd, int64_t until_ns)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    const struct timespec pause = { .tv_nsec = (long)pause_ns };

    while (fcntl(fd, F_SETLK, &whole) != 0) {
        if (errno != EACCES && errno != EAGAIN && errno != EINTR)
            return -errno;
        if (clock_now_ns() > until_ns)
            return -EAGAIN;
        nanosleep(&pause, NULL);
    }
    return 0;
}

/* Is the open file still the one with this name? */
static bool has_name(int fd, const char *name)
{
    struct stat open, named;

    return fstat(fd, &open) == 0 && lstat(name, &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

/* The lock may arrive too late: while we waited, the previous owner may have
 * renamed or removed the draft we opened. has_name notices, and a new draft is
 * opened. */
int state_file_begin(const char *path)
{
    const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    int64_t until_ns = clock_now_ns() + patience_ns;
    char *draft = draft_of(path);
    int fd, error;

    make_folders(path);
    for (;;) {
        fd = open(draft, flags, 0600);
        error = fd < 0 ? -errno : lock(fd, until_ns);
        if (error || has_name(fd, draft))
            break;
        close(fd);
    }
    free(draft);
    if (error && fd >= 0)
        close(fd);
    return error ? error : fd;
}

/* --- the file ------------------------------------------------------------- */

/* The draft may still contain what a killed program wrote, so it is emptied
 * first. fsync also reports errors that write could not know yet. */
static int write_all(int fd, const struct strbuf *text)
{
    int error;

    if (ftruncate(fd, 0) != 0)
        return -errno;
    error = file_write(fd, text->text, text->length);
    if (error)
        return error;
    return fsync(fd) == 0 ? 0 : -errno;
}

/* Flush the folder that holds path, so that the new name is kept. */
static void flush_folder(const char *path)
{
    char *folder = xstrdup(path);
    char *slash = strrchr(folder, '/');
    int fd;

    if (slash && slash > folder) {
        *slash = '\0';
        fd = open(folder, O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            fsync(fd);
            close(fd);
        }
    }
    free(folder);
}

/* The order matters: the text is on the disk before the name changes, and the
 * name has changed before closing releases the lock. A failed draft is removed
 * while it is still locked. */
int state_file_end(int turn, const char *path, const struct strbuf *text)
{
    char *draft = draft_of(path);
    int error = text ? write_all(turn, text) : 0;

    if (text && !error && rename(draft, path) != 0)
        error = -errno;
    if (!text || error)
        unlink(draft);
    else
        flush_folder(path);
    close(turn);
    free(draft);
    return error;
}

int state_file_replace(const char *path, const struct strbuf *text)
{
    int turn = state_file_begin(path);

    return turn < 0 ? turn : state_file_end(turn, path, text);
}
