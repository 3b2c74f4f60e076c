#include "tests/suite.h"

#include <stdint.h>
#include <string.h>

#include "sched/base/text.h"

static void assert_clean(const char *source, const char *expected)
{
    char target[256], again[256];

    text_clean(target, sizeof target, source);
    ck_assert_str_eq(target, expected);
    ck_assert_str_eq(text_clean(again, sizeof again, target), target);
}

START_TEST(every_character_survives_decoding)
{
    for (uint32_t rune = 1; rune <= 0x10FFFF; rune++) {
        char text[5] = { 0 };
        uint32_t back;
        size_t length = text_encode(text, rune);

        ck_assert_uint_eq(text_decode(text, &back), length);
        ck_assert(back == rune || back == TEXT_BAD || back == ' ');
    }
}
END_TEST

START_TEST(wrong_bytes_are_taken_one_by_one)
{
    static const char *const wrong[] = {
        "\x80", "\xC0\x80", "\xC1\xBF",     "\xE0\x80\x80",     "\xED\xA0\x80",
        "\xFF", "\xC3",     "\xE2\x80",     "\xF0\x80\x80\x80", "\xF5\x80\x80",
        "\xFE", "\xC3(",    "\xE2\x28\xA1", "\xF4\x90\x80\x80",
    };
    uint32_t rune;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_uint_eq(text_decode(wrong[i], &rune), 1);
        ck_assert_uint_eq(rune, TEXT_BAD);
    }
    ck_assert_uint_eq(text_decode("", &rune), 0);
}
END_TEST

START_TEST(characters_take_0_1_or_2_cells)
{
    ck_assert_int_eq(text_rune_cells('a'), 1);
    ck_assert_int_eq(text_rune_cells(0x301), 0);
    ck_assert_int_eq(text_rune_cells(0xD55C), 2); /* Hangul syllable */
    ck_assert_int_eq(text_rune_cells(0x1112), 2); /* leading jamo */
    ck_assert_int_eq(text_rune_cells(0x1161), 0); /* vowel jamo joins it */
    ck_assert_int_eq(text_rune_cells(0x3131), 2); /* jamo on its own */
    ck_assert_int_eq(text_rune_cells(0x2588), 1);
    ck_assert_int_eq(text_rune_cells(0x1F600), 2);
    ck_assert_int_eq(text_rune_cells(0x110000), 1);
    ck_assert_int_eq(text_cells("자판기 1"), 8);
    ck_assert_int_eq(text_cells("e\u0301"), 1);
    ck_assert_int_eq(text_cells("\u1112\u1161\u11AB"), 2);
}
END_TEST

START_TEST(plain_text_stays_as_it_is)
{
    assert_clean("", "");
    assert_clean("A stops, 자판기 ✓", "A stops, 자판기 ✓");
    assert_clean("e\u0301\u0302", "e\u0301\u0302");
}
END_TEST

START_TEST(what_could_steer_a_terminal_is_replaced)
{
    assert_clean("\x1b[31mred", "\uFFFD[31mred");
    assert_clean("a\tb\nc", "a\uFFFDb\uFFFDc");
    assert_clean("\x7f", "\uFFFD");
    assert_clean("\xc2\x9b"
                 "2J",
                 "\uFFFD2J"); /* C1 CSI */
    assert_clean("\u202Eabc\u2066", "\uFFFDabc\uFFFD");
    assert_clean("a\u200Bb\u200Dc\uFEFF", "a\uFFFDb\uFFFDc\uFFFD");
    assert_clean("\U000E0041\uE000\u0378", "\uFFFD\uFFFD\uFFFD");
    assert_clean("\u115F\u3164\u00AD\uFE0F", "\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_clean("\u2028\u2029", "\uFFFD\uFFFD");
    assert_clean("a\xff\xc0z", "a\uFFFD\uFFFDz");
}
END_TEST

START_TEST(other_spaces_become_plain_ones)
{
    assert_clean("a\u00A0b\u3000c", "a b c");
}
END_TEST

START_TEST(at_most_two_marks_stay_on_a_letter)
{
    assert_clean("a\u0301\u0302\u0303\u0304b", "a\u0301\u0302b");
    assert_clean("\u0301x", "\uFFFDx");
}
END_TEST

START_TEST(cut_text_ends_with_an_ellipsis)
{
    char target[8];

    ck_assert_str_eq(text_clean(target, 8, "1234567"), "1234567");
    ck_assert_str_eq(text_clean(target, 8, "12345678"), "1234…");
    ck_assert_str_eq(text_clean(target, 8, "가나다"), "가…");
    ck_assert_str_eq(text_clean(target, 8, "xyzáb"), "xyzáb");
    ck_assert_str_eq(text_clean(target, 8, "wxyza\u0301b"), "wxyz…");
    ck_assert_str_eq(text_clean(target, 4, "12345"), "…");
    ck_assert_str_eq(text_clean(target, 3, "12345"), "");
    ck_assert_str_eq(text_clean(target, 1, "12345"), "");
}
END_TEST

/* A strict reader of what text_clean wrote: nothing it promised to remove. */
static void assert_harmless(const char *text)
{
    uint32_t rune;

    for (size_t step; (step = text_decode(text, &rune)) > 0; text += step) {
        char same[4];

        ck_assert_uint_eq(text_encode(same, rune), step);
        ck_assert_mem_eq(same, text, step);
        ck_assert(rune >= 0x20 && !(rune >= 0x7F && rune < 0xA0));
    }
}

START_TEST(random_bytes_are_always_made_harmless)
{
    uint32_t state = 1;

    for (int round = 0; round < 10000; round++) {
        char source[41] = { 0 }, target[64], again[64];
        size_t size = 1 + (size_t)round % sizeof target;

        for (size_t i = 0; i < 40; i++) {
            state = state * 1664525 + 1013904223;
            source[i] = (char)(state >> 24);
        }
        text_clean(target, size, source);
        ck_assert_uint_lt(strlen(target), size);
        assert_harmless(target);
        ck_assert_str_eq(text_clean(again, size, target), target);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tcase = tcase_create("text");

    tcase_add_test(tcase, every_character_survives_decoding);
    tcase_add_test(tcase, wrong_bytes_are_taken_one_by_one);
    tcase_add_test(tcase, characters_take_0_1_or_2_cells);
    tcase_add_test(tcase, plain_text_stays_as_it_is);
    tcase_add_test(tcase, what_could_steer_a_terminal_is_replaced);
    tcase_add_test(tcase, other_spaces_become_plain_ones);
    tcase_add_test(tcase, at_most_two_marks_stay_on_a_letter);
    tcase_add_test(tcase, cut_text_ends_with_an_ellipsis);
    tcase_add_test(tcase, random_bytes_are_always_made_harmless);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
