/*
 * A tape gives back what was put on it, and whatever becomes of its file, what
 * is read of it is a part of that.
 */
#include "tests/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/programs/program_source.h"
#include "sched/programs/programs.h"
#include "sched/run/executor.h"
#include "sched/tape/crc32c.h"
#include "sched/tape/tape_block.h"
#include "sched/tape/tape_file.h"
#include "sched/tape/tape_record.h"
#include "sched/tape/tape_writer.h"
#include "sched/trace/event_code.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"
#include "tests/sched/parsed.h"
#include "tests/sched/random_workload.h"

enum {
    RANDOM_RUNS = 1000,
    LONG_RUN = 40000, /* events: several blocks */
    MANY = 400000,    /* of a writer that is killed */
    FAST_BYTES = 1 << 30,
    KILLS = 10, /* or CONCVIZ_TEST_KILLS (make check-kill: 300) */
};

static char path[] = "/tmp/tape_test-XXXXXX";

static void choose_path(void)
{
    strcpy(path + sizeof path - 7, "XXXXXX");
    close(mkstemp(path));
    unlink(path);
}

static void remove_path(void)
{
    unlink(path);
}

/* --- runs ----------------------------------------------------------------- */

static struct trace *run(const struct workload *workload, const char *mode,
                         uint64_t seed)
{
    const struct executor *executor = executor_find(mode);
    struct run_options options;
    struct diag diag = { .message = "" };
    struct trace *trace;

    executor_defaults(&options, executor, workload);
    options.model = true;
    options.seed = seed;
    options.machines = executor->mode->traits & PARALLEL ? 1 + (int)(seed % 4)
                                                         : 1;
    trace = executor_trace(executor, workload, &options);
    executor_run(executor, workload, &options, trace, &diag);
    return trace;
}

static void save(const struct trace *trace)
{
    struct diag diag = { .message = "" };

    unlink(path);
    ck_assert_msg(tape_file_save(trace, path, &diag) == 0, "%s", diag.message);
}

static struct tape_file *reopen(void)
{
    struct diag diag = { .message = "" };
    struct tape_file *tape = tape_file_open(path, &diag);

    ck_assert_msg(tape != NULL, "%s", diag.message);
    return tape;
}

static bool same_event(const struct trace *one, const struct trace *other,
                       size_t index)
{
    return memcmp(trace_at(one, index), trace_at(other, index),
                  sizeof(struct event)) == 0;
}

/* The first event that is another one or missing; as many as there are: none. */
static size_t first_other(const struct trace *one, const struct trace *other)
{
    size_t i = 0;

    while (i < trace_count(one) && i < trace_count(other) &&
           same_event(one, other, i))
        i++;
    return i;
}

static void expect_same(const struct trace *one, const struct trace *other)
{
    const struct trace_info *a = trace_info(one), *b = trace_info(other);

    ck_assert_uint_eq(trace_count(one), trace_count(other));
    ck_assert_uint_eq(first_other(one, other), trace_count(one));
    ck_assert_int_eq(trace_texts(one), trace_texts(other));
    for (int i = 1; i <= trace_texts(one); i++)
        ck_assert_str_eq(trace_text(one, i), trace_text(other, i));
    ck_assert_str_eq(a->mode, b->mode);
    ck_assert_str_eq(a->policy, b->policy);
    ck_assert(a->real == b->real && a->machines == b->machines &&
              a->slice_ns == b->slice_ns && a->gil_ns == b->gil_ns &&
              a->switch_cost_ns == b->switch_cost_ns &&
              a->lines_own == b->lines_own &&
              a->preempted_last == b->preempted_last &&
              a->seeded == b->seeded && a->seed == b->seed &&
              a->limit_ns == b->limit_ns && a->recorded_ns == b->recorded_ns);
}

static void expect_same_workload(const struct workload *one,
                                 const struct workload *other)
{
    ck_assert_str_eq(one->name, other->name);
    ck_assert_str_eq(one->file, other->file);
    ck_assert_str_eq(one->source, other->source);
    ck_assert_uint_eq(one->task_count, other->task_count);
    for (size_t i = 0; i < one->task_count; i++)
        ck_assert_str_eq(one->task[i].name, other->task[i].name);
}

static void remarks_of(const struct tape_file *tape, const char *expected)
{
    struct strbuf remarks;

    strbuf_init(&remarks);
    tape_file_remarks(tape, &remarks);
    ck_assert_str_eq(remarks.text, expected);
    strbuf_fini(&remarks);
}

static void expect_round_trip(const struct trace *trace)
{
    struct tape_file *tape;

    save(trace);
    tape = reopen();
    expect_same(trace, tape_file_trace(tape));
    expect_same_workload(trace_workload(trace),
                         trace_workload(tape_file_trace(tape)));
    remarks_of(tape, "");
    tape_file_close(tape);
}

/* --- tests ---------------------------------------------------------------- */

START_TEST(every_number_comes_back)
{
    uint8_t bytes[EVENT_CODE_NUMBER_MAX];

    for (unsigned bit = 0; bit < 64; bit++)
        for (int less = 0; less < 3; less++) {
            uint64_t number = (UINT64_C(1) << bit) - (uint64_t)less, read;
            uint8_t *end = event_code_put_number(bytes, number);

            ck_assert_ptr_eq(event_code_get_number(bytes, end, &read), end);
            ck_assert_uint_eq(read, number);
            ck_assert_ptr_null(event_code_get_number(bytes, end - 1, &read));
        }
    memset(bytes, 0xff, sizeof bytes);
    ck_assert_ptr_null(
        event_code_get_number(bytes, bytes + sizeof bytes, &(uint64_t){ 0 }));
}
END_TEST

START_TEST(an_event_of_any_fields_comes_back)
{
    static const int64_t value[] = { 0, -1, 1, INT64_MIN, INT64_MAX, 1000 };
    static struct event_code written, read;
    uint8_t bytes[EVENT_CODE_MAX];
    uint64_t random = 1;

    event_code_init(&written);
    event_code_init(&read);
    for (int i = 0; i < 100000; i++) {
        uint64_t dice = random_next(&random);
        struct event event = {
            .t_ns = written.t_ns + (int64_t)(dice % 3 ? dice >> 40 : 0),
            .value = value[dice % 6],
            .task = (uint32_t)(dice % 7 ? dice % 5 : UINT32_MAX),
            .object = (int32_t)(dice % 11 ? 0 : dice >> 32),
            .kind = (uint16_t)(dice >> 7) % EVENT_KINDS,
            .machine = (uint16_t)(dice % 13 ? dice % 2 : UINT16_MAX),
            .spare = (uint32_t)(dice % 17 ? 0 : dice >> 32),
        };
        struct event again;
        uint8_t *end = event_code_put(&written, bytes, &event);

        ck_assert_int_le(end - bytes, EVENT_CODE_MAX);
        ck_assert_ptr_eq(event_code_get(&read, bytes, end, &again), end);
        ck_assert_mem_eq(&event, &again, sizeof event);
    }
}
END_TEST

