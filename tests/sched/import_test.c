#include "tests/suite.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/jsonl_follow.h"
#include "sched/exchange/recording.h"
#include "sched/history/history.h"
#include "sched/tape/tape_file.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

static char path[SUITE_PATH];

static void write_bytes(const char *bytes, size_t length)
{
    FILE *file = fdopen(suite_file(path), "w");

    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static struct recording *opened(const char *text)
{
    struct recording *recording;
    struct diag diag = { .message = "" };

    write_bytes(text, strlen(text));
    recording = recording_open(path, &diag);
    ck_assert_msg(recording != NULL, "%s", diag.message);
    return recording;
}

/* "A run@0 done@5; B …", times in microseconds; stays of no time, too. */
static void write_lives(struct strbuf *out, const struct recording *recording)
{
    static const char *const word[STATE_COUNT] = { "absent", "run",     "line",
                                                   "await",  "blocked", "held",
                                                   "stolen", "done" };
    const struct workload *workload = recording_workload(recording);
    struct history *history = history_new(recording_trace(recording));

    history_update(history);
    for (int task = 0; (size_t)task < workload->task_count; task++) {
        strbuf_addf(out, "%s%s", task ? "; " : "", workload->task[task].name);
        for (size_t i = 0; i < history_intervals(history, task); i++) {
            struct interval at = history_interval(history, task, i);

            strbuf_addf(out, " %s@%lld", word[at.state],
                        (long long)(at.from_ns / NS_PER_US));
            if (at.machine >= 0)
                strbuf_addf(out, "/%d", at.machine + 1);
        }
    }
    history_free(history);
}

static void check_lives(struct recording *recording, const char *expected)
{
    struct strbuf lives;

    strbuf_init(&lives);
    write_lives(&lives, recording);
    ck_assert_str_eq(lives.text, expected);
    strbuf_fini(&lives);
}

/* What the file says, and that so many remarks are made. */
static void check_text(const char *text, const char *expected, int remarks)
{
    struct recording *recording = opened(text);
    struct strbuf lines;
    int count = 0;

    check_lives(recording, expected);
    strbuf_init(&lines);
    recording_remarks(recording, &lines);
    for (const char *c = lines.text; *c; c++)
        count += *c == '\n';
    ck_assert_msg(count == remarks, "%d remarks: %s", count, lines.text);
    strbuf_fini(&lines);
    recording_close(recording);
}

static void check_remark(const char *text, const char *part)
{
    struct recording *recording = opened(text);
    struct strbuf lines;

    strbuf_init(&lines);
    recording_remarks(recording, &lines);
    ck_assert_msg(strstr(lines.text, part) != NULL, "%s", lines.text);
    strbuf_fini(&lines);
    recording_close(recording);
}

static void check_refused(const char *bytes, size_t length, const char *part)
{
    struct diag diag;

    write_bytes(bytes, length);
    ck_assert_ptr_null(recording_open(path, &diag));
    ck_assert_msg(strstr(diag.message, part) != NULL, "%s", diag.message);
}

/* --- Chrome --------------------------------------------------------------- */

#define NAME(tid, name)                                                        \
    "{\"ph\":\"M\",\"pid\":1,\"tid\":" #tid                                    \
    ",\"name\":\"thread_name\",\"args\":{\"name\":\"" name "\"}},"
#define X(tid, ts, dur, name)                                                  \
    "{\"ph\":\"X\",\"pid\":1,\"tid\":" #tid ",\"ts\":" #ts ",\"dur\":" #dur    \
    ",\"name\":\"" name "\"}"

START_TEST(slices_of_a_thread_compute)
{
    check_text("[" X(1, 10, 5, "f") "," X(2, 12, 5, "g") "]",
               "thread-1 run@0/1 done@5; thread-2 run@2/2 done@7", 1);
    check_text("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[" NAME(1, "A")
                   X(1, 0, 5, "f") "," X(1, 9, 1, "g") "]}",
               "A run@0/1 await@5 run@9/1 done@10", 0);
}
END_TEST

START_TEST(slices_inside_others_and_behind_them_change_nothing)
{
    check_text("[" NAME(1, "A")
                   X(1, 2, 2, "inner") "," X(1, 0, 6, "outer") "," X(
                       1, 6, 0, "dot") "," X(1, 6, 3, "next") "]",
               "A run@0/1 done@9", 0);
    check_text("[{\"ph\":\"B\",\"pid\":1,\"tid\":1,\"ts\":0,\"name\":\"a\"},"
               "{\"ph\":\"B\",\"pid\":1,\"tid\":1,\"ts\":1,\"name\":\"b\"},"
               "{\"ph\":\"E\",\"pid\":1,\"tid\":1,\"ts\":2},"
               "{\"ph\":\"E\",\"pid\":1,\"tid\":1,\"ts\":3}]",
               "thread run@0/1 done@3", 0);
}
END_TEST

START_TEST(what_takes_no_time_has_been_all_the_same)
{
    check_text("[" X(1, 4, 0, "dot") "," X(1, 9, 0, "dot") "]",
               "thread run@0/1 await@0 run@5/1 done@5", 0);
}
END_TEST

START_TEST(the_outermost_name_is_said)
{
    struct recording *recording = opened(
        "[" NAME(1, "A") X(1, 0, 6, "outer") "," X(1, 2, 2, "inner") "]");
    const struct trace *trace = recording_trace(recording);
    int said = 0;

    for (size_t i = 0; i < trace_count(trace); i++)
        if (trace_at(trace, i)->kind == EVENT_SAY) {
            said++;
            ck_assert_str_eq(trace_said(trace, NULL, trace_at(trace, i)),
                             "outer");
        }
    ck_assert_int_eq(said, 1);
    recording_close(recording);
}
END_TEST

START_TEST(an_open_slice_ends_with_the_trace)
{
    check_text(
        "[{\"ph\":\"B\",\"pid\":1,\"tid\":1,\"ts\":0,\"name\":\"a\"},"
        "{\"ph\":\"E\",\"pid\":1,\"tid\":2,\"ts\":0}," X(2, 3, 4, "b") "]",
        "thread-1 run@0/1 done@7; thread-2 run@3/2 done@7", 3);
}
END_TEST

START_TEST(a_list_may_lack_its_end)
{
    const char *lives = "thread run@0/1 done@5";

    check_text("[" X(1, 0, 5, "f"), lives, 0);
    check_text("[" X(1, 0, 5, "f") ",\n", lives, 0);
    check_text("[" X(1, 0, 5, "f") ",\n]\n", lives, 0);
    check_text("{\"traceEvents\":[" X(1, 0, 5, "f") ",]}", lives, 0);
    check_text("{\"traceEvents\":[" X(1, 0, 5, "f"), lives, 1);
    check_text("\xEF\xBB\xBF [" X(1, 0, 5, "f") "]", lives, 0);
}
END_TEST

START_TEST(what_stands_before_damage_is_read)
{
    const char *lives = "thread run@0/1 done@5";

    check_text("[" X(1, 0, 5, "f") ",\n{\"ph\":\"X\",\"pi", lives, 1);
    check_text("[" X(1, 0, 5, "f") ",\n NaN ]", lives, 1);
    check_remark("[" X(1, 0, 5, "f") ",\n {} NaN ]", ":2:5: this is not JSON");
    check_remark("[" X(1, 0, 5, "f") ",\n {\"ph\":\"X\",\"ts\":1}]",
                 ":2:19: a slice without a duration");
}
END_TEST

START_TEST(times_are_exact_to_the_nanosecond)
{
    struct recording *recording = opened(
        "[" X(1, 1800000000000000.001, 0.002,
              "f") "," X(2, "1800000000000000.0015", 1e-3, "g") "]");
    const struct trace *trace = recording_trace(recording);
    int64_t t_ns[8] = { 0 };
    int runs = 0;

    for (size_t i = 0; i < trace_count(trace); i++)
        if (event_is_place(trace_at(trace, i)->kind))
            t_ns[runs++] = trace_at(trace, i)->t_ns;
    ck_assert_int_eq(runs, 4);
    ck_assert_int_eq(t_ns[0], 0);
    ck_assert_int_eq(t_ns[1], 1);
    ck_assert_int_eq(t_ns[2], 2);
    ck_assert_int_eq(t_ns[3], 2);
    recording_close(recording);
}
END_TEST

START_TEST(events_without_a_usable_time_are_told)
{
    const char *lives = "thread run@0/1 done@5";

    check_text(
        "[" X(1, 0, 5, "f") ",{\"ph\":\"B\",\"pid\":1,\"tid\":1}," X(
            1, "noon", 1, "f") "," X(1, 1e99, 1, "f") "," X(1, 1, -5, "f") "]",
        lives, 2);
}
END_TEST

START_TEST(pids_may_be_anything)
{
    check_text("[{\"ph\":\"X\",\"pid\":\"p\",\"tid\":\"main\",\"ts\":0,"
               "\"dur\":1},{\"ph\":\"X\",\"pid\":-3,\"tid\":-4,\"ts\":0,"
               "\"dur\":1},{\"ph\":\"X\",\"pid\":99999999999999999999,"
               "\"ts\":0,\"dur\":1}]",
               "thread-main run@0/1 done@1; thread--4 run@0/2 done@1; "
               "thread run@0/3 done@1",
               1);
}
END_TEST

START_TEST(names_cannot_move_a_cursor)
{
    check_text("[" NAME(1, "\\u001b[2J\\u202eA\\u0000B") NAME(2, "\xFF")
                   X(1, 0, 1, "f") "," X(2, 0, 1, "f") "]",
               "\uFFFD[2J\uFFFDA?B run@0/1 done@1; \uFFFD run@0/2 done@1", 1);
}
END_TEST

#define STATE(tid, ts, dur, name, cpu)                                         \
    "{\"ph\":\"T\",\"pid\":1,\"tid\":" #tid ",\"ts\":" #ts ",\"dur\":" #dur    \
    ",\"name\":\"" name "\",\"args\":{\"cpu\":" #cpu "}}"

START_TEST(states_of_threads_are_believed)
{
    check_text(
        "[" STATE(1, 0, 5, "Running", 3) "," STATE(1, 5, 2, "R", 0) "," STATE(
            1, 7, 1, "Running",
            1) "," STATE(1, 8, 2, "S", 0) "," STATE(2, 5, 2, "Running",
                                                    3) "," X(1, 0, 9, "f") "]",
        "thread-1 run@0/2 line@5 run@7/1 await@8; "
        "thread-2 run@5/2 done@7",
        0);
}
END_TEST

START_TEST(arrows_wake)
{
    check_text(
        "[" X(1, 0, 5, "f") "," X(2, 0, 1, "g") "," X(
            2, 8, 1,
            "g") ",{\"ph\":\"s\",\"pid\":1,\"tid\":1,\"ts\":3,\"id\":7,"
                 "\"name\":\"n\",\"cat\":\"c\"},{\"ph\":\"f\",\"pid\":1,"
                 "\"tid\":2,\"ts\":8,\"id\":7,\"name\":\"n\",\"cat\":\"c\"}]",
        "thread-1 run@0/1 done@5; "
        "thread-2 run@0/2 await@1 line@3 run@8/1 done@9",
        1);
}
END_TEST

#define ASYNC(phase, id, ts, name)                                             \
    "{\"ph\":\"" phase "\",\"pid\":1,\"tid\":1,\"cat\":\"node\",\"id\":"       \
    "\"" id "\",\"ts\":" #ts ",\"name\":\"" name "\"}"

START_TEST(asynchronous_slices_are_tasks_that_wait)
{
    check_text(
        "[" ASYNC("b", "0x1f", 0, "get") "," ASYNC("e", "0x1f", 9, "get") "]",
        "get run@0 await@0 done@9", 0);
    check_text(
        "[" ASYNC("b", "0x2", 0, "Timeout") "," ASYNC("b", "0x2", 3, "Timeout_CALLBACK") "," ASYNC(
            "b", "0x3", 4,
            "PROMISE") "," ASYNC("b", "0x3", 5,
                                 "PROMISE_CALLBACK") "," ASYNC("e", "0x3", 6,
                                                               "PROMISE_"
                                                               "CALLBACK") "," ASYNC("e",
                                                                                     "0x2",
                                                                                     7,
                                                                                     "Timeou"
                                                                                     "t_"
                                                                                     "CALLBA"
                                                                                     "CK") "," ASYNC("e",
                                                                                                     "0x2",
                                                                                                     8,
                                                                                                     "Timeout") "]",
        "Timeout run@0 await@0 run@3/1 await@5 run@6/1 await@7 done@8; "
        "PROMISE run@4 await@4 run@5/1 await@6 done@8",
        1);
}
END_TEST

/* --- packed --------------------------------------------------------------- */

/* Twice, as gzip files may follow each other. */
static size_t pack(const char *const text[2], char *out, size_t size)
{
    z_stream stream = { .next_out = (Bytef *)out, .avail_out = (uInt)size };

    for (int i = 0; i < 2; i++) {
        char copy[256];

        snprintf(copy, sizeof copy, "%s", text[i]);
        ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
                                      Z_DEFAULT_STRATEGY),
                         Z_OK);
        stream.next_in = (Bytef *)copy;
        stream.avail_in = (uInt)strlen(copy);
        ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
        deflateEnd(&stream);
    }
    return size - stream.avail_out;
}

