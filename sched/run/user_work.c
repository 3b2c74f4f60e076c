/*
 * user_work.c -- work of tasks at user level, and what is known of it.
 *
 * Processor time is counted around work only. Reading a thread's clock costs
 * 0.5 us, a hundred times a switch: around every visit it would be most of what
 * it measures. What a task does in between (a lock, a line in the log) has its
 * times in the trace, and the metrics add it.
 */

#include "sched/base/clock.h"
#include "sched/base/sum.h"
#include "sched/cpu/cores.h"
#include "sched/program/task_input.h"
#include "sched/run/observer.h"
#include "sched/run/user_runtime.h"
#include "sched/trace/trace.h"

/* Where the work is done, for the questions asked in the middle of it. */
struct work_context {
    struct user_runtime *runtime;
    struct worker *worker;
    int task;
};

/* These events are facts about the system; the scheduler knows nothing of
 * them. */
static void note(struct user_runtime *runtime, enum event_kind kind, int task,
                 int machine, int64_t value)
{
    trace_add(runtime->trace, (struct event){
                                  .t_ns = user_runtime_now(runtime),
                                  .value = value,
                                  .task = (uint32_t)task,
                                  .kind = (uint16_t)kind,
                                  .machine = (uint16_t)machine,
                              });
}

/* The task is on this core now; say so if it was not before. */
static void note_cpu(struct user_runtime *runtime, int task)
{
    int cpu = cores_here();

    if (cpu < 0 || cpu == runtime->cpu[task])
        return;
    runtime->cpu[task] = cpu;
    note(runtime, EVENT_CPU_ID, task, EVENT_NO_MACHINE, cpu);
}

/* Asked by the burner every 60 us: others' alarms go off while a task works;
 * and only who has the GIL works where there is one. Whoever has the lock does
 * the same, so nobody stops working to wait for it. */
static bool is_interrupted(void *context)
{
    const struct work_context *work = context;
    struct user_runtime *runtime = work->runtime;
    int64_t now_ns;
    bool stop;

    if (!user_runtime_trylock(runtime))
        return false;
    now_ns = user_runtime_now(runtime);
    stop = user_runtime_over(runtime, now_ns);
    if (!stop) {
        observer_find_moved(runtime->observer, work->worker->machine, now_ns);
        user_runtime_tick(runtime, now_ns);
        user_runtime_look(runtime, work->worker, now_ns);
        user_runtime_wake(runtime);
        if (scheduler_livelock(runtime->scheduler))
            user_runtime_end(runtime, OUTCOME_LIVELOCK);
        stop = runtime->over || user_runtime_gil_is_due(runtime, now_ns) ||
               scheduler_spun(runtime->scheduler, work->task);
    }
    user_runtime_unlock(runtime);
    return stop;
}

/* Asked between many additions: only the end of the run stops them. */
static bool is_over(void *context)
{
    const struct work_context *work = context;
    bool over;

    is_interrupted(context);
    user_runtime_lock(work->runtime);
    over = work->runtime->over;
    user_runtime_unlock(work->runtime);
    return over;
}

/* Alarms of a script that were due meanwhile come before the end of the
 * work. */
void user_runtime_work(struct user_runtime *runtime, struct worker *worker,
                       struct task_input *input, int task)
{
    int64_t left_ns = scheduler_left_ns(runtime->scheduler, task);
    struct work_context work = { runtime, worker, task };
    int64_t used_ns, done_ns;

    user_runtime_wake(runtime);
    runtime->working++;
    user_runtime_unlock(runtime);
    done_ns = task_input_work(input, left_ns, is_interrupted, &work, &used_ns);
    user_runtime_lock(runtime);
    runtime->unread = 0;
    runtime->working--;
    user_runtime_keep_time(runtime);
    observer_find_moved(runtime->observer, worker->machine,
                        user_runtime_now(runtime));
    runtime->cpu_ns[task] += used_ns;
    note_cpu(runtime, task);
    scheduler_worked(runtime->scheduler, task, done_ns,
                     user_runtime_now(runtime));
    if (!runtime->over)
        user_runtime_tick(runtime, user_runtime_now(runtime));
}

/* Few numbers are added at once: to give the lock away would cost more. */
bool user_runtime_sum(struct user_runtime *runtime, struct worker *worker,
                      int task, struct request *request)
{
    bool many = sum_count(request->value, request->last) > SUM_FEW;
    struct work_context work = { runtime, worker, task };
    int64_t began_ns, used_ns;
    bool done;

    if (many) {
        user_runtime_wake(runtime);
        user_runtime_unlock(runtime);
    }
    began_ns = clock_thread_cpu_ns();
    done = sum_really(request->value, request->last, &request->sum,
                      many ? is_over : NULL, &work);
    request->summed = done;
    used_ns = clock_thread_cpu_ns() - began_ns;
    if (many)
        user_runtime_lock(runtime);
    runtime->cpu_ns[task] += used_ns;
    return done && !runtime->over;
}

enum performed user_runtime_done(struct user_runtime *runtime,
                                 const struct worker *worker, int task,
                                 int64_t now_ns)
{
    enum performed what;

    note_cpu(runtime, task);
    note(runtime, EVENT_THREAD, task, worker->machine, worker->tid);
    note(runtime, EVENT_CPU_TIME, task, worker->machine, runtime->cpu_ns[task]);
    what = scheduler_done(runtime->scheduler, task, now_ns);
    if (!scheduler_unfinished(runtime->scheduler))
        user_runtime_end(runtime, OUTCOME_FINISHED);
    return what;
}
