/*
 * program_kernel.h -- threads|parallel --kernel: a workload of ours, as the kernel
 * sees it.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_KERNEL_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_KERNEL_H

struct options;

/* Run the workload in a process of its own that nobody draws, look at that
 * process as at any other program, and return the exit status. */
int program_kernel(const struct options *options);

#endif
