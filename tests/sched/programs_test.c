/*
 * programs_test.c -- the workloads we ship: they parse, they print as
 * what they are, and no beginning of one of them does harm.
 */
#include "tests/suite.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/programs/programs.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "sched/workload/workload_print.h"
#include "tests/sched/parsed.h"

static void assert_same_task(const struct task_spec *a,
                             const struct task_spec *b)
{
    ck_assert_str_eq(a->name, b->name);
    ck_assert_int_eq(a->line, b->line);
    ck_assert_int_eq(a->priority, b->priority);
    ck_assert_int_eq(a->at_ns, b->at_ns);
    ck_assert_int_eq(a->at_spawn, b->at_spawn);
    ck_assert_int_eq(a->generator, b->generator);
    ck_assert_int_eq(a->afters, b->afters);
    ck_assert_uint_eq(a->steps.count, b->steps.count);
}

/* What is printed parses to the same workload and prints as the same text. */
static void assert_round_trip(const char *file, const char *text)
{
    struct workload *first = parsed_as(file, file, text), *second;
    struct strbuf once, twice;

    strbuf_init(&once);
    strbuf_init(&twice);
    workload_print(&once, first);
    second = parsed_as(file, file, once.text);
    workload_print(&twice, second);
    ck_assert_str_eq(once.text, twice.text);
    ck_assert_uint_eq(first->task_count, second->task_count);
    for (size_t i = 0; i < first->task_count; i++)
        assert_same_task(&first->task[i], &second->task[i]);
    ck_assert_int_eq(first->lines_own, second->lines_own);
    ck_assert_int_eq(first->machines, second->machines);
    strbuf_fini(&once);
    strbuf_fini(&twice);
    workload_free(first);
    workload_free(second);
}

START_TEST(every_program_parses_and_has_a_title)
{
    struct diag diag = { 0 };

    for (const struct program_entry *entry = program_table; entry->name;
         entry++) {
        struct workload *workload = programs_open(entry->name, &diag);

        ck_assert_msg(workload != NULL, "%s:%d: %s", entry->name, diag.line,
                      diag.message);
        ck_assert_str_eq(workload->name, entry->name);
        ck_assert(*entry->title);
        workload_free(workload);
    }
}
END_TEST

/* The makespan of a program on the ideal machine, in ms. */
static int64_t makespan_ms(const char *name, const char *mode, int machines)
{
    const struct executor *executor = executor_find(mode);
    struct diag diag = { 0 };
    struct workload *workload = programs_open(name, &diag);
    struct run_options options;
    struct history *history;
    struct metrics *metrics;
    struct trace *trace;
    int64_t makespan;

    executor_defaults(&options, executor, workload);
    options.model = true;
    options.machines = machines;
    trace = executor_trace(executor, workload, &options);
    ck_assert_int_eq(executor_run(executor, workload, &options, trace, &diag),
                     0);
    history = history_new(trace);
    history_update(history);
    metrics = metrics_new(history);
    makespan = metrics->makespan_ns / NS_PER_MS;
    metrics_free(metrics);
    history_free(history);
    trace_free(trace);
    workload_free(workload);
    return makespan;
}

/* What the comments in the programs' texts promise. */
START_TEST(programs_show_what_they_promise)
{
    ck_assert_int_eq(makespan_ms("cafeteria", "coroutine", 1), 8000);
    ck_assert_int_eq(makespan_ms("cafeteria", "parallel", 2), 4100);
    /* coroutine and parallel differ in the number of machines only */
    ck_assert_int_eq(makespan_ms("cafeteria", "threads", 1), 8000);
    ck_assert_int_eq(makespan_ms("async-sum", "coroutine", 1), 200);
    ck_assert_int_eq(makespan_ms("noodles", "sequential", 1), 13200);
    ck_assert_int_eq(makespan_ms("noodles", "coroutine", 1), 3900);
    ck_assert_int_eq(makespan_ms("noodles", "parallel", 2), 3500);
    ck_assert_int_eq(makespan_ms("juice", "sequential", 1), 4800);
    ck_assert_int_eq(makespan_ms("juice", "coroutine", 1), 4800);
    ck_assert_int_eq(makespan_ms("juice", "parallel", 2), 2400);
    ck_assert_int_eq(makespan_ms("mixed", "coroutine", 1), 5300);
    ck_assert_int_eq(makespan_ms("mixed", "threads", 1), 3800);
    ck_assert_int_eq(makespan_ms("hog", "coroutine", 1), 5900);
    ck_assert_int_eq(makespan_ms("hog", "threads", 1), 3600);
}
END_TEST