START_TEST(packed_files_are_unpacked_as_far_as_they_go)
{
    const char *const text[2] = { "[" X(1, 0, 5, "f") ",",
                                  X(1, 7, 1, "f") "]" };
    char packed[1024];
    size_t length = pack(text, packed, sizeof packed);
    struct recording *recording;
    struct diag diag;

    write_bytes(packed, length);
    recording = recording_open(path, &diag);
    ck_assert_ptr_nonnull(recording);
    check_lives(recording, "thread run@0/1 await@5 run@7/1 done@8");
    recording_close(recording);
    for (size_t cut = 0; cut < length; cut++) {
        write_bytes(packed, cut);
        recording = recording_open(path, &diag);
        ck_assert(recording || *diag.message);
        recording_close(recording);
    }
}
END_TEST

START_TEST(packed_files_may_be_padded_but_not_damaged)
{
    const char *const text[2] = { "[" X(1, 0, 5, "f") ",",
                                  X(1, 7, 1, "f") "]" };
    const char *lives = "thread run@0/1 await@5 run@7/1 done@8";
    char packed[1024] = "";
    size_t length = pack(text, packed, sizeof packed);
    struct strbuf lines;
    struct recording *recording;
    struct diag diag;

    memset(packed + length, 0, sizeof packed - length);
    strbuf_init(&lines);
    write_bytes(packed, sizeof packed);
    recording = recording_open(path, &diag);
    check_lives(recording, lives);
    recording_remarks(recording, &lines);
    ck_assert_str_eq(lines.text, "");
    recording_close(recording);
    packed[length - 8] ^= 1; /* the check sum */
    write_bytes(packed, length);
    recording = recording_open(path, &diag);
    ck_assert_ptr_nonnull(recording);
    recording_remarks(recording, &lines);
    ck_assert_ptr_nonnull(strstr(lines.text, "the packed data are damaged"));
    recording_close(recording);
    strbuf_fini(&lines);
}
END_TEST

START_TEST(what_is_a_recording_is_seen_by_its_beginning)
{
    static const struct {
        const char *text;
        bool is;
    } row[] = {
        { "", false },
        { " \t\r\n", false },
        { "task A: cpu 1\n", false },
        { " [", true },
        { "{\"ev\":\"run\"}", true },
        { "{\"traceEvents\":[{\"ev\":1}]}", true },
        { "a 7 [000] 1.0: x\n", true },
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        write_bytes(row[i].text, strlen(row[i].text));
        ck_assert_msg(recording_is(path) == row[i].is, "%s", row[i].text);
    }
    ck_assert(!recording_is("/nowhere/at/all"));
    ck_assert(!recording_is("/dev/null"));
}
END_TEST

/* --- refused -------------------------------------------------------------- */

