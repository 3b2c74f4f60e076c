/*
 * switch_records_test.c -- records as bytes: whole, round the end, cut off, and
 * not records at all; and those that the kernel writes about this test.
 */
#include "sched/cpu/switch_records.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/cpu/cores.h"
#include "tests/suite.h"

enum {
    RING = 128,
    SWITCH_BYTES = 32,
    OUT = PERF_RECORD_MISC_SWITCH_OUT,
    STOPPED = PERF_RECORD_MISC_SWITCH_OUT | PERF_RECORD_MISC_SWITCH_OUT_PREEMPT
};

static unsigned char bytes[RING];
static struct switch_ring ring;
static struct switch_record record;

static void set_up(void)
{
    memset(bytes, 0, sizeof bytes);
    ring = (struct switch_ring){ .data = bytes, .size = RING };
}

static void put(const void *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[ring.head++ % RING] = ((const unsigned char *)from)[i];
}

static void put_header(uint32_t type, uint16_t misc, uint16_t size)
{
    struct perf_event_header header = { type, misc, size };

    put(&header, sizeof header);
}

static void put_switch(uint16_t misc, uint32_t tid, uint64_t t_ns)
{
    uint32_t id[2] = { 1, tid }, cpu[2] = { 0, 0 };

    put_header(PERF_RECORD_SWITCH, misc, SWITCH_BYTES);
    put(id, sizeof id);
    put(&t_ns, sizeof t_ns);
    put(cpu, sizeof cpu);
}

static void expect(enum switch_kind kind, int tid, int64_t t_ns)
{
    ck_assert(switch_records_take(&ring, &record));
    ck_assert_int_eq(record.kind, kind);
    ck_assert_int_eq(record.tid, tid);
    ck_assert_int_eq(record.t_ns, t_ns);
}

static void expect_nothing(void)
{
    ck_assert(!switch_records_take(&ring, &record));
    ck_assert_uint_eq(ring.tail, ring.head);
}

START_TEST(a_record_says_who_and_when_and_how)
{
    put_switch(0, 7, 1000);
    put_switch(OUT, 7, 2000);
    put_switch(STOPPED, 8, 3000);
    expect(SWITCH_IN, 7, 1000);
    expect(SWITCH_WAITS, 7, 2000);
    expect(SWITCH_STOPPED, 8, 3000);
    expect_nothing();
}
END_TEST

static void put_id(uint32_t tid, uint64_t t_ns, uint32_t core)
{
    uint32_t id[2] = { 1, tid }, cpu[2] = { core, 0 };

    put(id, sizeof id);
    put(&t_ns, sizeof t_ns);
    put(cpu, sizeof cpu);
}

START_TEST(children_are_born_named_and_end)
{
    uint32_t life[4] = { 7, 5, 8, 6 }, id[2] = { 7, 8 };
    uint64_t t_ns = 2000;

    put_header(PERF_RECORD_FORK, 0, 8 + sizeof life + 8 + 24);
    put(life, sizeof life);
    put(&t_ns, sizeof t_ns);
    put_id(6, 2000, 3);
    expect(SWITCH_BORN, 8, 2000);
    ck_assert_int_eq(record.pid, 7);
    ck_assert_int_eq(record.by, 6);
    ck_assert_int_eq(record.cpu, 3);
    put_header(PERF_RECORD_COMM, 0, 8 + sizeof id + 8 + 24);
    put(id, sizeof id);
    put("make\0\0\0", 8);
    put_id(8, 3000, 1);
    expect(SWITCH_NAMED, 8, 3000);
    ck_assert_str_eq(record.name, "make");
    put_header(PERF_RECORD_EXIT, 0, 8 + sizeof life + 8 + 24);
    put(life, sizeof life);
    put(&t_ns, sizeof t_ns);
    put_id(8, 4000, 1);
    expect(SWITCH_ENDED, 8, 4000);
    expect_nothing();
}
END_TEST

