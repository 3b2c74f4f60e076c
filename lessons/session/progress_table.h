/*
 * progress_table.h -- what students answered, one row an answer, as CSV.
 *
 *     name,lesson,question,date,answer,key,result,status,exercise,tries,hints
 *     Kim,hog,1,2026-11-27,b,a,wrong,done,solved,2,1
 *
 * Answers and keys are letters, ? is "I don't know"; what is not known is
 * empty. A lesson without an answer has one row. Any thread.
 */
#ifndef CONCVIZ_LESSONS_SESSION_PROGRESS_TABLE_H
#define CONCVIZ_LESSONS_SESSION_PROGRESS_TABLE_H

#include <stdbool.h>

struct catalog;
struct diag;
struct progress;
struct strbuf;

/* Append the line that names the columns. */
void progress_table_head(struct strbuf *out);

/* Append what one student has done; name may be NULL. The keys are those of
 * the catalog's lessons. */
void progress_table_rows(const struct progress *progress, const char *name,
                         const struct catalog *catalog, struct strbuf *out);

/*
 * Append the rows of a file: such a table, or a progress file. Where it has no
 * name in it, the file's own stands for it. Returns false with diag filled,
 * and nothing appended, if it is neither.
 */
bool progress_table_file(const char *path, const struct catalog *catalog,
                         struct strbuf *out, struct diag *diag);

#endif
