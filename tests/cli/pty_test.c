#include "tests/suite.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/pty.h"

/* A long wait: the run goes on until the test has seen enough. */
static char long_work[SUITE_PATH], quick_work[SUITE_PATH];
static char stuck_work[SUITE_PATH];

static struct pty *pty;

static void write_file(char path[SUITE_PATH], const char *name,
                       const char *text)
{
    char folder[SUITE_PATH];

    suite_folder(folder);
    snprintf(path, SUITE_PATH, "%.80s/%s", folder, name);
    suite_write(path, text);
}

static void setup(void)
{
    struct rlimit no_core = { 0, 0 };

    setrlimit(RLIMIT_CORE, &no_core);
    pty_environment();
    write_file(long_work, "long.work",
               "task A: sleep 600s\n"
               "task B: repeat 100000 (cpu 20, sleep 20)\n");
    write_file(quick_work, "quick.work",
               "task A: cpu 30, sleep 30\ntask B: cpu 30\n");
    write_file(stuck_work, "stuck.work",
               "task A: lock m, sleep 10, lock n\n"
               "task B: lock n, sleep 10, lock m\n");
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
}

static void start(const char *mode, const char *work, const char *option)
{
    const char *argv[] = { "./concviz", mode, work, option, NULL };

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "quit"));
}

static void assert_restored(void)
{
    ck_assert(!pty_alternate_screen(pty));
    ck_assert(pty_cursor_visible(pty));
    ck_assert(pty_cooked(pty));
}

/* --- keys ----------------------------------------------------------------- */

START_TEST(q_quits_and_leaves_one_line)
{
    int status;

    start("coroutine", long_work, NULL);
    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    assert_restored();
    ck_assert(pty_shows(pty, "coroutine long"));
    ck_assert(pty_shows(pty, "stopped"));
}
END_TEST

START_TEST(space_holds_the_picture_and_lets_it_go)
{
    start("coroutine", long_work, NULL);
    pty_type(pty, " ");
    ck_assert(pty_shows(pty, "PAUSED"));
    pty_type(pty, " ");
    ck_assert(pty_hides(pty, "PAUSED"));
}
END_TEST

START_TEST(the_help_opens_and_closes)
{
    start("coroutine", long_work, NULL);
    for (int i = 0; i < 3; i++) {
        static const char *const closing[] = { "?", "\033", "q" };

        pty_type(pty, "?");
        ck_assert(pty_shows(pty, "close"));
        pty_type(pty, closing[i]);
        ck_assert(pty_hides(pty, "close"));
    }
    pty_type(pty, "\033"); /* closes nothing, and does not quit */
    pty_type(pty, " ");
    ck_assert(pty_shows(pty, "PAUSED"));
}
END_TEST

START_TEST(i_shows_the_program_the_output_and_the_picture)
{
    const char *argv[] = { "./concviz", "coroutine", "async-sum", "--output",
                           NULL };

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "MACHINE"));
    pty_type(pty, "i");
    ck_assert(pty_shows(pty, "PROGRAM  async-sum"));
    ck_assert(pty_shows(pty, "OUTPUT"));
    pty_type(pty, "\t"); /* it stays so in the next mode */
    ck_assert(pty_shows(pty, "THREADS"));
    ck_assert(pty_shows(pty, "PROGRAM  async-sum"));
    pty_type(pty, "i");
    ck_assert(pty_hides(pty, "PROGRAM"));
    ck_assert(pty_shows(pty, "OUTPUT"));
    pty_type(pty, "G");
    ck_assert(pty_shows(pty, "[B] B stops"));
    pty_type(pty, "i");
    ck_assert(pty_hides(pty, "OUTPUT"));
    pty_resize(pty, 120, 36);
    ck_assert(pty_shows(pty, "concviz  THREADS"));
    ck_assert(pty_hides(pty, "PROGRAM"));
    pty_type(pty, "i");
    ck_assert(pty_shows(pty, "PROGRAM  async-sum"));
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    ck_assert(pty_shows(pty, "B stops"));
    ck_assert(pty_shows(pty, "threads async-sum"));
}
END_TEST

