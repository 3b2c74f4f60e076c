/*
 * perform.c -- what tasks do: one request after the other, and then the end.
 *
 * Each request is a transition (transition.c), an operation on an object
 * (sync.c) or on a shared variable (perform_shared.c), or work (work.c); if it
 * is none that can be, the run fails (perform_fail.c). Whatever follows from
 * the step for others is done here when it is complete: a task that stops
 * running releases the GIL, one that is done wakes all who wait for that.
 */
#include <errno.h>
#include <limits.h>

#include "sched/base/i18n.h"
#include "sched/base/sum.h"
#include "sched/scheduler/checksum.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/workload/says.h"

/* --- how much a run may do ------------------------------------------------ */

/* Loops can go on for ever: there is an end to what a run can do. */
static void count_step(struct scheduler *s, int steps)
{
    int64_t most = s->options->steps_max > 0 ? s->options->steps_max
                                             : WORKLOAD_PERFORMED_MAX;

    s->steps += steps;
    if (s->steps <= most || s->failed)
        return;
    s->failed = true;
    diag_set(&s->failure, s->workload->file, 0, 0,
             _("the run has done more than %lld steps, and is ended: let its "
               "loops take time, or end sooner"),
             (long long)most);
}

int scheduler_error(const struct scheduler *s, struct diag *diag)
{
    if (!s->failed)
        return 0;
    if (diag)
        *diag = s->failure;
    return -EDOM;
}

void scheduler_fail(struct scheduler *s, int line, const char *why)
{
    if (s->failed)
        return;
    s->failed = true;
    diag_set(&s->failure, line > 0 ? s->workload->file : NULL, line, 0, "%s",
             why);
}

/* --- the others ----------------------------------------------------------- */

void scheduler_set_result(struct scheduler *s, int task, int64_t result)
{
    s->task[task].result = result;
}

/* A host that really added has put the sum into the request; the model takes
 * the formula. Both must agree, or the checksums would show it. */
static void perform_sum(struct scheduler *s, int task,
                        const struct request *request)
{
    struct task_control *state = &s->task[task];
    uint64_t count = sum_count(request->value, request->last);

    if (count > 0) {
        uint64_t sum = request->summed
                           ? request->sum
                           : sum_formula(request->value, request->last);

        state->result = (int64_t)((uint64_t)state->result + sum);
        state->checksum = checksum_sum(state->checksum, state->result);
    }
    scheduler_note(s, EVENT_SUM, task, count > INT_MAX ? INT_MAX : (int)count,
                   state->result);
}

/* To spawn a task a second time means nothing. */
static void perform_spawn(struct scheduler *s, int task, int other)
{
    scheduler_note(s, EVENT_SPAWNED, task, other, 0);
    if (s->task[other].expected)
        return;
    transition_create(s, other);
    transition_expect(s, other, task);
}

/* Only one task at a time can call a generator: it has only one place to go on
 * from. Others queue until it pauses. */
static enum performed perform_next(struct scheduler *s, int task, int callee)
{
    struct task_control *generator = &s->task[callee];

    scheduler_note(s, EVENT_CALLED, task, callee, 0);
    if (generator->place == PLACE_DONE)
        return PERFORMED_GO_ON;
    if (!generator->expected) {
        generator->expected = true;
        scheduler_note(s, EVENT_CREATED, callee, 0, generator->priority);
    }
    if (generator->caller >= 0) { /* somebody else is calling it */
        s->task[task].wants_call = true;
        return sync_queue_up(s, task, &generator->waiters, WAIT_JOIN, callee);
    }
    generator->caller = task;
    s->task[task].callee = callee;
    transition_call(s, task);
    return PERFORMED_GO_ON;
}

/* May the task hand its machine over to other? It must be ready, and served
 * by that machine. */
static bool can_hand_over(const struct scheduler *s, int task, int other)
{
    const struct task_spec *spec = s->workload->task;
    int machine = s->task[task].machine;

    if (other < 0 || s->task[other].place != PLACE_IN_LINE ||
        s->task[other].machine >= 0)
        return false;
    return (spec[other].line - 1) % s->queues == s->machine[machine].queue;
}

/* In a generator a yield gives a value back. With nobody else ready a yield
 * changes nothing; where tasks are not preempted it is still shown. */
static enum performed perform_yield(struct scheduler *s, int task, int to)
{
    int m = s->task[task].machine;

    if (s->task[task].caller >= 0) {
        transition_return(s, task, EVENT_PAUSE);
        sync_lend(s, task);
        return PERFORMED_RETURNED;
    }
    if (s->traits & TO_THE_END)
        return PERFORMED_GO_ON;
    if (!scheduler_is_wanted(s, m)) {
        if (!(s->traits & PREEMPTIVE))
            transition_resume(s, task);
        return PERFORMED_GO_ON;
    }
    if (can_hand_over(s, task, to))
        transition_promise(s, to, m);
    transition_step_aside(s, task, READY_YIELDED, -1, false);
    return PERFORMED_LEFT;
}

