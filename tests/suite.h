/*
 * suite.h -- run one libcheck suite, speak TAP to automake, and leave nothing
 * behind.
 *
 * A failed assertion is a "not ok" line, so it does not count in the exit
 * status: what is left there is a crash of the runner or a leak. A test whose
 * precondition the machine lacks calls suite_skip and is counted as skipped,
 * never as passed. libcheck knows no skips: the lines it wrote are read again
 * and reworded here.
 */
#ifndef CONCVIZ_TESTS_SUITE_H
#define CONCVIZ_TESTS_SUITE_H

#include <check.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * libcheck's assertions write down their place even where they hold, so that a
 * crash can be said to come after it. Some tests hold millions, and half their
 * time went there; a crash is still told with its test.
 */
#define _mark_point(file, line) ((void)0)

#define SUITE_SKIP "skipped because "

/* End the test that runs now; reason completes "skipped because". */
#define suite_skip(reason) ck_abort_msg(SUITE_SKIP "%s", reason)

enum {
    SUITE_PATH = 128, /* bytes, enough for any path made below */
};

/* The folder of this run of the suite; all of it goes when the suite ends. */
static char suite_home[SUITE_PATH / 2];

/* Let others get on, the further the more times: for something that has to
 * hold at any instant of what they do. No time is waited for; where others want
 * the core, each of the times is a slice of theirs, and a second is enough. */
static inline void suite_give_way(int times)
{
    time_t begun = time(NULL);

    while (times-- > 0 && time(NULL) - begun < 2)
        sched_yield();
}

/* A new empty folder that only the calling test uses. */
static inline void suite_folder(char folder[SUITE_PATH])
{
    snprintf(folder, SUITE_PATH, "%s/XXXXXX", suite_home);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* A new empty file; returns its descriptor, for the caller to close. */
static inline int suite_file(char path[SUITE_PATH])
{
    int fd;

    snprintf(path, SUITE_PATH, "%s/XXXXXX", suite_home);
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    return fd;
}

/* How long a file is, and what the system keeps of one: holes are none of it. */
static inline size_t suite_bytes(const char *path)
{
    struct stat status;

    ck_assert_int_eq(stat(path, &status), 0);
    return (size_t)status.st_size;
}

static inline int64_t suite_bytes_on_disk(int fd)
{
    struct stat status;

    ck_assert_int_eq(fstat(fd, &status), 0);
    return (int64_t)status.st_blocks * 512;
}

/* Write a file whose path is known. */
static inline void suite_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static inline int suite_make_home(void)
{
    const char *parent = getenv("TMPDIR");

    snprintf(suite_home, sizeof suite_home, "%s/concviz-test-XXXXXX",
             parent && strlen(parent) < 32 ? parent : "/tmp");
    return mkdtemp(suite_home) != NULL;
}

static inline void suite_remove_home(void)
{
    char command[SUITE_PATH];

    snprintf(command, sizeof command, "rm -rf '%s'", suite_home);
    if (system(command) != 0)
        fprintf(stderr, "%s could not be removed\n", suite_home);
}

/* "not ok 3 - file:case:test: skipped because ..." is no failure. */
static inline void suite_print_line(const char *line)
{
    const char *reason = strstr(line, SUITE_SKIP);

    if (strncmp(line, "not ok", 6) == 0 && reason)
        printf("%.*s# SKIP %s", (int)(reason - line - 4), line + 4,
               reason + strlen(SUITE_SKIP));
    else
        fputs(line, stdout);
}

static inline void suite_print(const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;

    while (file && getline(&line, &size, file) > 0)
        suite_print_line(line);
    free(line);
    if (file)
        fclose(file);
}

static inline int suite_main(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    char path[SUITE_PATH];

    if (!suite_make_home())
        return EXIT_FAILURE;
    snprintf(path, sizeof path, "%s/tap", suite_home);
    srunner_set_tap(runner, path);
    srunner_run_all(runner, CK_SILENT);
    srunner_free(runner);
    suite_print(path);
    suite_remove_home();
    return EXIT_SUCCESS;
}

#endif
