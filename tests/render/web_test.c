/*
 * A page is read as a browser would read it: what stands between the tags, and
 * JSON in it. What it will show is compared with what the history says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/scene/scene.h"
#include "render/web/web_digest.h"
#include "render/web/web_page.h"
#include "render/words/narrate.h"
#include "sched/base/arena.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "tests/check/json_read.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

enum {
    SIZE_MOST = 300000,
    TEXT_SIZE = 1024
};

static const char begin_data[] = "<script type=\"application/json\" "
                                 "id=\"data\">";

/* A page and the run it is of. */
struct shown_page {
    struct picture picture;
    struct strbuf html;
    struct arena *arena;
    char *block;
    const struct json_value *data, *run;
};

static void read_page(struct shown_page *page)
{
    const char *begin = strstr(page->html.text, begin_data), *end;

    ck_assert_ptr_nonnull(begin);
    begin += strlen(begin_data);
    end = strchr(begin, '<'); /* as a browser: whatever it is */
    ck_assert_ptr_nonnull(end);
    page->block = calloc(1, (size_t)(end - begin) + 1);
    memcpy(page->block, begin, (size_t)(end - begin));
    page->arena = arena_new();
    page->data = json_read(page->arena, page->block);
    ck_assert_ptr_nonnull(page->data);
    page->run = json_read_member(page->data, "runs")->item[0];
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
    arena_free(page->arena);
    free(page->block);
    strbuf_fini(&page->html);
    picture_close(&page->picture);
}

/* What a track says at an instant; -1: nothing yet. */
static int64_t value_at(const struct json_value *owner, const char *name,
                        int64_t t_ns)
{
    const struct json_value *track = json_read_member(owner, name);
    const struct json_value *at, *is;
    int64_t now_ns = 0, value = -1;

    ck_assert_ptr_nonnull(track);
    at = json_read_member(track, "at");
    is = json_read_member(track, "is");
    ck_assert_uint_eq(at->count, is->count);
    for (size_t i = 0; i < at->count; i++) {
        ck_assert_int_ge(at->item[i]->number, 0);
        now_ns += at->item[i]->number;
        if (now_ns > t_ns)
            break;
        value = is->item[i]->number;
    }
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
    struct shown_page page;
    const struct json_value *texts;
    bool found = false;

    snprintf(workload, sizeof workload, "# %s\ntask A: say \"%s\"\n", evil,
             evil);
    open_page(&page, workload, "coroutine", evil); /* finds its end itself */
    for (const char *at = page.block; *at; at++)
        ck_assert(*at != '>' && *at != '&');
    ck_assert(!strstr(page.block, "\xE2\x80\xA8"));
    ck_assert(!strstr(page.block, "\xE2\x80\xAE"));
    ck_assert(!strstr(page.html.text, "alert(1)</script"));
    texts = json_read_member(page.data, "texts");
    for (size_t i = 0; i < texts->count; i++)
        found |= !strncmp(texts->item[i]->text, evil, 40);
    ck_assert(found);
    ck_assert(
        !strncmp(json_read_member(page.data, "question")->text, evil, 40));
    close_page(&page);
}
END_TEST

/* --- the run -------------------------------------------------------------- */

static void compare_stays(const struct shown_page *page, int task)
{
    static const char letter[] = "-RLABHSD";
    const struct history *history = page->picture.history;
    const struct json_value *shown = json_read_member(page->run, "tasks")
                                         ->item[task];
    const struct json_value *at = json_read_member(shown, "at");
    const char *is = json_read_member(shown, "is")->text;
    int64_t t_ns = 0;

    ck_assert_uint_eq(at->count, history_intervals(history, task));
    ck_assert_uint_eq(at->count, strlen(is));
    for (size_t i = 0; i < at->count; i++) {
        struct stay stay = history_stay(history, task, i);

        t_ns += at->item[i]->number;
        ck_assert_int_eq(t_ns, stay.from_ns);
        ck_assert_int_eq(is[i], stay.changing ? 'X' : letter[stay.state]);
    }
}

