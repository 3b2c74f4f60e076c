/*
 * program_diary.c -- see program_diary.h.
 */
#include "cli/program/program_diary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_file.h"
#include "cli/program/program_told.h"
#include "cli/report/record.h"
#include "cli/run/run_plan.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/diary_read.h"

enum {
    FD_BYTES = 32
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

static void end(void *context, int status, bool by_us)
{
    diary_read_end(context, status, by_us);
}

static const struct trace *trace(void *context)
{
    return diary_read_trace(context);
}

static int look(struct diary_read *diary, const struct program_file *file,
                const char *const *command, const char *const *environment,
                const struct options *options)
{
    static const struct program_teller teller = { until, say, end, trace };
    struct program_telling telling = { .path = file->path,
                                       .command = command,
                                       .descriptor = diary_read_fd(diary),
                                       .teller = &teller,
                                       .context = diary };
    size_t count = 0;
    const char **all;
    char fd[FD_BYTES];
    int status;

    while (environment[count])
        count++;
    all = xcalloc(count + 2, sizeof *all);
    memcpy(all, environment, count * sizeof *all);
    snprintf(fd, sizeof fd, "CONCVIZ_DIARY=%d", telling.descriptor);
    all[count] = fd;
    telling.environment = all;
    status = program_told(&telling, options);
    free(all);
    return status;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

int program_diary(const struct program_file *file, const char *const *command,
                  const char *const *environment, const struct trace_info *info,
                  const struct options *options)
{
    struct run_plan plan = { .record = NULL };
    struct diary_read *diary;
    struct diag diag;
    int status = EXIT_FAILED;

    if (!record_begin(&plan, options))
        return EXIT_USAGE;
    diary = diary_read_new(name_of(file->meant), file->meant, info,
                           plan.run.listener, &diag);
    if (diary)
        status = look(diary, file, command, environment, options);
    else
        message_diag(&diag);
    status = record_end(plan.record, options, status);
    diary_read_free(diary);
    return status;
}
