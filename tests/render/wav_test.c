/*
 * What is written is read back as a player would, and listened to with
 * Goertzel's algorithm: how strong one pitch is among some samples.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/output/backend_wav.h"
#include "sched/history/history.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static const char pair[] = "machines 2\n"
                           "task A: cpu 300, sleep 200, cpu 100\n"
                           "task B: cpu 300\n";

enum {
    SPAN = WAV_RATE / 10, /* samples that are listened to */
    LOUD = 100,           /* a tenth of a second of one machine is more */
};

struct wav {
    unsigned char *bytes;
    size_t size;
    size_t samples;
};

static unsigned get(const unsigned char *bytes, int count)
{
    unsigned value = 0;

    while (count--)
        value = value << 8 | bytes[count];
    return value;
}

static int sample(const struct wav *wav, size_t index)
{
    return (int16_t)get(wav->bytes + WAV_HEADER_BYTES + 2 * index, 2);
}

static struct wav hear(const char *workload, const char *mode, double speed)
{
    struct picture picture;
    struct wav wav = { NULL, 0, 0 };
    FILE *file = open_memstream((char **)&wav.bytes, &wav.size);
    bool cut = true;

    picture_open(&picture, workload, mode, 0);
    ck_assert_int_eq(backend_wav(file, picture.history, speed, &cut), 0);
    ck_assert(!cut);
    ck_assert_int_eq(fclose(file), 0);
    wav.samples = (wav.size - WAV_HEADER_BYTES) / 2;
    picture_close(&picture);
    return wav;
}

/* How strong a task's pitch is from ms on. */
static double strength(const struct wav *wav, size_t ms, int task)
{
    double d = 2 * 3.14159265358979 * backend_wav_pitch(task) / WAV_RATE,
           before = 0, last = 0, half = d / 2, cosine;
    size_t first = ms * WAV_RATE / 1000;

    /* cos(d) by its series; no pitch is high enough to need more of it. */
    cosine = 1 - 2 * half * half +
             d * d * d * d / 24 * (1 - d * d / 30 * (1 - d * d / 56));
    ck_assert_uint_le(first + SPAN, wav->samples);
    for (size_t i = 0; i < SPAN; i++) {
        double now = sample(wav, first + i) / 32768.0 + 2 * cosine * last -
                     before;

        before = last;
        last = now;
    }
    return last * last + before * before - 2 * cosine * last * before;
}

static bool sounds(const struct wav *wav, size_t ms, int task)
{
    return strength(wav, ms, task) > LOUD * LOUD;
}

static bool is_silent(const struct wav *wav, size_t ms)
{
    size_t first = ms * WAV_RATE / 1000;

    for (size_t i = first; i < first + SPAN; i++)
        if (sample(wav, i))
            return false;
    return true;
}

START_TEST(the_header_is_that_of_a_wave_file)
{
    struct wav wav = hear(pair, "coroutine", 1.0);

    ck_assert_mem_eq(wav.bytes, "RIFF", 4);
    ck_assert_uint_eq(get(wav.bytes + 4, 4), wav.size - 8);
    ck_assert_mem_eq(wav.bytes + 8, "WAVEfmt ", 8);
    ck_assert_uint_eq(get(wav.bytes + 16, 4), 16);
    ck_assert_uint_eq(get(wav.bytes + 20, 2), 1);
    ck_assert_uint_eq(get(wav.bytes + 22, 2), 1);
    ck_assert_uint_eq(get(wav.bytes + 24, 4), WAV_RATE);
    ck_assert_uint_eq(get(wav.bytes + 28, 4), WAV_RATE * 2);
    ck_assert_uint_eq(get(wav.bytes + 32, 2), 2);
    ck_assert_uint_eq(get(wav.bytes + 34, 2), 16);
    ck_assert_mem_eq(wav.bytes + 36, "data", 4);
    ck_assert_uint_eq(get(wav.bytes + 40, 4), wav.samples * 2);
    free(wav.bytes);
}
END_TEST

START_TEST(it_lasts_as_long_as_the_run_at_any_speed)
{
    static const double speed[] = { 1.0, 2.0, 0.25, 1000.0 };

    for (int i = 0; i < 4; i++) {
        struct wav wav = hear("task A: cpu 600\n", "coroutine", speed[i]);
        double run = 0.6 * WAV_RATE / speed[i];

        ck_assert_uint_eq(wav.samples % WAV_BLOCK, 0);
        ck_assert_double_ge((double)wav.samples, run + WAV_BLOCK - 0.001);
        ck_assert_double_lt((double)wav.samples, run + 2 * WAV_BLOCK);
        free(wav.bytes);
    }
}
END_TEST

