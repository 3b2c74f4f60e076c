/*
 * export_file.c -- what is written goes into a draft beside the file, which
 * takes its name when all of it is there.
 *
 * A link stays a link: the draft is beside what it leads to. What is no regular
 * file, such as /dev/stdout or a pipe, has no name to take and is written
 * directly.
 */
#include "cli/export/export_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

/* The name that a draft takes: path itself, or what it is a link to. */
static char *resolved(const char *path)
{
    char *real = realpath(path, NULL);

    return real ? real : xstrdup(path);
}

/* With the rights that a new file has, or those of the file it replaces. */
static int open_draft(struct export_file *file, const struct stat *old)
{
    struct strbuf draft;
    int fd;

    strbuf_init(&draft);
    strbuf_addf(&draft, "%s.%ld.part", file->name, (long)getpid());
    file->draft = draft.text;
    unlink(file->draft); /* of a process of that number that was killed */
    fd = open(file->draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 && old)
        fchmod(fd, old->st_mode & 0777);
    return fd;
}

int export_file_open(struct export_file *file, const char *name)
{
    struct stat old;
    bool exists = name && stat(name, &old) == 0;
    int fd, error;

    *file = (struct export_file){ .stream = stdout };
    if (!name)
        return 0;
    file->name = resolved(name);
    if (exists && !S_ISREG(old.st_mode))
        fd = open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    else if (exists && access(file->name, W_OK) != 0)
        fd = -1;
    else
        fd = open_draft(file, exists ? &old : NULL);
    file->stream = fd < 0 ? NULL : fdopen(fd, "w");
    if (file->stream)
        return 0;
    error = -errno;
    export_file_close(file, false);
    return error;
}

/* Is all that was written where it belongs? */
static int finish(struct export_file *file)
{
    if (fflush(file->stream) != 0 ||
        (file->draft && fsync(fileno(file->stream)) != 0))
        return -errno;
    return ferror(file->stream) ? -EIO : 0;
}

int export_file_close(struct export_file *file, bool keep)
{
    int error = file->stream ? finish(file) : 0;

    if (file->name && file->stream && fclose(file->stream) != 0 && !error)
        error = -errno;
    if (file->draft && keep && !error && rename(file->draft, file->name) != 0)
        error = -errno;
    if (file->draft && (!keep || error))
        unlink(file->draft);
    free(file->name);
    free(file->draft);
    *file = (struct export_file){ .stream = NULL };
    return error;
}
