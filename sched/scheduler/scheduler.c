#include "sched/scheduler/scheduler.h"

#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/program/program.h"
#include "sched/run/gate.h"
#include "sched/scheduler/checksum.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/trace/trace.h"

void scheduler_note(struct scheduler *s, int64_t now_ns, enum event_kind kind,
                    int task, int object, int64_t value)
{
    scheduler_put(s, now_ns, kind, task, task < 0 ? -1 : s->actor[task].machine,
                  object, value);
}

/* --- making one ----------------------------------------------------------- */

static int ask_gate(void *context, const int *candidate, size_t count,
                    int64_t *waited_ns)
{
    struct gate *gate = context;

    *waited_ns = 0;
    return gate == NULL ? 0 : gate_ask(gate, candidate, count);
}

static void make_actors(struct scheduler *s)
{
    const struct workload *workload = s->workload;
    size_t count = workload->task_count;

    s->actor = xcalloc(count + 1, sizeof(*s->actor));
    s->link = xcalloc(count + 1, sizeof(*s->link));
    s->position = xcalloc(count + 1, sizeof(*s->position));
    for (size_t i = count; i-- > 0;) {
        struct actor *actor = &s->actor[i];

        wait_queue_init(&actor->waiters);
        actor->until_ns = TIME_NEVER;
        actor->machine = -1;
        actor->home = -1;
        actor->callee = -1;
        actor->caller = -1;
        actor->fd = -1;
        actor->first_after = -1;
        actor->priority = workload->task[i].priority;
    }
    for (size_t i = count; i-- > 0;) { /* backwards: lists in file order */
        int after = workload->task[i].after;

        if (after < 0)
            continue;
        s->actor[i].next_after = s->actor[after].first_after;
        s->actor[after].first_after = (int)i;
    }
}

/* Rule R18: with own lines, as many as there are pairs of line and machine;
 * what several machines serve, or one serves of several, is one line here. */
static void make_machines(struct scheduler *s)
{
    int count = s->options->machines;

    s->lines = 1;
    if (s->options->lines_own) {
        s->lines = s->workload->line_count;
        if (s->lines > count)
            s->lines = count;
    }
    s->line = &s->only_line;
    if (s->lines > 1)
        s->line = xcalloc((size_t)s->lines, sizeof(*s->line));
    for (int i = 0; i < s->lines; i++)
        ready_queue_init(&s->line[i], s->options->policy, s->link, s->position);
    s->machine = xcalloc((size_t)count, sizeof(*s->machine));
    for (int i = 0; i < count; i++) {
        s->machine[i] = (struct station){
            .turn = -1,
            .served = -1,
            .promised = -1,
            .line = i % s->lines,
            .slice_ns = TIME_NEVER,
        };
        ready_queue_init(&s->machine[i].settled, s->options->policy, s->link,
                         s->position);
    }
    s->free = count;
}

static void make_objects(struct scheduler *s)
{
    const struct workload *workload = s->workload;

    s->lock = xcalloc(workload->lock_count + 1, sizeof(*s->lock));
    for (size_t i = 0; i < workload->lock_count; i++) {
        s->lock[i].owner = -1;
        wait_queue_init(&s->lock[i].waiting);
    }
    s->channel = xcalloc(workload->channel_count + 1, sizeof(*s->channel));
    for (size_t i = 0; i < workload->channel_count; i++) {
        s->channel[i].size = workload->channel[i].size;
        wait_queue_init(&s->channel[i].senders);
        wait_queue_init(&s->channel[i].receivers);
    }
    s->barrier = xcalloc(workload->barrier_count + 1, sizeof(*s->barrier));
    for (size_t i = 0; i < workload->barrier_count; i++)
        wait_queue_init(&s->barrier[i].queue);
    s->shared = xcalloc(workload->shared_count + 1, sizeof(*s->shared));
    for (size_t i = 0; i < workload->shared_count; i++)
        s->shared[i] = workload->shared[i].initial;
    s->key.holder = -1;
    wait_queue_init(&s->key.waiting);
}

struct scheduler *scheduler_new(const struct workload *workload,
                                unsigned traits,
                                const struct run_options *options,
                                struct trace *trace)
{
    struct scheduler *s = xcalloc(1, sizeof(*s));

    s->workload = workload;
    s->options = options;
    s->trace = trace;
    s->traits = traits;
    s->random = options->seed;
    s->director = options->director;
    s->script = options->script;
    s->choose = options->choose ? options->choose : ask_gate;
    s->choose_context = options->choose ? options->choose_context
                                        : options->gate;
    make_actors(s);
    make_machines(s);
    make_objects(s);
    alarm_heap_init(&s->alarms, s->position);
    s->programs = programs_new(workload, s, trace,
                               options->model && options->foretell);
    s->plain = scheduler_is_plain(s);
    return s;
}

void scheduler_free(struct scheduler *s)
{
    if (s == NULL)
        return;
    programs_free(s->programs);
    for (size_t i = 0; i < s->workload->task_count; i++)
        free(s->actor[i].copy);
    for (int i = 0; i < s->lines; i++)
        ready_queue_fini(&s->line[i]);
    for (int i = 0; i < s->options->machines; i++)
        ready_queue_fini(&s->machine[i].settled);
    for (size_t i = 0; i < s->workload->channel_count; i++)
        free(s->channel[i].value);
    alarm_heap_fini(&s->alarms);
    free(s->actor);
    free(s->link);
    free(s->position);
    if (s->line != &s->only_line)
        free(s->line);
    free(s->machine);
    free(s->lock);
    free(s->channel);
    free(s->barrier);
    free(s->shared);
    free(s->postponed);
    free(s);
}

