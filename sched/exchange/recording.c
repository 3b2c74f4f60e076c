/*
 * recording.c -- what is it, and who can read it?
 */
#include "sched/exchange/recording.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/chrome_read.h"
#include "sched/exchange/input.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/journal_live.h"
#include "sched/exchange/jsonl_follow.h"
#include "sched/exchange/jsonl_read.h"
#include "sched/exchange/perf_read.h"
#include "sched/tape/tape_file.h"
#include "sched/tape/tape_head.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"

enum {
    FIRST_BYTES = 4096 /* tell lines from other files */
};

struct recording {
    char *path;
    struct tape_file *tape; /* or NULL, and then this … */
    struct journal *journal;
    struct definitions *definitions; /* … and either these … */
    struct trace *trace;
    struct journal_live *live; /* … or these */
    const struct recording_source *source;
    void *context;
    bool over; /* all of source was played */
};

/* --- formats -------------------------------------------------------------- */

struct format {
    const char *name; /* as trace_info has it */
    bool (*knows)(const char *text, size_t length);
    void (*read)(struct journal *journal, struct input *input);
    enum observed observed;
};

/* What the text begins with, blanks aside. */
static char first(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \t\r\n", text[i]))
            return text[i];
    return '\0';
}

/* Whether one of `length` bytes begins a word. */
static bool holds(const char *text, size_t length, const char *word)
{
    size_t bytes = strlen(word);

    for (size_t i = 0; i + bytes <= length; i++)
        if (text[i] == word[0] && memcmp(text + i, word, bytes) == 0)
            return true;
    return false;
}

/* Lines have their events named by "ev", from the first one on. */
static bool is_jsonl(const char *text, size_t length)
{
    const char *newline = memchr(text, '\n', length);
    size_t line = newline ? (size_t)(newline - text) : length;

    return first(text, length) == '{' && holds(text, line, "\"ev\"") &&
           !holds(text, line, "\"traceEvents\"");
}

static bool is_json(const char *text, size_t length)
{
    char c = first(text, length);

    return c == '{' || c == '[';
}

static const struct format *format_of(struct input *input)
{
    static const struct format table[] = {
        { "JSON lines", is_jsonl, jsonl_read, OBSERVED_NOT },
        { "Chrome trace", is_json, chrome_read, OBSERVED_NOT },
        { "perf script", perf_read_knows, perf_read, OBSERVED_KERNEL },
    };
    size_t length;
    const char *text = input_peek(input, &length);

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].knows(text, length))
            return &table[i];
    return NULL;
}

static void refuse(struct input *input, const char *path, struct diag *diag)
{
    size_t length;
    const char *text = input_peek(input, &length);

    if (length == 0)
        diag_set(diag, path, 0, 0, "%s", _("nothing can be read in this file"));
    else if (length >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 ||
                             memcmp(text, "\xFE\xFF", 2) == 0))
        diag_set(
            diag, path, 1, 1, "%s",
            _("this is UTF-16; make it UTF-8 first, as in: iconv -f UTF-16 "
              "-t UTF-8 FILE"));
    else
        diag_set(
            diag, path, 1, 1, "%s",
            _("this is no recording that concviz knows: a tape of its own, "
              "Chrome Trace JSON, perf script or JSON lines"));
}

/* --- importing ------------------------------------------------------------ */

static bool is_tape(struct input *input)
{
    size_t length;
    const char *text = input_peek(input, &length);

    return length >= TAPE_HEAD_MAGIC_BYTES &&
           tape_head_is((const uint8_t *)text);
}

