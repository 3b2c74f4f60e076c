#include "tests/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/page/hangul_keys.h"
#include "cli/page/page_keys.h"
#include "cli/player/playback.h"
#include "cli/player/player_keys.h"
#include "render/output/terminal.h"
#include "render/scene/view.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

/* --- Hangul --------------------------------------------------------------- */

static void assert_typed(uint32_t rune, const char *expected)
{
    char key[HANGUL_KEYS_MAX + 1];

    ck_assert_uint_eq(hangul_keys(key, rune), strlen(expected));
    ck_assert_str_eq(key, expected);
}

START_TEST(a_jamo_is_the_key_it_stands_on)
{
    assert_typed(0x3142, "q"); /* ㅂ */
    assert_typed(0x314E, "g"); /* ㅎ */
    assert_typed(0x3157, "h"); /* ㅗ */
    assert_typed(0x3153, "j"); /* ㅓ */
    assert_typed(0x314F, "k"); /* ㅏ */
    assert_typed(0x3163, "l"); /* ㅣ */
    assert_typed(0x315C, "n"); /* ㅜ */
    assert_typed(0x3131, "r"); /* ㄱ */
    assert_typed(0x3145, "t"); /* ㅅ */
    assert_typed(0x3160, "b"); /* ㅠ */
    assert_typed(0x3161, "m"); /* ㅡ */
    assert_typed(0x3148, "w"); /* ㅈ */
}
END_TEST

START_TEST(a_syllable_is_the_keys_it_was_typed_with)
{
    assert_typed(0xBC14, "qk");   /* 바 */
    assert_typed(0xAC00, "rk");   /* 가 */
    assert_typed(0xD55C, "gks");  /* 한 */
    assert_typed(0xAF48, "Rhk");  /* 꽈 */
    assert_typed(0xC6E8, "dnp");  /* 웨 */
    assert_typed(0xAC12, "rkqt"); /* 값 */
    assert_typed(0xD7A3, "glg");  /* 힣 */
}
END_TEST

START_TEST(other_characters_are_no_hangul)
{
    assert_typed('q', "");
    assert_typed(0x3130, "");
    assert_typed(0x3164, "");
    assert_typed(0xABFF, "");
    assert_typed(0xD7A4, "");
    assert_typed(TKEY_LEFT, "");
}
END_TEST

/* Every syllable: of at most five keys, and all of them letters. */
START_TEST(every_syllable_comes_apart)
{
    for (uint32_t rune = 0xAC00; rune <= 0xD7A3; rune++) {
        char key[HANGUL_KEYS_MAX + 1];
        size_t count = hangul_keys(key, rune);

        ck_assert(count >= 2 && count <= 5);
        for (size_t i = 0; i < count; i++)
            ck_assert((key[i] | 32) >= 'a' && (key[i] | 32) <= 'z');
    }
}
END_TEST

/* --- the table of keys ---------------------------------------------------- */

static const char *help_of(uint32_t key)
{
    const struct key_binding *row = page_keys_find(player_keys, key);

    return row ? row->help : "nothing";
}

START_TEST(the_keys_of_the_manual_do_what_it_says)
{
    static const struct {
        uint32_t key;
        const char *help;
    } wanted[] = {
        { 'q', "quit" },
        { '?', "this help" },
        { ' ', "pause, go on" },
        { TKEY_RIGHT, "one event forward, and pause" },
        { 'l', "one event forward, and pause" },
        { TKEY_PAGE_DOWN, "one event forward, and pause" },
        { TKEY_LEFT, "one event back, and pause" },
        { 'h', "one event back, and pause" },
        { TKEY_PAGE_UP, "one event back, and pause" },
        { 'g', "to the start" },
        { 'G', "to the end, or to the live edge" },
        { TKEY_HOME, "to the start" },
        { TKEY_END, "to the end, or to the live edge" },
        { '+', "faster" },
        { '=', "faster" },
        { '>', "faster" },
        { '-', "slower" },
        { '<', "slower" },
        { '0', "real speed" },
        { '[', "zoom out" },
        { ']', "zoom in" },
        { TKEY_TAB, "run it again in the next mode" },
        { TKEY_BACKTAB, "run it again in the previous mode" },
        { 'm', "show rows by machine or by person" },
        { 'i', "the program and its values, its output, the picture" },
        { 'w', "why is this one waiting?" },
        { 'n', "the numbers and what they mean" },
        { 't', "dark, light, or no colours" },
        { 'b', "big letters" },
        { 'r', "run it again" },
        { 12, "redraw the whole screen" },
        { '1', "who is next (with --policy pick)" },
        { '9', "who is next (with --policy pick)" },
        { TKEY_ESCAPE, "close this" },
        { 'Q', "quit" },
        { 'y', "nothing" },
        { 0, "nothing" },
    };

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_str_eq(help_of(wanted[i].key), wanted[i].help);
}
END_TEST

