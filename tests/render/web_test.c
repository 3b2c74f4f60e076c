/*
 * A page is read as a browser would read it: what stands between the tags, and
 * JSON in it. What it will show is compared with what the history says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "render/scene/scene.h"
#include "render/web/web_digest.h"
#include "render/web/web_page.h"
#include "render/words/narrate.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "tests/check/json_text.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

enum {
    SIZE_MOST = 300000,
    DATA_MOST = 4000000,
    TEXT_SIZE = 1024
};

static const char begin_data[] = "<script type=\"text/plain\" id=\"data\">";
static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz0123456789+/";

/* A page and the run it is of. */
struct shown_page {
    struct picture picture;
    struct strbuf html;
    char *data; /* JSON, as the values in it: text of it */
    const char *run;
};

/* The bytes of base64, and how many. */
static size_t bytes_of(unsigned char *out, const char *text, size_t length)
{
    uint32_t bits = 0;
    size_t count = 0;

    ck_assert_uint_eq(length % 4, 0);
    for (size_t i = 0; i < length && text[i] != '='; i++) {
        const char *letter = strchr(base64, text[i]);

        ck_assert_ptr_nonnull(letter);
        bits = bits << 6 | (uint32_t)(letter - base64);
        if (i % 4)
            out[count++] = (unsigned char)(bits >> (6 - 2 * (i % 4)));
    }
    return count;
}

static void read_page(struct shown_page *page)
{
    const char *begin = strstr(page->html.text, begin_data), *end;
    unsigned char *bytes;
    uLongf length = DATA_MOST;

    ck_assert_ptr_nonnull(begin);
    begin += strlen(begin_data);
    end = strchr(begin, '<'); /* as a browser: whatever it is */
    ck_assert_ptr_nonnull(end);
    bytes = calloc(1, (size_t)(end - begin) + 1);
    page->data = calloc(1, length + 1);
    ck_assert_int_eq(uncompress((Bytef *)page->data, &length, bytes,
                                bytes_of(bytes, begin, (size_t)(end - begin))),
                     Z_OK);
    free(bytes);
    ck_assert_ptr_null(json_text_wrong(page->data));
    page->run = json_text_first(json_text_get(page->data, "runs"), NULL);
}

static void open_page(struct shown_page *page, const char *workload,
                      const char *mode, const char *question)
{
    struct web_page web = { .runs = 1, .lang = "en", .question = question };

    picture_open(&page->picture, workload, mode, 0);
    web.run[0] = page->picture.history;
    strbuf_init(&page->html);
    web_page_write(&page->html, &web);
    read_page(page);
}

static void close_page(struct shown_page *page)
{
    free(page->data);
    strbuf_fini(&page->html);
    picture_close(&page->picture);
}

/* An item of an array. */
static const char *item(const char *array, int64_t index)
{
    const char *value = json_text_first(array, NULL);

    while (value && index-- > 0)
        value = json_text_next(value, NULL);
    ck_assert_ptr_nonnull(value);
    return value;
}

/* One of the texts, lists or rows of a page. */
static const char *text_at(const struct shown_page *page, const char *name,
                           int64_t index, char out[TEXT_SIZE])
{
    return json_text_string(item(json_text_get(page->data, name), index), out,
                            TEXT_SIZE);
}

/* What a track says at an instant; -1: nothing yet. */
static int64_t value_at(const char *owner, const char *name, int64_t t_ns)
{
    const char *track = json_text_get(owner, name), *at, *is;
    int64_t now_ns = 0, value = -1;

    ck_assert_ptr_nonnull(track);
    at = json_text_first(json_text_get(track, "at"), NULL);
    is = json_text_first(json_text_get(track, "is"), NULL);
    for (; at; at = json_text_next(at, NULL), is = json_text_next(is, NULL)) {
        ck_assert_ptr_nonnull(is);
        ck_assert_int_ge(json_text_integer(at), 0);
        now_ns += json_text_integer(at);
        if (now_ns > t_ns)
            return value;
        value = json_text_integer(is);
    }
    ck_assert_ptr_null(is);
    return value;
}

