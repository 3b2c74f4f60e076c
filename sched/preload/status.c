/*
 * status.c -- stat and fstat, for the files of this library alone: before glibc
 * 2.33 they were no functions of the C library that a program could call. On
 * x86-64 the system writes the same struct.
 */
#include <sys/stat.h>

#include "sched/preload/kernel_call.h"

int stat(const char *path, struct stat *status)
{
    return (int)kernel_call_errno(kernel_call(
        SYS_stat, kernel_call_pointer(path), kernel_call_pointer(status)));
}

int fstat(int fd, struct stat *status)
{
    return (int)kernel_call_errno(
        kernel_call(SYS_fstat, fd, kernel_call_pointer(status)));
}
