/*
 * task_test.c -- tasks written in C: what their calls do, and that the
 * programs we ship do the same in every mode, with a right result.
 */
#include "tests/suite.h"

#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/coroutine/stack_overflow.h"
#include "sched/cpu/burner.h"
#include "sched/history/history.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"
#include "sched/programs/programs.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "tests/check/trace_check.h"

enum {
    MODES = 5,
    WAYS = 2 * MODES, /* each really and in the model */
};

/* One run of a workload in one of the ways. */
struct go {
    struct trace *trace;
    struct metrics *metrics;
    struct history *history;
    struct diag diag;
    int error;
};

static const struct executor *mode_of(int way)
{
    return executor_table[way % MODES];
}

static void go(struct go *run, const struct workload *workload, int way)
{
    const struct executor *executor = mode_of(way);
    struct run_options options;
    struct diag why = { .message = "" };

    *run = (struct go){ .trace = NULL };
    executor_defaults(&options, executor, workload);
    options.model = way >= MODES;
    options.iterations_per_ms = 30000;
    if (executor->mode->traits & PREEMPTIVE)
        options.slice_ns = NS_PER_MS;
    run->trace = executor_trace(executor, workload, &options);
    run->error = executor_run(executor, workload, &options, run->trace,
                              &run->diag);
    run->history = history_new(run->trace);
    history_update(run->history);
    run->metrics = metrics_new(run->history);
    ck_assert_msg(trace_check(run->trace, &why), "%s %s %s: %s", workload->name,
                  options.model ? "model" : "real", executor->mode->name,
                  why.message);
}

static void gone(struct go *run)
{
    metrics_free(run->metrics);
    history_free(run->history);
    trace_free(run->trace);
}

/* --- the programs we ship ------------------------------------------------- */

static bool is_sequential(int way)
{
    return mode_of(way)->mode->traits & TO_THE_END;
}

/* Which programs end when one task is done after the other. */
static bool ends_in_sequence(const char *name)
{
    return !strcmp(name, "mandelbrot") || !strcmp(name, "word-count") ||
           !strcmp(name, "philosophers");
}

/* The text of line `line` calls something of task.h. */
static bool is_call(const char *text, int line)
{
    const char *call;

    while (--line > 0 && (text = strchr(text, '\n')))
        text++;
    call = text ? strstr(text, "task_") : NULL;
    return call && call < text + strcspn(text, "\n");
}

/* Every step is a call, in the program's own source. */
static void assert_places(const struct go *run, const struct workload *workload)
{
    size_t steps = 0;

    for (size_t i = 0; i < trace_count(run->trace); i++) {
        const struct event *event = trace_at(run->trace, i);

        if (event->kind != EVENT_STEP)
            continue;
        steps++;
        ck_assert_int_eq(event->value, 0);
        ck_assert_msg(is_call(workload->listing, event->object),
                      "%s:%d is no call", workload->name, event->object);
    }
    ck_assert(steps > 0 || run->metrics->outcome == OUTCOME_FAILED);
}

static void assert_way(const struct program_entry *entry, int way,
                       uint64_t *checksum)
{
    struct workload *workload = program_source_make(entry->source,
                                                    entry->small);
    enum outcome outcome = OUTCOME_FINISHED;
    struct go run;

    workload->data.hurry = 50;
    go(&run, workload, way);
    if (is_sequential(way) && !ends_in_sequence(entry->name))
        outcome = workload->data.takes_turns ? OUTCOME_FAILED
                                             : OUTCOME_DEADLOCK;
    else if (strstr(entry->name, "deadlock"))
        outcome = OUTCOME_DEADLOCK;
    ck_assert_msg(run.metrics->outcome == outcome, "%s way %d: %d %s",
                  entry->name, way, run.metrics->outcome, run.diag.message);
    if (outcome == OUTCOME_FINISHED) {
        if (*checksum == 0)
            *checksum = run.metrics->checksum;
        ck_assert_uint_eq(run.metrics->checksum, *checksum);
    }
    assert_places(&run, workload);
    gone(&run);
    workload_free(workload);
}

static const struct program_entry *next_in_c(const struct program_entry *entry)
{
    while (entry->name && !entry->source)
        entry++;
    return entry->name ? entry : NULL;
}

START_TEST(a_program_does_the_same_in_every_mode)
{
    const struct program_entry *entry = program_table;
    uint64_t checksum = 0;

    entry = next_in_c(entry);
    for (int i = 0; i < _i; i++)
        entry = next_in_c(entry + 1);
    for (int way = 0; way < WAYS; way++)
        assert_way(entry, way, &checksum);
    ck_assert(checksum != 0 || strstr(entry->name, "deadlock"));
}
END_TEST

