/*
 * random_keys_test.c -- whatever is typed, clicked, pasted, in a window of
 * whatever size: every screen stays alive, can be left by Esc and q, gives
 * the terminal back, and no sanitizer has anything to report.
 *
 * The same seed types the same keys (CONCVIZ_TEST_SEED), a moment for each
 * screen or its share of CONCVIZ_TEST_MINUTES (make check-keys). Since it takes
 * time to draw, the same keys do not always meet the same picture: those of a
 * round that failed are printed.
 */
#include "tests/suite.h"

#include <ctype.h>
#include <glob.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "tests/cli/pty_home.h"

enum {
    BURSTS = 8,        /* of a round, when nobody wants it to take long */
    BURSTS_LONG = 400, /* when somebody does */
    BURST_KEYS = 6,
    REPORTED = 86, /* the exit status of a process whose sanitizer complains */
};

/* A word that begins with @ is a file of tests/programs. */
static const char *const screens[][6] = {
    { "lesson" },
    { "lesson", "1" },
    { "lesson", "4" },
    { "lesson", "9" },
    { "lesson", "quiz" },
    { "sequential", "noodles" },
    { "coroutine", "cafeteria" },
    { "threads", "juice", "--slice", "20" },
    { "parallel", "cafeteria", "--machines=3", "--model" },
    { "hybrid", "mixed", "--step" },
    { "coroutine", "cafeteria", "--policy", "pick" },
    { "compare", "cafeteria" },
    { "what-if", "cafeteria", "--model" },
    { "explore", "crossed" },
    { "replay", "tape" },
    { "coroutine", "@sleepers.c" },
    { "parallel", "@turns.c" },
    { "threads", "--", "/bin/sh", "-c", "echo a; sleep 9 | cat" },
    { "python", "@async_ends.py" },
};

enum {
    SCREENS = sizeof screens / sizeof *screens
};

/* What a keyboard, a mouse and a pasting hand send that is no character. */
static const char *const specials[] = {
    "\033[A",
    "\033[B",
    "\033[C",
    "\033[D",
    "\033OA",
    "\033OB",
    "\033OC",
    "\033OD",
    "\033[H",
    "\033[F",
    "\033[5~",
    "\033[6~",
    "\033[3~",
    "\033[Z",
    "\033OP",
    "\033[15~",
    "\033[1;5C",
    "\r",
    "\r",
    "\t",
    "\177",
    "\b",
    "\014",
    "\032",
    "\033",
    "\001",
    "\033[999;999R",
    "\033[200~cpu 1\033[201~",
    "\033[200~\n\n",
    "\033]11;rgb:ff",
    "\033[I\033[O",
    "\033P\033\\",
    "ㅂ",
    "ㅁ",
    "한",
    "\xff\xfe\xc3",
};

static char source[PATH_MAX];
static struct pty_home home;
static struct pty *pty;
static struct strbuf typed;

static void setup(void)
{
    struct rlimit no_core = { 0, 0 };
    char command[PATH_MAX + 80], sanitizer[PATH_MAX + 64];

    setrlimit(RLIMIT_CORE, &no_core);
    ck_assert_ptr_nonnull(
        realpath(getenv("srcdir") ? getenv("srcdir") : ".", source));
    pty_home_leave(&home);
    setenv("XDG_CONFIG_HOME", ".", 1);
    snprintf(sanitizer, sizeof sanitizer, "log_path=%s/report:exitcode=%d",
             suite_home, REPORTED);
    setenv("ASAN_OPTIONS", sanitizer, 1);
    setenv("TSAN_OPTIONS", sanitizer, 1);
    setenv("UBSAN_OPTIONS", sanitizer, 1);
    snprintf(command, sizeof command,
             "%s coroutine cafeteria --model --record=tape >rest 2>&1",
             home.program);
    ck_assert_int_eq(system(command), 0);
    strbuf_init(&typed);
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
    strbuf_fini(&typed);
    pty_home_come(&home);
}

/* --- what has gone wrong -------------------------------------------------- */