START_TEST(a_step_says_what_has_happened)
{
    const char *argv[] = { "./concviz", "threads", "lost-update",
                           "--model",   "--step",  NULL };

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "A reads n: 0."));
    pty_type(pty, "l");
    ck_assert(pty_shows(pty, "B reads n: 0."));
    pty_type(pty, "llllllllll");
    ck_assert(pty_shows(pty, "A's update is lost."));
    pty_type(pty, "h");
    ck_assert(pty_shows(pty, "A writes n: 1, from the 0 it read at 0ms."));
    pty_type(pty, " ");
    ck_assert(pty_hides(pty, "A writes n: 1"));
}
END_TEST

START_TEST(tab_runs_it_in_the_next_mode)
{
    start("coroutine", quick_work, NULL);
    pty_type(pty, "\t");
    ck_assert(pty_hides(pty, "COROUTINES"));
    pty_type(pty, "\033[Z");
    ck_assert(pty_shows(pty, "COROUTINES"));
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    ck_assert(pty_shows(pty, "coroutine quick"));
}
END_TEST

START_TEST(compare_runs_both_and_says_which_was_faster)
{
    const char *argv[] = { "./concviz", "compare", quick_work,
                           "--modes=sequential,coroutine", NULL };
    int status;

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "COMPARE"));
    ck_assert(pty_shows(pty, "SEQUENTIAL"));
    ck_assert(pty_shows(pty, "ENDED"));
    ck_assert(strstr(pty_text(pty), " as fast as ") ||
              strstr(pty_text(pty), "about the same time"));
    pty_type(pty, "g");
    ck_assert(pty_shows(pty, "PAUSED"));
    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    assert_restored();
    ck_assert(pty_shows(pty, "sequential quick"));
    ck_assert(pty_shows(pty, "coroutine quick"));
}
END_TEST

START_TEST(compare_calls_two_settings_as_they_were_written)
{
    const char *argv[] = { "./concviz",
                           "compare",
                           quick_work,
                           "--with=coroutine",
                           "--with=threads --model --slice 5",
                           NULL };

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "threads --model --slice 5  MODEL"));
    ck_assert(pty_shows(pty, "the second run"));
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
    ck_assert(pty_shows(pty, "the second run"));
}
END_TEST

START_TEST(the_end_of_a_comparison_is_that_of_the_longer_run)
{
    const char *argv[] = { "./concviz",
                           "compare",
                           "cafeteria",
                           "--model",
                           "--modes=coroutine,parallel",
                           NULL };

    pty = pty_start(80, 24, argv);
    pty_type(pty, "++++++++");
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "Gv");
    ck_assert(pty_shows(pty, "in progress"));
    ck_assert_ptr_nonnull(strstr(pty_text(pty), "t= 8.0s"));
}
END_TEST

START_TEST(c_compares_a_run_with_its_counterpart_and_goes_back)
{
    start("coroutine", quick_work, NULL);
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "c");
    ck_assert(pty_shows(pty, "COMPARE"));
    ck_assert(pty_shows(pty, "PARALLEL"));
    pty_type(pty, "\t"); /* another one */
    ck_assert(pty_shows(pty, "HYBRID"));
    pty_type(pty, "c");
    ck_assert(pty_hides(pty, "COMPARE"));
    ck_assert(pty_shows(pty, "ENDED"));
}
END_TEST

START_TEST(a_comparison_can_be_left_in_the_middle)
{
    const char *argv[] = { "./concviz", "compare", long_work, NULL };
    int status;

    pty = pty_start(120, 36, argv);
    ck_assert(pty_shows(pty, "COMPARE"));
    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    assert_restored();
    ck_assert(pty_shows(pty, "stopped"));
}
END_TEST

START_TEST(the_vertical_line_counts_along)
{
    start("coroutine", quick_work, NULL);
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "v\033[1;2D"); /* and Shift-Left */
    ck_assert(pty_shows(pty, "in progress A"));
    pty_type(pty, "v");
    ck_assert(pty_hides(pty, "in progress A"));
}
END_TEST

