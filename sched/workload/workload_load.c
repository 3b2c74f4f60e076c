/*
 * workload_load.c -- a workload from a file that anybody may have made.
 *
 * The file is opened without waiting (a FIFO nobody writes to must not hang
 * the program), looked at, and read up to the limit and not further: it may
 * grow while it is read.
 */
#include "sched/workload/workload_load.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

/* Standard input may have been left non-blocking by whoever had it before. */
static void await_bytes(int fd)
{
    struct pollfd ready = { .fd = fd, .events = POLLIN };

    poll(&ready, 1, -1);
}

/* Up to one block more than allowed, so that too much can be told. */
static bool read_all(int fd, struct strbuf *text)
{
    char block[4096];

    while (text->length <= WORKLOAD_FILE_BYTES_MAX) {
        ssize_t count = read(fd, block, sizeof block);

        if (count == 0)
            return true;
        if (count > 0)
            strbuf_add(text, block, (size_t)count);
        else if (errno == EAGAIN && fd == STDIN_FILENO)
            await_bytes(fd);
        else if (errno != EINTR)
            return false;
    }
    return true;
}

/* Why a file of this kind is not read, or NULL. */
static const char *refusal(const struct stat *status)
{
    if (S_ISREG(status->st_mode))
        return NULL;
    if (S_ISDIR(status->st_mode))
        return _("this is a directory; name a file");
    if (S_ISFIFO(status->st_mode))
        return _("this is a pipe; name a file, or use - for standard input");
    return _("this is a device; name a file, or use - for standard input");
}

static bool refuse(struct diag *diag, const char *path, const char *why)
{
    diag_set(diag, path, 0, 0, "%s", why);
    return false;
}

/* Two errors a person can do something about; the rest in libc's words. */
static bool refuse_error(struct diag *diag, const char *path, int error)
{
    if (error == ENOENT)
        return refuse(diag, path, _("there is no such file; check its name"));
    if (error == EACCES)
        return refuse(diag, path,
                      _("this file may not be read; check its permissions"));
    return refuse(diag, path, strerror(error));
}

/* What the path names may change meanwhile, so the open file is looked at. */
static bool read_file(const char *path, struct strbuf *text, struct diag *diag)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    bool done = false;

    if (fd < 0)
        return refuse_error(diag, path, errno);
    if (fstat(fd, &status) < 0)
        refuse_error(diag, path, errno);
    else if (refusal(&status))
        refuse(diag, path, refusal(&status));
    else if (!read_all(fd, text))
        refuse_error(diag, path, errno);
    else
        done = true;
    close(fd);
    return done;
}

/* `concviz … - <folder` opens well and fails only now. */
static bool read_input(struct strbuf *text, struct diag *diag)
{
    if (read_all(STDIN_FILENO, text))
        return true;
    if (errno == EISDIR)
        return refuse(diag, "-",
                      _("standard input is closed or not a file; "
                        "pipe a workload in"));
    return refuse_error(diag, "-", errno);
}

/* The workload is called like the file, without its folders. */
struct workload *workload_load(const char *path, struct diag *diag)
{
    const char *slash = strrchr(path, '/');
    struct workload *workload = NULL;
    struct strbuf text;
    bool done;

    strbuf_init(&text);
    done = strcmp(path, "-") == 0 ? read_input(&text, diag)
                                  : read_file(path, &text, diag);
    if (done && text.length > WORKLOAD_FILE_BYTES_MAX)
        diag_set(diag, path, 1, 1,
                 _("this workload is too large; at most %d bytes"),
                 WORKLOAD_FILE_BYTES_MAX);
    else if (done)
        workload = workload_parse(path, slash ? slash + 1 : path, text.text,
                                  text.length, diag);
    strbuf_fini(&text);
    return workload;
}
