#include "tests/suite.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/parse/diags.h"
#include "lessons/session/reflect.h"
#include "sched/base/arena.h"
#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/lessons/runner.h"

static struct arena *arena;
static struct workload *workload;
static struct metrics *metrics, *single;
static struct metric_run measured;

/* S alone for 200 ms, then eight groups of 100 ms on eight machines. */
static void setup(void)
{
    static const char text[] = "shared n = 3\n"
                               "task S: cpu 200, say \"open\"\n"
                               "task A B C D E F G H after S: cpu 100\n";
    struct lesson_settings settings;
    struct diag diag;

    arena = arena_new();
    workload = workload_parse("t", "t", text, sizeof text - 1, &diag);
    ck_assert_ptr_nonnull(workload);
    lesson_settings_init(&settings);
    settings.mode = "hybrid";
    settings.machines = 8;
    lesson_settings_complete(&settings);
    metrics = exec_model_run(NULL, workload, &settings, &diag);
    settings.machines = 1;
    single = exec_model_run(NULL, workload, &settings, &diag);
    measured = (struct metric_run){ workload, metrics, single };
}

static void teardown(void)
{
    metrics_free(metrics);
    metrics_free(single);
    workload_free(workload);
    arena_free(arena);
}

/* Run 1 is the one on a single machine. */
static const struct metric_run *runs(void *context, int run)
{
    static struct metric_run one;

    (void)context;
    one = (struct metric_run){ workload, single, single };
    return run == 1 ? &one : NULL;
}

static bool holds_for(const char *text, const struct metric_run *run)
{
    struct predicate predicate;
    struct diag diag;

    ck_assert_msg(predicate_parse(arena, "f", 1, 1, text, &predicate, &diag),
                  "%s: %s", text, diag.message);
    return predicate_holds(&predicate, run, runs, NULL);
}

static bool holds(const char *text)
{
    return holds_for(text, &measured);
}

START_TEST(true_claims_hold)
{
    static const char *const claims[] = {
        "makespan == 300",
        "makespan != 301",
        "makespan <= 300",
        "makespan >= 300",
        "makespan < 300.5",
        "makespan > 299",
        "makespan <= 30% of run 1",
        "makespan == 30% of run 1 makespan",
        "makespan < run 1",
        "busy == run 1 busy",
        "speedup == 3.333",
        "speedup == 3.3",
        "speedup == 3",
        "speedup < 3.34",
        "utilization == 42",
        "utilization == 41.7",
        "average finish == 288.9",
        "order == S A B C D E F G H",
        "order != S A",
        "order ==  S A   B C D E F G H ",
        "log == 200 open",
        "deadlock == no",
        "deadlock != yes",
        "shared n == 3",
        "first H == 200",
        "finish S == 200",
        "cpu S == 200",
        "entries S == 1",
        "machines == 8",
        "working == 8",
        "in-progress == 8",
        "makespan != never",
    };

    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        ck_assert_msg(holds(claims[i]), "%s", claims[i]);
}
END_TEST

START_TEST(people_read_claims_with_names_and_units)
{
    static const char *const claims[][2] = {
        { "makespan <= 350", "makespan <= 350 ms" },
        { "maxwait S <= 100", "longest wait S <= 100 ms" },
        { "overhead < 15", "overhead < 15%" },
        { "speedup >= 3.5", "speedup >= 3.5" },
        { "shared n == 4", "shared n == 4" },
        { "deadlock == no", "deadlock == no" },
        { "deadlock != yes", "deadlock != yes" },
        { "makespan != never", "makespan != never" },
        { "order == S A", "order == S A" },
        { "makespan <= 50% of run 1", "makespan <= 50% of run 1" },
        { "cpu S < run 1 cpu A", "computing S < 100% of run 1: computing A " },
        { "busy < run 1 makespan", "busy < 100% of run 1: makespan " },
    };
    struct predicate predicate;
    struct strbuf text;
    struct diag diag;

    strbuf_init(&text);
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        ck_assert(
            predicate_parse(arena, "f", 1, 1, claims[i][0], &predicate, &diag));
        strbuf_clear(&text);
        predicate_print(&text, &predicate);
        ck_assert_str_eq(text.text, claims[i][1]);
    }
    strbuf_fini(&text);
}
END_TEST

