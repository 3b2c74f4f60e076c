/*
 * input.c -- a file, or what gzip made of one.
 *
 * Whether a file is packed is asked of its first two bytes, not of its name.
 * gzip files may follow each other in one file; whoever unpacks them gets their
 * contents one behind the other. A few bytes may unpack to any number, so what
 * comes out is counted.
 */
#include "sched/exchange/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

enum {
    BLOCK = 64 * 1024,
    GZIP_ONLY = 16 + MAX_WBITS, /* see inflateInit2 */
};

struct input {
    int fd;
    bool packed, peeked, begun;
    bool file_over; /* nothing is left of it */
    bool between;   /* no packed file is begun */
    enum input_end end;
    int64_t bytes; /* unpacked, so far */
    size_t length; /* of block */
    z_stream stream;
    char raw[BLOCK]; /* as in the file, where it is packed */
    char block[BLOCK];
};

/* 0 at the end of the file and where the system fails. */
static size_t read_raw(struct input *input, char *to)
{
    ssize_t got;

    do
        got = read(input->fd, to, BLOCK);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        input->end = INPUT_FAILED;
    if (got <= 0)
        input->file_over = true;
    return got < 0 ? 0 : (size_t)got;
}

static bool is_gzip(const char *bytes, size_t length)
{
    return length >= 2 && memcmp(bytes, "\x1F\x8B", 2) == 0;
}

/* --- gzip ----------------------------------------------------------------- */

/* Make sure that there is something to unpack. Zeros behind the last file only
 * fill a block of a tape drive; gzip passes them over, too. */
static bool has_packed(struct input *input)
{
    z_stream *stream = &input->stream;

    if (stream->avail_in == 0 && !input->file_over) {
        stream->next_in = (Bytef *)input->raw;
        stream->avail_in = (uInt)read_raw(input, input->raw);
    }
    if (input->between && stream->avail_in > 0 && stream->next_in[0] != 0x1F)
        return false;
    return stream->avail_in > 0;
}

static void unpack(struct input *input)
{
    z_stream *stream = &input->stream;

    stream->next_out = (Bytef *)input->block;
    stream->avail_out = BLOCK;
    while (stream->avail_out > 0 && input->end == INPUT_WHOLE) {
        int answer;

        if (!has_packed(input)) {
            if (!input->between && input->end == INPUT_WHOLE)
                input->end = INPUT_CUT;
            break;
        }
        answer = inflate(stream, Z_NO_FLUSH);
        input->between = answer == Z_STREAM_END;
        if (answer == Z_STREAM_END)
            inflateReset(stream);
        else if (answer != Z_OK && answer != Z_BUF_ERROR)
            input->end = INPUT_DAMAGED;
    }
    input->length = BLOCK - stream->avail_out;
}

/* The first bytes have been read as a plain file's: they are packed. */
static void begin_gzip(struct input *input)
{
    memcpy(input->raw, input->block, input->length);
    input->packed = true;
    input->stream.next_in = (Bytef *)input->raw;
    input->stream.avail_in = (uInt)input->length;
    if (inflateInit2(&input->stream, GZIP_ONLY) == Z_OK)
        unpack(input);
    else
        input->end = INPUT_DAMAGED;
}

/* --- blocks --------------------------------------------------------------- */

static void fill(struct input *input)
{
    input->length = 0;
    if (input->end != INPUT_WHOLE)
        return;
    if (input->packed) {
        unpack(input);
    } else if (!input->file_over) {
        input->length = read_raw(input, input->block);
        if (!input->begun && is_gzip(input->block, input->length))
            begin_gzip(input);
    }
    input->begun = true;
    if (input->bytes + (int64_t)input->length > INPUT_BYTES_MAX) {
        input->length = (size_t)(INPUT_BYTES_MAX - input->bytes);
        input->end = INPUT_TOO_BIG;
    }
    input->bytes += (int64_t)input->length;
}

const char *input_peek(struct input *input, size_t *length)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skip;

    if (!input->peeked)
        fill(input);
    input->peeked = true;
    skip = input->length >= 3 && memcmp(input->block, mark, 3) == 0 ? 3 : 0;
    *length = input->length - skip;
    return input->block + skip;
}

const char *input_next(struct input *input, size_t *length)
{
    const char *block = input->block;

    if (input->peeked) {
        block = input_peek(input, length);
        input->peeked = false;
    } else {
        fill(input);
        *length = input->length;
    }
    return input->length > 0 ? block : NULL;
}

enum input_end input_end(const struct input *input)
{
    return input->end;
}

/* Opened as file_read does it: nobody is waited for. */
struct input *input_open(const char *path, struct diag *diag)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    struct input *input;

    if (fd < 0 || fstat(fd, &status) < 0) {
        diag_set(diag, path, 0, 0, "%s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        diag_set(diag, path, 0, 0, "%s", _("this is not a regular file"));
        close(fd);
        return NULL;
    }
    input = xcalloc(1, sizeof *input);
    input->fd = fd;
    return input;
}

void input_close(struct input *input)
{
    if (!input)
        return;
    if (input->packed)
        inflateEnd(&input->stream);
    close(input->fd);
    free(input);
}
