#include <errno.h>
#include <string.h>

#include "sched/measure/measure.h"
#include "tests/suite.h"

static int calls;

static int64_t take_longer(void)
{
    return 1000 * ++calls;
}

static int64_t always_refuse(void)
{
    return -ENOMEM;
}

static const struct measure table[] = {
    { "longer", "longer", "ns", 10, take_longer },
    { "refused", "refused", "ns", 1, always_refuse },
};

START_TEST(least_median_and_most_are_for_doing_it_once)
{
    struct measured result[2];

    do { /* until nobody else got the core meanwhile */
        calls = 0;
        measure_take(table, 2, 5, result);
        ck_assert_int_eq(calls, 5 + result[0].repeated);
    } while (result[0].repeated > 0);
    ck_assert_double_eq(result[0].least, 100);
    ck_assert_double_eq(result[0].median, 300);
    ck_assert_double_eq(result[0].most, 500);
}
END_TEST

START_TEST(what_the_system_refuses_has_no_rounds)
{
    struct measured result[2];

    measure_take(table, 2, 3, result);
    ck_assert_int_eq(result[0].rounds, 3);
    ck_assert_int_eq(result[1].rounds, 0);
}
END_TEST

START_TEST(a_quotient_needs_both_to_be_measured)
{
    static const struct measure_ratio same = { "", "longer", "longer", 0 };
    static const struct measure_ratio absent = { "", "longer", "refused", 0 };
    static const struct measure_ratio unknown = { "", "longer", "nobody", 0 };
    struct measured result[2];

    measure_take(table, 2, 3, result);
    ck_assert_double_eq(measure_quotient(table, 2, result, &same), 1);
    ck_assert_double_eq(measure_quotient(table, 2, result, &absent), 0);
    ck_assert_double_eq(measure_quotient(table, 2, result, &unknown), 0);
}
END_TEST

static size_t places_of(const char *key)
{
    size_t count = 0;

    for (const struct measure *m = measure_table; m->key; m++)
        count += strcmp(m->key, key) == 0;
    return count;
}

START_TEST(every_key_is_there_once_and_ratios_name_keys)
{
    for (const struct measure *m = measure_table; m->key; m++)
        ck_assert_uint_eq(places_of(m->key), 1);
    for (const struct measure_ratio *r = measure_ratios; r->name; r++) {
        ck_assert_uint_eq(places_of(r->key), 1);
        ck_assert_uint_eq(places_of(r->to), 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measure");
    TCase *tcase = tcase_create("measure");

    tcase_add_test(tcase, least_median_and_most_are_for_doing_it_once);
    tcase_add_test(tcase, what_the_system_refuses_has_no_rounds);
    tcase_add_test(tcase, a_quotient_needs_both_to_be_measured);
    tcase_add_test(tcase, every_key_is_there_once_and_ratios_name_keys);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