START_TEST(the_philosophers_circle_is_found)
{
    struct workload *workload = program_source_make(
        &program_philosophers_deadlock, 1);
    struct go run;

    workload->data.hurry = 50;
    go(&run, workload, 1);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_DEADLOCK);
    ck_assert_uint_eq(run.metrics->cycle_count, 5 + 1); /* back to the first */
    gone(&run);
    workload_free(workload);
}
END_TEST

/* --- what the calls do ---------------------------------------------------- */

static struct workload *make(const char *text,
                             void (*program)(struct task_calls *, int))
{
    struct part part[] = { { NULL, program } };

    struct program_source source = { .name = "test",
                                     .text = text,
                                     .part = part };

    return program_source_make(&source, 0);
}

static void assert_finishes_everywhere(struct workload *workload)
{
    for (int way = 0; way < WAYS; way++) {
        struct go run;

        if (!is_sequential(way)) {
            go(&run, workload, way);
            ck_assert_msg(run.metrics->outcome == OUTCOME_FINISHED,
                          "way %d: %s", way, run.diag.message);
            ck_assert_int_eq(run.metrics->task[0].result, 42);
            gone(&run);
        }
    }
    workload_free(workload);
}

static void use_channel(struct task_calls *calls, int task)
{
    int64_t value = 0;

    if (task == 1) {
        task_send(calls, 0, INT64_MIN);
        task_send(calls, 0, 41);
        task_close(calls, 0);
        return;
    }
    if (!task_recv(calls, 0, &value) || value != INT64_MIN)
        task_fail(calls, "first %lld", (long long)value);
    if (!task_recv(calls, 0, &value) || value != 41)
        task_fail(calls, "second %lld", (long long)value);
    task_result(calls, value + !task_recv(calls, 0, &value));
}

START_TEST(messages_arrive_and_a_closed_channel_says_so)
{
    assert_finishes_everywhere(make("channel c\ntask A B:\n", use_channel));
}
END_TEST

/* Both have their copies before either writes, however late one of them is. */
static void lose_update(struct task_calls *calls, int task)
{
    int64_t copy = task_read(calls, 0), word;

    if (task == 1) {
        task_recv(calls, 0, &word);
        if (task_write(calls, 0, 100) != 140)
            task_fail(calls, "100 were not added");
        task_send(calls, 1, 1);
    } else {
        task_send(calls, 0, 1);
        task_recv(calls, 1, &word);
        task_result(calls, copy + task_write(calls, 0, 2) - 40);
    }
}

START_TEST(a_shared_variable_is_copied_and_written)
{
    assert_finishes_everywhere(
        make("shared n = 40\nchannel c\nchannel d\ntask A B:\n", lose_update));
}
END_TEST

static void announce(struct task_calls *calls, int task)
{
    uint64_t state = 1;

    (void)task;
    for (int piece = 0; piece < 5; piece++) {
        task_work(calls, 2 * NS_PER_MS);
        for (int i = 0; i < 20; i++) {
            state = burner_spin(state, 3000);
            task_checkpoint(calls);
        }
    }
    task_result(calls, state != 0 ? 42 : 0);
}

START_TEST(announced_work_is_written_as_work)
{
    struct workload *workload = make("task A B:\n", announce);

    for (int way = 0; way < WAYS; way++) {
        struct go run;
        int pieces = 0;

        go(&run, workload, way);
        ck_assert_int_eq(run.metrics->outcome, OUTCOME_FINISHED);
        for (size_t i = 0; i < trace_count(run.trace); i++)
            pieces += trace_at(run.trace, i)->kind == EVENT_WORKED &&
                      trace_at(run.trace, i)->object == 1;
        ck_assert_int_eq(pieces, 10);
        if (way >= MODES)
            ck_assert_int_eq(run.metrics->busy_ns, 20 * NS_PER_MS);
        gone(&run);
    }
    workload_free(workload);
}
END_TEST

static void talk(struct task_calls *calls, int task)
{
    task_say(calls, "%d \033[31mred", task);
}

START_TEST(what_a_task_says_is_kept_and_cleaned)
{
    struct workload *workload = make("task A B:\n", talk);

    for (int way = 0; way < WAYS; way++) {
        struct go run;

        go(&run, workload, way);
        ck_assert_uint_eq(run.metrics->log_count, 2);
        for (size_t i = 0; i < 2; i++) {
            const struct log_line *line = &run.metrics->log[i];

            ck_assert_int_eq(line->text[0], '0' + (int)line->task);
            ck_assert_ptr_null(strchr(line->text, '\033'));
            ck_assert_ptr_nonnull(strstr(line->text, "red"));
        }
        gone(&run);
    }
    workload_free(workload);
}
END_TEST

