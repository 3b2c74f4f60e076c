#include "tests/suite.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/catalog.h"
#include "lessons/parse/diags.h"
#include "lessons/session/progress_file.h"
#include "lessons/session/progress_table.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "tests/lessons/runner.h"

static char folder[SUITE_PATH], path[SUITE_PATH + 32];

static void setup(void)
{
    suite_folder(folder);
    snprintf(path, sizeof path, "%s/state/progress.txt", folder);
}

static void write_file(const char *text)
{
    char state[SUITE_PATH + 8];

    snprintf(state, sizeof state, "%s/state", folder);
    mkdir(state, 0700);
    suite_write(path, text);
}

/* What was answered today has today's date. */
static void hide_dates(char *text)
{
    for (char *date = text; (date = strstr(date, "on=20"));)
        for (date += 3; *date && *date != ' '; date++)
            if (*date >= '0' && *date <= '9')
                *date = 'd';
}

static void assert_file(const char *expected)
{
    char text[4096] = { 0 };
    FILE *file = fopen(path, "r");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(text, 1, sizeof text - 1, file), sizeof text - 1);
    fclose(file);
    hide_dates(text);
    ck_assert_str_eq(text, expected);
}

#define HEAD "# concviz keeps your progress here; please do not edit\n"

START_TEST(what_was_done_is_found_again)
{
    struct catalog *catalog = catalog_new("en");
    const struct lesson *lesson = catalog_lesson(catalog, 0);
    struct lesson_run *run = lesson_run_new(lesson, &model_runner, false);
    struct diag diag;
    struct progress *progress = progress_load(path, &diag);
    const struct progress_entry *entry;

    ck_assert_str_eq(diag.message, "");
    lesson_run_next(run);
    lesson_run_choose(run, 1);
    progress_note(progress, lesson->id, run, false);
    ck_assert(progress_save(progress, &diag));
    progress_free(progress);
    lesson_run_free(run);
    assert_file(HEAD "queue-and-machine begun at=3 predict=b,- on=dddd-dd-dd,- "
                     "modify=open tries=0 hints=0\n");

    progress = progress_load(path, &diag);
    run = lesson_run_new(lesson, &model_runner, false);
    entry = progress_find(progress, "queue-and-machine");
    ck_assert_ptr_nonnull(entry);
    progress_resume(entry, run);
    ck_assert_int_eq(lesson_run_request(run)->kind, WANT_RUN);
    lesson_run_ran(run, NULL);
    progress_note(progress, lesson->id, run, true);
    ck_assert_int_eq(entry->at, 0);
    ck_assert(entry->done);
    progress_free(progress);
    lesson_run_free(run);
    catalog_free(catalog);
}
END_TEST

START_TEST(lines_of_another_version_are_kept)
{
    struct diag diag;
    struct progress *progress;

    write_file(HEAD "hog done predict=b,? modify=solved tries=2 hints=1\n"
                    "a line from the future\n"
                    "race begun colour=red at=4\n");
    progress = progress_load(path, &diag);
    ck_assert_uint_eq(progress_count(progress), 2);
    ck_assert_int_eq(progress_find(progress, "hog")->choice[1], CHOICE_UNKNOWN);
    ck_assert(progress_reset(progress, "race"));
    ck_assert(!progress_reset(progress, "race"));
    ck_assert(progress_save(progress, &diag));
    assert_file(HEAD "hog done predict=b,? modify=solved tries=2 hints=1\n"
                     "a line from the future\n");
    progress_free(progress);
}
END_TEST

START_TEST(two_programs_do_not_undo_each_other)
{
    struct diag diag;
    struct progress *one, *two;

    write_file("hog done at=2\nrace begun at=4\n");
    one = progress_load(path, &diag);
    two = progress_load(path, &diag);
    ck_assert(progress_reset(one, "hog"));
    ck_assert(progress_save(one, &diag));
    ck_assert(progress_reset(two, "race"));
    ck_assert(progress_save(two, &diag));
    assert_file(HEAD);
    progress_free(one);
    progress_free(two);
}
END_TEST

START_TEST(nonsense_counts_as_nothing_done)
{
    static const char *const nonsense[] = {
        "\n\n\n",
        "hog",
        "HOG done\n",
        "hog done predict=zzz,,,,b at=-4\n",
        "\xFF\xFE done at=99999999999999\n",
        "= = =\nhog done modify=eaten\n",
    };
    struct diag diag;

    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        struct progress *progress;
        const struct progress_entry *entry;

        write_file(nonsense[i]);
        progress = progress_load(path, &diag);
        entry = progress_find(progress, "hog");
        ck_assert(!entry || (entry->at == 0 && entry->modify == MODIFY_OPEN));
        progress_free(progress);
    }
}
END_TEST

