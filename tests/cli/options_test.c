#include "tests/suite.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/options/config_file.h"
#include "cli/options/options.h"
#include "cli/options/value.h"
#include "render/cells/palette.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"

/* --- values --------------------------------------------------------------- */

static void assert_duration(const char *text, int64_t expected)
{
    int64_t ns = -1;

    ck_assert_msg(value_duration(text, &ns), "%s", text);
    ck_assert_int_eq(ns, expected);
}

START_TEST(times_are_milliseconds_or_have_a_unit)
{
    assert_duration("30", 30 * NS_PER_MS);
    assert_duration("0", 0);
    assert_duration("30ms", 30 * NS_PER_MS);
    assert_duration("500us", 500 * NS_PER_US);
    assert_duration("2s", 2 * NS_PER_S);
    assert_duration("1.5s", 1500 * NS_PER_MS);
    assert_duration("0.25", 250 * NS_PER_US);
    assert_duration("7ns", 7);
    assert_duration("1000000s", INT64_C(1000000000000000));
}
END_TEST

START_TEST(what_is_no_time_is_refused)
{
    static const char *const wrong[] = {
        "",     "-1",   "+1",    " 1",   "1 ",       "1m",
        "ms",   "nan",  "1e3",   "0x10", "1.",       ".5",
        "1..5", "1.5.", "0.5ns", "inf",  "1000001s", "99999999999999999999",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t ns = 42;

        ck_assert_msg(!value_duration(wrong[i], &ns), "%s", wrong[i]);
        ck_assert_int_eq(ns, 42);
    }
}
END_TEST

START_TEST(counts_end_at_their_largest_value)
{
    uint64_t count = 0;

    ck_assert(value_count("18446744073709551615", UINT64_MAX, &count));
    ck_assert(count == UINT64_MAX);
    ck_assert(!value_count("18446744073709551616", UINT64_MAX, &count));
    ck_assert(value_count("7", 7, &count));
    ck_assert(!value_count("8", 7, &count));
    ck_assert(!value_count("-1", UINT64_MAX, &count));
    ck_assert_uint_eq(count, 7);
}
END_TEST

START_TEST(sizes_and_factors_have_bounds)
{
    int width = 0, height = 0;
    uint64_t first = 0, last = 0;
    double factor = 0;

    ck_assert(value_range("1-64", 100, &first, &last) && first == 1 &&
              last == 64);
    ck_assert(value_range("7", 100, &first, &last) && first == 7 && last == 0);
    ck_assert(!value_range("4-3", 100, &first, &last));
    ck_assert(!value_range("1-101", 100, &first, &last));
    ck_assert(!value_range("1-", 100, &first, &last));
    ck_assert(!value_range("-1", 100, &first, &last));
    ck_assert(!value_range("0-0", 100, &first, &last));
    ck_assert(value_size("80x24", &width, &height));
    ck_assert_int_eq(width, 80);
    ck_assert_int_eq(height, 24);
    ck_assert(!value_size("0x24", &width, &height));
    ck_assert(!value_size("80x1001", &width, &height));
    ck_assert(!value_size("80", &width, &height));
    ck_assert(!value_size("80x24x", &width, &height));
    ck_assert(value_factor("0.5", &factor));
    ck_assert(factor > 0.49 && factor < 0.51);
    ck_assert(value_factor("2x", &factor));
    ck_assert(!value_factor("0", &factor));
    ck_assert(!value_factor("1001", &factor));
    ck_assert(!value_factor("fast", &factor));
}
END_TEST

/* --- the command line ----------------------------------------------------- */

static bool parse(struct options *options, struct diag *diag, char *line)
{
    char *word[32];
    int count = 0;

    options_init(options);
    for (char *p = strtok(line, " "); p; p = strtok(NULL, " "))
        word[count++] = p;
    return options_parse(options, count, word, diag);
}

#define PARSE(options, diag, text)                                             \
    parse((options), (diag), strcpy((char[sizeof text]){ 0 }, text))