/* The line was put at the end: in another run, which begins anew, it goes along
 * until that instant. */
START_TEST(the_vertical_line_follows_the_next_run)
{
    start("coroutine", quick_work, "--model");
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "v\t");
    ck_assert(pty_hides(pty, "COROUTINE"));
    ck_assert(pty_shows(pty, "ENDED"));
    ck_assert(pty_hides(pty, "At 0"));
}
END_TEST

START_TEST(a_person_is_found_by_name_and_a_state_by_its_word)
{
    start("coroutine", quick_work, "--model");
    pty_type(pty, "G");
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "g/q"); /* a letter here, and no key */
    ck_assert(pty_row_begins(pty, -1, " / q_"));
    pty_type(pty, "\177b\r");
    ck_assert(pty_shows(pty, "\u25B6[B]"));
    pty_type(pty, "/runn\r");
    ck_assert(pty_shows(pty, "B: running, at 30"));
    pty_type(pty, ":");
    ck_assert(pty_shows(pty, "A: running, at 0"));
    pty_type(pty, "/\r;"); /* nothing typed: the same */
    ck_assert(pty_shows(pty, "nobody comes into this state"));
    pty_type(pty, "/z\033"); /* closed: nothing is looked for */
    ck_assert(pty_hides(pty, "/ z_"));
    pty_type(pty, "/z\r");
    ck_assert(pty_shows(pty, "nobody is called z"));
    pty_type(pty, "/\355\212\271"); /* Hangul is text here */
    ck_assert(pty_row_begins(pty, -1, " / \355\212\271_"));
}
END_TEST

START_TEST(two_marks_measure_what_lies_between)
{
    start("coroutine", quick_work, "--model");
    pty_type(pty, "G");
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "a");
    ck_assert(pty_shows(pty, "a mark at 60"));
    pty_type(pty, "/running\r"); /* nobody does, after the end */
    pty_type(pty, ":a");
    ck_assert(pty_shows(pty, "30.00ms between the marks"));
    pty_type(pty, "n");
    ck_assert(pty_shows(pty, "BETWEEN THE MARKS: 30."));
    ck_assert(pty_shows(pty, "whole run only"));
    pty_type(pty, "na");
    ck_assert(pty_shows(pty, "no marks any more"));
    pty_type(pty, "n");
    ck_assert(pty_shows(pty, "NUMBERS"));
}
END_TEST

START_TEST(knobs_begin_another_run)
{
    start("parallel", quick_work, "--model");
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "}");
    ck_assert(pty_shows(pty, "machines"));
    pty_type(pty, "x");
    ck_assert(pty_shows(pty, "time slice: 200 ms"));
    pty_type(pty, "p");
    ck_assert(pty_shows(pty, "policy: priority"));
    pty_type(pty, "o");
    ck_assert(pty_shows(pty, "own line"));
    ck_assert(pty_shows(pty, "ENDED"));
}
END_TEST

START_TEST(a_key_pressed_in_korean_works)
{
    start("coroutine", long_work, NULL);
    pty_type(pty, "ㅇ"); /* the key d does nothing, but says why */
    ck_assert(pty_shows(pty, "한/영"));
    pty_type(pty, "ㅂ");
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
}
END_TEST

START_TEST(a_finished_run_can_be_run_again)
{
    start("coroutine", quick_work, NULL);
    ck_assert(pty_shows(pty, "replay"));
    pty_type(pty, "r");
    ck_assert(pty_shows(pty, "pause"));
    ck_assert(pty_shows(pty, "replay"));
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    ck_assert(pty_shows(pty, "finished"));
}
END_TEST

START_TEST(a_deadlock_is_the_exit_status_after_q)
{
    int status;

    start("coroutine", stuck_work, NULL);
    ck_assert(pty_shows(pty, "replay"));
    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 4);
    assert_restored();
}
END_TEST

