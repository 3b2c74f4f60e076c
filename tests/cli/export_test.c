/*
 * export_test.c -- what concviz export writes for people to look at.
 *
 * A recording goes through a terminal, and at every instant there is on it what
 * the live screen shows then. A picture is XML whose text is text. A file is
 * there as a whole or as it was.
 */
#include "tests/suite.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vterm.h>

#include "cli/command/command.h"
#include "cli/export/export.h"
#include "cli/export/export_file.h"
#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/report/picture.h"
#include "render/cells/cells.h"
#include "render/output/backend.h"
#include "sched/base/file.h"
#include "sched/base/text.h"
#include "sched/tape/tape_file.h"
#include "tests/check/json_text.h"
#include "tests/sched/modelled.h"

enum {
    WIDTH = 80,
    HEIGHT = 24,
    FRAMES_S = 15
};

static const char story[] = "shared n = 1\n"
                            "task A line 1: say \"시작\", cpu 300, sleep 500, "
                            "lock m, cpu 200, unlock m\n"
                            "task B line 2: lock m, cpu 400, unlock m, yield, "
                            "read n, cpu 100, write n+1\n";

/* A run or two of it, ready to be exported. */
struct exporting {
    struct modelled run[2];
    struct options options;
    struct export export;
};

static void set_up(struct exporting *made, int runs)
{
    static const char *const modes[] = { "coroutine", "parallel" };

    options_init(&made->options);
    made->export = (struct export){ .runs = runs, .options = &made->options };
    for (int i = 0; i < runs; i++) {
        modelled_init(&made->run[i], modes[i], story);
        made->run[i].options.machines = 1 + i;
        modelled_run(&made->run[i]);
        made->export.history[i] = made->run[i].history;
        made->export.label[i] = modes[i];
    }
}

static void tear_down(struct exporting *made)
{
    for (int i = 0; i < made->export.runs; i++)
        modelled_fini(&made->run[i]);
    options_fini(&made->options);
}

static char *written(const struct exporting *made, export_write *format)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    ck_assert_int_eq(format(out, &made->export), 0);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

/* --- recordings ----------------------------------------------------------- */

/* A recording on its way through a terminal. */
struct player {
    VTerm *vterm;
    VTermScreen *screen;
    const char *line; /* the next event's */
    int64_t us;       /* time of the last event */
    bool old;         /* version 2 */
    int frames, markers;
};

static void player_open(struct player *player, const char *text)
{
    bool old;

    *player = (struct player){ .vterm = vterm_new(HEIGHT, WIDTH),
                               .line = strchr(text, '\n') + 1 };
    vterm_set_utf8(player->vterm, 1);
    player->screen = vterm_obtain_screen(player->vterm);
    vterm_screen_reset(player->screen, 1);
    old = json_text_integer(json_text_get(text, "version")) == 2;
    ck_assert_int_eq(
        json_text_integer(
            old ? json_text_get(text, "width")
                : json_text_get(json_text_get(text, "term"), "cols")),
        WIDTH);
    ck_assert_int_eq(
        json_text_integer(
            old ? json_text_get(text, "height")
                : json_text_get(json_text_get(text, "term"), "rows")),
        HEIGHT);
    player->old = old;
}

/* Microseconds of a number of seconds with six decimals. */
static int64_t read_us(const char *value)
{
    size_t whole = strspn(value, "0123456789");

    ck_assert(whole > 0 && value[whole] == '.');
    ck_assert_uint_eq(strspn(value + whole + 1, "0123456789"), 6);
    ck_assert_uint_eq(json_text_length(value), whole + 7);
    return llround(strtod(value, NULL) * 1e6);
}

