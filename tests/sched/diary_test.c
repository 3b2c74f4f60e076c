/*
 * diary_test.c -- what a program writes of itself into memory that it shares with
 * us is believed as far as it makes sense.
 */
#include "tests/suite.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/diary_read.h"
#include "sched/trace/diary.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    DIARY_ROOM = 8 << 20
};

static const struct trace_info diary_info = { .mode = "coroutine",
                                              .real = true,
                                              .machines = 1,
                                              .policy = "fifo",
                                              .program = "./test" };
static struct diary_read *reader;
static struct diary diary;

static void begin_diary(void)
{
    struct diag diag = { .message = "" };
    void *memory;

    reader = diary_read_new("test", NULL, &diary_info, NULL, &diag);
    ck_assert_msg(reader != NULL, "%s", diag.message);
    memory = mmap(NULL, DIARY_ROOM, PROT_READ | PROT_WRITE, MAP_SHARED,
                  diary_read_fd(reader), 0);
    ck_assert(memory != MAP_FAILED);
    ck_assert(diary_begin(&diary, memory, DIARY_ROOM, clock_now_ns()));
}

static void record(enum diary_entry entry, uint64_t one, uint64_t two,
                   const char *text)
{
    uint64_t number[4] = { one, two, two + 1, 0 };
    int count = entry == DIARY_FILE ? 4
                : entry == DIARY_TASK || entry == DIARY_OBJECT ||
                        entry == DIARY_OUTCOME
                    ? 2
                    : 1;

    diary_record(&diary, entry, number, count, text);
}

static void happened(enum event_kind kind, uint32_t task, int32_t object,
                     int64_t value)
{
    struct event event = { .kind = (uint16_t)kind,
                           .task = task,
                           .machine = EVENT_NO_MACHINE,
                           .object = object,
                           .value = value };

    diary_event(&diary, &event);
}

/* The program has ended well, and these are the kinds of events. */
static void expect_diary(const char *kinds)
{
    const struct trace *trace;
    struct strbuf found;

    diary_read_end(reader, 0, OUTCOME_FINISHED);
    trace = diary_read_trace(reader);
    strbuf_init(&found);
    for (size_t i = 0; i < trace_count(trace); i++)
        strbuf_addf(&found, "%s%s", i ? " " : "",
                    event_word(trace_at(trace, i)->kind));
    ck_assert_str_eq(found.text, kinds);
    strbuf_fini(&found);
    diary_read_free(reader);
    munmap(diary.head, DIARY_ROOM);
}

START_TEST(what_makes_no_sense_in_a_diary_is_left_out)
{
    begin_diary();
    record(DIARY_TASK, 0, 1, NULL);
    happened(EVENT_CREATED, 0, 0, 0);
    record(DIARY_NAMED, 9, 0, "nobody");
    record(DIARY_NAMED, 0, 0, "");
    record(DIARY_OUTCOME, 99, 0, "for no reason");
    record(DIARY_OBJECT, 99, 4096, NULL);
    record(DIARY_FILE, 0, 4096, "/nowhere");
    record(DIARY_FILE, 0, 4096, "/nowhere");
    record(DIARY_FILE, 0, 8192, "/elsewhere");
    record(DIARY_PLACE, 4096, 0, NULL);
    happened(EVENT_LOCKED, 0, -1, 0);
    happened(EVENT_LOCKED, 0, 7, 0);
    happened(EVENT_STEP, 7, 0, 0);
    happened(EVENT_STEP, 0, -1, 0);
    happened(EVENT_STEP, 0, 9, 0);
    happened(EVENT_STEP, 0, 0, 0);
    happened(EVENT_DONE, 0, 0, 0);
    expect_diary("start observed created done exit end");
}
END_TEST

static void write_raw(const uint8_t *bytes, size_t length)
{
    memcpy(diary.at, bytes, length);
    diary.at += length;
    atomic_store(&diary.head->used,
                 (uint64_t)(diary.at - (uint8_t *)diary.head));
}

/* Longer than any, with a longer text, with fewer numbers; more than there is. */
START_TEST(nothing_is_read_behind_what_is_no_record)
{
    static const struct {
        size_t length;
        const char *bytes;
    } row[] = {
        { 5000, "\x82\xc0\x26" },
        { 4200, "\x82\x84\x20" },
        { 3, "\x81\x01\x01" },
        { 3, "\x81\x7f\x01" },
    };
    uint8_t bytes[8192];

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        begin_diary();
        record(DIARY_TASK, 0, 1, NULL);
        happened(EVENT_CREATED, 0, 0, 0);
        memset(bytes, 0, sizeof bytes);
        memcpy(bytes, row[i].bytes, 3);
        write_raw(bytes, row[i].length);
        happened(EVENT_DONE, 0, 0, 0);
        expect_diary("start observed created exit end");
    }
}
END_TEST

START_TEST(a_long_diary_gives_its_memory_back)
{
    const struct trace *trace;
    int64_t before;
    char line[1000];

    begin_diary();
    record(DIARY_TASK, 0, 1, NULL);
    for (int i = 0; i < 500000; i++)
        happened(i % 2 ? EVENT_RUN : EVENT_READY, 0, i % 7, 0);
    ck_assert_uint_eq(diary_read_lost(reader), 0);
    before = suite_bytes_on_disk(diary_read_fd(reader));
    diary_read_until(reader, INT64_MAX);
    trace = diary_read_trace(reader);
    ck_assert_uint_eq(trace_count(trace), 500002);
    ck_assert_int_lt(suite_bytes_on_disk(diary_read_fd(reader)), before);
    memset(line, 'x', sizeof line);
    diary_read_say(reader, clock_now_ns(), line, sizeof line);
    ck_assert_uint_eq(strlen(trace_text(trace, 1)), WORKLOAD_SAY_BYTES_MAX);
    atomic_store(&diary.head->used, UINT64_MAX); /* it has gone mad */
    diary_read_end(reader, 0, OUTCOME_FINISHED);
    diary_read_free(reader);
    munmap(diary.head, DIARY_ROOM);
}
END_TEST

/* Its number is as high as may be; where there is none left, that is said. */
START_TEST(few_descriptors_are_enough_for_a_diary)
{
    struct diag diag = { .message = "" };
    struct rlimit few;
    int copy[30], copies = 0;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &few), 0);
    few.rlim_cur = 100;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    begin_diary();
    ck_assert_int_ge(diary_read_fd(reader), 84);
    expect_diary("start observed exit end");
    few.rlim_cur = 30;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    begin_diary();
    while ((copy[copies] = dup(0)) >= 0)
        copies++;
    diary_read_free(reader);
    ck_assert_ptr_null(diary_read_new("test", NULL, &diary_info, NULL, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "Too many open files"));
    while (copies-- > 0) /* whoever looks for leaks needs some, too */
        close(copy[copies]);
    munmap(diary.head, DIARY_ROOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diary");
    TCase *tcase = tcase_create("diary");

    tcase_add_test(tcase, what_makes_no_sense_in_a_diary_is_left_out);
    tcase_add_test(tcase, nothing_is_read_behind_what_is_no_record);
    tcase_add_test(tcase, a_long_diary_gives_its_memory_back);
    tcase_add_test(tcase, few_descriptors_are_enough_for_a_diary);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