START_TEST(files_that_say_nothing_are_refused_in_a_line)
{
    char deep[10000];
    struct diag diag;

    check_refused("", 0, "nothing can be read");
    check_refused("hello\n", 6, "no recording that concviz knows");
    check_refused("\xFF\xFE[\0", 4, "UTF-16");
    check_refused("\xFE\xFF\0[", 4, "UTF-16");
    check_refused("x", 1, "no recording that concviz knows");
    check_refused("[]", 2, "nothing in this file");
    check_refused("{\"a\":1}", 7, "nothing in this file");
    check_refused("[\0]", 3, "nothing in this file");
    memset(deep, '\n', sizeof deep);
    check_refused(deep, sizeof deep, "no recording that concviz knows");
    memset(deep, 'x', sizeof deep);
    check_refused(deep, sizeof deep, "no recording that concviz knows");
    memset(deep, '[', sizeof deep);
    check_refused(deep, sizeof deep, "nothing in this file");
    ck_assert_ptr_null(recording_open("/dev/null", &diag));
    ck_assert_ptr_null(recording_open("/nowhere/at/all", &diag));
}
END_TEST

/* --- perf script ---------------------------------------------------------- */

#define SWITCH(cpu, t, prev, pid, state, next, npid)                           \
    "  " prev "  " #pid " [00" #cpu "] 1." t                                   \
    ": sched:sched_switch: prev_comm=" prev " prev_pid=" #pid                  \
    " prev_prio=120 prev_state=" state " ==> next_comm=" next                  \
    " next_pid=" #npid " next_prio=120\n"

START_TEST(switches_of_the_kernel_are_understood)
{
    check_text(SWITCH(1, "000010", "swapper/1", 0, "R", "my prog", 7)
                   SWITCH(1, "000030", "my prog", 7, "R+", "b", 8) SWITCH(
                       1, "000035", "b", 8, "S", "my prog",
                       7) "  my prog  7 [001] 1.000040: sched:sched_wakeup: "
                          "comm=b pid=8 "
                          "prio=120 target_cpu=001\n" SWITCH(
                              1, "000050", "my prog", 7, "X", "b", 8)
                              SWITCH(1, "000060", "b", 8, "D", "swapper/1", 0),
               "my_prog run@0/1 line@20 run@25/1 done@40; "
               "b run@20/1 await@25 line@30 run@40/1 await@50",
               0);
}
END_TEST

START_TEST(older_words_of_perf_are_understood)
{
    check_text("a 7 [000] 5.000001: sched:sched_switch: a:7 [120] S ==> b c:8 "
               "[120]\n"
               "b c 8 [000] 5.000002: sched:sched_wakeup: a:7 [120] success=1 "
               "CPU:000\n"
               "b c 8 [000] 5.000004: sched:sched_switch: b c:8 [120] R ==> "
               "a:7 [120]\n"
               "a 7 [000] 5.000009: sched:sched_switch: a:7 [120] Z ==> "
               "swapper/0:0 [120]\n",
               "a await@0 line@1 run@3/1 done@8; b_c run@0/1 line@3", 0);
}
END_TEST

START_TEST(records_of_switches_are_understood)
{
    check_text("x 0 [000] 0.000000000: PERF_RECORD_COMM: main:10/10\n"
               "main 10/10 [000] 2.000001000: PERF_RECORD_SWITCH IN\n"
               "main 10/10 [000] 2.000002000: PERF_RECORD_FORK(10:11):(10:10)\n"
               "main 10/10 [000] 2.000003000: PERF_RECORD_SWITCH OUT preempt\n"
               "main 10/11 [000] 2.000003000: PERF_RECORD_SWITCH IN\n"
               "main 10/11 [000] 2.000004000: PERF_RECORD_COMM: w 1:10/11\n"
               "w 1 10/11 [000] 2.000005000: "
               "PERF_RECORD_EXIT(10:11):(10:10)\n"
               "main 10/10 [000] 2.000005000: PERF_RECORD_SWITCH IN\n"
               "main 10/10 [000] 2.000009000: PERF_RECORD_SWITCH OUT\n"
               "w 2 10/11 [000] 2.000009000: PERF_RECORD_SWITCH IN\n"
               "w 2 10/11 [000] 2.000010000: PERF_RECORD_SWITCH OUT\n",
               "main run@0/1 line@2 run@4/1 await@8; "
               "w_1 absent@1 run@2/1 done@4; w_2 run@8/1 await@9",
               0);
}
END_TEST

START_TEST(who_is_seen_only_by_others_is_no_task)
{
    check_text(SWITCH(0, "000010", "a", 7, "R", "other", 9)
                   SWITCH(0, "000020", "swapper/0", 0, "R", "a", 7)
                       SWITCH(0, "000030", "a", 7, "S", "other", 9),
               "a line@0 run@10/1 await@20", 0);
}
END_TEST

START_TEST(a_core_that_was_not_seen_to_be_left_is_told)
{
    check_text(SWITCH(0, "000010", "swapper/0", 0, "R", "a", 7)
                   SWITCH(0, "000020", "swapper/0", 0, "R", "b", 8)
                       SWITCH(0, "000030", "b", 8, "S", "a", 7)
                           SWITCH(0, "000040", "a", 7, "S", "swapper/0", 0),
               "a run@0/1 absent@10 run@20/1 await@30; b run@10/1 await@20", 1);
}
END_TEST

/* --- JSON lines ----------------------------------------------------------- */

START_TEST(json_lines_are_understood)
{
    check_text(
        "{\"ev\":\"meta\",\"version\":1,\"clock\":\"monotonic\"}\n"
        "{\"t\":1000,\"ev\":\"created\",\"task\":1,\"name\":\"main\","
        "\"tid\":17}\n"
        "{\"t\":2000,\"ev\":\"run\",\"task\":1}\n"
        "{\"t\":3000,\"ev\":\"created\",\"task\":2,\"name\":\"T\",\"by\":1,"
        "\"tid\":17}\n"
        "{\"t\":4000,\"ev\":\"ready\",\"task\":2}\n"
        "{\"t\":5000,\"ev\":\"ready\",\"task\":1}\n"
        "{\"t\":5000,\"ev\":\"yield\",\"task\":1}\n"
        "{\"t\":6000,\"ev\":\"run\",\"task\":2}\n"
        "{\"t\":7000,\"ev\":\"wait\",\"task\":2,\"on\":\"sleep(0.001)\","
        "\"line\":12}\n"
        "{\"t\":8000,\"ev\":\"run\",\"task\":1}\n"
        "{\"t\":9000,\"ev\":\"wait\",\"task\":1,\"on\":\"task 2\"}\n"
        "\n"
        "{\"t\":1007000,\"ev\":\"ready\",\"task\":2}\n"
        "{\"t\":1008000,\"ev\":\"run\",\"task\":2}\n"
        "{\"t\":1009000,\"ev\":\"done\",\"task\":2,\"how\":\"ok\"}\n",
        "main absent@0 run@1/1 line@4 run@7/1 blocked@8; "
        "T absent@2 line@3 run@5/1 await@6 line@1006 run@1007/1 done@1008",
        0);
}
END_TEST

/* Events of no place, with their fields: "STEP 12; SAY x". */
static void check_told(struct recording *recording, const char *expected)
{
    const struct trace *trace = recording_trace(recording);
    struct strbuf told;

    strbuf_init(&told);
    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        if (event->kind == EVENT_STEP)
            strbuf_addf(&told, "line %d; ", event->object);
        else if (event->kind == EVENT_SAY)
            strbuf_addf(&told, "%s; ", trace_said(trace, NULL, event));
        else if (event->kind == EVENT_HOLD)
            strbuf_addf(&told, "holds %d until %lld; ", event->object,
                        (long long)event->value);
    }
    ck_assert_str_eq(told.text, expected);
    strbuf_fini(&told);
}