static void compare_line(const struct shown_page *page, int line, int64_t t_ns)
{
    const struct json_value *lists = json_read_member(page->data, "lists");
    const struct json_value *shown = json_read_member(page->run, "queues")
                                         ->item[line];
    int64_t number = value_at(shown, "list", t_ns);
    struct strbuf expected;
    int task[SCENE_PEOPLE];
    size_t count = history_line(page->picture.history, line + 1, t_ns, task,
                                SCENE_PEOPLE);

    strbuf_init(&expected);
    for (size_t i = 0; i < count && i < SCENE_PEOPLE; i++)
        strbuf_addf(&expected, i ? " %d" : "%d", task[i]);
    ck_assert_str_eq(lists->item[number]->text, expected.text);
    ck_assert_int_eq(value_at(shown, "count", t_ns), (int64_t)count);
    strbuf_fini(&expected);
}

static void compare_words(struct shown_page *page, int64_t t_ns)
{
    const struct json_value *texts = json_read_member(page->data, "texts");
    struct scene *scene = calloc(1, sizeof *scene);
    char text[TEXT_SIZE];

    page->picture.view.t_ns = t_ns;
    scene_make(scene, page->picture.history, &page->picture.view);
    narrate_scene(text, sizeof text, scene, 160);
    ck_assert_str_eq(texts->item[value_at(page->run, "now", t_ns)]->text, text);
    free(scene);
}

static void compare_instant(struct shown_page *page, int64_t t_ns)
{
    const struct history *history = page->picture.history;
    const struct json_value *machines = json_read_member(page->run, "machines");
    const struct json_value *tasks = json_read_member(page->run, "tasks");

    ck_assert_int_eq(value_at(page->run, "inProgress", t_ns),
                     history_in_progress(history, t_ns));
    ck_assert_int_eq(value_at(page->run, "working", t_ns),
                     history_working(history, t_ns));
    for (size_t i = 0; i < machines->count; i++) {
        struct service now = history_service_at(history, (int)i, t_ns);

        ck_assert_int_eq(value_at(machines->item[i], "who", t_ns),
                         now.task < 0 ? -1 : 8 * now.task + (int)now.kind);
    }
    for (size_t i = 0; i < tasks->count; i++)
        ck_assert_int_eq(value_at(tasks->item[i], "in", t_ns) == 1,
                         history_is_in_progress(history, (int)i, t_ns));
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
    ck_assert_int_eq(json_read_member(page.run, "mostInProgress")->number,
                     history_max_in_progress(page.picture.history));
    ck_assert_int_eq(json_read_member(page.run, "mostWorking")->number,
                     history_max_working(page.picture.history));
    ck_assert_int_eq(json_read_member(page.run, "end")->number,
                     history_end(page.picture.history));
    close_page(&page);
}
END_TEST

START_TEST(two_runs_are_on_one_page_with_their_verdict)
{
    struct picture picture[2];
    struct shown_page page = { .block = NULL };
    struct web_page web = { .runs = 2,
                            .lang = "en",
                            .label = { "coroutine", "parallel" } };
    const struct json_value *compare;

    for (int i = 0; i < 2; i++) {
        picture_open(&picture[i], "cafeteria", web.label[i], 0);
        web.run[i] = picture[i].history;
    }
    strbuf_init(&page.html);
    web_page_write(&page.html, &web);
    read_page(&page);
    ck_assert_uint_eq(json_read_member(page.data, "runs")->count, 2);
    compare = json_read_member(page.data, "compare");
    ck_assert_str_eq(json_read_member(compare, "verdict")->text,
                     "PARALLEL: 1.95 times as fast as COROUTINES (4.10s, not "
                     "8.00s):");
    ck_assert_int_ge(value_at(compare, "now", 0), 0);
    arena_free(page.arena);
    free(page.block);
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
    tcase_add_test(tests, two_runs_are_on_one_page_with_their_verdict);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
