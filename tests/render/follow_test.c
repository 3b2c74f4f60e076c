/*
 * Who follows a run from instant to instant sees what who looks anew sees.
 */
#include <stdio.h>
#include <string.h>

#include "render/scene/scene.h"
#include "render/scene/sightings.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

enum {
    CROWD = 300
};

static const char calling[] =
    "task A: next G, cpu 50, next G, cpu 50, sleep 30, next G\n"
    "task B: repeat 4 (cpu 30, yield)\n"
    "generator G: repeat 5 (cpu 50, yield)\n";

static const char meeting[] =
    "machines 2\n"
    "task A: lock m, cpu 300, sleep 200, unlock m, cpu 100\n"
    "task B at 50: cpu 100, lock m, cpu 100, unlock m\n"
    "task C: block 150, cpu 200 by 50, sleep 400, cpu 3, yield, cpu 2\n"
    "task D after A: cpu 40, sleep 10, cpu 40, sleep 10, cpu 40\n";

static char crowd[CROWD * 8 + 200];

static const struct {
    const char *workload, *mode;
} run[] = {
    { "cafeteria", "sequential" }, { "cafeteria", "threads" },
    { meeting, "coroutine" },      { meeting, "parallel" },
    { calling, "coroutine" },      { calling, "threads" },
    { "crossed", "threads" },      { crowd, "coroutine" },
    { crowd, "hybrid" },
};

enum {
    RUNS = sizeof run / sizeof run[0]
};

/* More people than a place shows, who come and go in groups. */
static void write_crowd(void)
{
    int length = snprintf(crowd, sizeof crowd, "task");

    for (int i = 0; i < CROWD; i++)
        length += snprintf(crowd + length, sizeof crowd - (size_t)length,
                           " T%d", i);
    snprintf(crowd + length, sizeof crowd - (size_t)length,
             ": cpu 1, sleep 100, lock m, sleep 2, unlock m, yield, cpu 1");
}

static void write_people(struct strbuf *out, const char *name,
                         const struct person *person, int count)
{
    strbuf_addf(out, "%s", name);
    for (int i = 0; i < count; i++)
        strbuf_addf(
            out, " %d:%d@%lld-%lld", person[i].task, (int)person[i].stay.state,
            (long long)person[i].stay.from_ns, (long long)person[i].stay.to_ns);
    strbuf_addc(out, '\n');
}

static void write_scene(struct strbuf *out, const struct scene *scene)
{
    strbuf_clear(out);
    for (int i = 0; i < scene_lines(scene); i++)
        write_people(out, "line", scene->line[i].person, scene->line[i].shown);
    for (int i = 0; i < scene_machines(scene); i++)
        write_people(out, "callers", scene->machine[i].caller,
                     scene->machine[i].callers);
    write_people(out, "away", scene->away, scene->away_shown);
    write_people(out, "done", scene->done, scene->done_shown);
}

static struct picture picture;
static struct sightings *seen;
static struct strbuf followed, anew;

/* The same instant by the run that is followed, and by one nobody has asked. */
static void compare_at(int64_t t_ns)
{
    static struct scene scene;
    struct history *history = history_new(picture.trace);

    history_update(history);
    picture.view.t_ns = t_ns;
    scene_follow(&scene, picture.history, &picture.view, seen);
    write_scene(&followed, &scene);
    scene_make(&scene, history, &picture.view);
    write_scene(&anew, &scene);
    ck_assert_str_eq(followed.text, anew.text);
    history_free(history);
}

START_TEST(a_scene_that_is_followed_is_the_one_that_is_made)
{
    size_t events, step;

    write_crowd();
    picture_open(&picture, run[_i].workload, run[_i].mode, 0);
    seen = sightings_new(picture.history, SCENE_TASKS);
    strbuf_init(&followed);
    strbuf_init(&anew);
    events = trace_count(picture.trace);
    step = 1 + events / 300;
    for (size_t i = 0; i < events; i += step)
        compare_at(trace_at(picture.trace, i)->t_ns);
    for (size_t i = events; i > 0; i -= i / 7 + 1)
        compare_at(trace_at(picture.trace, i - 1)->t_ns);
    strbuf_fini(&followed);
    strbuf_fini(&anew);
    sightings_free(seen);
    picture_close(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/follow");
    TCase *tests = tcase_create("follow");

    tcase_add_loop_test(tests, a_scene_that_is_followed_is_the_one_that_is_made,
                        0, RUNS);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