START_TEST(a_person_picks_who_is_next)
{
    start("coroutine", quick_work, "--policy=pick");
    ck_assert(pty_shows(pty, "Who is next?  1 A  2 B"));
    pty_type(pty, "2");
    ck_assert(pty_hides(pty, "Who is next?")); /* one alone is no question */
    ck_assert(pty_shows(pty, "THE SCORE"));
    ck_assert(pty_shows(pty, "shortest first"));
    ck_assert(pty_shows(pty, "the best of all 2 orders"));
    pty_type(pty, "s");
    ck_assert(pty_shows(pty, "replay"));
    ck_assert(pty_shows(pty, " CPU  B")); /* B came first */
    pty_type(pty, "q");
    ck_assert(WIFEXITED(pty_wait(pty)));
    ck_assert(pty_shows(pty, "the best of all 2 orders")); /* it stays */
}
END_TEST

START_TEST(keys_come_from_the_terminal_if_the_workload_does_not)
{
    char command[2 * SUITE_PATH];
    const char *argv[] = { "/bin/sh", "-c", command, NULL };

    snprintf(command, sizeof command, "./concviz coroutine - <%s", long_work);
    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "quit"));
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
}
END_TEST

/* --- the terminal --------------------------------------------------------- */

START_TEST(the_picture_follows_the_size)
{
    start("coroutine", long_work, NULL);
    pty_resize(pty, 120, 36);
    ck_assert(pty_row_begins(pty, -1, " Space"));
    pty_resize(pty, 30, 6);
    ck_assert(pty_shows(pty, "60"));
    pty_resize(pty, 1, 1);
    pty_resize(pty, 80, 24);
    ck_assert(pty_row_begins(pty, -1, " Space"));
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
}
END_TEST

START_TEST(ten_thousand_resizes_leave_a_whole_picture)
{
    start("coroutine", long_work, NULL);
    for (int i = 0; i < 10000; i++) {
        pty_resize(pty, 1 + i * 37 % 160, 1 + i * 23 % 60);
        if (i % 400 == 0) /* let it draw some of them */
            pty_type(pty, " ");
    }
    pty_resize(pty, 100, 30);
    ck_assert(pty_row_begins(pty, 0, " concviz"));
    ck_assert(pty_shows(pty, "running"));
    ck_assert(pty_shows(pty, "quit"));
    pty_type(pty, "q");
    ck_assert_int_eq(WEXITSTATUS(pty_wait(pty)), 0);
    assert_restored();
}
END_TEST

START_TEST(a_shell_can_stop_it_and_go_on)
{
    static const char *const argv[] = { "/bin/sh", "-i", NULL };

    setenv("PS1", "prompt> ", 1);
    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "prompt>"));
    pty_type(pty, "./concviz coroutine ");
    pty_type(pty, long_work);
    pty_type(pty, "\r");
    ck_assert(pty_shows(pty, "quit"));
    pty_type(pty, "\032");
    ck_assert(pty_shows(pty, "topped"));
    assert_restored();
    pty_resize(pty, 100, 30);
    pty_type(pty, "fg\r");
    ck_assert(pty_row_begins(pty, -1, " Space"));
    ck_assert(pty_alternate_screen(pty));
    pty_type(pty, "q");
    ck_assert(pty_shows(pty, "stopped after"));
    ck_assert(!pty_alternate_screen(pty));
}
END_TEST

enum {
    REAL_TIME = 0 /* SIGRTMIN is no constant */
};

static const int ending[] = { SIGINT,  SIGTERM, SIGHUP,   SIGQUIT, SIGSEGV,
                              SIGBUS,  SIGILL,  SIGFPE,   SIGABRT, SIGALRM,
                              SIGUSR1, SIGXCPU, SIGPIPE,  SIGSYS,  SIGUSR2,
                              SIGPROF, SIGPWR,  REAL_TIME };

START_TEST(every_way_to_end_gives_the_terminal_back)
{
    int number = ending[_i] == REAL_TIME ? SIGRTMIN : ending[_i], status;

    start("coroutine", long_work, NULL);
    ck_assert(pty_shows(pty, "[B] ")); /* the run has begun */
    ck_assert(pty_shows(pty, "WORKING 1"));
    ck_assert(pty_alternate_screen(pty));
    pty_signal(pty, number);
    status = pty_wait(pty);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), number);
    assert_restored();
}
END_TEST