START_TEST(lines_say_where_in_the_text_and_how_it_ended)
{
    struct recording *recording = opened(
        "{\"ev\":\"source\",\"text\":\"first\"}\n"
        "{\"ev\":\"source\",\"text\":\"a \\u001b[2J line\"}\n"
        "{\"t\":1000,\"ev\":\"run\",\"task\":1}\n"
        "{\"t\":2000,\"ev\":\"say\",\"task\":1,\"text\":\"hello\"}\n"
        "{\"t\":3000,\"ev\":\"hold\",\"task\":1,\"on\":\"sleep(0.5)\",\"line\":"
        "2}\n"
        "{\"t\":5000,\"ev\":\"run\",\"task\":1}\n"
        "{\"t\":6000,\"ev\":\"done\",\"task\":1,\"how\":\"KeyError: 'x'\"}\n"
        "{\"t\":7000,\"ev\":\"created\",\"task\":2}\n"
        "{\"t\":7000,\"ev\":\"done\",\"task\":2,\"how\":\"cancelled\"}\n");

    check_lives(recording, "task-1 run@0/1 held@2/1 run@4/1 done@5; "
                           "task-2 absent@6 done@6");
    check_told(recording, "hello; line 2; holds 0 until 500002000; "
                          "failed: KeyError: 'x'; cancelled; ");
    ck_assert_str_eq(recording_workload(recording)->listing,
                     "first\na \xEF\xBF\xBD[2J line\n");
    recording_close(recording);
}
END_TEST

START_TEST(a_wrong_line_says_nothing_about_the_next)
{
    check_text("{\"t\":0,\"ev\":\"run\",\"task\":\"a\"}\n"
               "{\"t\":1,\"ev\":\"ru\n"
               "nonsense\n"
               "{\"t\":1,\"ev\":\"dance\",\"task\":\"a\"}\n"
               "[1,2\n"
               "{\"t\":5000,\"ev\":\"done\",\"task\":\"a\"}\n",
               "task-a run@0/1 done@5", 1);
    check_remark("{\"t\":0,\"ev\":\"run\",\"task\":\"a\"}\nnonsense\nmore\n",
                 ":2:1: a line that says nothing known is left out (2 times)");
}
END_TEST

/* What a program has written so far, in the file or pipe of fd. */
static void write_more(int fd, const char *text)
{
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

#define META "{\"ev\":\"meta\",\"mode\":\"threads\"}\n"

START_TEST(lines_are_played_while_they_are_written)
{
    struct recording *recording;
    struct diag diag;
    int fd;

    write_bytes("", 0);
    fd = open(path, O_RDWR);
    write_more(fd,
               META "{\"t\":1000,\"ev\":\"run\",\"task\":\"A\",\"tid\":7}\n");
    recording = recording_open_growing(path, &diag);
    ck_assert_str_eq(trace_info(recording_trace(recording))->mode, "threads");
    check_lives(recording, "");
    ck_assert(recording_written(recording));
    write_more(fd, "{\"t\":90000000,\"ev\":\"done\",\"task\":\"A\"}\n"
                   "{\"t\":2000,\"ev\":\"run\",\"task\":\"B\",\"tid\":9}\n");
    ck_assert(recording_follow(recording));
    check_lives(recording, "task-A run@0/1; task-B run@1/2");
    write_more(fd, "{\"ev\":\"end\"}\n");
    recording_follow(recording);
    ck_assert(recording_follow(recording));
    ck_assert(!recording_written(recording));
    ck_assert(!recording_follow(recording));
    check_lives(recording, "task-A run@0/1 done@89999; task-B run@1/2");
    recording_close(recording);
    close(fd);
}
END_TEST

/* A writer that maps the file has made room; a line of which only the beginning
 * is there is no line yet. */
START_TEST(what_is_not_written_yet_is_not_read)
{
    static const char room[4096];
    struct recording *recording;
    struct diag diag;
    int fd;

    write_bytes(room, sizeof room);
    fd = open(path, O_RDWR);
    write_more(fd, "{\"t\":0,\"ev\":\"run\",\"task\":1}\n{\"t\":5000,\"ev");
    recording = recording_open_growing(path, &diag);
    recording_follow(recording);
    write_more(fd, "\":\"done\",\"task\":1}\n{\"ev\":\"end\"}\n");
    while (recording_written(recording))
        recording_follow(recording);
    check_lives(recording, "task-1 run@0/1 done@5");
    recording_close(recording);
    close(fd);
}
END_TEST

START_TEST(a_pipe_ends_with_its_last_writer)
{
    static const struct trace_info info = { .mode = "coroutine",
                                            .real = true,
                                            .policy = "other" };
    struct recording *recording;
    int end[2];

    ck_assert_int_eq(pipe(end), 0);
    recording = recording_lines(end[0], "pipe", &info);
    recording_follow(recording);
    ck_assert(recording_written(recording));
    write_more(end[1], "{\"t\":0,\"ev\":\"run\",\"task\":1}\n"
                       "{\"t\":5000,\"ev\":\"done\",\"task\":1}");
    close(end[1]);
    while (recording_written(recording))
        recording_follow(recording);
    check_lives(recording, "task-1 run@0/1 done@5");
    recording_close(recording);
}
END_TEST

/* Whoever will write has not come yet, and then has gone. */
START_TEST(a_named_pipe_waits_for_its_writer)
{
    char folder[SUITE_PATH];
    struct recording *recording;
    struct diag diag;
    int fd;

    suite_folder(folder);
    snprintf(path, sizeof path, "%.100s/pipe", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    recording = recording_open_growing(path, &diag);
    ck_assert_ptr_nonnull(recording);
    for (int i = 0; i < 3; i++)
        recording_follow(recording);
    ck_assert(recording_written(recording));
    fd = open(path, O_WRONLY);
    recording_follow(recording); /* there is somebody, with nothing to say */
    write_more(fd, "{\"t\":0,\"ev\":\"run\",\"task\":1}\n");
    recording_follow(recording);
    ck_assert(recording_written(recording));
    close(fd);
    while (recording_written(recording))
        recording_follow(recording);
    check_lives(recording, "task-1 run@0/1");
    recording_close(recording);
}
END_TEST

/* Somebody who holds a lock on all of the file until the other end of the pipe
 * is closed. */
static pid_t lock_file(int until[2])
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int ready[2];
    pid_t child;
    char byte;

    ck_assert(pipe(until) == 0 && pipe(ready) == 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        close(until[1]);
        fcntl(open(path, O_RDWR), F_SETLK, &whole);
        close(ready[1]);
        _exit(read(until[0], &byte, 1) != 0);
    }
    close(until[0]);
    close(ready[1]);
    ck_assert_int_eq(read(ready[0], &byte, 1), 0);
    close(ready[0]);
    return child;
}

START_TEST(a_file_ends_with_who_has_locked_it)
{
    static const char line[] = "{\"t\":0,\"ev\":\"run\",\"task\":1}\n";
    struct recording *recording;
    struct diag diag;
    int until[2];
    pid_t child;

    write_bytes(line, strlen(line));
    child = lock_file(until);
    recording = recording_open_growing(path, &diag);
    recording_follow(recording);
    ck_assert(recording_written(recording));
    close(until[1]);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    recording_follow(recording);
    ck_assert(!recording_written(recording));
    check_lives(recording, "task-1 run@0/1");
    recording_close(recording);
}
END_TEST

START_TEST(what_was_read_of_a_file_can_be_given_back)
{
    static const char line[] = "{\"t\":0,\"ev\":\"run\",\"task\":1}\n";
    struct journal *journal = journal_new("test");
    struct jsonl_follow *follow;
    int64_t before;
    int fd;

    write_bytes("", 0);
    fd = open(path, O_RDWR);
    for (int i = 0; i < 80000; i++)
        write_more(fd, line);
    before = suite_bytes_on_disk(fd);
    follow = jsonl_follow_new(journal, dup(fd));
    jsonl_follow_give_back(follow);
    jsonl_follow_read(follow);
    ck_assert_uint_eq(journal_moments(journal), 80000);
    ck_assert_int_le(suite_bytes_on_disk(fd), before);
    write_more(fd, line);
    jsonl_follow_read(follow);
    ck_assert_uint_eq(journal_moments(journal), 80001);
    jsonl_follow_free(follow);
    journal_free(journal);
    close(fd);
}
END_TEST

START_TEST(what_does_not_grow_is_opened_as_it_is)
{
    struct recording *recording;
    struct diag diag;

    ck_assert_ptr_null(recording_open_growing("/nowhere/at/all", &diag));
    ck_assert_ptr_null(recording_open_growing("/dev/null", &diag));
    ck_assert_ptr_null(recording_open_growing("/", &diag));
    ck_assert_str_eq(diag.message, "this is not a regular file");
    write_bytes("[" X(1, 0, 5, "f") "]", strlen("[" X(1, 0, 5, "f") "]"));
    recording = recording_open_growing(path, &diag);
    check_lives(recording, "thread run@0/1 done@5");
    ck_assert(!recording_follow(recording));
    recording_close(recording);
}
END_TEST

START_TEST(a_run_says_where_it_comes_from)
{
    struct recording *recording = opened("[" X(1, 0, 5, "f") "]");
    const struct trace_info *info = trace_info(recording_trace(recording));

    ck_assert_str_eq(info->imported, "Chrome trace");
    ck_assert(info->real);
    ck_assert_str_eq(info->mode, "threads");
    recording_close(recording);
}
END_TEST

START_TEST(an_imported_run_can_be_kept)
{
    struct strbuf lines;
    struct recording *recording = opened("[" X(1, 0, 5, "f") "]");
    char folder[SUITE_PATH], tape[SUITE_PATH + 8];
    struct diag diag = { .message = "" };

    suite_folder(folder);
    snprintf(tape, sizeof tape, "%s/t.cvt", folder);
    ck_assert_int_eq(tape_file_save(recording_trace(recording), tape, &diag),
                     0);
    recording_close(recording);
    recording = recording_open(tape, &diag);
    ck_assert_msg(recording != NULL, "%s", diag.message);
    ck_assert_str_eq(trace_info(recording_trace(recording))->imported,
                     "Chrome trace");
    check_lives(recording, "thread run@0/1 done@5");
    recording_close(recording);
    ck_assert_int_eq(truncate(tape, (off_t)suite_bytes(tape) - 1), 0);
    recording = recording_open(tape, &diag);
    strbuf_init(&lines);
    recording_remarks(recording, &lines);
    ck_assert_ptr_nonnull(strstr(lines.text, ": the recording ends in the "));
    strbuf_fini(&lines);
    recording_close(recording);
    ck_assert_int_eq(truncate(tape, 100), 0);
    ck_assert_ptr_null(recording_open(tape, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "is damaged"));
}
END_TEST

/* --- what others might write ---------------------------------------------- */

/* ' stands for ". */
struct row {
    const char *text, *lives;
    int remarks;
};

static void check_rows(const struct row *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        char text[2000];

        snprintf(text, sizeof text, "%s", row[i].text);
        for (char *c = text; (c = strchr(c, '\''));)
            *c = '"';
        check_text(text, row[i].lives, row[i].remarks);
    }
}

