#include "tests/suite.h"

#include <string.h>

#include "cli/page/hangul_keys.h"
#include "cli/player/keys.h"
#include "cli/player/playback.h"
#include "render/output/backend.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"

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

START_TEST(the_keys_of_the_manual_do_what_it_says)
{
    static const struct {
        uint32_t key;
        enum player_action action;
    } wanted[] = {
        { 'q', ACTION_QUIT },
        { '?', ACTION_HELP },
        { ' ', ACTION_PAUSE },
        { TKEY_RIGHT, ACTION_STEP },
        { 'l', ACTION_STEP },
        { TKEY_PAGE_DOWN, ACTION_STEP },
        { TKEY_LEFT, ACTION_STEP_BACK },
        { 'h', ACTION_STEP_BACK },
        { TKEY_PAGE_UP, ACTION_STEP_BACK },
        { 'g', ACTION_START },
        { 'G', ACTION_END },
        { TKEY_HOME, ACTION_START },
        { TKEY_END, ACTION_END },
        { '+', ACTION_FASTER },
        { '=', ACTION_FASTER },
        { '>', ACTION_FASTER },
        { '-', ACTION_SLOWER },
        { '<', ACTION_SLOWER },
        { '0', ACTION_SPEED_ONE },
        { '[', ACTION_ZOOM_OUT },
        { ']', ACTION_ZOOM_IN },
        { TKEY_TAB, ACTION_NEXT_MODE },
        { TKEY_BACKTAB, ACTION_PREVIOUS_MODE },
        { 'm', ACTION_ROWS },
        { 'w', ACTION_WHY },
        { 'n', ACTION_NUMBERS },
        { 't', ACTION_THEME },
        { 'b', ACTION_BIG },
        { 'r', ACTION_AGAIN },
        { 12, ACTION_REPAINT },
        { '1', ACTION_PICK },
        { '9', ACTION_PICK },
        { TKEY_ESCAPE, ACTION_CLOSE },
        { 'Q', ACTION_QUIT },
        { 'y', ACTION_NONE },
        { 0, ACTION_NONE },
    };

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(keys_action(wanted[i].key) == wanted[i].action, "key %u",
                      wanted[i].key);
}
END_TEST

START_TEST(the_help_has_a_row_for_every_action)
{
    char **help = keys_help(false), **plain = keys_help(true);
    int rows = 0;

    for (; help[rows]; rows++) {
        ck_assert_ptr_nonnull(strchr(help[rows], '\t'));
        ck_assert_ptr_nonnull(plain[rows]);
        for (const char *p = plain[rows]; *p; p++)
            ck_assert(*p == '\t' || (*p >= ' ' && *p <= '~'));
    }
    ck_assert_int_ge(rows, ACTION_PICK);
    keys_help_free(help);
    keys_help_free(plain);
}
END_TEST

START_TEST(the_footer_fits_the_moment)
{
    struct view view = { .play = PLAY_LIVE };
    struct strbuf footer;

    strbuf_init(&footer);
    keys_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Space\tpause"));
    ck_assert_ptr_nonnull(strstr(footer.text, "q\tquit"));
    ck_assert_ptr_null(strstr(footer.text, "r\tagain"));
    view.play = PLAY_PAUSED;
    strbuf_clear(&footer);
    keys_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Space\tgo on"));
    view.play = PLAY_ENDED;
    strbuf_clear(&footer);
    keys_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Space\treplay"));
    ck_assert_ptr_nonnull(strstr(footer.text, "r\tagain"));
    view.panel = PANEL_HELP;
    strbuf_clear(&footer);
    keys_footer(&footer, &view);
    ck_assert_ptr_nonnull(strstr(footer.text, "Esc q\tclose"));
    strbuf_fini(&footer);
}
END_TEST

START_TEST(a_label_is_the_key_it_names)
{
    ck_assert_int_eq(keys_action_named("Space"), ACTION_PAUSE);
    ck_assert_int_eq(keys_action_named("q"), ACTION_QUIT);
    ck_assert_int_eq(keys_action_named("Tab"), ACTION_NEXT_MODE);
    ck_assert_int_eq(keys_action_named("nothing"), ACTION_NONE);
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
    tcase_add_test(keys, the_footer_fits_the_moment);
    tcase_add_test(keys, a_label_is_the_key_it_names);
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