START_TEST(random_runs_come_back)
{
    for (uint64_t seed = 0; seed < RANDOM_RUNS; seed++) {
        struct strbuf text;
        struct workload *workload;
        struct trace *trace;

        strbuf_init(&text);
        random_workload(&text, seed);
        workload = parsed_as("tape.work", "tape", text.text);
        trace = run(workload, mode_table[seed % MODE_COUNT].name, seed);
        expect_round_trip(trace);
        trace_free(trace);
        workload_free(workload);
        strbuf_fini(&text);
    }
    remove_path();
}
END_TEST

START_TEST(a_program_in_c_comes_back_with_what_it_said)
{
    for (const struct program_entry *entry = program_table; entry->name;
         entry++) {
        struct workload *workload;
        struct trace *trace;

        if (!entry->source)
            continue;
        workload = program_source_make(entry->source, entry->small);
        trace = run(workload, "coroutine", 1);
        expect_round_trip(trace);
        trace_free(trace);
        workload_free(workload);
    }
    remove_path();
}
END_TEST

START_TEST(names_alone_come_back)
{
    static const struct trace_info info = { .mode = "parallel",
                                            .policy = "fifo",
                                            .real = true,
                                            .machines = 2,
                                            .machine_name = "there",
                                            .command = "perf sched",
                                            .imported = "perf script" };
    struct definitions *names = definitions_new("kernel");
    const struct workload *workload;
    const struct trace_info *read;
    struct tape_file *tape;
    struct trace *trace;

    definitions_add(names, ARRAY_TASK, "worker");
    definitions_add(names, ARRAY_TASK, "worker");
    definitions_add(names, ARRAY_SHARED, "sum");
    definitions_add(names, ARRAY_CHANNEL, "pipe");
    definitions_add(names, ARRAY_BARRIER, "gate");
    definitions_add(names, ARRAY_LOCK, "cup");
    definitions_add(names, ARRAY_SEMAPHORE, "seats");
    definitions_add(names, ARRAY_CONDITION, "full");
    definitions_add(names, ARRAY_RWLOCK, "table");
    trace = trace_new(definitions_workload(names), &info);
    trace_add(trace, (struct event){ .kind = EVENT_START, .value = 2 });
    save(trace);
    tape = reopen();
    expect_same(trace, tape_file_trace(tape));
    workload = trace_workload(tape_file_trace(tape));
    ck_assert_uint_eq(workload->task_count, 2);
    ck_assert_str_eq(workload->task[1].name, "worker-2");
    ck_assert_str_eq(workload->shared[0].name, "sum");
    ck_assert_str_eq(workload->channel[0].name, "pipe");
    ck_assert_str_eq(workload->barrier[0].name, "gate");
    ck_assert_str_eq(workload->lock[0], "cup");
    ck_assert_str_eq(workload->semaphore[0].name, "seats");
    ck_assert_str_eq(workload->condition[0], "full");
    ck_assert_str_eq(workload->rwlock[0].name, "table");
    read = trace_info(tape_file_trace(tape));
    ck_assert_str_eq(read->machine_name, "there");
    ck_assert_str_eq(read->command, "perf sched");
    ck_assert_str_eq(read->imported, "perf script");
    tape_file_close(tape);
    trace_free(trace);
    definitions_free(names);
    remove_path();
}
END_TEST

/* --- files that were damaged ---------------------------------------------- */

static struct workload *long_workload(void)
{
    return parsed_as("tape.work", "tape",
                     "task A B C: repeat 6000 (cpu 1, yield), sleep 5\n");
}

static void write_at(size_t offset, const void *bytes, size_t length)
{
    int fd = open(path, O_WRONLY);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pwrite(fd, bytes, length, (off_t)offset), (int)length);
    close(fd);
}

/* The rest of the run is read: its beginning and its end. */
static void expect_left_out(const struct trace *trace, int blocks)
{
    struct tape_file *tape = reopen();
    const struct trace *read = tape_file_trace(tape);
    size_t left = trace_count(read), same = 0;
    char expected[80];

    snprintf(expected, sizeof expected,
             "damaged parts of the recording that were left out: %d\n", blocks);
    remarks_of(tape, expected);
    ck_assert_uint_gt(left, trace_count(trace) / 10);
    ck_assert_uint_lt(left, trace_count(trace));
    while (same < left && same_event(trace, read, same))
        same++;
    ck_assert_uint_lt(same, left);
    for (size_t i = same; i < left; i++)
        ck_assert_mem_eq(trace_at(read, i),
                         trace_at(trace, trace_count(trace) - left + i),
                         sizeof(struct event));
    tape_file_close(tape);
}