/* --- the file ------------------------------------------------------------- */

START_TEST(a_page_of_cafeteria_has_at_most_300_kB)
{
    struct shown_page page;

    open_page(&page, "cafeteria", "coroutine", NULL);
    ck_assert_uint_le(page.html.length, SIZE_MOST);
    close_page(&page);
}
END_TEST

START_TEST(a_page_fetches_nothing)
{
    static const char *const fetching[] = {
        "https:", "src=",    "href=",          "@import",   "url(\"", "url('",
        "fetch(", "import(", "XMLHttpRequest", "WebSocket", "//cdn"
    };
    struct shown_page page;

    open_page(&page, "cafeteria", "parallel", NULL);
    for (size_t i = 0; i < sizeof fetching / sizeof *fetching; i++)
        ck_assert_msg(!strstr(page.html.text, fetching[i]), "%s", fetching[i]);
    /* The one address names what SVG is, and nobody goes there. */
    for (const char *at = page.html.text; (at = strstr(at, "http:")); at++)
        ck_assert(!strncmp(at, "http://www.w3.org/2000/svg\"", 27));
    ck_assert_ptr_nonnull(strstr(page.html.text, "default-src 'none'"));
    close_page(&page);
}
END_TEST

START_TEST(a_page_is_valid_utf8)
{
    struct shown_page page;
    uint32_t rune;
    size_t bytes;

    open_page(&page, "cafeteria", "coroutine", "\xC3\x28?");
    for (const char *at = page.html.text; (bytes = text_decode(at, &rune));
         at += bytes)
        ck_assert(bytes > 1 || rune != TEXT_BAD);
    ck_assert_uint_eq(strlen(page.html.text), page.html.length);
    close_page(&page);
}
END_TEST

