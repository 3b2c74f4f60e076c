#include <limits.h>

#include "sched/base/xalloc.h"
#include "sched/cpu/sum.h"
#include "sched/scheduler/checksum.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/workload/step_cursor.h"

/* --- shared variables ----------------------------------------------------- */

static struct copy *find_copy(const struct actor *actor, int shared)
{
    for (int i = 0; i < actor->copies; i++) {
        if (actor->copy[i].shared == shared)
            return &actor->copy[i];
    }
    return NULL;
}

int64_t scheduler_copy(const struct scheduler *s, int task, int shared)
{
    const struct copy *copy = find_copy(&s->actor[task], shared);

    return copy == NULL ? s->workload->shared[shared].initial : copy->value;
}

static void perform_read(struct scheduler *s, int task, int shared,
                         int64_t now_ns)
{
    struct actor *actor = &s->actor[task];
    struct copy *copy = find_copy(actor, shared);

    if (copy == NULL) {
        actor->copy = xreallocarray(actor->copy, (size_t)actor->copies + 1,
                                    sizeof(*actor->copy));
        copy = &actor->copy[actor->copies++];
        copy->shared = shared;
    }
    copy->value = s->shared[shared];
    scheduler_note(s, now_ns, EVENT_READ, task, shared, copy->value);
}

/* What others stored since the copy was made is lost. */
static void perform_write(struct scheduler *s, int task, int shared,
                          int64_t more, int64_t now_ns)
{
    uint64_t value = (uint64_t)scheduler_copy(s, task, shared) + (uint64_t)more;

    s->shared[shared] = (int64_t)value;
    scheduler_note(s, now_ns, EVENT_WRITE, task, shared, (int64_t)value);
}

/* --- the others ----------------------------------------------------------- */

static void perform_sum(struct scheduler *s, int task,
                        const struct request *request, int64_t now_ns)
{
    struct actor *actor = &s->actor[task];
    uint64_t count = sum_count(request->value, request->last);

    if (count > 0) {
        uint64_t sum = request->summed
                           ? request->sum
                           : sum_formula(request->value, request->last);

        actor->result = (int64_t)((uint64_t)actor->result + sum);
        actor->checksum = checksum_sum(actor->checksum, actor->result);
    }
    scheduler_note(s, now_ns, EVENT_SUM, task,
                   count > INT_MAX ? INT_MAX : (int)count, actor->result);
}

static void perform_spawn(struct scheduler *s, int task, int other,
                          int64_t now_ns)
{
    struct actor *actor = &s->actor[other];

    scheduler_note(s, now_ns, EVENT_SPAWNED, task, other, 0);
    if (actor->expected)
        return;
    actor->expected = true;
    actor->place = PLACE_EXPECTED;
    s->unfinished++;
    scheduler_note(s, now_ns, EVENT_CREATED, other, 0, actor->priority);
    transition_expect(s, other, task, now_ns);
}

static enum performed perform_next(struct scheduler *s, int task, int callee,
                                   int64_t now_ns)
{
    struct actor *generator = &s->actor[callee];

    scheduler_note(s, now_ns, EVENT_CALLED, task, callee, 0);
    if (generator->place == PLACE_DONE)
        return PERFORMED_GO_ON;
    if (!generator->expected) {
        generator->expected = true;
        scheduler_note(s, now_ns, EVENT_CREATED, callee, 0,
                       generator->priority);
    }
    if (generator->caller >= 0) { /* somebody else is calling it */
        s->actor[task].wants_call = true;
        wait_queue_push(&generator->waiters, s->link, task);
        return transition_block(s, task, WAIT_JOIN, callee, now_ns);
    }
    generator->caller = task;
    s->actor[task].callee = callee;
    return transition_call(s, task, now_ns);
}

/* May the task hand its machine over to other? It must be ready, and served
 * by that machine. */
static bool can_hand_over(const struct scheduler *s, int task, int other)
{
    const struct task_spec *spec = s->workload->task;
    int machine = s->actor[task].machine;

    if (other < 0 || s->actor[other].place != PLACE_IN_LINE ||
        s->actor[other].machine >= 0)
        return false;
    if (s->actor[other].home >= 0)
        return s->actor[other].home == machine;
    return (spec[other].line - 1) % s->lines == s->machine[machine].line;
}