bool recording_is(const char *path)
{
    struct diag diag;
    struct input *input = input_open(path, &diag);
    bool is = input && (is_tape(input) || format_of(input));

    input_close(input);
    return is;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

static struct recording *import(struct input *input, const char *path,
                                struct diag *diag)
{
    const struct format *format = format_of(input);
    struct recording *recording;

    if (!format) {
        refuse(input, path, diag);
        return NULL;
    }
    recording = xcalloc(1, sizeof *recording);
    recording->journal = journal_new(path);
    format->read(recording->journal, input);
    if (journal_moments(recording->journal) == 0) {
        journal_refuse(recording->journal, diag);
        recording_close(recording);
        return NULL;
    }
    recording->definitions = definitions_new(name_of(path));
    recording->trace = journal_play(recording->journal, recording->definitions,
                                    format->name, format->observed);
    return recording;
}

struct recording *recording_open(const char *path, struct diag *diag)
{
    struct input *input = input_open(path, diag);
    struct recording *recording;
    bool tape;

    if (!input)
        return NULL;
    tape = is_tape(input);
    recording = tape ? xcalloc(1, sizeof *recording)
                     : import(input, path, diag);
    input_close(input);
    if (!tape)
        return recording;
    recording->path = xstrdup(path);
    recording->tape = tape_file_open(path, diag);
    if (recording->tape)
        return recording;
    recording_close(recording);
    return NULL;
}

/* --- what grows ----------------------------------------------------------- */

struct recording *recording_live(struct journal *journal, const char *name,
                                 const struct trace_info *info,
                                 const struct recording_source *source,
                                 void *context)
{
    struct recording *recording = xcalloc(1, sizeof *recording);

    recording->journal = journal;
    recording->source = source;
    recording->context = context;
    source->read(context);
    recording->live = journal_live_new(journal, name, info);
    recording_follow(recording);
    return recording;
}

struct recording *recording_told(const struct recording_source *source,
                                 void *context)
{
    struct recording *recording = xcalloc(1, sizeof *recording);

    recording->source = source;
    recording->context = context;
    return recording;
}

static void read_lines(void *context)
{
    jsonl_follow_read(context);
}

static bool lines_are_written(void *context)
{
    return jsonl_follow_written(context);
}

static void free_lines(void *context)
{
    jsonl_follow_free(context);
}

struct recording *recording_lines(int fd, const char *name,
                                  const struct trace_info *info)
{
    static const struct recording_source source = { read_lines,
                                                    lines_are_written,
                                                    free_lines, NULL };
    struct journal *journal = journal_new(name);

    return recording_live(journal, name_of(name), info, &source,
                          jsonl_follow_new(journal, fd));
}

/* Lines, or something that has not begun yet. */
static bool may_be_lines(const char *path, int *fd)
{
    char text[FIRST_BYTES];
    struct stat status;
    ssize_t got;

    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0 || fstat(*fd, &status) < 0)
        return false;
    if (!S_ISREG(status.st_mode))
        return S_ISFIFO(status.st_mode);
    got = pread(*fd, text, sizeof text, 0);
    return got == 0 || (got > 0 && is_jsonl(text, (size_t)got));
}

struct recording *recording_open_growing(const char *path, struct diag *diag)
{
    static const struct trace_info info = { .real = true,
                                            .mode = "coroutine",
                                            .machines = 1,
                                            .policy = "other",
                                            .imported = "JSON lines" };
    int fd;

    if (may_be_lines(path, &fd))
        return recording_lines(fd, path, &info);
    if (fd >= 0)
        close(fd);
    return recording_open(path, diag);
}

void recording_close(struct recording *recording)
{
    if (!recording)
        return;
    tape_file_close(recording->tape);
    if (recording->source)
        recording->source->free(recording->context);
    journal_live_free(recording->live);
    trace_free(recording->trace);
    definitions_free(recording->definitions);
    journal_free(recording->journal);
    free(recording->path);
    free(recording);
}

/* --- what is in it -------------------------------------------------------- */

const struct trace *recording_trace(const struct recording *recording)
{
    if (recording->source && recording->source->trace)
        return recording->source->trace(recording->context);
    if (recording->live)
        return journal_live_trace(recording->live);
    return recording->tape ? tape_file_trace(recording->tape)
                           : recording->trace;
}

const struct workload *recording_workload(const struct recording *recording)
{
    return trace_workload(recording_trace(recording));
}

bool recording_follow(struct recording *recording)
{
    size_t before;

    if (recording->tape)
        return tape_file_follow(recording->tape);
    if (!recording->source || recording->over)
        return false;
    before = trace_count(recording_trace(recording));
    recording->over = !recording->source->written(recording->context);
    recording->source->read(recording->context);
    if (recording->over && recording->live)
        journal_live_end(recording->live);
    else if (recording->live)
        journal_live_play(recording->live, clock_now_ns());
    return trace_count(recording_trace(recording)) > before;
}

bool recording_written(const struct recording *recording)
{
    return recording->tape ? tape_file_written(recording->tape)
                           : recording->source && !recording->over;
}

/* A tape's lines have no place in a file that people read. */
static void add_tape_remarks(const struct recording *recording,
                             struct strbuf *lines)
{
    struct strbuf remarks;
    char name[256];

    strbuf_init(&remarks);
    tape_file_remarks(recording->tape, &remarks);
    text_clean(name, sizeof name, recording->path);
    for (const char *line = remarks.text; *line;) {
        size_t length = strcspn(line, "\n");

        strbuf_addf(lines, "%s: ", name);
        strbuf_add(lines, line, length);
        strbuf_addc(lines, '\n');
        line += length + (line[length] == '\n');
    }
    strbuf_fini(&remarks);
}

void recording_remarks(const struct recording *recording, struct strbuf *lines)
{
    if (recording->tape)
        add_tape_remarks(recording, lines);
    else
        journal_remarks(recording->journal, lines);
}
