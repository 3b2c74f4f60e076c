/*
 * primes.c -- a sieve of channels: concurrency as a way to write it down.
 *
 *      Numbers ──2,3,4,5,…──> Two ──3,5,7,9,…──> Three ──5,7,11,…──> Five ──> …
 *
 * Each task keeps the first number that arrives, which is a prime, and passes
 * on what that prime does not divide. The first time it has a number to pass
 * on, it spawns the next task. More machines hardly help: what counts here is
 * what it costs to hand a number over, and that is what differs between
 * coroutines and threads.
 *
 * The idea is McIlroy's (Coroutines, 1968); in this form it is known from
 * Hoare, Communicating Sequential Processes (CACM 21/8, 1978).
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    NUMBERS, /* the first task; task i > 0 reads channel i - 1 */
    PRIMES_MAX = 8,
};

/* One look at a number, so slow that a person can see it. */
static const int64_t look_ns = 60 * NS_PER_MS;

static void *open_data(int size, bool foretells)
{
    (void)size;
    (void)foretells;
    return xcalloc(PRIMES_MAX, sizeof(int64_t));
}

/* By trial division: not the way it was found. */
static bool is_prime(int64_t number)
{
    for (int64_t i = 2; i * i <= number; i++)
        if (number % i == 0)
            return false;
    return number > 1;
}

/* Are those found all primes up to limit, in order? */
static bool is_right(const int64_t *found, int limit)
{
    int at = 0;

    for (int64_t i = 2; i <= limit; i++)
        if (is_prime(i) && (at == PRIMES_MAX || found[at++] != i))
            return false;
    return at == PRIMES_MAX || found[at] == 0;
}

/* Closing the channel is how each filter learns that there will be no more. */
static void send_numbers(struct task_calls *calls, int task)
{
    task_spawn(calls, task + 1);
    for (int i = 2; i <= task_size(calls); i++) {
        task_cpu(calls, look_ns);
        task_send(calls, task, i);
    }
    task_close(calls, task);
}

/* Pass on what the prime does not divide. Returns whether anything was. */
static bool sieve(struct task_calls *calls, int task, int64_t prime)
{
    bool spawned = false;
    int64_t number;

    while (task_recv(calls, task - 1, &number)) {
        task_cpu(calls, look_ns);
        if (number % prime == 0)
            continue;
        if (task == PRIMES_MAX)
            task_fail(calls, _("the sieve found too many primes"));
        if (!spawned)
            task_spawn(calls, task + 1);
        spawned = true;
        task_send(calls, task, number);
    }
    return spawned;
}

/* Only the last filter, which passes nothing on, knows that all are found. */
static void keep_prime(struct task_calls *calls, int task)
{
    int64_t *found = task_data(calls);
    int64_t prime;

    if (!task_recv(calls, task - 1, &prime))
        return;
    found[task - 1] = prime;
    task_result(calls, prime);
    task_say(calls, _("%lld is a prime"), (long long)prime);
    if (sieve(calls, task, prime))
        task_close(calls, task);
    else if (!is_right(found, task_size(calls)))
        task_fail(calls, _("the sieve did not find the primes up to %d"),
                  task_size(calls));
}

static const struct part part[] = { { "Numbers", send_numbers },
                                    { NULL, keep_prime } };

const struct program_source program_primes = {
    .name = "primes",
    .file = "primes.c",
    .text = "channel c0\nchannel c1\nchannel c2\nchannel c3\n"
            "channel c4\nchannel c5\nchannel c6\nchannel c7\nchannel c8\n"
            "task Numbers:\n"
            "task Two Three Five Seven Eleven Thirteen Seventeen Nineteen:\n",
    .part = part,
    .first_spawns = true,
    .open = open_data,
    .close = free,
};