static enum performed perform_yield(struct scheduler *s, int task, int to,
                                    int64_t now_ns)
{
    int m = s->actor[task].machine;

    if (s->actor[task].caller >= 0)
        return transition_return(s, task, EVENT_PAUSE, now_ns);
    if (s->traits & TO_THE_END)
        return PERFORMED_GO_ON;
    if (scheduler_line_length(s, m) == 0) {
        if (!(s->traits & PREEMPTIVE))
            transition_resume(s, task, now_ns);
        return PERFORMED_GO_ON;
    }
    if (can_hand_over(s, task, to)) {
        ready_queue_remove(transition_line(s, to), to);
        s->machine[m].promised = to;
        s->actor[to].machine = m;
    }
    transition_step_aside(s, task, READY_YIELDED, -1, now_ns);
    return PERFORMED_LEFT;
}

static enum performed perform_work(struct scheduler *s, int task, int64_t ns,
                                   int64_t now_ns)
{
    if (ns <= 0)
        return PERFORMED_GO_ON;
    s->actor[task].asked_ns = ns;
    s->actor[task].left_ns = ns;
    return scheduler_work(s, task, now_ns);
}

/* Those that leave the task where it is. */
static void perform_at_once(struct scheduler *s, int task,
                            const struct request *request, int64_t now_ns)
{
    int object = request->object;

    switch (request->kind) {
    case STEP_UNLOCK:
        sync_unlock(s, task, object, now_ns);
        break;
    case STEP_READ:
        perform_read(s, task, object, now_ns);
        break;
    case STEP_WRITE:
        perform_write(s, task, object, request->value, now_ns);
        break;
    case STEP_CLOSE:
        sync_close(s, task, object, now_ns);
        break;
    case STEP_SPAWN:
        perform_spawn(s, task, object, now_ns);
        break;
    case STEP_SAY:
        scheduler_note(s, now_ns, EVENT_SAY, task, request->line,
                       request->column);
        break;
    case STEP_SUM:
        perform_sum(s, task, request, now_ns);
        break;
    case STEP_PRIORITY:
        s->actor[task].priority = (int)request->value;
        scheduler_note(s, now_ns, EVENT_PRIORITY, task, 0, request->value);
        break;
    default:
        break;
    }
}

enum performed scheduler_perform(struct scheduler *s, int task,
                                 const struct request *request, int64_t now_ns)
{
    int object = request->object;

    if (is_directed(s) && replay_stops(s, task, request, now_ns))
        return PERFORMED_LEFT;
    if (request->line > 0)
        scheduler_note(s, now_ns, EVENT_STEP, task, request->line,
                       request->column);
    switch (request->kind) {
    case STEP_CPU:
        return perform_work(s, task, request->ns, now_ns);
    case STEP_SLEEP:
        return transition_sleep(s, task, s->traits & TO_THE_END, request->ns,
                                now_ns);
    case STEP_BLOCK:
        return transition_sleep(s, task, !(s->traits & PREEMPTIVE), request->ns,
                                now_ns);
    case STEP_YIELD:
        return perform_yield(s, task, object, now_ns);
    case STEP_LOCK:
        return sync_lock(s, task, object, now_ns);
    case STEP_SEND:
        return sync_send(s, task, object,
                         request->line > 0 ? task : request->value, now_ns);
    case STEP_RECV:
        return sync_recv(s, task, object, now_ns);
    case STEP_WAIT:
        return sync_wait(s, task, object, now_ns);
    case STEP_JOIN:
        return sync_join(s, task, object, now_ns);
    case STEP_NEXT:
        return perform_next(s, task, object, now_ns);
    case REQUEST_FD:
        s->actor[task].fd = object;
        s->actor[task].events = (short)request->value;
        return transition_await(s, task, s->traits & TO_THE_END, now_ns);
    default:
        perform_at_once(s, task, request, now_ns);
        return PERFORMED_GO_ON;
    }
}
