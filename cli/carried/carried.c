/*
 * carried.c -- the folder is named for the person and for what is inside, so
 * that nobody else can have made it, and two versions do not disturb each
 * other. A file there counts only if it holds, byte for byte, what we carry;
 * otherwise it is replaced as a whole, as others may just be reading it.
 *
 * There are places where nothing may be written, or no library may be loaded
 * from: the first that will do is taken.
 */
#include "cli/carried/carried.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "cli/carried/carried_files.h"
#include "sched/base/file.h"

#ifndef ST_NOEXEC
#define ST_NOEXEC 0 /* the system does not say */
#endif

bool carried_is(void)
{
    return carried_files[0].name;
}

/* --- the folder ----------------------------------------------------------- */

static bool is_private(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == geteuid() && !(status.st_mode & 077);
}

/* Make ours in that folder. A list of libraries to be loaded has no place for
 * a blank or a colon. */
static bool make_folder(char *path, size_t size, const char *where)
{
    struct statvfs system;

    if (!where || *where != '/' || strpbrk(where, ": \t\n") ||
        statvfs(where, &system) != 0 || system.f_flag & ST_NOEXEC)
        return false;
    if ((size_t)snprintf(path, size, "%s/concviz-%u-%s", where,
                         (unsigned)geteuid(), carried_files_mark) >= size)
        return false;
    return (mkdir(path, 0700) == 0 || errno == EEXIST) && is_private(path);
}

/* --- a file --------------------------------------------------------------- */

static bool holds(const char *path, const struct carried_file *file)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    void *bytes = MAP_FAILED;
    struct stat status;
    bool same = false;

    if (fd < 0)
        return false;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        (size_t)status.st_size == file->length)
        bytes = mmap(NULL, file->length, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (bytes != MAP_FAILED) {
        same = memcmp(bytes, file->bytes, file->length) == 0;
        munmap(bytes, file->length);
    }
    return same;
}

/* Make the folders of a path; base is the length of what is there. */
static void make_folders(char *path, size_t base)
{
    for (char *slash = strchr(path + base + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

static bool put(const char *folder, const struct carried_file *file)
{
    char path[PATH_MAX], made[PATH_MAX];
    int fd;
    bool done;

    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, file->name) >=
            sizeof path ||
        (size_t)snprintf(made, sizeof made, "%s.XXXXXX", path) >= sizeof made)
        return false;
    if (holds(path, file))
        return true;
    make_folders(made, strlen(folder));
    fd = mkostemp(made, O_CLOEXEC);
    if (fd < 0)
        return false;
    done = file_write(fd, file->bytes, file->length) == 0;
    done = close(fd) == 0 && done && rename(made, path) == 0;
    if (!done)
        unlink(made);
    return done;
}

/* --- all of a name -------------------------------------------------------- */

static bool is_below(const struct carried_file *file, const char *name)
{
    size_t length = strlen(name);

    return strncmp(file->name, name, length) == 0 &&
           (!file->name[length] || file->name[length] == '/');
}

/* Returns whether there is one of that name, and all are in place. */
static bool put_all(const char *folder, const char *name)
{
    bool found = false;

    for (const struct carried_file *file = carried_files; file->name; file++)
        if (is_below(file, name)) {
            found = true;
            if (!put(folder, file))
                return false;
        }
    return found;
}

bool carried_find(char *path, size_t size, const char *name)
{
    const char *const where[] = { getenv("XDG_RUNTIME_DIR"),
                                  getenv("TMPDIR"),
                                  "/tmp",
                                  "/var/tmp",
                                  "/dev/shm",
                                  getenv("XDG_CACHE_HOME"),
                                  getenv("HOME") };
    char folder[PATH_MAX];

    if (!carried_is())
        return false;
    for (size_t i = 0; i < sizeof where / sizeof *where; i++)
        if (make_folder(folder, sizeof folder, where[i]) &&
            put_all(folder, name) &&
            (size_t)snprintf(path, size, "%s/%s", folder, name) < size)
            return true;
    return false;
}

void carried_terminal(void)
{
    const char *term = getenv("TERM"), *before = getenv("TERMINFO_DIRS");
    char name[64], path[PATH_MAX], folders[2 * PATH_MAX];

    if (!term || !*term || strchr(term, '/') ||
        (size_t)snprintf(name, sizeof name, "terminfo/%c/%s", *term, term) >=
            sizeof name ||
        !carried_find(path, sizeof path, name))
        return;
    /* Nothing before the colon: what the machine knows. */
    path[strlen(path) - strlen(name) + strlen("terminfo")] = '\0';
    if ((size_t)snprintf(folders, sizeof folders, "%s:%s", before ? before : "",
                         path) < sizeof folders)
        setenv("TERMINFO_DIRS", folders, 1);
}
