/*
 * burner_test.c -- is work really done, all of it, and only once?
 */
#include "sched/cpu/burner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/cpu/calibration.h"
#include "sched/workload/workload.h"
#include "tests/suite.h"

enum {
    RATE = 64000
}; /* iterations per ms; small, so tests are quick */

/* The loop in plain C: what the assembly must agree with. */
static uint64_t plain_c(uint64_t state, int64_t iterations)
{
    for (; iterations > 0; iterations--) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    return state;
}

/*
 * A proof that needs no work: one iteration is linear over the field of two
 * elements, since every bit of the new state is an exclusive or of bits of the
 * old one. So n iterations are one 64x64 matrix, and squaring gives those of
 * 1, 2, 4, 8, ... iterations: what the loop must have reached can be computed
 * without going there.
 */

/* column[i] is what the iterations make of a state with only bit i set. */
struct matrix {
    uint64_t column[64];
};

static uint64_t apply(const struct matrix *matrix, uint64_t state)
{
    uint64_t result = 0;

    for (int i = 0; i < 64; i++)
        result ^= matrix->column[i] & -(state >> i & 1);
    return result;
}

static uint64_t reached(uint64_t state, int64_t iterations)
{
    struct matrix matrix, square;

    for (int i = 0; i < 64; i++)
        matrix.column[i] = burner_spin(UINT64_C(1) << i, 1);
    for (; iterations > 0; iterations >>= 1) {
        if (iterations & 1)
            state = apply(&matrix, state);
        for (int i = 0; i < 64; i++)
            square.column[i] = apply(&matrix, matrix.column[i]);
        matrix = square;
    }
    return state;
}

START_TEST(the_loop_computes_what_plain_c_computes)
{
    static const int64_t count[] = { 0, 1, 2, 63, 64, 1000, 12345 };

    for (size_t i = 0; i < sizeof(count) / sizeof(count[0]); i++) {
        uint64_t state = burner_first_state(i);

        ck_assert_uint_eq(burner_spin(state, count[i]),
                          plain_c(state, count[i]));
    }
}
END_TEST

START_TEST(the_proof_needs_no_work)
{
    uint64_t state = burner_first_state(7);

    ck_assert_uint_eq(reached(state, 0), state);
    ck_assert_uint_eq(reached(state, 54321), plain_c(state, 54321));
    ck_assert_uint_eq(
        reached(state, INT64_C(1) << 40),
        reached(reached(state, INT64_C(1) << 39), INT64_C(1) << 39));
}
END_TEST

static bool stop_each_time(void *context)
{
    int *asked = context;

    (*asked)++;
    return true;
}

static bool never_stop(void *context)
{
    int *asked = context;

    (*asked)++;
    return false;
}

START_TEST(interrupted_work_is_completed_exactly)
{
    struct burner burner;
    int asked = 0;
    int pieces = 1;
    int64_t sum_ns = 0;

    burner_init(&burner, RATE, 1);
    burner_begin(&burner, 3 * NS_PER_MS + 1);
    while (!burner_run(&burner, stop_each_time, &asked)) {
        int64_t piece_ns = burner_worked_ns(&burner);

        ck_assert_int_gt(piece_ns, 0);
        sum_ns += piece_ns;
        pieces++;
    }
    sum_ns += burner_worked_ns(&burner);
    ck_assert_int_gt(pieces, 40);
    ck_assert_int_eq(asked, pieces - 1);
    ck_assert_int_eq(sum_ns, 3 * NS_PER_MS + 1);
    ck_assert_int_eq(burner.total, 3 * RATE);
    ck_assert_uint_eq(burner.state, plain_c(burner_first_state(1), 3 * RATE));
}
END_TEST

START_TEST(uninterrupted_work_ends_in_the_same_state)
{
    struct burner burner;
    int asked = 0;

    burner_init(&burner, RATE, 1);
    burner_begin(&burner, NS_PER_MS);
    ck_assert(burner_run(&burner, never_stop, &asked));
    burner_begin(&burner, 2 * NS_PER_MS);
    ck_assert(burner_run(&burner, NULL, NULL));
    ck_assert_int_gt(asked, 10);
    ck_assert_uint_eq(burner.state, plain_c(burner_first_state(1), 3 * RATE));
    ck_assert_int_eq(burner_worked_ns(&burner), 2 * NS_PER_MS);
    ck_assert_int_eq(burner_worked_ns(&burner), 0);
}
END_TEST

START_TEST(no_work_takes_no_iteration)
{
    struct burner burner;

    burner_init(&burner, RATE, 0);
    burner_begin(&burner, 0);
    ck_assert(burner_run(&burner, NULL, NULL));
    ck_assert_int_eq(burner.total, 0);
    ck_assert_int_eq(burner_worked_ns(&burner), 0);
}
END_TEST

START_TEST(work_without_end_ends_when_it_is_told_to)
{
    struct burner burner;
    int asked = 0;

    burner_init(&burner, RATE, 0);
    burner_begin(&burner, STEP_FOREVER);
    ck_assert(!burner_run(&burner, stop_each_time, &asked));
    ck_assert_int_gt(burner_worked_ns(&burner), 0);
    ck_assert_int_gt(burner.left, INT64_MAX / 2);
}
END_TEST

