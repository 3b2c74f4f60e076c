/*
 * bench_rows.c -- the rows of sched/programs/mandelbrot.c by bare threads: one
 * a core, each takes the next row from an atomic counter, and that is all.
 * The arithmetic is the same, and so must be the image.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "sched/cpu/cores.h"
#include "tests/bench/bench.h"

enum {
    ROWS = 40,
    FRACTION_BITS = 28,
    STEPS_MAX = 2000,
    THREADS_MAX = 64,
    CHECKED_SIZE = 4
};

static const int64_t one = INT64_C(1) << FRACTION_BITS;
static const uint64_t checked_hash = UINT64_C(0xf77735f3ed07de64);

struct image {
    int size;
    atomic_int next;
    uint64_t hash[ROWS];
};

struct drawer {
    struct image *image;
    int cpu;
    pthread_t thread;
};

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

static uint64_t draw_row(int row, int size)
{
    int width = 48 * size, height = ROWS * size;
    uint64_t hash = 0;

    for (int j = row * size; j < (row + 1) * size; j++)
        for (int i = 0; i < width; i++) {
            int n = steps(28 * one / 10 * i / width - 21 * one / 10,
                          24 * one / 10 * j / height - 12 * one / 10);

            hash = random_mix(hash + (uint64_t)n + 1);
        }
    return hash;
}

static void *draw(void *argument)
{
    struct drawer *drawer = argument;
    struct image *image = drawer->image;
    int row;

    cores_pin(drawer->cpu);
    while ((row = atomic_fetch_add(&image->next, 1)) < ROWS)
        image->hash[row] = draw_row(row, image->size);
    return NULL;
}

int64_t bench_rows(int size)
{
    struct drawer drawer[THREADS_MAX];
    struct image image = { .size = size };
    struct cores machines;
    int64_t began;
    int count, started = 0;

    cores_init(&machines, NULL, NULL);
    count = machines.usable < THREADS_MAX ? machines.usable : THREADS_MAX;
    began = clock_now_ns();
    for (; started < count; started++) {
        drawer[started] = (struct drawer){ .image = &image,
                                           .cpu = machines.cpu[started] };
        if (pthread_create(&drawer[started].thread, NULL, draw,
                           &drawer[started]) != 0)
            break;
    }
    for (int i = 0; i < started; i++)
        pthread_join(drawer[i].thread, NULL);
    began = clock_now_ns() - began;
    cores_fini(&machines);
    if (size == CHECKED_SIZE) {
        uint64_t hash = 0;

        for (int row = 0; row < ROWS; row++)
            hash = random_mix(hash ^ image.hash[row]);
        if (hash != checked_hash)
            fprintf(stderr, "bench: bare threads draw another image\n");
    }
    return started == count ? began : -EAGAIN;
}