/* Show all that happens up to until_us. */
static void player_go(struct player *player, int64_t until_us)
{
    while (*player->line) {
        const char *end = strchr(player->line, '\n');
        char *event = strndup(player->line, (size_t)(end - player->line));
        const char *time, *code, *data;
        char *bytes;
        int64_t us;

        ck_assert_ptr_null(json_text_wrong(event));
        time = json_text_first(event, NULL);
        code = json_text_next(time, NULL);
        data = json_text_next(code, NULL);
        us = read_us(time) + (player->old ? 0 : player->us);
        ck_assert_int_ge(us, player->us);
        if (us > until_us) {
            free(event);
            return;
        }
        bytes = malloc(json_text_length(data) + 8);
        json_text_string(data, bytes, json_text_length(data) + 8);
        player->frames += json_text_is(code, "\"o\"");
        if (json_text_is(code, "\"o\""))
            vterm_input_write(player->vterm, bytes, strlen(bytes));
        else
            player->markers += json_text_is(code, "\"m\"");
        player->us = us;
        player->line = end + 1;
        free(bytes);
        free(event);
    }
}

/* The screen as text, as backend_text writes it. */
static void player_text(const struct player *player, struct strbuf *out)
{
    vterm_screen_flush_damage(player->screen);
    for (int y = 0; y < HEIGHT; y++) {
        size_t end = out->length;

        for (int x = 0; x < WIDTH;) {
            VTermScreenCell cell;
            char bytes[4];

            vterm_screen_get_cell(player->screen, (VTermPos){ y, x }, &cell);
            strbuf_add(out, bytes,
                       text_encode(bytes, cell.chars[0] ? cell.chars[0] : ' '));
            if (cell.chars[0] && cell.chars[0] != ' ')
                end = out->length;
            x += cell.width > 0 ? cell.width : 1;
        }
        out->length = end;
        strbuf_addc(out, '\n');
    }
}

/* What the live screen shows at t_ns. */
static void live_text(const struct exporting *made, int64_t t_ns,
                      struct strbuf *out)
{
    struct picture picture;
    struct cells cells;

    picture_init(&picture, made->export.history, made->export.label,
                 &made->options);
    cells_init(&cells, WIDTH, HEIGHT);
    picture.view.t_ns = t_ns;
    if (t_ns < picture.end_ns) {
        picture.view.play = PLAY_RUNNING;
        picture.view.motion = true;
    }
    picture_draw(&picture, &cells, true);
    backend_text(out, &cells);
    cells_fini(&cells);
    picture_fini(&picture);
}

static void expect_screen(const struct exporting *made,
                          const struct player *player, int64_t t_ns)
{
    struct strbuf found, expected;

    strbuf_init(&found);
    strbuf_init(&expected);
    player_text(player, &found);
    live_text(made, t_ns, &expected);
    if (strcmp(found.text, expected.text) != 0)
        fprintf(stderr, "recorded:\n%s\nlive:\n%s", found.text, expected.text);
    ck_assert_msg(strcmp(found.text, expected.text) == 0,
                  "the recording differs %lld ns after the beginning",
                  (long long)t_ns);
    strbuf_fini(&found);
    strbuf_fini(&expected);
}

static void expect_recording(struct exporting *made, int version, double speed)
{
    int64_t end_ns = history_end(made->export.history[0]);
    int64_t step_ns = (int64_t)(speed * 1e9 / FRAMES_S);
    struct player player;
    char *text;

    made->options.cast = version;
    made->options.speed = speed;
    text = written(made, export_cast);
    player_open(&player, text);
    for (int64_t t_ns = 0; t_ns < end_ns; t_ns += step_ns) {
        player_go(&player, (int64_t)((double)t_ns / speed / 1e3));
        expect_screen(made, &player, t_ns);
    }
    player_go(&player, INT64_MAX);
    expect_screen(made, &player, end_ns);
    ck_assert_int_eq(player.us, (int64_t)((double)end_ns / speed / 1e3));
    ck_assert_int_eq(player.markers, made->export.runs * 4);
    ck_assert_int_le(player.frames, player.us * FRAMES_S / 1000000 + 2);
    vterm_free(player.vterm);
    free(text);
}

START_TEST(a_recording_shows_what_the_screen_shows_at_every_instant)
{
    struct exporting made;

    set_up(&made, 1);
    expect_recording(&made, 2, 1.0);
    expect_recording(&made, 3, 1.0);
    expect_recording(&made, 3, 0.3);
    made.options.theme = THEME_LIGHT;
    expect_recording(&made, 2, 7.0);
    tear_down(&made);
}
END_TEST

