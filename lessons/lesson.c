/*
 * lesson.c -- what everybody asks of a lesson once it has been read.
 *
 * Settings come from three places: the run, the solution of a modify screen,
 * and lesson_settings_complete for what neither gives. A later one replaces
 * what it gives and leaves the rest.
 */
#include "lessons/lesson.h"

#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

enum {
    LESSON_SLICE_MS = 10
};

void lesson_settings_init(struct lesson_settings *settings)
{
    *settings = (struct lesson_settings){
        .machines = LESSON_NOT_GIVEN,
        .policy = { .policy = POLICIES },
        .slice_ns = LESSON_NOT_GIVEN,
        .switch_cost_ns = LESSON_NOT_GIVEN,
        .gil_ns = LESSON_NOT_GIVEN,
        .limit_ns = LESSON_NOT_GIVEN,
    };
}

void lesson_settings_apply(struct lesson_settings *settings,
                           const struct lesson_settings *change)
{
    if (change->mode)
        settings->mode = change->mode;
    if (change->machines >= 0)
        settings->machines = change->machines;
    if (change->policy.policy != POLICIES)
        settings->policy = change->policy;
    if (change->slice_ns >= 0)
        settings->slice_ns = change->slice_ns;
    if (change->switch_cost_ns >= 0)
        settings->switch_cost_ns = change->switch_cost_ns;
    if (change->gil_ns >= 0)
        settings->gil_ns = change->gil_ns;
    if (change->limit_ns >= 0)
        settings->limit_ns = change->limit_ns;
}

bool lesson_settings_same(const struct lesson_settings *a,
                          const struct lesson_settings *b)
{
    return a->mode == b->mode && a->machines == b->machines &&
           policy_same(&a->policy, &b->policy) && a->slice_ns == b->slice_ns &&
           a->switch_cost_ns == b->switch_cost_ns && a->gil_ns == b->gil_ns &&
           a->limit_ns == b->limit_ns;
}

void lesson_settings_complete(struct lesson_settings *settings)
{
    static const struct lesson_settings plain = {
        .machines = 1,
        .slice_ns = LESSON_SLICE_MS * NS_PER_MS,
    };
    struct lesson_settings complete = plain;

    complete.mode = mode_table[MODE_SEQUENTIAL].name;
    lesson_settings_apply(&complete, settings);
    if (!(mode_traits(complete.mode) & PARALLEL))
        complete.machines = 1;
    *settings = complete;
}

const struct lesson_screen *lesson_run_screen(const struct lesson *lesson,
                                              int number)
{
    for (size_t i = 0; i < lesson->screen_count; i++)
        if (lesson->screen[i].kind == LESSON_RUN &&
            lesson->screen[i].run == number)
            return &lesson->screen[i];
    return NULL;
}

/* Whether the author has placed the tasks: "line 2" or "lines own" is
 * written before the first colon of a line. */
static bool names_lines(const char *text)
{
    while (*text) {
        size_t head = strcspn(text, ":\n");
        const char *word = strstr(text, "line");

        if (word && word < text + head && (word[4] == ' ' || word[4] == 's'))
            return true;
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return false;
}

struct workload *lesson_workload(const struct lesson *lesson, const char *text,
                                 int line, int column, struct diag *diag)
{
    struct workload *workload = workload_parse_at(
        lesson->file, lesson->id ? lesson->id : "lesson", text, strlen(text),
        line, column, diag);

    if (!workload || names_lines(text))
        return workload;
    for (size_t i = 0; i < workload->task_count; i++)
        workload->task[i].line = (int)(i % (size_t)lesson->lines) + 1;
    workload->line_count = lesson->lines;
    return workload;
}

void lesson_free(struct lesson *lesson)
{
    if (!lesson)
        return;
    for (size_t i = 0; i < lesson->workload_count; i++)
        workload_free(lesson->workload[i].workload);
    arena_free(lesson->arena);
}