START_TEST(a_page_allows_its_own_script_and_no_other)
{
    char sum[WEB_DIGEST_SIZE];
    struct shown_page page;
    const char *begin, *end;

    web_digest_sha256(sum, "abc", 3); /* FIPS 180-4, example B.1 */
    ck_assert_str_eq(sum, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    open_page(&page, "cafeteria", "coroutine", NULL);
    begin = strstr(page.html.text, "<script type=\"module\">") + 22;
    end = strstr(begin, "</script>");
    web_digest_sha256(sum, begin, (size_t)(end - begin));
    ck_assert_ptr_nonnull(strstr(page.html.text, sum));
    begin = strstr(page.html.text, "<style>") + 7;
    end = strstr(begin, "</style>");
    web_digest_sha256(sum, begin, (size_t)(end - begin));
    ck_assert_ptr_nonnull(strstr(page.html.text, sum));
    close_page(&page);
}
END_TEST

/* --- hostile texts -------------------------------------------------------- */

static const char evil[] = "</script><script>alert(1)</script><!-- ]]> &quot; "
                           "\xE2\x80\xA8 \xE2\x80\xAE \xE2\x81\xA6 \\u003c '";

START_TEST(no_text_leaves_the_data)
{
    char workload[TEXT_SIZE];
    char text[TEXT_SIZE];
    struct shown_page page;
    bool found = false;

    snprintf(workload, sizeof workload, "# %s\ntask A: say \"%s\"\n", evil,
             evil);
    open_page(&page, workload, "coroutine", evil); /* finds its end itself */
    ck_assert(!strstr(page.html.text, "\xE2\x80\xA8"));
    ck_assert(!strstr(page.html.text, "\xE2\x80\xAE"));
    ck_assert(!strstr(page.html.text, "alert(1)</script"));
    for (const char *at =
             json_text_first(json_text_get(page.data, "texts"), NULL);
         at; at = json_text_next(at, NULL))
        found |= !strncmp(json_text_string(at, text, sizeof text), evil, 40);
    ck_assert(found);
    json_text_string(json_text_get(page.data, "question"), text, sizeof text);
    ck_assert(!strncmp(text, evil, 40));
    close_page(&page);
}
END_TEST

/* --- the run -------------------------------------------------------------- */

static void compare_stays(const struct shown_page *page, int task)
{
    static const char letter[] = "-RLABHSD";
    const struct history *history = page->picture.history;
    const char *shown = item(json_text_get(page->run, "tasks"), task);
    const char *at = json_text_first(json_text_get(shown, "at"), NULL);
    const char *is = json_text_get(shown, "is") + 1;
    size_t count = history_intervals(history, task);
    int64_t t_ns = 0;

    for (size_t i = 0; i < count; i++, at = json_text_next(at, NULL)) {
        struct stay stay = history_stay(history, task, i);

        t_ns += json_text_integer(at);
        ck_assert_int_eq(t_ns, stay.from_ns);
        ck_assert_int_eq(is[i], stay.changing ? 'X' : letter[stay.state]);
    }
    ck_assert_ptr_null(at);
    ck_assert_int_eq(is[count], '"');
}

static void compare_line(const struct shown_page *page, int line, int64_t t_ns)
{
    const char *shown = item(json_text_get(page->run, "queues"), line);
    char text[TEXT_SIZE];
    struct strbuf expected;
    int task[SCENE_PEOPLE];
    size_t count = history_line(page->picture.history, line + 1, t_ns, task,
                                SCENE_PEOPLE);

    strbuf_init(&expected);
    for (size_t i = 0; i < count && i < SCENE_PEOPLE; i++)
        strbuf_addf(&expected, i ? " %d" : "%d", task[i]);
    ck_assert_str_eq(
        text_at(page, "lists", value_at(shown, "list", t_ns), text),
        expected.text);
    ck_assert_int_eq(value_at(shown, "count", t_ns), (int64_t)count);
    strbuf_fini(&expected);
}

static void compare_words(struct shown_page *page, int64_t t_ns)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char expected[TEXT_SIZE], text[TEXT_SIZE];

    page->picture.view.t_ns = t_ns;
    scene_make(scene, page->picture.history, &page->picture.view);
    narrate_scene(expected, sizeof expected, scene, 160);
    ck_assert_str_eq(
        text_at(page, "texts", value_at(page->run, "now", t_ns), text),
        expected);
    free(scene);
}

static void compare_instant(struct shown_page *page, int64_t t_ns)
{
    const struct history *history = page->picture.history;
    const char *at = json_text_first(json_text_get(page->run, "machines"),
                                     NULL);

    ck_assert_int_eq(value_at(page->run, "inProgress", t_ns),
                     history_in_progress(history, t_ns));
    ck_assert_int_eq(value_at(page->run, "working", t_ns),
                     history_working(history, t_ns));
    for (int i = 0; at; i++, at = json_text_next(at, NULL)) {
        struct service now = history_service_at(history, i, t_ns);

        ck_assert_int_eq(value_at(at, "who", t_ns),
                         now.task < 0 ? -1 : 8 * now.task + (int)now.kind);
    }
    at = json_text_first(json_text_get(page->run, "tasks"), NULL);
    for (int i = 0; at; i++, at = json_text_next(at, NULL))
        ck_assert_int_eq(value_at(at, "in", t_ns) == 1,
                         history_is_in_progress(history, i, t_ns));
    for (int i = 0; i < page->picture.workload->line_count; i++)
        compare_line(page, i, t_ns);
    compare_words(page, t_ns);
}

static const char *const compared[][2] = {
    { "cafeteria", "coroutine" },      { "cafeteria", "parallel" },
    { "lost-update", "threads" },      { "bounded-buffer", "parallel" },
    { "crossed", "parallel" },         { "noodles", "hybrid" },
    { "readers-writers", "parallel" }, { "peterson", "threads" },
};