START_TEST(a_program_that_leaves_its_terminal_so_is_noticed)
{
    const char *argv[] = { "/bin/sh", "-c",
                           "stty -echo -icanon; "
                           "printf '\\033[?1049h\\033[?25lhere'; kill $$",
                           NULL };

    pty = pty_start(80, 24, argv);
    ck_assert(WIFSIGNALED(pty_wait(pty)));
    ck_assert(pty_shows(pty, "here"));
    ck_assert(pty_alternate_screen(pty));
    ck_assert(!pty_cursor_visible(pty));
    ck_assert(!pty_cooked(pty));
}
END_TEST

static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE,
                              SIGABRT, SIGSYS, SIGTRAP };

START_TEST(a_fault_in_a_thread_gives_the_terminal_back)
{
    int status;

    start(_i % 2 ? "parallel" : "coroutine", long_work, NULL);
    ck_assert(pty_shows(pty, "[B] ")); /* the run has begun */
    ck_assert(pty_shows(pty, "WORKING 1"));
    pty_signal_thread(pty, faults[_i / 2]);
    status = pty_wait(pty);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), faults[_i / 2]);
    assert_restored();
}
END_TEST

START_TEST(ctrl_c_is_sigint)
{
    int status;

    start("parallel", long_work, "--model");
    pty_type(pty, "\003");
    status = pty_wait(pty);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGINT);
    assert_restored();
}
END_TEST

static const char *const terminals[] = { "xterm",        "tmux-256color",
                                         "screen",       "linux",
                                         "vt100",        "screen-256color",
                                         "xterm-color",  "vt220",
                                         "xterm-direct", "linux-16color" };

/* Some are in a package of their own, which not everybody has. */
static bool is_described(const char *terminal)
{
    static const char *const folder[] = { "/lib/terminfo", "/etc/terminfo",
                                          "/usr/share/terminfo" };
    char name[128];

    for (size_t i = 0; i < sizeof folder / sizeof *folder; i++) {
        snprintf(name, sizeof name, "%s/%c/%s", folder[i], terminal[0],
                 terminal);
        if (access(name, R_OK) == 0)
            return true;
    }
    return false;
}

START_TEST(it_draws_on_every_common_terminal)
{
    if (!is_described(terminals[_i]))
        suite_skip("terminfo does not know this terminal");
    setenv("TERM", terminals[_i], 1);
    start("coroutine", long_work, NULL);
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
    /* Where there is no other screen to go back to, the picture stays above
     * and the last line is the program's. */
    ck_assert(pty_shows(pty, "stopped"));
}
END_TEST

static const char *const bad_terminals[] = { "dumb", "", "no-such-terminal",
                                             NULL /* not set at all */ };

START_TEST(a_terminal_that_cannot_draw_gets_the_text)
{
    const char *argv[] = { "./concviz", "coroutine", quick_work, NULL };

    if (bad_terminals[_i])
        setenv("TERM", bad_terminals[_i], 1);
    else
        unsetenv("TERM");
    pty = pty_start(80, 90, argv);
    ck_assert_int_eq(pty_wait(pty), 0);
    ck_assert(pty_shows(pty, "concviz: "));
    ck_assert(pty_shows(pty, "starts on machine 1"));
    assert_restored();
}
END_TEST

/* Every screen with colours, and what it shows once they are on it. */
static const struct {
    const char *argv[4], *text, *before; /* then Enter */
} coloured[] = {
    { { "./concviz", "coroutine", "cafeteria" }, "running", NULL },
    { { "./concviz", "compare", "cafeteria" }, "running", NULL },
    { { "./concviz", "what-if", "juice" }, "makespan", NULL },
    { { "./concviz", "explore", "crossed" }, "deadlock", NULL },
    { { "./concviz", "lesson", "1" }, "running", "RUN 1" },
};