START_TEST(records_may_go_round_the_end_anywhere)
{
    for (uint64_t begin = 0; begin < RING; begin++) {
        set_up();
        ring.head = ring.tail = 5 * RING + begin;
        put_switch(STOPPED, 3, 1 + begin);
        put_switch(0, 3, 2 + begin);
        expect(SWITCH_STOPPED, 3, 1 + (int64_t)begin);
        expect(SWITCH_IN, 3, 2 + (int64_t)begin);
        expect_nothing();
    }
}
END_TEST

START_TEST(records_of_other_kinds_are_passed_over)
{
    char rest[24] = "";

    put_header(PERF_RECORD_COMM, 0, 8 + sizeof rest);
    put(rest, sizeof rest);
    put_switch(0, 7, 1000);
    put_header(PERF_RECORD_EXIT, 0, 8);
    expect(SWITCH_IN, 7, 1000);
    expect_nothing();
}
END_TEST

START_TEST(lost_records_are_reported)
{
    char rest[40] = "";

    put_header(PERF_RECORD_LOST, 0, 8 + sizeof rest);
    put(rest, sizeof rest);
    put_switch(0, 7, 1000);
    expect(SWITCH_LOST, 0, 0);
    expect(SWITCH_IN, 7, 1000);
    expect_nothing();
}
END_TEST

START_TEST(bytes_that_are_no_record_are_lost_records)
{
    static const uint16_t size[] = { 0, 7, 33, 200, 65535 };

    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        set_up();
        put_switch(0, 7, 1000);
        put_header(PERF_RECORD_SWITCH, 0, size[i]);
        put(bytes, 24);
        expect(SWITCH_IN, 7, 1000);
        expect(SWITCH_LOST, 0, 0);
        expect_nothing();
    }
    set_up();
    put_header(PERF_RECORD_SWITCH, 0, 16); /* too short for its contents */
    put(bytes, 8);
    expect(SWITCH_LOST, 0, 0);
    expect_nothing();
    set_up();
    ring.head = 5; /* not even a header */
    expect(SWITCH_LOST, 0, 0);
    expect_nothing();
    set_up();
    ring.head = RING + 32; /* more than there is room for */
    expect(SWITCH_LOST, 0, 0);
    expect_nothing();
}
END_TEST

/* --- the kernel's own ----------------------------------------------------- */

static void *tell_tid(void *tid)
{
    *(int *)tid = (int)syscall(SYS_gettid);
    sched_yield();
    return NULL;
}

START_TEST(the_kernel_records_threads_made_later)
{
    struct switch_records *records;
    struct cores cores;
    pthread_t thread;
    int tid = 0, seen = 0, error;
    int64_t before_ns = clock_now_ns(), last_ns = 0;

    cores_init(&cores, NULL, NULL);
    error = switch_records_new(&records, cores.cpu, cores.allowed);
    cores_fini(&cores);
    ck_assert_int_eq(error == 0, records != NULL);
    if (error) { /* a container: the clock has to do */
        ck_assert_int_lt(error, 0);
        return;
    }
    pthread_create(&thread, NULL, tell_tid, &tid);
    pthread_join(thread, NULL);
    while (switch_records_next(records, &record)) {
        ck_assert_int_ne(record.kind, SWITCH_LOST);
        seen += record.tid == tid;
        ck_assert(record.t_ns >= before_ns && record.t_ns <= clock_now_ns());
        if (record.tid == tid)
            ck_assert_int_ge(record.t_ns, last_ns);
        last_ns = record.tid == tid ? record.t_ns : last_ns;
    }
    ck_assert_int_gt(seen, 0);
    switch_records_free(records);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("switch_records");
    TCase *tcase = tcase_create("switch_records");

    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, a_record_says_who_and_when_and_how);
    tcase_add_test(tcase, children_are_born_named_and_end);
    tcase_add_test(tcase, records_may_go_round_the_end_anywhere);
    tcase_add_test(tcase, records_of_other_kinds_are_passed_over);
    tcase_add_test(tcase, lost_records_are_reported);
    tcase_add_test(tcase, bytes_that_are_no_record_are_lost_records);
    tcase_add_test(tcase, the_kernel_records_threads_made_later);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