START_TEST(a_page_says_what_the_history_says)
{
    struct shown_page page;
    size_t count;

    open_page(&page, compared[_i][0], compared[_i][1], NULL);
    for (size_t i = 0; i < page.picture.workload->task_count; i++)
        compare_stays(&page, (int)i);
    count = trace_count(page.picture.trace);
    for (size_t i = 0; i < count; i++)
        if (i + 1 == count || trace_at(page.picture.trace, i + 1)->t_ns !=
                                  trace_at(page.picture.trace, i)->t_ns)
            compare_instant(&page, trace_at(page.picture.trace, i)->t_ns);
    ck_assert_int_eq(
        json_text_integer(json_text_get(page.run, "mostInProgress")),
        history_max_in_progress(page.picture.history));
    ck_assert_int_eq(json_text_integer(json_text_get(page.run, "mostWorking")),
                     history_max_working(page.picture.history));
    ck_assert_int_eq(json_text_integer(json_text_get(page.run, "end")),
                     history_end(page.picture.history));
    close_page(&page);
}
END_TEST

START_TEST(the_numbers_are_those_of_the_report)
{
    struct shown_page page;
    struct metrics *metrics;
    struct strbuf value;
    const char *row;
    char text[TEXT_SIZE];

    open_page(&page, "juice", "threads", NULL);
    metrics = metrics_new(page.picture.history);
    row = json_text_first(json_text_get(page.run, "numbers"), NULL);
    for (int i = 0; i < metrics_table_rows(metrics); i++) {
        ck_assert_ptr_nonnull(row);
        json_text_string(item(row, 0), text, sizeof text);
        ck_assert_str_eq(text, metrics_table[i].name);
        strbuf_init(&value);
        metrics_table[i].write(&value, metrics);
        ck_assert_str_eq(json_text_string(item(row, 1), text, sizeof text),
                         value.text);
        strbuf_fini(&value);
        row = json_text_next(row, NULL);
    }
    ck_assert_ptr_null(row);
    metrics_free(metrics);
    close_page(&page);
}
END_TEST

START_TEST(two_runs_are_on_one_page_with_their_verdict)
{
    struct picture picture[2];
    struct shown_page page = { .data = NULL };
    struct web_page web = { .runs = 2,
                            .lang = "en",
                            .label = { "coroutine", "parallel" } };
    const char *compare;
    char text[TEXT_SIZE];

    for (int i = 0; i < 2; i++) {
        picture_open(&picture[i], "cafeteria", web.label[i], 0);
        web.run[i] = picture[i].history;
    }
    strbuf_init(&page.html);
    web_page_write(&page.html, &web);
    read_page(&page);
    ck_assert_ptr_nonnull(json_text_next(page.run, NULL));
    compare = json_text_get(page.data, "compare");
    json_text_string(json_text_get(compare, "verdict"), text, sizeof text);
    ck_assert_str_eq(text,
                     "PARALLEL: 1.95 times as fast as COROUTINES (4.10s, not "
                     "8.00s):");
    ck_assert_int_ge(value_at(compare, "now", 0), 0);
    free(page.data);
    strbuf_fini(&page.html);
    for (int i = 0; i < 2; i++)
        picture_close(&picture[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/web");
    TCase *tests = tcase_create("web");

    tcase_add_test(tests, a_page_of_cafeteria_has_at_most_300_kB);
    tcase_add_test(tests, a_page_fetches_nothing);
    tcase_add_test(tests, a_page_is_valid_utf8);
    tcase_add_test(tests, a_page_allows_its_own_script_and_no_other);
    tcase_add_test(tests, no_text_leaves_the_data);
    tcase_add_loop_test(tests, a_page_says_what_the_history_says, 0,
                        sizeof compared / sizeof *compared);
    tcase_add_test(tests, the_numbers_are_those_of_the_report);
    tcase_add_test(tests, two_runs_are_on_one_page_with_their_verdict);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