START_TEST(false_claims_do_not_hold)
{
    static const char *const claims[] = {
        "makespan == 299",         "makespan == never", "speedup == 3.334",
        "order == S A B",          "log == 201 open",   "deadlock == yes",
        "makespan < 29% of run 1", "shared n == 4",     "utilization >= 42",
        "makespan == run 2",
    };

    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        ck_assert_msg(!holds(claims[i]), "%s", claims[i]);
}
END_TEST

START_TEST(what_never_happened_is_later_than_anything)
{
    metrics->makespan_ns = INT64_MAX;
    ck_assert(holds("makespan == never"));
    ck_assert(holds("makespan >= 1000000"));
    ck_assert(!holds("makespan <= 1000000"));
    ck_assert(!holds("makespan != never"));
}
END_TEST

START_TEST(nonsense_is_refused)
{
    static const char *const nonsense[] = {
        "",
        "makespan",
        "makespan ==",
        "makespan == 1e9",
        "== 3",
        "makespan == 99999999999999999999",
        "finish == 3",
        "run makespan == 3",
        "run 0 makespan == 3",
        "makespan == 3 %",
        "makespan == 3% of",
        "makespan == 1.",
        "makespan == 1.2345678",
        "makespan < run 1 finish",
        "makespan == run 1 log",
        "order <= A",
        "order ==",
        "deadlock == maybe",
        "makespanx == 3",
        "makespan == 50% of run 1 order",
        "makespan === 3",
    };

    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        struct predicate predicate;
        struct diag diag;

        ck_assert_msg(
            !predicate_parse(arena, "f", 7, 8, nonsense[i], &predicate, &diag),
            "%s", nonsense[i]);
        ck_assert_int_eq(diag.line, 7);
        ck_assert_int_ge(diag.column, 8);
    }
}
END_TEST

/* --- the oracle ----------------------------------------------------------- */

struct oracle {
    char id[64];
    struct lesson *lesson;
    struct ideal *ideal;
};

static void oracle_close(struct oracle *oracle)
{
    ideal_free(oracle->ideal);
    lesson_free(oracle->lesson);
}

static void oracle_open(struct oracle *oracle, const char *id)
{
    struct diags diags;
    char name[80];

    if (strcmp(oracle->id, id) == 0)
        return;
    oracle_close(oracle);
    snprintf(oracle->id, sizeof oracle->id, "%.60s", id);
    snprintf(name, sizeof name, "-%.60s.en.md", id);
    diags_init(&diags);
    oracle->lesson = NULL;
    for (const struct embedded *file = embedded_lessons; file->name; file++)
        if (strcmp(file->name + 2, name) == 0)
            oracle->lesson = lesson_parse(file->name, file->text, file->length,
                                          &diags);
    diags_fini(&diags);
    ck_assert_msg(oracle->lesson != NULL, "%s", id);
    oracle->ideal = ideal_new(oracle->lesson, &model_runner);
}

/* "-" is an average over nobody. */
static void assert_says(const struct metric_run *run, const char *metric,
                        const char *value)
{
    struct strbuf text;

    if (strcmp(metric, "order") == 0 && !*value) {
        ck_assert_uint_eq(run->metrics->order_count, 0);
        return;
    }
    strbuf_init(&text);
    strbuf_addf(&text, "%s == %s", metric,
                strcmp(value, "-") ? value : "never");
    ck_assert_msg(holds_for(text.text, run), "%s", text.text);
    strbuf_fini(&text);
}

/* The fields: lesson, run, settings, metric, value. */
START_TEST(every_number_is_the_oracles)
{
    const char *srcdir = getenv("srcdir");
    struct oracle oracle = { "", NULL, NULL };
    char path[4096], line[8192];
    int rows = 0;
    FILE *file;

    snprintf(path, sizeof path, "%s/tests/data/oracle.tsv",
             srcdir ? srcdir : ".");
    file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file); rows++) {
        char *field[5] = { line };

        line[strcspn(line, "\r\n")] = '\0';
        for (int i = 1; i < 5; i++) {
            field[i] = strchr(field[i - 1], '\t');
            ck_assert_ptr_nonnull(field[i]);
            *field[i]++ = '\0';
        }
        oracle_open(&oracle, field[0]);
        assert_says(ideal_run(oracle.ideal, atoi(field[1])), field[3],
                    field[4]);
    }
    ck_assert_int_eq(rows, 2390);
    fclose(file);
    oracle_close(&oracle);
}
END_TEST