void scheduler_set_choose(struct scheduler *s, scheduler_choose *choose,
                          void *context)
{
    s->choose = choose;
    s->choose_context = context;
}

/* --- the run -------------------------------------------------------------- */

void scheduler_begin(struct scheduler *s, int64_t now_ns)
{
    const struct workload *workload = s->workload;
    int count = (int)workload->task_count;

    scheduler_note(s, now_ns, EVENT_START, -1, 0, s->options->machines);
    for (int i = 0; i < count; i++) {
        const struct task_spec *task = &workload->task[i];

        if (task->generator || task->at_spawn)
            continue;
        s->actor[i].expected = true;
        s->actor[i].place = PLACE_EXPECTED;
        s->unfinished++;
        scheduler_note(s, now_ns, EVENT_CREATED, i, 0, task->priority);
    }
    for (int i = 0; i < count; i++) {
        if (s->actor[i].expected)
            transition_expect(s, i, -1, now_ns);
    }
}

static void tell_facts(struct scheduler *s, int task, int64_t now_ns)
{
    const struct actor *actor = &s->actor[task];

    if (actor->result != 0)
        scheduler_note(s, now_ns, EVENT_RESULT, task, 0, actor->result);
    if (actor->checksum != 0)
        scheduler_note(s, now_ns, EVENT_CHECKSUM, task, 0,
                       (int64_t)scheduler_checksum(s, task));
}

enum performed scheduler_done(struct scheduler *s, int task, int64_t now_ns)
{
    tell_facts(s, task, now_ns);
    if (s->actor[task].caller >= 0)
        return transition_return(s, task, EVENT_DONE, now_ns);
    transition_done(s, task, now_ns);
    return PERFORMED_LEFT;
}

void scheduler_finish(struct scheduler *s, enum outcome outcome, int64_t now_ns)
{
    int count = (int)s->workload->task_count;

    for (int i = 0; i < count; i++) {
        if (s->actor[i].place != PLACE_DONE)
            tell_facts(s, i, now_ns);
    }
    scheduler_note(s, now_ns, EVENT_END, -1, (int)outcome, 0);
}

/* --- questions ------------------------------------------------------------ */

bool scheduler_unfinished(const struct scheduler *s)
{
    return s->unfinished > 0;
}

bool scheduler_stuck(const struct scheduler *s)
{
    if (s->unfinished == 0 || s->running > 0 || s->outside > 0)
        return false;
    if (s->for_ever == s->options->machines)
        return true;
    return s->alarms.count == 0 && scheduler_idle_machine(s) < 0;
}

int64_t scheduler_next_ns(const struct scheduler *s)
{
    if (s->script != NULL)
        return replay_next_ns(s);
    return s->alarms.count == 0 ? TIME_NEVER : s->alarms.entry[0].key;
}

int scheduler_idle_machine(const struct scheduler *s)
{
    if (s->in_line == 0 || s->free == 0 || s->resting)
        return -1;
    for (int i = 0; i < s->options->machines; i++) {
        const struct station *machine = &s->machine[i];

        if (machine->turn < 0 &&
            (machine->promised >= 0 || scheduler_line_length(s, i) > 0))
            return i;
    }
    return -1;
}

int scheduler_turn(const struct scheduler *s, int machine)
{
    return s->machine[machine].turn;
}

int scheduler_runner(const struct scheduler *s, int machine)
{
    int turn = s->machine[machine].turn;

    if (turn < 0)
        return -1;
    switch (s->actor[turn].place) {
    case PLACE_RUNNING:
        return turn;
    case PLACE_CALLING:
        return s->actor[turn].callee;
    default:
        return -1;
    }
}

int scheduler_machine(const struct scheduler *s, int task)
{
    if (s->actor[task].place == PLACE_IN_LINE)
        return -1; /* a machine is only promised to it */
    return s->actor[task].machine;
}

enum place scheduler_place(const struct scheduler *s, int task)
{
    return (enum place)s->actor[task].place;
}

int64_t scheduler_until_ns(const struct scheduler *s, int task)
{
    return s->actor[task].until_ns;
}

size_t scheduler_line_length(const struct scheduler *s, int machine)
{
    const struct station *station = &s->machine[machine];

    return s->line[station->line].count + station->settled.count;
}

int64_t scheduler_left_ns(const struct scheduler *s, int task)
{
    return s->actor[task].left_ns;
}

bool scheduler_received(const struct scheduler *s, int task, int64_t *value)
{
    *value = s->actor[task].value;
    return s->actor[task].received;
}

int64_t scheduler_result(const struct scheduler *s, int task)
{
    return s->actor[task].result;
}

void scheduler_set_result(struct scheduler *s, int task, int64_t result)
{
    s->actor[task].result = result;
}

struct programs *scheduler_programs(const struct scheduler *s)
{
    return s->programs;
}

bool scheduler_awaits(const struct scheduler *s, int task, int *fd,
                      short *events)
{
    *fd = s->actor[task].fd;
    *events = s->actor[task].events;
    return *fd >= 0;
}

size_t scheduler_awaiting(const struct scheduler *s)
{
    return s->outside;
}

uint64_t scheduler_checksum(const struct scheduler *s, int task)
{
    if (s->workload->task[task].program != NULL)
        return s->actor[task].checksum;
    return checksum_task(s->actor[task].checksum, task);
}

int64_t scheduler_slice_ns(const struct scheduler *s, int machine)
{
    return s->machine[machine].slice_ns;
}
