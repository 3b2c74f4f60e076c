/*
 * check_begin.c -- will every task begin?
 *
 * A task begins by itself, after another one, or when another one spawns it:
 * each has at most one cause. Who follows the causes comes to a task that
 * begins by itself, or walks in a cycle, and then none of those in the cycle
 * ever begins.
 */
#include <stdlib.h>

#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/workload/parse_internal.h"

struct beginnings {
    struct parser *parser;
    const struct workload *workload;
    const int *spawner;
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

/* Who must have done something before this task can begin, or -1. */
static int cause(const struct beginnings *begin, int task)
{
    int after = begin->workload->task[task].after;

    return after >= 0 ? after : begin->spawner[task];
}

/* Name the tasks of a cycle, at most six of them. */
static bool fail_cycle(const struct beginnings *begin, int task)
{
    const struct task_spec *first = &begin->workload->task[task];
    struct strbuf names;
    int next = task;
    bool failed;

    strbuf_init(&names);
    strbuf_adds(&names, first->name);
    for (int i = 0; i == 0 || next != task; i++) {
        next = cause(begin, next);
        if (i == 6 && next != task) {
            strbuf_adds(&names, " <- …");
            break;
        }
        strbuf_addf(&names, " <- %s", begin->workload->task[next].name);
    }
    failed = scan_fail_at(&begin->parser->scan, first->source_line,
                          first->source_column,
                          _("these tasks wait for each other and never begin: "
                            "%s; let one of them begin by itself"),
                          names.text);
    strbuf_fini(&names);
    return failed;
}

/*
 * Each task has at most one cause: walk from each along its causes, marking
 * where this walk has been. A walk that meets itself has found a cycle, one
 * that meets an older walk has not. (seen counts walks from 1.)
 */
static bool check_cycles(const struct beginnings *begin)
{
    int count = (int)begin->workload->task_count;
    int *seen = xcalloc((size_t)count, sizeof *seen);
    bool fine = true;

    for (int i = 0; i < count && fine; i++) {
        int task = i;

        while (task >= 0 && seen[task] == 0) {
            seen[task] = i + 1;
            task = cause(begin, task);
        }
        if (task >= 0 && seen[task] == i + 1)
            fine = fail_cycle(begin, task);
    }
    free(seen);
    return fine;
}

bool check_beginnings(struct parser *parser, const int *spawner)
{
    struct beginnings begin = { parser, parser->workload, spawner };

    return check_spawned(&begin) && check_cycles(&begin);
}