/* No time is no work: the task is not even asked whether it has the GIL. */
static enum performed perform_work(struct scheduler *s, int task, int64_t ns)
{
    if (ns <= 0)
        return PERFORMED_GO_ON;
    s->task[task].asked_ns = ns;
    s->task[task].left_ns = ns;
    return scheduler_work(s, task, s->now_ns);
}

/* A text with numbers in it is one of the trace's own, as those of tasks in C
 * are. */
static void perform_say(struct scheduler *s, int task,
                        const struct request *request)
{
    char text[SAYS_FILLED_BYTES];

    if (!request->said) {
        scheduler_note(s, EVENT_SAY, task, request->line, request->column);
        return;
    }
    says_fill(text, sizeof text, request->step, request->said);
    scheduler_note(s, EVENT_SAY, task, 0,
                   s->trace ? trace_add_text(s->trace, text) : 0);
}

/* Giving back, calling, closing: what lets others go on. */
static void perform_for_others(struct scheduler *s, int task,
                               const struct request *request)
{
    int object = request->object;

    switch (request->kind) {
    case STEP_UNLOCK:
        if (perform_holds(s, task, object, request))
            sync_unlock(s, task, object);
        break;
    case STEP_RELEASE:
        sync_release(s, task, object);
        break;
    case STEP_SIGNAL:
        sync_signal(s, task, object);
        break;
    case STEP_BROADCAST:
        sync_broadcast(s, task, object);
        break;
    case STEP_RELINQUISH:
        sync_relinquish(s, task, object);
        break;
    case STEP_CLOSE:
        sync_close(s, task, object);
        break;
    case STEP_SPAWN:
        perform_spawn(s, task, object);
        break;
    case STEP_CANCEL:
        sync_cancel(s, task, object);
        break;
    default:
        break;
    }
}

/* Those that leave the task where it is. */
static void perform_at_once(struct scheduler *s, int task,
                            const struct request *request)
{
    switch (request->kind) {
    case STEP_READ:
        perform_read(s, task, request->object);
        break;
    case STEP_WRITE:
        perform_write(s, task, request);
        break;
    case STEP_SET:
        perform_set(s, task, request, request->value);
        break;
    case REQUEST_LOAD:
        perform_load(s, task, request->object);
        break;
    case REQUEST_FAIL:
        perform_fail(s, task, request);
        break;
    case REQUEST_PAUSE:
        count_step(s, 1000);
        break;
    case STEP_SAY:
        perform_say(s, task, request);
        break;
    case STEP_SUM:
        perform_sum(s, task, request);
        break;
    case STEP_PRIORITY:
        sync_prioritize(s, task, (int)request->value);
        break;
    default:
        perform_for_others(s, task, request);
    }
}

/* Perform the request itself, without what follows from it for others. */
static enum performed perform(struct scheduler *s, int task,
                              const struct request *request)
{
    int object = request->object;

    switch (request->kind) {
    case STEP_CPU:
        return perform_work(s, task, request->ns);
    case STEP_SLEEP:
        return transition_sleep(s, task, s->traits & TO_THE_END, request->ns);
    case STEP_BLOCK:
        return transition_sleep(s, task, !(s->traits & PREEMPTIVE),
                                request->ns);
    case STEP_YIELD:
        return perform_yield(s, task, object);
    case STEP_LOCK:
        return sync_lock(s, task, object);
    case STEP_SEND:
        return sync_send(
            s, task, object,
            request->line > 0 && !request->valued ? task : request->value);
    case STEP_RECV:
        return sync_recv(s, task, object);
    case STEP_WAIT:
        return sync_wait(s, task, object);
    case STEP_ACQUIRE:
        return sync_acquire(s, task, object);
    case STEP_SELECT:
        return sync_select(s, task, request);
    case STEP_AWAIT:
        if (!perform_holds(s, task, (int)request->value, request))
            return PERFORMED_GO_ON;
        return sync_await(s, task, object, (int)request->value);
    case STEP_RLOCK:
        return sync_rlock(s, task, object);
    case STEP_WLOCK:
        return sync_wlock(s, task, object);
    case STEP_JOIN:
        return sync_join(s, task, object);
    case STEP_NEXT:
        return perform_next(s, task, object);
    case REQUEST_ROUND:
        return spin_round(s, task, request);
    case REQUEST_FD:
        s->task[task].fd = object;
        s->task[task].events = (short)request->value;
        return transition_await(s, task, s->traits & TO_THE_END);
    default:
        perform_at_once(s, task, request);
        return PERFORMED_GO_ON;
    }
}

