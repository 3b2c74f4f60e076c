/*
 * burner.c -- work that a compiler cannot remove and a clock cannot fake.
 *
 * One iteration is one step of Marsaglia's xorshift generator (Xorshift RNGs,
 * Journal of Statistical Software 8/14, 2003; shifts 13, 7, 17): six
 * instructions, each waiting for the one before, on registers only. No memory
 * (the cache does not matter), no floating point or vectors (the clock rate
 * does not change), no call. It is written in assembly because the same loop
 * in C takes 1.6 or 7 ns an iteration depending on the compiler's options.
 *
 * Work is done in chunks of about 60 us. Between two of them, and only there, a
 * task can be told to stop, because its slice has ended, a more important task
 * is ready, or the person at the terminal wants to leave. Nobody is ever
 * interrupted inside the C library.
 */
#include "sched/cpu/burner.h"

#include <stddef.h>

#include "sched/base/clock.h"
#include "sched/workload/workload.h"

enum {
    CHUNKS_PER_MS = 16,
    WARM_UP_ITERATIONS = 65536,
    BURSTS = 15,
};

static const int64_t warm_up_ns = 18 * NS_PER_MS;
static const int64_t burst_us = 1500;

/* The assembly counts down to zero, so it must not begin there. */
uint64_t burner_spin(uint64_t state, int64_t iterations)
{
    if (iterations <= 0)
        return state;
#if defined(__x86_64__) && !defined(__ILP32__)
    uint64_t shifted;

    __asm__ volatile(".p2align 6\n"
                     "1:\tmovq %[state], %[shifted]\n\t"
                     "shlq $13, %[shifted]\n\t"
                     "xorq %[shifted], %[state]\n\t"
                     "movq %[state], %[shifted]\n\t"
                     "shrq $7, %[shifted]\n\t"
                     "xorq %[shifted], %[state]\n\t"
                     "movq %[state], %[shifted]\n\t"
                     "shlq $17, %[shifted]\n\t"
                     "xorq %[shifted], %[state]\n\t"
                     "decq %[count]\n\t"
                     "jnz 1b"
                     : [state] "+r"(state), [count] "+r"(iterations),
                       [shifted] "=&r"(shifted)
                     :
                     : "cc");
#elif defined(__aarch64__)
    __asm__ volatile(".p2align 6\n"
                     "1:\teor %[state], %[state], %[state], lsl #13\n\t"
                     "eor %[state], %[state], %[state], lsr #7\n\t"
                     "eor %[state], %[state], %[state], lsl #17\n\t"
                     "subs %[count], %[count], #1\n\t"
                     "b.ne 1b"
                     : [state] "+r"(state), [count] "+r"(iterations)
                     :
                     : "cc");
#else
    for (; iterations > 0; iterations--) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        __asm__ volatile("" : "+r"(state)); /* do not fold iterations */
    }
#endif
    return state;
}

/* Odd, hence never 0, which xorshift would never leave. */
uint64_t burner_first_state(uint64_t seed)
{
    return (seed * UINT64_C(0x9e3779b97f4a7c15)) | 1;
}

void burner_init(struct burner *burner, int64_t iterations_per_ms,
                 uint64_t seed)
{
    *burner = (struct burner){
        .iterations_per_ms = iterations_per_ms > 0 ? iterations_per_ms : 1,
        .state = burner_first_state(seed),
    };
}

/* ns * rate per ms, without the overflow that the plain product would have. */
static int64_t iterations_of(int64_t ns, int64_t per_ms)
{
    return ns / NS_PER_MS * per_ms + ns % NS_PER_MS * per_ms / NS_PER_MS;
}

/* The other way round: what has been done, as the time it was asked for. */
static int64_t ns_of(int64_t iterations, int64_t per_ms)
{
    return iterations / per_ms * NS_PER_MS +
           iterations % per_ms * NS_PER_MS / per_ms;
}

/* Work without end has no number of iterations to count down to, so it gets
 * the largest: hundreds of years. */
void burner_begin(struct burner *burner, int64_t ns)
{
    burner->asked_ns = ns;
    burner->told_ns = 0;
    burner->goal = ns == STEP_FOREVER
                       ? INT64_MAX
                       : iterations_of(ns, burner->iterations_per_ms);
    burner->left = burner->goal;
}

/* Stop is asked after a chunk and not before: each call makes progress, so a
 * task that is told to stop all the time still comes to its end. */
bool burner_run(struct burner *burner, burner_stop *stop, void *context)
{
    int64_t chunk = burner->iterations_per_ms / CHUNKS_PER_MS + 1;

    while (burner->left > 0) {
        int64_t count = burner->left < chunk ? burner->left : chunk;

        burner->state = burner_spin(burner->state, count);
        burner->left -= count;
        burner->total += count;
        if (burner->left > 0 && stop && stop(context))
            return false;
    }
    return true;
}

/* The sum so far is converted, never the piece: rounding each piece would lose
 * up to a nanosecond a call. */
int64_t burner_worked_ns(struct burner *burner)
{
    int64_t done = burner->goal - burner->left;
    int64_t sum_ns = burner->left == 0 ? burner->asked_ns
                                       : ns_of(done, burner->iterations_per_ms);
    int64_t piece_ns = sum_ns - burner->told_ns;

    burner->told_ns = sum_ns;
    return piece_ns;
}

/* --- calibration ---------------------------------------------------------- */

/* Work for about warm_up_ns, so that the clock rate is up and the code is in
 * the cache; returns a first estimate of iterations in a millisecond. */
static int64_t warm_up(uint64_t *state)
{
    int64_t start_ns = clock_thread_cpu_ns();
    int64_t iterations = 0;
    int64_t spent_ns;

    do {
        *state = burner_spin(*state, WARM_UP_ITERATIONS);
        iterations += WARM_UP_ITERATIONS;
        spent_ns = clock_thread_cpu_ns() - start_ns;
    } while (spent_ns < warm_up_ns);
    return iterations * NS_PER_MS / spent_ns + 1;
}

/* The best of the bursts: a burst can be slowed down by an interrupt or a cold
 * cache, and never sped up. */
int64_t burner_calibrate(void)
{
    uint64_t state = burner_first_state(0);
    int64_t burst = warm_up(&state) * burst_us / 1000 + 1;
    int64_t best_ns = TIME_NEVER;

    for (int i = 0; i < BURSTS; i++) {
        int64_t start_ns = clock_thread_cpu_ns();
        int64_t spent_ns;

        state = burner_spin(state, burst);
        spent_ns = clock_thread_cpu_ns() - start_ns;
        if (spent_ns > 0 && spent_ns < best_ns)
            best_ns = spent_ns;
    }
    return burst * NS_PER_MS / best_ns + 1;
}