#define ROWS(row) check_rows(row, sizeof row / sizeof *row)
#define ONE       "[{'ph':'X','pid':1,'tid':1,'ts':0,'dur':5,'name':'f'}"
#define ALONE     "thread run@0/1 done@5"

START_TEST(events_that_lack_something_change_nothing)
{
    static const struct row row[] = {
        { ONE ",{'ph':'E'},{'ph':'i'},{'ph':'T','dur':1},{'ph':'T','ts':1},"
              "{'ph':'T','ts':1,'dur':-1},{'ph':'b'},{'ph':'s'}",
          ALONE, 2 },
        { ONE ",{'ph':'b','ts':1},{'ph':'n','ts':1},{'ph':'i','tid':1,'pid':1,"
              "'ts':2}",
          ALONE, 1 },
        { ONE ",{'ph':'','ts':1},{'ph':'XX','ts':1},{'ph':'Z','ts':1},"
              "{'ph':'M','name':'labels'},{'ph':'M','name':'thread_name'},7,"
              "null,true,'x',[[]]",
          ALONE, 0 },
        { ONE ",{'ph':'f','pid':1,'tid':1,'ts':1,'id':1},"
              "{'ph':'s','pid':1,'tid':1,'ts':3,'id':1},"
              "{'ph':'t','pid':1,'tid':1,'ts':2,'id':1},"
              "{'ph':'f','pid':1,'tid':1,'ts':4,'id':1}",
          ALONE, 0 },
        { "[{'ph':'X','name':'f','ts':0,'dur':5}", ALONE, 0 },
        { "{'otherData':{'runs':[{'mode':'none','kind':'x'}]},'traceEvents'"
          ":" ONE "]}",
          ALONE, 0 },
        { "{'x':{'traceEvents':[1]},'traceEvents':" ONE "]}", ALONE, 0 },
        { ONE ",{'ph':'X','cat':'state','name':'nowhere','ts':1,'dur':1,"
              "'pid':1,'tid':1},{'ph':'B','cat':'state','name':'dancing',"
              "'ts':2,'pid':1,'tid':1},{'ph':'E','ts':3,'pid':1,'tid':1}",
          ALONE, 0 },
    };

    ROWS(row);
}
END_TEST

START_TEST(times_that_are_none_are_told)
{
    static const char *const time[] = {
        "",
        "-",
        ".",
        "1.2.3",
        "1e",
        "1e+",
        "1e-",
        "1x3",
        "1e3x",
        "9e18",
        "1E99999999999",
        "4000000000000001",
    };

    for (size_t i = 0; i < sizeof time / sizeof *time; i++) {
        char text[200];

        snprintf(text, sizeof text, ONE ",{'ph':'B','pid':1,'tid':1,'ts':'%s'}",
                 time[i]);
        check_rows(&(struct row){ text, ALONE, 1 }, 1);
    }
    check_rows(&(struct row){ "[{'ph':'X','ts':'5e-1','dur':'2E+0'},"
                              "{'ph':'X','ts':'1e-99999','dur':0.001}",
                              "thread run@0/1 await@0 run@0/1 done@2", 0 },
               1);
}
END_TEST

START_TEST(asynchronous_slices_are_called_by_any_id)
{
    static const struct row row[] = {
        { "[{'ph':'b','name':'get','ts':0,'id':'x'},"
          "{'ph':'b','name':'get','ts':0,'id':'0xg'},"
          "{'ph':'b','name':'get','ts':0,'id':'0x11112222333344445'},"
          "{'ph':'b','name':'get','ts':0,'id':'0X1'},"
          "{'ph':'S','name':'get','ts':0,'id':'1x'},"
          "{'ph':'F','name':'get','ts':3,'id':'1x'}",
          "get-x run@0 await@0 done@3; get-0xg run@0 await@0 done@3; "
          "get-0x11112222333344445 run@0 await@0 done@3; "
          "get-0X1 run@0 await@0 done@3; get-1x run@0 await@0 done@3",
          1 },
        { "[{'ph':'b','name':'a','ts':0,'id2':{'local':'0x5'}},"
          "{'ph':'b','name':'a','ts':1,'id2':{'global':'6'}},"
          "{'ph':'e','name':'a','ts':2,'id2':{'local':'0x5'}}",
          "a-5 run@0 await@0 done@2; a-6 run@1 await@1 done@2", 1 },
        { "[{'ph':'b','name':'T_CALLBACK','tid':'t','id':1,'ts':0},"
          "{'ph':'e','name':'T_CALLBACK','tid':'t','id':1,'ts':2}",
          "T_CALLBACK run@0/1 done@2", 0 },
    };

    ROWS(row);
}
END_TEST

START_TEST(cores_that_are_none_are_no_machines)
{
    static const struct row row[] = {
        { "[{'ph':'T','ts':0,'dur':2,'name':'Running','args':{'cpu':-1}},"
          "{'ph':'T','ts':2,'dur':2,'name':'Running','args':{'cpu':9999999999}}"
          ","
          "{'ph':'T','ts':4,'dur':2,'name':'Running','args':{'cpu':'x'}},"
          "{'ph':'T','ts':6,'dur':2,'name':'Running'}",
          "thread run@0/1 done@8", 0 },
        { "{'ev':'run','task':1,'t':0,'cpu':-1}\n"
          "{'ev':'run','task':2,'t':0,'cpu':9999999999,'tid':'x'}\n"
          "{'ev':'run','task':3,'t':0,'cpu':'x','tid':1e99}\n"
          "{'ev':'done','task':3,'t':1000,'how':'ok'}\n",
          "task-1 run@0/1; task-2 run@0/2; task-3 run@0/3 done@1", 1 },
        { "a 7 [9999999999] 1.0: PERF_RECORD_SWITCH IN\n"
          "a 7 [x] 1.1: PERF_RECORD_SWITCH OUT\n"
          "a 7 [1 1.2: PERF_RECORD_SWITCH IN\n"
          "a 7 [] 1.3: PERF_RECORD_SWITCH OUT\n"
          "a 7 1.4: PERF_RECORD_SWITCH IN\n"
          "a 7 [-01] 1.5: PERF_RECORD_SWITCH OUT\n",
          "a run@0/1 await@100000 run@200000/1 await@300000 run@400000/1 "
          "await@500000",
          0 },
    };

    ROWS(row);
}
END_TEST

