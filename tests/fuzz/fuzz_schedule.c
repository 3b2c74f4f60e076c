/*
 * fuzz_schedule.c -- any text is a schedule code or is refused, and what is a
 * code says one schedule, has one spelling, and can be played.
 *
 * Bits of the first byte say what the rest is: the code itself, or (1) what is
 * written in it, to which head and check sum are added here, since nobody meets
 * a check sum by chance; (2) for a run whose tasks can be stopped between two
 * steps.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/run/executor.h"
#include "sched/scheduler/schedule.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/check/trace_check.h"
#include "tests/fuzz/target.h"

enum {
    SEALED = 1,
    PREEMPTIVELY = 2,
    CODE_VERSION = 1,
    PLAYED_MAX = 64 /* departures: playing longer ones finds nothing new */
};

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* A choice wherever a director is asked. */
static const char text[] =
    "shared n = 0\n"
    "channel c size 1\n"
    "barrier b 2\n"
    "generator G: repeat 3 (sum 1..2, yield)\n"
    "task A: read n, lock x, write n+1, lock y, unlock y, unlock x, wait b\n"
    "task B: lock y, sleep 1, lock x, unlock x, unlock y, wait b\n"
    "task C: repeat 3 (send c, yield), read n, sleep 2, write n+1, close c\n"
    "task D: next G, repeat 3 (recv c), next G, cpu 1\n";

/* --- writing a code, apart from schedule.c -------------------------------- */

static uint64_t sum_of(const struct strbuf *bytes)
{
    uint64_t hash = bytes->length;

    for (size_t i = 0; i < bytes->length; i++)
        hash = random_mix(hash + UINT64_C(0x9e3779b97f4a7c15) +
                          (unsigned char)bytes->text[i]);
    return hash;
}

/* Five bits a letter, the highest first. */
static void spell(struct strbuf *code, const struct strbuf *bytes)
{
    for (size_t bit = 0; bit < 8 * bytes->length; bit += 5) {
        unsigned value = 0;

        for (size_t i = bit; i < bit + 5; i++) {
            unsigned byte = i / 8 < bytes->length
                                ? (unsigned char)bytes->text[i / 8]
                                : 0;

            value = value << 1 | (byte >> (7 - i % 8) & 1);
        }
        strbuf_addc(code, letters[value]);
    }
}

static void seal(struct strbuf *code, const uint8_t *data, size_t size,
                 const struct workload *workload)
{
    static uint32_t hash; /* of the workload, which is always the same */
    struct strbuf bytes;
    uint64_t sum;

    if (!hash)
        hash = schedule_hash(workload);
    strbuf_init(&bytes);
    strbuf_addc(&bytes, (char)(CODE_VERSION << 1 | !!(data[0] & PREEMPTIVELY)));
    for (int shift = 16; shift >= 0; shift -= 8)
        strbuf_addc(&bytes, (char)(unsigned char)(hash >> shift & 0xff));
    strbuf_add(&bytes, (const char *)data + 1, size - 1);
    sum = sum_of(&bytes);
    strbuf_addc(&bytes, (char)(unsigned char)(sum >> 8 & 0xff));
    strbuf_addc(&bytes, (char)(unsigned char)(sum & 0xff));
    spell(code, &bytes);
    strbuf_fini(&bytes);
}

/* --- what must be true ---------------------------------------------------- */

static struct trace *play(const struct workload *workload,
                          const struct schedule *schedule)
{
    const struct executor *executor = executor_find(
        schedule->preemptive ? "threads" : "coroutine");
    struct run_options options;
    struct diag diag = { .message = "" };
    struct trace *trace;

    executor_defaults(&options, executor, workload);
    schedule_apply(&options, schedule);
    options.model = true;
    options.limit_ns = NS_PER_S;
    trace = executor_trace(executor, workload, &options);
    target_demand(executor_run(executor, workload, &options, trace, &diag) ==
                  0);
    target_demand(trace_check(trace, &diag));
    return trace;
}

/* The same code is the same run. */
static void check_play(const struct workload *workload,
                       const struct schedule *schedule)
{
    struct trace *one = play(workload, schedule);
    struct trace *other = play(workload, schedule);

    target_demand(trace_count(one) == trace_count(other));
    for (size_t i = 0; i < trace_count(one); i++)
        target_demand(memcmp(trace_at(one, i), trace_at(other, i),
                             sizeof(struct event)) == 0);
    trace_free(one);
    trace_free(other);
}

/* Is it written as code writes it, but for case and dashes? */
static void check_spelling(const char *code, const struct schedule *schedule)
{
    struct strbuf right;
    size_t i = 0;

    strbuf_init(&right);
    schedule_encode(&right, schedule);
    for (; *code; code++) {
        char c = *code >= 'a' && *code <= 'z' ? (char)(*code - 'a' + 'A')
                                              : *code;

        if (c == '-' || c == ' ')
            continue;
        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        target_demand(i < right.length && right.text[i] == c);
        i++;
    }
    target_demand(i == right.length);
    strbuf_fini(&right);
}

/* Always the same, since to read it takes longer than to read a code. */
static struct workload *always;

static void forget(void)
{
    workload_free(always);
}

static const struct workload *the_workload(void)
{
    struct diag diag = { .message = "" };

    if (!always) {
        always = workload_parse("f", "f", text, strlen(text), &diag);
        atexit(forget);
    }
    target_demand(always != NULL);
    return always;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct schedule schedule;
    struct diag diag = { .message = "" };
    const struct workload *workload = the_workload();
    struct strbuf code;

    if (size == 0)
        return 0;
    strbuf_init(&code);
    if (data[0] & SEALED)
        seal(&code, data, size, workload);
    else
        strbuf_add(&code, (const char *)data + 1, size - 1);
    strbuf_addc(&code, '\0');
    if (schedule_decode(&schedule, code.text, workload, &diag)) {
        check_spelling(code.text, &schedule);
        if (schedule.count <= PLAYED_MAX)
            check_play(workload, &schedule);
        schedule_fini(&schedule);
    } else {
        target_demand(diag.message[0] != '\0');
    }
    strbuf_fini(&code);
    return 0;
}