/* --- placeholders --------------------------------------------------------- */

static const struct metric_run *slow(void *context, int run)
{
    static struct metrics copy;
    static struct metric_run live;

    (void)run;
    copy = *metrics;
    copy.makespan_ns += *(int64_t *)context;
    live = (struct metric_run){ workload, &copy, NULL };
    return &live;
}

static const struct metric_run *model(void *context, int run)
{
    (void)context;
    (void)run;
    return &measured;
}

/* Run 2 was made by the model. */
static const struct metric_run *slow_one(void *context, int run)
{
    return run == 1 ? slow(context, run) : NULL;
}

static void assert_filled(const char *text, int64_t late_ns,
                          const char *expected)
{
    const struct reflect_runs runs = { slow_one, model, &late_ns, true };
    struct strbuf out;

    strbuf_init(&out);
    reflect_fill(&out, text, &runs);
    ck_assert_str_eq(out.text, expected);
    strbuf_fini(&out);
}

START_TEST(texts_show_what_was_measured)
{
    assert_filled("It took {run 1 makespan} ms.", 0, "It took 300 ms.");
    assert_filled("It took {run 1 makespan} ms.", 5000000, "It took 305 ms.");
    assert_filled("It took {run 1 makespan} ms.", 7000000,
                  "It took 307 \001(300)\002 ms.");
    assert_filled("[{run 1 makespan:6}] {run 1 deadlock}", 0, "[   300] no");
    assert_filled("{run 1 order}", 0, "S A B C D E F G H");
    assert_filled("{run 1 speedup} times", 0, "3.3 \001(MODEL)\002 times");
    assert_filled("not {run 2 makespan} ms", 0, "not 300 \001(MODEL)\002 ms");
    assert_filled("{nothing} {", 0, "{nothing} {");
}
END_TEST

static const char table[] =
    "  work   time  next\n"
    "  A   {run 1 makespan:7}  {run 1 in-progress:4}  {run 2 makespan:5}.\n"
    "  B   {run 2 makespan:7}  {run 1 in-progress:4}  {run 2 makespan:5}.\n";

/* What is beside a value stays in its column, however long the value is: what
 * is in brackets goes below it, and a value that is too wide takes spaces. */
START_TEST(columns_of_a_table_stay_where_they_are)
{
    assert_filled(table, 0,
                  "  work   time  next\n"
                  "  A       300     8      -.\n"
                  "                      \001(300)\002\n"
                  "  B         -     8      -.\n"
                  "         \001(300)\002        \001(300)\002\n");
    assert_filled(table, INT64_C(123456789000000),
                  "  work   time  next\n"
                  "  A 123457089     8      -.\n"
                  "         \001(300)\002        \001(300)\002\n"
                  "  B         -     8      -.\n"
                  "         \001(300)\002        \001(300)\002\n");
    assert_filled("  x {run 1 makespan:3} {run 1 in-progress:4}",
                  INT64_C(1234000000), "  x 1534   8\n    \001(300)\002");
}
END_TEST

START_TEST(a_lesson_that_was_only_modelled_has_plain_numbers)
{
    int64_t late_ns = 0;
    const struct reflect_runs runs = { slow_one, model, &late_ns, false };
    struct strbuf out;

    strbuf_init(&out);
    reflect_fill(&out, "{run 2 makespan}\n    {run 2 makespan:5}|", &runs);
    ck_assert_str_eq(out.text, "300\n      300|");
    strbuf_fini(&out);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_predicate");
    TCase *tcase = tcase_create("predicate");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, true_claims_hold);
    tcase_add_test(tcase, people_read_claims_with_names_and_units);
    tcase_add_test(tcase, false_claims_do_not_hold);
    tcase_add_test(tcase, what_never_happened_is_later_than_anything);
    tcase_add_test(tcase, nonsense_is_refused);
    tcase_add_test(tcase, every_number_is_the_oracles);
    tcase_add_test(tcase, texts_show_what_was_measured);
    tcase_add_test(tcase, columns_of_a_table_stay_where_they_are);
    tcase_add_test(tcase, a_lesson_that_was_only_modelled_has_plain_numbers);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