static void assert_refused(const char *text, const char *message)
{
    struct options options;
    struct diag diag;
    char line[256];

    snprintf(line, sizeof line, "%s", text);
    ck_assert_msg(!parse(&options, &diag, line), "%s", text);
    ck_assert_str_eq(diag.message, message);
    options_fini(&options);
}

START_TEST(options_and_words_may_stand_in_any_order)
{
    struct options options;
    struct diag diag;

    ck_assert(PARSE(&options, &diag,
                    "--machines=3 parallel --slice 20 juice --model "
                    "--policy random --seed 0 --lines own --theme light"));
    ck_assert_int_eq(options.machines, 3);
    ck_assert_int_eq(options.slice_ns, 20 * NS_PER_MS);
    ck_assert(options.model);
    ck_assert_int_eq(options.policy.policy, POLICY_RANDOM);
    ck_assert_int_eq(options.seed, 0);
    ck_assert_int_eq(options.lines, 1);
    ck_assert_int_eq(options.theme, THEME_LIGHT);
    ck_assert_uint_eq(options.word_count, 2);
    ck_assert_str_eq(options.word[0], "parallel");
    ck_assert_str_eq(options.word[1], "juice");
    options_fini(&options);
}
END_TEST

START_TEST(what_follows_two_dashes_is_no_option)
{
    struct options options;
    struct diag diag;

    ck_assert(PARSE(&options, &diag, "coroutine -- --json"));
    ck_assert(!options.json);
    ck_assert_str_eq(options.word[1], "--json");
    options_fini(&options);
    ck_assert(PARSE(&options, &diag, "coroutine -"));
    ck_assert_str_eq(options.word[1], "-");
    options_fini(&options);
}
END_TEST

START_TEST(flags_can_be_taken_back)
{
    struct options options;
    struct diag diag;

    ck_assert(PARSE(&options, &diag, "--mouse --no-mouse --no-color --color"));
    ck_assert(!options.mouse);
    ck_assert(!options.no_color);
    options_fini(&options);
}
END_TEST

START_TEST(wrong_options_get_one_clear_line)
{
    assert_refused("--machnes 2",
                   "--machnes is not an option; did you mean --machines?");
    assert_refused("--frobnicate",
                   "--frobnicate is not an option; see concviz --help");
    assert_refused("-x", "-x is not an option; see concviz --help");
    assert_refused("--slice", "--slice needs a value: --slice MS");
    assert_refused("--json=yes", "--json takes no value");
    assert_refused("--machines 0",
                   "--machines 0: must be a number from 1 to 10000");
    assert_refused("--machines -1",
                   "--machines -1: must be a number from 1 to 10000");
    assert_refused("--machines 99999999999999999999",
                   "--machines 99999999999999999999: must be a number from 1 "
                   "to 10000");
    assert_refused("--slice 1h", "--slice 1h: must be a time like 30, 30ms, "
                                 "500us or 2s");
    assert_refused("--frame 80", "--frame 80: must be columns x rows like "
                                 "80x24, up to 1000x1000");
    assert_refused("--theme drak", "--theme drak: did you mean dark? "
                                   "(possible: auto|dark|light|mono)");
    assert_refused("--lang fr", "--lang fr: must be one of en|ko");
}
END_TEST

START_TEST(messages_quote_no_control_characters)
{
    struct options options;
    struct diag diag;

    ck_assert(!PARSE(&options, &diag, "--theme \033[31mred"));
    ck_assert_ptr_null(strchr(diag.message, '\033'));
    options_fini(&options);
    ck_assert(!PARSE(&options, &diag, "--\033]0;title\007"));
    ck_assert_ptr_null(strchr(diag.message, '\033'));
    ck_assert_ptr_null(strchr(diag.message, '\007'));
    options_fini(&options);
}
END_TEST

START_TEST(the_language_is_known_before_the_rest)
{
    char lang[] = "--lang", ko[] = "ko", fr[] = "fr", en[] = "--lang=en",
         wrong[] = "--wrong";
    char *apart[] = { wrong, lang, ko, wrong };
    char *joined[] = { en };
    char *unknown[] = { lang, fr };

    ck_assert_str_eq(options_language(4, apart), "ko");
    ck_assert_str_eq(options_language(1, joined), "en");
    ck_assert_ptr_null(options_language(2, unknown));
}
END_TEST

