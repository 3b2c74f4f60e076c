/*
 * child.h -- do something in another process that it may not survive.
 */
#ifndef CONCVIZ_TESTS_SCHED_CHILD_H
#define CONCVIZ_TESTS_SCHED_CHILD_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef COVERAGE
void __gcov_dump(void);

/* Where branches are counted, those of a child that leaves at once are, too. */
_Noreturn void _exit(int status)
{
    __gcov_dump();
    _Exit(status);
}
#endif

/* What the child writes to standard error, and how it ended. */
static inline int run_child(void (*child)(void), char *said, size_t size)
{
    int end[2], status;
    size_t used = 0;
    ssize_t length;
    pid_t pid;

    ck_assert_int_eq(pipe(end), 0);
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
        dup2(end[1], STDERR_FILENO);
        child();
        _exit(0);
    }
    close(end[1]);
    while (used < size - 1 &&
           (length = read(end[0], said + used, size - 1 - used)) > 0)
        used += (size_t)length;
    said[used] = '\0';
    close(end[0]);
    waitpid(pid, &status, 0);
    return status;
}

#endif