START_TEST(a_damaged_block_is_left_out_and_told)
{
    static const char lost[2 * TAPE_BLOCK_BYTES];
    struct workload *workload = long_workload();
    struct trace *trace = run(workload, "threads", 1);

    ck_assert_uint_gt(trace_count(trace), LONG_RUN);
    save(trace);
    ck_assert_uint_lt(suite_bytes(path), 6 * trace_count(trace));
    ck_assert_uint_gt(suite_bytes(path), 4 * TAPE_BLOCK_BYTES);
    write_at(TAPE_BLOCK_BYTES + 5000, "?", 1);
    expect_left_out(trace, 1);
    write_at(TAPE_BLOCK_BYTES, lost, TAPE_BLOCK_BYTES);
    expect_left_out(trace, 1);
    write_at(TAPE_BLOCK_BYTES, lost, 2 * TAPE_BLOCK_BYTES);
    expect_left_out(trace, 2);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* One that is another, one without its first bytes, and one that was not sealed
 * and in which nothing makes sense. */
START_TEST(a_block_of_something_else_is_left_out_and_told)
{
    static const uint8_t record[] = { 0x90, 0xff, 0xff, 0xff, 0x7f };
    static const struct {
        size_t at, length;
        const char *bytes;
    } spoilt[] = {
        { 12, 4, "\7\0\0\0" },
        { 0, 4, "\0\0\0\0" },
        { 4, 4, "\0\0\0\0" },
    };
    struct workload *workload = long_workload();
    struct trace *trace = run(workload, "threads", 1);

    for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; i++) {
        save(trace);
        write_at(2 * TAPE_BLOCK_BYTES + spoilt[i].at, spoilt[i].bytes,
                 spoilt[i].length);
        write_at(2 * TAPE_BLOCK_BYTES + TAPE_BLOCK_HEAD_BYTES, record,
                 sizeof record);
        expect_left_out(trace, 1);
    }
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* As long as they are where nothing was written, the system passes over them. */
static void make_hole(size_t first, size_t blocks)
{
    size_t size = suite_bytes(path),
           behind = (first + blocks) * TAPE_BLOCK_BYTES;
    char *whole = malloc(size);
    int fd = open(path, O_RDWR);

    ck_assert(read(fd, whole, size) == (ssize_t)size);
    ck_assert_int_eq(ftruncate(fd, (off_t)(first * TAPE_BLOCK_BYTES)), 0);
    close(fd);
    write_at(behind, whole + behind, size - behind);
    free(whole);
}

START_TEST(blocks_that_were_never_written_are_passed_over)
{
    struct workload *workload = long_workload();
    struct trace *trace = run(workload, "threads", 1);

    save(trace);
    make_hole(1, 2);
    expect_left_out(trace, 2);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* More than a writer makes ready ahead of itself, or more than anybody could
 * look through. */
START_TEST(a_hole_of_any_size_is_passed_over)
{
    enum {
        HOLE = TAPE_BLOCK_WINDOW + 4
    };
    static const char lost[HOLE * TAPE_BLOCK_BYTES];
    struct workload *workload = parsed_as(
        "tape.work", "tape",
        "task A B C: repeat 60000 (cpu 1, yield), sleep 5\n");
    struct trace *trace = run(workload, "threads", 1);
    struct tape_file *tape;

    save(trace);
    ck_assert_uint_gt(suite_bytes(path), 2 * sizeof lost);
    write_at(TAPE_BLOCK_BYTES, lost, sizeof lost);
    expect_left_out(trace, HOLE);
    ck_assert_int_eq(truncate(path, 2 * TAPE_BLOCK_BYTES), 0);
    ck_assert_int_eq(truncate(path, INT64_C(1) << 42), 0);
    tape = reopen();
    remarks_of(tape, "damaged parts of the recording that were left out: 2\n");
    tape_file_close(tape);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* Names of all kinds, of which one is changed, and a text. */
static void save_names(void)
{
    static const struct trace_info info = {
        .mode = "parallel", .policy = "fifo", .machines = 2, .program = "./prog"
    };
    struct definitions *names = definitions_new("names");
    struct trace *trace;

    definitions_set_listing(names, "names.c", "int main(void)\n");
    for (int kind = 0; kind <= ARRAY_RWLOCK; kind++) {
        char name[300];

        memset(name, 'n', sizeof name - 1); /* longer than is read */
        name[sizeof name - 1] = '\0';
        definitions_add(names, (enum array_kind)kind, name);
    }
    definitions_workload(names);
    definitions_rename(names, 0, "another");
    trace = trace_new(definitions_workload(names), &info);
    trace_add(trace, (struct event){ .kind = EVENT_START, .value = 2 });
    trace_add(trace, (struct event){ .kind = EVENT_SAY,
                                     .value = trace_add_text(trace, "so") });
    save(trace);
    trace_free(trace);
    definitions_free(names);
}

/* Its writer was killed before the block had its magic bytes. */
START_TEST(a_block_that_was_not_yet_begun_is_no_damage)
{
    static const char room[TAPE_BLOCK_BYTES];
    struct workload *workload = long_workload();
    struct trace *trace = run(workload, "threads", 1);
    struct tape_file *tape;
    size_t blocks;

    save(trace);
    blocks = (suite_bytes(path) + TAPE_BLOCK_BYTES - 1) / TAPE_BLOCK_BYTES;
    write_at(blocks * TAPE_BLOCK_BYTES, room, sizeof room);
    for (size_t i = 0; i < 2; i++) {
        uint8_t fixed[4];

        tape_head_put_fixed(fixed, 4, i ? TAPE_BLOCK_HEAD_BYTES : blocks);
        write_at(blocks * TAPE_BLOCK_BYTES + (i ? 16 : 12), fixed, 4);
        tape = reopen();
        expect_same(trace, tape_file_trace(tape));
        remarks_of(tape, "");
        tape_file_close(tape);
    }
    save_names(); /* and the first of all */
    ck_assert_int_eq(truncate(path, TAPE_HEAD_BYTES), 0);
    write_at(TAPE_HEAD_BYTES, room, sizeof room);
    tape = reopen();
    ck_assert_uint_eq(trace_count(tape_file_trace(tape)), 0);
    remarks_of(tape, "");
    tape_file_close(tape);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* About 10 KiB; returns its run. */
static struct trace *save_small(const struct workload *workload)
{
    struct trace *trace = run(workload, "parallel", 3);

    save(trace);
    ck_assert_uint_gt(suite_bytes(path), 9 * 1024);
    ck_assert_uint_lt(suite_bytes(path), 12 * 1024);
    return trace;
}

static struct workload *small_workload(void)
{
    return parsed_as(
        "tape.work", "tape",
        "shared n = 0\n"
        "task A B C D: repeat 25 (read n, cpu 3, lock m, write n+1,"
        " unlock m, say \"so\", sleep 2)\n");
}

/* Whatever was read can be indexed. */
static void use(const struct tape_file *tape)
{
    struct history *history = history_new(tape_file_trace(tape));

    history_update(history);
    history_free(history);
}

START_TEST(a_tape_cut_anywhere_is_its_beginning)
{
    struct workload *workload = small_workload();
    struct trace *trace = save_small(workload);
    size_t most = trace_count(trace);
    bool opened = true;

    for (size_t size = suite_bytes(path); size > 0; size--) {
        struct diag diag = { .message = "" };
        struct tape_file *tape;

        ck_assert_int_eq(truncate(path, (off_t)(size - 1)), 0);
        tape = tape_file_open(path, &diag);
        if (!tape) {
            ck_assert_str_ne(diag.message, "");
            opened = false;
            continue;
        }
        ck_assert_msg(opened, "%zu bytes are enough, but not %zu", size, size);
        remarks_of(tape, size - 1 > TAPE_HEAD_BYTES
                             ? "the recording ends in the middle: it was cut "
                               "off\n"
                             : "");
        ck_assert_uint_le(trace_count(tape_file_trace(tape)), most);
        most = trace_count(tape_file_trace(tape));
        for (size_t i = most > 3 ? most - 3 : 0; i < most; i++)
            ck_assert(same_event(trace, tape_file_trace(tape), i));
        tape_file_close(tape);
    }
    ck_assert(!opened && most == 0);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

static void flip_each_byte(unsigned char mask)
{
    size_t size = suite_bytes(path);
    unsigned char *whole = malloc(size);
    int fd = open(path, O_RDONLY);

    ck_assert(read(fd, whole, size) == (ssize_t)size);
    close(fd);
    for (size_t i = 0; i < size; i++) {
        unsigned char flipped = whole[i] ^ mask;
        struct diag diag = { .message = "" };
        struct tape_file *tape;

        write_at(i, &flipped, 1);
        tape = tape_file_open(path, &diag);
        if (tape)
            use(tape);
        else
            ck_assert_str_ne(diag.message, "");
        tape_file_close(tape);
        write_at(i, &whole[i], 1);
    }
    free(whole);
}

START_TEST(a_tape_with_any_wrong_byte_is_harmless)
{
    struct workload *workload = small_workload();
    struct trace *trace = save_small(workload);

    flip_each_byte(0xff);
    /* And as it would be if its writer had been killed: without a check sum. */
    write_at(TAPE_HEAD_BYTES + 4, "\0\0\0", 4);
    flip_each_byte(0x11);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* A sum says that nothing was damaged, not that who wrote it meant well. */
static void write_head(uint8_t head[TAPE_HEAD_BYTES], uint32_t used)
{
    tape_head_put_fixed(head + 24, 4, used);
    tape_head_put_fixed(head + 20, 4, crc32c(head + 24, used - 24));
    write_at(0, head, TAPE_HEAD_BYTES);
}

static void read_head(uint8_t head[TAPE_HEAD_BYTES])
{
    int fd = open(path, O_RDONLY);

    ck_assert_int_eq(read(fd, head, TAPE_HEAD_BYTES), TAPE_HEAD_BYTES);
    close(fd);
}

static void try_to_open(void)
{
    struct diag diag = { .message = "" };
    struct tape_file *tape = tape_file_open(path, &diag);

    ck_assert(tape || diag.message[0]);
    if (tape)
        use(tape);
    tape_file_close(tape);
}

static void wrong_heads(void)
{
    static const uint8_t wrong[] = { 0x01, 0x80, 0xff };
    uint8_t head[TAPE_HEAD_BYTES];
    uint32_t used;

    read_head(head);
    used = (uint32_t)tape_head_fixed(head + 24, 4);
    for (uint32_t i = 28; i < used; i++)
        for (size_t k = 0; k < sizeof wrong; k++) {
            head[i] ^= wrong[k];
            write_head(head, used);
            try_to_open();
            head[i] ^= wrong[k];
        }
    for (uint32_t i = 28; i < used; i++) {
        write_head(head, i);
        try_to_open();
    }
    write_head(head, used);
}

START_TEST(a_wrong_head_with_a_right_sum_is_harmless)
{
    struct workload *workload = small_workload();

    trace_free(save_small(workload));
    wrong_heads();
    workload_free(workload);
    save_names();
    wrong_heads();
    remove_path();
}
END_TEST

START_TEST(names_with_any_wrong_byte_are_harmless)
{
    save_names();
    write_at(TAPE_HEAD_BYTES + 4, "\0\0\0", 4);
    for (unsigned mask = 1; mask < 256; mask <<= 3)
        flip_each_byte((unsigned char)mask);
    remove_path();
}
END_TEST

START_TEST(a_head_of_what_no_run_has_is_refused)
{
    static const struct trace_info right = { .mode = "parallel",
                                             .policy = "fifo",
                                             .machines = 2 };
    struct trace_info wrong[] = { right, right, right, right };
    char longest[2000];
    uint8_t bytes[TAPE_HEAD_BYTES];
    struct tape_head head = { .info = right }, read;

    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    head.info.command = head.name = head.file = head.info.program = longest;
    tape_head_put(&head, bytes);
    ck_assert_int_eq(tape_head_get(&read, bytes), TAPE_HEAD_WELL);
    ck_assert_uint_lt(strlen(read.name), sizeof longest - 1);
    wrong[0].mode = "no mode";
    wrong[1].policy = "no policy";
    wrong[2].machines = 0;
    wrong[3].machines = EVENT_NO_MACHINE;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        head = (struct tape_head){ .info = wrong[i] };
        tape_head_put(&head, bytes);
        ck_assert_int_eq(tape_head_get(&read, bytes), TAPE_HEAD_DAMAGED);
    }
}
END_TEST

static void expect_refusal(const char *why)
{
    struct diag diag = { .message = "" };

    ck_assert_ptr_null(tape_file_open(path, &diag));
    ck_assert_str_eq(diag.message, why);
    ck_assert_str_eq(diag.file, path);
}

START_TEST(what_is_no_tape_is_refused_in_a_sentence)
{
    struct workload *workload = small_workload();
    struct diag diag = { .message = "" };

    expect_refusal("there is no such file; check its name");
    trace_free(save_small(workload));
    write_at(8, "\2", 1);
    expect_refusal("this recording has format 2, and this concviz reads format "
                   "1; use the version that made it");
    write_at(8, "\1", 1);
    write_at(40, "?", 1);
    expect_refusal("the beginning of this recording is damaged, so nothing in "
                   "it can be read");
    write_at(0, "task", 4);
    expect_refusal("this is no recording; --record FILE makes one");
    remove_path();
    ck_assert_int_eq(mkdir(path, 0700), 0);
    expect_refusal("this is no recording; --record FILE makes one");
    rmdir(path);
    ck_assert_ptr_null(tape_file_open("/dev/null/x", &diag));
    ck_assert_str_eq(diag.message, "Not a directory");
    workload_free(workload);
}
END_TEST

/* Its text comes first, and nothing is known without it; with several blocks,
 * too. */
START_TEST(a_tape_without_its_workload_is_refused)
{
    static const uint8_t first[] = { TAPE_SAID, TAPE_NAME, TAPE_RENAMED, 0x90 };
    struct workload *workload = small_workload(), *other = long_workload();
    struct trace *trace = run(other, "threads", 1);

    for (size_t i = 0; i < 2 * sizeof first; i++) {
        if (i % 2)
            save(trace);
        else
            trace_free(save_small(workload));
        write_at(TAPE_HEAD_BYTES + 4, "\0\0\0", 4);
        write_at(TAPE_HEAD_BYTES + TAPE_BLOCK_HEAD_BYTES, &first[i / 2], 1);
        expect_refusal("the workload in this recording is damaged, or of "
                       "another version of concviz");
        write_at(TAPE_HEAD_BYTES + TAPE_BLOCK_HEAD_BYTES + 1,
                 "\xff\xff\xff\x7f", 4);
        expect_refusal("the workload in this recording is damaged, or of "
                       "another version of concviz");
    }
    trace_free(trace);
    workload_free(workload);
    workload_free(other);
    remove_path();
}
END_TEST

/* The names are those of a workload that is a text, of one in C that has no size,
 * and of none. */
START_TEST(a_tape_of_a_program_that_is_not_there_is_refused)
{
    static const char *const name[] = { "cafeteria", "primes", "nothing" };
    struct tape_head head = {
        .info = { .mode = "parallel", .policy = "fifo", .machines = 2 },
        .source = TAPE_SOURCE_PROGRAM
    };
    uint8_t bytes[TAPE_HEAD_BYTES];

    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        head.name = name[i];
        tape_head_put(&head, bytes);
        suite_write(path, "");
        write_at(0, bytes, sizeof bytes);
        expect_refusal("this recording is of a program that this concviz does "
                       "not bring along");
    }
}
END_TEST

/* A later version of this format may write kinds and records of its own. */
START_TEST(what_a_later_version_adds_is_passed_over)
{
    struct workload *workload = small_workload();
    struct trace *trace = save_small(workload);
    static const uint8_t later[] = { 0x90,      3,    'n',
                                     'e',       'w',  /* a record */
                                     100,       0x3f, /* an event */
                                     EVENT_END, 0x3f };
    size_t size = suite_bytes(path), used = size - TAPE_HEAD_BYTES;
    uint8_t fixed[4];
    struct tape_file *tape;

    write_at(10, "\7", 1); /* minor */
    write_at(size, later, sizeof later);
    tape_head_put_fixed(fixed, 4, used + sizeof later);
    write_at(TAPE_HEAD_BYTES + 16, fixed, 4);
    write_at(TAPE_HEAD_BYTES + 4, "\0\0\0", 4);
    tape = reopen();
    remarks_of(tape,
               "events of a later version of concviz that were left out: 1\n");
    ck_assert_uint_eq(trace_count(tape_file_trace(tape)),
                      trace_count(trace) + 1);
    tape_file_close(tape);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* --- files that grow ------------------------------------------------------ */

START_TEST(a_tape_is_followed_while_it_is_written)
{
    struct workload *workload = long_workload();
    struct trace *trace = run(workload, "threads", 1);
    size_t count = trace_count(trace), written = 0;
    struct tape_writer *writer;
    struct tape_file *tape;
    struct diag diag;
    int error;

    writer = tape_writer_open(path, true, &error, &diag);
    ck_assert_ptr_nonnull(writer);
    tape_writer_begin(writer, trace);
    tape = reopen();
    ck_assert(!tape_file_follow(tape));
    for (size_t more = 1; written < count; more = more * 2 + 1) {
        for (; more > 0 && written < count; more--)
            tape_writer_add(writer, trace_at(trace, written++));
        more = written;
        ck_assert(tape_file_follow(tape));
        ck_assert_uint_eq(trace_count(tape_file_trace(tape)), written);
        ck_assert(!tape_file_follow(tape));
    }
    ck_assert_int_eq(tape_writer_close(writer), 0);
    ck_assert(!tape_file_follow(tape));
    expect_same(trace, tape_file_trace(tape));
    remarks_of(tape, "");
    tape_file_close(tape);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

static void expect_followed(struct tape_file *tape, size_t events,
                            const char *remarks)
{
    tape_file_follow(tape);
    ck_assert_uint_eq(trace_count(tape_file_trace(tape)), events);
    remarks_of(tape, remarks);
}

/* What was read stays, and what comes is read if it makes sense again. */
START_TEST(a_tape_that_is_spoilt_while_it_is_followed_is_told)
{
    static const char wrong[] = "damaged parts of the recording that were left "
                                "out: 1\n";
    static const uint8_t record[] = { 0x90, 0xff, 0xff, 0xff, 0x7f };
    struct workload *workload = small_workload();
    struct trace *trace = run(workload, "parallel", 3);
    struct tape_writer *writer;
    struct tape_file *tape;
    struct diag diag;
    uint8_t fixed[2];
    size_t used;
    int error, fd;

    writer = tape_writer_open(path, true, &error, &diag);
    tape_writer_begin(writer, trace);
    for (size_t i = 0; i < 100; i++)
        tape_writer_add(writer, trace_at(trace, i));
    tape = reopen();
    write_at(TAPE_HEAD_BYTES + 16, "\x50\0",
             2); /* fewer bytes than were read */
    expect_followed(tape, 100, wrong);
    for (size_t i = 100; i < 200; i++)
        tape_writer_add(writer, trace_at(trace, i));
    expect_followed(tape, 200, "");
    fd = open(path, O_RDONLY);
    ck_assert_int_eq(pread(fd, fixed, 2, TAPE_HEAD_BYTES + 16), 2);
    close(fd);
    used = (size_t)tape_head_fixed(fixed, 2);
    write_at(TAPE_HEAD_BYTES + used, record, sizeof record);
    tape_head_put_fixed(fixed, 2, used + sizeof record);
    write_at(TAPE_HEAD_BYTES + 16, fixed, 2);
    expect_followed(tape, 200, wrong);
    expect_followed(tape, 200, wrong);
    write_at(0, "?", 1);
    for (int i = 0; i < 2; i++)
        expect_followed(tape, 200,
                        "damaged parts of the recording that were left out: 1\n"
                        "the recording ends in the middle: it was cut off\n");
    tape_file_close(tape);
    tape_writer_close(writer);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* More machines are known of, as when somebody else is listened to; an event
 * names a text that is not there, and one is longer than a record. */
START_TEST(what_becomes_known_in_the_middle_comes_back)
{
    static const struct trace_info info = {
        .mode = "parallel", .policy = "fifo", .machines = 2, .program = "./prog"
    };
    struct definitions *names = definitions_new("names");
    struct tape_writer *writer;
    struct tape_file *tape;
    struct event said = { .kind = EVENT_SAY, .value = 9 };
    struct trace *trace;
    struct diag diag;
    char *text = malloc(2 * TAPE_BLOCK_STRING_MAX);
    int error;

    memset(text, 'x', 2 * TAPE_BLOCK_STRING_MAX);
    text[2 * TAPE_BLOCK_STRING_MAX - 1] = '\0';
    definitions_set_listing(names, "names.c", "int main(void)\n");
    definitions_add(names, ARRAY_TASK, "A");
    trace = trace_new(definitions_workload(names), &info);
    writer = tape_writer_open(path, true, &error, &diag);
    tape_writer_begin(writer, trace);
    tape_writer_add(writer, &said);
    trace_set_machines(trace, 5);
    said.value = trace_add_text(trace, text);
    tape_writer_add(writer, &said);
    ck_assert_int_eq(tape_writer_close(writer), 0);
    tape = reopen();
    ck_assert_int_eq(trace_info(tape_file_trace(tape))->machines, 5);
    ck_assert_uint_eq(trace_count(tape_file_trace(tape)), 2);
    ck_assert_int_eq(trace_texts(tape_file_trace(tape)), 1);
    ck_assert_int_eq(*trace_text(tape_file_trace(tape), 1), 'x');
    remarks_of(tape, "");
    tape_file_close(tape);
    trace_free(trace);
    definitions_free(names);
    free(text);
    remove_path();
}
END_TEST

/* Nothing of it was there, so what was there before stays; the same of two
 * traces at once. */
START_TEST(a_run_that_does_not_begin_leaves_the_tape_that_was_there)
{
    struct workload *workload = small_workload();
    struct trace *trace = save_small(workload);
    struct trace *one = trace_new(workload, trace_info(trace));
    struct trace *two = trace_new(workload, trace_info(trace));
    struct tape_record *record;
    struct tape_file *tape;
    struct diag diag;
    int error;

    ck_assert_int_eq(
        tape_writer_close(tape_writer_open(path, true, &error, &diag)), 0);
    tape = reopen();
    expect_same(trace, tape_file_trace(tape));
    tape_file_close(tape);
    record = tape_record_new(path, &diag);
    trace_listen(one, tape_record_listener(record));
    trace_listen(two, tape_record_listener(record));
    for (size_t i = 0; i < trace_count(trace); i++) {
        trace_add(one, *trace_at(trace, i));
        trace_add(two, *trace_at(trace, i));
    }
    tape_record_free(record);
    tape = reopen();
    expect_same(one, tape_file_trace(tape));
    tape_file_close(tape);
    trace_free(one);
    trace_free(two);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

START_TEST(only_a_tape_is_replaced_and_only_if_asked)
{
    struct workload *workload = small_workload();
    struct trace *trace = save_small(workload);
    struct tape_writer *writer;
    struct diag diag;
    int error;

    ck_assert_int_eq(tape_file_save(trace, path, &diag), -EEXIST);
    writer = tape_writer_open(path, true, &error, &diag);
    ck_assert_ptr_nonnull(writer);
    tape_writer_begin(writer, trace);
    ck_assert_int_eq(tape_writer_close(writer), 0);
    tape_file_close(reopen());
    write_at(0, "mine", 4);
    ck_assert_ptr_null(tape_writer_open(path, true, &error, &diag));
    ck_assert_int_eq(error, -EEXIST);
    ck_assert_uint_gt(suite_bytes(path), 4096);
    suite_write(path, "CON");
    ck_assert_ptr_null(tape_writer_open(path, true, &error, &diag));
    ck_assert_int_eq(error, -EEXIST);
    ck_assert_ptr_null(tape_writer_open("/dev/null", true, &error, &diag));
    ck_assert_int_eq(error, -EEXIST);
    trace_free(trace);
    workload_free(workload);
    remove_path();
}
END_TEST

/* Each of its events is another one in turn. */
START_TEST(an_event_that_comes_back_as_another_is_noticed)
{
    struct workload *workload = small_workload();
    struct trace *trace = run(workload, "coroutine", 1);

    for (size_t wrong = 0; wrong < trace_count(trace); wrong++) {
        struct trace *other = trace_new(workload, trace_info(trace));

        for (size_t i = 0; i < trace_count(trace); i++) {
            struct event event = *trace_at(trace, i);

            event.value += i == wrong;
            trace_add(other, event);
        }
        ck_assert_uint_eq(first_other(trace, other), wrong);
        trace_free(other);
    }
    trace_free(trace);
    workload_free(workload);
}
END_TEST

/* --- writers that end ----------------------------------------------------- */

static struct event numbered(int64_t number)
{
    return (struct event){ .t_ns = 10 * number,
                           .value = 7 * number,
                           .task = (uint32_t)(number % 3),
                           .kind = EVENT_RESULT };
}

static const struct trace_info info = { .mode = "coroutine",
                                        .policy = "fifo",
                                        .machines = 1 };

/* Records events, all but those that it keeps back, says in *written how many
 * there are, and does not end. */
static void record(const struct workload *workload, atomic_llong *written,
                   int64_t kept_back)
{
    struct diag diag;
    struct tape_record *record = tape_record_new(path, &diag);
    struct trace *trace = trace_new(workload, &info);

    trace_listen(trace, tape_record_listener(record));
    for (int64_t i = 0; i < MANY; i++) {
        if (i >= kept_back)
            trace_add(trace, numbered(i - kept_back));
        atomic_store(written, i + 1);
    }
    for (;;)
        pause();
}

static void expect_numbered(const struct trace *trace, long long least)
{
    ck_assert_int_ge((long long)trace_count(trace), least);
    for (size_t i = 0; i < trace_count(trace); i++) {
        struct event wanted = numbered((int64_t)i);

        ck_assert_mem_eq(trace_at(trace, i), &wanted, sizeof wanted);
    }
}

/* For this process and those that it forks; give it back with munmap. */
static atomic_llong *shared_count(void)
{
    void *count = mmap(NULL, sizeof(atomic_llong), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    ck_assert(count != MAP_FAILED);
    return count;
}

/* Returns how many events are missing of those that the writer had written. */
static long long kill_after(const struct workload *workload,
                            atomic_llong *written, long long events,
                            int64_t kept_back)
{
    struct tape_file *tape;
    long long missing;
    pid_t child;

    atomic_store(written, 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        record(workload, written, kept_back);
    while (atomic_load(written) < events)
        sched_yield();
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    tape = reopen();
    ck_assert(!tape_file_written(tape));
    missing = atomic_load(written) -
              (long long)trace_count(tape_file_trace(tape));
    expect_numbered(tape_file_trace(tape), 0);
    remarks_of(tape, "");
    tape_file_close(tape);
    return missing;
}

START_TEST(a_writer_that_is_killed_loses_nothing)
{
    const char *wanted = getenv("CONCVIZ_TEST_KILLS");
    struct workload *workload = small_workload();
    atomic_llong *written = shared_count();
    uint64_t random = 1;

    for (int i = 0; i < (wanted ? atoi(wanted) : KILLS); i++)
        ck_assert_int_le(kill_after(workload, written,
                                    1 + (long long)random_below(
                                            &random, i % 3 ? MANY : MANY / 100),
                                    0),
                         0);
    munmap(written, sizeof *written);
    workload_free(workload);
}
END_TEST

START_TEST(a_writer_that_keeps_some_back_is_noticed)
{
    struct workload *workload = small_workload();
    atomic_llong *written = shared_count();

    ck_assert_int_gt(kill_after(workload, written, 1000, 10), 0);
    munmap(written, sizeof *written);
    workload_free(workload);
}
END_TEST

START_TEST(others_know_whether_a_tape_is_still_written)
{
    struct workload *workload = small_workload();
    atomic_llong *written = shared_count();
    struct tape_file *tape;
    struct diag diag;
    pid_t child = fork();
    int error;

    ck_assert_int_ge(child, 0);
    if (child == 0)
        record(workload, written, 0);
    while (atomic_load(written) < 100)
        sched_yield();
    tape = reopen();
    ck_assert(tape_file_written(tape));
    ck_assert_ptr_null(tape_writer_open(path, true, &error, &diag));
    ck_assert_int_eq(error, -EBUSY);
    for (long long least = atomic_load(written), i = 0; i < 10; i++) {
        while (atomic_load(written) < least)
            sched_yield();
        tape_file_follow(tape);
        expect_numbered(tape_file_trace(tape), least);
        least = least + 1000 < MANY ? least + 1000 : MANY;
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ck_assert(!tape_file_written(tape));
    tape_file_close(tape);
    munmap(written, sizeof *written);
    workload_free(workload);
}
END_TEST

/* Writes without a pause, up to FAST_BYTES. */
static void write_fast(const struct workload *workload, atomic_llong *written)
{
    struct rlimit room = { .rlim_cur = FAST_BYTES, .rlim_max = RLIM_INFINITY };
    struct trace *trace = trace_new(workload, &info);
    struct tape_writer *writer;
    struct diag diag;
    int error;

    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &room);
    writer = tape_writer_open(path, true, &error, &diag);
    tape_writer_begin(writer, trace);
    for (int64_t i = 0; tape_writer_error(writer) == 0; i++) {
        struct event event = numbered(i);

        tape_writer_add(writer, &event);
        atomic_store(written, i + 1);
    }
    _exit(0);
}

START_TEST(who_follows_comes_back_while_it_is_written)
{
    struct workload *workload = small_workload();
    atomic_llong *written = shared_count();
    struct tape_file *tape;
    pid_t child = fork();
    size_t read;

    ck_assert_int_ge(child, 0);
    if (child == 0)
        write_fast(workload, written);
    while (atomic_load(written) < 100)
        sched_yield();
    tape = reopen();
    read = trace_count(tape_file_trace(tape));
    while (atomic_load(written) <= (long long)read)
        sched_yield();
    ck_assert(tape_file_follow(tape));
    ck_assert(tape_file_written(tape));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while (tape_file_follow(tape))
        ;
    expect_numbered(tape_file_trace(tape), atomic_load(written));
    remarks_of(tape, "");
    tape_file_close(tape);
    munmap(written, sizeof *written);
    workload_free(workload);
    remove_path();
}
END_TEST

/* Room for three blocks: not for four. */
START_TEST(a_full_disk_ends_the_tape_and_not_the_run)
{
    struct rlimit room = { .rlim_cur = 3 * TAPE_BLOCK_BYTES + 5000,
                           .rlim_max = RLIM_INFINITY };
    struct workload *workload = small_workload();
    struct trace *trace = trace_new(workload, &info);
    struct tape_record *record;
    struct tape_file *tape;
    struct diag diag;

    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &room), 0);
    record = tape_record_new(path, &diag);
    trace_listen(trace, tape_record_listener(record));
    for (int64_t i = 0; i < 100000; i++)
        trace_add(trace, numbered(i));
    ck_assert_int_eq(tape_record_error(record), -EFBIG);
    tape_record_free(record);
    ck_assert_uint_eq(trace_count(trace), 100000);
    tape = reopen();
    expect_numbered(tape_file_trace(tape), 20000);
    ck_assert_uint_gt(suite_bytes(path), 3 * TAPE_BLOCK_BYTES - EVENT_CODE_MAX);
    remarks_of(tape, "");
    tape_file_close(tape);
    trace_free(trace);
    workload_free(workload);
}
END_TEST

/* A block fits, but neither this workload nor what its tasks say does. */
START_TEST(a_full_disk_is_told_wherever_it_is_met)
{
    struct rlimit room = { .rlim_cur = TAPE_BLOCK_BYTES + 5000,
                           .rlim_max = RLIM_INFINITY };
    struct workload *workload = small_workload(), *large;
    struct event said = { .kind = EVENT_SAY, .value = 1000 };
    struct trace *trace = trace_new(workload, &info);
    struct diag diag = { .message = "" };
    struct strbuf text;

    strbuf_init(&text);
    strbuf_adds(&text, "task A: cpu 1\n");
    while (text.length < 3 * TAPE_BLOCK_BYTES)
        strbuf_adds(&text, "# what people write about it\n");
    large = parsed_as("tape.work", "tape", text.text);
    strbuf_clear(&text);
    for (int i = 0; i < 200; i++)
        strbuf_addc(&text, 'x');
    for (int64_t i = 0; i < said.value; i++)
        trace_add_text(trace, text.text);
    trace_add(trace, said);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &room), 0);
    unlink(path);
    ck_assert_int_eq(tape_file_save(trace, path, &diag), -EFBIG);
    ck_assert_ptr_nonnull(strstr(diag.message, "File too large"));
    ck_assert_int_ne(access(path, F_OK), 0);
    trace_free(trace);
    trace = trace_new(large, &info);
    ck_assert_int_eq(tape_file_save(trace, path, &diag), -EFBIG);
    ck_assert_int_ne(access(path, F_OK), 0);
    trace_free(trace);
    workload_free(workload);
    workload_free(large);
    strbuf_fini(&text);
}
END_TEST

/* The run goes on, and is told; nothing is put into a file that is not a tape
 * any more. */
START_TEST(a_file_that_somebody_cuts_ends_the_tape_and_not_the_run)
{
    struct workload *workload = small_workload();
    struct trace *trace = trace_new(workload, &info);
    struct diag diag;
    struct tape_record *record = tape_record_new(path, &diag);

    trace_listen(trace, tape_record_listener(record));
    trace_add(trace, numbered(0));
    ck_assert_int_eq(truncate(path, 0), 0);
    for (int64_t i = 1; i < 100000; i++)
        trace_add(trace, numbered(i));
    ck_assert_int_eq(tape_record_error(record), -ESTALE);
    tape_record_free(record);
    ck_assert_uint_eq(trace_count(trace), 100000);
    ck_assert_uint_eq(suite_bytes(path), 0);
    trace_free(trace);
    workload_free(workload);
}
END_TEST

/* --- faults of others ----------------------------------------------------- */

static volatile sig_atomic_t faults, code;
static volatile char *others; /* a mapped file that was cut short */
static long page;

/* As who restores a terminal does it, and then goes on. */
static void on_fault(int number, siginfo_t *fault, void *state)
{
    (void)state;
    faults++;
    code = fault->si_code;
    if (fault->si_code > 0)
        mmap((void *)(uintptr_t)others, (size_t)page, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    signal(number, SIG_DFL);
}

static void take_faults(void)
{
    struct sigaction action = { .sa_sigaction = on_fault,
                                .sa_flags = SA_SIGINFO };

    faults = 0;
    ck_assert_int_eq(sigaction(SIGBUS, &action, NULL), 0);
}

static struct tape_record *record_one(const char *name, struct trace *trace)
{
    struct diag diag;
    struct tape_record *record = tape_record_new(name, &diag);

    trace_listen(trace, tape_record_listener(record));
    trace_add(trace, numbered(0));
    return record;
}

/* A fault elsewhere, and a signal that somebody sends, go to who had the signal
 * before, once each. */
START_TEST(faults_of_others_are_handed_on)
{
    struct workload *workload = small_workload();
    struct trace *trace = trace_new(workload, &info);
    struct tape_record *record;
    char name[SUITE_PATH];
    int fd = suite_file(name);

    page = sysconf(_SC_PAGESIZE);
    others = mmap(NULL, (size_t)page, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
                  0);
    ck_assert(others != MAP_FAILED);
    take_faults();
    record = record_one(path, trace);
    others[0] = 1; /* the file is empty */
    ck_assert_int_eq(faults, 1);
    ck_assert_int_gt(code, 0);
    ck_assert_int_eq(others[0], 1);
    take_faults();
    tape_record_free(record);
    trace_free(trace);
    trace = trace_new(workload, &info);
    record = record_one(path, trace);
    raise(SIGBUS);
    ck_assert_int_eq(faults, 1);
    ck_assert_int_le(code, 0);
    tape_record_free(record);
    trace_free(trace);
    workload_free(workload);
    close(fd);
}
END_TEST

/* Each has a window of its own; more than are guarded are written as well. */
START_TEST(many_are_recorded_at_once)
{
    enum {
        MANY_TAPES = 20
    };
    struct workload *workload = small_workload();
    struct tape_record *record[MANY_TAPES];
    struct trace *trace[MANY_TAPES];
    char name[MANY_TAPES][SUITE_PATH];
    struct diag diag;

    for (int i = 0; i < MANY_TAPES; i++) {
        close(suite_file(name[i]));
        trace[i] = trace_new(workload, &info);
        record[i] = record_one(name[i], trace[i]);
    }
    ck_assert_int_eq(truncate(name[7], 0), 0);
    for (int i = 0; i < MANY_TAPES; i++)
        for (int64_t j = 1; j < 20000; j++)
            trace_add(trace[i], numbered(j));
    for (int i = 0; i < MANY_TAPES; i++) {
        ck_assert_int_eq(tape_record_error(record[i]), i == 7 ? -ESTALE : 0);
        tape_record_free(record[i]);
        trace_free(trace[i]);
        if (i != 7) {
            struct tape_file *tape = tape_file_open(name[i], &diag);

            expect_numbered(tape_file_trace(tape), 20000);
            tape_file_close(tape);
        }
    }
    workload_free(workload);
}
END_TEST

/* What was read stays. */
START_TEST(a_tape_that_is_cut_while_it_is_followed_is_told)
{
    struct workload *workload = long_workload();
    struct trace *trace = run(workload, "threads", 1);
    struct tape_file *tape;

    for (off_t left = 3 * TAPE_BLOCK_BYTES; left >= 0;
         left -= 3 * TAPE_BLOCK_BYTES) {
        save(trace);
        tape = reopen();
        ck_assert_int_eq(truncate(path, left), 0);
        ck_assert(!tape_file_follow(tape));
        remarks_of(tape, "the recording ends in the middle: it was cut off\n");
        expect_same(trace, tape_file_trace(tape));
        tape_file_close(tape);
    }
    trace_free(trace);
    workload_free(workload);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_tape");
    TCase *tcase = tcase_create("tape");

    tcase_set_timeout(tcase, 300);
    tcase_add_checked_fixture(tcase, choose_path, remove_path);
    tcase_add_test(tcase, every_number_comes_back);
    tcase_add_test(tcase, an_event_of_any_fields_comes_back);
    tcase_add_test(tcase, random_runs_come_back);
    tcase_add_test(tcase, an_event_that_comes_back_as_another_is_noticed);
    tcase_add_test(tcase, a_program_in_c_comes_back_with_what_it_said);
    tcase_add_test(tcase, names_alone_come_back);
    tcase_add_test(tcase, a_damaged_block_is_left_out_and_told);
    tcase_add_test(tcase, a_block_of_something_else_is_left_out_and_told);
    tcase_add_test(tcase, blocks_that_were_never_written_are_passed_over);
    tcase_add_test(tcase, a_hole_of_any_size_is_passed_over);
    tcase_add_test(tcase, a_block_that_was_not_yet_begun_is_no_damage);
    tcase_add_test(tcase, a_tape_cut_anywhere_is_its_beginning);
    tcase_add_test(tcase, a_tape_with_any_wrong_byte_is_harmless);
    tcase_add_test(tcase, a_wrong_head_with_a_right_sum_is_harmless);
    tcase_add_test(tcase, names_with_any_wrong_byte_are_harmless);
    tcase_add_test(tcase, a_head_of_what_no_run_has_is_refused);
    tcase_add_test(tcase, what_is_no_tape_is_refused_in_a_sentence);
    tcase_add_test(tcase, a_tape_without_its_workload_is_refused);
    tcase_add_test(tcase, a_tape_of_a_program_that_is_not_there_is_refused);
    tcase_add_test(tcase, what_a_later_version_adds_is_passed_over);
    tcase_add_test(tcase, a_tape_is_followed_while_it_is_written);
    tcase_add_test(tcase, a_tape_that_is_spoilt_while_it_is_followed_is_told);
    tcase_add_test(tcase, what_becomes_known_in_the_middle_comes_back);
    tcase_add_test(tcase,
                   a_run_that_does_not_begin_leaves_the_tape_that_was_there);
    tcase_add_test(tcase, only_a_tape_is_replaced_and_only_if_asked);
    tcase_add_test(tcase, a_writer_that_is_killed_loses_nothing);
    tcase_add_test(tcase, a_writer_that_keeps_some_back_is_noticed);
    tcase_add_test(tcase, others_know_whether_a_tape_is_still_written);
    tcase_add_test(tcase, who_follows_comes_back_while_it_is_written);
    tcase_add_test(tcase, a_full_disk_ends_the_tape_and_not_the_run);
    tcase_add_test(tcase, a_full_disk_is_told_wherever_it_is_met);
    tcase_add_test(tcase,
                   a_file_that_somebody_cuts_ends_the_tape_and_not_the_run);
    tcase_add_test(tcase, a_tape_that_is_cut_while_it_is_followed_is_told);
    tcase_add_test(tcase, faults_of_others_are_handed_on);
    tcase_add_test(tcase, many_are_recorded_at_once);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