static void be_wrong(struct task_calls *calls, int task)
{
    task_work(calls, NS_PER_MS);
    if (task == 1)
        task_fail(calls, "two and two were %d", 5);
    task_sleep(calls, 3600 * NS_PER_S);
}

START_TEST(a_wrong_result_ends_the_run_with_a_sentence)
{
    struct workload *workload = make("task A B:\n", be_wrong);

    for (int way = 0; way < WAYS; way++) {
        struct go run;

        if (!is_sequential(way)) {
            go(&run, workload, way);
            ck_assert_int_lt(run.error, 0);
            ck_assert_int_eq(run.metrics->outcome, OUTCOME_FAILED);
            ck_assert_str_eq(run.diag.message, "two and two were 5");
            gone(&run);
        }
    }
    workload_free(workload);
}
END_TEST

static void use_pipe(struct task_calls *calls, int task)
{
    int *end = task_data(calls);
    char c = '*';

    if (task == 1) {
        task_sleep(calls, 2 * NS_PER_MS);
        if (write(end[1], &c, 1) != 1)
            task_fail(calls, "not written");
        return;
    }
    task_await(calls, end[0], POLLIN);
    if (read(end[0], &c, 1) != 1)
        task_fail(calls, "woken before there was anything to read");
    task_result(calls, c);
}

static void *open_pipe(int size, bool foretells)
{
    int *end = xcalloc(2, sizeof *end);

    (void)size;
    (void)foretells;
    ck_assert_int_eq(pipe(end), 0);
    fcntl(end[0], F_SETFL, O_NONBLOCK);
    return end;
}

static void close_pipe(void *data)
{
    int *end = data;

    close(end[0]);
    close(end[1]);
    free(end);
}

START_TEST(a_task_waits_until_a_file_can_be_read)
{
    struct workload *workload = make("task A B:\n", use_pipe);

    workload->data.open = open_pipe;
    workload->data.close = close_pipe;
    assert_finishes_everywhere(workload);
}
END_TEST

/* --- a stack that is too small -------------------------------------------- */

static int dive(int depth, volatile char *before)
{
    volatile char room[512];

    room[depth % 512] = (char)depth;
    if (depth == 0)
        return *before;
    return dive(depth - 1, room) + room[depth % 512];
}

static void overflow(struct task_calls *calls, int task)
{
    volatile char none = 0;

    task_work(calls, NS_PER_MS);
    task_result(calls, dive(1000 + task, &none));
}

/* One frame that is larger than the stack: it must not jump over the guard. */
static void overflow_at_once(struct task_calls *calls, int task)
{
    volatile char room[300 * 1024];

    room[task] = 1;
    task_result(calls, room[task]);
}

/* Run in a process of its own; returns its status, and what it wrote. */
static int run_apart(int way, char *text, size_t size)
{
    struct workload *workload = make("task Deep:\n",
                                     way < WAYS ? overflow : overflow_at_once);
    int end[2], status;
    ssize_t got;
    pid_t child;

    ck_assert_int_eq(pipe(end), 0);
    child = fork();
    if (child == 0) {
        struct go run;

        dup2(end[1], STDERR_FILENO);
        go(&run, workload, way % WAYS);
        _exit(0);
    }
    close(end[1]);
    got = read(end[0], text, size - 1);
    text[got > 0 ? got : 0] = '\0';
    close(end[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    workload_free(workload);
    return status;
}

START_TEST(a_program_that_overflows_its_stack_is_named)
{
    char text[512];
    int status = run_apart(_i, text, sizeof text);

    ck_assert_msg(WIFEXITED(status), "%s", text);
    ck_assert_int_eq(WEXITSTATUS(status), STACK_OVERFLOW_EXIT);
    ck_assert_ptr_nonnull(
        strstr(text, "task Deep overflowed its stack (test:1)"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("host");
    TCase *tcase = tcase_create("host");
    const struct program_entry *entry = program_table;
    int programs = 0;

    for (entry = next_in_c(entry); entry; entry = next_in_c(entry + 1))
        programs++;
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_program_does_the_same_in_every_mode, 0,
                        programs);
    tcase_add_test(tcase, the_philosophers_circle_is_found);
    tcase_add_test(tcase, messages_arrive_and_a_closed_channel_says_so);
    tcase_add_test(tcase, a_shared_variable_is_copied_and_written);
    tcase_add_test(tcase, announced_work_is_written_as_work);
    tcase_add_test(tcase, what_a_task_says_is_kept_and_cleaned);
    tcase_add_test(tcase, a_wrong_result_ends_the_run_with_a_sentence);
    tcase_add_test(tcase, a_task_waits_until_a_file_can_be_read);
    tcase_add_loop_test(tcase, a_program_that_overflows_its_stack_is_named, 0,
                        2 * WAYS);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