/* Every key does something, and every help row says with which one. */
START_TEST(the_help_has_a_row_for_every_action)
{
    char **help = page_keys_help(player_keys, false);
    char **plain = page_keys_help(player_keys, true);
    int rows = 0, actions = 0;

    for (; help[rows]; rows++) {
        ck_assert_ptr_nonnull(strchr(help[rows], '\t'));
        ck_assert_ptr_nonnull(plain[rows]);
        for (const char *p = plain[rows]; *p; p++)
            ck_assert(*p == '\t' || (*p >= ' ' && *p <= '~'));
    }
    for (const struct key_binding *row = player_keys;
         row->key[0] || row->footer; row++) {
        ck_assert(!row->key[0] == !row->act);
        ck_assert(!row->key[0] == !row->help);
        actions += row->act != NULL;
    }
    ck_assert_int_eq(rows, actions);
    ck_assert_int_ge(rows, 39);
    page_keys_help_free(help);
    page_keys_help_free(plain);
}
END_TEST

START_TEST(keys_are_named_by_themselves)
{
    char **help = page_keys_help(player_keys, false);
    char **plain = page_keys_help(player_keys, true);

    ck_assert_str_eq(help[2], "→ l . PgDn\tone event forward, and pause");
    ck_assert_str_eq(plain[2], "Right l . PgDn\tone event forward, and pause");
    ck_assert_str_eq(plain[7],
                     "Shift-Right\tmove the vertical line to the right");
    page_keys_help_free(help);
    page_keys_help_free(plain);
}
END_TEST

/* Without the hyphens and empty characters that only typesetting needs. */
static char *read_manual(void)
{
    static const char name[] = "/cli/man/concviz.1";
    const char *folder = getenv("srcdir");
    char *path = xcalloc(strlen(folder) + sizeof name, 1), *text;
    FILE *file;
    size_t length, end = 0;

    strcat(strcpy(path, folder), name);
    file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text = xcalloc(1 << 20, 1);
    length = fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    free(path);
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\\' && text[i + 1] == '&')
            i++;
        else if (text[i] != '\\' || text[i + 1] != '-')
            text[end++] = text[i];
    text[end] = '\0';
    return text;
}

START_TEST(the_manual_has_every_row_of_the_help)
{
    char *manual = read_manual(), **help = page_keys_help(player_keys, true);
    struct strbuf row;

    strbuf_init(&row);
    for (int i = 0; help[i]; i++) {
        char *tab = strchr(help[i], '\t');

        strbuf_clear(&row);
        strbuf_addf(&row, "\n.B %.*s\n%s", (int)(tab - help[i]), help[i],
                    tab + 1);
        ck_assert_msg(strstr(manual, row.text), "not in the manual:%s",
                      row.text);
    }
    strbuf_fini(&row);
    page_keys_help_free(help);
    free(manual);
}
END_TEST

static void write_footer(struct strbuf *out, const struct view *view)
{
    strbuf_clear(out);
    player_keys_footer(out, view, player_keys);
}

START_TEST(the_footer_fits_the_moment)
{
    struct view view = { .play = PLAY_LIVE };
    struct strbuf footer;

    strbuf_init(&footer);
    write_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Space\tpause"));
    ck_assert_ptr_nonnull(strstr(footer.text, "q\tquit"));
    ck_assert_ptr_null(strstr(footer.text, "r\tagain"));
    view.play = PLAY_PAUSED;
    write_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Space\tgo on"));
    view.play = PLAY_ENDED;
    write_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Space\treplay"));
    ck_assert_ptr_nonnull(strstr(footer.text, "r\tagain"));
    view.panel = PANEL_HELP;
    write_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Esc q\tclose"));
    strbuf_fini(&footer);
}
END_TEST

START_TEST(in_a_lesson_the_mode_stays)
{
    struct view view = { .play = PLAY_ENDED, .glyphs = GLYPHS_ASCII };
    struct strbuf footer;

    strbuf_init(&footer);
    player_keys_footer(&footer, &view, player_keys_guest);
    ck_assert_str_eq(
        footer.text,
        "Enter\tgo on\nSpace\treplay\nLeft/Right\tstep\n"
        "g\tstart\n[]\tzoom\ni\tprogram\nv\tcount\n/\tfind\nr\tagain\n"
        "w\twhy\nn\tnumbers\n?\thelp\nq\tquit");
    strbuf_fini(&footer);
}
END_TEST

