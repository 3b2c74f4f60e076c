/*
 * session_race.c -- a data race, for real: two threads add to one number.
 *
 * Each adds one by loading the number and storing it back one larger, which
 * are two operations; both are atomic and relaxed, so nothing here is
 * undefined, and an update can still be lost. A thread that was started first
 * would finish before the other one begins, and nothing would be lost: a
 * barrier makes them begin together, and they add for a time instead of a
 * number of times.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "cli/lesson/session_internal.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"

enum {
    BATCH = 4096 /* additions between two looks at the clock */
};

static const int64_t race_ns = NS_PER_S / 2;

struct race {
    atomic_int missing; /* who is not there yet */
    atomic_int_fast64_t number;
    atomic_int_fast64_t additions; /* of those who have finished */
};

static void *add(void *argument)
{
    struct race *race = argument;
    int64_t from_ns, additions = 0;

    atomic_fetch_sub(&race->missing, 1);
    while (atomic_load(&race->missing) > 0)
        sched_yield();
    from_ns = clock_now_ns();
    do {
        for (int i = 0; i < BATCH; i++) {
            int_fast64_t n = atomic_load_explicit(&race->number,
                                                  memory_order_relaxed);

            /* Here the other thread can get in between. */
            atomic_store_explicit(&race->number, n + 1, memory_order_relaxed);
        }
        additions += BATCH;
    } while (clock_now_ns() - from_ns < race_ns);
    atomic_fetch_add_explicit(&race->additions, additions,
                              memory_order_relaxed);
    return NULL;
}

/* Returns 0, or an errno value if there are no threads. */
static int run(struct race *race)
{
    pthread_t other;
    int error = pthread_create(&other, NULL, add, race);

    if (!error) {
        add(race);
        pthread_join(other, NULL);
    }
    return error;
}

void session_race(struct session *session)
{
    struct race race = { .missing = 2 };
    char text[PAGE_VIEW_NOTICE_BYTES];
    int error = run(&race);
    long long additions = (long long)race.additions;
    long long number = (long long)race.number, lost = additions - number;

    if (error) {
        page_view_notice(&session->pages, strerror(error));
        return;
    }
    snprintf(text, sizeof text,
             _("%lld additions, but n is %lld; lost: %lld (%.1f %%)"),
             additions, number, lost, 100.0 * (double)lost / (double)additions);
    page_view_notice(&session->pages, text);
}
