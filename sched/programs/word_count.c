/*
 * word_count.c -- count the words of several files, one reader a file.
 *
 * The files are real: each is made of one of the workload texts this program
 * brings along, many times over, in a file without a name that only lives in
 * memory. They are read with read(2), block by block, as any file would be. A
 * disk would make its reader wait and memory does not, so each reader sleeps
 * for a block as long as a slow disk would take: that is when others can count.
 *
 * Besides counting, a reader adds up a digest of every word, in any order, so
 * it can be seen that each word was read once.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    READERS = 5,
    BLOCKS = 4,
    CHECK_EVERY = 512,
    DIGEST_ROUNDS = 48,
    TOTALS = 0, /* the lock */
};

static const int64_t disk_ns = 180 * NS_PER_MS;
static const int64_t byte_ns = 140;

static const char *const text_of[READERS] = { "cafeteria", "async-sum",
                                              "noodles", "juice", "mixed" };

struct counts {
    int64_t words, bytes;
    uint64_t digest;
};

/* A word may begin in one block and end in the next. */
struct reader {
    struct counts counts;
    uint64_t word; /* digest of the word being read; 0: none */
    char block[4096];
};

struct library {
    int fd[READERS]; /* -errno: it could not be made */
    struct counts expected, total;
    struct reader reader[READERS];
    int done;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static void end_word(struct reader *reader)
{
    if (reader->word == 0)
        return;
    reader->counts.words++;
    reader->counts.digest += reader->word;
    reader->word = 0;
}

/* The digest of a word is expensive on purpose: counting alone would be too
 * fast to be seen. */
static void count_byte(struct reader *reader, char c)
{
    reader->counts.bytes++;
    if (is_space(c)) {
        end_word(reader);
        return;
    }
    reader->word += (unsigned char)c;
    for (int i = 0; i < DIGEST_ROUNDS; i++)
        reader->word = random_mix(reader->word + 1);
}

/* --- the files ------------------------------------------------------------ */

/* Returns a descriptor at the beginning of the file, or a negative errno
 * value. */
static int make_file(const char *text, int copies)
{
    int fd = file_nameless("concviz-words");

    for (int i = 0; fd >= 0 && i < copies; i++) {
        if (file_write(fd, text, strlen(text)) != 0) {
            close(fd);
            fd = -1;
        }
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd >= 0 ? fd : -errno;
}

/* What the files must hold: what one copy of each text holds, times copies. */
static void expect(struct library *library, const char *text, int copies)
{
    struct reader once = { .word = 0 };

    for (const char *c = text; *c; c++)
        count_byte(&once, *c);
    end_word(&once);
    library->expected.words += once.counts.words * copies;
    library->expected.bytes += once.counts.bytes * copies;
    library->expected.digest += once.counts.digest * (uint64_t)copies;
}

/* Where nothing is really read, only the expected counts are needed. */
static void *open_library(int size, bool foretells)
{
    struct library *library = xcalloc(1, sizeof *library);

    for (int i = 0; i < READERS; i++) {
        const char *text = program_source_text(text_of[i]);

        library->fd[i] = foretells ? -1 : make_file(text, size);
        expect(library, text, size);
    }
    return library;
}

static void close_library(void *data)
{
    struct library *library = data;

    for (int i = 0; i < READERS; i++)
        if (library->fd[i] >= 0)
            close(library->fd[i]);
    free(library);
}

/* --- the readers ---------------------------------------------------------- */

/* Read up to bytes of the file and count. Returns what was read, or -errno. */
static int64_t count_block(struct task_calls *calls, struct reader *reader,
                           int fd, int64_t bytes)
{
    int64_t all = 0;

    while (all < bytes) {
        size_t room = sizeof reader->block;
        ssize_t got;

        if (bytes - all < (int64_t)room)
            room = (size_t)(bytes - all);
        got = read(fd, reader->block, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? -errno : all;
        for (ssize_t i = 0; i < got; i++) {
            count_byte(reader, reader->block[i]);
            if (i % CHECK_EVERY == 0)
                task_checkpoint(calls);
        }
        all += got;
    }
    return all;
}

/* Add what was counted to the total; the last one compares. */
static void report(struct task_calls *calls, const struct counts *counts)
{
    struct library *library = task_data(calls);
    struct counts *total = &library->total;
    long long words, bytes;
    bool last;

    task_lock(calls, TOTALS);
    total->words += counts->words;
    total->bytes += counts->bytes;
    total->digest += counts->digest;
    last = ++library->done == READERS;
    task_unlock(calls, TOTALS);
    task_say(calls, _("%lld words"), (long long)counts->words);
    if (!last || task_foretells(calls))
        return;
    words = total->words;
    bytes = total->bytes;
    task_say(calls, _("all files: %lld words, %lld bytes"), words, bytes);
    if (memcmp(total, &library->expected, sizeof *total) != 0)
        task_fail(calls, _("words were lost: %lld of %lld"),
                  (long long)total->words, (long long)library->expected.words);
}

/* Disk, then machine, then disk: while one reader waits another can count. */
static void read_file(struct task_calls *calls, int task)
{
    struct library *library = task_data(calls);
    struct reader *reader = &library->reader[task];
    int64_t length = (int64_t)strlen(program_source_text(text_of[task])) *
                     task_size(calls);
    int64_t block = length / BLOCKS + 1, got = 1, all = 0;

    if (library->fd[task] < 0 && !task_foretells(calls))
        task_fail(calls, _("no file could be made: %s"),
                  strerror(-library->fd[task]));
    while (all < length && got > 0) {
        int64_t want = length - all < block ? length - all : block;

        task_sleep(calls, disk_ns);
        task_work(calls, want * byte_ns);
        got = want;
        if (!task_foretells(calls))
            got = count_block(calls, reader, library->fd[task], want);
        all += got > 0 ? got : 0;
    }
    if (got < 0)
        task_fail(calls, _("a file could not be read: %s"),
                  strerror((int)-got));
    end_word(reader);
    task_result(calls, reader->counts.words);
    report(calls, &reader->counts);
}

static const struct part part[] = { { NULL, read_file } };
static const char *const lock[] = { "totals" };

const struct program_source program_word_count = {
    .name = "word-count",
    .file = "word_count.c",
    .text = "task cafeteria async-sum noodles juice mixed:\n",
    .part = part,
    .lock = lock,
    .locks = 1,
    .open = open_library,
    .close = close_library,
};
