/*
 * watch_test.c -- what kernel and library say of threads, made by hand and merged;
 * and a program that this test becomes the parent of; what they share.
 */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/shared_memory.h"
#include "sched/base/strbuf.h"
#include "sched/cpu/cores.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/journal_live.h"
#include "sched/trace/trace.h"
#include "sched/watch/watch.h"
#include "sched/watch/watch_item.h"
#include "sched/watch/watch_people.h"
#include "sched/watch/watch_thing.h"
#include "sched/workload/workload.h"
#include "tests/suite.h"

enum {
    PID = 100,
    LOCK = 0x5000
};

static struct journal *journal;
static struct watch_people *people;

static void begin(bool by_kernel)
{
    journal = journal_new("test");
    people = watch_people_new(journal, by_kernel, NULL);
}

static void kernel(int64_t us, enum switch_kind kind, int tid, int by)
{
    struct watch_item item = {
        .t_ns = us * NS_PER_US, .of_kernel = true, .pid = PID, .tid = tid
    };

    item.kernel = (struct switch_record){ .kind = kind,
                                          .tid = tid,
                                          .pid = PID,
                                          .by = by,
                                          .cpu = tid - PID,
                                          .name = "prog" };
    watch_people_item(people, &item);
}

static void library(int64_t us, enum record_kind kind, unsigned detail, int tid,
                    int64_t value)
{
    struct watch_item item = { .t_ns = us * NS_PER_US, .pid = PID, .tid = tid };

    item.library.kind = (uint16_t)kind;
    item.library.detail = (uint16_t)detail;
    item.library.object = LOCK;
    item.library.value = value;
    watch_people_item(people, &item);
}

static struct journal_live *play(void)
{
    static const struct trace_info info = { .mode = "parallel",
                                            .real = true,
                                            .policy = "other" };
    struct journal_live *live = journal_live_new(journal, "test", &info);

    journal_live_end(live);
    return live;
}

static void end(struct journal_live *live)
{
    journal_live_free(live);
    watch_people_free(people);
    journal_free(journal);
}

/* "prog run@0 …": events of tasks, in their order. */
static void expect(const char *wanted)
{
    struct journal_live *live = play();
    const struct trace *trace = journal_live_trace(live);
    struct strbuf text;

    strbuf_init(&text);
    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        if (event->task != EVENT_NO_TASK)
            strbuf_addf(&text, "%s %s@%lld; ",
                        trace_workload(trace)->task[event->task].name,
                        event_word(event->kind),
                        (long long)(event->t_ns / NS_PER_US));
    }
    ck_assert_str_eq(text.text, wanted);
    strbuf_fini(&text);
    end(live);
}

START_TEST(who_is_stopped_stands_in_line)
{
    begin(true);
    kernel(0, SWITCH_NAMED, 100, 0);
    kernel(5, SWITCH_STOPPED, 100, 0);
    kernel(9, SWITCH_IN, 100, 0);
    kernel(11, SWITCH_ENDED, 100, 0);
    expect(
        "prog run@0; prog ready@5; prog run@9; prog thread@11; prog done@11; ");
}
END_TEST

START_TEST(who_waits_for_what_only_the_kernel_knows_is_away)
{
    begin(true);
    kernel(0, SWITCH_NAMED, 100, 0);
    kernel(5, SWITCH_WAITS, 100, 0);
    kernel(9, SWITCH_IN, 100, 0);
    kernel(11, SWITCH_ENDED, 100, 0);
    expect(
        "prog run@0; prog await@5; prog run@9; prog thread@11; prog done@11; ");
}
END_TEST

START_TEST(who_waits_for_a_lock_is_in_line_from_when_it_is_given_back)
{
    begin(true);
    kernel(0, SWITCH_NAMED, 100, 0);
    kernel(1, SWITCH_BORN, 101, 100);
    kernel(2, SWITCH_IN, 101, 0);
    library(3, RECORD_WAIT, RECORD_LOCK, 101, 100);
    kernel(4, SWITCH_WAITS, 101, 0);
    library(8, RECORD_WAKE, RECORD_LOCK, 100, 0);
    kernel(12, SWITCH_IN, 101, 0);
    library(13, RECORD_GOT, RECORD_LOCK, 101, 0);
    kernel(20, SWITCH_ENDED, 101, 0);
    kernel(21, SWITCH_ENDED, 100, 0);
    expect("prog run@0; prog spawned@1; prog-2 created@1; prog-2 ready@1; "
           "prog-2 run@2; prog locked@3; prog-2 blocked@4; prog unlocked@8; "
           "prog-2 ready@8; prog-2 run@12; prog-2 locked@13; prog-2 thread@20; "
           "prog-2 done@20; "
           "prog thread@21; prog done@21; ");
}
END_TEST