/* The lesson from its first run on. */
static void start_coloured(int i, const char *no_color)
{
    char folder[SUITE_PATH], path[SUITE_PATH + 32];

    setenv("NO_COLOR", no_color, 1);
    suite_folder(folder);
    setenv("XDG_STATE_HOME", folder, 1);
    snprintf(path, sizeof path, "%s/concviz", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    strcat(path, "/progress.txt");
    suite_write(path,
                "queue-and-machine begun at=3 modify=open tries=0 hints=0\n");
    pty = pty_start(80, 24, coloured[i].argv);
    if (coloured[i].before) {
        ck_assert(pty_shows(pty, coloured[i].before));
        pty_type(pty, "\r");
    }
    ck_assert(pty_shows(pty, coloured[i].text));
}

START_TEST(no_color_takes_the_colours_from_every_screen)
{
    start_coloured(_i, "1");
    ck_assert_int_eq(pty_colours(pty), 0);
}
END_TEST

/* An empty one asks for nothing. */
START_TEST(without_no_color_every_screen_has_some)
{
    start_coloured(_i, "");
    while (pty_status(pty) < 0 && pty_colours(pty) == 0)
        pty_turn(pty);
    ck_assert_int_gt(pty_colours(pty), 0);
}
END_TEST

/* --- what-if -------------------------------------------------------------- */

static void turn(const char *option)
{
    const char *argv[] = { "./concviz",    "what-if", quick_work,
                           "--machines=1", option,    NULL };

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "machines 1 "));
    ck_assert(pty_shows(pty, "quit"));
}

static void quit_turning(void)
{
    int status;

    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    assert_restored();
}

START_TEST(what_if_turns_the_number_of_machines)
{
    turn("--model");
    ck_assert(pty_shows(pty, "MODEL makespan 60.0ms"));
    ck_assert(pty_hides(pty, " M2"));
    pty_type(pty, "+");
    ck_assert(pty_shows(pty, "machines 2 "));
    ck_assert(pty_shows(pty, " M2"));
    pty_type(pty, "-");
    ck_assert(pty_shows(pty, "machines 1 "));
    ck_assert(pty_hides(pty, " M2"));
    pty_type(pty, "-=\033[C\033[D"); /* not below one */
    ck_assert(pty_shows(pty, "machines 2 "));
    pty_type(pty, "G+"); /* nor above all */
    ck_assert(pty_shows(pty, "machines 64 "));
    pty_type(pty, "g");
    ck_assert(pty_shows(pty, "machines 1 "));
    quit_turning();
}
END_TEST

START_TEST(what_if_runs_nothing_with_model)
{
    turn("--model");
    pty_type(pty, "\r");
    ck_assert(pty_shows(pty, "never really runs"));
    ck_assert(pty_shows(pty, "Enter runs it"));
    quit_turning();
}
END_TEST

START_TEST(what_if_puts_a_real_run_beside_the_model)
{
    turn(NULL);
    pty_type(pty, "\r");
    ck_assert(pty_shows(pty, "really run, machines: 1"));
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "\r");
    ck_assert(pty_shows(pty, "REAL: the run that was measured"));
    ck_assert(pty_shows(pty, "MODEL makespan 60.0ms"));
    ck_assert(pty_shows(pty, "REAL makespan "));
    ck_assert_ptr_null(strstr(pty_text(pty), "Enter runs it"));
    ck_assert(pty_shows(pty, "◆   measured          1.00x"));
    pty_type(pty, "G\r");
    ck_assert(pty_shows(pty, "only the model"));
    quit_turning();
}
END_TEST

START_TEST(what_if_follows_the_size_and_knows_korean_keys)
{
    turn("--model");
    pty_type(pty, "?");
    ck_assert(pty_shows(pty, "one more machine"));
    pty_type(pty, "?");
    ck_assert(pty_hides(pty, "one more machine"));
    pty_resize(pty, 120, 36);
    ck_assert(pty_row_begins(pty, -1, " +- machines"));
    pty_resize(pty, 20, 5);
    pty_resize(pty, 80, 24);
    ck_assert(pty_row_begins(pty, -1, " +- machines"));
    pty_type(pty, "ㅂ"); /* q */
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
}
END_TEST

