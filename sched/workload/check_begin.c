/*
 * check_begin.c -- will every task begin?
 *
 * A task begins by itself, after others, or when another one spawns it. Who
 * follows the causes comes to tasks that begin by themselves, or walks in a
 * cycle, and then none of those in the cycle ever begins.
 */
#include <stdlib.h>

#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

/* A task on the way from cause to cause, and which of its causes is next. */
struct stride {
    int task, next;
};

struct beginnings {
    struct parser *parser;
    const struct workload *workload;
    const int *spawner;
    const int *stand_in; /* a task: the first of its statement */
    struct stride *way;
    int length;
};

/* A task `at spawn` that no step spawns would wait for ever. */
static bool check_spawned(const struct beginnings *begin)
{
    for (size_t i = 0; i < begin->workload->task_count; i++) {
        const struct task_spec *task = &begin->workload->task[i];

        if (task->at_spawn && begin->spawner[i] < 0)
            return scan_fail_at(
                &begin->parser->scan, task->source_line, task->source_column,
                _("nothing starts \"%s\"; add \"spawn %s\" to a "
                  "task, or remove \"at spawn\""),
                task->name, task->name);
    }
    return true;
}

/* The number-th task that must have done something before this one can begin,
 * or -1. */
static int cause(const struct beginnings *begin, int task, int number)
{
    const struct task_spec *spec = &begin->workload->task[task];

    if (number < spec->afters)
        return spec->after[number];
    return number == 0 ? begin->spawner[task] : -1;
}

/* Name the tasks of the cycle from the one at `start` of the way back to
 * `task`, which does the same; at most six of them. */
static bool fail_cycle(const struct beginnings *begin, int start, int task)
{
    const struct task_spec *all = begin->workload->task, *first = &all[task];
    struct strbuf names;
    bool failed;

    strbuf_init(&names);
    strbuf_adds(&names, first->name);
    for (int i = start + 1; i <= begin->length; i++) {
        if (i == start + 7 && i < begin->length) {
            strbuf_adds(&names, " <- …");
            break;
        }
        strbuf_addf(&names, " <- %s",
                    i < begin->length ? all[begin->way[i].task].name
                                      : first->name);
    }
    failed = scan_fail_at(&begin->parser->scan, first->source_line,
                          first->source_column,
                          _("these tasks wait for each other and never begin: "
                            "%s; let one of them begin by itself"),
                          names.text);
    strbuf_fini(&names);
    return failed;
}

enum {
    NOT_SEEN,
    ON_THE_WAY, /* its place there is place[] */
    SEEN,
};

/*
 * Walk from a task along its causes, depth first: whoever is met again on the
 * way waits for itself. The tasks of one statement have the same causes, so the
 * first one stands for all.
 */
static bool walk(struct beginnings *begin, int task, char *seen, int *place)
{
    begin->length = 0;
    for (;;) {
        int node = task < 0 ? -1 : begin->stand_in[task];
        struct stride *last;

        if (node >= 0 && seen[node] == ON_THE_WAY)
            return fail_cycle(begin, place[node], task);
        if (node >= 0 && seen[node] == NOT_SEEN) {
            seen[node] = ON_THE_WAY;
            place[node] = begin->length;
            begin->way[begin->length++] = (struct stride){ task, 0 };
        } else if (node < 0) { /* no cause is left */
            seen[begin->stand_in[begin->way[--begin->length].task]] = SEEN;
        }
        if (begin->length == 0)
            return true;
        last = &begin->way[begin->length - 1];
        task = cause(begin, last->task, last->next++);
    }
}

static bool check_cycles(struct beginnings *begin)
{
    int count = (int)begin->workload->task_count;
    const struct task_spec *spec = begin->workload->task;
    int *stand_in = xcalloc((size_t)count, sizeof *stand_in);
    int *place = xcalloc((size_t)count, sizeof *place);
    char *seen = xcalloc((size_t)count, 1);
    bool fine = true;

    for (int i = 0; i < count; i++)
        stand_in[i] = i > 0 && spec[i].afters > 0 &&
                              spec[i].after == spec[i - 1].after
                          ? stand_in[i - 1]
                          : i;
    begin->stand_in = stand_in;
    begin->way = xcalloc((size_t)count, sizeof *begin->way);
    for (int i = 0; i < count && fine; i++)
        fine = seen[stand_in[i]] == SEEN || walk(begin, i, seen, place);
    free(begin->way);
    free(seen);
    free(place);
    free(stand_in);
    return fine;
}

bool check_beginnings(struct parser *parser, const int *spawner)
{
    struct beginnings begin = { .parser = parser,
                                .workload = parser->workload,
                                .spawner = spawner };

    return check_spawned(&begin) && check_cycles(&begin);
}
