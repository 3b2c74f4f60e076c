/*
 * jsonl_follow.c -- see jsonl_follow.h.
 *
 * Nothing is mapped here: somebody may cut the file while we read it.
 */
#include "sched/exchange/jsonl_follow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/xalloc.h"
#include "sched/exchange/feed.h"
#include "sched/exchange/jsonl_read.h"

enum {
    BLOCK = 64 * 1024,
    PIECE = 1 << 20 /* given back at once */
};

struct jsonl_follow {
    int fd;
    bool is_file;
    off_t at;    /* of a file: so far it was read … */
    off_t given; /* … and given back, where … */
    bool gives;  /* … that may be */
    bool seen;   /* there was somebody who writes … */
    bool closed; /* … and the pipe says that nobody does any more */
    bool over;   /* the next read is the last one */
    struct jsonl *jsonl;
    struct feed feed;
    char block[BLOCK];
};

struct jsonl_follow *jsonl_follow_new(struct journal *journal, int fd)
{
    struct jsonl_follow *follow = xcalloc(1, sizeof *follow);
    struct stat status;

    follow->fd = fd;
    follow->is_file = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    if (!follow->is_file)
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    follow->jsonl = jsonl_read_new(journal);
    feed_init(&follow->feed, jsonl_read_take, follow->jsonl);
    return follow;
}

void jsonl_follow_free(struct jsonl_follow *follow)
{
    if (!follow)
        return;
    feed_fini(&follow->feed);
    jsonl_read_free(follow->jsonl);
    close(follow->fd);
    free(follow);
}

/* How many bytes there are in block now. A pipe ends when its last writer has
 * gone, which cannot be told from none having come yet. */
static size_t read_block(struct jsonl_follow *follow)
{
    char *block = follow->block, *nothing;
    ssize_t got;

    do
        got = follow->is_file ? pread(follow->fd, block, BLOCK, follow->at)
                              : read(follow->fd, block, BLOCK);
    while (got < 0 && errno == EINTR);
    if (!follow->is_file) {
        follow->seen |= got > 0 || (got < 0 && errno == EAGAIN);
        follow->closed = got == 0 && follow->seen;
        return got > 0 ? (size_t)got : 0;
    }
    if (got <= 0)
        return 0;
    nothing = memchr(block, '\0', (size_t)got);
    if (nothing)
        got = nothing - block;
    follow->at += got;
    return (size_t)got;
}

void jsonl_follow_give_back(struct jsonl_follow *follow)
{
    follow->gives = true;
}

/* Whole pieces only: what is written into now stays. Where files have holes. */
static void give_back(struct jsonl_follow *follow)
{
#ifdef FALLOC_FL_PUNCH_HOLE
    off_t bytes = (follow->at - follow->given) & -PIECE;

    if (follow->gives && bytes > 0 &&
        fallocate(follow->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                  follow->given, bytes) == 0)
        follow->given += bytes;
#else
    (void)follow;
#endif
}

void jsonl_follow_read(struct jsonl_follow *follow)
{
    size_t got;

    while (follow->feed.more && (got = read_block(follow)) > 0)
        feed_add(&follow->feed, follow->block, got);
    give_back(follow);
    if (follow->over)
        feed_end(&follow->feed);
}

static bool is_locked(const struct jsonl_follow *follow)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl(follow->fd, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

/* A file that nobody locks is taken to grow: whoever follows it says so. */
static bool is_written(struct jsonl_follow *follow)
{
    bool locked;

    if (!follow->feed.more || jsonl_read_ended(follow->jsonl))
        return false;
    if (!follow->is_file)
        return !follow->closed;
    locked = is_locked(follow);
    follow->seen |= locked;
    return locked || !follow->seen;
}

bool jsonl_follow_written(struct jsonl_follow *follow)
{
    follow->over = !is_written(follow);
    return !follow->over;
}