START_TEST(every_embedded_text_has_an_entry)
{
    for (size_t i = 0; embedded_workloads[i].name; i++) {
        char name[64];

        snprintf(name, sizeof name, "%s", embedded_workloads[i].name);
        *strrchr(name, '.') = '\0';
        ck_assert_msg(programs_find(name) != NULL, "%s", name);
    }
    ck_assert_ptr_nonnull(programs_find(PROGRAM_DEFAULT));
}
END_TEST

START_TEST(programs_survive_printing)
{
    for (size_t i = 0; embedded_workloads[i].name; i++)
        assert_round_trip(embedded_workloads[i].name,
                          embedded_workloads[i].text);
}
END_TEST

START_TEST(every_beginning_of_a_program_is_parsed_or_refused)
{
    for (size_t i = 0; embedded_workloads[i].name; i++)
        for (size_t n = 0; n <= embedded_workloads[i].length; n++) {
            struct diag diag = { 0 };
            struct workload *workload = workload_parse(
                "f", "f", embedded_workloads[i].text, n, &diag);

            ck_assert(workload || (diag.line > 0 && diag.column > 0));
            workload_free(workload);
        }
}
END_TEST

START_TEST(hard_cases_survive_printing)
{
    static const char *const text[] = {
        "task A B C line 1: cpu 1\n",
        "task A B C D line 2: cpu 1\ntask E: yield\n",
        "task A line 2: cpu 1\ntask B C D: cpu 0.5\n",
        "task A:\ntask B:\ntask C line 1:\n",
        "task A at 1500us priority -2 after B: cpu 1\ntask B at spawn:\n"
        "task C: spawn B, yield to A, join B\n",
        "generator G: cpu 5 by 2, yield\ngenerator H: yield\ntask A: next G\n",
        "shared n-1 = -7\ntask A: read n-1, write n-1-2, write n-1+0\n",
        "channel c size 2\nchannel d\nbarrier b 1\ntask A: send c, recv c,"
        " close d, wait b, priority -1, block 3, sleep 1s\n",
        "task A: say \"q\\\"b\\\\ 자판기 e\u0301\u0302\u0303\", sum -3..-1,"
        " sum nothing, cpu forever\n",
        "task A: repeat 2 (repeat 0 (), lock m, unlock m)\n",
        "lines own\nmachines 7\ntask A: cpu 1us\n",
        "task A: cpu 999999999.9, cpu 999999.999999s, cpu 1000000s\n",
    };
    struct strbuf many;

    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        assert_round_trip("hard", text[i]);
    strbuf_init(&many);
    strbuf_adds(&many, "task A: cpu 1");
    for (int i = 0; i < 2000; i++)
        strbuf_adds(&many, ", sleep 2");
    assert_round_trip("many steps", many.text);
    strbuf_fini(&many);
}
END_TEST

/* Tasks that do nothing are alike but for what stands behind their names. */
START_TEST(only_tasks_that_are_alike_are_printed_as_one)
{
    static const char *const more[] = {
        "task B daemon:",     "task B priority 2:", "task B at 5:",
        "task B at spawn:",   "task B after C:",    "task B period 5:",
        "task B deadline 5:", "task B tickets 7:",  "task B nice 3:",
        "generator B:",       "task B[2]:",         "task B period 5 times 2:",
    };
    char text[128];

    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        bool spawned = strstr(more[i], "spawn") != NULL;

        snprintf(text, sizeof text,
                 "task A line 1:\n%s\ntask C: %s\ntask D period 5 times 2:\n",
                 more[i], spawned ? "spawn B" : "cpu 1");
        assert_round_trip(more[i], text);
    }
}
END_TEST

START_TEST(the_canonical_text_leaves_defaults_out)
{
    static const char source[] =
        "lines shared\ntask B A line 1 at 0 priority 0: cpu 1.5s, cpu 0.25,"
        " repeat 2 ( yield )\nchannel c size 0\n";
    static const char canonical[] =
        "channel c\ntask B A line 1: cpu 1500, cpu 250us, repeat 2 (yield)\n";
    struct workload *workload = parsed_as("f", "f", source);
    struct strbuf out;

    strbuf_init(&out);
    workload_print(&out, workload);
    ck_assert_str_eq(out.text, canonical);
    strbuf_fini(&out);
    workload_free(workload);
}
END_TEST

static bool is_statement(const char *line)
{
    static const char *const word[] = {
        "task ",      "generator ", "shared ", "lines ", "channel ", "barrier ",
        "semaphore ", "condition ", "rwlock ", "mutex ", "never ",   "finally ",
    };

    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (strncmp(line, word[i], strlen(word[i])) == 0)
            return true;
    return false;
}