START_TEST(very_long_work_does_not_overflow)
{
    struct burner burner;
    int asked = 0;

    burner_init(&burner, 1000000, 0);
    burner_begin(&burner, INT64_C(1000000000000000)); /* 10^15 ns */
    ck_assert_int_eq(burner.goal, INT64_C(1000000000000000));
    ck_assert(!burner_run(&burner, stop_each_time, &asked));
    ck_assert_int_eq(burner_worked_ns(&burner), burner.total);
}
END_TEST

/* --- calibration ---------------------------------------------------------- */

static char folder[SUITE_PATH];
static char path[SUITE_PATH + 32];

static void make_folder(void)
{
    suite_folder(folder);
    snprintf(path, sizeof(path), "%s/a/b/calibration", folder);
}

START_TEST(a_calibration_is_kept)
{
    ck_assert_int_eq(calibration_load(path), 0);
    ck_assert_int_eq(calibration_save(path, 614590), 0);
    ck_assert_int_eq(calibration_load(path), 614590);
    ck_assert_int_eq(calibration_save(path, 1), 0);
    ck_assert_int_eq(calibration_load(path), 1);
}
END_TEST

START_TEST(a_calibration_nobody_can_vouch_for_is_not_believed)
{
    static const char *const bad[] = {
        "",
        "614590",
        "614590\n",
        "-5 boot x\n",
        "0 boot x\n",
        "99999999999999999999 boot\n",
        "614590 boot 1, concviz 0.0.1, processor x\n",
        "x\n",
    };

    ck_assert_int_eq(calibration_save(path, 614590), 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        suite_write(path, bad[i]);
        ck_assert_int_eq(calibration_load(path), 0);
    }
}
END_TEST

START_TEST(a_calibration_that_cannot_be_kept_is_no_error)
{
    ck_assert_int_lt(calibration_save("/proc/nowhere/calibration", 1), 0);
    setenv("XDG_RUNTIME_DIR", "/proc/nowhere", 1);
    setenv("XDG_STATE_HOME", "/proc/nowhere", 1);
    ck_assert_int_gt(calibration_get(), 0);
}
END_TEST

START_TEST(a_calibration_goes_only_to_a_private_runtime_folder)
{
    char found[256];
    char wanted[256];

    setenv("XDG_STATE_HOME", folder, 1);
    setenv("XDG_RUNTIME_DIR", folder, 1);
    snprintf(wanted, sizeof(wanted), "%s/concviz-calibration", folder);
    ck_assert(calibration_path(found, sizeof(found)));
    ck_assert_str_eq(found, wanted);

    ck_assert_int_eq(chmod(folder, 0755), 0);
    snprintf(wanted, sizeof(wanted), "%s/concviz/calibration", folder);
    ck_assert(calibration_path(found, sizeof(found)));
    ck_assert_str_eq(found, wanted);

    setenv("XDG_RUNTIME_DIR", "relative", 1);
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("HOME", "", 1);
    ck_assert(!calibration_path(found, sizeof(found)));
}
END_TEST

START_TEST(a_calibration_is_kept_in_a_home_without_folders)
{
    char home[SUITE_PATH + 8], found[256];

    snprintf(home, sizeof home, "%s/home", folder);
    setenv("HOME", home, 1);
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_RUNTIME_DIR");
    ck_assert(calibration_path(found, sizeof found));
    ck_assert_int_eq(calibration_save(found, 42), 0);
    ck_assert_int_eq(calibration_load(found), 42);
}
END_TEST

START_TEST(a_fifo_in_place_of_the_calibration_keeps_nobody_waiting)
{
    ck_assert_int_eq(calibration_save(path, 1), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(calibration_load(path), 0);
    ck_assert_int_eq(calibration_save(path, 42), 0);
    ck_assert_int_eq(calibration_load(path), 42);
}
END_TEST

START_TEST(a_second_run_does_not_measure_again)
{
    setenv("XDG_RUNTIME_DIR", folder, 1);
    snprintf(path, sizeof(path), "%s/concviz-calibration", folder);
    ck_assert_int_eq(calibration_save(path, 42), 0);
    ck_assert_int_eq(calibration_get(), 42);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_burner");
    TCase *work = tcase_create("work");
    TCase *kept = tcase_create("calibration");

    tcase_add_test(work, the_loop_computes_what_plain_c_computes);
    tcase_add_test(work, the_proof_needs_no_work);
    tcase_add_test(work, interrupted_work_is_completed_exactly);
    tcase_add_test(work, uninterrupted_work_ends_in_the_same_state);
    tcase_add_test(work, no_work_takes_no_iteration);
    tcase_add_test(work, work_without_end_ends_when_it_is_told_to);
    tcase_add_test(work, very_long_work_does_not_overflow);
    tcase_set_timeout(work, 60);
    suite_add_tcase(suite, work);
    tcase_add_checked_fixture(kept, make_folder, NULL);
    tcase_add_test(kept, a_calibration_is_kept);
    tcase_add_test(kept, a_calibration_nobody_can_vouch_for_is_not_believed);
    tcase_add_test(kept, a_calibration_that_cannot_be_kept_is_no_error);
    tcase_add_test(kept, a_calibration_goes_only_to_a_private_runtime_folder);
    tcase_add_test(kept, a_calibration_is_kept_in_a_home_without_folders);
    tcase_add_test(kept,
                   a_fifo_in_place_of_the_calibration_keeps_nobody_waiting);
    tcase_add_test(kept, a_second_run_does_not_measure_again);
    suite_add_tcase(suite, kept);
    return suite_main(suite);
}