START_TEST(a_recording_of_two_runs_shows_both)
{
    struct exporting made;

    set_up(&made, 2);
    expect_recording(&made, 2, 1.0);
    tear_down(&made);
}
END_TEST

START_TEST(a_recording_in_korean_divides_no_character)
{
    struct exporting made;

    language_set("ko");
    set_up(&made, 1);
    expect_recording(&made, 2, 1.0);
    tear_down(&made);
    language_set("en");
}
END_TEST

/* --- pictures ------------------------------------------------------------- */

static void expect_svg(const char *svg, const char *text)
{
    ck_assert(strncmp(svg, "<svg ", 5) == 0);
    ck_assert_str_eq(svg + strlen(svg) - 7, "</svg>\n");
    ck_assert_msg(strstr(svg, text) != NULL, "%s is missing", text);
}

START_TEST(a_picture_says_whether_the_run_was_real)
{
    struct exporting made;
    char *svg;

    set_up(&made, 2);
    svg = written(&made, export_svg);
    expect_svg(svg, "test: COROUTINES (MODEL)");
    expect_svg(svg, "test: PARALLEL (MODEL)");
    free(svg);
    tear_down(&made);
}
END_TEST

START_TEST(a_frame_for_a_slide_has_no_keys)
{
    struct exporting made;
    char *svg;

    set_up(&made, 1);
    made.options.frame_width = 100;
    made.options.frame_height = 30;
    made.options.at_ns = MS(350);
    svg = written(&made, export_svg);
    expect_svg(svg, "height=\"720\""); /* 30 rows of 24 */
    expect_svg(svg, ">MODEL<");
    ck_assert_ptr_null(strstr(svg, "pause"));
    made.options.theme = THEME_LIGHT;
    free(svg);
    svg = written(&made, export_svg);
    expect_svg(svg, "fill=\"#fafaf5\"");
    free(svg);
    tear_down(&made);
}
END_TEST

/* --- runs that were kept -------------------------------------------------- */

/* What `concviz export WORDS --to FORMAT` writes into a file. */
static char *exported(struct exporting *made, const char *const *word,
                      size_t words, int to)
{
    char path[SUITE_PATH];
    struct strbuf text;

    close(suite_file(path));
    made->options.word = (const char **)(uintptr_t)word;
    made->options.word_count = words;
    made->options.to = to;
    made->options.save = path;
    ck_assert_int_eq(command_export.run(&made->options), EXIT_DONE);
    made->options.save = NULL;
    made->options.word = NULL;
    strbuf_init(&text);
    ck_assert_int_eq(file_read(path, 1 << 24, &text), 0);
    return text.text;
}

/* Keep both runs in files. */
static void keep(struct exporting *made, char path[2][2 * SUITE_PATH])
{
    char folder[SUITE_PATH];
    struct diag diag;

    suite_folder(folder);
    for (int i = 0; i < made->export.runs; i++) {
        snprintf(path[i], 2 * SUITE_PATH, "%s/%d.cvt", folder, i);
        ck_assert_int_eq(tape_file_save(made->run[i].trace, path[i], &diag), 0);
    }
}

/* In every format; a comparison, too, but not as text, which must know who has
 * run it. */
START_TEST(a_run_that_was_kept_is_written_as_if_it_were_made_now)
{
    char path[2][2 * SUITE_PATH];
    const char *word[3] = { "export", path[0], path[1] };
    struct exporting made;

    set_up(&made, 2);
    keep(&made, path);
    for (int runs = 1; runs <= 2; runs++) {
        char *kept = exported(&made, word, (size_t)runs + 1, _i), *live;

        made.export.runs = runs;
        made.export.history[1] = runs > 1 ? made.run[1].history : NULL;
        live = _i == TO_TEXT && runs > 1 ? strdup(kept)
                                         : written(&made, export_format[_i]);
        ck_assert_str_eq(kept, live);
        free(live);
        free(kept);
    }
    tear_down(&made);
}
END_TEST