START_TEST(one_machine_plays_a_melody)
{
    struct wav wav = hear(pair, "coroutine", 1.0);

    ck_assert(sounds(&wav, 100, 0) && !sounds(&wav, 100, 1));
    ck_assert(!sounds(&wav, 400, 0) && sounds(&wav, 400, 1));
    ck_assert(sounds(&wav, 605, 0) && !sounds(&wav, 605, 1));
    free(wav.bytes);
}
END_TEST

START_TEST(two_machines_play_chords)
{
    struct wav wav = hear(pair, "parallel", 1.0);

    ck_assert(sounds(&wav, 100, 0) && sounds(&wav, 100, 1));
    ck_assert(!sounds(&wav, 100, 2));
    free(wav.bytes);
}
END_TEST

START_TEST(waiting_is_silent)
{
    struct wav wav = hear("task A: cpu 100, sleep 200, cpu 100\n", "coroutine",
                          1.0);

    ck_assert(!is_silent(&wav, 0));
    ck_assert(is_silent(&wav, 150));
    ck_assert(!is_silent(&wav, 300));
    free(wav.bytes);
}
END_TEST

/* No two samples are further apart than those of its waves, all loud. */
START_TEST(nothing_clicks_and_nothing_clips)
{
    static const char quick[] =
        "task A: repeat 300 (cpu 1, yield)\n"
        "task B: repeat 300 (cpu 1, sleep 0.3)\n"
        "task C: cpu 0.01, sleep 20, cpu 40, sleep 5, cpu 300\n"
        "machines 3\n";
    static const char *const mode[] = { "coroutine", "parallel" };

    for (int k = 0; k < 2; k++) {
        struct wav wav = hear(quick, mode[k], 1.0);
        int most = 0, step = 0;

        for (size_t i = 1; i < wav.samples; i++) {
            most = abs(sample(&wav, i)) > most ? abs(sample(&wav, i)) : most;
            step = abs(sample(&wav, i) - sample(&wav, i - 1)) > step
                       ? abs(sample(&wav, i) - sample(&wav, i - 1))
                       : step;
        }
        ck_assert_int_le(most, 30000);
        ck_assert_int_gt(most, 5000);
        ck_assert_int_lt(step, 30000 * 0.14); /* 440 Hz and less: 0.125 */
        ck_assert_int_eq(sample(&wav, wav.samples - 1), 0);
        free(wav.bytes);
    }
}
END_TEST

START_TEST(a_long_run_is_cut_and_that_is_told)
{
    struct picture picture;
    FILE *file = fopen("/dev/null", "w");
    bool cut = false;

    picture_open(&picture, "task A: cpu 1, sleep 3600s\n", "coroutine", 0);
    ck_assert_int_eq(backend_wav(file, picture.history, 1.0, &cut), 0);
    ck_assert(cut);
    ck_assert_int_eq(backend_wav(file, picture.history, 10.0, &cut), 0);
    ck_assert(!cut);
    picture_close(&picture);
    fclose(file);
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
    struct picture picture;
    FILE *file = fopen("/dev/full", "w");
    bool cut;

    if (!file)
        suite_skip("there is no /dev/full");
    picture_open(&picture, pair, "coroutine", 0);
    ck_assert_int_eq(backend_wav(file, picture.history, 1.0, &cut), -ENOSPC);
    picture_close(&picture);
    fclose(file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/wav");
    TCase *tests = tcase_create("wav");

    tcase_add_test(tests, the_header_is_that_of_a_wave_file);
    tcase_add_test(tests, it_lasts_as_long_as_the_run_at_any_speed);
    tcase_add_test(tests, one_machine_plays_a_melody);
    tcase_add_test(tests, two_machines_play_chords);
    tcase_add_test(tests, waiting_is_silent);
    tcase_add_test(tests, nothing_clicks_and_nothing_clips);
    tcase_add_test(tests, a_long_run_is_cut_and_that_is_told);
    tcase_add_test(tests, a_full_disk_is_an_error);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
