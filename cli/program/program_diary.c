/*
 * program_diary.c -- see program_diary.h.
 */
#include "cli/program/program_diary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/program/program_file.h"
#include "cli/program/program_told.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/diary_read.h"

enum {
    FD_BYTES = 32
};

struct program_diary {
    struct diary_read *read;
    char fd[FD_BYTES];
    const char **environment;
    struct program_telling telling;
};

static void until(void *context, int64_t monotonic_ns)
{
    diary_read_until(context, monotonic_ns);
}

static void say(void *context, int64_t monotonic_ns, const char *line,
                size_t length)
{
    diary_read_say(context, monotonic_ns, line, length);
}

static void end(void *context, int status, enum outcome how)
{
    diary_read_end(context, status, how);
}

static const struct trace *trace(void *context)
{
    return diary_read_trace(context);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The descriptor has a number only now. */
static void write_environment(struct program_diary *diary,
                              const char *const *environment)
{
    size_t count = 0;

    while (environment[count])
        count++;
    diary->environment = xcalloc(count + 2, sizeof *diary->environment);
    memcpy(diary->environment, environment, count * sizeof *diary->environment);
    snprintf(diary->fd, sizeof diary->fd, "CONCVIZ_DIARY=%d",
             diary_read_fd(diary->read));
    diary->environment[count] = diary->fd;
}

struct program_diary *program_diary_new(const struct program_file *file,
                                        const char *const *command,
                                        const char *const *environment,
                                        const struct trace_info *info,
                                        struct trace_listener *listener,
                                        struct diag *diag)
{
    static const struct program_teller teller = { NULL, until, say, end,
                                                  trace };
    struct program_diary *diary = xcalloc(1, sizeof *diary);

    diary->read = diary_read_new(name_of(file->meant), file->meant, info,
                                 listener, diag);
    if (!diary->read) {
        free(diary);
        return NULL;
    }
    write_environment(diary, environment);
    diary->telling = (struct program_telling){
        .path = file->path,
        .command = command,
        .environment = diary->environment,
        .descriptor = diary_read_fd(diary->read),
        .teller = &teller,
        .context = diary->read,
    };
    return diary;
}

void program_diary_free(struct program_diary *diary)
{
    unsigned long long lost;

    if (!diary)
        return;
    lost = diary_read_lost(diary->read);
    if (lost > 0)
        message(_("events of the program that are not shown, since there was "
                  "no memory for them: %llu"),
                lost);
    diary_read_free(diary->read);
    free(diary->environment);
    free(diary);
}

const struct program_telling *program_diary_telling(
    const struct program_diary *diary)
{
    return &diary->telling;
}
