#include "sched/base/korean_particle.h"
#include "tests/suite.h"

START_TEST(letters_are_read_by_their_names)
{
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "A"), "는");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "L"), "은");
    ck_assert_str_eq(korean_particle_for(PARTICLE_SUBJECT, "M"), "이");
    ck_assert_str_eq(korean_particle_for(PARTICLE_WITH, "R"), "과");
    ck_assert_str_eq(korean_particle_for(PARTICLE_OBJECT, "z"), "를");
}
END_TEST

START_TEST(digits_are_read_in_korean)
{
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "P2"), "는");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "P3"), "은");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "philosopher-10"),
                     "은");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOWARDS, "P1"), "로");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOWARDS, "P6"), "으로");
}
END_TEST

START_TEST(words_are_read_as_loanwords)
{
    ck_assert_str_eq(korean_particle_for(PARTICLE_OBJECT, "spoon"), "을");
    ck_assert_str_eq(korean_particle_for(PARTICLE_OBJECT, "cup"), "을");
    ck_assert_str_eq(korean_particle_for(PARTICLE_OBJECT, "lock"), "을");
    ck_assert_str_eq(korean_particle_for(PARTICLE_OBJECT, "disk"), "를");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOWARDS, "channel"), "로");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "philosopher"), "는");
}
END_TEST

START_TEST(hangul_knows_its_final_consonant)
{
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "작업"), "은");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "자판기"), "는");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOWARDS, "줄"), "로");
}
END_TEST

START_TEST(nothing_at_all_is_no_crash)
{
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, ""), "는");
    ck_assert_str_eq(korean_particle_for(PARTICLE_TOPIC, "_"), "는");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched/josa");
    TCase *tests = tcase_create("josa");

    tcase_add_test(tests, letters_are_read_by_their_names);
    tcase_add_test(tests, digits_are_read_in_korean);
    tcase_add_test(tests, words_are_read_as_loanwords);
    tcase_add_test(tests, hangul_knows_its_final_consonant);
    tcase_add_test(tests, nothing_at_all_is_no_crash);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