/* May the step make the task wait? There it ends, if it was cancelled. */
static bool can_wait(int kind)
{
    switch (kind) {
    case STEP_SLEEP:
    case STEP_BLOCK:
    case STEP_YIELD:
    case STEP_LOCK:
    case STEP_SEND:
    case STEP_RECV:
    case STEP_WAIT:
    case STEP_JOIN:
    case STEP_ACQUIRE:
    case STEP_AWAIT:
    case STEP_RLOCK:
    case STEP_WLOCK:
    case STEP_SELECT:
        return true;
    default:
        return false;
    }
}

/* May others now have what they only tried to have? What was tried in vain
 * changes nothing for anybody. */
static bool is_change(const struct scheduler *s, int task,
                      const struct request *request)
{
    if (request->tries && !s->task[task].received)
        return false;
    switch (request->kind) {
    case STEP_SELECT:
        return request->choice[s->task[task].chosen].kind != STEP_OTHERWISE;
    case STEP_LOCK:
    case STEP_UNLOCK:
    case STEP_SEND:
    case STEP_RECV:
    case STEP_CLOSE:
    case STEP_ACQUIRE:
    case STEP_RELEASE:
    case STEP_AWAIT:
    case STEP_RLOCK:
    case STEP_WLOCK:
    case STEP_RELINQUISH:
    case STEP_CANCEL:
        return true;
    default:
        return false;
    }
}

/* The place tells whether the task has stopped running, whatever the
 * step was. */
enum performed scheduler_perform(struct scheduler *s, int task,
                                 const struct request *request, int64_t now_ns)
{
    enum performed what;

    s->now_ns = now_ns;
    if (is_directed(s) && replay_stops(s, task, request))
        return PERFORMED_LEFT;
    if (!request->together)
        claims_check(s);
    count_step(s, 1);
    spin_note(s, task, request);
    if (request->line > 0)
        scheduler_note(s, EVENT_STEP, task, request->line, request->column);
    else if (request->call_line > 0)
        scheduler_note(s, EVENT_STEP, task, request->call_line, 0);
    if (s->task[task].canceller >= 0 && can_wait(request->kind)) {
        s->task[task].quits = true;
        return PERFORMED_GO_ON;
    }
    s->task[task].attempt_ns = STEP_FOREVER;
    if (request->tries) {
        s->task[task].attempt_ns = request->ns;
        s->task[task].received = true;
    }
    what = perform(s, task, request);
    if (s->watchers > 0 && is_change(s, task, request))
        spin_changed(s, task, -1);
    switch (s->task[task].place) {
    case PLACE_AWAY:
    case PLACE_HELD:
    case PLACE_BLOCKED:
        gil_release(s, task);
        break;
    default:
        break;
    }
    return what;
}

bool scheduler_has_job(const struct scheduler *s, int task)
{
    return s->task[task].canceller < 0 && jobs_has_next(s, task);
}

/* Each job is a visit, so the task leaves its machine in all modes. */
enum performed scheduler_job_over(struct scheduler *s, int task, int64_t now_ns)
{
    int64_t until_ns;

    s->now_ns = now_ns;
    jobs_done(s, task);
    until_ns = jobs_rest(s, task);
    if (until_ns < 0)
        transition_step_aside(s, task, READY_ARRIVED, -1, false);
    else
        transition_rest(s, task, until_ns);
    gil_release(s, task);
    return PERFORMED_LEFT;
}

/* In this order: first its own end, then the GIL, then who waits for it, and
 * last those that arrive after it. Whoever is cancelled ends where it would wait
 * for its next job. */
enum performed scheduler_done(struct scheduler *s, int task, int64_t now_ns)
{
    struct task_control *state = &s->task[task];
    bool would_wait = state->canceller >= 0 && jobs_has_next(s, task);

    s->now_ns = now_ns;
    claims_check(s);
    if (!state->quits)
        jobs_done(s, task);
    jobs_end(s, task);
    state->quits |= would_wait;
    scheduler_note_facts(s, task);
    if (state->caller >= 0) {
        transition_return(s, task, EVENT_DONE);
        sync_done(s, task);
        return PERFORMED_RETURNED;
    }
    if (state->quits)
        sync_give_back(s, task);
    transition_done(s, task);
    if (s->watchers > 0)
        spin_changed(s, task, -1);
    gil_release(s, task);
    sync_done(s, task);
    for (int i = s->task[task].first_after; i >= 0; i = s->follower[i].next) {
        struct company *company = &s->company[s->follower[i].company];

        if (--company->missing > 0)
            continue;
        for (int k = 0; k < company->count; k++)
            transition_expect(s, company->first + k, task);
    }
    return PERFORMED_LEFT;
}