/*
 * Round-trip each run of indented statements in a lesson: its workloads and
 * the solutions that hold tasks. Returns how many there were.
 */
static int check_lesson(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[4096];
    int found = 0;
    bool more = true;
    struct strbuf text;

    ck_assert_msg(file != NULL, "%s", path);
    strbuf_init(&text);
    while (more) {
        more = fgets(line, sizeof line, file) != NULL;
        if (more && strncmp(line, "    ", 4) == 0 && is_statement(line + 4)) {
            strbuf_adds(&text, line);
        } else if (text.length > 0) {
            assert_round_trip(path, text.text);
            strbuf_clear(&text);
            found++;
        }
    }
    strbuf_fini(&text);
    fclose(file);
    return found;
}

START_TEST(every_workload_in_a_lesson_parses)
{
    const char *srcdir = getenv("srcdir");
    char folder[512], path[1024];
    struct dirent *item;
    int found = 0;
    DIR *list;

    snprintf(folder, sizeof folder, "%s/lessons/text", srcdir ? srcdir : ".");
    list = opendir(folder);
    ck_assert_msg(list != NULL, "%s", folder);
    while ((item = readdir(list))) {
        if (!strstr(item->d_name, ".md"))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
        found += check_lesson(path);
    }
    closedir(list);
    ck_assert_int_ge(found, 50);
}
END_TEST

START_TEST(a_slip_of_the_finger_is_met_with_the_nearest_name)
{
    struct diag diag;

    ck_assert_ptr_null(programs_open("cafetria", &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "did you mean \"cafeteria\""));
    ck_assert_ptr_null(programs_open("nothing-like-it", &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "concviz workload list"));
    ck_assert_ptr_null(programs_open("./no/such/file.work", &diag));
    ck_assert_str_eq(diag.file, "./no/such/file.work");
}
END_TEST

START_TEST(what_is_no_plain_file_is_refused)
{
    char fifo[SUITE_PATH];
    struct diag diag;

    close(suite_file(fifo));
    unlink(fifo);
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    ck_assert_ptr_null(programs_open(fifo, &diag));
    unlink(fifo);
    ck_assert_ptr_nonnull(strstr(diag.message, "pipe"));
    ck_assert_ptr_null(programs_open("/", &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "directory"));
    ck_assert_ptr_null(programs_open("/dev/zero", &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "device"));
}
END_TEST

START_TEST(a_file_and_standard_input_are_read)
{
    char path[SUITE_PATH];
    struct diag diag = { 0 };
    struct workload *workload;
    int fd = suite_file(path);

    ck_assert_int_eq(write(fd, "task A: cpu 1", 13), 13);
    workload = programs_open(path, &diag);
    ck_assert_msg(workload != NULL, "%s", diag.message);
    ck_assert_str_eq(workload->name, strrchr(path, '/') + 1);
    ck_assert_str_eq(workload->source, "task A: cpu 1");
    workload_free(workload);
    lseek(fd, 0, SEEK_SET);
    dup2(fd, STDIN_FILENO);
    workload = programs_open("-", &diag);
    ck_assert_msg(workload != NULL, "%s", diag.message);
    ck_assert_str_eq(workload->file, "-");
    workload_free(workload);
    close(fd);
    unlink(path);
}
END_TEST

START_TEST(a_file_without_end_is_read_up_to_the_limit)
{
    char path[SUITE_PATH];
    struct diag diag = { 0 };
    int fd = suite_file(path);

    ck_assert_int_eq(ftruncate(fd, (off_t)1 << 40), 0);
    ck_assert_ptr_null(programs_open(path, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "too large"));
    close(fd);
    unlink(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("programs");
    TCase *tcase = tcase_create("programs");

    tcase_add_test(tcase, every_program_parses_and_has_a_title);
    tcase_add_test(tcase, programs_show_what_they_promise);
    tcase_add_test(tcase, every_embedded_text_has_an_entry);
    tcase_add_test(tcase, programs_survive_printing);
    tcase_add_test(tcase, every_beginning_of_a_program_is_parsed_or_refused);
    tcase_add_test(tcase, hard_cases_survive_printing);
    tcase_add_test(tcase, only_tasks_that_are_alike_are_printed_as_one);
    tcase_add_test(tcase, the_canonical_text_leaves_defaults_out);
    tcase_add_test(tcase, every_workload_in_a_lesson_parses);
    tcase_add_test(tcase, a_slip_of_the_finger_is_met_with_the_nearest_name);
    tcase_add_test(tcase, what_is_no_plain_file_is_refused);
    tcase_add_test(tcase, a_file_and_standard_input_are_read);
    tcase_add_test(tcase, a_file_without_end_is_read_up_to_the_limit);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