START_TEST(what_concviz_wrote_is_read_with_what_was_waited_for)
{
    static const struct row row[] = {
        { "[{'ph':'M','pid':1,'tid':1,'name':'thread_name','args':{'name':"
          "'A'}},{'ph':'M','pid':1,'tid':2,'name':'thread_name','args':{'name':"
          "'B'}},"
          "{'ph':'B','cat':'state','pid':1,'tid':1,'ts':0,'name':"
          "'held on generator B'},"
          "{'ph':'E','cat':'state','pid':1,'tid':1,'ts':2},"
          "{'ph':'B','cat':'state','pid':1,'tid':1,'ts':2,'name':"
          "'blocked on join B'},"
          "{'ph':'E','cat':'state','pid':1,'tid':1,'ts':3},"
          "{'ph':'B','cat':'state','pid':1,'tid':1,'ts':3,'name':"
          "'blocked on nothing'},"
          "{'ph':'E','cat':'state','pid':1,'tid':1,'ts':4},"
          "{'ph':'B','cat':'state','pid':1,'tid':1,'ts':4,'name':"
          "'held on rope'},"
          "{'ph':'B','cat':'machine','pid':2,'tid':1,'ts':4,'name':'A b'},"
          "{'ph':'B','cat':'state','pid':3,'tid':2,'ts':4,'name':'running'},"
          "{'ph':'B','cat':'state','pid':4,'tid':2,'ts':4,'name':'running'},"
          "{'ph':'B','cat':'state','pid':1,'tid':2,'ts':5,'name':'running'},"
          "{'ph':'E','cat':'state','pid':1,'tid':2,'ts':9}",
          "A held@0 blocked@2 done@3; B run@5 done@9", 1 },
    };

    ROWS(row);
}
END_TEST

START_TEST(slices_come_in_any_order)
{
    static const struct row row[] = {
        { "[{'ph':'X','tid':1,'ts':9,'dur':1,'name':'late'},"
          "{'ph':'X','tid':1,'ts':0,'dur':2,'name':'in'},"
          "{'ph':'X','tid':1,'ts':0,'dur':5,'name':'out'},"
          "{'ph':'X','tid':1,'ts':0,'dur':2,'name':'in'},"
          "{'ph':'i','tid':1,'ts':9},{'ph':'i','tid':1,'ts':9}",
          "thread run@0/1 await@5 run@9/1 done@10", 0 },
        { "[{'ph':'B','cat':'state','tid':1,'ts':0,'name':'running'},"
          "{'ph':'E','cat':'state','tid':1,'ts':3},"
          "{'ph':'B','cat':'state','tid':1,'ts':3,'name':'in line'},"
          "{'ph':'s','tid':2,'ts':3,'id':1,'name':'preemption'},"
          "{'ph':'f','tid':1,'ts':3,'id':1,'name':'preemption'},"
          "{'ph':'f','tid':1,'ts':3,'id':2,'name':'preemption'},"
          "{'ph':'B','cat':'state','tid':2,'ts':3,'name':'running'},"
          "{'ph':'s','tid':1,'ts':3,'id':3,'name':'yield'},"
          "{'ph':'f','tid':2,'ts':3,'id':3,'name':'yield'},"
          "{'ph':'E','cat':'state','tid':1,'ts':4},"
          "{'ph':'E','cat':'state','tid':2,'ts':5}]",
          "thread-1 run@0/1 line@3 done@4; thread-2 run@3/1 done@5", 0 },
    };

    ROWS(row);
}
END_TEST

/* Waiting inside a callback, a callback inside waiting, and again. */
START_TEST(asynchronous_slices_may_be_inside_each_other)
{
    static const struct row row[] = {
        { "[{'ph':'b','name':'a long name','ts':0,'id':1},"
          "{'ph':'b','name':'T_CALLBACK','tid':1,'ts':1,'id':1},"
          "{'ph':'b','name':'g','ts':2,'id':1},"
          "{'ph':'e','name':'g','ts':3,'id':1},"
          "{'ph':'e','name':'T_CALLBACK','tid':1,'ts':4,'id':1},"
          "{'ph':'e','name':'a long name','ts':5,'id':1},"
          "{'ph':'b','name':'again','ts':7,'id':1},"
          "{'ph':'e','name':'again','ts':8,'id':1}]",
          "a_long_name run@0 await@0 run@1/1 await@4 absent@5 await@7 done@8",
          0 },
    };

    ROWS(row);
}
END_TEST

/* All are left with the trace, from within each other. */
START_TEST(callbacks_inside_others_may_never_end)
{
    static const struct row row[] = {
        { "[{'ph':'b','name':'A_CALLBACK','tid':1,'ts':0,'id':1},"
          "{'ph':'b','name':'B_CALLBACK','tid':1,'ts':0,'id':2},"
          "{'ph':'b','name':'C_CALLBACK','tid':1,'ts':0,'id':3},"
          "{'ph':'b','name':'D_CALLBACK','tid':1,'ts':0,'id':4},"
          "{'ph':'b','name':'E_CALLBACK','tid':1,'ts':0,'id':5},"
          "{'ph':'b','name':'F_CALLBACK','tid':1,'ts':2,'id':6}]",
          "A_CALLBACK run@0/1 await@0 done@2; "
          "B_CALLBACK run@0/1 await@0 done@2; "
          "C_CALLBACK run@0/1 await@0 done@2; "
          "D_CALLBACK run@0/1 await@0 done@2; "
          "E_CALLBACK run@0/1 await@2 done@2; "
          "F_CALLBACK run@2/1 done@2",
          1 },
    };

    ROWS(row);
}
END_TEST

/* A core and a thread may have one number. */
START_TEST(cores_are_told_from_threads)
{
    static const struct row row[] = {
        { "[{'ph':'b','name':'T_CALLBACK','tid':1,'id':1,'ts':0},"
          "{'ph':'e','name':'T_CALLBACK','tid':1,'id':1,'ts':5},"
          "{'ph':'T','tid':2,'ts':1,'dur':5,'name':'Running','args':{'cpu':1}}"
          "]",
          "T_CALLBACK run@0/1 done@5; thread run@1/2 done@6", 0 },
    };

    ROWS(row);
}
END_TEST