/* Has a sanitizer complained, in any process? What it says is printed. */
static bool reported(void)
{
    char pattern[PATH_MAX], command[2 * PATH_MAX];
    glob_t found;
    bool any;

    snprintf(pattern, sizeof pattern, "%s/report.*", suite_home);
    any = glob(pattern, 0, NULL, &found) == 0;
    for (size_t i = 0; any && i < found.gl_pathc; i++) {
        snprintf(command, sizeof command, "cat '%s' >&2; rm '%s'",
                 found.gl_pathv[i], found.gl_pathv[i]);
        if (system(command) != 0)
            fprintf(stderr, "# %s\n", found.gl_pathv[i]);
    }
    globfree(&found);
    return any;
}

static _Noreturn void blame(const char *const *screen, const char *what)
{
    fprintf(stderr, "# %s %s: %s after\n# ", screen[0],
            screen[1] ? screen[1] : "", what);
    for (size_t i = 0; i < typed.length; i++)
        fprintf(stderr, isprint((unsigned char)typed.text[i]) ? "%c" : "\\%03o",
                (unsigned char)typed.text[i]);
    fprintf(stderr, "\n%s\n", pty_text(pty));
    ck_abort_msg("%s: %s", screen[0], what);
}

static void check_end(const char *const *screen, int status)
{
    pty_turn(pty); /* what it has written at last */
    if (reported())
        blame(screen, "a sanitizer reports");
    if (WIFSIGNALED(status))
        blame(screen, "killed by a signal");
    if (WIFEXITED(status) && WEXITSTATUS(status) == REPORTED)
        blame(screen, "the status of a sanitizer");
    if (pty_alternate_screen(pty) || !pty_cursor_visible(pty) ||
        !pty_cooked(pty))
        blame(screen, "the terminal is not given back");
}

/* --- what is done --------------------------------------------------------- */

static void type(const char *bytes)
{
    strbuf_adds(&typed, bytes);
    pty_type(pty, bytes);
}

/* q is left to those who leave, but for a few. */
static void type_any(uint64_t *random)
{
    char key[32] = { (char)(' ' + random_below(random, '~' - ' ' + 1)) };
    uint64_t kind = random_below(random, 20);
    size_t count = sizeof specials / sizeof *specials;

    if (kind < 8)
        strcpy(key, specials[random_below(random, count)]);
    else if (kind == 8)
        snprintf(key, sizeof key, "\033[<%d;%d;%d%c",
                 (int)random_below(random, 80), (int)random_below(random, 140),
                 (int)random_below(random, 50),
                 random_below(random, 2) ? 'M' : 'm');
    else if (kind == 9)
        key[0] = (char)(unsigned char)(128 + random_below(random, 128));
    if (key[0] == 'q' && random_below(random, 4))
        key[0] = 'c';
    type(key);
}

/* Small, huge, or none at all: as a terminal that has just been opened. */
static void resize_any(uint64_t *random)
{
    static const int sizes[][2] = { { 0, 0 },   { 1, 1 },    { 80, 24 },
                                    { 60, 16 }, { 59, 15 },  { 300, 2 },
                                    { 2, 200 }, { 250, 80 }, { 80, 0 } };
    uint64_t which = random_below(random, 2 * (sizeof sizes / sizeof *sizes));
    int columns = 1 + (int)random_below(random, 200);
    int rows = 1 + (int)random_below(random, 70);

    if (which < sizeof sizes / sizeof *sizes) {
        columns = sizes[which][0];
        rows = sizes[which][1];
    }
    strbuf_addf(&typed, "<%dx%d>", columns, rows);
    pty_claim_size(pty, columns, rows);
}

/* Where an hour of it is wanted, others may have all cores. */
static int64_t patience_ns(void)
{
    return (getenv("CONCVIZ_TEST_MINUTES") ? 600 : 60) * NS_PER_S;
}

/* q ends most screens, Esc closes what lies upon them. Ctrl-C is not tried: it
 * ends a screen that reads no keys any more. Nor is anybody continued after
 * Ctrl-Z: who has no shell is not stopped by it, and SIGCONT would keep the
 * search for leaks, which stops its process, waiting for ever. */
static int leave(void)
{
    int64_t until_ns = clock_now_ns() + patience_ns();
    int status;

    pty_claim_size(pty, 80, 24);
    for (int i = 0; clock_now_ns() < until_ns; i++) {
        pty_type(pty, i % 2 ? "q" : "\033");
        pty_turn(pty);
        status = pty_status(pty);
        if (status >= 0)
            return status;
    }
    return -1;
}

