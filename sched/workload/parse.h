/*
 * parse.h -- workload text becomes a workload, or a diag.
 *
 * The language is described in the manual page, section WORKLOADS. Everything
 * that can be seen to be wrong in the text is refused here, with its place.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_PARSE_H
#define CONCVIZ_SCHED_WORKLOAD_PARSE_H

#include <stddef.h>

struct diag;
struct workload;

/*
 * Parse length bytes of text. file is what diags call it, name what the
 * workload is called; both are copied. Returns a workload to be freed with
 * workload_free, or NULL with diag filled. Any thread.
 */
struct workload *workload_parse(const char *file, const char *name,
                                const char *text, size_t length,
                                struct diag *diag);

/*
 * The same for text that stands in a larger file (a lesson): its first line
 * is first_line of that file, and every column is first_column - 1 further.
 */
struct workload *workload_parse_at(const char *file, const char *name,
                                   const char *text, size_t length,
                                   int first_line, int first_column,
                                   struct diag *diag);

/*
 * Read and parse a file; path "-" is standard input. Refuses what is no
 * regular file, too large, or binary. Returns NULL with diag filled.
 */
struct workload *workload_load(const char *path, struct diag *diag);

#endif
