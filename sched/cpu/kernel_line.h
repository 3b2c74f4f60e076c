/*
 * kernel_line.h -- one line of a file in /proc or /sys.
 */
#ifndef CONCVIZ_SCHED_CPU_KERNEL_LINE_H
#define CONCVIZ_SCHED_CPU_KERNEL_LINE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Find the first line that begins with prefix ("": the first of all) in the
 * file whose path the format makes, and write what follows the prefix, without
 * the end of line, to text[size]; what does not fit is cut. Returns false, with
 * text empty, if there is no such file or line. Any thread.
 */
bool kernel_line(char *text, size_t size, const char *prefix,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
