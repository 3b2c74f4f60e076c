/*
 * pty_home.h -- a test that leaves for an empty folder, where what it writes
 * lies, and comes home again.
 */
#ifndef CONCVIZ_TESTS_CLI_PTY_HOME_H
#define CONCVIZ_TESTS_CLI_PTY_HOME_H

#include "tests/suite.h"

#include <limits.h>
#include <stdio.h>
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

static inline void pty_home_come(const struct pty_home *home)
{
    ck_assert_int_eq(chdir(home->folder), 0);
}

#endif