START_TEST(a_place_that_cannot_be_written_is_told_once)
{
    struct diag diag;
    struct progress *progress = progress_load("/dev/null/progress.txt", &diag);

    progress_reset(progress, "all");
    ck_assert(!progress_save(progress, &diag));
    ck_assert_str_ne(diag.message, "");
    ck_assert(progress_save(progress, &diag));
    progress_free(progress);
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_file_whole)
{
    static const char old[] = HEAD "hog done modify=open tries=0 hints=0\n";
    const struct rlimit none = { 10, 10 }; /* bytes a file may have */
    struct diag diag;
    struct progress *progress;

    write_file(old);
    progress = progress_load(path, &diag);
    progress_reset(progress, "hog");
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    ck_assert(!progress_save(progress, &diag));
    assert_file(old);
    progress_free(progress);
}
END_TEST

START_TEST(what_cannot_be_read_is_not_overwritten)
{
    struct diag diag;
    struct progress *progress;

    write_file("");
    unlink(path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    progress = progress_load(path, &diag);
    ck_assert_str_ne(diag.message, "");
    ck_assert_uint_eq(progress_count(progress), 0);
    ck_assert(!progress_save(progress, &diag));
    progress_free(progress);
}
END_TEST

START_TEST(a_file_that_fails_while_it_is_read_is_not_overwritten)
{
    struct diag diag;
    struct progress *progress;
    struct stat status;

    write_file("");
    unlink(path);
    ck_assert_int_eq(symlink("/proc/self/mem", path), 0); /* reads give EIO */
    progress = progress_load(path, &diag);
    ck_assert_str_ne(diag.message, "");
    progress_reset(progress, "all");
    ck_assert(!progress_save(progress, &diag));
    ck_assert_int_eq(lstat(path, &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    progress_free(progress);
}
END_TEST

START_TEST(a_zero_byte_costs_no_line)
{
    static const char text[] = HEAD "hog done modify=open tries=0 hints=0\n"
                                    "ra\0ce done\n"
                                    "gil done modify=open tries=0 hints=0\n";
    char kept[sizeof text] = { 0 };
    struct diag diag;
    struct progress *progress;
    FILE *file;

    write_file("");
    file = fopen(path, "w");
    ck_assert_uint_eq(fwrite(text, 1, sizeof text - 1, file), sizeof text - 1);
    fclose(file);
    progress = progress_load(path, &diag);
    ck_assert_str_eq(diag.message, "");
    ck_assert_uint_eq(progress_count(progress), 2);
    ck_assert(progress_reset(progress, "hog"));
    ck_assert(progress_save(progress, &diag));
    file = fopen(path, "r");
    ck_assert_uint_eq(fread(kept, 1, sizeof kept, file),
                      sizeof text - sizeof "hog done modify=open tries=0 "
                                           "hints=0\n");
    fclose(file);
    ck_assert_str_eq(kept, HEAD "gil done modify=open tries=0 hints=0\nra");
    ck_assert_str_eq(kept + strlen(kept) + 1, "ce done\n");
    progress_free(progress);
}
END_TEST

/* Each child forgets the lesson with its number. */
static void forget_one(int number)
{
    struct diag diag;
    struct progress *progress = progress_load(path, &diag);
    char id[32];

    snprintf(id, sizeof id, "lesson-%d", number);
    progress_reset(progress, id);
    _exit(progress_save(progress, &diag) ? 0 : 1);
}

START_TEST(many_programs_at_once_lose_nothing)
{
    enum {
        PROGRAMS = 20
    };
    pid_t child[PROGRAMS];
    struct strbuf text;

    strbuf_init(&text);
    for (int i = 0; i < PROGRAMS; i++)
        strbuf_addf(&text, "lesson-%d done\n", i);
    write_file(text.text);
    for (int i = 0; i < PROGRAMS; i++) {
        child[i] = fork();
        if (child[i] == 0)
            forget_one(i);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int status;

        ck_assert_int_eq(waitpid(child[i], &status, 0), child[i]);
        ck_assert_int_eq(status, 0);
    }
    assert_file(HEAD);
    strbuf_fini(&text);
}
END_TEST

/* The names next to the file. */
static size_t strays(void)
{
    char pattern[SUITE_PATH + 8];
    size_t count = 0;
    DIR *state;

    snprintf(pattern, sizeof pattern, "%s/state", folder);
    state = opendir(pattern);
    for (struct dirent *entry; (entry = readdir(state));)
        count += entry->d_name[0] != '.' &&
                 strcmp(entry->d_name, "progress.txt") != 0;
    closedir(state);
    return count;
}

START_TEST(a_killed_program_leaves_nothing_for_ever)
{
    struct diag diag;
    struct progress *progress;

    write_file("hog done\n");
    for (int i = 0; i < 20; i++) {
        pid_t child = fork();

        if (child == 0)
            for (;;) {
                progress = progress_load(path, &diag);
                progress_reset(progress, "hog");
                progress_save(progress, &diag);
                progress_free(progress);
            }
        suite_give_way(i * 300); /* anywhere in what it does */
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    ck_assert_uint_le(strays(), 1);
    progress = progress_load(path, &diag);
    ck_assert(progress_save(progress, &diag));
    ck_assert_uint_eq(strays(), 0);
    progress_free(progress);
}
END_TEST

#define COLUMNS                                                                \
    "name,lesson,question,date,answer,key,result,status,exercise,tries,"       \
    "hints\n"

/* The table of what the file has, with this name. */
static void assert_table(const char *name, const char *expected)
{
    struct catalog *catalog = catalog_new("en");
    struct diag diag;
    struct progress *progress = progress_load(path, &diag);
    struct strbuf out;

    strbuf_init(&out);
    progress_table_head(&out);
    progress_table_rows(progress, name, catalog, &out);
    ck_assert_str_eq(out.text, expected);
    strbuf_fini(&out);
    progress_free(progress);
    catalog_free(catalog);
}

START_TEST(a_table_tells_date_answer_key_and_result)
{
    write_file(
        "queue-and-machine done predict=a,?,- on=2026-11-26,2026-11-27,- "
        "modify=solved tries=2 hints=1\n"
        "race begun at=4\n"
        "my-own begun predict=b\n");
    assert_table("Kim", COLUMNS
                 "\"Kim\",queue-and-machine,1,2026-11-26,a,c,wrong,done,solved,"
                 "2,1\n"
                 "\"Kim\",queue-and-machine,2,2026-11-27,?,b,unknown,done,"
                 "solved,2,1\n"
                 "\"Kim\",queue-and-machine,3,,,,,done,solved,2,1\n"
                 "\"Kim\",race,,,,,,begun,open,0,0\n"
                 "\"Kim\",my-own,1,,b,,,begun,open,0,0\n");
}
END_TEST

START_TEST(a_name_stays_in_its_cell)
{
    write_file("race begun\n");
    assert_table("=1+\"2\", \033[1m3",
                 COLUMNS "\"'=1+\"\"2\"\", \357\277\275[1m3\",race,,,,,,begun,"
                         "open,0,0\n");
    assert_table(NULL, COLUMNS "\"\",race,,,,,,begun,open,0,0\n");
}
END_TEST

/* What merging the file gives, without the head; NULL: it is refused. */
static void assert_merged(const char *text, const char *expected)
{
    struct catalog *catalog = catalog_new("en");
    struct diag diag = { .line = 0 };
    struct strbuf out;
    bool merged;

    write_file(text);
    strbuf_init(&out);
    merged = progress_table_file(path, catalog, &out, &diag);
    ck_assert_msg(merged == (expected != NULL), "%s", text);
    ck_assert_str_eq(out.text, expected ? expected : "");
    ck_assert_int_eq(*diag.message != '\0', expected == NULL);
    strbuf_fini(&out);
    catalog_free(catalog);
}

#define ROW ",race,,,,,,begun,open,0,0\n"

START_TEST(tables_and_progress_files_are_merged)
{
    char own[512];

    snprintf(path, sizeof path, "%s/state/kim.txt", folder);
    assert_merged("race begun\n", "\"kim\"" ROW);
    assert_merged(HEAD, "");
    assert_merged(COLUMNS "\"Lee, \"\"Jo\"\"\"" ROW "\"\"" ROW,
                  "\"Lee, \"\"Jo\"\"\"" ROW "\"kim\"" ROW);
    assert_merged("\357\273\277" COLUMNS "Lee" ROW, "\"Lee\"" ROW);
    assert_merged(COLUMNS "\"'=1\"" ROW, "\"'=1\"" ROW);
    snprintf(path, sizeof path, "%s/state/progress.txt", folder);
    snprintf(own, sizeof own, "\"%s\"" ROW, path);
    assert_merged("race begun\n", own);
}
END_TEST

START_TEST(what_is_neither_is_refused_whole)
{
    static const char *const bad[] = {
        "",
        "Dear lecturer,\n",
        COLUMNS "Lee" ROW "=cmd|' /C calc'!A0" ROW "Lee,race,begun\n",
        COLUMNS "Lee,=1+1,,,,,,begun,open,0,0\n",
        COLUMNS "\"Lee" ROW,
        "name;lesson\n",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_merged(bad[i], NULL);
    unlink(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert(
        !progress_table_file(path, NULL, NULL, &(struct diag){ .line = 0 }));
}
END_TEST

START_TEST(the_state_folder_is_the_one_of_the_environment)
{
    char expected[160];
    struct diag diag;
    struct progress *progress;

    setenv("XDG_STATE_HOME", folder, 1);
    snprintf(expected, sizeof expected, "%s/concviz/progress.txt", folder);
    progress = progress_load(NULL, &diag);
    ck_assert_str_eq(progress->path, expected);
    progress_free(progress);
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    progress = progress_load(NULL, &diag);
    ck_assert_str_eq(progress->path, "");
    ck_assert(!progress_save(progress, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "neither XDG_STATE_HOME"));
    progress_free(progress);
}
END_TEST

START_TEST(a_begun_lesson_comes_before_a_new_one)
{
    struct catalog *catalog = catalog_new("en");
    struct diag diag;
    struct progress *progress;

    write_file("queue-and-machine done\n");
    progress = progress_load(path, &diag);
    ck_assert_int_eq(progress_next(progress, catalog), 1);
    progress_free(progress);
    write_file("queue-and-machine done\nhog begun at=2\n");
    progress = progress_load(path, &diag);
    ck_assert_int_eq(progress_next(progress, catalog), 8);
    progress_free(progress);
    catalog_free(catalog);
}
END_TEST

START_TEST(a_lesson_is_found_by_number_id_and_path)
{
    struct catalog *catalog = catalog_new("ko");
    struct diags diags;

    diags_init(&diags);
    ck_assert_uint_eq(catalog_count(catalog), 25);
    ck_assert_str_eq(catalog_lesson(catalog, 4)->language, "ko");
    ck_assert_int_eq(catalog_find(catalog, "09"), 8);
    ck_assert_int_eq(catalog_find(catalog, "hog"), 8);
    ck_assert_int_eq(catalog_find(catalog, "26"), -1);
    ck_assert_ptr_nonnull(catalog_open(catalog, "hog", &diags));
    ck_assert_ptr_null(catalog_open(catalog, "hug", &diags));
    ck_assert_ptr_null(catalog_open(catalog, "/no/such.md", &diags));
    ck_assert_ptr_null(catalog_open(catalog, "/dev/null", &diags));
    ck_assert_uint_eq(diags.count, 3);
    diags_fini(&diags);
    catalog_free(catalog);
    catalog = catalog_new("tlh"); /* nobody has translated them */
    ck_assert_uint_eq(catalog_count(catalog), 25);
    ck_assert_str_eq(catalog_lesson(catalog, 0)->language, "en");
    catalog_free(catalog);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_progress");
    TCase *tcase = tcase_create("progress");

    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, what_was_done_is_found_again);
    tcase_add_test(tcase, lines_of_another_version_are_kept);
    tcase_add_test(tcase, two_programs_do_not_undo_each_other);
    tcase_add_test(tcase, nonsense_counts_as_nothing_done);
    tcase_add_test(tcase, a_place_that_cannot_be_written_is_told_once);
    tcase_add_test(tcase, a_full_disk_leaves_the_old_file_whole);
    tcase_add_test(tcase, what_cannot_be_read_is_not_overwritten);
    tcase_add_test(tcase,
                   a_file_that_fails_while_it_is_read_is_not_overwritten);
    tcase_add_test(tcase, a_zero_byte_costs_no_line);
    tcase_add_test(tcase, many_programs_at_once_lose_nothing);
    tcase_add_test(tcase, a_killed_program_leaves_nothing_for_ever);
    tcase_add_test(tcase, a_table_tells_date_answer_key_and_result);
    tcase_add_test(tcase, a_name_stays_in_its_cell);
    tcase_add_test(tcase, tables_and_progress_files_are_merged);
    tcase_add_test(tcase, what_is_neither_is_refused_whole);
    tcase_add_test(tcase, the_state_folder_is_the_one_of_the_environment);
    tcase_add_test(tcase, a_begun_lesson_comes_before_a_new_one);
    tcase_add_test(tcase, a_lesson_is_found_by_number_id_and_path);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
