/*
 * workload_load.h -- a workload from a file.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_WORKLOAD_LOAD_H
#define CONCVIZ_SCHED_WORKLOAD_WORKLOAD_LOAD_H

struct diag;
struct workload;

/*
 * Read and parse a file; path "-" is standard input. Refuses anything that is
 * not a regular file, is too large, or is binary. Returns a workload to be
 * freed with workload_free, or NULL with diag filled. Any thread.
 */
struct workload *workload_load(const char *path, struct diag *diag);

#endif
