/*
 * pty_home.h -- a test that leaves for an empty folder, where what it writes
 * lies, and comes home again.
 */
#ifndef CONCVIZ_TESTS_CLI_PTY_HOME_H
#define CONCVIZ_TESTS_CLI_PTY_HOME_H

#include "tests/suite.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/pty.h"

struct pty_home {
    char folder[PATH_MAX];
    char program[PATH_MAX + 16]; /* concviz */
};

static inline void pty_home_leave(struct pty_home *home)
{
    char folder[SUITE_PATH];

    pty_environment();
    ck_assert_ptr_nonnull(getcwd(home->folder, sizeof home->folder));
    snprintf(home->program, sizeof home->program, "%s/concviz", home->folder);
    suite_folder(folder);
    ck_assert_int_eq(chdir(folder), 0);
}

/* Is the library for other people's programs there? Not every build has it. */
static inline bool pty_home_preloads(const struct pty_home *home)
{
    char library[PATH_MAX + 32];

    snprintf(library, sizeof library, "%s/libconcviz-preload.so", home->folder);
    return access(library, R_OK) == 0;
}

/* The program ends so, and gives the terminal back. */
static inline void pty_home_assert_exit(struct pty *pty, int wanted)
{
    int status = pty_wait(pty);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), wanted);
    ck_assert(!pty_alternate_screen(pty));
    ck_assert(pty_cooked(pty));
}

static inline void pty_home_come(const struct pty_home *home)
{
    ck_assert_int_eq(chdir(home->folder), 0);
}

#endif
