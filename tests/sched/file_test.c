#include "tests/suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/arena.h"
#include "sched/base/file.h"
#include "sched/base/strbuf.h"

static char folder[] = "/tmp/concviz-file-XXXXXX";
static char path[64];

static void make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/it", folder);
}

static void remove_folder(void)
{
    unlink(path);
    rmdir(folder);
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
}

static void assert_read(size_t max, int error, size_t length)
{
    struct strbuf text;

    strbuf_init(&text);
    ck_assert_int_eq(file_read(path, max, &text), error);
    ck_assert_uint_eq(text.length, length);
    ck_assert_uint_eq(strspn(text.text, "x"), length);
    strbuf_fini(&text);
}

START_TEST(a_file_is_read_up_to_the_limit)
{
    FILE *file = fopen(path, "w");

    for (int i = 0; i < 10000; i++)
        fputc('x', file);
    fclose(file);
    assert_read(20000, 0, 10000);
    assert_read(10000, 0, 10000);
    assert_read(9999, 0, 9999);
    assert_read(0, 0, 0);
}
END_TEST

START_TEST(what_is_not_a_file_is_refused_without_waiting)
{
    assert_read(100, -ENOENT, 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    assert_read(100, -EINVAL, 0);
    unlink(path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    assert_read(100, -EINVAL, 0);
    rmdir(path);
}
END_TEST

START_TEST(an_array_grows_in_its_arena)
{
    struct arena *arena = arena_new();
    int *item = NULL;

    for (int i = 0; i < 1000; i++) {
        item = arena_grow(arena, item, (size_t)i, sizeof *item);
        item[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(item[i], i);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("file");
    TCase *tcase = tcase_create("file");

    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_file_is_read_up_to_the_limit);
    tcase_add_test(tcase, what_is_not_a_file_is_refused_without_waiting);
    tcase_add_test(tcase, an_array_grows_in_its_arena);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
