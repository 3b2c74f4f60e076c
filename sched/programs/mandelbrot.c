/*
 * mandelbrot.c -- rows of an image, shared out one by one.
 *
 * Rows cost very different amounts of work: inside the set every pixel needs
 * all its iterations, at the edges a few. If each worker were given its rows
 * beforehand, some would be done early and stand idle. Here everybody takes the
 * next row from a shared counter when he is free: a lock, a read and a write a
 * row, and all machines are busy to the end.
 *
 *      z = z*z + c, from z = 0: how many steps until |z| > 2?
 *
 * in fixed-point numbers, so that the image is the same on every processor.
 * What a row will cost is foretold from every SKIP-th pixel of it.
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    ROWS = 40,
    COUNTER_LOCK = 0,
    NEXT_ROW = 0, /* the shared variable */
    FRACTION_BITS = 28,
    STEPS_MAX = 2000,
    STEPS_A_CHECKPOINT = 30000, /* 60 us */
    SKIP = 16,                  /* pixels and lines between samples */
};

static const int64_t one = INT64_C(1) << FRACTION_BITS;
static const int64_t picoseconds_a_step = 2000;

struct image {
    int64_t cost_ns[ROWS];
    uint64_t hash[ROWS]; /* of each row that is done */
    int done;
};

/* What has been seen to be right: the hash of all rows, by size. */
static const struct {
    int size;
    uint64_t hash;
} expected[] = {
    { 1, UINT64_C(0x854438f7f13c2e24) },
    { 4, UINT64_C(0xf77735f3ed07de64) },
    { 48, UINT64_C(0xd7ae407ec2bf8528) },
};

/* Steps for the pixel whose c is (x, y), in fixed-point numbers. */
static int steps(int64_t x, int64_t y)
{
    int64_t a = 0, b = 0, aa = 0, bb = 0;
    int n = 0;

    while (n < STEPS_MAX && aa + bb <= 4 * one) {
        b = (a * b >> (FRACTION_BITS - 1)) + y;
        a = aa - bb + x;
        aa = a * a >> FRACTION_BITS;
        bb = b * b >> FRACTION_BITS;
        n++;
    }
    return n;
}

/* Pixel i of width, in -2.1 … 0.7, and line j of height, in -1.2 … 1.2. */
static int pixel(int i, int width, int j, int height)
{
    return steps(28 * one / 10 * i / width - 21 * one / 10,
                 24 * one / 10 * j / height - 12 * one / 10);
}

/* Size 1 is an image of 48 x 40 pixels; a row is `size` lines high. */
static int width_of(int size)
{
    return 48 * size;
}

/* Neighbouring pixels cost about the same, so a few of them are enough. */
static int64_t foretell_ns(int row, int size)
{
    int width = width_of(size), height = ROWS * size;
    int64_t sum = 0, samples = 0;

    for (int j = 0; j < size; j += SKIP)
        for (int i = 0; i < width; i += SKIP, samples++)
            sum += pixel(i, width, row * size + j, height);
    return sum * width * size / samples * picoseconds_a_step / 1000;
}

static void *open_image(int size, bool foretells)
{
    struct image *image = xcalloc(1, sizeof *image);

    (void)foretells;
    for (int row = 0; row < ROWS; row++)
        image->cost_ns[row] = foretell_ns(row, size);
    return image;
}

/* The colours are never shown, only hashed: that is enough to see that every
 * pixel was computed, and right. */
static uint64_t draw_row(struct task_calls *calls, int row, int size)
{
    int width = width_of(size), height = ROWS * size;
    int left = STEPS_A_CHECKPOINT;
    uint64_t hash = 0;

    for (int j = row * size; j < (row + 1) * size; j++)
        for (int i = 0; i < width; i++) {
            int n = pixel(i, width, j, height);

            hash = random_mix(hash + (uint64_t)n + 1);
            left -= n;
            if (left <= 0) {
                task_checkpoint(calls);
                left = STEPS_A_CHECKPOINT;
            }
        }
    return hash;
}

/* Without the lock two workers could draw the same row. */
static int64_t take_row(struct task_calls *calls)
{
    int64_t row;

    task_lock(calls, COUNTER_LOCK);
    row = task_read(calls, NEXT_ROW);
    task_write(calls, NEXT_ROW, 1);
    task_unlock(calls, COUNTER_LOCK);
    return row;
}

/* Whoever has drawn the last row looks at the whole image. */
static void look_at(struct task_calls *calls, const struct image *image)
{
    uint64_t hash = 0;
    unsigned long long shown;

    for (int row = 0; row < ROWS; row++)
        hash = random_mix(hash ^ image->hash[row]);
    shown = hash;
    task_say(calls, _("the image is complete, hash %016llx"), shown);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (expected[i].size == task_size(calls) && expected[i].hash != hash)
            task_fail(calls, _("the image is wrong: hash %016llx"),
                      (unsigned long long)hash);
}

/* The yield lets coroutines share the rows, too; without it the first one
 * would draw them all. */
static void draw(struct task_calls *calls, int task)
{
    struct image *image = task_data(calls);
    int64_t row, rows = 0;
    bool last;

    (void)task;
    while ((row = take_row(calls)) < ROWS) {
        task_work(calls, image->cost_ns[row]);
        if (!task_foretells(calls))
            image->hash[row] = draw_row(calls, (int)row, task_size(calls));
        task_result(calls, ++rows);
        task_lock(calls, COUNTER_LOCK);
        last = ++image->done == ROWS;
        task_unlock(calls, COUNTER_LOCK);
        if (last && !task_foretells(calls))
            look_at(calls, image);
        task_yield(calls);
    }
}

static const struct part part[] = { { NULL, draw } };
static const char *const lock[] = { "counter" };

const struct program_source program_mandelbrot = {
    .name = "mandelbrot",
    .file = "mandelbrot.c",
    .text = "shared next_row = 0\n"
            "task Ada Blaise Cantor Dedekind Euler Fatou:\n",
    .part = part,
    .lock = lock,
    .locks = 1,
    .open = open_image,
    .close = free,
};
