/*
 * kill_test.c -- programs, and the concviz that shows them, are killed while the
 * live screen is on: the terminal is restored (by SIGKILL to concviz nobody can),
 * the recording can be read, and no process is left. So it is where somebody
 * cuts the recording.
 *
 * CONCVIZ_TEST_KILLS says how many of each (make check-kill: 100).
 */
#include "tests/suite.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "tests/cli/pty_home.h"

enum {
    LATEST_MS = 300,
    GONE_MS = 10000
};

static struct pty_home home;
static struct pty *pty;

static const char turns_c[] =
    "#include <pthread.h>\n"
    "#include <stdio.h>\n"
    "#include <unistd.h>\n"
    "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
    "static void *turns(void *unused) {\n"
    "    for (;;) {\n"
    "        pthread_mutex_lock(&lock);\n"
    "        usleep(1000);\n"
    "        pthread_mutex_unlock(&lock);\n"
    "        usleep(1000);\n"
    "    }\n"
    "    return unused;\n"
    "}\n"
    "int main(void) {\n"
    "    pthread_t thread;\n"
    "    FILE *file = fopen(\"pid\", \"w\");\n"
    "    fprintf(file, \"%d\", (int)getpid());\n"
    "    fclose(file);\n"
    "    pthread_create(&thread, NULL, turns, NULL);\n"
    "    turns(NULL);\n"
    "}\n";

static const char turns_py[] =
    "import asyncio, os\n"
    "async def tick():\n"
    "    while True: await asyncio.sleep(0.001)\n"
    "async def main():\n"
    "    with open('pid', 'w') as f: f.write(str(os.getpid()))\n"
    "    await asyncio.gather(tick(), tick())\n"
    "asyncio.run(main())\n";

static const char *const ways[][6] = {
    { "coroutine", "--record=tape", "--lang=en", "--", "./turns", NULL },
    { "parallel", "--record=tape", "--lang=en", "--", "./turns", NULL },
    { "coroutine", "--record=tape", "--lang=en", "turns.c", NULL },
    { "python", "--record=tape", "--lang=en", "turns.py", NULL },
};

static void setup(void)
{
    pty_home_leave(&home);
    suite_write("turns.c", turns_c);
    suite_write("turns.py", turns_py);
    if (system("cc -w -D_GNU_SOURCE -o turns turns.c -pthread") != 0)
        suite_skip("no program can be made here");
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
    pty_home_come(&home);
}

/* The number of the program that is shown, once it has written it. */
static pid_t shown_pid(void)
{
    int64_t until_ns = clock_now_ns() + PTY_PATIENCE_MS * NS_PER_MS;
    int pid = 0;

    while (pid <= 0 && clock_now_ns() < until_ns) {
        FILE *file = fopen("pid", "r");

        if (file && fscanf(file, "%d", &pid) != 1)
            pid = 0;
        if (file)
            fclose(file);
        pty_turn(pty);
    }
    if (pid <= 0)
        ck_abort_msg("nothing runs:\n%s", pty_text(pty));
    return pid;
}

/* A number can be that of a dead process that nobody has waited for yet. */
static bool runs(pid_t pid)
{
    char path[64], state = 'X';
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    file = fopen(path, "r");
    if (!file)
        return false;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 'X';
    fclose(file);
    return state != 'Z' && state != 'X';
}

static void assert_gone(pid_t pid)
{
    int64_t until_ns = clock_now_ns() + GONE_MS * NS_PER_MS;

    while (runs(pid) && clock_now_ns() < until_ns)
        pty_turn(pty);
    ck_assert_msg(!runs(pid), "%d still runs", (int)pid);
}

static void assert_readable(void)
{
    char command[PATH_MAX + 160];

    snprintf(command, sizeof command,
             "%s replay tape --json >report 2>why; grep -q '\"outcome\"' "
             "report || { ls -l tape; cat why; false; }",
             home.program);
    ck_assert_msg(system(command) == 0, "the tape cannot be read");
}