START_TEST(who_sleeps_is_in_line_when_the_time_is_over)
{
    begin(true);
    kernel(0, SWITCH_NAMED, 100, 0);
    library(1, RECORD_WAIT, RECORD_SLEEP, 100, 7 * NS_PER_US);
    kernel(2, SWITCH_WAITS, 100, 0);
    kernel(9, SWITCH_IN, 100, 0);
    library(10, RECORD_GOT, RECORD_SLEEP, 100, 0);
    kernel(11, SWITCH_WAITS, 100, 0);
    kernel(12, SWITCH_ENDED, 100, 0);
    expect("prog run@0; prog await@2; prog ready@7; prog run@9; "
           "prog await@11; prog thread@12; prog done@12; ");
}
END_TEST

/* A number that a program left there, and no time. */
START_TEST(who_sleeps_until_before_the_run_sleeps_until_it_begins)
{
    struct journal_live *live;
    const struct trace *trace;
    int sleeps = 0;

    begin(true);
    kernel(2, SWITCH_NAMED, 100, 0);
    library(3, RECORD_WAIT, RECORD_SLEEP, 100, INT64_MIN);
    kernel(4, SWITCH_WAITS, 100, 0);
    kernel(5, SWITCH_ENDED, 100, 0);
    live = play();
    trace = journal_live_trace(live);
    for (size_t i = 0; i < trace_count(trace); i++)
        if (trace_at(trace, i)->kind == EVENT_AWAIT) {
            ck_assert_int_eq(trace_at(trace, i)->value, 0);
            sleeps++;
        }
    ck_assert_int_eq(sleeps, 1);
    end(live);
}
END_TEST

START_TEST(a_number_of_a_thread_that_has_ended_is_somebody_else)
{
    begin(true);
    kernel(0, SWITCH_NAMED, 100, 0);
    kernel(1, SWITCH_ENDED, 100, 0);
    kernel(2, SWITCH_NAMED, 100, 0);
    kernel(3, SWITCH_ENDED, 100, 0);
    expect("prog run@0; prog thread@1; prog done@1; prog-2 run@2; prog-2 "
           "thread@3; prog-2 done@3; ");
}
END_TEST

START_TEST(by_the_library_alone_a_core_belongs_to_whoever_called_last)
{
    begin(false);
    library(0, RECORD_PROCESS, 0, 100, 0);
    library(1, RECORD_BEGIN, 0, 101, 100);
    library(2, RECORD_WAIT, RECORD_LOCK, 101, 100);
    library(3, RECORD_WAKE, RECORD_LOCK, 100, 0);
    library(5, RECORD_GOT, RECORD_LOCK, 101, 0);
    library(6, RECORD_END, 0, 101, 0);
    library(7, RECORD_END, 0, 100, 0);
    expect("100 run@0; 100 spawned@1; thread-1 created@1; thread-1 ready@1; "
           "100 ready@1; "
           "thread-1 run@1; 100 locked@2; thread-1 blocked@2; 100 run@3; "
           "100 unlocked@3; thread-1 ready@3; 100 ready@5; thread-1 run@5; "
           "thread-1 locked@5; thread-1 thread@6; thread-1 done@6; 100 run@7; "
           "100 thread@7; "
           "100 done@7; ");
}
END_TEST

START_TEST(nothing_of_a_strange_memory_is_believed)
{
    begin(true);
    for (int i = -1; i < 300; i++) {
        library(i, (enum record_kind)(i & 31), (unsigned)i & 15, i * 7919,
                INT64_MIN + 1 + i);
        kernel(i, (enum switch_kind)(i & 7), i * 104729, -i);
    }
    watch_people_free(people);
    journal_free(journal);
}
END_TEST

START_TEST(where_a_lock_was_there_may_be_a_semaphore_later)
{
    struct watch_things *things;

    journal = journal_new("test");
    things = watch_things_new(journal);
    ck_assert_int_eq(watch_thing_number(things, PID, 1, RECORD_LOCK), 0);
    ck_assert_int_eq(watch_thing_number(things, PID, LOCK, RECORD_LOCK), 1);
    ck_assert_int_eq(watch_thing_number(things, PID, LOCK, RECORD_SEMAPHORE),
                     0);
    watch_things_free(things);
    journal_free(journal);
}
END_TEST

