/*
 * workload_parse.h -- workload text becomes a workload, or a diag.
 *
 * The language is described in the manual page, section WORKLOADS. Everything
 * that can be seen to be wrong in the text is refused here, with its place:
 * lines and columns count from 1, columns in characters. Where the language
 * leaves a choice, this is what was chosen:
 *
 *   - Tasks, generators, shared variables, channels and barriers have one set
 *     of names; locks, which nobody declares, have their own.
 *   - A task may have no steps, and a repeat none to repeat.
 *   - A generator takes no attributes: it stands in no line, and tasks take
 *     turns over the two lines as if it were not there.
 *   - In `say`, \" and \\ stand for " and \; the text is cleaned (text.h).
 *   - `write n-1` takes 1 off the copy of n, although n-1 could be a name.
 *   - A task `at spawn` is spawned exactly once, by one task.
 *   - A task may end while it holds a lock: who waits for it then waits for
 *     ever, and the run says so.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_WORKLOAD_PARSE_H
#define CONCVIZ_SCHED_WORKLOAD_WORKLOAD_PARSE_H

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

#endif