/* Start it, and let it run for up to LATEST_MS from its first moment on. */
static pid_t start(const char *const way[], uint64_t *random)
{
    const char *argv[8] = { home.program };
    int64_t until_ns;
    pid_t pid;

    for (size_t i = 0; way[i]; i++)
        argv[i + 1] = way[i];
    unlink("pid");
    unlink("tape");
    pty = pty_start(100, 30, argv);
    pid = shown_pid();
    until_ns = clock_now_ns() +
               (int64_t)random_below(random, LATEST_MS) * NS_PER_MS;
    while (clock_now_ns() < until_ns)
        pty_turn(pty);
    return pid;
}

static void assert_restored(void)
{
    ck_assert(!pty_alternate_screen(pty));
    ck_assert(pty_cursor_visible(pty));
    ck_assert(pty_cooked(pty));
}

static void assert_nothing_left(pid_t pid)
{
    assert_gone(pid);
    assert_readable();
    pty_free(pty);
    pty = NULL;
}

/* The program is killed: the viewer stays, says so, and leaves as always. */
static void kill_shown(const char *const way[], uint64_t *random)
{
    pid_t pid = start(way, random);

    kill(pid, SIGKILL);
    ck_assert(pty_shows(pty, "killed by signal 9"));
    pty_type(pty, "q");
    ck_assert_int_ge(pty_wait(pty), 0);
    assert_restored();
    assert_nothing_left(pid);
}

/* The viewer is killed, by turns so that it can clean up and so that it cannot. */
static void kill_viewer(const char *const way[], uint64_t *random, int number)
{
    pid_t pid = start(way, random);

    pty_signal(pty, number);
    ck_assert_int_ge(pty_wait(pty), 0);
    if (number != SIGKILL)
        assert_restored();
    assert_nothing_left(pid);
}

/* The tape is cut by somebody else: that is said, and the rest goes on. */
static void cut_tape(const char *const way[], uint64_t *random)
{
    pid_t pid = start(way, random);

    ck_assert_int_eq(truncate("tape", 0), 0);
    ck_assert(pty_shows(pty, "the recording ends here: "));
    kill(pid, SIGKILL);
    ck_assert(pty_shows(pty, "killed by signal 9"));
    pty_type(pty, "q");
    ck_assert_int_ge(pty_wait(pty), 0);
    assert_restored();
    assert_gone(pid);
}

static int kills(void)
{
    const char *wanted = getenv("CONCVIZ_TEST_KILLS");

    return wanted ? atoi(wanted) : 1;
}

/* Not every build has the library, nor every machine Python. */
static void skip_unless_possible(const char *const way[])
{
    if (strcmp(way[0], "coroutine") == 0 && !pty_home_preloads(&home))
        suite_skip("threads cannot become coroutines here");
    if (strcmp(way[0], "python") == 0 &&
        system("python3 -c '' 2>/dev/null") != 0)
        suite_skip("there is no python3");
}

START_TEST(the_program_is_killed)
{
    uint64_t random = 1 + (uint64_t)_i;

    skip_unless_possible(ways[_i]);
    for (int i = 0; i < kills(); i++)
        kill_shown(ways[_i], &random);
}
END_TEST

START_TEST(the_viewer_is_killed)
{
    uint64_t random = 11 + (uint64_t)_i;

    skip_unless_possible(ways[_i]);
    for (int i = 0; i < kills(); i++)
        kill_viewer(ways[_i], &random, i % 2 ? SIGKILL : SIGTERM);
}
END_TEST

START_TEST(the_tape_is_cut)
{
    uint64_t random = 21 + (uint64_t)_i;

    skip_unless_possible(ways[_i]);
    cut_tape(ways[_i], &random);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kill");
    TCase *tcase = tcase_create("kill");
    int count = sizeof ways / sizeof *ways;

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 1200);
    tcase_add_loop_test(tcase, the_program_is_killed, 0, count);
    tcase_add_loop_test(tcase, the_viewer_is_killed, 0, count);
    tcase_add_loop_test(tcase, the_tape_is_cut, 0, count);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