/* What arrows cannot wake: who runs, who will do nothing any more. */
START_TEST(arrows_wake_only_who_waits)
{
    static const struct row row[] = {
        { "[{'ph':'s','tid':1,'ts':0,'id':1,'name':'a'},"
          "{'ph':'B','tid':1,'ts':0,'name':'f'},"
          "{'ph':'B','tid':2,'ts':0,'name':'g'},"
          "{'ph':'f','tid':2,'ts':1,'id':1,'name':'a'},"
          "{'ph':'E','tid':2,'ts':2},"
          "{'ph':'s','tid':1,'ts':3,'id':1,'name':'a'},"
          "{'ph':'f','tid':2,'ts':4,'id':1,'name':'a'},"
          "{'ph':'s','tid':1,'ts':3,'id':2,'name':'preemption'},"
          "{'ph':'f','tid':2,'ts':4,'id':2,'name':'preemption'},"
          "{'ph':'E','tid':1,'ts':5}]",
          "thread-1 run@0/1 done@5; thread-2 line@0 run@0/2 done@2", 1 },
        { "[{'ph':'B','cat':'state','tid':1,'ts':0,'name':'running'},"
          "{'ph':'B','cat':'state','tid':2,'ts':0,'name':'awaiting'},"
          "{'ph':'B','cat':'machine','pid':2,'tid':1,'ts':0,'name':'x'},"
          "{'ph':'s','tid':1,'ts':1,'id':1,'name':'a'},"
          "{'ph':'f','tid':2,'ts':1,'id':1,'name':'a'},"
          "{'ph':'B','cat':'state','tid':1,'ts':2,'name':'running'},"
          "{'ph':'s','tid':1,'ts':2,'id':2,'name':'a'},"
          "{'ph':'f','tid':2,'ts':2,'id':2,'name':'a'},"
          "{'ph':'B','cat':'state','tid':2,'ts':3,'name':'running'},"
          "{'ph':'s','tid':1,'ts':3,'id':3,'name':'a'},"
          "{'ph':'f','tid':2,'ts':3,'id':3,'name':'a'},"
          "{'ph':'T','tid':2,'ts':3,'dur':4,'name':'Running'},"
          "{'ph':'E','cat':'state','tid':1,'ts':5},"
          "{'ph':'E','cat':'state','tid':2,'ts':5}]",
          "thread-1 run@0 done@5; thread-2 await@0 run@3 done@5", 0 },
    };

    ROWS(row);
}
END_TEST

#define DEEP10    "[[[[[[[[[["
#define DEEP50    DEEP10 DEEP10 DEEP10 DEEP10 DEEP10
#define OBJECTS10 "{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':"
#define OBJECTS50 OBJECTS10 OBJECTS10 OBJECTS10 OBJECTS10 OBJECTS10
#define LONG10    "abcdefghij"
#define LONG70    LONG10 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10

START_TEST(only_so_much_is_looked_into)
{
    static const struct row row[] = {
        { ONE "," DEEP50 DEEP50 DEEP50 DEEP50, ALONE, 1 },
        { ONE "," OBJECTS50 OBJECTS50 OBJECTS50 OBJECTS50, ALONE, 1 },
        { ONE ",\t\r\n ]", ALONE, 0 },
        { ONE ",{'ph':'Z','a':{'b':{'c':{'d':{'e':1}}}},'" LONG70
              "':{'x':{'y':1}},'" LONG10 LONG10 LONG10 LONG10 LONG10
              "':{'" LONG10 "':{'y':1}},'args':[{'name':[1]}],'dur':{}}",
          ALONE, 0 },
    };

    ROWS(row);
}
END_TEST

START_TEST(lines_may_wait_for_anything)
{
    static const struct row row[] = {
        { "{'ev':'created','task':'a','t':0,'name':'A'}\n"
          "{'ev':'created','task':'a','t':0,'name':'B','by':'b'}\n"
          "{'ev':'wait','task':'a','t':1000,'on':'sleep(x)'}\n"
          "{'ev':'wait','task':'a','t':2000,'on':'sleep(-1)'}\n"
          "{'ev':'wait','task':'a','t':3000,'on':'sleep(4e9)'}\n"
          "{'ev':'wait','task':'a','t':4000,'on':'task nobody'}\n"
          "{'ev':'wait','task':'a','t':5000,'on':'GIL'}\n"
          "{'ev':'wait','task':'a','t':6000,'on':'Queue.get 2'}\n"
          "{'ev':'wait','task':'a','t':7000,'on':'Queue.put'}\n"
          "{'ev':'wait','task':'a','t':8000,'on':'a b.c'}\n"
          "{'ev':'wait','task':'a','t':9000,'on':'" LONG70 LONG70
          ".acquire 1'}\n"
          "{'ev':'done','task':'a','t':10000,'how':'pending'}\n"
          "{'ev':'run','task':'a','t':11000}\n",
          "B absent@0 await@1 blocked@4 blocked@5 blocked@6 blocked@7 "
          "blocked@8 blocked@9 done@10",
          0 },
        { "{'ev':'run','task':'a','t':0,'line':0}\n"
          "{'ev':'hold','task':'a','t':1000,'line':-1}\n"
          "{'ev':'hold','task':'a','t':2000,'on':'sleep(9999999)','line':'x'}\n"
          "{'ev':'hold','task':'a','t':3000,'on':'GIL','line':9999999999}\n"
          "{'ev':'hold','task':'a','t':4000,'on':'task a','line':1e99}\n"
          "{'ev':'hold','task':'a','t':5000,'on':'Lock.acquire 1'}\n"
          "{'ev':'ready','task':'a','t':6000,'by':'a'}\n"
          "{'ev':'ready','task':'a','t':6000,'by':'a'}\n"
          "{'ev':'run','task':'a','t':7000}\n"
          "{'ev':'ready','task':'a','t':8000}\n"
          "{'ev':'say','task':'a','t':8000}\n"
          "{'ev':'done','task':'a','t':9000,'how':'never awaited'}\n",
          "task-a run@0/1 held@1/1 held@3/1 held@4/1 held@5/1 line@6 run@7/1 "
          "done@9",
          0 },
        { "{'ev':'run','task':'a','t':0}\n \t\n\n"
          "{'ev':'run','task':'','t':0}\n{'ev':'','task':'a','t':0}\n"
          "{'ev':'run','task':'b'}\n{'ev':'run','task':'b','t':'x'}\n"
          "{'ev':'meta','mode':'none'}\n[]\n{'ev':\n"
          "{'ev':'done','task':'a','t':5000}\r\n{'ev':'end'}",
          "task-a run@0/1 done@5", 3 },
    };

    ROWS(row);
}
END_TEST

START_TEST(lines_of_perf_may_lack_anything)
{
    static const struct row row[] = {
        { "a 7 [000] 1.000001: PERF_RECORD_SWITCH IN\n"
          ": 1.5:x .5: 1.: a:1.2: [1] 1.0: x\n"
          "a x [000] 1.000002: PERF_RECORD_SWITCH OUT\n"
          "9 [000] 1.000002: sched:other: x\n"
          "a 7 [000] 1.000002: PERF_RECORD_SWITCH NOWHERE\n"
          "a 7 [000] 1.000002: PERF_RECORD_FORK(1:2)\n"
          "a 7 [000] 1.000002: PERF_RECORD_EXIT(x)\n"
          "a 7 [000] 1.000002: PERF_RECORD_COMM\n"
          "a 7 [000] 1.000002: PERF_RECORD_COMM: x/7\n"
          "a 7 [000] 1.000002: PERF_RECORD_COMM: x:7/y\n"
          "a 7 [000] 1.000002: sched:sched_switch: nothing\n"
          "a 7 [000] 1.000002: sched:sched_switch: prev_pid=7 ==> b\n"
          "a 7 [000] 1.000002: sched:sched_switch: prev_pid=x ==> "
          "next_pid=8\n"
          "a 7 [000] 1.000002: sched:sched_switch: a7 [1] ==> b:8 [1]\n"
          "a 7 [000] 1.000002: sched:sched_switch: a:x [1] ==> b:8 [1]\n"
          "a 7 [000] 1.000002: sched:sched_switch: a:7 [1]==> :8 [1]\n"
          "a 7 [000] 1.000002: sched:sched_wakeup: b\n"
          "a 7 [000] 1.000002: sched:sched_process_fork: comm=a\n"
          "a 7 [000] 1.000002: PERF_RECORD_COMM exec: x/7\n"
          "5: x\n7.5: x\n"
          "7/7 [000] 1.000003: x\n"
          "a 7 [000] 1.000005: PERF_RECORD_SWITCH OUT\n",
          "a run@0/1 await@4", 1 },
        { "a 7 [000] 1.000001: sched:sched_switch: prev_comm=" LONG70
          " prev_pid=7 prev_prio=1 prev_state=X ==> next_comm=b next_pid=8 "
          "next_prio=1\n"
          "a 7 [000] 1.000002: sched:sched_switch: b:8 [1] R ==> " LONG70
          ":9 [1]\n",
          "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabc… done@0; "
          "b run@0/1 line@1",
          0 },
        { "a 7 [000] 1.000001: PERF_RECORD_SWITCH IN\n"
          "a 7 [000] 0.000000: PERF_RECORD_FORK(8:8):(7:7)\n"
          "a 7 [000] 1.000001: sched:sched_process_fork: comm=a pid=7 "
          "child_comm=b child_pid=8\n"
          "a 7 [000] 1.000002: sched:sched_wakeup: comm=a pid=7\n"
          "a 7 [000] 1.000002: sched:sched_wakeup_new: comm=b pid=8\n"
          "swapper 0 [000] 1.000002: sched:sched_waking: comm=b pid=8\n"
          "a 7 [000] 1.000002: PERF_RECORD_COMM exec: " LONG70 ":7/7\n"
          "a 7 [000] 1.000003: PERF_RECORD_EXIT(7:7):(1:1)\n"
          "a 7 [000] 1.000004: PERF_RECORD_SWITCH IN\n"
          "a 7 [000] 1.000005: PERF_RECORD_EXIT(7:7):(1:1)\n"
          "a 7 [000] 1.000006: PERF_RECORD_SWITCH IN\n"
          "a 7 [000] 1.000007: PERF_RECORD_SWITCH OUT\n",
          "a-7 run@0/1 done@2; a-7-2 run@3/1 done@4; a-7-3 run@5/1 await@6",
          0 },
    };

    ROWS(row);
}
END_TEST

