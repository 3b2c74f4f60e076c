/*
 * scheduler_queries.c -- what hosts may ask: who is where, until when, and what
 * comes next. Nothing here changes anything.
 */
#include "sched/base/clock.h"
#include "sched/scheduler/scheduler_internal.h"

/* --- the run -------------------------------------------------------------- */

bool scheduler_unfinished(const struct scheduler *s)
{
    return s->unfinished > 0;
}

/* Who waits for a descriptor can be woken from outside at any time; who sleeps
 * cannot go on where machines are held for ever. */
bool scheduler_stuck(const struct scheduler *s)
{
    if (s->unfinished == 0 || s->running > 0 || s->outside > 0 ||
        s->resting_jobs > 0)
        return false;
    if (s->for_ever == s->options->machines)
        return true;
    return s->alarms.count == 0 && scheduler_idle_machine(s) < 0;
}

/* With a script an alarm is due when the script says so, whatever its time. */
int scheduler_next_alarm(const struct scheduler *s)
{
    if (s->script)
        return script_alarm(s);
    return s->alarms.count == 0 ? -1 : s->alarms.entry[0].task;
}

int64_t scheduler_alarm_ns(const struct scheduler *s)
{
    int task = scheduler_next_alarm(s);

    return task < 0 ? TIME_NEVER : s->alarms.entry[s->position[task]].key;
}

/* Most runs have neither jobs nor boosts. A boost while nobody is there to
 * notice can wait. */
int64_t scheduler_next_ns(const struct scheduler *s)
{
    int64_t next_ns = scheduler_alarm_ns(s);

    if (s->jobs && jobs_next_ns(s) < next_ns)
        next_ns = jobs_next_ns(s);
    if (s->boost_ns < next_ns && (s->ready > 0 || s->running > 0))
        next_ns = s->boost_ns;
    return next_ns;
}

/* --- machines ------------------------------------------------------------- */

/* Asked after every step: the first line answers it nearly always. */
int scheduler_idle_machine(const struct scheduler *s)
{
    if (s->ready == 0 || s->free == 0 || s->resting)
        return -1;
    for (int i = 0; i < s->options->machines; i++) {
        const struct machine *machine = &s->machine[i];

        if (machine->turn < 0 &&
            (machine->promised >= 0 || scheduler_is_wanted(s, i)))
            return i;
    }
    return -1;
}

bool scheduler_is_wanted(const struct scheduler *s, int machine)
{
    return s->queue[s->machine[machine].queue].count > 0;
}

int scheduler_turn(const struct scheduler *s, int machine)
{
    return s->machine[machine].turn;
}

/* A machine that changes over, or holds a waiting task, runs nobody. */
int scheduler_runner(const struct scheduler *s, int machine)
{
    int turn = s->machine[machine].turn;

    if (turn < 0)
        return -1;
    switch (s->task[turn].place) {
    case PLACE_RUNNING:
        return turn;
    case PLACE_CALLING:
        return s->task[turn].callee;
    default:
        return -1;
    }
}

int64_t scheduler_slice_ns(const struct scheduler *s, int machine)
{
    return s->machine[machine].slice_ns;
}

/* --- tasks ---------------------------------------------------------------- */

/* One that is ready has no machine: it may only be promised to it. */
int scheduler_machine(const struct scheduler *s, int task)
{
    return s->task[task].place == PLACE_IN_LINE ? -1 : s->task[task].machine;
}

enum task_place scheduler_place(const struct scheduler *s, int task)
{
    return (enum task_place)s->task[task].place;
}

bool scheduler_computes(const struct scheduler *s, int task)
{
    return s->task[task].place == PLACE_RUNNING && !s->task[task].without_gil;
}

int64_t scheduler_until_ns(const struct scheduler *s, int task)
{
    return s->task[task].until_ns;
}

int64_t scheduler_left_ns(const struct scheduler *s, int task)
{
    return s->task[task].left_ns;
}

uint64_t scheduler_seed(const struct scheduler *s)
{
    return s->options->seed;
}

bool scheduler_received(const struct scheduler *s, int task, int64_t *value)
{
    *value = s->task[task].value;
    return s->task[task].received;
}

int scheduler_chosen(const struct scheduler *s, int task)
{
    return s->task[task].chosen;
}

bool scheduler_quits(const struct scheduler *s, int task)
{
    return s->task[task].quits;
}

/* fd is -1 unless the task waits for a descriptor. */
bool scheduler_awaits(const struct scheduler *s, int task, int *fd,
                      short *events)
{
    *fd = s->task[task].fd;
    *events = s->task[task].events;
    return *fd >= 0;
}

size_t scheduler_awaiting(const struct scheduler *s)
{
    return s->outside;
}