START_TEST(in_a_lesson_the_help_has_no_dead_keys)
{
    char **help = page_keys_help(player_keys_guest, true);
    struct strbuf all;

    strbuf_init(&all);
    for (int i = 0; help[i]; i++)
        strbuf_addf(&all, "%s\n", help[i]);
    ck_assert_ptr_nonnull(strstr(all.text, "Enter\tto the end"));
    ck_assert_ptr_nonnull(strstr(all.text, "v\tshow or hide"));
    ck_assert_ptr_null(strstr(all.text, "mode"));
    ck_assert_ptr_null(strstr(all.text, "compare"));
    ck_assert_ptr_null(strstr(all.text, "another"));
    ck_assert_ptr_null(strstr(all.text, "pick"));
    page_keys_help_free(help);
    strbuf_fini(&all);
}
END_TEST

static uint32_t labelled(const char *label)
{
    const struct key_binding *row = page_keys_labelled(player_keys, label);

    return row ? row->key[0] : 0;
}

START_TEST(a_label_is_the_key_it_names)
{
    ck_assert_uint_eq(labelled("Space"), ' ');
    ck_assert_uint_eq(labelled("q"), 'q');
    ck_assert_uint_eq(labelled("Tab"), TKEY_TAB);
    ck_assert_uint_eq(labelled("←→"), TKEY_RIGHT);
    ck_assert_uint_eq(labelled("Left/Right"), TKEY_RIGHT);
    ck_assert_uint_eq(labelled("nothing"), 0);
}
END_TEST

/* --- playback ------------------------------------------------------------- */

#define S NS_PER_S

START_TEST(a_live_picture_stays_at_the_edge)
{
    struct playback p;

    playback_init(&p, 1, false, true);
    ck_assert(playback_move(&p, 1, 3 * S));
    ck_assert_int_eq(p.t_ns, 3 * S);
    ck_assert_int_eq(playback_state(&p, 3 * S, false), PLAY_LIVE);
    ck_assert_int_eq(playback_state(&p, 3 * S, true), PLAY_ENDED);
    ck_assert(!playback_move(&p, S, 3 * S));
}
END_TEST

START_TEST(a_slow_picture_falls_behind)
{
    struct playback p;

    playback_init(&p, 0.5, false, true);
    playback_move(&p, 2 * S, 2 * S);
    ck_assert_int_eq(p.t_ns, S);
    ck_assert_int_eq(playback_state(&p, 2 * S, false), PLAY_RUNNING);
}
END_TEST

START_TEST(a_fast_picture_catches_up_and_follows)
{
    struct playback p;

    playback_init(&p, 2, false, true);
    playback_seek(&p, 0, 10 * S);
    playback_move(&p, S, 10 * S);
    ck_assert_int_eq(p.t_ns, 2 * S);
    playback_move(&p, 5 * S, 10 * S);
    ck_assert_int_eq(p.t_ns, 10 * S);
    playback_move(&p, 1, 11 * S);
    ck_assert_int_eq(p.t_ns, 11 * S);
}
END_TEST

START_TEST(a_computed_run_is_played_from_its_start)
{
    struct playback p;

    playback_init(&p, 1, false, false);
    playback_move(&p, S / 30, 0); /* nothing is computed yet */
    playback_move(&p, S / 30, 10 * S);
    ck_assert_int_eq(p.t_ns, S / 30);
    ck_assert_int_eq(playback_state(&p, 10 * S, true), PLAY_RUNNING);
}
END_TEST

START_TEST(a_held_picture_stays_while_the_run_goes_on)
{
    struct playback p;

    playback_init(&p, 1, false, true);
    playback_move(&p, S, S);
    playback_toggle(&p, S, false);
    ck_assert(!playback_move(&p, S, 2 * S));
    ck_assert_int_eq(p.t_ns, S);
    ck_assert_int_eq(playback_state(&p, 2 * S, false), PLAY_PAUSED);
    playback_toggle(&p, 2 * S, false);
    playback_move(&p, S / 2, 3 * S);
    ck_assert_int_eq(p.t_ns, S + S / 2);
}
END_TEST

START_TEST(after_the_end_it_starts_again)
{
    struct playback p;

    playback_init(&p, 1, false, true);
    playback_move(&p, S, 5 * S);
    playback_toggle(&p, 5 * S, true);
    ck_assert_int_eq(p.t_ns, 0);
    ck_assert(!p.paused);
    playback_move(&p, S, 5 * S);
    ck_assert_int_eq(p.t_ns, S);
}
END_TEST

START_TEST(it_cannot_be_moved_out_of_the_run)
{
    struct playback p;

    playback_init(&p, 1, true, true);
    playback_seek(&p, -5, S);
    ck_assert_int_eq(p.t_ns, 0);
    playback_seek(&p, 2 * S, S);
    ck_assert_int_eq(p.t_ns, S);
}
END_TEST

