/*
 * file.h -- a file somebody named, read whole.
 */
#ifndef CONCVIZ_SCHED_BASE_FILE_H
#define CONCVIZ_SCHED_BASE_FILE_H

#include <stddef.h>

struct strbuf;

/*
 * Append up to max bytes of a regular file to out; a longer file is cut.
 * Never waits for anybody: a FIFO or a device in its place is refused.
 * Returns 0 or a negative errno value, -EINVAL for what is not a regular
 * file; what has been read before an error is kept. Any thread.
 */
int file_read(const char *path, size_t max, struct strbuf *out);

/* Write all of it. Returns 0 or a negative errno value. Any thread. */
int file_write(int fd, const char *bytes, size_t length);

/* Make an empty file that no folder shows; exec closes it. name is for whoever
 * looks at our descriptors. Returns it, or -1 with errno set. Any thread. */
int file_nameless(const char *name);

#endif
