/*
 * csv_write.h -- runs as a table, for spreadsheets and data frames.
 *
 * A row for each stretch of each task's life, after a row of names. What is in
 * quotes, and where lines end, is as RFC 4180 says. Times are milliseconds, and
 * exact; machines count from 1.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_CSV_WRITE_H
#define CONCVIZ_SCHED_EXCHANGE_CSV_WRITE_H

#include <stdio.h>

struct exported;

/* Write runs[0 .. count). Returns 0 or a negative errno value. Any thread. */
int csv_write(FILE *out, const struct exported *run, int count);

#endif