/* --- the configuration file ----------------------------------------------- */

static bool read_settings(const char *text, struct options *options,
                          struct diag *diag)
{
    char path[SUITE_PATH];
    int fd = suite_file(path);
    bool read;

    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    options_init(options);
    read = config_file_read(options, path, diag);
    unlink(path);
    return read;
}

START_TEST(the_file_holds_long_options)
{
    struct options options;
    struct diag diag;

    ck_assert(read_settings("# mine\n"
                            "theme light\n"
                            "--speed=2   # twice\n"
                            "\n"
                            "  no-motion\n"
                            "lang = ko",
                            &options, &diag));
    ck_assert_int_eq(options.theme, THEME_LIGHT);
    ck_assert(options.speed > 1.9 && options.speed < 2.1);
    ck_assert(options.no_motion);
    ck_assert_str_eq(options.language, "ko");
}
END_TEST

START_TEST(a_wrong_line_is_named)
{
    struct options options;
    struct diag diag;

    ck_assert(!read_settings("theme dark\nthme light\n", &options, &diag));
    ck_assert_int_eq(diag.line, 2);
    ck_assert_str_eq(diag.message,
                     "--thme is not an option; did you mean --theme?");
    ck_assert(!read_settings("mouse on\n", &options, &diag));
    ck_assert_str_eq(diag.message, "--mouse takes no value");
    ck_assert(!read_settings("help\n", &options, &diag));
    ck_assert(!read_settings("speed\n", &options, &diag));
}
END_TEST

START_TEST(a_missing_file_says_nothing)
{
    struct options options;
    struct diag diag;

    options_init(&options);
    ck_assert(config_file_read(&options, "no/such/file", &diag));
    ck_assert(!config_file_read(&options, "/", &diag));
}
END_TEST

START_TEST(the_file_stands_where_xdg_says)
{
    char path[256];

    setenv("HOME", "/home/a", 1);
    unsetenv("XDG_CONFIG_HOME");
    ck_assert(config_file_path(path, sizeof path));
    ck_assert_str_eq(path, "/home/a/.config/concviz/config");
    setenv("XDG_CONFIG_HOME", "relative", 1);
    ck_assert(config_file_path(path, sizeof path));
    ck_assert_str_eq(path, "/home/a/.config/concviz/config");
    setenv("XDG_CONFIG_HOME", "/etc/xdg", 1);
    ck_assert(config_file_path(path, sizeof path));
    ck_assert_str_eq(path, "/etc/xdg/concviz/config");
    unsetenv("HOME");
    unsetenv("XDG_CONFIG_HOME");
    ck_assert(!config_file_path(path, sizeof path));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *values = tcase_create("values"), *line = tcase_create("line"),
          *file = tcase_create("file");

    tcase_add_test(values, times_are_milliseconds_or_have_a_unit);
    tcase_add_test(values, what_is_no_time_is_refused);
    tcase_add_test(values, counts_end_at_their_largest_value);
    tcase_add_test(values, sizes_and_factors_have_bounds);
    suite_add_tcase(suite, values);
    tcase_add_test(line, options_and_words_may_stand_in_any_order);
    tcase_add_test(line, what_follows_two_dashes_is_no_option);
    tcase_add_test(line, flags_can_be_taken_back);
    tcase_add_test(line, wrong_options_get_one_clear_line);
    tcase_add_test(line, messages_quote_no_control_characters);
    tcase_add_test(line, the_language_is_known_before_the_rest);
    suite_add_tcase(suite, line);
    tcase_add_test(file, the_file_holds_long_options);
    tcase_add_test(file, a_wrong_line_is_named);
    tcase_add_test(file, a_missing_file_says_nothing);
    tcase_add_test(file, the_file_stands_where_xdg_says);
    suite_add_tcase(suite, file);
    return suite_main(suite);
}