/* Nothing that others have written down is shown as if it were ours. */
START_TEST(a_picture_says_who_has_written_the_run_down)
{
    char folder[SUITE_PATH], path[2 * SUITE_PATH];
    const char *word[2] = { "export", path };
    struct exporting made;
    char *svg;

    suite_folder(folder);
    snprintf(path, sizeof path, "%s/others.json", folder);
    suite_write(path, "[{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"ts\":0,"
                      "\"dur\":9,\"name\":\"f\"}]");
    set_up(&made, 1);
    svg = exported(&made, word, 2, TO_SVG);
    expect_svg(svg, "(REAL, Chrome trace)");
    free(svg);
    tear_down(&made);
}
END_TEST

/* --- files ---------------------------------------------------------------- */

static void expect_file(const char *path, const char *text)
{
    struct strbuf found;

    strbuf_init(&found);
    ck_assert_int_eq(file_read(path, 1000, &found), 0);
    ck_assert_str_eq(found.text, text);
    strbuf_fini(&found);
}

static int count_files(const char *folder)
{
    char command[SUITE_PATH + 32];
    FILE *list;
    int count = 0;

    snprintf(command, sizeof command, "ls -A '%s' | wc -l", folder);
    list = popen(command, "r");
    ck_assert_int_eq(fscanf(list, "%d", &count), 1);
    pclose(list);
    return count;
}

START_TEST(a_file_is_there_as_a_whole_or_as_it_was)
{
    char folder[SUITE_PATH], path[2 * SUITE_PATH], link[2 * SUITE_PATH];
    struct export_file file;
    struct stat status;

    suite_folder(folder);
    snprintf(path, sizeof path, "%s/x.csv", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    ck_assert_int_eq(export_file_open(&file, path), 0);
    fputs("half", file.stream);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(export_file_close(&file, false), 0);
    ck_assert_int_eq(count_files(folder), 0);

    suite_write(path, "old");
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert_int_eq(symlink("x.csv", link), 0);
    ck_assert_int_eq(export_file_open(&file, link), 0);
    fputs("new", file.stream);
    expect_file(path, "old");
    ck_assert_int_eq(export_file_close(&file, true), 0);
    expect_file(path, "new");
    ck_assert_int_eq(lstat(link, &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0640);
    ck_assert_int_eq(count_files(folder), 2);
}
END_TEST

START_TEST(a_file_that_cannot_be_written_is_told)
{
    char folder[SUITE_PATH], path[2 * SUITE_PATH];
    struct export_file file;

    suite_folder(folder);
    snprintf(path, sizeof path, "%s/none/x.csv", folder);
    ck_assert_int_eq(export_file_open(&file, path), -ENOENT);
    ck_assert_int_eq(export_file_open(&file, folder), -EISDIR);
    if (access("/dev/full", W_OK) != 0)
        suite_skip("there is no full device");
    ck_assert_int_eq(export_file_open(&file, "/dev/full"), 0);
    fputs("x", file.stream);
    ck_assert_int_eq(export_file_close(&file, true), -ENOSPC);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("export");
    TCase *tests = tcase_create("export");

    tcase_add_test(tests,
                   a_recording_shows_what_the_screen_shows_at_every_instant);
    tcase_add_test(tests, a_recording_of_two_runs_shows_both);
    tcase_add_test(tests, a_recording_in_korean_divides_no_character);
    tcase_add_test(tests, a_picture_says_whether_the_run_was_real);
    tcase_add_test(tests, a_frame_for_a_slide_has_no_keys);
    tcase_add_loop_test(tests,
                        a_run_that_was_kept_is_written_as_if_it_were_made_now,
                        0, TO_COUNT);
    tcase_add_test(tests, a_picture_says_who_has_written_the_run_down);
    tcase_add_test(tests, a_file_is_there_as_a_whole_or_as_it_was);
    tcase_add_test(tests, a_file_that_cannot_be_written_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
    return suite_main(make_suite());
}