static void await_screen(const char *const *screen)
{
    int64_t until_ns = clock_now_ns() + patience_ns();

    while (!pty_alternate_screen(pty)) {
        pty_turn(pty);
        if (pty_status(pty) >= 0 || clock_now_ns() >= until_ns)
            blame(screen, "it never draws");
    }
}

/* One program from its start to its end. */
static void play(const char *const *screen, int bursts, uint64_t *random)
{
    const char *argv[10] = { home.program };
    char file[PATH_MAX + 64];
    int words = 1, status = -1;

    strbuf_clear(&typed);
    for (int i = 0; i < 6 && screen[i]; i++) {
        argv[words++] = screen[i][0] == '@' ? file : screen[i];
        if (screen[i][0] == '@')
            snprintf(file, sizeof file, "%s/tests/programs/%s", source,
                     screen[i] + 1);
        if (i == 0)
            argv[words++] = random_below(random, 3) ? "--lang=en" : "--lang=ko";
    }
    pty = pty_start(80, 24, argv);
    await_screen(screen);
    for (int i = 0; i < bursts && status < 0; i++) {
        if (random_below(random, 3) == 0)
            resize_any(random);
        for (uint64_t k = random_below(random, BURST_KEYS); k; k--)
            type_any(random);
        pty_turn(pty);
        status = pty_status(pty);
    }
    if (status < 0)
        status = leave();
    if (status < 0)
        blame(screen, "cannot be left");
    check_end(screen, status);
    pty_free(pty);
    pty = NULL;
}

static long number(const char *name, long otherwise)
{
    const char *value = getenv(name);

    return value ? atol(value) : otherwise;
}

/* Round after round, each of its own keys, until the time is up. */
static void play_rounds(int which)
{
    int64_t minutes = number("CONCVIZ_TEST_MINUTES", 0);
    int64_t until_ns = clock_now_ns() +
                       minutes * 60 * NS_PER_S / (int64_t)SCREENS;
    uint64_t seed = (uint64_t)number("CONCVIZ_TEST_SEED", 1);
    long rounds = 0;

    do {
        uint64_t random = random_mix(seed + (uint64_t)rounds * 1000 +
                                     (uint64_t)which);

        play(screens[which], minutes ? BURSTS_LONG : BURSTS, &random);
        rounds++;
    } while (clock_now_ns() < until_ns);
    if (minutes)
        fprintf(stderr, "# %s %s: %ld rounds from seed %" PRIu64 "\n",
                screens[which][0], screens[which][1] ? screens[which][1] : "",
                rounds, seed);
}

START_TEST(no_keys_and_no_size_break_a_screen)
{
    const char *mode = screens[_i][0];
    bool own = screens[_i][1] && screens[_i][1][0] == '@';

    if (strcmp(mode, "python") == 0 && system("python3 -c '' 2>/dev/null") != 0)
        suite_skip("there is no python3");
    if (own && strcmp(mode, "coroutine") == 0 && !pty_home_preloads(&home))
        suite_skip("programs can be run on x86-64 with glibc only");
    if (own && system("cc -v 2>/dev/null") != 0)
        suite_skip("no program can be made here");
    play_rounds(_i);
}
END_TEST

/* The canary: all that is above would notice. */
START_TEST(a_seeded_overflow_is_noticed)
{
    const char *argv[] = { "canary", NULL };
    char command[2 * PATH_MAX];
    int status;

    snprintf(command, sizeof command,
             "cc -fsanitize=address -o canary '%s/tests/canary/overflow.c' "
             "2>/dev/null && ASAN_OPTIONS= ./canary 2>&1 | grep -q Sanitizer",
             source);
    if (system(command) != 0)
        suite_skip("there is no AddressSanitizer here");
    pty = pty_start(80, 24, argv);
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), REPORTED);
    fputs("# the canary, which has to be reported:\n", stderr);
    ck_assert(reported());
    ck_assert(!reported());
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("random_keys");
    TCase *tcase = tcase_create("random_keys");

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase,
                      300 + 60 * (double)number("CONCVIZ_TEST_MINUTES", 0));
    tcase_add_test(tcase, a_seeded_overflow_is_noticed);
    tcase_add_loop_test(tcase, no_keys_and_no_size_break_a_screen, 0, SCREENS);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