/* --- limits --------------------------------------------------------------- */

/* `count` times a text with the number in it, behind another one. */
static void check_many(const char *before, const char *each, int count,
                       const char *part)
{
    struct strbuf text;

    strbuf_init(&text);
    strbuf_adds(&text, before);
    for (int i = 1; i <= count; i++)
        for (const char *at = each; *at;) {
            size_t head = strcspn(at, "#");

            strbuf_add(&text, at, head);
            at += head;
            if (*at)
                strbuf_addf(&text, "%d", i);
            at += *at != '\0';
        }
    check_remark(text.text, part);
    strbuf_fini(&text);
}

START_TEST(more_than_is_read_is_told)
{
    static const struct {
        const char *before, *each;
        int count;
        const char *part;
    } row[] = {
        { "", "{\"ev\":\"run\",\"task\":#,\"t\":1}\n", 100001,
          "only the first 100,000 tasks" },
        { "[", "{\"ph\":\"X\",\"tid\":#,\"ts\":1,\"dur\":1},", 100001,
          "only the first 100,000 tasks" },
        { "[", "{\"ph\":\"b\",\"id\":#,\"ts\":1},", 100001,
          "only the first 100,000 tasks" },
        { "", "a # [000] 1.0: PERF_RECORD_SWITCH IN\n", 100001,
          "only the first 100,000 tasks" },
        { "",
          "a # [0] 1.0: sched:sched_switch: a:1 [1] X ==> b:2 [1]\n"
          "a 1 [0] 1.0: sched:sched_switch: a:# [1] X ==> b:2 [1]\n",
          100001, "only the first 100,000 tasks" },
        { "[",
          "{\"ph\":\"s\",\"tid\":#,\"ts\":1,\"id\":1},"
          "{\"ph\":\"f\",\"tid\":#,\"ts\":1,\"id\":1},"
          "{\"ph\":\"B\",\"tid\":#,\"ts\":1,\"cat\":\"state\",\"name\":"
          "\"running\"},"
          "{\"ph\":\"B\",\"tid\":#,\"ts\":1,\"cat\":\"machine\",\"name\":\"#\"}"
          ",",
          100001, "only the first 100,000 tasks" },
        { "", "{\"ev\":\"wait\",\"task\":1,\"t\":1,\"on\":\"#\"}\n", 100001,
          "only the first 100,000 different names" },
        { "", "{\"ev\":\"say\",\"task\":1,\"t\":1,\"text\":\"#\"}\n", 100001,
          "only the first 100,000 different names" },
        { "", "{\"ev\":\"run\",\"task\":1,\"tid\":#,\"t\":1}\n", 1001,
          "only the first 1,000 cores" },
        { "[", "{\"ph\":\"X\",\"tid\":#,\"ts\":1,\"dur\":1},", 1001,
          "only the first 1,000 cores" },
        { "{\"ev\":\"run\",\"task\":1,\"t\":0}\n{\"ev\":\"", "#", 20000,
          "a line that says nothing known" },
        { "[{\"ph\":\"X\",\"ts\":0,\"dur\":1},\"", "#", 250000,
          "longer than 1 MiB" },
    };

    check_many(row[_i].before, row[_i].each, row[_i].count, row[_i].part);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("import");
    TCase *tcase = tcase_create("import");

    tcase_add_test(tcase, slices_of_a_thread_compute);
    tcase_add_test(tcase, slices_inside_others_and_behind_them_change_nothing);
    tcase_add_test(tcase, what_takes_no_time_has_been_all_the_same);
    tcase_add_test(tcase, the_outermost_name_is_said);
    tcase_add_test(tcase, an_open_slice_ends_with_the_trace);
    tcase_add_test(tcase, a_list_may_lack_its_end);
    tcase_add_test(tcase, what_stands_before_damage_is_read);
    tcase_add_test(tcase, times_are_exact_to_the_nanosecond);
    tcase_add_test(tcase, events_without_a_usable_time_are_told);
    tcase_add_test(tcase, pids_may_be_anything);
    tcase_add_test(tcase, names_cannot_move_a_cursor);
    tcase_add_test(tcase, states_of_threads_are_believed);
    tcase_add_test(tcase, arrows_wake);
    tcase_add_test(tcase, asynchronous_slices_are_tasks_that_wait);
    tcase_add_test(tcase, packed_files_are_unpacked_as_far_as_they_go);
    tcase_add_test(tcase, packed_files_may_be_padded_but_not_damaged);
    tcase_add_test(tcase, what_is_a_recording_is_seen_by_its_beginning);
    tcase_add_test(tcase, files_that_say_nothing_are_refused_in_a_line);
    tcase_add_test(tcase, switches_of_the_kernel_are_understood);
    tcase_add_test(tcase, older_words_of_perf_are_understood);
    tcase_add_test(tcase, records_of_switches_are_understood);
    tcase_add_test(tcase, who_is_seen_only_by_others_is_no_task);
    tcase_add_test(tcase, a_core_that_was_not_seen_to_be_left_is_told);
    tcase_add_test(tcase, json_lines_are_understood);
    tcase_add_test(tcase, lines_say_where_in_the_text_and_how_it_ended);
    tcase_add_test(tcase, a_wrong_line_says_nothing_about_the_next);
    tcase_add_test(tcase, lines_are_played_while_they_are_written);
    tcase_add_test(tcase, what_is_not_written_yet_is_not_read);
    tcase_add_test(tcase, a_pipe_ends_with_its_last_writer);
    tcase_add_test(tcase, a_named_pipe_waits_for_its_writer);
    tcase_add_test(tcase, a_file_ends_with_who_has_locked_it);
    tcase_add_test(tcase, what_was_read_of_a_file_can_be_given_back);
    tcase_add_test(tcase, what_does_not_grow_is_opened_as_it_is);
    tcase_add_test(tcase, a_run_says_where_it_comes_from);
    tcase_add_test(tcase, an_imported_run_can_be_kept);
    tcase_add_test(tcase, events_that_lack_something_change_nothing);
    tcase_add_test(tcase, times_that_are_none_are_told);
    tcase_add_test(tcase, asynchronous_slices_are_called_by_any_id);
    tcase_add_test(tcase, cores_that_are_none_are_no_machines);
    tcase_add_test(tcase, what_concviz_wrote_is_read_with_what_was_waited_for);
    tcase_add_test(tcase, slices_come_in_any_order);
    tcase_add_test(tcase, asynchronous_slices_may_be_inside_each_other);
    tcase_add_test(tcase, callbacks_inside_others_may_never_end);
    tcase_add_test(tcase, cores_are_told_from_threads);
    tcase_add_test(tcase, arrows_wake_only_who_waits);
    tcase_add_test(tcase, only_so_much_is_looked_into);
    tcase_add_test(tcase, lines_may_wait_for_anything);
    tcase_add_test(tcase, lines_of_perf_may_lack_anything);
    tcase_add_loop_test(tcase, more_than_is_read_is_told, 0, 12);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