START_TEST(what_if_prints_for_view_plain)
{
    const char *argv[] = { "./concviz", "what-if",      quick_work,
                           "--model",   "--view=plain", NULL };

    pty = pty_start(90, 40, argv);
    ck_assert_int_eq(pty_wait(pty), 0);
    ck_assert(pty_shows(pty, "efficiency"));
    assert_restored();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pty");
    TCase *keys = tcase_create("keys"), *terminal = tcase_create("terminal");

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(keys, setup, teardown);
    tcase_set_timeout(keys, 60);
    tcase_add_test(keys, q_quits_and_leaves_one_line);
    tcase_add_test(keys, space_holds_the_picture_and_lets_it_go);
    tcase_add_test(keys, the_help_opens_and_closes);
    tcase_add_test(keys, i_shows_the_program_the_output_and_the_picture);
    tcase_add_test(keys, a_step_says_what_has_happened);
    tcase_add_test(keys, tab_runs_it_in_the_next_mode);
    tcase_add_test(keys, compare_runs_both_and_says_which_was_faster);
    tcase_add_test(keys, compare_calls_two_settings_as_they_were_written);
    tcase_add_test(keys, the_end_of_a_comparison_is_that_of_the_longer_run);
    tcase_add_test(keys, c_compares_a_run_with_its_counterpart_and_goes_back);
    tcase_add_test(keys, a_comparison_can_be_left_in_the_middle);
    tcase_add_test(keys, the_vertical_line_counts_along);
    tcase_add_test(keys, the_vertical_line_follows_the_next_run);
    tcase_add_test(keys, a_person_is_found_by_name_and_a_state_by_its_word);
    tcase_add_test(keys, two_marks_measure_what_lies_between);
    tcase_add_test(keys, knobs_begin_another_run);
    tcase_add_test(keys, a_key_pressed_in_korean_works);
    tcase_add_test(keys, a_finished_run_can_be_run_again);
    tcase_add_test(keys, a_deadlock_is_the_exit_status_after_q);
    tcase_add_test(keys, a_person_picks_who_is_next);
    tcase_add_test(keys, keys_come_from_the_terminal_if_the_workload_does_not);
    tcase_add_test(keys, what_if_turns_the_number_of_machines);
    tcase_add_test(keys, what_if_runs_nothing_with_model);
    tcase_add_test(keys, what_if_puts_a_real_run_beside_the_model);
    tcase_add_test(keys, what_if_follows_the_size_and_knows_korean_keys);
    tcase_add_test(keys, what_if_prints_for_view_plain);
    suite_add_tcase(suite, keys);
    tcase_add_checked_fixture(terminal, setup, teardown);
    tcase_set_timeout(terminal, 60);
    tcase_add_test(terminal, the_picture_follows_the_size);
    tcase_add_test(terminal, ten_thousand_resizes_leave_a_whole_picture);
    tcase_add_test(terminal, a_shell_can_stop_it_and_go_on);
    tcase_add_test(terminal, a_program_that_leaves_its_terminal_so_is_noticed);
    tcase_add_loop_test(terminal, every_way_to_end_gives_the_terminal_back, 0,
                        (int)(sizeof ending / sizeof *ending));
    tcase_add_loop_test(terminal, a_fault_in_a_thread_gives_the_terminal_back,
                        0, 2 * (int)(sizeof faults / sizeof *faults));
    tcase_add_test(terminal, ctrl_c_is_sigint);
    tcase_add_loop_test(terminal, it_draws_on_every_common_terminal, 0,
                        (int)(sizeof terminals / sizeof *terminals));
    tcase_add_loop_test(terminal, a_terminal_that_cannot_draw_gets_the_text, 0,
                        (int)(sizeof bad_terminals / sizeof *bad_terminals));
    tcase_add_loop_test(terminal, no_color_takes_the_colours_from_every_screen,
                        0, (int)(sizeof coloured / sizeof *coloured));
    tcase_add_loop_test(terminal, without_no_color_every_screen_has_some, 0,
                        (int)(sizeof coloured / sizeof *coloured));
    suite_add_tcase(suite, terminal);
    return suite_main(suite);
}