/* taskset moves a program away from the core that is its machine. */
START_TEST(a_program_is_seen_where_others_moved_it)
{
    struct cores cores;
    struct trace_info info = {
        .mode = "threads", .real = true, .machines = 1, .policy = "other"
    };
    struct watch_plan plan = { .name = "test", .info = &info };
    struct watch *watch;
    int status, ran = 0;
    pid_t pid;

    cores_init(&cores, NULL, NULL);
    if (cores.allowed < 2)
        suite_skip("there is one core only");
    plan.cpu = cores.cpu;
    plan.cpus = cores.allowed;
    watch = watch_new(&plan);
    if (watch_refused(watch))
        suite_skip("the kernel gives no records");
    pid = fork();
    if (pid == 0) {
        cores_pin(cores.cpu[1]);
        execlp("false", "false", (char *)NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    watch_end(watch, status, false);
    for (size_t i = 0; i < trace_count(watch_trace(watch)); i++)
        ran += trace_at(watch_trace(watch), i)->kind == EVENT_RUN;
    ck_assert_int_gt(ran, 0);
    watch_free(watch);
    cores_fini(&cores);
}
END_TEST

START_TEST(a_program_is_seen_from_its_exec_to_its_end)
{
    struct cores cores;
    struct trace_info info = { .mode = "parallel",
                               .real = true,
                               .policy = "other" };
    struct watch_plan plan = { .name = "test", .info = &info, .library = true };
    struct watch *watch;
    const struct trace *trace;
    int status;
    pid_t pid;

    cores_init(&cores, NULL, NULL);
    info.machines = cores.allowed;
    plan.cpu = cores.cpu;
    plan.cpus = cores.allowed;
    watch = watch_new(&plan);
    pid = fork();
    if (pid == 0) {
        execlp("false", "false", (char *)NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    watch_say(watch, clock_now_ns(), "\033[1mx", 5);
    watch_end(watch, status, false);
    trace = watch_trace(watch);
    if (!watch_refused(watch)) {
        ck_assert_int_eq(watch_observed(watch), OBSERVED_BOTH);
        ck_assert_uint_eq(trace_workload(trace)->task_count, 1);
        ck_assert_str_eq(trace_workload(trace)->task[0].name, "false");
    } else {
        ck_assert_int_eq(watch_observed(watch), OBSERVED_LIBRARY);
    }
    ck_assert_int_eq(trace_at(trace, trace_count(trace) - 1)->kind, EVENT_END);
    ck_assert_int_eq(trace_at(trace, trace_count(trace) - 2)->kind, EVENT_EXIT);
    ck_assert_int_eq(trace_at(trace, trace_count(trace) - 2)->value, status);
    ck_assert_ptr_null(strchr(trace_text(trace, 1), '\033'));
    watch_free(watch);
    cores_fini(&cores);
}
END_TEST

START_TEST(nobody_can_cut_memory_that_is_shared)
{
    int fd;
    char *memory = shared_memory_new(1 << 20, &fd);

    ck_assert_ptr_nonnull(memory);
    ck_assert_int_ne(ftruncate(fd, 0), 0);
    ck_assert_int_eq(memory[(1 << 20) - 1], 0);
    munmap(memory, 1 << 20);
    close(fd);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("watch");
    TCase *tcase = tcase_create("watch");

    tcase_add_test(tcase, who_is_stopped_stands_in_line);
    tcase_add_test(tcase, who_waits_for_what_only_the_kernel_knows_is_away);
    tcase_add_test(tcase,
                   who_waits_for_a_lock_is_in_line_from_when_it_is_given_back);
    tcase_add_test(tcase, who_sleeps_is_in_line_when_the_time_is_over);
    tcase_add_test(tcase,
                   who_sleeps_until_before_the_run_sleeps_until_it_begins);
    tcase_add_test(tcase, a_number_of_a_thread_that_has_ended_is_somebody_else);
    tcase_add_test(tcase,
                   by_the_library_alone_a_core_belongs_to_whoever_called_last);
    tcase_add_test(tcase, nothing_of_a_strange_memory_is_believed);
    tcase_add_test(tcase, where_a_lock_was_there_may_be_a_semaphore_later);
    tcase_add_test(tcase, a_program_is_seen_where_others_moved_it);
    tcase_add_test(tcase, a_program_is_seen_from_its_exec_to_its_end);
    tcase_add_test(tcase, nobody_can_cut_memory_that_is_shared);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