START_TEST(speeds_have_two_ends)
{
    struct playback p;

    playback_init(&p, 1.3, false, true);
    playback_faster(&p);
    ck_assert(p.speed > 1.9 && p.speed < 2.1);
    for (int i = 0; i < 50; i++)
        playback_faster(&p);
    ck_assert(p.speed < 1000);
    for (int i = 0; i < 50; i++)
        playback_slower(&p);
    ck_assert(p.speed > 0);
    ck_assert(!p.following);
}
END_TEST

/* --- tables --------------------------------------------------------------- */

static void note(void *screen, int amount)
{
    int *noted = screen;

    *noted = amount;
}

static const struct key_binding common_keys[] = {
    { KEYS('m', TKEY_ESCAPE), ACT(note, 1), HELP("menu"),
      FOOTER("menu", 1, 1) },
    { KEYS(TKEY_ENTER), ACT(note, 2), HELP("on"), FOOTER("on", 1, 0) },
    { KEYS_END },
};

static const struct key_binding own_keys[] = {
    { KEYS(TKEY_ESCAPE, TKEY_ENTER), ACT(note, 3), HELP("close"),
      FOOTER("close", 1, 2) },
    { KEYS('a'), .last = 'e', ACT(note, 10) },
    { KEYS_GO_ON(common_keys) },
};

START_TEST(a_table_goes_on_in_another)
{
    int noted = 0;

    ck_assert(page_keys_press(own_keys, &noted, 'M'));
    ck_assert_int_eq(noted, 1);
    ck_assert(page_keys_press(own_keys, &noted, TKEY_ESCAPE));
    ck_assert_int_eq(noted, 3);
    ck_assert(!page_keys_press(own_keys, &noted, 'x'));
    ck_assert_int_eq(noted, 3);
}
END_TEST

START_TEST(a_range_of_keys_tells_which_one)
{
    int noted = 0;

    page_keys_press(own_keys, &noted, 'a');
    ck_assert_int_eq(noted, 10);
    page_keys_press(own_keys, &noted, 'C');
    ck_assert_int_eq(noted, 12);
}
END_TEST

START_TEST(a_key_taken_by_another_row_is_not_offered)
{
    char **help = page_keys_help(own_keys, false);
    struct strbuf footer;

    ck_assert_str_eq(help[0], "Esc Enter\tclose");
    ck_assert_str_eq(help[1], "m\tmenu");
    ck_assert_ptr_null(help[2]);
    page_keys_help_free(help);
    strbuf_init(&footer);
    page_keys_footer(&footer, own_keys, 1, false);
    ck_assert_str_eq(footer.text, "m\tmenu\nEsc\tclose");
    strbuf_fini(&footer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keys");
    TCase *hangul = tcase_create("hangul"), *keys = tcase_create("keys"),
          *playback = tcase_create("playback");

    tcase_add_test(hangul, a_jamo_is_the_key_it_stands_on);
    tcase_add_test(hangul, a_syllable_is_the_keys_it_was_typed_with);
    tcase_add_test(hangul, other_characters_are_no_hangul);
    tcase_add_test(hangul, every_syllable_comes_apart);
    suite_add_tcase(suite, hangul);
    tcase_add_test(keys, the_keys_of_the_manual_do_what_it_says);
    tcase_add_test(keys, the_help_has_a_row_for_every_action);
    tcase_add_test(keys, keys_are_named_by_themselves);
    tcase_add_test(keys, the_manual_has_every_row_of_the_help);
    tcase_add_test(keys, the_footer_fits_the_moment);
    tcase_add_test(keys, in_a_lesson_the_mode_stays);
    tcase_add_test(keys, in_a_lesson_the_help_has_no_dead_keys);
    tcase_add_test(keys, a_label_is_the_key_it_names);
    tcase_add_test(keys, a_table_goes_on_in_another);
    tcase_add_test(keys, a_range_of_keys_tells_which_one);
    tcase_add_test(keys, a_key_taken_by_another_row_is_not_offered);
    suite_add_tcase(suite, keys);
    tcase_add_test(playback, a_live_picture_stays_at_the_edge);
    tcase_add_test(playback, a_slow_picture_falls_behind);
    tcase_add_test(playback, a_fast_picture_catches_up_and_follows);
    tcase_add_test(playback, a_computed_run_is_played_from_its_start);
    tcase_add_test(playback, a_held_picture_stays_while_the_run_goes_on);
    tcase_add_test(playback, after_the_end_it_starts_again);
    tcase_add_test(playback, it_cannot_be_moved_out_of_the_run);
    tcase_add_test(playback, speeds_have_two_ends);
    suite_add_tcase(suite, playback);
    return suite_main(suite);
}
